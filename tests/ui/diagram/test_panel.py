"""The network diagram on a real run: pointed at, clicked, edited, with the mouse and with the keys."""

from pathlib import Path

import numpy as np
import pytest
from PySide6.QtCore import QPoint, QPointF, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QLabel, QWidget

from playground.experiment.config import edits, tables
from playground.experiment.config.schema import ExperimentConfig
from playground.experiment.probes.probe import Activations, Parameters
from playground.experiment.training.trainer import Trainer
from playground.runtime.selection import Sample, Unit
from playground.ui.canvas.network_layout import Hit
from playground.ui.core import theme
from playground.ui.core.ticks import value_label
from tests.experiment.explain.test_formula import check
from tests.ui.diagram.conftest import OpenStage, experiment

LINK = Hit("link", 1, 2, 1)


def test_a_unit_shows_the_formula_of_the_current_sample_and_is_the_focus_of_all_views(stage: OpenStage) -> None:
    it = stage()
    it.step(50)
    it.session.selection.set_sample(Sample("train", 3))
    it.settle()
    trainer = Trainer(it.store.config)
    trainer.run(50)
    outputs = trainer.network.activations_of(trainer.data.x_train[3:4])
    for layer, count in ((1, 4), (2, 1)):
        for unit in range(count):
            text = it.hover(Hit("unit", layer, unit)).split("\n")[-1]
            check(text)
            shown = float(text.rpartition(" ")[2].replace("−", "-"))
            assert shown == pytest.approx(float(outputs[layer][0, unit]), rel=1e-3)
            assert it.session.selection.unit == Unit(layer, unit)
    it.step(100)
    after = it.view.describe(QPointF(it.place(Hit("unit", 2, 0)))).replace("\u00a0", " ").split("\n")[-1]
    assert after != text
    check(after)
    it.hover(LINK)
    assert it.session.selection.unit is None


def test_an_image_is_that_of_the_current_sample_or_a_drawing_and_units_show_their_weights(stage: OpenStage) -> None:
    it = stage(experiment("digits", [12], "softmax"))
    assert it.panel.requested_probes() == (Parameters(), Activations("train", 0))  # no pictures over a plane
    assert it.view.layout_.image
    assert it.view.scene.tiles[1].pixels.shape[1:] == (8, 8)
    weights = it.view.scene.tiles[2].pixels.reshape(10, -1)[:, :12]
    np.testing.assert_array_equal(weights, it.weights[1].T)
    before = it.view.grab().toImage()
    it.push("sample_next")
    assert it.view.grab().toImage() != before
    text = it.hover(Hit("unit", 2, 3)).split("\n")
    assert text[0] == "output 3"
    for formula in text[2:]:
        check(formula.removeprefix("z = "))
    drawn = it.session.info.data.raw_train[7]
    it.session.selection.set_drawing(drawn.tobytes())
    it.settle()
    np.testing.assert_allclose(it.view.scene.values[0], drawn / 16)
    np.testing.assert_array_equal(it.view.scene.image, drawn.reshape(8, 8) / 16)
    it.push("sample_next")
    np.testing.assert_allclose(it.view.scene.values[0], it.session.info.data.raw_train[2] / 16)
    it.session.selection.set_drawing(drawn.tobytes())
    it.session.reset()
    it.settle()
    assert it.session.selection.drawing is None


def test_the_arrow_keys_lead_to_every_link_and_unit_and_enter_edits(stage: OpenStage) -> None:
    it = stage(experiment("xor", [3]))
    it.view.clearFocus()  # which the window may have given it when it became active
    it.view.setFocus(Qt.FocusReason.TabFocusReason)
    assert it.view.pointed == Hit("unit", 1, 0)
    it.press(Qt.Key.Key_Down)
    assert it.session.selection.unit == Unit(1, 1)
    it.press(Qt.Key.Key_Right)
    assert it.view.pointed == Hit("link", 2, 0, 1)
    assert "weight" in it.view.accessibleDescription()
    it.press(Qt.Key.Key_Down, Qt.Key.Key_Return)
    it.enter("3")
    assert it.weights[1][2, 0] == 3
    it.press(Qt.Key.Key_Right, Qt.Key.Key_Return)  # on a unit, Enter means its bias
    it.enter("-1")
    assert it.biases[1][0] == -1
    it.press(Qt.Key.Key_Escape)
    assert it.view.pointed is None


def test_the_arrow_keys_reach_everything_there_is(stage: OpenStage) -> None:
    it = stage(experiment("circle", [3, 12]))
    layout = it.view.layout_
    seen: set[Hit] = set()
    open_ends: list[Hit | None] = [None]
    while open_ends:
        start = open_ends.pop()
        for key in (Qt.Key.Key_Left, Qt.Key.Key_Right, Qt.Key.Key_Up, Qt.Key.Key_Down):
            it.view.cursor_ = start
            it.press(key)
            found = it.view.cursor_
            assert found is not None
            if found not in seen:
                seen.add(found)
                open_ends.append(found)
    links = sum(len(links.source) for links in layout.links)
    units = sum(len(units) for units in layout.units)
    assert len(seen) == links + units + 1  # and the line "+3 more"


def test_the_next_units_of_a_wide_layer_come_with_a_click(stage: OpenStage) -> None:
    it = stage(experiment("circle", [30]))
    layout = it.view.layout_
    parameters, values, grids = it.panel.requested_probes()
    assert (parameters, values) == (Parameters(), Activations("train", 0))
    assert grids.units == layout.units
    first = layout.units[1]
    it.click(Hit("more", 1))
    second = it.view.layout_.units[1]
    assert len(second) == len(first)
    assert not set(first) & set(second)
    assert it.view.scene.tiles[1].units == second
    it.click(Hit("link", 1, second[0], 1))
    it.enter("2.5")
    assert it.weights[0][1, second[0]] == 2.5


@pytest.mark.parametrize("data", ["circle", "people-4"])
def test_units_that_another_size_shows_have_their_pictures(stage: OpenStage, data: str) -> None:
    it = stage(experiment(data, [30]))
    seen = []
    for height in (420, 240, 420):
        it.card.resize(700, height)
        it.settle()
        seen.append(it.view.layout_.units[1])
        assert it.view.scene.tiles[1].units == seen[-1], height
    assert len(seen[1]) < len(seen[0]) == len(seen[2])


def test_the_units_shown_stay_while_it_trains_whichever_differ_most(stage: OpenStage) -> None:
    it = stage(experiment("circle", [30]))
    before = it.view.layout_.units
    other = next(unit for unit in range(30) if unit not in before[1])
    it.session.play()
    it.session.set_numbers((it.session.info.weight_index(1, 0, other),), 50.0)
    it.qtbot.waitUntil(lambda: it.weights[0][0, other] > 40)
    assert it.session.is_running
    assert it.view.layout_.units == before
    it.session.pause()
    it.settle()
    assert other in it.view.layout_.units[1]


def a_table(tmp_path: Path, text: str) -> ExperimentConfig:
    path = tmp_path / "own.csv"
    path.write_text(text, encoding="utf-8")
    return edits.change(tables.opened(path), "network.hidden", (2,))


ROWS = [(k, k % 7, k * k % 11) for k in range(60)]


def test_weights_are_purple_and_teal_in_crisp_cells_also_in_the_output(stage: OpenStage, tmp_path: Path) -> None:
    names = ("red", "green", "blue")
    lines = "".join(f"{a},{b},{c},{names[a % 3]}\n" for a, b, c in ROWS)
    it = stage(a_table(tmp_path, f"long,wide,high,kind\n{lines}"))
    it.session.set_numbers((it.session.info.weight_index(2, 0, 0),), 9.0)
    it.session.set_numbers((it.session.info.weight_index(2, 1, 0),), -9.0)
    it.settle()
    box, image = it.view.layout_.boxes[2][0], it.view.grab().toImage()
    cells = {
        image.pixelColor(round(box.left() + part * box.width()), round(y)).name()
        for part in (0.3, 0.5, 0.7)
        for y in range(round(box.top()) + 2, round(box.bottom()) - 2)
    }
    assert cells == {theme.current().positive, theme.current().negative}
    assert it.hover(Hit("unit", 2, 0)).endswith("the 2 weights, from layer 1, unit 1 (top) to layer 1, unit 2")
    assert it.hover(Hit("unit", 1, 1)).endswith("the 3 weights, from long (top) to high")


def test_an_input_of_a_table_has_the_colour_of_its_number_and_the_output_says_of_which_class_it_is(
    stage: OpenStage, tmp_path: Path
) -> None:
    lines = "".join(f"{a},{b},{c},{('no', 'yes')[a % 2]}\n" for a, b, c in ROWS)
    it = stage(a_table(tmp_path, f"long,wide,high,smoker\n{lines}"))
    assert it.hover(Hit("unit", 2, 0)).startswith("output smoker: P(yes)\n")
    box = it.view.layout_.boxes[0][0].center().toPoint()
    seen = {}
    for row in (0, 47):
        it.session.selection.set_sample(Sample("train", row))
        it.settle()
        seen[float(it.view.scene.values[0][0]) > 0] = it.view.grab().toImage().pixelColor(box).name()
    assert seen == {True: theme.current().positive, False: theme.current().negative}


def test_a_scaled_output_says_so_and_its_number_in_the_units_of_the_data(stage: OpenStage, tmp_path: Path) -> None:
    lines = "".join(f"{a},{b},{c},{500 + 10 * a}\n" for a, b, c in ROWS)
    it = stage(a_table(tmp_path, f"long,wide,high,rent\n{lines}"))
    said = it.hover(Hit("unit", 2, 0)).split("\n")
    data = it.session.info.data
    rent = float(data.targets_in_units(it.view.scene.values[2][None])[0, 0])
    assert said[0] == "output rent (scaled)"
    assert f"The target is scaled: in its own units this is {value_label(rent)}." in said


def test_what_a_click_leaves_open_says_how_it_closes(stage: OpenStage) -> None:
    it = stage()
    it.hover(Hit("unit", 1, 0))
    it.click(Hit("unit", 1, 0))
    hovered = it.view.hint()
    assert "Esc" not in hovered
    QTest.mouseMove(it.view, QPoint(1, 1))
    assert it.view.hint() == f"{hovered}\nEsc closes this."
    it.press(Qt.Key.Key_Escape)
    assert it.view.hint() == ""


def test_what_was_pointed_at_in_another_network_is_forgotten_and_its_buttons_add_nothing(stage: OpenStage) -> None:
    it = stage(experiment("xor", [4, 4]))
    it.view._set_cursor(Hit("unit", 3, 0))
    it.store.apply(experiment("xor", []))
    it.settle()
    assert it.view.cursor_ is None
    it.view.setFocus(Qt.FocusReason.TabFocusReason)
    assert it.view.cursor_.layer < 2
    it.panel.heads.layer_asked.emit(2)  # clicked before the heads follow
    assert it.store.config.network.hidden == ()


def test_the_sample_is_chosen_with_buttons_and_a_number_and_given_up_with_its_data(stage: OpenStage) -> None:
    it = stage()
    assert not it.find(QWidget, "sample_previous").isEnabled()
    it.push("sample_next")
    it.push("sample_next")
    assert it.session.selection.sample == Sample("train", 2)
    it.push("sample_previous")
    assert it.view.scene is not None
    np.testing.assert_array_equal(it.view.scene.values[0], it.session.info.data.x_train[1])
    number = it.find(QWidget, "sample_number")
    number.selectAll()
    it.qtbot.keyClicks(number, "4")
    it.qtbot.keyClick(number, Qt.Key.Key_Return)
    assert it.session.selection.sample.row == 3
    assert not it.find(QWidget, "sample_next").isEnabled()
    it.store.apply(experiment("circle", [3]))
    it.settle()
    it.session.selection.set_sample(Sample("train", 100))
    it.store.apply(experiment("xor", [3]))  # which do not have it
    it.settle()
    assert it.session.selection.sample == Sample("train", 0)


def test_a_click_on_a_link_edits_its_weight_training_goes_on_from_there_and_it_is_undone(stage: OpenStage) -> None:
    it = stage()
    it.click(LINK)
    assert it.find(QWidget, "diagram_value_editor").isVisible()
    assert float(it.field.text()) == pytest.approx(float(it.weights[0][1, 2]))
    it.enter("-2.5e-1")
    assert not it.find(QWidget, "diagram_value_editor").isVisible()
    assert it.weights[0][1, 2] == -0.25
    it.step(10)
    trainer = Trainer(it.store.config)
    trainer.network.weights[0][1, 2] = -0.25
    trainer.set_parameters(trainer.network.copy_parameters())
    trainer.run(10)
    for shown, trained in ((it.weights, trainer.network.weights), (it.biases, trainer.network.biases)):
        assert all(np.array_equal(*pair) for pair in zip(shown, trained, strict=True))
    before = it.weights[0]
    it.click(LINK)
    it.enter("7")
    it.store.undo()
    it.settle()
    np.testing.assert_array_equal(it.weights[0], before)
    it.store.redo()
    it.settle()
    assert it.weights[0][1, 2] == 7


def test_a_click_on_a_bias_edits_it_and_a_shared_one_stays_shared(stage: OpenStage) -> None:
    it = stage(experiment("xor", [3], bias="layer"))
    it.click(Hit("bias", 2, 0))
    it.enter("0,5")
    assert it.biases[1][0] == 0.5
    it.click(Hit("bias", 1, 1))
    it.enter("1.5")
    assert it.biases[0].tolist() == [1.5, 1.5, 1.5]
    it.step(20)
    assert len(set(it.biases[0].tolist())) == 1


def test_nonsense_is_answered_with_a_sentence_and_escape_leaves(stage: OpenStage) -> None:
    it = stage()
    before = it.weights[0]
    it.click(LINK)
    it.enter("one")
    problem = it.find(QLabel, "diagram_value_problem")
    assert problem.isVisible()
    assert "“one” is not a number" in problem.text()
    it.qtbot.keyClick(it.field, Qt.Key.Key_Escape)
    assert not it.find(QWidget, "diagram_value_editor").isVisible()
    np.testing.assert_array_equal(it.weights[0], before)
    it.click(LINK)
    it.field.selectAll()
    it.qtbot.keyClicks(it.field, "9")
    it.qtbot.keyClick(it.field, Qt.Key.Key_Escape)
    it.settle()
    assert not it.store.can_undo
    assert it.view.hasFocus()


def test_the_editor_lies_inside_the_panel_and_another_network_closes_it(stage: OpenStage) -> None:
    it = stage(experiment("xor", [4]))
    for hit in (Hit("bias", 2, 0), Hit("bias", 1, 3), Hit("link", 1, 0, 0)):
        it.click(hit)
        assert it.panel.rect().contains(it.find(QWidget, "diagram_value_editor").geometry())
        it.qtbot.keyClick(it.field, Qt.Key.Key_Escape)
    it.click(LINK)
    it.store.apply(experiment("xor", [2]))
    it.settle()
    assert not it.find(QWidget, "diagram_value_editor").isVisible()

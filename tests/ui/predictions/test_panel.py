"""Mistakes, the confusion matrix and its cells, sorting: with the real panel, a real session and real clicks."""

from pathlib import Path
from typing import Any

import numpy as np
import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QAbstractButton
from pytestqt.qtbot import QtBot

from playground.experiment.config import schema as configs
from playground.experiment.config.presets import PRESETS
from playground.experiment.config.schema import ExperimentConfig
from playground.experiment.probes.probe import Predictions
from playground.runtime.selection import Sample
from playground.ui.core import theme
from playground.ui.predictions.panel import LIST_PAGE, PAGE, PredictionsPanel
from tests.ui.bench import Bench
from tests.ui.conftest import PanelBench, experiment
from tests.ui.predictions.conftest import DIGITS, classifications, click_heading, note, texts


def test_a_table_of_predictions_holds_every_row(panel_bench: PanelBench) -> None:
    stage = panel_bench(PredictionsPanel, PRESETS["height-weight"].config)
    stage.step(100)
    model = stage.panel.table.model()
    assert model.rowCount() == 4
    assert model.headerData(0, Qt.Orientation.Vertical) == "Alice"
    assert "–" not in {model.data(model.index(row, 3)) for row in range(4)}


def test_a_table_is_scrolled_its_parts_and_its_mistakes_are_looked_at(panel_bench: PanelBench) -> None:
    stage = panel_bench(PredictionsPanel, experiment("spiral", [3]))
    model = stage.panel.table.model()
    assert stage.panel.part == "test"
    stage.panel.table.scrollToBottom()
    stage.settle()
    assert model.data(model.index(model.rowCount() - 1, 3)) != "–"
    stage.click("predictions_part_train")
    assert stage.panel.part == "train"
    assert model.rowCount() == len(stage.session.info.data.x_train)
    stage.click("predictions_view_mistakes")
    expected = classifications(stage)
    shown = [int(model.headerData(row, Qt.Orientation.Vertical)) - 1 for row in range(model.rowCount())]
    assert shown == expected.rows[expected.mistakes].tolist()
    assert set(texts(stage, 4)) == {"✗"}


def test_images_are_shown_page_by_page_the_wrong_ones_with_the_true_class(panel_bench: PanelBench) -> None:
    stage = panel_bench(PredictionsPanel, experiment("digits", [8], "softmax", batch_size=50))
    gallery, data = stage.panel.gallery, stage.session.info.data
    assert gallery.count == PAGE
    first = gallery.details
    assert first[0].startswith("sample 1: output ")
    names = data.dataset.class_names
    assert any(gallery.wrong)
    for caption, wrong, true in zip(gallery.captions, gallery.wrong, data.labels_test[:PAGE], strict=True):
        assert caption.endswith(f"({names[true]})") if wrong else caption == names[true]
    stage.click("predictions_next")
    assert gallery.details[0].startswith(f"sample {PAGE + 1}: output ")
    stage.click("predictions_previous")
    assert gallery.details == first
    assert not stage.panel.controls.previous.isEnabled()
    ways = [button.text() for button in (stage.panel.controls.previous, stage.panel.controls.next)]
    assert ways == ["Previous page", "Next page"]
    stage.click("predictions_view_mistakes")
    stage.click("predictions_view_samples")
    assert gallery.details == first


def test_mistakes_of_images_are_counted_and_shown_the_most_confident_first(panel_bench: PanelBench) -> None:
    stage = panel_bench(PredictionsPanel, DIGITS)
    stage.step(30)
    expected, gallery = classifications(stage), stage.panel.gallery
    button = stage.find(QAbstractButton, "predictions_view_mistakes")
    assert button.text() == button.accessibleName() == f"Mistakes ({len(expected.mistakes)})"
    assert isinstance(stage.panel.requested_probes()[0], Predictions)  # before anybody looks at them
    stage.click("predictions_view_mistakes")
    names = stage.session.info.data.dataset.class_names
    for page, way in ((0, "next"), (1, "next"), (2, "previous"), (1, "previous"), (0, "previous")):
        places = expected.mistakes[page * LIST_PAGE : (page + 1) * LIST_PAGE]
        assert all(gallery.wrong)
        for caption, detail, place in zip(gallery.captions, gallery.details, places, strict=True):
            found, true = names[expected.predicted[place]], names[expected.true[place]]
            assert caption.startswith(f"{found} ({true}) ")
            assert caption.endswith(" %")
            assert detail.startswith(f"sample {expected.rows[place] + 1}: output {found} (")
        stage.click(f"predictions_{way}")
    assert note(stage).startswith(f"1–{LIST_PAGE} of {len(expected.mistakes):,} mistakes, the most confident first.")
    stage.qtbot.mouseClick(gallery, Qt.MouseButton.LeftButton, pos=gallery.grid().box(3).center().toPoint())
    assert stage.session.selection.sample == Sample("test", int(expected.mistakes[3]))
    assert gallery.current == 3
    stage.qtbot.keyClick(gallery, Qt.Key.Key_Right)
    assert stage.session.selection.sample == Sample("test", int(expected.mistakes[4]))
    assert gallery.current == 4
    stage.step(90)
    rows = [int(detail.split(":")[0].removeprefix("sample ")) - 1 for detail in gallery.details]
    assert rows == classifications(stage).mistakes[:LIST_PAGE].tolist()


def test_what_is_shown_after_a_pause_belongs_to_the_last_step(panel_bench: PanelBench, qtbot: QtBot) -> None:
    stage = panel_bench(PredictionsPanel, DIGITS)
    stage.click("predictions_view_confusion")
    stage.session.play()
    qtbot.waitUntil(lambda: stage.session.step_count > 20)
    stage.session.pause()
    stage.settle()
    np.testing.assert_array_equal(stage.panel.confusion.matrix.values, classifications(stage).confusion())


def test_without_mistakes_a_sentence_says_so(panel_bench: PanelBench) -> None:
    stage = panel_bench(PredictionsPanel, PRESETS["and-gate"].config)
    stage.step(5000)
    stage.click("predictions_view_mistakes")
    assert stage.panel.reason.text() == "No mistakes: every training sample is right."
    assert stage.panel.reason.isVisible()


def test_numbers_have_neither_mistakes_nor_confusion_and_it_says_why(panel_bench: PanelBench) -> None:
    stage = panel_bench(PredictionsPanel, experiment("sine", [4], "linear"))
    for view in ("mistakes", "confusion"):
        stage.click(f"predictions_view_{view}")
        assert "not classes" in stage.panel.reason.text()
        assert stage.panel.reason.isVisible()
        assert stage.panel.requested_probes() == ()


def test_the_view_stays_through_a_reset_and_starts_over_with_other_data(panel_bench: PanelBench) -> None:
    stage = panel_bench(PredictionsPanel, DIGITS)
    stage.click("predictions_view_confusion")
    stage.step(20)
    stage.session.reset()
    stage.settle()
    assert stage.panel.confusion.isVisible()
    np.testing.assert_array_equal(stage.panel.confusion.matrix.values, classifications(stage).confusion())
    first = stage.session.info
    stage.panel.store.apply(experiment("gauss", [3]))
    stage.qtbot.waitUntil(lambda: stage.session.info is not first)
    stage.settle()
    assert stage.panel.confusion.matrix.values.shape == (2, 2)


def test_other_images_in_the_same_rows_take_the_place_of_those_before(panel_bench: PanelBench) -> None:
    stage = panel_bench(PredictionsPanel, experiment("digits", [4], "softmax", batch_size=50))
    before = stage.panel.gallery.grab().toImage()
    other = configs.from_builtins({**configs.to_builtins(stage.panel.store.config), "seed": 7})
    stage.panel.store.apply(other)
    stage.qtbot.waitUntil(lambda: stage.session.info.config == other)
    stage.settle()
    now = stage.panel.gallery.grab().toImage()
    fresh = panel_bench(PredictionsPanel, other)
    assert now != before
    assert now == fresh.panel.gallery.grab().toImage()


@pytest.mark.parametrize("part", ["mistakes", "next"])
def test_what_is_clicked_as_a_run_begins_is_shown_of_that_run(panel_bench: PanelBench, part: str) -> None:
    small, large = experiment("spiral", [3]), experiment("digits", [3], "softmax", batch_size=50)
    stage = panel_bench(PredictionsPanel, small)
    panel = stage.panel
    stage.click("predictions_view_mistakes")
    if part == "mistakes":
        click_heading(stage, 0)  # which is not forgotten while there are images
    panel.store.apply(large)
    stage.settle()
    stage.qtbot.waitUntil(lambda: stage.session.info.config == large and panel._classifications is not None)
    shown: list[int] = []

    def click() -> None:
        if part == "mistakes":
            panel.controls.view.chosen.emit(part)
        else:
            panel.controls.next.clicked.emit()
        shown.extend(panel.table.samples.order.tolist())

    panel.table.setUpdatesEnabled(False)  # to paint a row that is not there would end the tests
    stage.session.run_started.connect(click)
    panel.store.apply(small)
    stage.qtbot.waitUntil(lambda: stage.session.info.config == small)
    assert max(shown, default=0) < len(stage.session.info.data.x_train)
    panel.table.setUpdatesEnabled(True)
    stage.settle()


def table_of(tmp_path: Path, text: str, output: str, **settings: Any) -> ExperimentConfig:
    """Return an experiment with a table that holds this text, none of it for tests."""
    path = tmp_path / "own.csv"
    path.write_text(text, encoding="utf-8")
    data = {"name": "csv", "path": str(path), "train_share": 1.0, **settings}
    loss = "cross-entropy" if output == "softmax" else "squared"
    part = {"data": data, "network": {"hidden": [2], "output": output}, "training": {"loss": loss}}
    return configs.from_builtins(part)


def cut_off(stage: Bench) -> list[str]:
    """Return the texts of the table that its columns have no room for."""
    table = stage.panel.table
    width = table.fontMetrics().horizontalAdvance
    columns = range(table.model().columnCount())
    found = [text for k in columns for text in texts(stage, k) if width(text) + theme.px(6) > table.columnWidth(k)]
    return found + [str(k) for k in columns if table.columnViewportPosition(k) + table.columnWidth(k) > table.width()]


def test_classes_are_written_out_also_where_the_rows_are_sorted(panel_bench: PanelBench, tmp_path: Path) -> None:
    names = ["a"] * 30 + ["versicolor"] * 30 + ["virginica"] * 30
    rows = "".join(f"{k},{k % 7},{name}\n" for k, name in enumerate(names))
    stage = panel_bench(PredictionsPanel, table_of(tmp_path, f"long,wide,kind\n{rows}", "softmax"))
    stage.step(50)
    assert set(texts(stage, 2)) == {"a", "versicolor", "virginica"}
    assert cut_off(stage) == []


def test_numbers_of_a_table_have_the_same_decimals_and_none_is_cut_off(panel_bench: PanelBench, tmp_path: Path) -> None:
    rows = "".join(f"{k},{k % 7},{k % 3},{400 + 20 * k}\n" for k in range(60))
    text = f"living area,rooms there,the district = north,rent\n{rows}"
    config = table_of(tmp_path, text, "linear", scale_target=True)
    stage = panel_bench(PredictionsPanel, config, size=(520, 380))
    stage.step(20)
    shown = [text for text in (*texts(stage, 4), *texts(stage, 5)) if text != "–"]
    assert {len(text.partition(".")[2]) for text in shown} == {1}
    assert cut_off(stage) == []


@pytest.mark.parametrize(("inputs", "place"), [(4, 6), (5, 2)])
def test_with_many_inputs_the_errors_stand_before_them(
    panel_bench: PanelBench, tmp_path: Path, inputs: int, place: int
) -> None:
    heads = ",".join(f"name{k}" for k in range(inputs))
    rows = "".join(",".join(str((k + j) ** 2 % 17) for j in range(inputs)) + f",{k * k}\n" for k in range(60))
    config = table_of(tmp_path, f"{heads},rent\n{rows}", "linear", scale_target=True)
    stage = panel_bench(PredictionsPanel, config, size=(520, 380))
    assert [one.heading for one in stage.panel.table.samples.columns][place] == "error"
    click_heading(stage, place)
    found = [abs(float(text.replace("−", "-"))) for text in texts(stage, place)]
    assert found == sorted(found)


def test_the_heading_says_of_which_class_the_output_is_the_probability(panel_bench: PanelBench, tmp_path: Path) -> None:
    rows = "".join(f"{k},{k % 7},{('no', 'yes')[k % 2]}\n" for k in range(20))
    stage = panel_bench(PredictionsPanel, table_of(tmp_path, f"long,wide,smoker\n{rows}", "sigmoid"))
    assert stage.panel.table.samples.columns[3].heading == "output P(yes)"

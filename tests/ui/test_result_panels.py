"""The result panels on a real session: what they ask for, what they show, what they cost while hidden."""

import numpy as np
import pytest
from PySide6.QtWidgets import QCheckBox, QLabel, QWidget
from pytestqt.qtbot import QtBot

from playground.experiment.config import edits
from playground.experiment.config import schema as configs
from playground.experiment.config.presets import PRESETS
from playground.experiment.config.schema import ExperimentConfig
from playground.experiment.probes.probe import Activations, Curve, Parameters, Predictions, UnitGrid
from playground.experiment.training.trainer import Trainer
from playground.runtime.selection import Unit
from playground.ui.boundary.panel import GRID, BoundaryPanel
from playground.ui.core.panel import Panel
from playground.ui.curves.accuracy_panel import AccuracyPanel
from playground.ui.curves.loss_panel import LossPanel
from playground.ui.diagram.panel import NetworkDiagramPanel
from playground.ui.predictions.panel import PredictionsPanel
from playground.ui.weights.panel import WeightsPanel
from tests.ui.conftest import PanelBench, experiment

ALL = (LossPanel, AccuracyPanel, NetworkDiagramPanel, BoundaryPanel, WeightsPanel, PredictionsPanel)


def colours_of(panel: Panel) -> int:
    image = panel.grab().toImage()
    return len({image.pixel(x, y) for x in range(0, image.width(), 2) for y in range(0, image.height(), 2)})


@pytest.mark.parametrize("kind", ALL)
@pytest.mark.parametrize(
    "config",
    [
        PRESETS["and-gate"].config,
        experiment("sine", [6], "linear"),
        experiment("plane", [4], "linear"),
        experiment("digits", [12], "softmax", batch_size=50),
        experiment("gauss", [], "softmax"),
    ],
    ids=lambda config: config.data.name,
)
def test_every_panel_shows_something_for_every_kind_of_data(
    panel_bench: PanelBench, kind: type[Panel], config: ExperimentConfig
) -> None:
    stage = panel_bench(kind, config)
    stage.step(20)
    assert stage.panel.title()
    assert colours_of(stage.panel) > 4


@pytest.mark.parametrize("kind", ALL)
def test_before_the_first_run_there_is_a_sentence_or_axes(panel_bench: PanelBench, kind: type[Panel]) -> None:
    bench = panel_bench(kind, "and-gate", hidden=True)
    bench.card.show()
    assert bench.session.info is None
    assert colours_of(bench.panel) > 1
    assert bench.panel.title()


@pytest.mark.parametrize("kind", ALL)
def test_a_hidden_panel_is_neither_asked_nor_drawn(
    panel_bench: PanelBench, kind: type[Panel], monkeypatch: pytest.MonkeyPatch, qtbot: QtBot
) -> None:
    asked: list[str] = []
    monkeypatch.setattr(kind, "probes", lambda _self: asked.append("probes") or ())
    monkeypatch.setattr(kind, "show_snapshot", lambda _self, _snapshot: asked.append("snapshot"))
    stage = panel_bench(kind, experiment("spiral", [4]), hidden=True)
    qtbot.waitUntil(lambda: stage.session.info is not None)
    stage.session.step(5)
    qtbot.waitUntil(lambda: stage.session.step_count == 5)
    qtbot.waitUntil(lambda: stage.pump.is_resting)
    assert asked == []
    stage.panel.window().show()
    qtbot.waitUntil(lambda: "snapshot" in asked)


@pytest.mark.parametrize("kind", ALL)
def test_a_panel_uncovered_later_shows_the_run_of_now(panel_bench: PanelBench, kind: type[Panel], qtbot: QtBot) -> None:
    stage = panel_bench(kind, experiment("circle", [3]), hidden=True)
    qtbot.waitUntil(lambda: stage.session.info is not None)
    stage.panel.window().show()
    stage.settle()
    stage.step(3)
    assert colours_of(stage.panel) > 4


@pytest.mark.parametrize(
    ("kind", "names"),
    [
        (LossPanel, ("loss_plot", "loss_log", "loss_legend")),
        (AccuracyPanel, ("accuracy_plot", "accuracy_legend")),
        (NetworkDiagramPanel, ("network_view", "network_legend")),
        (BoundaryPanel, ("plane_plot", "confusion_matrix", "boundary_table")),
        (WeightsPanel, ("weights_layer", "weights_matrix", "mosaic_view")),
        (
            PredictionsPanel,
            (
                "predictions_part",
                "predictions_part_train",
                "predictions_part_test",
                "predictions_previous",
                "predictions_next",
                "predictions_table",
                "gallery_view",
            ),
        ),
    ],
)
def test_every_view_and_control_can_be_found_and_read_aloud(
    panel_bench: PanelBench, kind: type[Panel], names: tuple[str, ...]
) -> None:
    stage = panel_bench(kind, experiment("digits", [5], "softmax", batch_size=50))
    for name in names:
        found = stage.panel.window().findChild(QWidget, name)
        assert found is not None, name
        assert found.accessibleName(), name


def test_the_fitted_curve_can_be_found_and_read_aloud(panel_bench: PanelBench) -> None:
    stage = panel_bench(BoundaryPanel, experiment("sine", [3], "linear"))
    found = stage.panel.window().findChild(QWidget, "fit_plot")
    assert found is not None
    assert found.accessibleName()


def test_the_loss_panel_switches_to_a_logarithmic_axis(panel_bench: PanelBench) -> None:
    stage = panel_bench(LossPanel, PRESETS["and-gate"].config)
    stage.step(50)
    header = stage.panel.header()
    assert header is not None
    switch = header.findChild(QCheckBox, "loss_log")
    assert switch is not None
    switch.click()
    assert stage.panel.plot.logarithmic
    assert stage.panel.plot.ranges[1][0] < 0


def test_the_loss_panel_names_the_test_curve_only_where_there_is_a_test_part(panel_bench: PanelBench) -> None:
    with_test = panel_bench(LossPanel, experiment("spiral", [4]))
    without = panel_bench(LossPanel, PRESETS["and-gate"].config)
    assert [words for _colour, words in with_test.panel.legend.entries] == ["batch", "train", "test"]
    assert [words for _colour, words in without.panel.legend.entries] == ["batch", "train"]


def test_the_axis_of_the_loss_ends_where_the_run_ends(panel_bench: PanelBench) -> None:
    stage = panel_bench(LossPanel, experiment("and", [2], stop={"steps": 100}))
    stage.step(90)
    assert stage.panel.plot.ranges[0][1] == 100.0


def test_accuracy_is_drawn_at_the_epochs_of_a_batch_size_that_was_changed(panel_bench: PanelBench) -> None:
    stage = panel_bench(AccuracyPanel, experiment("gauss", [2], batch_size=1))
    per_epoch = stage.session.info.steps_per_epoch
    stage.step(int(per_epoch))
    stage.panel.store.apply(edits.set_batch_size(stage.panel.store.config, None))
    stage.step(100)
    epochs, _shares = stage.panel.plot.data("train")
    assert epochs[0] == 0
    assert 1 in epochs
    assert 50 < epochs[-1] <= 101


def test_the_axes_end_where_the_run_ends_after_the_batch_size_was_changed(panel_bench: PanelBench) -> None:
    config = experiment("gauss", [2], batch_size=1, stop={"epochs": 40})
    loss, accuracy = panel_bench(LossPanel, config), panel_bench(AccuracyPanel, config)
    per_epoch = int(loss.session.info.steps_per_epoch)
    for stage in (loss, accuracy):
        stage.card.hide()  # a look at the 24th epoch would leave the axis at the 36th, 24 and half of that
        stage.session.step(36 * per_epoch)
        stage.qtbot.waitUntil(lambda session=stage.session: session.step_count == 36 * per_epoch)
        stage.card.show()
        stage.settle()
        stage.panel.store.apply(edits.set_batch_size(stage.panel.store.config, None))
        stage.settle()
    assert accuracy.panel.plot.ranges[0][1] == 40.0
    assert loss.panel.plot.ranges[0][1] == 36.0 * per_epoch + 4  # one step for each of the four epochs left
    for stage in (loss, accuracy):
        stage.panel.store.apply(edits.set_stop(stage.panel.store.config, steps=36 * per_epoch + 2))
        stage.settle()
    assert accuracy.panel.plot.ranges[0][1] == 38.0
    assert loss.panel.plot.ranges[0][1] == 36.0 * per_epoch + 2


def test_accuracy_of_numbers_is_explained_instead_of_drawn(panel_bench: PanelBench) -> None:
    stage = panel_bench(AccuracyPanel, experiment("sine", [4], "linear"))
    stage.step(2)
    note = stage.panel.findChild(QLabel, "accuracy_note")
    assert note is not None
    assert note.isVisible()
    assert "not classes" in note.text()
    assert stage.panel.legend.entries == ()


def test_the_diagram_shows_the_weights_of_this_very_step(panel_bench: PanelBench) -> None:
    stage = panel_bench(NetworkDiagramPanel, PRESETS["and-gate"].config)
    view, info = stage.panel.view, stage.session.info
    weights, biases = info.layers_of(info.start)
    assert all(np.array_equal(a, b) for a, b in zip(view.scene.weights, weights, strict=True))
    assert all(np.array_equal(a, b) for a, b in zip(view.scene.biases, biases, strict=True))
    stage.step(100)
    assert not np.array_equal(view.scene.weights[0], weights[0])


def test_flat_parameters_come_apart_into_the_layers_of_the_network(panel_bench: PanelBench) -> None:
    config = experiment("circle", [3, 2])
    info, network = panel_bench(LossPanel, config).session.info, Trainer(config).network
    weights, biases = info.layers_of(network.parameters)
    assert all(np.array_equal(a, b) for a, b in zip(weights, network.weights, strict=True))
    assert all(np.array_equal(a, b) for a, b in zip(biases, network.biases, strict=True))


def test_the_diagram_of_images_asks_for_no_pictures_over_a_plane(panel_bench: PanelBench) -> None:
    stage = panel_bench(NetworkDiagramPanel, experiment("digits", [12], "softmax", batch_size=50))
    assert stage.panel.requested_probes() == (Parameters(), Activations("train", 0))
    assert stage.panel.view.layout_.image


@pytest.mark.parametrize(
    ("config", "title", "mode"),
    [
        (experiment("xor", [2]), "Decision boundary", "plane"),
        (experiment("plane", [2], "linear"), "Fitted surface", "plane"),
        (experiment("sine", [2], "linear"), "Fitted curve", "curve"),
        (experiment("digits", [4], "softmax"), "Confusion", "confusion"),
    ],
    ids=["xor", "plane", "sine", "digits"],
)
def test_the_boundary_panel_is_named_after_its_picture(
    panel_bench: PanelBench, config: ExperimentConfig, title: str, mode: str
) -> None:
    stage = panel_bench(BoundaryPanel, config)
    assert stage.panel.title() == stage.panel.windowTitle() == title
    assert stage.panel.mode == mode


def test_numbers_with_many_inputs_are_shown_predicted_against_true(panel_bench: PanelBench) -> None:
    rng = np.random.default_rng(0)
    x = rng.random((30, 3))
    rows = {"name": "rows", "x": x.tolist(), "y": x.sum(axis=1).tolist(), "task": "regression"}
    config = configs.from_builtins(
        {"data": rows, "network": {"hidden": [3], "output": "linear"}, "training": {"learning_rate": 0.05}}
    )
    stage = panel_bench(BoundaryPanel, config)
    stage.step(5)
    assert stage.panel.title() == "Predicted and true values"
    true, found = stage.panel.fit.data("train")
    assert len(true) == 30
    assert np.isfinite(found).all()


def test_few_rows_stand_beside_the_boundary_with_their_outputs(panel_bench: PanelBench) -> None:
    stage = panel_bench(BoundaryPanel, PRESETS["and-gate"].config)
    stage.step(5000)
    table = stage.panel.table
    assert table.isVisible()
    model = table.model()
    rows = [[str(model.data(model.index(r, c))) for c in range(model.columnCount())] for r in range(4)]
    assert [row[:3] for row in rows] == [["0", "0", "0"], ["0", "1", "0"], ["1", "0", "0"], ["1", "1", "1"]]
    assert [row[4] for row in rows] == ["✓"] * 4
    assert float(rows[3][3]) > 0.8 > 0.2 > float(rows[0][3])


def test_many_rows_leave_the_boundary_to_itself(panel_bench: PanelBench) -> None:
    stage = panel_bench(BoundaryPanel, experiment("spiral", [3]))
    assert not stage.panel.table.isVisible()
    assert stage.panel.requested_probes() == (GRID,)


def test_a_unit_that_is_looked_at_takes_the_place_of_the_outputs(panel_bench: PanelBench) -> None:
    stage = panel_bench(BoundaryPanel, experiment("xor", [2]))
    panel = stage.panel
    outputs, levels = panel.plane.values, panel.plane.levels
    stage.session.focus.set_unit(Unit(1, 1))
    stage.settle()
    trainer = Trainer(experiment("xor", [2]))
    np.testing.assert_allclose(panel.plane.values, UnitGrid(1, 1, GRID.resolution).compute(trainer), atol=1e-6)
    assert (panel.plane.heading.text(), panel.plane.levels) == ("layer 1, unit 2", (-1.0, 1.0))
    stage.session.focus.set_unit(None)
    stage.settle()
    np.testing.assert_array_equal(panel.plane.values, outputs)
    assert (panel.plane.heading.text(), panel.plane.levels) == ("", levels)


def test_a_unit_that_is_gone_leaves_the_outputs_in_their_place(panel_bench: PanelBench) -> None:
    stage = panel_bench(BoundaryPanel, experiment("xor", [2]))
    outputs = stage.panel.plane.values
    stage.session.focus.set_unit(Unit(1, 7))
    stage.settle()
    np.testing.assert_array_equal(stage.panel.plane.values, outputs)


def test_the_boundary_is_what_the_network_says(panel_bench: PanelBench) -> None:
    stage = panel_bench(BoundaryPanel, PRESETS["and-gate"].config)
    stage.step(5000)
    plane = stage.panel.plane
    assert float(plane.describe(1, 1).split("→ ")[1]) > 0.8
    assert float(plane.describe(0, 0).split("→ ")[1]) < 0.1


def test_the_confusion_counts_every_judged_sample(panel_bench: PanelBench) -> None:
    stage = panel_bench(BoundaryPanel, experiment("digits", [8], "softmax", batch_size=50, learning_rate=0.5))
    stage.step(300)
    probe = stage.panel.requested_probes()[0]
    assert isinstance(probe, Predictions)
    counted = len(stage.session.info.data.x_test if probe.part == "test" else stage.session.info.data.x_train)
    values = stage.panel.confusion.values
    assert values.shape == (10, 10)
    assert values.sum() == min(counted, probe.count)
    assert np.trace(values) > 0.5 * values.sum()


def test_switching_the_data_switches_picture_and_question(panel_bench: PanelBench) -> None:
    stage = panel_bench(BoundaryPanel, experiment("sine", [3], "linear"))
    assert stage.panel.requested_probes() == (Curve(200),)
    first = stage.session.info
    stage.panel.store.apply(experiment("xor", [3]))
    stage.qtbot.waitUntil(lambda: stage.session.info is not first)
    stage.settle()
    assert stage.panel.mode == "plane"
    assert stage.panel.plane.isVisible()

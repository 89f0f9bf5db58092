"""The panel of the boundary: each kind of data has its picture."""

import numpy as np
from PySide6.QtWidgets import QApplication, QCheckBox, QWidget

from playground.experiment.config import edits
from playground.experiment.config import schema as configs
from playground.experiment.config.presets import PRESETS
from playground.experiment.config.schema import ExperimentConfig
from playground.experiment.probes.probe import Curve, UnitGrid
from playground.experiment.training.trainer import Trainer
from playground.runtime.selection import Unit
from playground.ui.boundary.panel import GRID, BoundaryPanel
from playground.ui.boundary.plane_plot import PlanePlot
from playground.ui.canvas.images import class_colour
from playground.ui.core import theme
from tests.ui.conftest import PanelBench, experiment


def test_the_panel_has_the_picture_of_its_data_and_is_named_after_it(panel_bench: PanelBench) -> None:
    stage = panel_bench(BoundaryPanel, experiment("sine", [2], "linear"))
    for config, title, mode, picture in (
        (stage.config, "Fitted curve", "curve", "fit_plot"),
        (experiment("xor", [2]), "Decision boundary", "plane", "plane_plot"),
        (experiment("plane", [2], "linear"), "Fitted surface", "plane", "plane_plot"),
        (experiment("digits", [4], "softmax"), "Confusion", "confusion", "confusion_matrix"),
    ):
        stage.store.apply(config)
        stage.settle()
        assert stage.panel.title() == stage.panel.windowTitle() == title
        assert stage.panel.mode == mode
        shown = stage.find(QWidget, picture)
        assert shown.isVisible()
        assert shown.accessibleName()
        assert (stage.panel.requested_probes() == (Curve(200),)) is (mode == "curve")


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
    plane = stage.panel.plane
    assert float(plane.describe(1, 1).split("→ ")[1]) > 0.8
    assert float(plane.describe(0, 0).split("→ ")[1]) < 0.1


def test_a_unit_that_is_looked_at_takes_the_place_of_the_outputs(panel_bench: PanelBench) -> None:
    stage = panel_bench(BoundaryPanel, experiment("xor", [2]))
    panel = stage.panel
    outputs, levels = panel.plane.values, panel.plane.levels
    stage.session.selection.set_unit(Unit(1, 1))
    stage.settle()
    trainer = Trainer(experiment("xor", [2]))
    np.testing.assert_allclose(panel.plane.values, UnitGrid(1, 1, GRID.resolution).compute(trainer), atol=1e-6)
    assert (panel.plane.heading.text(), panel.plane.levels) == ("layer 1, unit 2", (-1.0, 1.0))
    for unit in (Unit(1, 7), None):  # one that is gone, and none
        stage.session.selection.set_unit(unit)
        stage.settle()
        np.testing.assert_array_equal(panel.plane.values, outputs)
        assert (panel.plane.heading.text(), panel.plane.levels) == ("", levels)


def test_the_confusion_counts_every_judged_sample(panel_bench: PanelBench) -> None:
    stage = panel_bench(BoundaryPanel, experiment("digits", [8], "softmax", batch_size=50, learning_rate=0.5))
    stage.step(300)
    probe = stage.panel.requested_probes()[0]
    counted = len(stage.session.info.data.x_test if probe.part == "test" else stage.session.info.data.x_train)
    values = stage.panel.confusion.values
    assert values.shape == (10, 10)
    assert values.sum() == min(counted, probe.count)
    assert np.trace(values) > 0.5 * values.sum()


def of_spiral(data: str) -> ExperimentConfig:
    return edits.set_data(PRESETS["spiral"].config, data)


def test_classes_are_shown_without_shades_on_request(panel_bench: PanelBench) -> None:
    user = panel_bench(BoundaryPanel, of_spiral("circle"))
    plot: PlanePlot = user.find(QWidget, "plane_plot")

    def colours() -> set[str]:
        image, inside = plot.grab().toImage(), plot.frame().toRect().adjusted(4, 4, -4, -4)
        row = inside.top() + 1
        return {image.pixelColor(x, row).name() for x in range(inside.left(), inside.right())}

    shades = len(colours())
    user.click("discretise")
    assert len(colours()) < 8 < shades
    user.click("discretise")
    assert len(colours()) == shades


def test_a_switch_that_does_nothing_does_not_look_on_and_says_why(panel_bench: PanelBench) -> None:
    user = panel_bench(BoundaryPanel, of_spiral("circle"))
    switch, pictures = user.find(QCheckBox, "discretise"), []
    for on in (True, False):
        user.store.apply(of_spiral("circle"))
        user.settle()
        switch.setChecked(on)
        user.store.apply(of_spiral("plane"))
        user.settle()
        assert not switch.isEnabled()
        assert switch.isChecked() is on
        pictures.append(switch.grab().toImage())
    assert pictures[0] == pictures[1]
    assert "numbers" in switch.toolTip()
    user.store.apply(PRESETS["and-gate"].config)
    user.settle()
    assert not user.find(QWidget, "show_test_points").isEnabled()
    assert "used for training" in user.find(QWidget, "show_test_points").toolTip()


def test_many_rows_leave_the_plane_to_itself_and_its_key_names_the_classes(
    panel_bench: PanelBench, qapp: QApplication
) -> None:
    user = panel_bench(BoundaryPanel, "spiral")
    assert not user.panel.table.isVisible()
    assert user.panel.requested_probes() == (GRID,)
    assert [name for _colour, name in user.panel.plane.legend] == ["0", "1"]
    user.click("show_test_points")
    for mode in ("dark", "light"):
        theme.apply(qapp, mode)
        colours = [colour for colour, _words in user.panel.legend.entries]
        assert colours[:2] == [class_colour(k, 2).name() for k in (0, 1)]
        assert user.panel.plane.legend == user.panel.legend.entries

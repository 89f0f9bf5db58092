"""The switches of the plane: test points, classes without shades."""

from PySide6.QtWidgets import QWidget

from playground.experiment.config import edits
from playground.experiment.config.presets import PRESETS
from playground.experiment.config.schema import ExperimentConfig
from playground.ui.boundary.panel import BoundaryPanel
from playground.ui.boundary.plane_plot import PlanePlot
from tests.ui.conftest import PanelBench


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


def test_where_a_switch_has_nothing_to_do_it_says_why(panel_bench: PanelBench) -> None:
    user = panel_bench(BoundaryPanel, of_spiral("plane"))
    assert not user.find(QWidget, "discretise").isEnabled()
    assert "numbers" in user.find(QWidget, "discretise").toolTip()
    user.store.apply(PRESETS["and-gate"].config)
    user.settle()
    assert not user.find(QWidget, "show_test_points").isEnabled()
    assert "used for training" in user.find(QWidget, "show_test_points").toolTip()

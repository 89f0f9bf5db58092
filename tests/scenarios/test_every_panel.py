"""Every panel alone: before the first run, on every kind of data, and between two runs, when it has been told of a new
one but not yet handed its data, with the picture of the one before."""

from typing import Any

import pytest
from PySide6.QtCore import QEvent, QPointF, Qt
from PySide6.QtGui import QMouseEvent
from PySide6.QtWidgets import QApplication, QGraphicsView, QWidget

from playground.experiment.config.presets import PRESETS
from playground.ui.canvas.painted_view import PaintedView
from playground.ui.core.panel import Panel
from playground.ui.shell.panel_catalog import PANELS
from tests.ui.bench import Bench, colours
from tests.ui.conftest import PanelBench

KINDS = [entry.load() for entry in PANELS]
ORDER = ("and-gate", "sine-curve", "digits", "hills", "height-weight")
PLACES = ((0.1, 0.1), (0.9, 0.1), (0.5, 0.5), (0.1, 0.9), (0.9, 0.9))

PREDICTIONS = ("part", "part_train", "part_test", "previous", "next", "table")
VIEWS = {
    "loss_panel": ("loss_plot", "loss_log", "loss_legend"),
    "accuracy_panel": ("accuracy_plot", "accuracy_legend"),
    "network_diagram_panel": ("network_view", "network_legend"),
    "boundary_panel": ("plane_plot", "confusion_matrix", "boundary_table"),
    "weights_panel": ("weights_layer", "weights_matrix", "mosaic_view"),
    "predictions_panel": (*(f"predictions_{name}" for name in PREDICTIONS), "gallery_view"),
}
"""What the panels of results have on pictures of digits."""


def move_over(view: QWidget) -> None:
    """Move the mouse over all of a picture."""
    none = Qt.MouseButton.NoButton
    for x, y in PLACES:
        place = QPointF(x * view.width(), y * view.height())
        on_screen = QPointF(view.mapToGlobal(place))
        move = QMouseEvent(QEvent.Type.MouseMove, place, on_screen, none, none, Qt.KeyboardModifier.NoModifier)
        QApplication.sendEvent(view, move)


def use(panel: Panel) -> None:
    """Do all that can come at any moment: the mouse, another size, other colours, a frame."""
    views = [*panel.findChildren(PaintedView), *(view.viewport() for view in panel.findChildren(QGraphicsView))]
    for view in views:
        if view.isVisible():
            move_over(view)
    for themed in filter(lambda it: hasattr(it, "apply_theme"), (panel, *panel.findChildren(QWidget))):
        themed.apply_theme()
    panel.resize(panel.width() + 1, panel.height() - 1)
    for view in views:
        if view.isVisible():
            move_over(view)
    panel.grab()


@pytest.mark.parametrize("kind", KINDS, ids=lambda kind: kind.name)
def test_a_panel_that_has_yet_to_show_a_run_can_be_used(kind: type[Panel], panel_bench: PanelBench) -> None:
    stage: Any = panel_bench(kind, PRESETS[ORDER[0]].config)
    used: list[str] = []

    def use_at_once() -> None:
        used.append(stage.session.info.config.data.name)
        use(stage.panel)
        stage.panel.ensure_prepared()  # handed its data, but not yet the first numbers
        use(stage.panel)

    stage.session.run_started.connect(use_at_once)  # after the refresh loop, which tells the panel
    for now, after in zip(ORDER, (*ORDER[1:], None), strict=True):
        stage.step(20)
        shows_something_that_can_be_read_aloud(stage, now)
        use(stage.panel)
        if after is not None:
            with stage.qtbot.waitSignal(stage.session.run_started):
                stage.panel.store.apply(PRESETS[after].config)
            stage.settle()
    assert used == [PRESETS[name].config.data.name for name in ORDER[1:]]


def shows_something_that_can_be_read_aloud(stage: Bench, experiment: str) -> None:
    views = VIEWS.get(stage.panel.name, ())
    assert not views or len(colours(stage.panel, every=2)) > 4, experiment
    for name in views if experiment == "digits" else ():
        assert stage.find(QWidget, name).accessibleName(), name


@pytest.mark.parametrize("kind", [it for it in KINDS if it.name in VIEWS], ids=lambda kind: kind.name)
def test_before_the_first_run_there_is_a_sentence_or_axes(panel_bench: PanelBench, kind: type[Panel]) -> None:
    bench = panel_bench(kind, "and-gate", hidden=True)
    bench.card.show()
    assert bench.session.info is None
    assert len(colours(bench.panel, every=2)) > 1

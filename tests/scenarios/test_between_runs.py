"""Between two runs: every panel, told of a new run but not yet handed its data, with the picture of the one before."""

from typing import Any

import pytest
from PySide6.QtCore import QEvent, QPointF, Qt
from PySide6.QtGui import QMouseEvent
from PySide6.QtWidgets import QApplication, QGraphicsView, QWidget

from playground.experiment.config.presets import PRESETS
from playground.ui.canvas.painted_view import PaintedView
from playground.ui.core.panel import Panel
from playground.ui.shell.panel_catalog import PANELS
from tests.ui.conftest import PanelBench

ORDER = ("and-gate", "sine-curve", "digits", "height-weight")
PLACES = ((0.1, 0.1), (0.9, 0.1), (0.5, 0.5), (0.1, 0.9), (0.9, 0.9))


def kinds() -> list[type[Panel]]:
    """Return the panels of the window."""
    return [entry.load() for entry in PANELS]


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
            view.grab()
    for themed in filter(lambda it: hasattr(it, "apply_theme"), (panel, *panel.findChildren(QWidget))):
        themed.apply_theme()
    panel.resize(panel.width() + 1, panel.height() - 1)
    for view in views:
        if view.isVisible():
            move_over(view)
    panel.grab()


@pytest.mark.parametrize("kind", kinds(), ids=lambda kind: kind.name)
def test_a_panel_that_has_yet_to_show_a_run_can_be_used(kind: type[Panel], panel_bench: PanelBench) -> None:
    stage: Any = panel_bench(kind, PRESETS[ORDER[0]].config)
    used: list[str] = []

    def use_at_once() -> None:
        used.append(stage.session.info.config.data.name)
        use(stage.panel)
        stage.panel.ensure_prepared()  # handed its data, but not yet the first numbers
        use(stage.panel)

    stage.session.run_started.connect(use_at_once)  # after the refresh loop, which tells the panel
    for after in ORDER[1:]:
        stage.step(2)
        use(stage.panel)
        with stage.qtbot.waitSignal(stage.session.run_started):
            stage.panel.store.apply(PRESETS[after].config)
        stage.settle()
    assert used == [PRESETS[name].config.data.name for name in ORDER[1:]]

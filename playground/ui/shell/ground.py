"""What the panels stand on: as large as the window leaves it, and scrolled where that is less than they need."""

from PySide6.QtCore import Qt
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QFrame, QScrollArea

from playground.ui.notes.panel import NotesPanel
from playground.ui.shell.dock_area import DockArea


class Ground(QScrollArea):
    """Shows the area of the panels whole, on a screen that has not the room by scrolling."""

    def __init__(self, area: DockArea) -> None:
        super().__init__()
        self.setObjectName("ground")
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.setWidgetResizable(True)
        self.setWidget(area)
        self._area = area

    def resizeEvent(self, event: QResizeEvent) -> None:
        self._area.panel(NotesPanel).set_room(self.maximumViewportSize().height())
        super().resizeEvent(event)

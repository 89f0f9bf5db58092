"""A ring around a control, to point at it."""

from PySide6.QtCore import QEvent, QObject, Qt
from PySide6.QtGui import QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QWidget

from playground.ui.core import theme

GAP = 3


class Spotlight(QWidget):
    """Lies over a control's surroundings, moves and hides with it, and takes no clicks."""

    def __init__(self, target: QWidget) -> None:
        super().__init__(target.parentWidget() or target)
        self.setObjectName("spotlight")
        self.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        self.setAttribute(Qt.WidgetAttribute.WA_NoSystemBackground)
        self._target = target
        target.installEventFilter(self)
        self._follow()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() in (QEvent.Type.Move, QEvent.Type.Resize, QEvent.Type.Show, QEvent.Type.Hide):
            self._follow()
        return super().eventFilter(watched, event)

    def paintEvent(self, _event: QPaintEvent) -> None:
        with QPainter(self) as painter:
            painter.setRenderHint(QPainter.RenderHint.Antialiasing)
            painter.setPen(QPen(theme.color("warning"), 2.5))
            painter.drawRoundedRect(self.rect().adjusted(2, 2, -2, -2), 8, 8)

    def _follow(self) -> None:
        inside = self.parentWidget() is self._target
        place = self._target.rect() if inside else self._target.geometry().adjusted(-GAP, -GAP, GAP, GAP)
        self.setGeometry(place)
        self.setVisible(inside or not self._target.isHidden())
        self.raise_()

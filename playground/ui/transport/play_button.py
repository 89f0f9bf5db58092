"""The big round button in the middle of the transport bar."""

from PySide6.QtCore import QPointF, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QPainter, QPaintEvent, QPen, QPolygonF
from PySide6.QtWidgets import QAbstractButton

from playground.ui.core import plain_text, theme

DIAMETER = 42


class PlayButton(QAbstractButton):
    """Shows a triangle while paused and two bars while playing."""

    def __init__(self, name: str) -> None:
        super().__init__()
        self.setObjectName(name)
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self.setAttribute(Qt.WidgetAttribute.WA_Hover)
        self._playing = False
        self.apply_theme()

    def set_playing(self, playing: bool, text: str) -> None:
        """Show the icon of the next action, with its name `text`."""
        self._playing = playing
        self.setToolTip(plain_text.tip(text))
        self.setAccessibleName(text)
        self.update()

    def sizeHint(self) -> QSize:
        side = theme.px(DIAMETER) + 6
        return QSize(side, side)

    def paintEvent(self, _event: QPaintEvent) -> None:
        with QPainter(self) as painter:
            painter.setRenderHint(QPainter.RenderHint.Antialiasing)
            colors = theme.current()
            side = theme.px(DIAMETER)
            circle = QRectF((self.width() - side) / 2, (self.height() - side) / 2, side, side)
            if self.hasFocus():
                painter.setPen(QPen(QColor(colors.accent), 1.5))
                painter.drawEllipse(circle.adjusted(-2, -2, 2, 2))
            lit = self.underMouse() or self.isDown()
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(QColor(colors.accent_hover if lit else colors.accent))
            painter.drawEllipse(circle)
            painter.setBrush(QColor(colors.on_accent))
            centre, unit = circle.center(), side / 42
            if self._playing:
                for left in (-6.5, 2.0):
                    bar = QRectF(centre.x() + left * unit, centre.y() - 7.5 * unit, 4.5 * unit, 15 * unit)
                    painter.drawRoundedRect(bar, unit, unit)
            else:
                pen = QPen(QColor(colors.on_accent), 1.5 * unit)
                pen.setJoinStyle(Qt.PenJoinStyle.RoundJoin)
                painter.setPen(pen)
                corners = ((-5.0, -8.5), (-5.0, 8.5), (9.5, 0.0))
                painter.drawPolygon(QPolygonF([centre + QPointF(x * unit, y * unit) for x, y in corners]))

    def apply_theme(self) -> None:
        self.setFixedSize(self.sizeHint())
        self.update()

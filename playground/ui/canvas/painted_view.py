"""What the hand-painted plots share: colours that follow the theme, a sentence when empty, a bubble at the mouse."""

from collections.abc import Callable

from PySide6.QtCore import QEvent, QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QContextMenuEvent, QMouseEvent, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QSizePolicy, QWidget

from playground.ui.canvas.legend import Entries
from playground.ui.canvas.pictures import PictureMenu, Table
from playground.ui.core import theme

BUBBLE_GAP = 14
BUBBLE_WIDTH = 380
HINTS = QPainter.RenderHint.Antialiasing | QPainter.RenderHint.SmoothPixmapTransform


def blend(first: QColor, second: QColor, share: float) -> QColor:
    """Return the colour `share` of the way from `first` to `second`: alpha pens cost ten times as much."""
    return QColor(
        round(first.red() + (second.red() - first.red()) * share),
        round(first.green() + (second.green() - first.green()) * share),
        round(first.blue() + (second.blue() - first.blue()) * share),
    )


class PaintedView(QWidget):
    """A widget that paints itself from arrays.

    A subclass paints in `draw`, and says in `describe` what is under the mouse; the bubble is painted with
    every frame, so that its number is never stale. With a message set, only the message is shown. The right button
    opens a menu that copies and saves the picture. `label` is its accessible name.
    """

    def __init__(self, name: str, label: str = "") -> None:
        super().__init__()
        self.setObjectName(name)
        self.setAccessibleName(label)
        self.setAttribute(Qt.WidgetAttribute.WA_OpaquePaintEvent)  # else Qt paints all that lies below it first
        self.setMouseTracking(True)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)
        self.mouse: QPointF | None = None
        self.legend: Entries = ()
        """What is painted above a saved picture."""

        self.numbers: Callable[[], Table] | None = None
        """Returns the numbers in the picture, where they can be saved."""

        self.message = ""
        """The sentence shown instead of a picture; empty where there is a picture."""

    def set_message(self, text: str) -> None:
        """Show `text` instead of a picture, or the picture again where it is empty."""
        self.message = text
        self.update()

    def draw(self, painter: QPainter) -> None:
        """Paint the picture, as it is wherever the mouse is."""
        raise NotImplementedError

    def describe(self, place: QPointF) -> str:  # noqa: ARG002 - for subclasses
        """Return what is at `place`, in words, or nothing."""
        return ""

    def apply_theme(self) -> None:
        """Use the colours and sizes of the theme; called when it changes, before it is painted again."""

    def paintEvent(self, _event: QPaintEvent) -> None:
        with QPainter(self) as painter:  # left at work after an error, it would keep Qt from ever painting again
            painter.setRenderHints(HINTS)
            painter.fillRect(self.rect(), theme.color("panel"))
            if self.message:
                painter.setPen(theme.color("muted"))
                painter.setFont(theme.font(13))
                room = QRectF(self.rect()).adjusted(24, 8, -24, -8)
                painter.drawText(room, Qt.AlignmentFlag.AlignCenter | Qt.TextFlag.TextWordWrap, self.message)
                return
            self.draw_alone(painter)
            painter.setRenderHints(HINTS)
            self.paint_hint(painter)

    def paint_hint(self, painter: QPainter) -> None:
        """Paint the description of what is under the mouse."""
        text = self.describe(self.mouse) if self.mouse is not None else ""
        if text and self.mouse is not None:
            paint_bubble(painter, self.mouse, text, QRectF(self.rect()))

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        self.mouse = event.position()
        self.update()

    def leaveEvent(self, _event: QEvent) -> None:
        self.mouse = None
        self.update()

    def draw_alone(self, painter: QPainter) -> None:
        """Paint the picture on something else, without what is said at the mouse."""
        painter.setRenderHints(HINTS)
        painter.setFont(theme.font(12))
        self.draw(painter)

    def contextMenuEvent(self, event: QContextMenuEvent) -> None:
        if not self.message:
            PictureMenu(self, self.draw_alone, self.numbers, self.legend).show_at(event.globalPos())


def paint_bubble(painter: QPainter, at: QPointF, text: str, room: QRectF, picture: float = 0.0) -> QRectF:
    """Paint `text` in a small label inside `room`, on that side of `at` where there is more room; break long lines.

    With `picture`, a square of that side is left free before the text; its place is returned.
    """
    painter.setFont(theme.font(12))
    words = Qt.AlignmentFlag.AlignLeft | Qt.TextFlag.TextWordWrap
    beside = picture + 8 if picture else 0.0
    on_right = room.right() - at.x() >= at.x() - room.left()
    free = (room.right() - at.x() if on_right else at.x() - room.left()) - BUBBLE_GAP - 20 - beside
    widest = QRectF(0, 0, max(min(theme.px(BUBBLE_WIDTH), free), theme.px(120)), 2000)
    size = painter.boundingRect(widest, words, text).size()
    width, height = size.width() + beside + 16, max(size.height(), picture) + 11
    x = at.x() + BUBBLE_GAP
    if not on_right and x + width > room.right():
        x = at.x() - BUBBLE_GAP - width
    x = max(room.left(), min(x, room.right() - width))
    y = max(room.top(), min(at.y() + BUBBLE_GAP, room.bottom() - height))
    box = QRectF(x, y, width, height)
    painter.setPen(QPen(theme.color("strong_border"), 1))
    painter.setBrush(theme.color("panel"))
    painter.drawRoundedRect(box.adjusted(0.5, 0.5, -0.5, -0.5), 5, 5)
    painter.setPen(theme.color("text"))
    painter.drawText(QRectF(QPointF(box.left() + 8 + beside, box.top() + 5), size), words, text)
    return QRectF(box.left() + 8, box.top() + 6, picture, picture)


def elide(painter: QPainter, text: str, width: float) -> str:
    """Return `text` shortened with … to `width` pixels in the painter's font."""
    return painter.fontMetrics().elidedText(text, Qt.TextElideMode.ElideRight, max(1, int(width)))

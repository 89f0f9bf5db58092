"""Axes on paper, to draw a curve into."""

from collections.abc import Sequence

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QImage, QPainter, QPen, QPolygonF

from playground.experiment.lessons.schema import Drawn
from playground.language import _
from playground.ui.core import theme
from playground.ui.core.ticks import linear_ticks
from playground.ui.lessons.variants import curve_words

WIDTH, HEIGHT = 480, 230
FRAME = QRectF(48, 22, 420, 170)
"""Where the curve goes."""

RATIO = 6
"""Dots per pixel of the text: it is printed."""


def drawn(question: Drawn, run: tuple[Sequence[float], Sequence[float]] | None = None) -> QImage:
    """Return the axes of a question, black on white; where it is known, with the steps and values of the run."""
    image = QImage(WIDTH * RATIO, HEIGHT * RATIO, QImage.Format.Format_RGB32)
    image.setDevicePixelRatio(RATIO)
    image.fill(Qt.GlobalColor.white)

    def place(x: float, y: float) -> QPointF:
        across, up = x / question.steps, min(max(y / question.top, 0.0), 1.0)
        return QPointF(FRAME.left() + across * FRAME.width(), FRAME.bottom() - up * FRAME.height())

    middle, right = Qt.AlignmentFlag.AlignCenter, Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter
    with QPainter(image) as painter:
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setFont(theme.font())
        for x, label in linear_ticks(0, question.steps):
            at = place(x, 0)
            painter.setPen(QColor("#d0d0d0"))
            painter.drawLine(at, place(x, question.top))
            painter.setPen(Qt.GlobalColor.black)
            painter.drawText(QRectF(at.x() - 40, at.y() + 2, 80, 16), middle, label)
        for y, label in linear_ticks(0, question.top):
            at = place(0, y)
            painter.setPen(QColor("#d0d0d0"))
            painter.drawLine(at, place(question.steps, y))
            painter.setPen(Qt.GlobalColor.black)
            painter.drawText(QRectF(0, at.y() - 8, FRAME.left() - 6, 16), right, label)
        painter.drawRect(FRAME)
        painter.drawText(QRectF(0, 2, WIDTH, 18), Qt.AlignmentFlag.AlignLeft, curve_words(question.curve))
        painter.drawText(QRectF(FRAME.left(), FRAME.bottom() + 18, FRAME.width(), 18), middle, _("step"))
        if run is not None:
            painter.setPen(QPen(Qt.GlobalColor.black, 1.6))
            painter.drawPolyline(QPolygonF([place(x, y) for x, y in zip(*run, strict=True) if x <= question.steps]))
    return image

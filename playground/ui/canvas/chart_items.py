"""What charts are made of: series, lines, and axes. What pyqtgraph does not type stays in this folder."""

import html
import math
from collections.abc import Mapping
from dataclasses import dataclass
from itertools import pairwise
from types import MappingProxyType
from typing import Literal

import numpy as np
import pyqtgraph as pg
from numpy.typing import NDArray
from PySide6.QtCore import QRectF, Qt
from PySide6.QtGui import QFontMetrics
from PySide6.QtWidgets import QGraphicsItem, QGraphicsSceneResizeEvent

from playground.ui.core import theme
from playground.ui.core.ticks import linear_ticks, log_ticks

Array = NDArray[np.floating]
Range = tuple[float, float]
Side = Literal["bottom", "left", "right"]
SIDES: tuple[Side, Side] = ("bottom", "left")

Kind = Literal["line", "lines", "band", "points", "rings", "marks"]
"""Of several lines, each ends where a value is NaN. Rings are filled with the ground; marks show what lies below."""

PIXELS_PER_TICK: Mapping[Side, int] = MappingProxyType({"bottom": 40, "left": 20, "right": 20})
CONNECTIONS: Mapping[Kind, str] = MappingProxyType({"line": "all", "lines": "finite", "band": "pairs"})

REACH = 9.0
"""So many pixels from the middle of a point it is still meant."""

ARROWS = {
    Qt.Key.Key_Left: (-1, 0),
    Qt.Key.Key_Right: (1, 0),
    Qt.Key.Key_Up: (0, 1),
    Qt.Key.Key_Down: (0, -1),
}


@dataclass(frozen=True)
class Series:
    """One set of data of a chart: how it is drawn and in which of the theme's colours."""

    key: str
    kind: Kind
    colour: str
    size: float = 7.0
    width: float = 1.0


class Line(pg.PlotCurveItem):  # type: ignore[misc]  # pyqtgraph has no types
    """Lines of one pen; they may be anywhere in the field, which is all that Qt needs to know."""

    def boundingRect(self) -> QRectF:
        view = self.getViewBox()
        return QRectF() if view is None else view.viewRect()


KEPT = QGraphicsItem.CacheMode.DeviceCoordinateCache
"""What seldom changes is painted once and kept as pixels, but in exports."""


class Axis(pg.AxisItem):  # type: ignore[misc]  # pyqtgraph has no types
    """The numbers along one side, written as everywhere in the window, and light lines at those of the left."""

    title = ""

    def __init__(self, side: Side, parent: QGraphicsItem) -> None:
        self.side = side  # before all else: pyqtgraph resizes it while it is made
        super().__init__(side, parent=parent)
        self.is_percent = False
        self.labels: dict[float, str] = {}
        self.enableAutoSIPrefix(False)  # it would write “loss (x0.001)”
        self.setZValue(-1000)

    def tickValues(self, low: float, high: float, size: float) -> list[tuple[float, list[float]]]:
        """Return where numbers stand; called by pyqtgraph."""
        most = max(3, min(6, round(size / theme.px(PIXELS_PER_TICK[self.side]))))
        unit = 100 if self.is_percent else 1
        found = (log_ticks if self.logMode else linear_ticks)(unit * low, unit * high, most)
        if self.side == "bottom" and len(found) > 1:
            widest = max(QFontMetrics(theme.font(10)).horizontalAdvance(label) for _at, label in found) + theme.px(3)
            closest = min(after - before for (before, _), (after, _) in pairwise(found)) * size / (unit * (high - low))
            found = found[:: math.ceil(widest / closest)]
        self.labels = {at / unit: label for at, label in found}
        if self.is_percent and found:
            self.labels[found[-1][0] / unit] += " %"
        return [(1.0, list(self.labels))]

    def tickStrings(self, values: list[float], _scale: float, _spacing: float) -> list[str]:
        """Return what is written at these values; called by pyqtgraph."""
        return [self.labels[value] for value in values]

    def set_title(self, text: str) -> None:
        """Write what the axis is along its middle, or nothing with an empty text."""
        self.title = text
        self.resizeEvent()

    def resizeEvent(self, event: QGraphicsSceneResizeEvent | None = None) -> None:
        """Write the title again, for pyqtgraph moves it only here: as much of it as is as long as the axis."""
        room = int(self.size().width() if self.side == "bottom" else self.size().height())
        written = QFontMetrics(self.label.font()).elidedText(self.title, Qt.TextElideMode.ElideRight, room)
        self.setLabel(html.escape(written))
        super().resizeEvent(event)

    def boundingRect(self) -> QRectF:
        room: QRectF = super().boundingRect()
        return room.adjusted(-20, -10, 20, 10)  # for the numbers at the ends, which pyqtgraph would leave out

    def apply_theme(self) -> None:
        self.setPen(pg.mkPen(None))  # it would be painted over what begins at the axis
        self.setTextPen(pg.mkPen(theme.color("muted")))
        self.setTickPen(pg.mkPen(theme.color("grid")))
        self.label.setFont(theme.font(11))
        is_left = self.side == "left"
        self.setStyle(
            tickLength=0,
            tickAlpha=255 if is_left else 0,
            tickFont=theme.font(10),
            tickTextOffset=4,
        )
        self.setGrid(255 if is_left else False)

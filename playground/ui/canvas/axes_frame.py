"""What a plot is laid out in: the field for its items, numbers at the left and below.

It stands in the place of pyqtgraph's own `PlotItem`, which makes some seventy widgets for a menu that is never
opened here. They took half of the time in which a plot is made, and every change of the style sheet went over them.
"""

from typing import Any, Literal

import pyqtgraph as pg
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFrame, QGraphicsGridLayout, QGraphicsItem, QSizePolicy

Side = Literal["bottom", "left"]
SIDES: tuple[Side, Side] = ("bottom", "left")


class AxesFrame(pg.GraphicsView):  # type: ignore[misc]  # pyqtgraph has no types
    """A view of two axes; nothing in it follows the mouse."""

    def __init__(self) -> None:
        super().__init__()
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setMinimumSize(60, 60)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self._whole: Any = pg.GraphicsWidget()
        self._grid = QGraphicsGridLayout(self._whole)
        self._grid.setSpacing(0)
        self._grid.setRowStretchFactor(0, 1)
        self._grid.setColumnStretchFactor(1, 1)
        self.field: Any = pg.ViewBox(parent=self._whole, enableMouse=False, enableMenu=False)
        self.field.disableAutoRange()
        self._grid.addItem(self.field, 0, 1)
        self._axes = {"left": self._add_axis("left", 0, 0), "bottom": self._add_axis("bottom", 1, 1)}
        self.setCentralItem(self._whole)

    def _add_axis(self, side: Side, row: int, column: int) -> Any:
        """Put the numbers of one side into the layout; they are painted once and kept."""
        axis: Any = pg.AxisItem(side, parent=self._whole)
        axis.linkToView(self.field)
        axis.enableAutoSIPrefix(False)  # it would write “loss (x0.001)”
        axis.setZValue(0.5)
        axis.setCacheMode(QGraphicsItem.CacheMode.DeviceCoordinateCache)
        self._grid.addItem(axis, row, column)
        return axis

    def axis(self, side: Side) -> Any:
        """Return the numbers of one side."""
        return self._axes[side]

    def add(self, item: QGraphicsItem) -> None:
        """Put something into the field; it does not change what the axes show."""
        self.field.addItem(item, ignoreBounds=True)

    def show_range(self, x: tuple[float, float], y: tuple[float, float]) -> None:
        """Let the axes go from low to high."""
        self.field.setRange(xRange=x, yRange=y, padding=0, disableAutoRange=True)

    def set_margins(self, top: int, right: int) -> None:
        """Leave room around the whole."""
        self._grid.setContentsMargins(0, top, right, 0)

"""Curves and points over two axes, drawn by pyqtgraph the cheap way.

Items are made once and given new data; ranges are set, never guessed; all lines are one item; the axes are painted
once and kept. What pyqtgraph does not type stays inside this file, `axes_frame` and `strokes`.
"""

import html
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, Literal

import numpy as np
import pyqtgraph as pg
from numpy.typing import NDArray
from PySide6.QtCore import QEvent, QObject, QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QMouseEvent, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QGraphicsScene, QVBoxLayout, QWidget

from playground.ui.canvas.axes_frame import SIDES, AxesFrame, Side
from playground.ui.canvas.painted_view import paint_bubble
from playground.ui.canvas.strokes import Stroke, Strokes
from playground.ui.core import theme
from playground.ui.core.ticks import Ticks

Array = NDArray[np.floating]

Kind = Literal["line", "band", "points", "rings", "marks"]
"""Rings are filled with the ground; marks show what lies below."""


@dataclass(frozen=True)
class Series:
    """One set of data of a plot: how it is drawn and in which of the theme's colours."""

    key: str
    kind: Kind
    colour: str
    size: float = 7.0
    width: float = 1.0

    @property
    def is_points(self) -> bool:
        """Whether it is drawn as marks, not as lines."""
        return self.kind in ("points", "rings", "marks")


class AxesPlot(QWidget):
    """A plot of some `Series` over two axes with a range that is set.

    Parameters
    ----------
    name
        The stable object name.
    series
        What can be drawn, from the back to the front.
    left_width
        Pixels for the numbers at the left, fixed so that the plot does not jump.
    """

    def __init__(self, name: str, series: tuple[Series, ...], left_width: int = 46) -> None:
        super().__init__()
        self.setObjectName(name)
        self.describe: Callable[[float, float], str] = lambda _x, _y: ""
        self.decorate: Callable[[QPainter], None] | None = None
        self._series = series
        self._left_width = left_width
        self._ticks: tuple[Ticks, Ticks] = ([], [])
        self.ranges = ((0.0, 1.0), (0.0, 1.0))
        self._titles = ("", "")
        self._plot = AxesFrame()
        self.strokes: dict[str, Stroke] = {}
        self._points: dict[str, Any] = {}
        self._homes: dict[str, Strokes] = {}  # the item that paints the lines of a series
        self._grid = self._add_lines()
        self._make_items(series)
        room = QVBoxLayout(self)
        room.setContentsMargins(0, 0, 0, 0)
        room.addWidget(self._plot)
        self._overlay = _Overlay(self._plot.viewport(), self)
        self._plot.viewport().setMouseTracking(True)
        self._plot.viewport().installEventFilter(self)
        self.apply_theme()

    def _make_items(self, series: tuple[Series, ...]) -> None:
        """Make an item for the points of a series, and one for the lines of all that follow one another."""
        lines = self._grid
        for before, one in zip((None, *series), series, strict=False):
            if one.is_points:
                self._points[one.key] = pg.ScatterPlotItem(size=one.size, pxMode=True)
                self._plot.add(self._points[one.key])
                continue
            if before is not None and before.is_points:
                lines = self._add_lines()
            self.strokes[one.key] = Stroke(smooth=one.kind == "line" and one.width > 1)
            self._homes[one.key] = lines
            lines.strokes.append(self.strokes[one.key])

    def _add_lines(self) -> Strokes:
        """Add an item for lines, above what there is."""
        lines = Strokes()
        self._plot.add(lines)
        return lines

    def scene(self) -> QGraphicsScene:
        """Return the scene whose pending changes are to be sent before a frame is painted."""
        scene: QGraphicsScene = self._plot.scene()
        return scene

    def set_data(self, key: str, x: Array, y: Array, high: Array | None = None) -> None:
        """Draw a series through these points; what is not finite is left out. A band goes from `y` to `high`."""
        joined = None
        if high is not None:
            x, y = np.repeat(x, 2), np.column_stack([y, high]).ravel()
            whole = np.isfinite(y.reshape(-1, 2)).all(axis=1).repeat(2)
        else:
            whole = np.isfinite(x) & np.isfinite(y)
        if not whole.all():
            x, y = x[whole], y[whole]
        if key in self._points:
            self._points[key].setData(x, y)
            return
        if high is not None:
            joined = np.arange(len(x)) % 2 == 0
        self.draw_lines(key, x, y, joined)

    def draw_lines(self, key: str, x: Array, y: Array, joined: NDArray[np.bool_] | None = None) -> None:
        """Draw a series of lines through finite points; where `joined` is False, none leads on from a point."""
        self.strokes[key].set_data(x, y, joined)
        self._homes[key].update()

    def data(self, key: str) -> tuple[Array, Array]:
        if key in self.strokes:
            return self.strokes[key].x, self.strokes[key].y
        x, y = self._points[key].getData()
        return (np.empty(0), np.empty(0)) if x is None else (x, y)

    def colour_points(self, key: str, colours: NDArray[np.uint8]) -> None:
        """Give each point of a series its own colour, (n, 3)."""
        brushes = [pg.mkBrush(*colour) for colour in colours.tolist()]
        self._points[key].setBrush(brushes)

    def set_ranges(self, x: tuple[float, float], y: tuple[float, float], ticks: tuple[Ticks, Ticks]) -> None:
        """Show `x` and `y` (low, high), with these ticks and a light line at each tick of y; cheap if unchanged."""
        if (x, y) == self.ranges and ticks == self._ticks:
            return
        self.ranges, self._ticks = (x, y), ticks
        self._plot.show_range(x, y)
        for side, marks in zip(SIDES, ticks, strict=True):
            self._plot.axis(side).setTicks([marks])
        self._grid.levels = np.array([position for position, _label in ticks[1]], float)
        self._grid.update()

    def set_axis_titles(self, x: str, y: str) -> None:
        """Write what the two axes are beside them."""
        self._titles = (x, y)
        style = {"color": theme.current().muted, "font-size": f"{theme.px(11)}px"}
        for side, text in zip(SIDES, (x, y), strict=True):
            self._plot.axis(side).setLabel(html.escape(text), **style)
        self._plot.axis("left").setWidth(theme.px(self._left_width + (18 if y else 0)))
        self._plot.axis("bottom").setHeight(theme.px(20 + (18 if x else 0)))

    def tick_labels(self, side: Side) -> list[str]:
        """Return what is written along one axis."""
        return [label for _position, label in self._ticks[0 if side == "bottom" else 1]]

    def apply_theme(self) -> None:
        self._plot.setBackground(theme.color("panel"))
        self._grid.level_pen = QPen(theme.color("grid"), 1)
        for side in SIDES:
            axis = self._plot.axis(side)
            axis.setPen(pg.mkPen(None))  # it would be painted over what begins at the axis
            axis.setTextPen(pg.mkPen(theme.color("muted")))
            axis.setStyle(
                tickLength=0, tickAlpha=0, tickFont=theme.font(10), tickTextOffset=4, hideOverlappingLabels=False
            )
        if any(self._titles):
            self.set_axis_titles(*self._titles)
        else:
            self._plot.axis("left").setWidth(theme.px(self._left_width))
            self._plot.axis("bottom").setHeight(theme.px(20))
        self._plot.set_margins(theme.px(6), theme.px(14))
        for one in self._series:
            self._colour(one)

    def _colour(self, one: Series) -> None:
        ink = theme.color(one.colour)
        if one.key in self.strokes:
            self.strokes[one.key].pen = line_pen(ink, one.width)
            self._homes[one.key].update()
            return
        dense = self.devicePixelRatioF()  # pyqtgraph's pens count pixels of the screen
        item = self._points[one.key]
        if one.kind == "marks":
            item.setPen(pg.mkPen(ink, width=one.width * dense))
            item.setBrush(None)
            return
        rings = one.kind == "rings"
        item.setPen(pg.mkPen(ink if rings else theme.color("panel"), width=(1.5 if rings else 1.0) * dense))
        item.setBrush(pg.mkBrush(theme.color("panel") if rings else ink))

    def place(self, x: float, y: float) -> QPointF:
        """Return where the point (x, y) of the axes is, in pixels of the plot."""
        on_scene = self._plot.field.mapViewToScene(QPointF(x, y))
        found: QPointF = self._plot.viewportTransform().map(on_scene)
        return found

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() == QEvent.Type.MouseMove and isinstance(event, QMouseEvent):
            self._overlay.follow(event.position())
        elif event.type() == QEvent.Type.Leave:
            self._overlay.follow(None)
        elif event.type() == QEvent.Type.Resize:
            self._overlay.resize(self._plot.viewport().size())
        elif event.type() == QEvent.Type.DevicePixelRatioChange:
            self.apply_theme()
        return super().eventFilter(watched, event)

    def values_at(self, place: QPointF) -> tuple[float, float] | None:
        """Return the values of the axes at a place in pixels, or None outside of them."""
        view = self._plot.field
        point = self._plot.viewportTransform().inverted()[0].map(place)
        if not view.sceneBoundingRect().contains(point):
            return None
        values = view.mapSceneToView(point)
        return float(values.x()), float(values.y())

    def point_to(self, place: QPointF | None) -> None:
        """Behave as if the mouse were at `place`."""
        self._overlay.follow(place)

    @property
    def viewport(self) -> QWidget:
        """The widget that the mouse moves over."""
        found: QWidget = self._plot.viewport()
        return found


def line_pen(colour: QColor, width: float) -> QPen:
    """Return a pen for lines in pieces: its square ends leave no notches between them."""
    pen = QPen(colour, width)
    pen.setCapStyle(Qt.PenCapStyle.SquareCap)
    return pen


class _Overlay(QWidget):
    """A line and a bubble at the mouse, over the plot; hidden while the mouse is elsewhere."""

    def __init__(self, parent: QWidget, plot: AxesPlot) -> None:
        super().__init__(parent)
        self.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        self.plot = plot
        self._at: QPointF | None = None
        self.hide()

    def follow(self, at: QPointF | None) -> None:
        """Show what is at `at`, or hide."""
        self._at = at
        self.setVisible(at is not None)
        self.update()

    def paintEvent(self, _event: QPaintEvent) -> None:
        values = self.plot.values_at(self._at) if self._at is not None else None
        if values is None or self._at is None:
            return
        text = self.plot.describe(*values)
        with QPainter(self) as painter:
            if self.plot.decorate is not None:
                self.plot.decorate(painter)
            if not text:
                return
            painter.setPen(QPen(theme.color("strong_border"), 1))
            top, bottom = (self.plot.place(values[0], y).y() for y in self.plot.ranges[1][::-1])
            painter.drawLine(QPointF(self._at.x(), top), QPointF(self._at.x(), bottom))
            painter.setRenderHint(QPainter.RenderHint.Antialiasing)
            paint_bubble(painter, self._at, text, QRectF(self.rect()))

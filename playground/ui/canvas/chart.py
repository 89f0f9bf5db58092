"""Charts: lines, points and pictures over two axes, drawn by pyqtgraph.

Ranges are set, not guessed, and jump seldom: an axis that creeps with every frame is hard to read.
"""

from functools import cached_property
from typing import Any, ClassVar

import numpy as np
import pyqtgraph as pg
from numpy.typing import NDArray
from PySide6.QtCore import QEvent, QPointF, QRectF, Qt
from PySide6.QtGui import (
    QColor,
    QContextMenuEvent,
    QImage,
    QKeyEvent,
    QMouseEvent,
    QPainter,
    QPaintEvent,
    QPen,
    QResizeEvent,
    QWheelEvent,
)
from PySide6.QtSvg import QSvgGenerator
from PySide6.QtWidgets import QFrame, QGraphicsGridLayout, QGraphicsItem, QScrollArea, QWidget

from playground.language import _
from playground.ui.canvas.chart_items import CONNECTIONS, KEPT, REACH, SIDES, Array, Axis, Line, Range, Series, Side
from playground.ui.canvas.legend import Entries
from playground.ui.canvas.painted_view import paint_bubble
from playground.ui.canvas.pictures import DENSITY, PictureMenu, Table
from playground.ui.core import theme
from playground.ui.core.ticks import to_log

TALL = 150  # pixels of a chart that has room for the titles of its axes
LEFT, BOTTOM, TITLE = 48, 20, 18  # pixels for the numbers and for a title, fixed so that the field does not jump
NOTHING = np.empty(0)


class Chart(pg.GraphicsView):  # type: ignore[misc]  # pyqtgraph has no types
    """Some `Series` over two axes, drawn from the back to the front.

    The wheel zooms, in a part that is scrolled only with Ctrl or after a click; a drag moves, a double click or the key
    A shows the whole again. `describe` says what is under the mouse; the right button opens a menu that saves the
    picture, or the numbers. `ranges` are what the two axes show from low to high, in their units, unless the user has
    zoomed. `legend` is painted above a saved picture. `label` is its accessible name.
    """

    left: ClassVar[int] = LEFT
    bottom: ClassVar[int] = BOTTOM
    tall: ClassVar[int] = TALL

    def __init__(self, name: str, series: tuple[Series, ...] = (), label: str = "") -> None:
        self.axes: dict[Side, Axis] = {}  # before all else: pyqtgraph resizes it while it is made
        super().__init__()
        self.setObjectName(name)
        self.setAccessibleName(label)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setMinimumSize(60, 60)
        self.setFocusPolicy(Qt.FocusPolicy.ClickFocus)
        self.setViewportUpdateMode(self.ViewportUpdateMode.FullViewportUpdate)
        self.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform)
        self.viewport().setMouseTracking(True)
        self.series = series
        self.ranges: tuple[Range, Range] = ((0.0, 1.0), (0.0, 1.0))
        self.logarithmic = False
        self.is_zoomed = False
        self.mouse: QPointF | None = None
        self.titles = ("", "")
        self.legend: Entries = ()
        self.names: dict[str, str] = {}
        """What series are called by their keys; those that are not in it are called by their key, translated."""
        self._data: dict[str, tuple[Array, Array]] = {}
        self._density = 1.0
        self.whole: Any = pg.GraphicsWidget()
        self.grid = QGraphicsGridLayout(self.whole)
        self.grid.setSpacing(0)
        self.grid.setRowStretchFactor(0, 1)
        self.grid.setColumnStretchFactor(1, 1)
        self.field: Any = pg.ViewBox(parent=self.whole, enableMenu=False)
        self.field.disableAutoRange()
        self.field.sigRangeChangedManually.connect(self._on_zoomed)
        self.grid.addItem(self.field, 0, 1)
        left, bottom = Axis("left", self.whole), Axis("bottom", self.whole)
        for axis, row, column in ((left, 0, 0), (bottom, 1, 1)):
            axis.linkToView(self.field)
            self.grid.addItem(axis, row, column)
        self.setCentralItem(self.whole)  # with the field in it: it is told of the scene as it joins it
        self.axes |= {"left": left, "bottom": bottom}
        self.drawn: dict[str, Any] = {one.key: self._made(one) for one in series}
        self._dots: Any = pg.ScatterPlotItem(size=5, pen=None)
        self._dots.hide()
        self.add(self._dots)
        self.apply_theme()

    def _made(self, one: Series) -> Any:
        if one.kind in CONNECTIONS:
            item = Line(connect=CONNECTIONS[one.kind])
            item.opts["skipFiniteCheck"] = one.kind != "lines"
            item.setSegmentedLineMode("on")  # a wide line in one piece takes ten times as long
            item.opts["antialias"] = one.kind != "band" and one.width > 1
        else:
            item = pg.ScatterPlotItem(size=one.size, pxMode=True)
        self.add(item)
        return item

    @cached_property
    def image(self) -> Any:
        """The picture behind all series, of a chart that has one."""
        made = pg.ImageItem(axisOrder="row-major")
        made.setZValue(-100)
        self.add(made)
        return made

    def add(self, item: QGraphicsItem) -> None:
        """Put something into the field; it does not change what the axes show."""
        self.field.addItem(item, ignoreBounds=True)

    def set_data(self, key: str, x: Array, y: Array, high: Array | None = None) -> None:
        """Draw a series through these points; what is not finite is left out, and a gap in lines.

        A band goes from `y` to `high`.
        """
        kept: Any = np.isfinite(x) & np.isfinite(y)
        if high is not None:
            x, y = np.repeat(x, 2), np.column_stack([y, high]).ravel()
            kept = np.isfinite(y.reshape(-1, 2)).all(axis=1).repeat(2)
        elif self.drawn[key].opts.get("connect") == "finite":
            kept = ...
        self._data[key] = (np.asarray(x)[kept], np.asarray(y)[kept])
        self._draw(key)

    def clear(self, *keys: str) -> None:
        """Draw these series no longer."""
        for key in keys:
            self.set_data(key, NOTHING, NOTHING)

    def set_lines(self, key: str, x: Array, y: Array) -> None:
        """Draw several lines over the same `x` (n,), each a column of `y` (n, lines)."""
        gap = np.full((1, y.shape[1]), np.nan)
        self._data[key] = (np.tile(np.append(x, np.nan), y.shape[1]), np.concatenate([y, gap]).T.ravel())
        self._draw(key)

    def show_image(self, values: NDArray[Any], bounds: tuple[Range, Range]) -> None:
        """Show values (h, w) from 0 to 255, or colours (h, w, 3), behind all series; the first row is at the bottom."""
        (left, right), (low, high) = bounds
        self.image.setImage(values, levels=(0, 255))
        self.image.setRect(QRectF(left, low, right - left, high - low))

    def _draw(self, key: str) -> None:
        x, y = self._data[key]
        curve = self.drawn[key]
        curve.setData(x, to_log(y) if self.logarithmic else y)
        if isinstance(curve, Line):
            self._show_dots()
        else:
            curve.setVisible(len(x) > 0)

    def _show_dots(self) -> None:
        single = [self.drawn[key] for key, (x, _y) in self._data.items() if len(x) == 1 and np.isfinite(x[0])]
        lines = [curve for curve in single if isinstance(curve, Line)]
        if lines or len(self._dots.data):
            x, y = (np.array([curve.getData()[k][0] for curve in lines]) for k in (0, 1))
            self._dots.setData(x, y, brush=[pg.mkBrush(curve.opts["pen"].color()) for curve in lines])
            self._dots.setVisible(bool(lines))

    def data(self, key: str) -> tuple[Array, Array]:
        """Return the points of a series, in the units of the axes."""
        return self._data.get(key, (NOTHING, NOTHING))

    def set_logarithmic(self, on: bool) -> None:
        """Give the values a logarithmic axis, or a straight one."""
        if on != self.logarithmic:
            self.logarithmic = on
            self.axes["left"].setLogMode(False, on)
            for key in self._data:
                self._draw(key)
            self.show_whole()

    def set_ranges(self, x: Range, y: Range) -> None:
        """Set the ranges (low, high) of both axes, as exponents if logarithmic; deferred while the user has zoomed."""
        self.ranges = (x, y)
        if not self.is_zoomed:
            self.field.setRange(xRange=x, yRange=y, padding=0, disableAutoRange=True)

    def show_whole(self) -> None:
        """Leave the part that the user has zoomed into."""
        self.is_zoomed = False
        self.set_ranges(*self.ranges)

    def _on_zoomed(self) -> None:
        self.is_zoomed = True

    def set_titles(self, x: str, y: str) -> None:
        """Write what the axes are beside them, where the chart is tall enough; what they show is something else now."""
        if (x, y) != self.titles:
            self.titles = (x, y)
            self._fit_titles()
            self.show_whole()

    def _fit_titles(self) -> None:
        titles = self.titles if self.height() >= theme.px(self.tall) else ("", "")
        for side, text in zip(SIDES, titles, strict=True):
            self.axes[side].set_title(text)
        self.axes["left"].setWidth(theme.px(self.left + (TITLE if titles[1] else 0)))
        self.axes["bottom"].setHeight(theme.px(self.bottom + (TITLE if titles[0] else 0)))
        self.grid.activate()

    def apply_theme(self) -> None:
        """Apply the colours and sizes of the theme."""
        self.setBackground(theme.color("panel"))
        for axis in self.axes.values():
            axis.apply_theme()
        self.grid.setContentsMargins(0, theme.px(6), theme.px(14), 0)
        self._fit_titles()
        self._density = self.devicePixelRatioF()
        self.colour_all()

    def colour_all(self) -> None:
        """Set the colour of every series."""
        for one in self.series:
            self.colour_series(one, theme.color(one.colour))
        self._show_dots()

    def colour_series(self, one: Series, ink: QColor) -> None:
        """Set the colour of a series."""
        item = self.drawn[one.key]
        if one.kind in CONNECTIONS:
            item.setPen(self.pen(ink, one.width))
            return
        item.setSize(self.size_of(one))
        if one.kind == "marks":
            item.setPen(self.pen(ink, one.width))
            item.setBrush(None)
        else:
            is_ring, ground = one.kind == "rings", theme.color("panel")
            item.setPen(self.pen(ink if is_ring else ground, 1.5 if is_ring else 1.0))
            item.setBrush(pg.mkBrush(ground if is_ring else ink))

    def size_of(self, one: Series) -> float:
        """Return how wide the points of a series are, in pixels."""
        return one.size * theme.scale()

    def pen(self, colour: QColor, width: float) -> QPen:
        """Return a pen of so many pixels at any zoom; its square ends leave no notches between the pieces of a line."""
        pen = QPen(colour, width * self._density)
        pen.setCosmetic(True)
        if pen.widthF() > 1:
            pen.setCapStyle(Qt.PenCapStyle.SquareCap)
        return pen

    def place(self, x: float, y: float) -> QPointF:
        """Return where the point (x, y) of the axes is, in pixels; of a logarithmic axis `y` is the exponent."""
        found: QPointF = self.viewportTransform().map(self.field.mapViewToScene(QPointF(x, y)))
        return found

    def frame(self) -> QRectF:
        """Return where the field between the axes is, in pixels."""
        found: QRectF = self.viewportTransform().mapRect(self.field.sceneBoundingRect())
        return found

    def values_at(self, place: QPointF) -> tuple[float, float] | None:
        """Return the values of the axes at a place in pixels, or None outside of them."""
        if not self.frame().contains(place):
            return None
        values = self.field.mapSceneToView(self.viewportTransform().inverted()[0].map(place))
        return float(values.x()), float(values.y())

    def nearest(self, points: Array, place: QPointF) -> int | None:
        """Return which of the points (n, 2) is at a place in pixels, of several the one in front, else None."""
        if not len(points):
            return None
        zero, one = self.place(0.0, 0.0), self.place(1.0, 1.0)
        across = zero.x() + (one.x() - zero.x()) * points[:, 0] - place.x()
        down = zero.y() + (one.y() - zero.y()) * points[:, 1] - place.y()
        distances = np.hypot(across, down)[::-1]
        found = int(distances.argmin())
        return len(points) - 1 - found if distances[found] <= theme.px(REACH) else None

    def describe(self, _x: float, _y: float) -> str:
        """Return what is at the values (x, y) of the axes, in words, or nothing."""
        return ""

    def decorate(self, painter: QPainter) -> None:
        """Paint over the chart what is no part of its picture: what the mouse or the keys are about to do."""

    def point_to(self, place: QPointF | None) -> None:
        """Behave as if the mouse were at `place`, in pixels."""
        self.mouse = place
        self.viewport().update()

    def numbers(self) -> dict[str, tuple[Array, Array]]:
        """Return the points (x, y) of each series to save, by its name."""
        return {self.names.get(key, key): points for key, points in self._data.items()}

    def table(self) -> Table:
        """Return the numbers of the chart: a row for each point of each series."""
        x, y = self.titles
        names = (_("series"), x or "x", y or self.accessibleName() or "y")
        parts = [(_(key), np.column_stack(xy)) for key, xy in self.numbers().items()]
        return names, [(key, *at) for key, points in parts for at in points[np.isfinite(points).all(axis=1)].tolist()]

    def draw(self, painter: QPainter) -> None:
        """Paint the picture on something else, with its points as shapes instead of pixels."""
        points = [item for item in self.drawn.values() if isinstance(item, pg.ScatterPlotItem)]
        self._density = DENSITY if isinstance(painter.device(), QImage) else 1.0
        self.colour_all()
        kept = [item for item in self.scene().items() if item.cacheMode() == KEPT]
        for item in kept:
            item.setCacheMode(QGraphicsItem.CacheMode.NoCache)
        for item in points:
            item.setExportMode(True, {"painter": painter, "resolutionScale": 1.0})
        self.render(painter, QRectF(self.rect()), self.rect())
        if isinstance(painter.device(), QSvgGenerator):
            self._clip(painter)
        for item in points:
            item.setExportMode(False)
        for item in kept:
            item.setCacheMode(KEPT)
        self._density = self.devicePixelRatioF()
        self.colour_all()

    def _clip(self, painter: QPainter) -> None:
        """Cover what leads out of the field, which SVG has not cut off, and paint the axes over it."""
        field, width, height = self.frame(), self.width(), self.height()
        for beyond in (
            QRectF(0, 0, width, field.top()),
            QRectF(0, field.bottom(), width, height),
            QRectF(0, 0, field.left(), height),
            QRectF(field.right(), 0, width, height),
        ):
            painter.fillRect(beyond, theme.color("panel"))
        self.field.hide()
        self.setBackground(None)
        self.axes["left"].setStyle(tickAlpha=0)
        self.render(painter, QRectF(self.rect()), self.rect())
        self.axes["left"].setStyle(tickAlpha=255)
        self.setBackground(theme.color("panel"))
        self.field.show()

    def paintEvent(self, event: QPaintEvent) -> None:
        super().paintEvent(event)
        if self.mouse is None:
            return
        with QPainter(self.viewport()) as painter:
            painter.setRenderHint(QPainter.RenderHint.Antialiasing)
            self.decorate(painter)
            values = self.values_at(self.mouse)
            text = "" if values is None else self.describe(*values)
            if text:
                field = self.frame()
                painter.setPen(QPen(theme.color("strong_border"), 1))
                painter.drawLine(QPointF(self.mouse.x(), field.top()), QPointF(self.mouse.x(), field.bottom()))
                painter.drawLine(QPointF(field.left(), self.mouse.y()), QPointF(field.right(), self.mouse.y()))
                paint_bubble(painter, self.mouse, text, QRectF(self.rect()))

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        super().mouseMoveEvent(event)
        self.point_to(event.position())

    def wheelEvent(self, event: QWheelEvent) -> None:
        is_meant = self.hasFocus() or event.modifiers() & Qt.KeyboardModifier.ControlModifier
        if any(self.field.mouseEnabled()) and (is_meant or not self._is_scrolled()):
            super().wheelEvent(event)
        else:
            event.ignore()

    def _is_scrolled(self) -> bool:
        outer = self.parentWidget()
        while outer is not None and not isinstance(outer, QScrollArea):
            outer = outer.parentWidget()
        return outer is not None and outer.verticalScrollBar().maximum() > 0

    def mouseDoubleClickEvent(self, event: QMouseEvent) -> None:
        super().mouseDoubleClickEvent(event)
        event.accept()
        self.show_whole()

    def leaveEvent(self, event: QEvent) -> None:
        super().leaveEvent(event)
        self.point_to(None)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        if event.button() != Qt.MouseButton.RightButton:  # that opens the menu
            super().mousePressEvent(event)
        event.accept()

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        super().mouseReleaseEvent(event)
        event.accept()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_A and not event.modifiers():
            self.show_whole()
        else:
            event.ignore()

    def contextMenuEvent(self, event: QContextMenuEvent) -> None:
        PictureMenu(self, self.draw, self.table, self.legend).show_at(event.globalPos())

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        if self.axes:
            self._fit_titles()

    def close(self) -> bool:
        """Close it as any widget; pyqtgraph would take its scene away, too."""
        return QWidget.close(self)

    def keeps(self, _event: QKeyEvent) -> bool:
        """Return whether a key is for the chart, although it is a shortcut of the window."""
        return False

    def event(self, event: QEvent) -> bool:
        if isinstance(event, QKeyEvent) and event.type() == QEvent.Type.ShortcutOverride and self.keeps(event):
            event.accept()
            return True
        if event.type() == QEvent.Type.DevicePixelRatioChange:
            self.apply_theme()
        return bool(super().event(event))

"""A bent grid and the samples on it: the input plane as a layer of the network sees it."""

from collections.abc import Callable

import numpy as np
from numpy.typing import NDArray
from PySide6.QtCore import QEasingCurve, QLineF, QPointF, QRectF, QSize, Qt, QVariantAnimation
from PySide6.QtGui import QColor, QPainter, QPen, QPixmap

from playground.ui.canvas.painted_view import PaintedView, blend, elide
from playground.ui.core import theme
from playground.ui.core.ticks import linear_ticks

Array = NDArray[np.floating]

MARGIN = 0.06
SHRINKING = 0.2
"""The axes grow at once when something leaves them, and shrink by this share a frame."""

PALER = 0.25
SLIDE_MS = 450
REACH = 8.0


def diverging_inks(count: int = 17) -> tuple[QColor, ...]:
    """Return so many line colours from low to high outputs, grey in between, that stand out from the panel."""
    middle = blend(theme.color("panel"), theme.color("faint"), 0.55)
    inks = []
    for k in range(count):
        value = 2 * k / (count - 1) - 1
        inks.append(blend(middle, theme.color("high" if value > 0 else "low"), min(1.0, 1.4 * abs(value))))
    return tuple(inks)


class SpaceView(PaintedView):
    """Draws points and grid lines at places that are given each frame.

    `set_frame` once a run or choice, `set_shape` each frame. `explain` tells about the sample under the mouse.
    """

    def __init__(self) -> None:
        super().__init__("space_view")
        self.setMinimumSize(160, 140)
        self.explain: Callable[[int], str] = lambda _index: ""
        self.names = ("", "")
        self.ranges = ((0.0, 1.0), (0.0, 1.0))
        self._same_scale = True
        self._begun = False
        self._colours: NDArray[np.uint8] = np.empty((0, 3), np.uint8)
        self._dots: dict[tuple[int, ...], QPixmap] = {}
        self._points: Array = np.empty((0, 2))
        self._grid: Array | None = None
        self._shades: NDArray[np.intp] | None = None
        self._inks: tuple[QColor, ...] = ()
        self._every = 1
        self.cut: float | None = None
        self._from: tuple[Array, Array | None] | None = None  # places in pixels, where a slide began
        self._slide = QVariantAnimation(self)
        self._slide.setDuration(SLIDE_MS)
        self._slide.setStartValue(0.0)
        self._slide.setEndValue(1.0)
        self._slide.setEasingCurve(QEasingCurve.Type.InOutCubic)
        self._slide.valueChanged.connect(self.update)

    def sizeHint(self) -> QSize:
        return QSize(360, 300)

    def set_frame(self, names: tuple[str, str], colours: NDArray[np.uint8], *, same_scale: bool) -> None:
        """Begin another picture.

        Parameters
        ----------
        names
            What the two axes are.
        colours
            Of the samples, (n, 3).
        same_scale
            Whether a unit of one axis is as long as a unit of the other.
        """
        self.names, self._same_scale, self._begun = names, same_scale, False
        self._colours = colours
        self._dots.clear()
        self.update()

    def set_inks(self, inks: tuple[QColor, ...], every: int) -> None:
        """Draw each `every`-th row and column of the grid as a line, in these colours, a little paler."""
        if len(inks) != len(self._inks):
            self._shades = None  # they name inks of the run before; others follow with the shape
        self._inks = tuple(blend(ink, theme.color("field"), PALER) for ink in inks)
        self._every = every

    def set_shape(
        self,
        points: Array,
        grid: Array | None,
        shades: NDArray[np.intp] | None,
        *,
        cut: float | None = None,
        slides: bool = False,
    ) -> None:
        """Show samples (n, 2) and grid (rows, columns, 2), each of whose points has the ink `shades` names.

        At `cut` a line stands between two classes. With `slides` everything glides there from where it is.
        """
        self.cut = cut
        fits = len(points) == len(self._points) and (grid is None) == (self._grid is None)
        self._from = self._now() if slides and fits and self.isVisible() else None
        self._points, self._grid, self._shades = points, grid, shades
        self._follow()
        self._slide.stop()
        if self._from is not None:
            self._slide.start()
        self.update()

    @property
    def is_sliding(self) -> bool:
        """Whether things are on their way."""
        return self._slide.state() == QVariantAnimation.State.Running

    def area(self) -> QRectF:
        """Return where the picture is, in pixels."""
        left, bottom, top = theme.px(46), theme.px(34), theme.px(4)
        return QRectF(left, top, max(10.0, self.width() - left - 8), max(10.0, self.height() - bottom - top))

    def places(self, values: Array) -> Array:
        """Return where values (…, 2) are, in pixels."""
        area, ((x_low, x_high), (y_low, y_high)) = self.area(), self._shown_ranges()
        across = area.left() + (values[..., 0] - x_low) / (x_high - x_low) * area.width()
        down = area.bottom() - (values[..., 1] - y_low) / (y_high - y_low) * area.height()
        return np.stack([across, down], axis=-1)

    def describe(self, place: QPointF) -> str:
        """Return what is told about the sample under the mouse."""
        if not len(self._points) or self.is_sliding:
            return ""
        distance = np.hypot(*(self.places(self._points) - [place.x(), place.y()]).T)
        nearest = int(distance.argmin())
        return self.explain(nearest) if distance[nearest] <= theme.px(REACH) else ""

    def apply_theme(self) -> None:
        """Draw the dots again in the colours of the theme."""
        self._dots.clear()

    def draw(self, painter: QPainter) -> None:
        """Paint axes, grid and samples."""
        area = self.area()
        painter.setPen(QPen(theme.color("grid"), 1))
        painter.setBrush(theme.color("field"))
        painter.drawRoundedRect(area, 4, 4)
        self._draw_axes(painter, area)
        painter.setClipRect(area)
        points, grid = self._now()
        if grid is not None and self._shades is not None:
            self._draw_grid(painter, grid, self._shades)
        if self.cut is not None and not self.is_sliding:
            x = float(self.places(np.array([self.cut, 0.0]))[0])
            painter.setPen(QPen(theme.color("text"), 1.4, Qt.PenStyle.DashLine))
            painter.drawLine(QPointF(x, area.top()), QPointF(x, area.bottom()))
        ratio = self.devicePixelRatioF()
        middle = theme.px(6)
        colours = [tuple(colour) for colour in self._colours.tolist()]
        dots = {colour: self._dot(colour, ratio) for colour in set(colours)}
        for (x, y), colour in zip((points - middle).tolist(), colours, strict=False):
            painter.drawPixmap(QPointF(x, y), dots[colour])
        painter.setClipping(False)

    def _now(self) -> tuple[Array, Array | None]:
        """Return where samples and grid are at this moment, in pixels."""
        points = self.places(self._points)
        grid = None if self._grid is None else self.places(self._grid)
        if self._from is None or not self.is_sliding:
            return points, grid
        share = float(self._slide.currentValue())
        before, bent = self._from
        if grid is not None and bent is not None and grid.shape == bent.shape:
            grid = bent + (grid - bent) * share
        return before + (points - before) * share, grid

    def _follow(self) -> None:
        """Let the axes hold everything: they grow at once and shrink slowly, so that nothing seems to jump."""
        parts = [self._points.reshape(-1, 2)]
        if self._grid is not None:
            parts.append(self._grid.reshape(-1, 2))
        everything = np.concatenate(parts)
        if not len(everything):
            return
        low, high = everything.min(axis=0), everything.max(axis=0)
        size = np.where(high - low > 1e-9, high - low, 1.0)
        middle = (low + high) / 2
        low, high = np.minimum(low, middle - size / 2), np.maximum(high, middle + size / 2)
        if self._same_scale:
            size = np.maximum(size, 1e-3 * size.max())
        low, high = low - MARGIN * size, high + MARGIN * size
        if self._begun:
            old_low, old_high = np.array(self.ranges).T
            low = np.where(low < old_low, low, old_low + SHRINKING * (low - old_low))
            high = np.where(high > old_high, high, old_high + SHRINKING * (high - old_high))
        self._begun = True
        (x_low, y_low), (x_high, y_high) = low.tolist(), high.tolist()
        self.ranges = ((x_low, x_high), (y_low, y_high))

    def _shown_ranges(self) -> tuple[tuple[float, float], tuple[float, float]]:
        """Return the axes, one of them widened where both are to have the same scale."""
        if not self._same_scale:
            return self.ranges
        area = self.area()
        sizes = [high - low for low, high in self.ranges]
        unit = max(sizes[0] / area.width(), sizes[1] / area.height())
        x, y = (
            ((low + high - unit * pixels) / 2, (low + high + unit * pixels) / 2)
            for (low, high), pixels in zip(self.ranges, (area.width(), area.height()), strict=True)
        )
        return x, y

    def _draw_axes(self, painter: QPainter, area: QRectF) -> None:
        """Paint names, and numbers unless they are on their way."""
        painter.setFont(theme.font(10))
        painter.setPen(theme.color("muted"))
        x_range, y_range = self._shown_ranges()
        if not self.is_sliding and self._begun:
            for value, label in linear_ticks(*x_range, 6):
                x = area.left() + (value - x_range[0]) / (x_range[1] - x_range[0]) * area.width()
                room = QRectF(x - 40, area.bottom() + 1, 80, theme.px(14))
                painter.drawText(room, Qt.AlignmentFlag.AlignCenter, label)
            side = Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter
            for value, label in linear_ticks(*y_range, 5):
                y = area.bottom() - (value - y_range[0]) / (y_range[1] - y_range[0]) * area.height()
                painter.drawText(QRectF(area.left() - 84, y - 8, 80, 16), side, label)
        painter.setFont(theme.font(11))
        below = QRectF(area.left(), area.bottom() + theme.px(14), area.width(), theme.px(18))
        painter.drawText(below, Qt.AlignmentFlag.AlignCenter, elide(painter, self.names[0], area.width()))
        painter.save()
        painter.translate(area.left() - theme.px(37), area.center().y())
        painter.rotate(-90)
        room = QRectF(-area.height() / 2, -10, area.height(), 20)
        painter.drawText(room, Qt.AlignmentFlag.AlignCenter, elide(painter, self.names[1], area.height()))
        painter.restore()

    def _draw_grid(self, painter: QPainter, grid: Array, shades: NDArray[np.intp]) -> None:
        pieces, inks = [], []
        for lines, marks in ((grid, shades), (grid.swapaxes(0, 1), shades.T)):
            if lines.shape[1] > 1:
                chosen, ink = lines[:: self._every], marks[:: self._every]
                pieces.append(np.concatenate([chosen[:, :-1], chosen[:, 1:]], axis=2).reshape(-1, 4))
                inks.append(ink[:, 1:].ravel())
        ends, marks = np.concatenate(pieces), np.concatenate(inks)
        width = 1.0 if len(grid) > 1 else 2.0
        for mark in np.unique(marks).tolist():
            painter.setPen(QPen(self._inks[mark], width))
            painter.drawLines([QLineF(*piece) for piece in ends[marks == mark].tolist()])

    def _dot(self, colour: tuple[int, ...], ratio: float) -> QPixmap:
        """Return a sample's dot, painted once for each colour."""
        found = self._dots.get(colour)
        if found is None or found.devicePixelRatio() != ratio:
            side = theme.px(12)
            found = QPixmap(round(side * ratio), round(side * ratio))
            found.setDevicePixelRatio(ratio)
            found.fill(Qt.GlobalColor.transparent)
            with QPainter(found) as painter:
                painter.setRenderHint(QPainter.RenderHint.Antialiasing)
                painter.setPen(QPen(QColor("white"), 1.1))
                painter.setBrush(QColor(*colour))
                painter.drawEllipse(QPointF(side / 2, side / 2), side / 3, side / 3)
            self._dots[colour] = found
        return found

"""What a network gives over a plane of two inputs: a heat map with axes, the samples on top, a colour bar."""

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from PySide6.QtCore import QPointF, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QColor, QImage, QMouseEvent, QPainter, QPainterPath, QPen, QPixmap, QResizeEvent

from playground.ui.boundary.point_editing import PointEditing
from playground.ui.canvas.class_colours import class_table
from playground.ui.canvas.images import class_blend, colour_image, finer, indices, table_image
from playground.ui.canvas.painted_view import PaintedView, elide
from playground.ui.core import theme
from playground.ui.core.ticks import linear_ticks, number_label, value_label

Array = NDArray[np.floating]

WON = (np.uint8(18), np.uint8(237))
"""Places in the colour table for the two classes, where only the winner is shown: not so full that samples drown."""

FINER = 3
"""Where only the winner is shown, the border between two classes is drawn so many times finer than the grid."""

WIDEST = 1.5
"""The heat map is at most this many times as wide as it is high."""

MOST_POINTS = 3000
FEW = 12

LEFT, BOTTOM, BAR, TOP = 44, 34, 52, 6
"""Room around the heat map, at the usual size of type: names and numbers, and the colour bar at the right."""


@dataclass(frozen=True, eq=False)
class Points:
    """Samples in the plane: `x` (n, 2) in the units of the axes, `colours` (n, 3), and whether only outlined."""

    x: Array
    colours: NDArray[np.uint8]
    outlined: bool = False


class PlanePlot(PaintedView):
    """A heat map over two inputs.

    `set_axes` and `set_points` once a run, `set_values` or `set_classes` each frame.

    Signals
    -------
    sample_chosen(index)
        A sample was clicked while points are not edited; `index` counts `samples` from 0.
    """

    sample_chosen = Signal(int)

    def __init__(self) -> None:
        super().__init__("plane_plot")
        self.setMinimumSize(200, 140)
        self.bounds = ((0.0, 1.0), (0.0, 1.0))
        self.names = ("x1", "x2")
        self.levels: tuple[float, float] | None = None
        self.editing = PointEditing(self, self, self)
        self._square = True
        self._discrete = False
        self._signed = False
        self._grid: Array | None = None
        self._class_names: tuple[str, ...] = ()
        self._image: QImage | None = None
        self._points: tuple[Points, ...] = ()
        self._over: QPixmap | None = None
        self._heading = ""
        self._current: tuple[float, float] | None = None
        self.words_at: Callable[[int], str] = lambda _index: ""

    def sizeHint(self) -> QSize:
        return QSize(360, 300)

    def set_axes(
        self, bounds: tuple[tuple[float, float], tuple[float, float]], names: tuple[str, str], square: bool
    ) -> None:
        """Show the plane between these bounds (low, high) of the two inputs; forget the picture of others."""
        if (bounds, names, square) != (self.bounds, self.names, self._square):
            self.bounds, self.names, self._square = bounds, names, square
            self._grid = self._image = self._over = None
            self.update()

    def set_points(self, *points: Points) -> None:
        """Put these samples on top, the later over the earlier."""
        self._points, self._over = points, None
        self.update()

    @property
    def current(self) -> tuple[float, float] | None:
        """Where the current sample is, None where it is not in the plane."""
        return self._current

    def set_current(self, place: tuple[float, float] | None) -> None:
        """Ring the current sample, or none."""
        if place != self._current:
            self._current = place
            self.update()

    @property
    def heading(self) -> str:
        """What the picture is of, where that is not the network's output."""
        return self._heading

    def set_heading(self, text: str) -> None:
        """Say on the picture what it is of; with an empty text, nothing."""
        if text != self._heading:
            self._heading = text
            self.update()

    def samples(self) -> Array:
        """Return the samples on top, (n, 2), in the order they were given."""
        parts = [points.x[:MOST_POINTS] for points in self._points]
        return np.concatenate(parts) if parts else np.empty((0, 2))

    def set_discrete(self, discrete: bool) -> None:
        """Show which class wins, in one colour each, or what the network gives; values without classes keep shades."""
        if discrete != self._discrete:
            self._discrete = discrete
            self._repaint_grid()

    def set_values(
        self, grid: Array, low: float, high: float, names: tuple[str, ...] = (), *, signed: bool = False
    ) -> None:
        """Show `grid` (h, w), its first row at the bottom; `low` and `high` get the two full colours.

        `names` are the two classes that values below and above the middle stand for, where they stand for any.
        With `signed` the colours are those of signs, as for a hidden unit, not those of outputs.
        """
        self._grid, self.levels, self._class_names, self._signed = grid, (low, high), names, signed
        if self._shows_winner():
            places = np.where(finer(grid[::-1], FINER) > (low + high) / 2, WON[1], WON[0])
        else:
            places = indices(grid[::-1], low, high)
        self._image = table_image(places, self._scale())
        self.update()

    def set_classes(self, grid: Array, names: tuple[str, ...]) -> None:
        """Show `grid` (h, w, classes) of shares, its first row at the bottom, in the classes' colours mixed."""
        self._grid, self.levels, self._class_names = grid, None, names
        ground = theme.color("panel")
        rgb = np.array([ground.red(), ground.green(), ground.blue()])
        if self._discrete:
            grid = np.eye(len(names), dtype=np.float32)[finer(grid, FINER).argmax(axis=2)]
        self._image = colour_image(class_blend(grid[::-1], class_table(grid.shape[2]).astype(np.float32), rgb))
        self.update()

    def apply_theme(self) -> None:
        """Paint the picture again in the colours of the theme."""
        self._over = None
        self._repaint_grid()

    def _repaint_grid(self) -> None:
        """Paint the picture again."""
        if self._grid is None:
            return
        if self.levels is not None:
            self.set_values(self._grid, *self.levels, self._class_names, signed=self._signed)
        else:
            self.set_classes(self._grid, self._class_names)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        near = None if self.editing.is_on else self.editing.sample_near(event.position())
        if near is not None and event.button() == Qt.MouseButton.LeftButton:
            self.sample_chosen.emit(near)

    def resizeEvent(self, _event: QResizeEvent) -> None:
        self._over = None

    def plane(self) -> QRectF:
        """Return where the heat map is, in pixels: as large as there is room for."""
        left, top = theme.px(LEFT), theme.px(TOP)
        width, height = self.width() - left - theme.px(BAR), self.height() - top - theme.px(BOTTOM)
        side = min(width, height * (1.0 if self._square else WIDEST))
        left += max(0, round((width - side) / 2))
        return QRectF(left, top, max(10.0, side), max(10.0, min(height, side if self._square else height)))

    def width_for(self, height: int) -> int:
        """Return the width, in pixels, beyond which a plot of this height has no use for more."""
        high = height - theme.px(TOP) - theme.px(BOTTOM)
        return theme.px(LEFT) + theme.px(BAR) + max(10, round(high * (1.0 if self._square else WIDEST)))

    def place(self, x: float, y: float) -> QPointF:
        """Return where the point (x, y) of the plane is, in pixels."""
        plane, ((x_low, x_high), (y_low, y_high)) = self.plane(), self.bounds
        across, up = (x - x_low) / (x_high - x_low), (y - y_low) / (y_high - y_low)
        return QPointF(plane.left() + across * plane.width(), plane.bottom() - up * plane.height())

    def _places(self, points: Array) -> Array:
        """Return where points of the plane are, in pixels, (n, 2): as `place` does, many at once."""
        plane, ((x_low, x_high), (y_low, y_high)) = self.plane(), self.bounds
        across, up = (points[:, 0] - x_low) / (x_high - x_low), (points[:, 1] - y_low) / (y_high - y_low)
        return np.stack([plane.left() + across * plane.width(), plane.bottom() - up * plane.height()], axis=1)

    def point_at(self, place: QPointF) -> tuple[float, float] | None:
        """Return the point of the plane at a place in pixels, or None outside of the heat map."""
        plane, ((x_low, x_high), (y_low, y_high)) = self.plane(), self.bounds
        if not plane.contains(place):
            return None
        across = (place.x() - plane.left()) / plane.width()
        up = (plane.bottom() - place.y()) / plane.height()
        return x_low + across * (x_high - x_low), y_low + up * (y_high - y_low)

    def describe(self, place: QPointF) -> str:
        """Return the two inputs under the mouse and what the network gives for them."""
        point = self.point_at(place)
        if point is None:
            return ""
        text = "\n".join(f"{name} = {value_label(value)}" for name, value in zip(self.names, point, strict=True))
        near = None if self.editing.is_on else self.editing.sample_near(place)
        if near is not None and self.words_at(near):
            text = f"{self.words_at(near)}\n{text}"
        if self._grid is None:
            return text
        plane, (rows, columns) = self.plane(), self._grid.shape[:2]
        row = min(rows - 1, int((plane.bottom() - place.y()) / plane.height() * rows))
        column = min(columns - 1, int((place.x() - plane.left()) / plane.width() * columns))
        found = self._grid[row, column]
        if found.ndim == 0:
            return f"{text}\n→ {value_label(float(found))}{self._winner(float(found))}"
        best = np.argsort(found)[::-1][:3]
        return "\n".join([text, *(f"{self._class_names[k]}: {value_label(float(found[k]))}" for k in best)])

    def _scale(self) -> NDArray[np.uint8]:
        return theme.diverging() if self._signed else theme.outputs()

    def _shows_winner(self) -> bool:
        """Whether values of one number are shown as one of two classes."""
        return self._discrete and len(self._class_names) == 2

    def _winner(self, value: float) -> str:
        """Return the class that a value stands for, in brackets, where only classes are shown."""
        if not self._shows_winner() or self.levels is None:
            return ""
        return f" ({self._class_names[int(value > sum(self.levels) / 2)]})"

    def point_to(self, place: QPointF | None) -> None:
        """Behave as if the mouse were at `place`."""
        self.mouse = place
        self.update()

    def draw(self, painter: QPainter) -> None:
        """Paint the heat map, then what stays: samples, axes, the colour bar's frame."""
        plane = self.plane()
        shape = QPainterPath()
        shape.addRoundedRect(plane, 4, 4)
        painter.setClipPath(shape)
        if self._image is not None:
            painter.drawImage(plane, self._image)
        else:
            painter.fillRect(plane, theme.color("field"))
        painter.setClipping(False)
        painter.drawPixmap(0, 0, self._overlay())
        if self._current is not None:
            self._draw_ring(painter, self.place(*self._current))
        if self.levels is not None and self._image is not None:
            self._draw_bar(painter, plane, self.levels)
        if self._heading:
            self._draw_heading(painter, plane)
        if self.editing.is_on:
            painter.setPen(QPen(theme.color("accent"), 1.6))
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.drawRoundedRect(plane, 4, 4)
            self.editing.paint(painter)

    def _draw_ring(self, painter: QPainter, centre: QPointF) -> None:
        """Paint a ring around the current sample: dark on light, so that it is seen on any colour."""
        radius = theme.px(12 if self._are_few() else 8)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setBrush(Qt.BrushStyle.NoBrush)
        for ink, width in (("white", 4.0), ("#1d2430", 2.0)):
            painter.setPen(QPen(QColor(ink), width))
            painter.drawEllipse(centre, radius, radius)

    def _are_few(self) -> bool:
        """Whether the samples are so few that they are drawn large."""
        return all(len(points.x) <= FEW for points in self._points)

    def _draw_heading(self, painter: QPainter, plane: QRectF) -> None:
        painter.setFont(theme.font(12))
        text = elide(painter, self._heading, plane.width() - theme.px(28))
        width = painter.fontMetrics().horizontalAdvance(text) + theme.px(14)
        plate = QRectF(plane.left() + theme.px(6), plane.top() + theme.px(6), width, theme.px(22))
        painter.setPen(QPen(theme.color("strong_border"), 1))
        painter.setBrush(theme.color("panel"))
        painter.drawRoundedRect(plate, 4, 4)
        painter.setPen(theme.color("text"))
        painter.drawText(plate, Qt.AlignmentFlag.AlignCenter, text)

    def _draw_bar(self, painter: QPainter, plane: QRectF, levels: tuple[float, float]) -> None:
        ramp = np.arange(255, -1, -1, dtype=np.uint8)[:, None]
        if self._shows_winner():
            ramp = np.where(ramp < 128, WON[0], WON[1])
        bar = QRectF(plane.right() + theme.px(8), plane.top(), theme.px(9), plane.height())
        painter.drawImage(bar, table_image(ramp, self._scale()))
        painter.setFont(theme.font(10))
        painter.setPen(theme.color("muted"))
        middle = sum(levels) / 2
        for value, y in ((levels[1], bar.top() + 5), (middle, bar.center().y()), (levels[0], bar.bottom() - 5)):
            room = QRectF(bar.right() + 4, y - 8, theme.px(40), 16)
            painter.drawText(room, Qt.AlignmentFlag.AlignVCenter, number_label(float(f"{value:.3g}")))

    def _overlay(self) -> QPixmap:
        """Return what stays from frame to frame, painted once: samples and axes."""
        self._over = self.kept(self._over, self._draw_frame)
        return self._over

    def _draw_frame(self, painter: QPainter) -> None:
        self._draw_axes(painter)
        painter.setClipRect(self.plane())
        for points in self._points:
            self._draw_points(painter, points)

    def _draw_axes(self, painter: QPainter) -> None:
        plane = self.plane()
        painter.setFont(theme.font(10))
        painter.setPen(theme.color("muted"))
        height = theme.px(14)
        for value, label in linear_ticks(*self.bounds[0], 6):
            x = self.place(value, self.bounds[1][0]).x()
            painter.drawText(QRectF(x - 40, plane.bottom() + 2, 80, height), Qt.AlignmentFlag.AlignCenter, label)
        side = Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter
        for value, label in linear_ticks(*self.bounds[1], 6):
            y = self.place(self.bounds[0][0], value).y()
            painter.drawText(QRectF(plane.left() - 86, y - 8, 80, 16), side, label)
        painter.setFont(theme.font(11))
        below = QRectF(plane.left(), plane.bottom() + height, plane.width(), theme.px(18))
        painter.drawText(below, Qt.AlignmentFlag.AlignCenter, elide(painter, self.names[0], plane.width()))
        painter.save()
        painter.translate(plane.left() - theme.px(35), plane.center().y())
        painter.rotate(-90)
        room = QRectF(-plane.height() / 2, -10, plane.height(), 20)
        painter.drawText(room, Qt.AlignmentFlag.AlignCenter, elide(painter, self.names[1], plane.height()))
        painter.restore()

    def _draw_points(self, painter: QPainter, points: Points) -> None:
        """Paint samples: a filled dot in a white ring, or for test samples a ring of their colour."""
        few = len(points.x) <= FEW
        radius = theme.px(8) if few else theme.px(4)
        white = QColor("white")
        places = self._places(np.asarray(points.x[:MOST_POINTS], float))
        for (x, y), colour in zip(places.tolist(), points.colours[:MOST_POINTS].tolist(), strict=True):
            centre, ink = QPointF(x, y), QColor(*colour)
            if points.outlined:
                painter.setBrush(white)
                painter.setPen(QPen(ink, 2.0))
                painter.drawEllipse(centre, radius - 1, radius - 1)
            else:
                painter.setBrush(ink)
                painter.setPen(QPen(white, 2.2 if few else 1.2))
                painter.drawEllipse(centre, radius, radius)

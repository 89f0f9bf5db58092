"""What a network gives over a plane of two inputs: a heat map with axes, the samples on top, a colour bar."""

from typing import Any

import numpy as np
import pyqtgraph as pg
from numpy.typing import NDArray
from PySide6.QtCore import QPoint, QRectF
from PySide6.QtGui import QColor, QResizeEvent

from playground.language import N_, _
from playground.runtime.selection import Selection
from playground.ui.boundary.sample_chart import SampleChart
from playground.ui.canvas.chart import TITLE
from playground.ui.canvas.chart_items import KEPT, Array, Axis, Range, Series
from playground.ui.canvas.images import class_blend, class_table, finer, indices
from playground.ui.canvas.pictures import Table
from playground.ui.core import theme
from playground.ui.core.ticks import number_label, value_label
from playground.ui.widgets.labels import text_label

WON = (np.uint8(18), np.uint8(237))
"""Places in the colour table for the two classes, where only the winner is shown: not so full that samples drown."""

FINER = 3
"""Where only the winner is shown, the border between two classes is drawn so many times finer than the grid."""

WIDEST = 1.5
"""The heat map is at most this many times as wide as it is high."""

FEW = 12
"""So few samples are drawn large."""

TOP, GAP, BAR, BAR_NUMBERS = 6, 8, 9, 35
"""Pixels above the heat map and beside it; how wide the colour bar and its numbers are."""

SERIES = (
    Series("test", "rings", "muted", size=6, width=2.0),
    Series("train", "points", "muted", size=8),
    Series("halo", "marks", "panel", size=16, width=4.0),
    Series(N_("current"), "marks", "text", size=16, width=2.0),
)


class PlanePlot(SampleChart):
    """A heat map over two inputs.

    `set_axes` and `show_samples` once a run, `set_values` or `set_classes` each frame.
    """

    left, bottom, tall, most = 28, 16, 0, 3000

    def __init__(self, selection: Selection) -> None:
        self.levels: tuple[float, float] | None = None
        self.values: Array | None = None
        """What is shown, (h, w) or (h, w, classes), the first row at the bottom."""
        self._is_square, self._is_discrete, self._is_signed = True, False, False
        self._class_names: tuple[str, ...] = ()
        self._bar_axis: Axis | None = None
        self._shown_in_bar: object = None
        super().__init__("plane_plot", SERIES, selection, _("Outputs over the plane of the two inputs"))
        for part in ("test", "train"):
            self.drawn[part].setCacheMode(KEPT)
        self.setMinimumSize(200, 140)
        self.heading = text_label("plane_heading", "key", wraps=False)
        self.heading.setParent(self)
        self.heading.hide()
        self._bar: Any = pg.ViewBox(enableMouse=False, enableMenu=False)
        self._bar.setRange(xRange=(0, 1), yRange=(0, 1), padding=0)
        self._bar_image: Any = pg.ImageItem(axisOrder="row-major")
        self._bar.addItem(self._bar_image)
        self._bar_axis = Axis("right", self.whole)
        self._bar_axis.linkToView(self._bar)
        self.grid.addItem(self._bar, 0, 2)
        self.grid.addItem(self._bar_axis, 0, 3)
        self.apply_theme()

    def apply_theme(self) -> None:
        super().apply_theme()
        if self._bar_axis is not None:
            self._bar_axis.apply_theme()
            self.grid.setColumnSpacing(1, theme.px(GAP))
            self.grid.setColumnFixedWidth(2, theme.px(BAR))
            self.grid.setColumnFixedWidth(3, theme.px(BAR_NUMBERS))
            self._lay_out()
            self._repaint()

    def set_axes(self, bounds: tuple[Range, Range], names: tuple[str, str], square: bool) -> None:
        """Show the plane between these bounds (low, high) of the two inputs; remove the picture of others."""
        if (bounds, names, square) == (self.ranges, self.titles, self._is_square):
            return
        self.values, self._is_square = None, square
        self.image.clear()
        (left, right), (low, high) = bounds
        self.field.setLimits(xMin=left, xMax=right, yMin=low, yMax=high)
        self.set_titles(*names)
        self.set_ranges(*bounds)
        self.show_whole()
        self._lay_out()

    def set_heading(self, text: str) -> None:
        """Say on the picture what it is of, where that is not the network's output; with an empty text, nothing."""
        self.heading.setText(text)
        self.heading.setVisible(bool(text))
        self.heading.adjustSize()
        self.heading.move(self.frame().topLeft().toPoint() + QPoint(6, 6))

    def set_discrete(self, discrete: bool) -> None:
        """Show the predicted class, in one colour each, or the outputs; values without classes stay shaded."""
        self._is_discrete = discrete
        self._repaint()

    def set_values(
        self, grid: Array, low: float, high: float, names: tuple[str, ...] = (), *, signed: bool = False
    ) -> None:
        """Show `grid` (h, w), its first row at the bottom; `low` and `high` get the two full colours.

        `names` are the two classes that values below and above the middle stand for, where they stand for any.
        With `signed` the colours are those of signs, as for a hidden unit, not those of outputs.
        """
        self.values, self.levels, self._class_names, self._is_signed = grid, (low, high), names, signed
        self._repaint()

    def set_classes(self, grid: Array, names: tuple[str, ...]) -> None:
        """Show `grid` (h, w, classes) of shares, its first row at the bottom, in the classes' colours mixed."""
        self.values, self.levels, self._class_names = grid, None, names
        self._repaint()

    def _repaint(self) -> None:
        if self.values is None:
            return
        self._update_bar()
        shown = self._mixed(self.values) if self.levels is None else self._shaded(self.values, *self.levels)
        self.show_image(shown, self.ranges)

    def _mixed(self, grid: Array) -> NDArray[np.uint8]:
        panel = theme.color("panel")
        ground = np.array([panel.red(), panel.green(), panel.blue()])
        if self._is_discrete:
            grid = np.eye(grid.shape[2], dtype=np.float32)[finer(grid, FINER).argmax(axis=2)]
        return class_blend(grid, class_table(grid.shape[2]).astype(np.float32), ground)

    def _shaded(self, grid: Array, low: float, high: float) -> NDArray[np.uint8]:
        if self._shows_winner():
            return np.where(finer(grid, FINER) > (low + high) / 2, WON[1], WON[0])
        return indices(grid, low, high)

    def _update_bar(self) -> None:
        shown = (self.levels, self._is_signed, self._shows_winner(), theme.current().name)
        if shown == self._shown_in_bar or self._bar_axis is None:
            return
        self._shown_in_bar = shown
        self._bar.setVisible(self.levels is not None)
        self._bar_axis.setVisible(self.levels is not None)
        table = None if self.levels is None else theme.diverging() if self._is_signed else theme.outputs()
        self.image.setLookupTable(table)
        if self.levels is not None:
            low, high = self.levels
            ramp = np.arange(256, dtype=np.uint8)[:, None]
            if self._shows_winner():
                ramp = np.where(ramp < 128, WON[0], WON[1])
            self._bar_image.setImage(ramp, levels=(0, 255), lut=table)
            self._bar_image.setRect(QRectF(0, 0, 1, 1))
            values = ((at, low + at * (high - low)) for at in (0.0, 0.5, 1.0))
            self._bar_axis.setTicks([[(at, number_label(float(f"{value:.3g}"))) for at, value in values]])

    def _shows_winner(self) -> bool:
        return self._is_discrete and len(self._class_names) == 2

    def size_of(self, one: Series) -> float:
        are_few = all(len(some.places) <= FEW for some in self._samples)
        return super().size_of(one) + theme.px(8) * are_few

    def _draw_samples(self) -> None:
        super()._draw_samples()
        self.colour_all()

    def colour_series(self, one: Series, ink: QColor) -> None:
        if one.kind == "marks":
            super().colour_series(one, QColor("white" if one.key == "halo" else "#1d2430"))
            return
        super().colour_series(one, ink)
        found = [some.colours for some in self._samples if some.part == one.key and some.colours is not None]
        item, white = self.drawn[one.key], QColor("white")
        for colours in found:
            inks = [tuple(colour) for colour in colours[: self.most].tolist()]
            if one.kind == "rings":
                pens = {ink: self.pen(QColor(*ink), one.width) for ink in set(inks)}
                item.setBrush(pg.mkBrush(white))
                item.setPen([pens[ink] for ink in inks])
            else:
                brushes = {ink: pg.mkBrush(*ink) for ink in set(inks)}
                item.setPen(self.pen(white, 2.2 if len(inks) <= FEW else 1.2))
                item.setBrush([brushes[ink] for ink in inks])

    def _lay_out(self) -> None:
        width, height = self.width() - self._beside(), self.height() - self._above_and_below()
        wide = max(10, round(min(width, height * self._widest())))
        tall = max(10, min(height, wide if self._is_square else height))
        spare = max(0, width - wide)
        self.grid.setContentsMargins(spare // 2, theme.px(TOP), spare - spare // 2, max(0, height - tall))
        self.whole.setGeometry(QRectF(self.rect()))  # while it shrank, the margins of before were in the way
        self.grid.activate()

    def _beside(self) -> int:
        return theme.px(self.left + TITLE) + theme.px(GAP) + theme.px(BAR) + theme.px(BAR_NUMBERS)

    def _above_and_below(self) -> int:
        return theme.px(TOP) + theme.px(self.bottom + TITLE)

    def _widest(self) -> float:
        return 1.0 if self._is_square else WIDEST

    def width_for(self, height: int) -> int:
        """Return the width, in pixels, beyond which a plot of this height has no use for more."""
        return self._beside() + max(10, round((height - self._above_and_below()) * self._widest()))

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        if self._bar_axis is not None:
            self._lay_out()

    def describe(self, x: float, y: float) -> str:
        text = super().describe(x, y)
        if self.values is None:
            return text
        (left, right), (low, high) = self.ranges
        rows, columns = self.values.shape[:2]
        row = min(rows - 1, max(0, int((y - low) / (high - low) * rows)))
        column = min(columns - 1, max(0, int((x - left) / (right - left) * columns)))
        found = self.values[row, column]
        if found.ndim == 0:
            value = float(found)
            won = self._class_names[int(value > sum(self.levels or (0, 0)) / 2)] if self._shows_winner() else ""
            return f"{text}\n→ {value_label(value)}" + (f" ({won})" if won else "")
        best = np.argsort(found)[::-1][:3]
        return "\n".join([text, *(f"{self._class_names[k]}: {value_label(float(found[k]))}" for k in best)])

    def table(self) -> Table:
        if self.values is None:
            return self.titles, ()
        rows, columns = self.values.shape[:2]
        (left, right), (low, high) = self.ranges
        x, y = np.meshgrid(_middles(left, right, columns), _middles(low, high, rows))
        outputs = self.values.reshape(rows * columns, -1)
        names = (_("output"),) if outputs.shape[1] == 1 else self._class_names
        return (*self.titles, *names), np.column_stack([x.ravel(), y.ravel(), outputs]).tolist()


def _middles(low: float, high: float, count: int) -> Array:
    return low + (np.arange(count) + 0.5) / count * (high - low)

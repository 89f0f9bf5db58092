"""Regression: the fitted curve over one input, or what was predicted against what is true."""

from collections.abc import Callable

import numpy as np
from numpy.typing import NDArray
from PySide6.QtCore import QEvent, QObject, QPointF, Qt, Signal
from PySide6.QtGui import QMouseEvent

from playground.language import _
from playground.ui.boundary.point_editing import PointEditing
from playground.ui.canvas.axes_plot import AxesPlot, Series
from playground.ui.core.ticks import linear_ticks, value_label

Array = NDArray[np.floating]


class FitPlot(AxesPlot):
    """A curve among points: samples over one input with the fitted curve, or predictions beside the diagonal.

    Signals
    -------
    sample_chosen(index)
        A sample was clicked while points are not edited; `index` counts `samples` from 0.
    """

    sample_chosen = Signal(int)

    def __init__(self) -> None:
        series = (
            Series("diagonal", "line", "strong_border"),
            Series("train", "points", "train", size=7),
            Series("test", "rings", "test", size=7),
            Series("curve", "line", "high", width=2.0),
            Series("halo", "marks", "panel", size=16, width=4.0),
            Series("current", "marks", "text", size=16, width=2.0),
        )
        super().__init__("fit_plot", series, left_width=50)
        self.names = ("x", "y")
        self.editing = PointEditing(self, self, self.viewport)
        self.decorate = self.editing.paint
        self.describe = self._describe
        self.words_at: Callable[[int], str] = lambda _index: ""

    def show_curve(
        self,
        train: tuple[Array, Array],
        test: tuple[Array, Array] | None,
        names: tuple[str, str],
        *,
        draws_test: bool = True,
    ) -> None:
        """Show the samples (x, y) of a new run over one input; the curve is to follow.

        The axes hold the test part whether it is drawn or not.
        """
        empty = (np.empty(0), np.empty(0))
        self.set_titles(*names)
        self.set_data("diagonal", *empty)
        if not self.editing.is_on:
            self.set_data("curve", *empty)
        self.set_data("train", *train)
        self.set_data("test", *(test if test and draws_test else empty))
        x, y = (np.concatenate([train[k], test[k]] if test else [train[k]]) for k in (0, 1))
        self._update_size(x, y)

    def point_at(self, place: QPointF) -> tuple[float, float] | None:
        """Return the values of the axes at a place in pixels, or None outside of them."""
        return self.values_at(place)

    def samples(self) -> Array:
        """Return the samples, (n, 2): those of the test part, then those trained on."""
        return np.concatenate([np.column_stack(self.data(key)) for key in ("test", "train")])

    @property
    def current(self) -> tuple[float, float] | None:
        """Where the current sample is, None where it is not in the plot."""
        x, y = self.data("current")
        return (float(x[0]), float(y[0])) if len(x) else None

    def set_current(self, place: tuple[float, float] | None) -> None:
        """Ring the current sample, or none."""
        x, y = np.array([] if place is None else [place], float).reshape(-1, 2).T
        for key in ("halo", "current"):
            self.set_data(key, x, y)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() == QEvent.Type.MouseButtonPress and isinstance(event, QMouseEvent):
            near = self._near(event.position())
            if near is not None and event.button() == Qt.MouseButton.LeftButton:
                self.sample_chosen.emit(near)
        return super().eventFilter(watched, event)

    def _near(self, place: QPointF) -> int | None:
        """Return the index of the sample that is meant, None while points are edited."""
        return None if self.editing.is_on else self.editing.sample_near(place)

    def _describe(self, x: float, y: float) -> str:
        """Return the values of the axes under the mouse, and which sample is there."""
        near = self._near(self.place(x, y))
        said = "" if near is None else self.words_at(near)
        values = [f"{name} = {value_label(value)}" for name, value in zip(self.names, (x, y), strict=True)]
        return "\n".join([said, *values] if said else values)

    def set_curve(self, x: Array, y: Array) -> None:
        """Show the fitted curve."""
        self.set_data("curve", x, y)

    def show_scatter(self, span: tuple[float, float]) -> None:
        """Show predicted against true values between `span`, for a new run; the points are to follow."""
        empty = (np.empty(0), np.empty(0))
        self.set_titles(_("true value"), _("predicted value"))
        for key in ("curve", "train", "test"):
            self.set_data(key, *empty)
        ends = np.array(span, float)
        self._update_size(ends, ends)
        reach = np.array(self.ranges[0])
        self.set_data("diagonal", reach, reach)

    def set_scatter(self, key: str, true: Array, found: Array) -> None:
        """Show the predictions of one part, ``"train"`` or ``"test"``; those out of range lie on the edge."""
        low, high = self.ranges[1]
        self.set_data(key, true, np.clip(found, low, high))

    def _update_size(self, x: Array, y: Array) -> None:
        """Set ranges that hold all samples."""
        spans = [_padded(values) for values in (x, y)]
        if self.editing.is_on and all(_holds(now, values) for now, values in zip(self.ranges, (x, y), strict=True)):
            return  # what is clicked must not move under the hand
        self.set_ranges(spans[0], spans[1], (linear_ticks(*spans[0], 7), linear_ticks(*spans[1], 7)))

    def set_titles(self, x: str, y: str) -> None:
        """Name the two axes."""
        self.names = (x, y)
        self.set_axis_titles(x, y)


def _holds(span: tuple[float, float], values: Array) -> bool:
    """Return whether a range holds all values."""
    return bool(len(values)) and span[0] <= float(values.min()) and float(values.max()) <= span[1]


def _padded(values: Array) -> tuple[float, float]:
    finite = values[np.isfinite(values)]
    if not finite.size:
        return (0.0, 1.0)
    low, high = float(finite.min()), float(finite.max())
    margin = 0.1 * (high - low) or max(1.0, abs(low)) * 0.5
    return low - margin, high + margin

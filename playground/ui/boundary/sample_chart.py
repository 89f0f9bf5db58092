"""A chart of samples: the current one is ringed, a click chooses another; or points are added, moved and removed."""

from dataclasses import dataclass
from typing import ClassVar

import numpy as np
from numpy.typing import NDArray
from PySide6.QtCore import QPointF, Qt, Signal
from PySide6.QtGui import QContextMenuEvent, QKeyEvent, QMouseEvent, QPainter, QPen

from playground.experiment.probes.probe import Part
from playground.language import N_, _
from playground.runtime.selection import Sample, Selection
from playground.ui.canvas.chart import Chart
from playground.ui.canvas.chart_items import ARROWS, REACH, Array, Series
from playground.ui.core import theme
from playground.ui.core.ticks import value_label

LEAST_DRAG = 3.0
"""Pixels below which a press and a release are a click."""

KEY_STEP = 12.0
"""Pixels that an arrow key moves the cross; with Shift it is one."""

ADD = (Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_Insert)
REMOVE = (Qt.Key.Key_Delete, Qt.Key.Key_Backspace)


@dataclass(frozen=True, eq=False)
class Samples:
    """Samples in a chart: which part of the data they are, their places (n, 2), and a colour for each (n, 3)."""

    part: Part
    places: Array
    colours: NDArray[np.uint8] | None = None


class SampleChart(Chart):
    """A chart with the series ``"test"``, ``"train"``, ``"halo"`` and ``"current"``.

    While points are edited, a left click adds one, a drag moves one, and a right click or Delete removes one. A click
    on a point that does not move it does nothing: another one in its place would not be seen. With the keys: the arrows
    move a cross, Return adds a point there, Delete removes the one there, and the digits choose what is added.

    Signals
    -------
    added(x, y), moved(index, x, y), removed(index), chosen(number)
        `index` counts the samples from 0 as they were given, `number` is a digit less one.
    """

    added = Signal(float, float)
    moved = Signal(int, float, float)
    removed = Signal(int)
    chosen = Signal(int)

    most: ClassVar[int | None] = None
    """So many samples of a part are drawn at most; None for all."""

    def __init__(self, name: str, series: tuple[Series, ...], selection: Selection, label: str = "") -> None:
        self._selection = selection
        self._samples: tuple[Samples, ...] = ()
        self._by_keys = False
        self._dragged: int | None = None
        self._pressed_at = QPointF()
        self.is_editing = False
        super().__init__(name, series, label)
        selection.sample_changed.connect(self._mark_current)

    def show_samples(self, *samples: Samples) -> None:
        """Show these samples, the later over the earlier."""
        self._samples = samples
        self._draw_samples()
        self._mark_current()

    def samples(self) -> Array:
        """Return the places of the samples, (n, 2), in the order they were given."""
        return np.concatenate([np.empty((0, 2)), *(some.places[: self.most] for some in self._samples)])

    def _places(self, part: Part) -> Array:
        return next((some.places for some in self._samples if some.part == part), np.empty((0, 2)))

    def _draw_samples(self) -> None:
        parts: tuple[Part, Part] = ("test", "train")
        for part in parts:
            x, y = self._places(part)[: self.most].T
            self.set_data(part, x, y)

    def _mark_current(self) -> None:
        part, row = self._selection.sample
        x, y = self._places(part)[row : row + 1].T
        for key in ("halo", "current"):
            self.set_data(key, x, y)

    def _sample(self, index: int) -> Sample:
        for some in self._samples:
            count = len(some.places[: self.most])
            if index < count:
                return Sample(some.part, index)
            index -= count
        raise IndexError(index)

    def sample_near(self, place: QPointF) -> int | None:
        """Return the index of the sample at a position in pixels, of several the one in front."""
        return self.nearest(self.samples(), place)

    def describe(self, x: float, y: float) -> str:
        values = [f"{name} = {value_label(value)}" for name, value in zip(self.titles, (x, y), strict=True)]
        near = None if self.is_editing else self.sample_near(self.place(x, y))
        if near is None:
            return "\n".join(values)
        part, row = sample = self._sample(near)
        name = (_("test sample {n}") if part == "test" else _("sample {n}")).format(n=row + 1)
        is_current = sample == self._selection.sample
        words = _("{sample}, the current one") if is_current else _("{sample}; click: the current one")
        return "\n".join([words.format(sample=name), *values])

    def set_editing(self, on: bool) -> None:
        """Allow adding, moving and removing points, or no longer."""
        self.is_editing, self._by_keys, self._dragged = on, False, None
        self.field.setBorder(self.pen(theme.color("accent"), 1.6) if on else None)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus if on else Qt.FocusPolicy.ClickFocus)
        if on:
            self.viewport().setCursor(Qt.CursorShape.CrossCursor)
            self.setFocus(Qt.FocusReason.OtherFocusReason)
        else:
            self.viewport().unsetCursor()
            self.clearFocus()
        self.point_to(None)

    def decorate(self, painter: QPainter) -> None:
        if not self.is_editing or self.mouse is None:
            return
        meant = self.sample_near(self.mouse) if self._dragged is None else self._dragged
        painter.setPen(QPen(theme.color("text"), 1.6))
        reach, samples = theme.px(REACH), self.samples()
        if meant is not None and meant < len(samples):
            place = self.place(*samples[meant].tolist())
            if self._dragged is not None and self._is_dragging(self.mouse):
                painter.drawLine(place, self.mouse)
                painter.drawEllipse(self.mouse, reach, reach)
            painter.drawEllipse(place, reach, reach)
        if self._by_keys:
            painter.drawLine(self.mouse - QPointF(reach, 0), self.mouse + QPointF(reach, 0))
            painter.drawLine(self.mouse - QPointF(0, reach), self.mouse + QPointF(0, reach))

    def _is_dragging(self, place: QPointF) -> bool:
        return (place - self._pressed_at).manhattanLength() >= LEAST_DRAG

    def mousePressEvent(self, event: QMouseEvent) -> None:
        place, is_left = event.position(), event.button() == Qt.MouseButton.LeftButton
        near = self.sample_near(place)
        if not self.is_editing:
            super().mousePressEvent(event)
            if is_left and near is not None:
                self._selection.set_sample(self._sample(near))
            return
        self.setFocus(Qt.FocusReason.MouseFocusReason)
        self._by_keys, self._dragged = False, None
        if is_left and near is None:
            self._add(place)
        elif is_left:
            self._dragged, self._pressed_at = near, place
        elif event.button() == Qt.MouseButton.RightButton:
            self._remove(place)

    def mouseDoubleClickEvent(self, event: QMouseEvent) -> None:
        if self.is_editing:
            self.mousePressEvent(event)
        else:
            super().mouseDoubleClickEvent(event)

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        self._by_keys = False
        if self.is_editing and event.buttons():
            self.point_to(event.position())
        else:
            super().mouseMoveEvent(event)

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        if not self.is_editing:
            super().mouseReleaseEvent(event)
            return
        dragged, self._dragged = self._dragged, None
        point = self.values_at(event.position())  # outside of the axes it goes back
        if dragged is not None and point is not None and self._is_dragging(event.position()):
            self.moved.emit(dragged, *point)
        self.point_to(event.position())

    def contextMenuEvent(self, event: QContextMenuEvent) -> None:
        if not self.is_editing:
            super().contextMenuEvent(event)

    def keeps(self, event: QKeyEvent) -> bool:
        key = Qt.Key(event.key())
        others = event.modifiers() & ~(Qt.KeyboardModifier.ShiftModifier | Qt.KeyboardModifier.KeypadModifier)
        known = key in ARROWS or key in (*ADD, *REMOVE) or Qt.Key.Key_1 <= key <= Qt.Key.Key_9
        return self.is_editing and known and not others

    def keyPressEvent(self, event: QKeyEvent) -> None:
        key = Qt.Key(event.key())
        if not self.keeps(event):
            super().keyPressEvent(event)
        elif key in ARROWS:
            self._move_cross(*ARROWS[key], fine=bool(event.modifiers() & Qt.KeyboardModifier.ShiftModifier))
        elif key in ADD:
            self._add(self.mouse)
        elif key in REMOVE:
            self._remove(self.mouse)
        else:
            self.chosen.emit(key - Qt.Key.Key_1)

    def _move_cross(self, across: int, up: int, *, fine: bool) -> None:
        start = QPointF(self.rect().center()) if self.mouse is None else self.mouse
        step = 1.0 if fine else theme.px(KEY_STEP)
        goal = start + QPointF(across * step, -up * step)
        self._by_keys = True
        self.point_to(goal if self.values_at(goal) is not None else start)

    def _add(self, place: QPointF | None) -> None:
        point = None if place is None else self.values_at(place)
        if point is not None:
            self.added.emit(*point)

    def _remove(self, place: QPointF | None) -> None:
        meant = None if place is None else self.sample_near(place)
        if meant is not None:
            self.removed.emit(meant)


SERIES = (
    Series(N_("diagonal"), "line", "strong_border"),
    Series("test", "rings", "test", size=7),
    Series("train", "points", "train", size=7),
    Series(N_("curve"), "line", "high", width=2.0),
    Series("halo", "marks", "panel", size=16, width=4.0),
    Series(N_("current"), "marks", "text", size=16, width=2.0),
)


class FitPlot(SampleChart):
    """A curve among points: samples over one input with the fitted curve, or predictions beside the diagonal."""

    def __init__(self, selection: Selection) -> None:
        super().__init__("fit_plot", SERIES, selection, _("Samples and fitted values"))

    def show_curve(self, names: tuple[str, str], everything: Array, *drawn: Samples) -> None:
        """Show the samples `drawn` of a new run over one input; the axes hold `everything` (n, 2); no curve yet."""
        self.set_titles(*names)
        self.clear("diagonal")
        if not self.is_editing:
            self.clear("curve")
        self.show_samples(*drawn)
        low, high = everything.min(axis=0).tolist(), everything.max(axis=0).tolist()
        held = all(now[0] <= a and b <= now[1] for now, a, b in zip(self.ranges, low, high, strict=True))
        if not (self.is_editing and held):  # what is clicked must not move under the hand
            self.set_ranges(_padded(low[0], high[0]), _padded(low[1], high[1]))

    def show_scatter(self, low: float, high: float) -> None:
        """Show predicted against true values from `low` to `high`, for a new run; the points are set later."""
        self.set_titles(_("true value"), _("predicted value"))
        self.show_samples()
        self.clear("curve")
        span = _padded(low, high)
        self.set_ranges(span, span)
        self.set_data("diagonal", np.array(span), np.array(span))

    def set_scatter(self, key: str, true: Array, found: Array) -> None:
        """Show the predictions of one part, ``"train"`` or ``"test"``; those out of range lie on the edge."""
        self.set_data(key, true, np.clip(found, *self.ranges[1]))


def _padded(low: float, high: float) -> tuple[float, float]:
    margin = 0.1 * (high - low) or max(1.0, abs(low)) * 0.5
    return low - margin, high + margin

"""What stands beside a plot whose points are edited: what a click adds, and how it is done."""

import numpy as np
from numpy.typing import NDArray
from PySide6.QtCore import Slot
from PySide6.QtGui import QColor
from PySide6.QtWidgets import QVBoxLayout, QWidget

from playground.experiment.config.own_points import (
    MOST_ROWS,
    MOST_TAKEN,
    add_point,
    can_edit,
    is_own,
    move_point,
    remove_point,
)
from playground.experiment.config.schema import ExperimentConfig
from playground.experiment.probes.snapshot import RunInfo
from playground.language import _
from playground.runtime.store import Store
from playground.ui.boundary.class_chips import ClassChips
from playground.ui.boundary.point_editing import PointEditing
from playground.ui.canvas.class_colours import class_colour
from playground.ui.canvas.sample_colours import target_colours, target_range
from playground.ui.core.labels import class_names
from playground.ui.core.ticks import value_label
from playground.ui.widgets.labels import text_label

Rows = NDArray[np.int64]


class PointBar(QWidget):
    """Turns clicks in a plot into rows of the experiment, each of them one step of undo."""

    def __init__(self, store: Store, plot: PointEditing) -> None:
        super().__init__()
        self.setObjectName("point_bar")
        self._store = store
        self._plots: list[PointEditing] = []
        self._info: RunInfo | None = None
        self._rows: Rows = np.empty(0, np.int64)
        self._values: tuple[float, ...] = ()
        self.chips = ClassChips("point_class")
        self.hint = text_label("point_hint")
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(8)
        column.addWidget(self.chips)
        column.addWidget(self.hint)
        column.addStretch(1)
        self.add_plot(plot)
        self.hide()

    @property
    def is_possible(self) -> bool:
        """Whether the data of the run can be edited in a plot."""
        return self._info is not None and can_edit(self._info.data)

    def add_plot(self, plot: PointEditing) -> None:
        """Listen to another plot too."""
        self._plots.append(plot)
        plot.added.connect(self._on_added)
        plot.moved.connect(self._on_moved)
        plot.removed.connect(self._on_removed)
        plot.chosen.connect(self.chips.set_value)

    def set_editing(self, plot: PointEditing | None) -> None:
        """Edit in one of the plots, or in none."""
        for one in self._plots:
            if one.is_on != (one is plot):
                one.set_on(one is plot)
        self.setVisible(plot is not None)

    def show_run(self, info: RunInfo, rows: Rows) -> None:
        """Take over a run; `rows` are the rows of the data set that the plot's samples are, in their order."""
        same = self._info is not None and self._info.data.dataset.class_names == info.data.dataset.class_names
        self._info, self._rows = info, rows
        if not same or not self._is_classification():
            self.retranslate()
        self._update_text()

    def apply_theme(self) -> None:
        self.retranslate()

    def retranslate(self) -> None:
        """Set every text in the language in use, and the colours in those of the theme."""
        if self._info is None:
            return
        data, entries = self._info.data, []
        self._values = ()
        if self._is_classification():
            names = class_names(data)
            entries = [(name, class_colour(k, len(names))) for k, name in enumerate(names)]
            tip = _("Class {words}, key {key}")
        elif data.raw_train.shape[1] == 2:
            low, high = target_range(data)
            self._values = tuple(float(f"{value:.3g}") for value in (low, (low + high) / 2, high))
            colours = target_colours(data, np.array(self._values)).tolist()
            entries = [(value_label(v), QColor(*ink)) for v, ink in zip(self._values, colours, strict=True)]
            tip = _("Target {words}, key {key}")
        self.chips.setVisible(bool(entries))
        if entries:
            self.chips.set_entries(entries, tip)
        self._update_text()

    def _is_classification(self) -> bool:
        """Whether the targets are classes."""
        return self._info is not None and self._info.data.dataset.task == "classification"

    def _update_text(self) -> None:
        """Say how points are edited, and what the first change does."""
        assert self._info is not None
        how = _("Click: add a point. Drag: move it. Right click or Delete: remove it.")
        if is_own(self._store.config.data):
            self.hint.setText(how)
            return
        count = len(self._info.data.dataset.x)
        if count > MOST_TAKEN:
            first = _("The first change makes {most:,} of the {n:,} samples your own, all to train on.")
            first = first.format(most=MOST_TAKEN, n=count)
        else:
            first = _("The first change makes the samples your own, all to train on.")
        self.hint.setText(f"{how} {first}")

    @Slot(float, float)
    def _on_added(self, x: float, y: float) -> None:
        """Add a row; with one input, the height is its target."""
        if self._info is None or not self._is_current():
            return
        data, config = self._info.data, self._store.config
        if data.raw_train.shape[1] == 1:
            changed = add_point(config, data, (x,), y)
        else:
            target = self._values[self.chips.value] if self._values else self.chips.value
            changed = add_point(config, data, (x, y), target)
        self._apply(changed, _("There are {most:,} points already, the maximum.").format(most=MOST_ROWS))

    @Slot(int, float, float)
    def _on_moved(self, index: int, x: float, y: float) -> None:
        """Move a row; its class or target stays, but with one input the height is the target."""
        if self._info is None or not self._is_current() or index >= len(self._rows):
            return
        data, config, row = self._info.data, self._store.config, int(self._rows[index])
        if data.raw_train.shape[1] == 1:
            changed = move_point(config, data, row, (x,), y)
        else:
            changed = move_point(config, data, row, (x, y))
        if changed != config:
            self._store.apply(changed)

    @Slot(int)
    def _on_removed(self, index: int) -> None:
        if self._info is not None and self._is_current() and index < len(self._rows):
            changed = remove_point(self._store.config, self._info.data, int(self._rows[index]))
            self._apply(changed, _("The last point cannot be removed: a network needs something to learn from."))

    def _is_current(self) -> bool:
        """Whether what is seen belongs to the experiment of now, or the experiment knows its rows itself."""
        assert self._info is not None
        choice = self._store.config.data
        own = is_own(choice) and self._info.config.data.name == "rows"
        return self.is_possible and (own or choice == self._info.config.data)

    def _apply(self, changed: ExperimentConfig, refusal: str) -> None:
        """Make the change, or say why there is none."""
        if changed == self._store.config:
            self.hint.setText(refusal)
        else:
            self._store.apply(changed)

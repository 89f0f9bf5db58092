"""What stands beside a plot whose points are edited: what a click adds, and how it is done."""

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray
from PySide6.QtCore import QSize
from PySide6.QtGui import QColor
from PySide6.QtWidgets import QButtonGroup, QWidget

from playground.experiment.config.own_points import (
    MOST_COPIED,
    MOST_ROWS,
    add_point,
    can_edit,
    is_own,
    move_point,
    remove_point,
)
from playground.experiment.config.schema import ExperimentConfig
from playground.experiment.probes.snapshot import RunInfo
from playground.language import _, sentences
from playground.runtime.store import Store
from playground.ui.boundary.sample_chart import SampleChart
from playground.ui.canvas.images import class_colour, target_colours, target_range
from playground.ui.core import layouts, plain_text, theme
from playground.ui.core.labels import class_names
from playground.ui.core.ticks import value_label
from playground.ui.widgets.flow_layout import FlowLayout
from playground.ui.widgets.icons import Button, swatch
from playground.ui.widgets.labels import text_label

Rows = NDArray[np.int64]


class PointBar(QWidget):
    """Adds, moves and removes rows of the experiment by clicks in plots, each of them one step of undo."""

    def __init__(self, store: Store, *plots: SampleChart) -> None:
        super().__init__()
        self.setObjectName("point_bar")
        self._store = store
        self._plots = plots
        self._info: RunInfo | None = None
        self._rows: Rows = np.empty(0, np.int64)
        self._values: tuple[float, ...] = ()
        self.chips = QWidget()
        self._buttons = QButtonGroup(self)
        self._flow = FlowLayout(self.chips, gap=4)
        self.hint = text_label("point_hint")
        layouts.column(self.chips, self.hint, None, parent=self, gap=8)
        for plot in plots:
            plot.added.connect(self._on_added)
            plot.moved.connect(self._on_moved)
            plot.removed.connect(self._on_removed)
            plot.chosen.connect(self._choose)
        self.hide()

    @property
    def is_possible(self) -> bool:
        """Whether the data of the run can be edited in a plot."""
        return self._info is not None and can_edit(self._info.data)

    def set_editing(self, plot: SampleChart | None) -> None:
        """Show the tools for the points of a chart that is edited; None where none is."""
        for one in self._plots:
            if one.is_editing != (one is plot):
                one.set_editing(one is plot)
        self.setVisible(plot is not None)

    def show_run(self, info: RunInfo, rows: Rows) -> None:
        """Offer what can be added to the points of a run; `rows` are the rows of the data set that the chart shows."""
        names = None if self._info is None else self._info.data.dataset.class_names
        self._info, self._rows = info, rows
        if names != info.data.dataset.class_names or info.data.dataset.task == "regression":
            self._offer_targets(info)
        self._update_hint()

    def apply_theme(self) -> None:
        if self._info is not None:
            self._offer_targets(self._info)

    def _offer_targets(self, info: RunInfo) -> None:
        """Offer what a click adds: the classes, or some targets of a plane; the place of the choice made stays."""
        data, inks = info.data, []
        self._values = ()
        names: Sequence[str] = ()
        tip = _("Class {words}, key {key}")
        if data.dataset.task == "classification":
            names = class_names(data)
            inks = [class_colour(k, len(names)) for k in range(len(names))]
        elif data.raw_train.shape[1] == 2:
            low, high = target_range(data)
            self._values = tuple(float(f"{value:.3g}") for value in (low, (low + high) / 2, high))
            names = [value_label(value) for value in self._values]
            inks = [QColor(*ink) for ink in target_colours(data, np.array(self._values)).tolist()]
            tip = _("Target {words}, key {key}")
        chosen = self._chosen if self._buttons.buttons() else len(names) - 1
        for button in self._buttons.buttons():
            self._buttons.removeButton(button)
            self._flow.removeWidget(button)
            button.setParent(None)
            button.deleteLater()
        for k, (words, ink) in enumerate(zip(names, inks, strict=True)):
            text, name = plain_text.button_text(words), tip.format(words=words, key=k + 1)
            button = Button(name=f"point_class_{k + 1}", text=text, tip=name, role="chip")
            button.setCheckable(True)
            button.setIcon(swatch(ink, 10, is_round=True))
            button.setIconSize(QSize(theme.px(10), theme.px(10)))
            button.setAccessibleName(name)
            self._buttons.addButton(button, k)
            self._flow.addWidget(button)
        self.chips.setVisible(bool(names))
        self._choose(min(chosen, len(names) - 1))

    @property
    def _chosen(self) -> int:
        return max(0, self._buttons.checkedId())

    def _choose(self, index: int) -> None:
        button = self._buttons.button(index)
        if button is not None:
            button.setChecked(True)

    def _update_hint(self) -> None:
        assert self._info is not None
        how = _("Click: add a point. Drag: move it. Right click or Delete: remove it.")
        if is_own(self._store.config.data):
            self.hint.setText(how)
            return
        count = len(self._info.data.dataset.x)
        first = _("The first change makes the samples your own, all to train on.")
        if count > MOST_COPIED:
            first = _("The first change makes {most:,} of the {n:,} samples your own, all to train on.")
        self.hint.setText(sentences(how, first.format(most=MOST_COPIED, n=count)))

    def _on_added(self, x: float, y: float) -> None:
        """Add a row; with one input, the height is its target."""
        if self._info is None or not self._is_current():
            return
        data, config = self._info.data, self._store.config
        if data.raw_train.shape[1] == 1:
            changed = add_point(config, data, (x,), y)
        else:
            target = self._values[self._chosen] if self._values else self._chosen
            changed = add_point(config, data, (x, y), target)
        self._apply(changed, _("There are {most:,} points already, the maximum.").format(most=MOST_ROWS))

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

    def _on_removed(self, index: int) -> None:
        if self._info is not None and self._is_current() and index < len(self._rows):
            changed = remove_point(self._store.config, self._info.data, int(self._rows[index]))
            self._apply(changed, _("The last point cannot be removed: a network needs something to learn from."))

    def _is_current(self) -> bool:
        assert self._info is not None
        choice = self._store.config.data
        own = is_own(choice) and self._info.config.data.name == "rows"
        return self.is_possible and (own or choice == self._info.config.data)

    def _apply(self, changed: ExperimentConfig, refusal: str) -> None:
        if changed == self._store.config:
            self.hint.setText(refusal)
        else:
            self._store.apply(changed)

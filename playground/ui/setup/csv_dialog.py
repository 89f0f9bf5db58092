"""Asks what to learn from a table: a preview of its rows, what to predict from what, and the kind of task."""

from collections.abc import Sequence
from dataclasses import replace
from functools import partial
from pathlib import Path
from typing import Any

from PySide6.QtCore import QSignalBlocker, Qt, Signal
from PySide6.QtGui import QFont
from PySide6.QtWidgets import (
    QAbstractItemView,
    QCheckBox,
    QDialog,
    QHeaderView,
    QTableWidget,
    QTableWidgetItem,
    QWidget,
)

from playground.data.dataset import Task
from playground.data.table.delimiters import DELIMITERS
from playground.data.table.reading import Table, read_table
from playground.data.table.table import TablePreview, gaps_text, inspect
from playground.experiment.config.schema import DataChoice
from playground.experiment.config.traits import TABLE, Traits, remember
from playground.language import _, ngettext
from playground.registry import UserError, shown
from playground.runtime.background_task import BackgroundTask, Call
from playground.ui.core import layouts, plain_text, theme
from playground.ui.forms.field import choice_label
from playground.ui.forms.form import FormRow
from playground.ui.setup.column_checks import ColumnChecks
from playground.ui.widgets.card import StyledFrame
from playground.ui.widgets.combo import ComboBox
from playground.ui.widgets.icons import Button
from playground.ui.widgets.labels import show_text, text_label
from playground.ui.widgets.segmented import SegmentedControl

PATIENCE = 0.08
"""Seconds that are waited for a table: most are read by then, and nothing is seen of the reading."""

DECIMALS = ("auto", "point", "comma")
TASKS = ("classification", "regression")
MOST_REASONS, LONGEST_NAME = 4, 24
MOST_SHOWN, MOST_LISTED = 100, 400
"""So many columns are shown with their first cells, and can be chosen; a gene table has thousands."""


MOST_ROWS = 8

FEW_COLUMNS = 6
"""Up to so many columns share the width; more are as wide as their cells and scroll."""

LONGEST_CELL = 60

NOTES = 112
"""How high the room is that is kept for what is said of the columns, so that no control moves when that changes."""

_RIGHT = Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter


class TablePreviewRows(QTableWidget):
    """Shows cells, read-only."""

    def __init__(self, name: str) -> None:
        super().__init__()
        self.setObjectName(name)
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setSelectionMode(QAbstractItemView.SelectionMode.NoSelection)
        self.setShowGrid(False)
        self.verticalHeader().hide()
        self.verticalHeader().setDefaultSectionSize(theme.px(26))
        self.horizontalHeader().setDefaultAlignment(_RIGHT)
        self.horizontalHeader().setTextElideMode(Qt.TextElideMode.ElideRight)

    def show_rows(self, names: Sequence[str], read: Table, preview: TablePreview) -> None:
        """Show the first rows of some columns, the target's in bold, and what is not used as input or target pale."""
        bold = QFont(self.font())
        bold.setWeight(QFont.Weight.DemiBold)
        inputs = {*preview.inputs}
        cells = {column.name: column.cells[:MOST_ROWS] for column in read.columns}
        heads = self.horizontalHeader()
        heads.setSectionResizeMode(QHeaderView.ResizeMode.Interactive)  # else each cell has all columns measured again
        self.setColumnCount(len(names))
        self.setRowCount(min(len(read.lines), MOST_ROWS))
        self.setHorizontalHeaderLabels([shown(name, LONGEST_CELL) for name in names])
        for column, name in enumerate(names):
            for row, cell in enumerate(cells[name]):
                item = QTableWidgetItem(shown(cell, LONGEST_CELL))
                item.setTextAlignment(_RIGHT)
                if name == preview.target:
                    item.setFont(bold)
                    item.setForeground(theme.color("accent_text"))
                elif name not in inputs:
                    item.setForeground(theme.color("faint"))
                self.setItem(row, column, item)
        if len(names) <= FEW_COLUMNS:
            heads.setSectionResizeMode(QHeaderView.ResizeMode.Stretch)
        else:
            self.resizeColumnsToContents()


class CsvDialog(QDialog):
    """Shows a table and gathers the options of the data set ``csv``, beginning with those of `choice`.

    The table is read in a thread of its own; until it is there the dialog says so and can be cancelled.
    ``imported(choice)`` gives a `DataChoice` that can be read; ``broke(text)`` a traceback, where something unforeseen
    happened while the table was read.
    """

    imported = Signal(object)
    broke = Signal(str)

    def __init__(self, path: str, parent: QWidget | None = None, choice: DataChoice | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("csv_dialog")
        self.setWindowTitle(_("Learn from a table"))
        self._path = path
        choice = choice or DataChoice(TABLE, path=path)
        self._before: DataChoice | None = choice  # until it is found again in the table
        self._read: Table | None = None
        self._preview: TablePreview | None = None
        self._cut = {key: choice[key] for key in ("header", "delimiter", "decimal")}  # how the file is cut
        self._target: str | None = None
        self._task: Task | None = None if choice["task"] == "auto" else choice["task"]
        self._leaves_out_gaps: bool = choice["leave_out_gaps"]
        self._left_out: set[str] | None = None  # None: those that the table itself speaks against
        self._others = {
            key: choice[key] for key in ("train_share", "standardise", "scale_target") if key in choice.given
        }
        self._offered: list[str] = []
        self._build()
        self.resize(theme.px(660), theme.px(640))
        self._reading: BackgroundTask | None = None
        self.finished.connect(self._stop)
        self._ask()

    @property
    def is_reading(self) -> bool:
        """Whether the table is on its way."""
        return self._reading is not None

    def _build(self) -> None:
        file = text_label("csv_file", "muted", self._path)
        card = StyledFrame()
        self._table = TablePreviewRows("csv_preview")
        self._table.setAccessibleName(_("First rows of the table"))
        layouts.column(self._table, parent=card, margins=(8, 6, 8, 8))
        self._count = text_label("csv_count")
        self._header_box = QCheckBox(_("The first line holds the names of the columns"))
        self._header_box.setObjectName("csv_header")
        self._header_box.toggled.connect(lambda on: self._cut_by("header", "yes" if on else "no"))

        self._delimiters = ComboBox("csv_delimiter")
        self._delimiters.set_choices([(key, choice_label(key), "") for key in ("auto", *DELIMITERS)])
        self._delimiters.chosen.connect(partial(self._cut_by, "delimiter"))
        tip = _("The character between two values in a line.")
        self._delimiter_row = FormRow(self._delimiters, _("Delimiter"), tip)
        decimals = ComboBox("csv_decimal")
        decimals.set_choices([(key, choice_label(key), "") for key in DECIMALS])
        decimals.set_value(self._cut["decimal"])
        decimals.chosen.connect(partial(self._cut_by, "decimal"))
        tip = _("What stands before the decimals of a number: 1.5 or 1,5.")
        self._decimal_row = FormRow(decimals, _("Decimal sign"), tip)
        self._targets = ComboBox("csv_target")
        self._targets.chosen.connect(self._on_target_chosen)
        self._target_row = FormRow(self._targets, _("Column to predict"), _("The target."))
        self._inputs_label = plain_text.label()
        self._inputs = ColumnChecks("csv_inputs")
        self._inputs.setAccessibleName(_("Columns to predict it from"))
        self._inputs.setAccessibleDescription(_("The inputs of the network; one or more."))
        self._inputs.ticked.connect(self._on_input_ticked)
        self._inputs_label.setBuddy(self._inputs)
        self._gaps_box = QCheckBox()
        self._gaps_box.setObjectName("csv_gaps")
        self._gaps_box.setChecked(self._leaves_out_gaps)
        self._gaps_box.toggled.connect(self._on_gaps_toggled)
        self._gaps_box.hide()
        self._left_out_label = text_label("csv_left_out")
        self._tasks = SegmentedControl("csv_task", [(task, choice_label(task), "") for task in TASKS])
        self._tasks.chosen.connect(self._on_task_chosen)
        self._task_row = FormRow(self._tasks)
        self._problem = text_label("csv_problem", "problem")

        self._take = Button(name="csv_take", text=_("Learn from it"), role="primary")
        self._take.setDefault(True)
        self._take.clicked.connect(self._on_taken)
        cancel = Button(name="csv_cancel", text=_("Cancel"))
        cancel.clicked.connect(self.reject)
        notes = layouts.box(layouts.column(self._gaps_box, self._left_out_label, self._problem, None, gap=8))
        notes.setMinimumHeight(theme.px(NOTES))
        layouts.column(
            *(file, (card, 1), self._count, self._header_box, self._delimiter_row, self._decimal_row),
            *(self._target_row, self._task_row, self._inputs_label, self._inputs, notes),
            layouts.row(None, cancel, self._take, gap=6),
            parent=self,
            gap=10,
            margins=(20, 18, 20, 18),
        )

    def _ask(self) -> None:
        """Read the table in a thread of its own; what was asked before is stopped."""
        path, (header, delimiter, decimal) = Path(self._path), self._cut.values()
        leaves_out_gaps = self._leaves_out_gaps

        def read(call: Call) -> Table:
            table = read_table(path, header, delimiter, decimal, call.should_stop, leaves_out_gaps=leaves_out_gaps)
            _ = table.reasons  # computed here, since it reads every cell
            return table

        self._stop()
        self._read = self._preview = None
        self._reading = BackgroundTask(read, self)
        self._reading.succeeded.connect(self._on_read)
        self._reading.refused.connect(lambda error: self._refuse(str(error)))
        self._reading.broke.connect(self._on_broke)
        self._reading.wait(PATIENCE)
        if self.is_reading:
            self._show("")

    def _stop(self) -> None:
        reading, self._reading = self._reading, None
        if reading is not None:
            reading.stop()

    def _on_read(self, read: Table) -> None:
        self._reading = None
        self._read = read
        if self._before is not None:
            self._find_again(self._before, read)
            self._before = None
        self._update()

    def _on_broke(self, text: str) -> None:
        self._refuse(_("The table could not be read: an error in the program."))
        self.broke.emit(text)

    def _refuse(self, sentence: str) -> None:
        self._reading = None
        self._show(sentence)

    def _find_again(self, choice: DataChoice, read: Table) -> None:
        names = [column.name for column in read.columns]

        def name_of(wanted: object) -> str | None:
            if isinstance(wanted, str) and wanted in names:
                return wanted
            place = int(str(wanted)) if str(wanted).isdecimal() else 0
            return names[place - 1] if 1 <= place <= len(names) else None

        self._target = name_of(choice["target"]) if choice["target"] else None
        wanted = {name_of(one) for one in choice["columns"] or ()}
        if wanted and None not in wanted:
            self._left_out = {name for name in names if name not in wanted}

    def _update(self) -> None:
        if self._read is None:
            return
        try:
            self._preview = inspect(self._read, self._target, self._left_out, self._task)
            problem = self._preview.problem
        except UserError as error:
            self._preview, problem = None, str(error)
        self._show(problem)

    def _show(self, problem: str) -> None:
        read, preview = self._read, self._preview
        show_text(self._problem, problem)
        self._take.setEnabled(not problem and preview is not None)
        for widget in (self._table, self._target_row, self._inputs_label, self._inputs, self._task_row):
            widget.setEnabled(preview is not None)
        for control in (self._header_box, self._delimiter_row, self._decimal_row):
            control.setEnabled(not self.is_reading)
        if read is None or preview is None:
            self._delimiters.set_value(self._cut["delimiter"])
            self._inputs_label.setText(_("Columns to predict it from"))
            self._task_row.set_text(_("Task"), _("Predict a class, or a number."))
            self._count.setText(_("Reading…") if self.is_reading else "")
            self._gaps_box.hide()
            self._left_out_label.hide()
            return
        self._delimiters.set_value(next((key for key, sign in DELIMITERS.items() if sign == read.delimiter), "auto"))
        with QSignalBlocker(self._header_box):
            self._header_box.setChecked(read.header)
        names = [column.name for column in read.columns]
        self._show_targets(names, preview.target)
        self._tasks.set_value(self._task or preview.task)
        self._task_row.set_text(_("Task"), _("Detected: {task}.").format(task=choice_label(preview.task)))
        others = [column for column in read.columns if column.name != preview.target]
        self._inputs.set_columns(others[:MOST_LISTED], {*preview.inputs}, read.reasons)
        label = _("Columns to predict it from")
        if len(others) > MOST_LISTED:
            more = _("the first {n} of {all}; the others are all used")
            label += f" ({more.format(n=MOST_LISTED, all=f'{len(others):,}')})"
        self._inputs_label.setText(label)
        rows = len(preview.gaps)
        words = ngettext("Leave out the {n} row with a gap", "Leave out the {n} rows with gaps", rows)
        self._gaps_box.setText(words.format(n=f"{rows:,}"))
        self._gaps_box.setVisible(rows > 0 or self._leaves_out_gaps)
        self._show_left_out(read, preview)
        count = _("{rows} rows · {n} of {all} other columns are inputs")
        counted = count.format(rows=f"{preview.rows:,}", n=f"{len(preview.inputs):,}", all=f"{len(others):,}")
        self._count.setText(" · ".join([counted, *preview.notes, *read.notes()[:2]]))
        shown_names = names[:MOST_SHOWN]
        if preview.target not in shown_names:
            shown_names = [*shown_names[:-1], preview.target]
        self._table.show_rows(shown_names, read, preview)

    def _show_left_out(self, read: Table, preview: TablePreview) -> None:
        inputs = {*preview.inputs, preview.target}
        out = [(name, reason) for name, reason in read.reasons.items() if name not in inputs]
        said = "; ".join(f"{shown(name, LONGEST_NAME)} ({reason})" for name, reason in out[:MOST_REASONS])
        if len(out) > MOST_REASONS:
            said = _("{names} and {n} more").format(names=said, n=f"{len(out) - MOST_REASONS:,}")
        if self._leaves_out_gaps and preview.gaps:
            said = "; ".join(filter(None, (said, gaps_text(preview.gaps))))
        self._left_out_label.setText(_("Left out: {columns}.").format(columns=said))
        self._left_out_label.setVisible(bool(said))

    def _show_targets(self, names: Sequence[str], target: str) -> None:
        """Offer the columns to predict: the first ones, and the last, where there are very many."""
        few = list(names) if len(names) <= MOST_LISTED else [*names[: MOST_LISTED - 1], names[-1]]
        if target not in few:
            few.append(target)
        if few != self._offered:
            self._offered = few
            self._targets.set_choices([(name, shown(name), "") for name in few])
        self._targets.set_value(target)

    def _cut_by(self, key: str, value: str) -> None:
        """Read the table again, and choose target and inputs where the columns are cut or called differently."""
        self._cut[key] = value
        if key != "decimal":
            self._target = self._left_out = None
        self._ask()

    def _on_target_chosen(self, name: str) -> None:
        self._target = name
        self._task = None
        self._update()

    def _on_input_ticked(self, name: str, on: bool) -> None:
        if self._left_out is None:
            self._left_out = set() if self._read is None else {*self._read.reasons}
        (self._left_out.discard if on else self._left_out.add)(name)
        self._update()

    def _on_gaps_toggled(self, on: bool) -> None:
        self._leaves_out_gaps = on
        if self._read is not None:
            self._read = replace(self._read, leaves_out_gaps=on)
        self._update()

    def _on_task_chosen(self, task: Task) -> None:
        self._task = task
        self._update()

    def _on_taken(self) -> None:
        read, preview = self._read, self._preview
        if read is None or preview is None or preview.problem:
            return
        options: dict[str, Any] = {"path": self._path, "target": self._target, **self._cut, **self._others}
        if self._task is not None:
            options["task"] = self._task
        if preview.gaps:
            options["leave_out_gaps"] = self._leaves_out_gaps
        if self._left_out is not None:
            found = {it.name for it in read.columns if it.name not in read.reasons and it.name != preview.target}
            if found != {*preview.inputs}:
                options["columns"] = preview.inputs
        choice = DataChoice(TABLE, **options)
        remember(choice, Traits(classes=preview.classes, image=False, rows=preview.rows))
        self.imported.emit(choice)
        self.accept()

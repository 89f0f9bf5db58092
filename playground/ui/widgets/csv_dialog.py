"""Asks what to learn from a table: a preview of its rows, what to predict from what, and the kind of task."""

from collections.abc import Sequence
from pathlib import Path
from typing import Any

from PySide6.QtCore import QEvent, QSignalBlocker, Qt, Signal
from PySide6.QtGui import QFont
from PySide6.QtWidgets import (
    QAbstractItemView,
    QCheckBox,
    QDialog,
    QFrame,
    QHBoxLayout,
    QHeaderView,
    QTableWidget,
    QTableWidgetItem,
    QVBoxLayout,
    QWidget,
)

from playground.data.dataset import Task
from playground.data.errors import DataError
from playground.data.reading import Table, read_table
from playground.data.table import TablePreview, inspect
from playground.experiment.config import DataChoice
from playground.language import _
from playground.ui import plain_text, theme
from playground.ui.widgets.column_checks import ColumnChecks
from playground.ui.widgets.combo import ComboBox
from playground.ui.widgets.icons import Button
from playground.ui.widgets.labels import text_label
from playground.ui.widgets.option_controls import choice_label
from playground.ui.widgets.rows import FormRow
from playground.ui.widgets.segmented import SegmentedControl

DELIMITERS = ("comma", "semicolon", "tab", "space")
TASKS = ("classification", "regression")
FEW_COLUMNS = 6
"""Up to so many columns share the width; more are as wide as their cells and scroll."""

_RIGHT = Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter


class CsvDialog(QDialog):
    """Shows a table and gathers the options of the data set ``csv``.

    Signals
    -------
    imported(choice)
        The user took the table; a `DataChoice` that can be read.
    """

    imported = Signal(object)

    def __init__(self, path: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("csv_dialog")
        self._path = path
        self._read: Table | None = None
        self._preview: TablePreview | None = None
        self._header: bool | None = None
        self._delimiter = "auto"
        self._target: str | None = None
        self._task: Task | None = None
        self._left_out: set[str] = set()
        self._build()
        self.resize(theme.px(640), theme.px(560))
        self._inspect()
        self.retranslate()

    def retranslate(self) -> None:
        """Set every text in the language in use."""
        self.setWindowTitle(_("Learn from a table"))
        self._file.setText(self._path)
        self._header_box.setText(_("The first line holds the names of the columns"))
        self._delimiter_row.set_text(_("Delimiter"), _("The character between two values in a line."))
        self._delimiters.set_choices([(key, choice_label(key), "") for key in DELIMITERS])
        self._target_row.set_text(_("Column to predict"), _("The target."))
        self._inputs_label.setText(_("Columns to predict it from"))
        self._inputs.setAccessibleName(_("Columns to predict it from"))
        self._inputs.setAccessibleDescription(_("The inputs of the network; one or more."))
        self._task_row.set_text(_("Task"), _("Predict a class, or a number."))
        for task in TASKS:
            self._tasks.set_text(task, choice_label(task))
        self._cancel.set_text(_("Cancel"))
        self._take.set_text(_("Learn from it"))
        self._show()

    def changeEvent(self, event: QEvent) -> None:
        """Follow a change of language."""
        if event.type() == QEvent.Type.LanguageChange:
            self.retranslate()
        super().changeEvent(event)

    def _build(self) -> None:
        """Build the controls, and lay them out from top to bottom."""
        self._build_table()
        self._build_choices()
        self._problem = text_label("csv_problem", "problem")
        self._cancel = Button(name="csv_cancel")
        self._cancel.clicked.connect(self.reject)
        self._take = Button(name="csv_take", role="primary")
        self._take.setDefault(True)
        self._take.clicked.connect(self._on_taken)
        column = QVBoxLayout(self)
        column.setContentsMargins(20, 18, 20, 18)
        column.setSpacing(10)
        card = QFrame()
        card.setProperty("role", "card")
        inside = QVBoxLayout(card)
        inside.setContentsMargins(8, 6, 8, 8)
        inside.addWidget(self._table)
        for widget in (self._file, card, self._count, self._header_box):
            column.addWidget(widget)
        for row in (self._delimiter_row, self._target_row, self._inputs_label, self._inputs, self._task_row):
            column.addWidget(row)
        column.addWidget(self._problem)
        buttons = QHBoxLayout()
        buttons.addStretch(1)
        buttons.addWidget(self._cancel)
        buttons.addWidget(self._take)
        column.addLayout(buttons)

    def _build_table(self) -> None:
        """Build the preview, and what is said about it."""
        self._file = plain_text.label()
        self._file.setProperty("role", "muted")
        self._file.setWordWrap(True)
        self._table = QTableWidget()
        self._table.setObjectName("csv_preview")
        self._table.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self._table.setSelectionMode(QAbstractItemView.SelectionMode.NoSelection)
        self._table.setShowGrid(False)
        self._table.verticalHeader().hide()
        self._table.verticalHeader().setDefaultSectionSize(theme.px(26))
        self._table.horizontalHeader().setDefaultAlignment(_RIGHT)
        self._count = text_label("csv_count")

    def _build_choices(self) -> None:
        """Build what the user decides."""
        self._header_box = QCheckBox()
        self._header_box.setObjectName("csv_header")
        self._header_box.toggled.connect(self._on_header_toggled)
        self._delimiters = ComboBox("csv_delimiter")
        self._delimiters.chosen.connect(self._on_delimiter_chosen)
        self._delimiter_row = FormRow(self._delimiters, control_width=200)
        self._targets = ComboBox("csv_target")
        self._targets.chosen.connect(self._on_target_chosen)
        self._target_row = FormRow(self._targets, control_width=200)
        self._inputs_label = plain_text.label()
        self._inputs = ColumnChecks("csv_inputs")
        self._inputs.ticked.connect(self._on_input_ticked)
        self._inputs_label.setBuddy(self._inputs)
        self._tasks = SegmentedControl("csv_task", TASKS)
        self._tasks.chosen.connect(self._on_task_chosen)
        self._task_row = FormRow(self._tasks, control_width=240)

    def _inspect(self) -> None:
        """Look at the table with the choices made so far; it is read once, as long as it is cut in the same way."""
        header = "auto" if self._header is None else "yes" if self._header else "no"
        try:
            self._read = self._read or read_table(Path(self._path), header, self._delimiter)
            self._preview = inspect(self._read, self._target, self._left_out, self._task)
        except DataError as error:
            self._preview = None
            self._show_problem(str(error))
            return
        self._show_problem(self._preview.problem)

    def _options(self) -> dict[str, Any]:
        """Return the options of the data set, those found out by themselves left out."""
        options: dict[str, Any] = {"path": self._path, "target": self._target, "delimiter": self._delimiter}
        if self._header is not None:
            options["header"] = "yes" if self._header else "no"
        if self._task is not None:
            options["task"] = self._task
        if self._left_out and self._preview is not None:
            options["columns"] = self._preview.inputs
        return options

    def _show(self) -> None:
        """Show what was found, and the choices made."""
        preview = self._preview
        choices = (self._target_row, self._inputs_label, self._inputs, self._task_row)
        for widget in (self._table, self._header_box, *choices):
            widget.setEnabled(preview is not None)
        if preview is None:
            return
        with QSignalBlocker(self._header_box):
            self._header_box.setChecked(preview.header)
        self._delimiters.set_value(preview.delimiter)
        names = [column.name for column in preview.columns]
        self._targets.set_choices([(name, name, "") for name in names])
        self._targets.set_value(preview.target)
        self._tasks.set_value(self._task or preview.task)
        found = choice_label(preview.task)
        self._task_row.set_text(_("Task"), _("Detected: {task}.").format(task=found))
        others = [column for column in preview.columns if column.name != preview.target]
        self._inputs.set_columns(others, {column.name for column in others if column.kind == "number"} - self._left_out)
        count = _("{rows} rows · {n} of {all} other columns are inputs")
        self._table.setAccessibleName(_("First rows of the table"))
        self._count.setText(count.format(rows=f"{preview.row_count:,}", n=len(preview.inputs), all=len(others)))
        self._fill_table(names, preview)

    def _fill_table(self, names: Sequence[str], preview: TablePreview) -> None:
        """Show the first rows, the target's column in bold, and what is not learnt from pale."""
        rows = preview.rows
        bold = QFont(self._table.font())
        bold.setWeight(QFont.Weight.DemiBold)
        heads = self._table.horizontalHeader()
        heads.setSectionResizeMode(QHeaderView.ResizeMode.Interactive)  # else each cell has all columns measured anew
        self._table.setColumnCount(len(names))
        self._table.setRowCount(len(rows))
        self._table.setHorizontalHeaderLabels(list(names))
        for row, cells in enumerate(rows):
            for column, cell in enumerate(cells):
                item = QTableWidgetItem(cell)
                item.setTextAlignment(_RIGHT)
                if names[column] == preview.target:
                    item.setFont(bold)
                    item.setForeground(theme.color("accent_text"))
                elif names[column] not in preview.inputs:
                    item.setForeground(theme.color("faint"))
                self._table.setItem(row, column, item)
        if len(names) <= FEW_COLUMNS:
            heads.setSectionResizeMode(QHeaderView.ResizeMode.Stretch)
        else:
            self._table.resizeColumnsToContents()

    def _show_problem(self, sentence: str) -> None:
        """Say what stands in the way, or let the table be taken."""
        self._problem.setText(sentence)
        self._problem.setVisible(bool(sentence))
        self._take.setEnabled(not sentence)

    def _update(self) -> None:
        """Read and show again after a choice."""
        self._inspect()
        self._show()

    def _forget_columns(self) -> None:
        """Read the table anew, and choose target and inputs: the columns are cut or called differently."""
        self._read = None
        self._target = None
        self._left_out.clear()

    def _on_header_toggled(self, checked: bool) -> None:
        """Take the first line as names, or as a row."""
        self._header = checked
        self._forget_columns()
        self._update()

    def _on_delimiter_chosen(self, delimiter: str) -> None:
        """Cut lines at another sign."""
        self._delimiter = delimiter
        self._forget_columns()
        self._update()

    def _on_target_chosen(self, name: str) -> None:
        """Predict another column."""
        self._target = name
        self._task = None
        self._update()

    def _on_input_ticked(self, name: str, on: bool) -> None:
        """Learn from a column, or do without it."""
        (self._left_out.discard if on else self._left_out.add)(name)
        self._update()

    def _on_task_chosen(self, task: Task) -> None:
        """Predict a class, or a number."""
        self._task = task
        self._update()

    def _on_taken(self) -> None:
        """Hand the table over."""
        self.imported.emit(DataChoice("csv", **self._options()))
        self.accept()

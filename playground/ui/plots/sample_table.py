"""Samples as a table: inputs, target, output, right or wrong. Only the rows in sight are worked out."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray
from PySide6.QtCore import QAbstractTableModel, QModelIndex, QPersistentModelIndex, Qt, Signal, Slot
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QAbstractItemView, QFrame, QHeaderView, QSizePolicy, QTableView

from playground.ui import theme

Index = QModelIndex | QPersistentModelIndex
NOWHERE = QModelIndex()


@dataclass(frozen=True, eq=False)
class Column:
    """A column: its heading, what stands in a row, and whether that changes with every frame."""

    heading: str
    text: Callable[[int], str]
    live: bool = False
    verdict: Callable[[int], bool | None] | None = None


class SampleModel(QAbstractTableModel):
    """Rows of `Column` texts; the texts are asked for one by one, as the view shows them."""

    def __init__(self) -> None:
        super().__init__()
        self.columns: tuple[Column, ...] = ()
        self.rows = 0
        self.row_names: tuple[str, ...] = ()

    def set_columns(self, columns: tuple[Column, ...], rows: int, row_names: tuple[str, ...] = ()) -> None:
        """Show other columns, with `rows` rows."""
        self.beginResetModel()
        self.columns, self.rows, self.row_names = columns, rows, row_names
        self.endResetModel()

    def rowCount(self, parent: Index = NOWHERE) -> int:
        """Return the number of rows."""
        return 0 if parent.isValid() else self.rows

    def columnCount(self, parent: Index = NOWHERE) -> int:
        """Return the number of columns."""
        return 0 if parent.isValid() else len(self.columns)

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        """Return a text, its alignment, or the colour of a verdict."""
        column = self.columns[index.column()]
        if role == Qt.ItemDataRole.DisplayRole:
            return column.text(index.row())
        if role == Qt.ItemDataRole.TextAlignmentRole:
            return Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter
        if role == Qt.ItemDataRole.ForegroundRole and column.verdict is not None:
            verdict = column.verdict(index.row())
            return None if verdict is None else theme.color("good" if verdict else "bad")
        return None

    def headerData(self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        """Return the heading of a column, or the name or number of a row."""
        if role == Qt.ItemDataRole.TextAlignmentRole and orientation == Qt.Orientation.Horizontal:
            return Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter
        if role != Qt.ItemDataRole.DisplayRole:
            return None
        if orientation == Qt.Orientation.Horizontal:
            return self.columns[section].heading if section < len(self.columns) else None
        return self.row_names[section] if section < len(self.row_names) else str(section + 1)


class SampleTable(QTableView):
    """The view of a `SampleModel`.

    Signals
    -------
    row_clicked(row)
        A row was clicked, counted from 0.
    """

    row_clicked = Signal(int)

    def __init__(self, name: str, numbered: bool = True) -> None:
        super().__init__()
        self.setTabKeyNavigation(False)  # Tab leads out of the table; the arrows walk through it
        self.setObjectName(name)
        self.samples = SampleModel()
        self.current: int | None = None
        self.setModel(self.samples)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setShowGrid(False)
        self.setWordWrap(False)
        self.setCornerButtonEnabled(False)
        self.setSelectionMode(QAbstractItemView.SelectionMode.NoSelection)
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)
        self.verticalHeader().setVisible(numbered)
        self.verticalHeader().setDefaultAlignment(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
        self.verticalHeader().setSectionResizeMode(QHeaderView.ResizeMode.Fixed)
        self.horizontalHeader().setSectionResizeMode(QHeaderView.ResizeMode.Interactive)
        self.horizontalHeader().setHighlightSections(False)
        self.clicked.connect(self._on_clicked)
        theme.notifier().changed.connect(self._on_theme_changed)
        self._on_theme_changed()

    @Slot()
    def _on_theme_changed(self) -> None:
        """Take over sizes and colours of the theme."""
        self.setFont(theme.font(12, tabular=True))
        self.verticalHeader().setDefaultSectionSize(theme.px(26))
        self._fit()
        self.viewport().update()

    def set_columns(self, columns: tuple[Column, ...], rows: int, row_names: tuple[str, ...] = ()) -> None:
        """Show other columns, with `rows` rows."""
        self.samples.set_columns(columns, rows, row_names)
        self._fit()

    def set_current(self, row: int | None) -> None:
        """Mark a row, None for no row."""
        if row != self.current:
            self.current = row
            self.viewport().update()

    def paintEvent(self, event: QPaintEvent) -> None:
        """Paint the ground of the marked row, then the rows: the style sheet takes no colour from the model."""
        if self.current is not None and self.current < self.samples.rows:
            painter = QPainter(self.viewport())
            top, height = self.rowViewportPosition(self.current), self.rowHeight(self.current)
            painter.fillRect(0, top, self.horizontalHeader().length(), height - 1, theme.color("accent_soft"))
            painter.end()
        super().paintEvent(event)

    @Slot(QModelIndex)
    def _on_clicked(self, index: QModelIndex) -> None:
        """Tell which row was clicked."""
        self.row_clicked.emit(index.row())

    def _fit(self) -> None:
        """Give each column the width of its heading and its first rows."""
        metrics = self.fontMetrics()
        for k, column in enumerate(self.samples.columns):
            texts = [column.heading, *(column.text(row) for row in range(min(20, self.samples.rows)))]
            if column.live and column.heading:
                texts.append("−0.0000")
            widest = max(metrics.horizontalAdvance(text) for text in texts)
            self.setColumnWidth(k, min(widest + theme.px(22), theme.px(220)))

    def full_width(self) -> int:
        """Return how wide it is when nothing has to be scrolled sideways."""
        numbers = self.verticalHeader().sizeHint().width() if self.verticalHeader().isVisible() else 0
        return self.horizontalHeader().length() + numbers + theme.px(12)

    def visible_rows(self) -> tuple[int, int]:
        """Return the first row in sight and how many there are."""
        first = max(0, self.rowAt(0))
        last = self.rowAt(self.viewport().height() - 1)
        last = self.samples.rows - 1 if last < 0 else last
        return first, max(0, last - first + 1)

    def refresh(self) -> None:
        """Show the live columns anew, in the rows in sight."""
        if any(column.live for column in self.samples.columns):
            self.viewport().update()


def column_texts(values: NDArray[np.generic]) -> Callable[[int], str]:
    """Return how to write the numbers of one column: whole ones without a point."""
    whole = bool(np.all(np.asarray(values, float) == np.round(np.asarray(values, float))))
    style = ".0f" if whole else ".4g"
    return lambda row: format(float(values[row]), style).replace("-", "−")

"""Samples as a table: inputs, target, output, right or wrong. The keys sort it as clicks do."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray
from PySide6.QtCore import QAbstractTableModel, QModelIndex, QPersistentModelIndex, QRect, Qt
from PySide6.QtGui import QFocusEvent, QKeyEvent, QPainter, QPaintEvent, QPen, QResizeEvent
from PySide6.QtWidgets import (
    QAbstractItemView,
    QFrame,
    QHeaderView,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QTableView,
)

from playground.experiment.probes.probe import Part
from playground.language import _
from playground.runtime.selection import Sample, Selection
from playground.ui.core import theme

MOVES = {Qt.Key.Key_Left: -1, Qt.Key.Key_Right: 1}
SORTING = (Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_Space)
ASCENDING, DESCENDING = Qt.SortOrder.AscendingOrder, Qt.SortOrder.DescendingOrder
Index = QModelIndex | QPersistentModelIndex
RowNumbers = NDArray[np.intp]
NOWHERE = QModelIndex()
TO_THE_RIGHT = Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter
AIR, LEAST_AIR = 22, 13
"""Pixels between the texts of two columns, at the usual size of type."""
WIDEST = 200
ROWS_MEASURED = 20


class SortHeader(QHeaderView):
    """Headings that Tab stops at, if `sortable`: the arrows go from one to the next, Enter or Space sorts by it.

    Sorting goes round as with clicks: from small to large, from large to small, not at all.
    """

    def __init__(self, name: str, *, sortable: bool) -> None:
        super().__init__(Qt.Orientation.Horizontal)
        self.setObjectName(name)
        self.cursor_column = 0
        self.setAccessibleName(_("Headings of the table"))
        self.setMinimumSectionSize(16)
        self.setTextElideMode(Qt.TextElideMode.ElideRight)
        self.setHighlightSections(False)
        self.setSectionsClickable(sortable)
        self.setSortIndicatorClearable(True)
        self.setSortIndicator(-1, ASCENDING)
        if sortable:
            self.setFocusPolicy(Qt.FocusPolicy.TabFocus)
            self.sortIndicatorChanged.connect(self._update_text)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        key, column = Qt.Key(event.key()), self.cursor_column
        if key in MOVES and not event.modifiers() & ~Qt.KeyboardModifier.KeypadModifier:
            self._point_at(column + MOVES[key])
        elif key in SORTING:
            following = {(column, ASCENDING): (column, DESCENDING), (column, DESCENDING): (-1, ASCENDING)}
            now = (self.sortIndicatorSection(), self.sortIndicatorOrder())
            self.setSortIndicator(*following.get(now, (column, ASCENDING)))
        else:
            event.ignore()

    def focusInEvent(self, event: QFocusEvent) -> None:
        super().focusInEvent(event)
        sorted_by = self.sortIndicatorSection()
        self._point_at(sorted_by if 0 <= sorted_by < self.count() else self.cursor_column)

    def paintEvent(self, event: QPaintEvent) -> None:
        super().paintEvent(event)
        if self.hasFocus() and self.count():
            column = self.cursor_column
            box = QRect(self.sectionViewportPosition(column), 0, self.sectionSize(column), self.height())
            with QPainter(self.viewport()) as painter:
                painter.setPen(QPen(theme.color("accent"), 2))
                painter.drawRect(box.adjusted(1, 1, -1, -1))

    def _point_at(self, column: int) -> None:
        self.cursor_column = min(max(column, 0), max(0, self.count() - 1))
        table = self.parent()
        if isinstance(table, QTableView):
            middle = table.rowAt(table.viewport().height() // 2)
            table.scrollTo(table.model().index(max(0, middle), self.cursor_column))
        self._update_text()
        self.viewport().update()

    def _update_text(self) -> None:
        name = self.model().headerData(self.cursor_column, Qt.Orientation.Horizontal) if self.model() else None
        words = str(name or _("right or wrong"))
        if self.sortIndicatorSection() == self.cursor_column:
            is_up = self.sortIndicatorOrder() == ASCENDING
            words += ", " + (_("sorted from small to large") if is_up else _("sorted from large to small"))
        self.setAccessibleDescription(words)


@dataclass(frozen=True, eq=False)
class Column:
    """A column of a `SampleTable`.

    Attributes
    ----------
    heading
        Its name.
    text
        Returns what stands in a row.
    keys
        Returns the numbers by which rows (n,) are sorted, (n,).
    verdict
        Returns whether a row is right, None where that is not known.
    widest
        Texts as wide as any to come, for the width: the first rows alone say little of sorted or of live ones.
    """

    heading: str
    text: Callable[[int], str]
    keys: Callable[[RowNumbers], NDArray[Any]] = np.asarray
    verdict: Callable[[int], bool | None] | None = None
    widest: tuple[str, ...] = ()


class SampleModel(QAbstractTableModel):
    """Some of the samples, in an order; `order` holds their numbers from top to bottom."""

    def __init__(self) -> None:
        super().__init__()
        self.columns: tuple[Column, ...] = ()
        self.row_names: tuple[str, ...] = ()
        self.order: RowNumbers = np.arange(0)
        self.current: int | None = None
        self._count = 0
        self._listed: RowNumbers = self.order
        self._sorting: tuple[int, Qt.SortOrder] | None = None

    @property
    def is_sorted(self) -> bool:
        """Whether the user wants the rows in another order than their own."""
        return self._sorting is not None

    def set_columns(self, columns: tuple[Column, ...], rows: int, row_names: tuple[str, ...] = ()) -> None:
        """Show other columns, of so many rows; rows without names are numbered from 1."""
        self.beginResetModel()
        self.columns, self.row_names, self._count = columns, row_names, rows
        self._listed = self.order = np.arange(rows)
        self.endResetModel()

    def set_rows(self, rows: RowNumbers | None) -> None:
        """Show these samples, in this order or in the one the user wants; None for all."""
        self._listed = np.arange(self._count) if rows is None else rows
        self._arrange()

    def sort(self, column: int, order: Qt.SortOrder = ASCENDING) -> None:
        """Sort by a column, equal rows staying as they are; −1 for the rows' own order."""
        self._sorting = (column, order) if 0 <= column < len(self.columns) else None
        self._arrange()

    def _arrange(self) -> None:
        order = self._listed
        if self._sorting is not None:
            column, direction = self._sorting
            keys = np.asarray(self.columns[column].keys(order), float)
            order = order[np.argsort(-keys if direction == DESCENDING else keys, kind="stable")]
        if len(order) != len(self.order):
            self.beginResetModel()
            self.order = order
            self.endResetModel()
        elif not np.array_equal(order, self.order):
            self.layoutAboutToBeChanged.emit()
            self.order = order
            self.layoutChanged.emit()

    def row_of(self, sample: int | None) -> int | None:
        """Return the row that a sample stands in, None where it is not shown."""
        found = np.flatnonzero(self.order == sample)
        return int(found[0]) if len(found) else None

    def rowCount(self, parent: Index = NOWHERE) -> int:
        return 0 if parent.isValid() else len(self.order)

    def columnCount(self, parent: Index = NOWHERE) -> int:
        return 0 if parent.isValid() else len(self.columns)

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        column, sample = self.columns[index.column()], int(self.order[index.row()])
        if role == Qt.ItemDataRole.DisplayRole:
            return column.text(sample)
        if role == Qt.ItemDataRole.TextAlignmentRole:
            return TO_THE_RIGHT
        if role == Qt.ItemDataRole.BackgroundRole and sample == self.current:
            return theme.color("accent_soft")
        if role == Qt.ItemDataRole.ForegroundRole and column.verdict is not None:
            verdict = column.verdict(sample)
            return None if verdict is None else theme.color("good" if verdict else "bad")
        return None

    def headerData(self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        is_heading = orientation == Qt.Orientation.Horizontal
        if role == Qt.ItemDataRole.TextAlignmentRole and is_heading:
            return TO_THE_RIGHT
        if role != Qt.ItemDataRole.DisplayRole:
            return None
        if is_heading:
            return self.columns[section].heading if section < len(self.columns) else None
        sample = int(self.order[section])
        return self.row_names[sample] if sample < len(self.row_names) else str(sample + 1)


class CellDelegate(QStyledItemDelegate):
    """Paints a cell: it asks the model for three things, the style sheet for seven."""

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        room: QRect = option.rect
        if (ground := index.data(Qt.ItemDataRole.BackgroundRole)) is not None:
            painter.fillRect(room, ground)
        painter.setPen(theme.color("grid"))
        painter.drawLine(room.bottomLeft(), room.bottomRight())
        painter.setPen(index.data(Qt.ItemDataRole.ForegroundRole) or theme.color("text"))
        painter.drawText(room.adjusted(0, 0, -theme.px(6), 0), TO_THE_RIGHT, index.data())


class SampleTable(QTableView):
    """The view of a `SampleModel` of one part of the data.

    It marks the current sample of all views, which a click or the arrow keys choose.
    """

    def __init__(self, name: str, selection: Selection, numbered: bool = True, sortable: bool = False) -> None:
        super().__init__()
        self.setTabKeyNavigation(False)  # Tab leads out of the table; the arrows walk through it
        self.setObjectName(name)
        self.setAccessibleName(_("Samples with targets and outputs"))
        self.samples = SampleModel()
        self._selection = selection
        self._part: Part = "train"
        self._widths: list[int] = []
        self.setModel(self.samples)
        self.setItemDelegate(CellDelegate(self))
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setShowGrid(False)
        self.setWordWrap(False)
        self.setCornerButtonEnabled(False)
        self.setSelectionMode(QAbstractItemView.SelectionMode.NoSelection)
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setHorizontalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.verticalHeader().setVisible(numbered)
        self.verticalHeader().setDefaultAlignment(TO_THE_RIGHT)
        self.verticalHeader().setSectionResizeMode(QHeaderView.ResizeMode.Fixed)
        self.headings = SortHeader(f"{name}_headings", sortable=sortable)
        self.setHorizontalHeader(self.headings)
        self.setSortingEnabled(sortable)
        self.clicked.connect(self._on_clicked)
        selection.sample_changed.connect(self._mark)
        self._mark()
        self.apply_theme()

    def apply_theme(self) -> None:
        self.setFont(theme.font(tabular=True))
        self.verticalHeader().setDefaultSectionSize(theme.px(26))
        self._update_size()

    def set_columns(self, columns: tuple[Column, ...], rows: int, row_names: tuple[str, ...] = ()) -> None:
        """Show other columns, of so many rows; rows without names are numbered from 1."""
        if [column.heading for column in self.samples.columns] != [column.heading for column in columns]:
            self.sortByColumn(-1, ASCENDING)
        self.samples.set_columns(columns, rows, row_names)
        self._update_size()

    def set_part(self, part: Part) -> None:
        """Say which part of the data the rows are of, for the sample that is clicked."""
        self._part = part
        self._mark()

    def _mark(self) -> None:
        sample = self._selection.sample
        self.samples.current = sample.row if sample.part == self._part else None
        self.viewport().update()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        marked = self.samples.row_of(self.samples.current)
        if marked is not None:
            self.setCurrentIndex(self.samples.index(marked, max(0, self.currentIndex().column())))
        before = self.currentIndex().row()
        super().keyPressEvent(event)
        if self.currentIndex().isValid() and self.currentIndex().row() != before:
            self._on_clicked(self.currentIndex())

    def _on_clicked(self, index: QModelIndex) -> None:
        self._selection.set_sample(Sample(self._part, int(self.samples.order[index.row()])))

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._share_room()

    def least_width(self) -> int:
        """Return how wide it is with its columns as close together as can be."""
        return sum(self._widths) + theme.px(LEAST_AIR) * len(self._widths) + theme.px(12)

    def _update_size(self) -> None:
        rows, width = range(min(ROWS_MEASURED, self.samples.rowCount())), self.fontMetrics().horizontalAdvance
        self._widths = [
            min(max(map(width, [column.heading, *column.widest, *map(column.text, rows)])), theme.px(WIDEST))
            for column in self.samples.columns
        ]
        self._share_room()

    def _share_room(self) -> None:
        """Put the columns closer together where they would be wider than the table."""
        if self._widths:
            spare = (self.viewport().width() - sum(self._widths)) // len(self._widths)
            air = max(theme.px(LEAST_AIR), min(theme.px(AIR), spare))
            for k, width in enumerate(self._widths):
                self.setColumnWidth(k, width + air)

    def visible_rows(self) -> tuple[int, int]:
        """Return the first visible row and how many are visible."""
        first = max(0, self.rowAt(0))
        last = self.rowAt(self.viewport().height() - 1)
        last = self.samples.rowCount() - 1 if last < 0 else last
        return first, max(0, last - first + 1)

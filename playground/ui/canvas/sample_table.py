"""Samples as a table: inputs, target, output, right or wrong. Only the rows in sight are worked out."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from PySide6.QtCore import QModelIndex, QRect, Qt, Signal, Slot
from PySide6.QtGui import QKeyEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import (
    QAbstractItemView,
    QFrame,
    QHeaderView,
    QSizePolicy,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QTableView,
)

from playground.ui.canvas.sample_model import TO_THE_RIGHT, Column, Index, SampleModel
from playground.ui.canvas.sort_header import SortHeader
from playground.ui.core import theme

WALKING = (
    Qt.Key.Key_Up,
    Qt.Key.Key_Down,
    Qt.Key.Key_PageUp,
    Qt.Key.Key_PageDown,
    Qt.Key.Key_Home,
    Qt.Key.Key_End,
)
"""The keys that lead from row to row, the last two with Ctrl."""


@dataclass(frozen=True)
class Sorting:
    """By which column the rows of a table stand in order."""

    column: int
    descending: bool


class TextDelegate(QStyledItemDelegate):
    """Paints a cell of a `SampleTable`: it asks for one text, where a style sheet asks for seven things."""

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        table = self.parent()
        assert isinstance(table, SampleTable)
        model = table.samples
        column, sample = model.columns[index.column()], model.sample(index.row())
        room: QRect = option.rect
        painter.setPen(theme.color("grid"))
        painter.drawLine(room.bottomLeft(), room.bottomRight())
        verdict = None if column.verdict is None else column.verdict(sample)
        painter.setPen(theme.color("text" if verdict is None else "good" if verdict else "bad"))
        painter.drawText(room.adjusted(0, 0, -table.padding, 0), TO_THE_RIGHT, column.text(sample))


AIR, LEAST_AIR = 22, 13
"""Pixels between the texts of two columns, at the usual size of type."""


class SampleTable(QTableView):
    """The view of a `SampleModel`.

    Signals
    -------
    row_chosen(row)
        A sample was clicked, or reached with the keys; it is counted from 0 in the data's own order.
    sorting_changed()
        A heading was clicked, or entered with the keys: the rows are to stand in another order, or in their own again.
    """

    row_chosen = Signal(int)
    sorting_changed = Signal()

    def __init__(self, name: str, numbered: bool = True, sortable: bool = False) -> None:
        super().__init__()
        self.setTabKeyNavigation(False)  # Tab leads out of the table; the arrows walk through it
        self.setObjectName(name)
        self.samples = SampleModel()
        self.current: int | None = None
        self.padding = 0
        self._room: int | None = None
        self._texts: dict[tuple[int, int], str] = {}
        self.setModel(self.samples)
        self.setItemDelegate(TextDelegate(self))
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setShowGrid(False)
        self.setWordWrap(False)
        self.setCornerButtonEnabled(False)
        self.setSelectionMode(QAbstractItemView.SelectionMode.NoSelection)
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setHorizontalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)
        self.verticalHeader().setVisible(numbered)
        self.verticalHeader().setDefaultAlignment(TO_THE_RIGHT)
        self.verticalHeader().setSectionResizeMode(QHeaderView.ResizeMode.Fixed)
        self.headings = SortHeader(sortable=sortable)
        self.headings.setObjectName(f"{name}_headings")
        self.headings.setMinimumSectionSize(16)
        self.setHorizontalHeader(self.headings)
        self.headings.sortIndicatorChanged.connect(self._on_sorting_changed)
        self.clicked.connect(self._on_clicked)
        self.apply_theme()

    def apply_theme(self) -> None:
        self.setFont(theme.font(tabular=True))
        self.verticalHeader().setDefaultSectionSize(theme.px(26))
        self.padding = theme.px(6)
        self._update_size()
        self.viewport().update()

    def set_columns(self, columns: tuple[Column, ...], rows: int, row_names: tuple[str, ...] = ()) -> None:
        """Show other columns, with `rows` rows."""
        headings = [column.heading for column in self.samples.columns]
        self.samples.set_columns(columns, rows, row_names)
        self._texts = {}  # what was said of the rows before is no longer seen
        if headings != [column.heading for column in columns]:
            self.clear_sorting()
        self._update_size()

    @property
    def sorting(self) -> Sorting | None:
        """By which column the user wants the rows to stand in order, None for their own order."""
        header = self.horizontalHeader()
        column = header.sortIndicatorSection()
        if not 0 <= column < len(self.samples.columns):
            return None
        return Sorting(column, header.sortIndicatorOrder() == Qt.SortOrder.DescendingOrder)

    def clear_sorting(self) -> None:
        """Leave the rows in their own order, without a signal."""
        was_blocked = self.blockSignals(True)
        self.horizontalHeader().setSortIndicator(-1, Qt.SortOrder.AscendingOrder)
        self.blockSignals(was_blocked)

    def set_order(self, order: NDArray[np.intp] | None) -> None:
        """Show these rows in this order, or all in their own."""
        self.samples.set_order(order)
        self.verticalHeader().viewport().update()
        self.viewport().update()

    @Slot()
    def _on_sorting_changed(self) -> None:
        """Tell that the rows are to stand in another order."""
        self.sorting_changed.emit()

    def set_current(self, row: int | None) -> None:
        """Mark a sample, None for no sample."""
        if row != self.current:
            self.current = row
            self.viewport().update()

    def paintEvent(self, event: QPaintEvent) -> None:
        row = None if self.current is None else self.samples.place_of(self.current)
        if row is not None:
            with QPainter(self.viewport()) as painter:
                top, height = self.rowViewportPosition(row), self.rowHeight(row)
                painter.fillRect(0, top, self.horizontalHeader().length(), height - 1, theme.color("accent_soft"))
        super().paintEvent(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if Qt.Key(event.key()) not in WALKING:
            super().keyPressEvent(event)
            return
        marked = None if self.current is None else self.samples.place_of(self.current)
        if marked is not None:
            self.setCurrentIndex(self.samples.index(marked, max(0, self.currentIndex().column())))
        super().keyPressEvent(event)
        reached = self.currentIndex()
        if reached.isValid() and reached.row() != marked:
            self.row_chosen.emit(self.samples.sample(reached.row()))

    @Slot(QModelIndex)
    def _on_clicked(self, index: QModelIndex) -> None:
        """Tell which sample was clicked."""
        self.row_chosen.emit(self.samples.sample(index.row()))

    def _update_size(self) -> None:
        """Give each column the width of its heading and its first rows, and as much air as there is room for."""
        texts = self._text_widths()
        air = theme.px(AIR)
        if self._room is not None and texts:
            air = max(theme.px(LEAST_AIR), min(air, (self._room - theme.px(12) - sum(texts)) // len(texts)))
        for k, width in enumerate(texts):
            self.setColumnWidth(k, min(width + air, theme.px(220)))

    def fit_into(self, room: int) -> None:
        """Put the columns closer together where they would be wider than `room` pixels."""
        if room != self._room:
            self._room = room
            self._update_size()

    def least_width(self) -> int:
        """Return how wide it is with its columns as close together as can be."""
        return sum(self._text_widths()) + theme.px(LEAST_AIR) * len(self.samples.columns) + theme.px(12)

    def _text_widths(self) -> list[int]:
        metrics = self.fontMetrics()
        found = []
        for column in self.samples.columns:
            texts = [column.heading, *(column.text(row) for row in range(min(20, self.samples.rows)))]
            if column.live and column.heading:
                texts.append("−0.0000")
            found.append(max(metrics.horizontalAdvance(text) for text in texts))
        return found

    def visible_rows(self) -> tuple[int, int]:
        """Return the first row in sight and how many there are."""
        first = max(0, self.rowAt(0))
        last = self.rowAt(self.viewport().height() - 1)
        last = self.samples.rowCount() - 1 if last < 0 else last
        return first, max(0, last - first + 1)

    def refresh(self) -> None:
        """Show the live columns anew, in the rows in sight, where they say something else than before."""
        first, count = self.visible_rows()
        said: dict[tuple[int, int], str] = {}
        for k, column in enumerate(self.samples.columns):
            if column.live:
                for row in range(first, first + count):
                    sample = self.samples.sample(row)
                    text = column.text(sample)
                    said[sample, k] = text
                    if self._texts.get((sample, k)) != text:
                        self.viewport().update(self.visualRect(self.samples.index(row, k)))
        self._texts = said

"""The first rows of a table, before it is learnt from."""

from collections.abc import Sequence

from PySide6.QtCore import Qt
from PySide6.QtGui import QFont
from PySide6.QtWidgets import QAbstractItemView, QHeaderView, QTableWidget, QTableWidgetItem

from playground.data.table.reading import Table
from playground.data.table.table import TablePreview
from playground.registry import shown
from playground.ui.core import theme

MOST_ROWS = 8

FEW_COLUMNS = 6
"""Up to so many columns share the width; more are as wide as their cells and scroll."""

LONGEST_CELL = 60

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

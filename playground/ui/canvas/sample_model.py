"""What a table of samples holds: columns whose texts are worked out one by one, for the rows in sight only."""

import math
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray
from PySide6.QtCore import QAbstractTableModel, QModelIndex, QPersistentModelIndex, Qt

from playground.ui.core import theme

Index = QModelIndex | QPersistentModelIndex
NOWHERE = QModelIndex()
TO_THE_RIGHT = Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter


@dataclass(frozen=True, eq=False)
class Column:
    """A column: its heading, what stands in a row, and whether that changes with every frame.

    `keys` gives the numbers by which rows are sorted, for the rows it is given.
    """

    heading: str
    text: Callable[[int], str]
    live: bool = False
    verdict: Callable[[int], bool | None] | None = None
    keys: Callable[[NDArray[np.intp]], NDArray[Any]] | None = None


class SampleModel(QAbstractTableModel):
    """Rows of `Column` texts; the texts are asked for one by one, as the view shows them.

    `order` are the numbers of the rows that are shown, from top to bottom; None shows all in their own order.
    """

    def __init__(self) -> None:
        super().__init__()
        self.columns: tuple[Column, ...] = ()
        self.rows = 0
        self.row_names: tuple[str, ...] = ()
        self.order: NDArray[np.intp] | None = None

    def set_columns(self, columns: tuple[Column, ...], rows: int, row_names: tuple[str, ...] = ()) -> None:
        """Show other columns, with `rows` rows."""
        self.beginResetModel()
        self.columns, self.rows, self.row_names, self.order = columns, rows, row_names, None
        self.endResetModel()

    def set_order(self, order: NDArray[np.intp] | None) -> None:
        """Show these rows in this order."""
        before = self.rowCount()
        after = self.rows if order is None else len(order)
        if after < before:
            self.beginRemoveRows(NOWHERE, after, before - 1)
        elif after > before:
            self.beginInsertRows(NOWHERE, before, after - 1)
        self.order = order
        if after < before:
            self.endRemoveRows()
        elif after > before:
            self.endInsertRows()

    def sample(self, row: int) -> int:
        """Return the number of the sample in a row of the view."""
        return row if self.order is None else int(self.order[row])

    def place_of(self, sample: int) -> int | None:
        """Return the row of the view that a sample stands in, None where it is not shown."""
        if self.order is None:
            return sample if sample < self.rows else None
        found = np.flatnonzero(self.order == sample)
        return int(found[0]) if len(found) else None

    def rowCount(self, parent: Index = NOWHERE) -> int:
        if parent.isValid():
            return 0
        return self.rows if self.order is None else len(self.order)

    def columnCount(self, parent: Index = NOWHERE) -> int:
        return 0 if parent.isValid() else len(self.columns)

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        column = self.columns[index.column()]
        if role == Qt.ItemDataRole.DisplayRole:
            return column.text(self.sample(index.row()))
        if role == Qt.ItemDataRole.TextAlignmentRole:
            return TO_THE_RIGHT
        if role == Qt.ItemDataRole.ForegroundRole and column.verdict is not None:
            verdict = column.verdict(self.sample(index.row()))
            return None if verdict is None else theme.color("good" if verdict else "bad")
        return None

    def headerData(self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        if role == Qt.ItemDataRole.TextAlignmentRole and orientation == Qt.Orientation.Horizontal:
            return TO_THE_RIGHT
        if role != Qt.ItemDataRole.DisplayRole:
            return None
        if orientation == Qt.Orientation.Horizontal:
            return self.columns[section].heading if section < len(self.columns) else None
        sample = self.sample(section)
        return self.row_names[sample] if sample < len(self.row_names) else str(sample + 1)


def column_texts(values: NDArray[np.generic]) -> Callable[[int], str]:
    """Return how to write the numbers of one column: whole ones without a point, others with points in line."""
    numbers = np.asarray(values, float)
    sizes = np.abs(numbers[np.isfinite(numbers)])
    largest = float(sizes.max(initial=0.0))
    if not 1e-4 < largest < 1e6:
        style = ".0f" if largest == 0 else ".4g"
    elif np.all(sizes == np.round(sizes)):
        style = ".0f"
    else:
        most = 3 - math.floor(math.log10(largest))  # four digits for the largest
        needed = next((k for k in range(max(most, 1)) if np.allclose(sizes, np.round(sizes, k), 0, 1e-9)), most)
        style = f".{max(needed, 0)}f"
    return lambda row: format(float(values[row]), style).replace("-", "−")

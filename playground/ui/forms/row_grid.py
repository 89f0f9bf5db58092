"""The rows of a form, one below the other, or several side by side where there is little height."""

from collections.abc import Iterable, Sequence

from PySide6.QtWidgets import QGridLayout, QWidget

from playground.ui.forms.rows import FormRow

COLUMNS = 6
"""So that a line can be shared by one, two or three."""

GAP = 3


class RowGrid(QWidget):
    """Holds rows; each of `lines` are those that share a line where the form is dense."""

    def __init__(self, lines: Sequence[Sequence[FormRow]]) -> None:
        super().__init__()
        self._lines = lines
        self.rows = [row for line in lines for row in line]
        self._grid = new_grid(self)
        self._is_dense: bool | None = None
        self.set_dense(False)

    def set_dense(self, dense: bool) -> None:
        """Let rows share lines, or give each a line of its own."""
        if dense == self._is_dense:
            return  # to dress and place all rows anew takes some milliseconds
        self._is_dense = dense
        lines = self._lines if dense else [[row] for row in self.rows]
        place = 0
        for line in lines:
            stacked = dense and len(line) > 1
            for row in line:
                row.set_stacked(stacked)
            put_side_by_side(self._grid, place, line)
            for k, row in enumerate(line if stacked else (), 1):
                self._grid.addWidget(row.problem, place + k, 0, 1, COLUMNS)
            place += len(line) + 1


def new_grid(box: QWidget) -> QGridLayout:
    """Return the layout for lines that one, two or three widgets share."""
    grid = QGridLayout(box)
    grid.setContentsMargins(0, 0, 0, 0)
    grid.setHorizontalSpacing(8)
    grid.setVerticalSpacing(GAP)
    for column in range(COLUMNS):
        grid.setColumnStretch(column, 1)
    return grid


def put_side_by_side(grid: QGridLayout, place: int, widgets: Iterable[QWidget]) -> None:
    """Put up to three widgets into one line of a grid."""
    line = list(widgets)
    span = COLUMNS // len(line)
    for k, widget in enumerate(line):
        grid.addWidget(widget, place, k * span, 1, span)

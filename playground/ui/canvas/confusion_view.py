"""The confusion matrix: blue where what was predicted is true, orange where it is not; its cells can be opened."""

import numpy as np
from numpy.typing import NDArray
from PySide6.QtCore import QPointF, Qt, Signal
from PySide6.QtGui import QKeyEvent, QMouseEvent, QPainter, QPen

from playground.language import _, ngettext
from playground.ui.canvas.images import indices, table_image
from playground.ui.canvas.matrix_view import Frame, MatrixView
from playground.ui.core import theme

Counts = NDArray[np.int64]

MOVES = {Qt.Key.Key_Up: (-1, 0), Qt.Key.Key_Down: (1, 0), Qt.Key.Key_Left: (0, -1), Qt.Key.Key_Right: (0, 1)}
OPENING = (Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_Space)


class ConfusionView(MatrixView):
    """Counts of true classes (rows) taken for classes (columns).

    The diagonal is as blue as the share of its row, the rest as orange as its share of the commonest mistake: on one
    scale, mistakes would not be seen beside what is right.

    Parameters
    ----------
    name
        The stable object name.
    selectable
        Whether a cell can be opened, with a click, or with the arrow keys and Enter.

    Signals
    -------
    opened(true, predicted)
        The samples of a cell are to be shown.
    """

    opened = Signal(int, int)

    def __init__(self, name: str, *, selectable: bool) -> None:
        super().__init__(name)
        self.number = lambda value: f"{value:.0f}" if value else ""
        self.explain = self._explain_count
        self.cursor_cell = (0, 0)
        self._selectable = selectable
        if selectable:
            self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)

    def set_classes(self, names: tuple[str, ...]) -> None:
        """Show the matrix of these classes; its counts are to follow."""
        self.set_frame(Frame(names, names, _("true class"), _("output")))
        self.cursor_cell = (0, 0)

    def set_counts(self, counts: Counts) -> None:
        """Show these counts (classes, classes)."""
        self.set_values(counts.astype(float))
        self._places = indices(shares(counts), -1.0, 1.0)
        self._image = table_image(self._places, theme.outputs())
        self.setAccessibleDescription(self._explain_count(*self.cursor_cell))

    def _explain_count(self, row: int, column: int) -> str:
        """Return what a cell counts."""
        if not self.values.size:
            return ""
        count, total = int(self.values[row, column]), float(self.values[row].sum())
        names = self.frame.rows
        words = _("true class {true}, output {found}").format(true=names[row], found=names[column])
        numbers = ngettext("{count:,} sample", "{count:,} samples", count).format(count=count)
        share = _("{percent:.1f} % of the class").format(percent=100 * count / max(1.0, total))
        return f"{words}\n{numbers}, {share}"

    def draw(self, painter: QPainter) -> None:
        """Paint the matrix, and where the keys are."""
        super().draw(painter)
        if self.hasFocus() and self.values.size:
            painter.setPen(QPen(theme.color("accent"), 2))
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.drawRect(self.cell(*self.cursor_cell).adjusted(1, 1, -1, -1))

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        super().mouseMoveEvent(event)
        over = self._selectable and self.cell_at(event.position()) is not None
        self.setCursor(Qt.CursorShape.PointingHandCursor if over else Qt.CursorShape.ArrowCursor)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        found = self.cell_at(QPointF(event.position()))
        if self._selectable and found is not None and event.button() == Qt.MouseButton.LeftButton:
            self._point_at(found)
            self.opened.emit(*found)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        key = Qt.Key(event.key())
        if not self._selectable or not self.values.size or key not in (*MOVES, *OPENING):
            super().keyPressEvent(event)
        elif key in MOVES:
            last = len(self.values) - 1
            self._point_at(
                tuple(min(max(at + by, 0), last) for at, by in zip(self.cursor_cell, MOVES[key], strict=True))
            )
        else:
            self.opened.emit(*self.cursor_cell)

    def _point_at(self, cell: tuple[int, ...]) -> None:
        self.cursor_cell = (cell[0], cell[1])
        self.setAccessibleDescription(self._explain_count(*self.cursor_cell))
        self.update()


def shares(counts: Counts) -> NDArray[np.float64]:
    """Return the colours of a confusion matrix on a scale from −1 (the commonest mistake) to 1 (a class all right)."""
    values = counts.astype(float)
    right = np.eye(len(values), dtype=bool)
    commonest = max(1.0, float(values[~right].max(initial=0.0)))
    totals = np.maximum(values.sum(axis=1, keepdims=True), 1.0)
    return np.where(right, values / totals, -values / commonest)

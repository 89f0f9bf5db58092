"""The headings of a table, by which its rows are sorted: with a click, or with the keys."""

from PySide6.QtCore import QRect, Qt
from PySide6.QtGui import QFocusEvent, QKeyEvent, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QHeaderView, QTableView

from playground.language import _
from playground.ui.core import theme

MOVES = {Qt.Key.Key_Left: -1, Qt.Key.Key_Right: 1}
SORTING = (Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_Space)
ASCENDING, DESCENDING = Qt.SortOrder.AscendingOrder, Qt.SortOrder.DescendingOrder


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
        """Tell a screen reader which heading the keys are on, and how the rows are sorted."""
        name = self.model().headerData(self.cursor_column, Qt.Orientation.Horizontal) if self.model() else None
        words = str(name or _("right or wrong"))
        if self.sortIndicatorSection() == self.cursor_column:
            is_up = self.sortIndicatorOrder() == ASCENDING
            words += ", " + (_("sorted from small to large") if is_up else _("sorted from large to small"))
        self.setAccessibleDescription(words)

"""The headings of a table, by which its rows are sorted: with a click, or with the keys."""

from PySide6.QtCore import QEvent, QPoint, QRect, Qt
from PySide6.QtGui import QFocusEvent, QKeyEvent, QPainter, QPaintEvent, QPen, QPolygon
from PySide6.QtWidgets import QHeaderView, QTableView

from playground.language import _
from playground.ui.core import theme

MOVES = {Qt.Key.Key_Left: -1, Qt.Key.Key_Right: 1}
SORTING = (Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_Space)


class SortHeader(QHeaderView):
    """Headings that Tab stops at: the arrows go from one to the next, Enter or Space sorts by it.

    Sorting goes round as with clicks: from small to large, from large to small, not at all.

    Parameters
    ----------
    sortable
        Whether rows can be sorted at all.
    """

    def __init__(self, *, sortable: bool) -> None:
        super().__init__(Qt.Orientation.Horizontal)
        self.cursor_column = 0
        self.setSectionResizeMode(QHeaderView.ResizeMode.Interactive)
        self.setHighlightSections(False)
        self.setSectionsClickable(sortable)
        self.setSortIndicatorClearable(True)
        self.setSortIndicator(-1, Qt.SortOrder.AscendingOrder)
        self.setSortIndicatorShown(sortable)
        if sortable:
            self.setFocusPolicy(Qt.FocusPolicy.TabFocus)
            self.sortIndicatorChanged.connect(self._update_text)
        self._update_text()

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() == QEvent.Type.LanguageChange:
            self._update_text()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        key = Qt.Key(event.key())
        if key in MOVES and not event.modifiers() & ~Qt.KeyboardModifier.KeypadModifier:
            self._point_at(self.cursor_column + MOVES[key])
        elif key in SORTING:
            self._sort(self.cursor_column)
        else:
            event.ignore()

    def focusInEvent(self, event: QFocusEvent) -> None:
        super().focusInEvent(event)
        sorted_by = self.sortIndicatorSection()
        self._point_at(sorted_by if 0 <= sorted_by < self.count() else self.cursor_column)

    def focusOutEvent(self, event: QFocusEvent) -> None:
        super().focusOutEvent(event)
        self.viewport().update()

    def paintEvent(self, event: QPaintEvent) -> None:
        super().paintEvent(event)
        with QPainter(self.viewport()) as painter:
            if 0 <= self.sortIndicatorSection() < self.count():
                self._draw_arrow(painter, self._box(self.sortIndicatorSection()))
            if self.hasFocus() and self.count():
                painter.setPen(QPen(theme.color("accent"), 2))
                painter.setBrush(Qt.BrushStyle.NoBrush)
                painter.drawRect(self._box(self.cursor_column).adjusted(1, 1, -1, -1))

    def _box(self, column: int) -> QRect:
        """Return where a heading stands."""
        return QRect(self.sectionViewportPosition(column), 0, self.sectionSize(column), self.height())

    def _draw_arrow(self, painter: QPainter, box: QRect) -> None:
        """Paint which way the rows are sorted: the style sheet leaves Qt's own arrow out."""
        half = theme.px(3)
        middle = QPoint(box.left() + 3 * half, box.center().y())
        down = half if self.sortIndicatorOrder() == Qt.SortOrder.DescendingOrder else -half
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(theme.color("accent"))
        ends = [middle + QPoint(-half - 1, -down), middle + QPoint(half + 1, -down), middle + QPoint(0, down)]
        painter.drawPolygon(QPolygon(ends))

    def _point_at(self, column: int) -> None:
        self.cursor_column = min(max(column, 0), max(0, self.count() - 1))
        table = self.parent()
        if isinstance(table, QTableView):
            bar = table.horizontalScrollBar()
            box = self._box(self.cursor_column)
            beyond = box.left() + box.width() - self.viewport().width()
            bar.setValue(bar.value() + (box.left() if box.left() < 0 else max(0, beyond)))
        self._update_text()
        self.viewport().update()

    def _sort(self, column: int) -> None:
        up, down = Qt.SortOrder.AscendingOrder, Qt.SortOrder.DescendingOrder
        if self.sortIndicatorSection() != column:
            self.setSortIndicator(column, up)
        elif self.sortIndicatorOrder() == up:
            self.setSortIndicator(column, down)
        else:
            self.setSortIndicator(-1, up)

    def _update_text(self) -> None:
        """Tell a screen reader which heading the keys are on, and how the rows are sorted."""
        name = self.model().headerData(self.cursor_column, Qt.Orientation.Horizontal) if self.model() else None
        words = str(name or _("right or wrong"))
        self.setAccessibleName(_("Headings of the table"))
        if self.sortIndicatorSection() == self.cursor_column:
            is_up = self.sortIndicatorOrder() == Qt.SortOrder.AscendingOrder
            words += ", " + (_("sorted from small to large") if is_up else _("sorted from large to small"))
        self.setAccessibleDescription(words)

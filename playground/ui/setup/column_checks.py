"""A list of a table's columns to tick: those that a network learns from."""

from collections.abc import Collection, Mapping, Sequence

from PySide6.QtCore import QSignalBlocker, QSize, Qt, Signal
from PySide6.QtGui import QMouseEvent
from PySide6.QtWidgets import QListView, QListWidget, QListWidgetItem

from playground.data.table.columns import Column
from playground.language import _
from playground.registry import shown
from playground.ui.core import plain_text, theme

LINES = 3
"""So many lines of columns are seen at once; more scroll."""

LONGEST_NAME = 40
_NAME = Qt.ItemDataRole.UserRole

LINE, BESIDE = 25, 44
"""How high a line is, and the room for the box and beside a name."""


class ColumnChecks(QListWidget):
    """The columns in the file's order, several in a line; one that nothing can be learnt from cannot be ticked.

    The tip of a column that is left out unless it is asked for says why. A click anywhere on a name ticks it, as do the
    arrow keys and the space bar: ``ticked(name, on)``.
    """

    ticked = Signal(str, bool)

    def __init__(self, name: str) -> None:
        super().__init__()
        self.setObjectName(name)
        self.setFlow(QListView.Flow.LeftToRight)
        self.setWrapping(True)
        self.setResizeMode(QListView.ResizeMode.Adjust)
        self.setSelectionMode(QListWidget.SelectionMode.NoSelection)
        self.setVerticalScrollMode(QListWidget.ScrollMode.ScrollPerPixel)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self._shown: tuple[list[Column], Mapping[str, str]] = [], {}
        self.itemChanged.connect(self._on_changed)
        self.setProperty("role", "checks")

    def set_columns(self, columns: Sequence[Column], inputs: Collection[str], reasons: Mapping[str, str]) -> None:
        """Show these columns, with a tick at those named by `inputs`; `reasons` say why others are left out."""
        with QSignalBlocker(self):
            if (list(columns), reasons) != self._shown:
                self._make_items(columns, reasons)
            for item in map(self.item, range(self.count())):
                is_on = item.data(_NAME) in inputs
                item.setCheckState(Qt.CheckState.Checked if is_on else Qt.CheckState.Unchecked)

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        item = self.itemAt(event.position().toPoint())
        before = None if item is None else item.checkState()
        super().mouseReleaseEvent(event)
        is_left = event.button() == Qt.MouseButton.LeftButton and item is self.currentItem()
        if item is None or not is_left or not item.flags() & Qt.ItemFlag.ItemIsUserCheckable:
            return
        if item.checkState() == before:
            is_on = before == Qt.CheckState.Checked
            item.setCheckState(Qt.CheckState.Unchecked if is_on else Qt.CheckState.Checked)

    def _make_items(self, columns: Sequence[Column], reasons: Mapping[str, str]) -> None:
        """Make an item for each column; not at every tick, which comes in the middle of a click on an item."""
        self._shown = list(columns), reasons
        self.clear()
        self.ensurePolished()
        for column in columns:
            name = shown(column.name, LONGEST_NAME)
            item = QListWidgetItem(name, self)
            item.setData(_NAME, column.name)
            width = self.fontMetrics().horizontalAdvance(name)  # Qt forgets the box of a style sheet
            item.setSizeHint(QSize(width + theme.px(BESIDE), theme.px(LINE)))
            if column.can_be_input:
                item.setFlags(Qt.ItemFlag.ItemIsEnabled | Qt.ItemFlag.ItemIsUserCheckable)
            else:
                item.setFlags(Qt.ItemFlag.NoItemFlags)
            if column.name in reasons:
                item.setToolTip(plain_text.tip(_("Left out: {reason}.").format(reason=reasons[column.name])))

    def doItemsLayout(self) -> None:  # noqa: N802 - Qt's name
        """Lay the columns out, and be as high as their lines: one to `LINES` of them."""
        super().doItemsLayout()
        frame = self.height() - self.viewport().height()
        line = theme.px(LINE)
        self.setFixedHeight(frame + min(max(self.contentsSize().height(), line), LINES * line))

    def _on_changed(self, item: QListWidgetItem) -> None:
        self.ticked.emit(item.data(_NAME), item.checkState() == Qt.CheckState.Checked)

"""A layout that fills lines from left to right and begins a new one where the width ends."""

from PySide6.QtCore import QRect, QSize, Qt
from PySide6.QtWidgets import QLayout, QLayoutItem, QWidget
from shiboken6 import isValid


class FlowLayout(QLayout):
    """Lays its items out like words of a text; as tall as the width makes it. `gap` is between items, in pixels."""

    def __init__(self, parent: QWidget | None = None, *, gap: int = 6) -> None:
        super().__init__(parent)
        self._items: list[QLayoutItem] = []
        self._gap = gap
        self._right = False
        self.setContentsMargins(0, 0, 0, 0)

    def set_right(self, right: bool) -> None:
        """Align the lines at the right, or at the left."""
        self._right = right
        self.invalidate()

    def addItem(self, item: QLayoutItem) -> None:  # noqa: N802 - Qt's name
        self._items.append(item)
        self.invalidate()

    def count(self) -> int:
        return len(self._items)

    def itemAt(self, index: int) -> QLayoutItem | None:  # noqa: N802 - Qt's name
        return self._items[index] if 0 <= index < len(self._items) else None

    def takeAt(self, index: int) -> QLayoutItem | None:  # noqa: N802 - Qt's name
        if not 0 <= index < len(self._items):
            return None
        self.invalidate()
        return self._items.pop(index)

    def expandingDirections(self) -> Qt.Orientation:  # noqa: N802 - Qt's name
        return Qt.Orientation(0)

    def hasHeightForWidth(self) -> bool:
        return True

    def heightForWidth(self, width: int) -> int:
        return self._arrange(QRect(0, 0, width, 0), place=False)

    def setGeometry(self, rect: QRect) -> None:  # noqa: N802 - Qt's name
        super().setGeometry(rect)
        self._arrange(rect, place=True)

    def sizeHint(self) -> QSize:
        return self.minimumSize()

    def minimumSize(self) -> QSize:  # noqa: N802 - Qt's name
        """Return the size of the largest item."""
        size = QSize()
        for item in self._living():
            size = size.expandedTo(item.minimumSize())
        return size

    def _living(self) -> list[QLayoutItem]:
        """Return the items but those that are gone: while a window is deleted, a scroll area around asks once more."""
        return [item for item in self._items if isValid(item)]

    def _arrange(self, rect: QRect, *, place: bool) -> int:
        """Go through the lines, placing the items if asked; return the height."""
        lines: list[list[tuple[QLayoutItem, QSize]]] = [[]]
        used = 0
        for item in self._living():
            if item.isEmpty():
                continue
            size = item.sizeHint()
            if lines[-1] and used + self._gap + size.width() > rect.width():
                lines.append([])
            used = used + self._gap + size.width() if lines[-1] else size.width()
            lines[-1].append((item, size))
        y = rect.y()
        for line in lines:
            wide = sum(size.width() for _item, size in line) + self._gap * (len(line) - 1)
            tall = max((size.height() for _item, size in line), default=0)
            x = rect.right() + 1 - wide if self._right else rect.x()
            for item, size in line:
                if place:
                    item.setGeometry(QRect(x, y + (tall - size.height()) // 2, size.width(), size.height()))
                x += size.width() + self._gap
            y += tall + self._gap
        return max(0, y - self._gap - rect.y())

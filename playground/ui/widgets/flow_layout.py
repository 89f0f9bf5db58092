"""A layout that fills lines from left to right and begins a new one where the width ends."""

from collections.abc import Sequence

from PySide6.QtCore import QRect, QSize, Qt
from PySide6.QtWidgets import QLayout, QLayoutItem, QWidget

Sized = tuple[QLayoutItem, int, int]
"""An item with the width and the height that it asks for."""


class FlowLayout(QLayout):
    """Lays its items out like words of a text; as tall as the width makes it.

    Parameters
    ----------
    parent
        The widget whose children are laid out.
    gap
        Pixels between two items, in both directions.
    stretch
        Whether the items of a grid of equal sizes share what is left over of the width.
    right
        Whether lines end at the right edge rather than begin at the left one.
    """

    def __init__(self, parent: QWidget | None = None, *, gap: int = 6, stretch: bool = False, right: bool = False):
        super().__init__(parent)
        self._items: list[QLayoutItem] = []
        self._heights: dict[int, int] = {}
        self._sizes: list[Sized] | None = None
        self._changes = 0
        self._gap = gap
        self._stretch = stretch
        self._right = right
        self.setContentsMargins(0, 0, 0, 0)

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

    def set_order(self, widgets: Sequence[QWidget]) -> None:
        """Put the widgets, which are in the layout, into this order, behind all others.

        To add one again would have Qt delete its item and make another, perhaps at the same address, where PySide
        would take the one for the other.
        """
        places: dict[QWidget | None, int] = {widget: place for place, widget in enumerate(widgets)}
        self._items.sort(key=lambda item: places.get(item.widget(), -1))
        self.invalidate()

    def expandingDirections(self) -> Qt.Orientation:  # noqa: N802 - Qt's name
        """Return that it does not want more than it needs."""
        return Qt.Orientation(0)

    def hasHeightForWidth(self) -> bool:
        return True

    def heightForWidth(self, width: int) -> int:
        if width not in self._heights:  # Qt asks many times for the same
            changes = self._changes
            height = self._arrange(QRect(0, 0, width, 0), place=False)
            if changes != self._changes:
                return height
            self._heights[width] = height
        return self._heights[width]

    def invalidate(self) -> None:
        """Forget what was reckoned: an item has changed."""
        self._heights = {}
        self._sizes = None
        self._changes += 1
        super().invalidate()

    def setGeometry(self, rect: QRect) -> None:  # noqa: N802 - Qt's name
        super().setGeometry(rect)
        self._arrange(rect, place=True)

    def sizeHint(self) -> QSize:
        return self.minimumSize()

    def minimumSize(self) -> QSize:  # noqa: N802 - Qt's name
        """Return the size of the largest item."""
        size = QSize()
        for item in self._items:
            size = size.expandedTo(item.minimumSize())
        return size

    def _visible(self) -> list[Sized]:
        """Return the items that can be seen, each with the size it asks for."""
        if self._sizes is not None:
            return self._sizes
        sizes: list[Sized] = []
        changes = self._changes
        for item in list(self._items):
            if not item.isEmpty():
                hint = item.sizeHint()  # one that is dressed only now has the layout forget what it knows
                sizes.append((item, hint.width(), hint.height()))
        if changes == self._changes:
            self._sizes = sizes
        return sizes

    def _lines(self, width: int) -> list[list[Sized]]:
        lines: list[list[Sized]] = [[]]
        used = 0
        for sized in self._visible():
            wide = sized[1]
            if lines[-1] and used + self._gap + wide > width:
                lines.append([])
            used = used + self._gap + wide if lines[-1] else wide
            lines[-1].append(sized)
        return lines

    def _arrange(self, rect: QRect, *, place: bool) -> int:
        """Go through the lines, placing the items if asked; return the height."""
        y = rect.y()
        lines = self._lines(rect.width())
        extra = self._extra(lines[0], rect.width()) if self._stretch else 0
        for line in lines:
            wide = sum(width + extra for _item, width, _height in line) + self._gap * (len(line) - 1)
            x = rect.right() + 1 - wide if self._right else rect.x()
            tall = max((height for _item, _width, height in line), default=0)
            for item, width, height in line:
                if place:
                    item.setGeometry(QRect(x, y + (tall - height) // 2, width + extra, height))
                x += width + extra + self._gap
            y += tall + self._gap
        return max(0, y - self._gap - rect.y())

    def _extra(self, line: list[Sized], width: int) -> int:
        """Return what each item of a full line gets of the width that is left over."""
        if not line:
            return 0
        each = line[0][1]
        across = max(1, (width + self._gap) // (each + self._gap))
        return max(0, (width - across * each - (across - 1) * self._gap) // across)

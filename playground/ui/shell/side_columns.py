"""Keeps the columns at the sides as wide as they were while the window grows and shrinks."""

from collections.abc import Sequence
from itertools import chain

from PySide6.QtCore import QEvent, QObject, Qt, QTimer, Slot
from PySide6.QtWidgets import QMainWindow, QSizePolicy, QStyle

from playground.ui.core import theme
from playground.ui.shell.card_dock import CardDock


class SideColumns(QObject):
    """Lets the middle take what room there is more or less: left to itself, Qt shares it out by the widths.

    The docks at the sides are told not to want more room than they have, so that the layout itself leaves it to the
    middle; what remains to be done is to take from the sides what a narrow middle lacks, and to give it back.

    Parameters
    ----------
    area
        Where the docks are.
    columns
        The docks of each column at a side; how wide it is is read off the first one.
    middle
        The dock between them.
    least
        The width of the middle below which the columns at the sides give way, at the usual size of type.
    """

    def __init__(self, area: QMainWindow, columns: Sequence[Sequence[CardDock]], middle: CardDock, least: int) -> None:
        super().__init__(area)
        self._area, self._middle, self._least = area, middle, least
        self._docks = tuple(column[0] for column in columns)
        self._all = tuple(chain(*columns))
        self._widths: dict[CardDock, int] = {}
        self._width_then = 0
        for dock in self._docks:
            dock.installEventFilter(self)

    @property
    def between(self) -> int:
        """How many pixels there are between two columns."""
        return self._area.style().pixelMetric(QStyle.PixelMetric.PM_DockWidgetSeparatorExtent, None, self._area)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() == QEvent.Type.Resize and self._area.width() == self._width_then:
            self._remember()
        return super().eventFilter(watched, event)

    def follow(self) -> None:
        """Give the columns their widths soon: the area has another size."""
        self._width_then = 0
        QTimer.singleShot(0, self, self._keep_and_watch)

    def _is_in_place(self, dock: CardDock) -> bool:
        """Whether a dock is a column at an edge, beside the middle."""
        place, room = dock.geometry(), self._area.rect()
        at_edge = place.left() <= 0 or place.right() >= room.right()
        return dock.isVisible() and not dock.isFloating() and at_edge and 2 * place.width() < room.width()

    @Slot()
    def _watch_again(self) -> None:
        self._width_then = self._area.width()
        if not self._widths:
            self._remember()
            for dock in self._all:
                dock.setSizePolicy(QSizePolicy.Policy.Maximum, QSizePolicy.Policy.Preferred)

    def _remember(self) -> None:
        """Take the widths of now for those that are wanted."""
        self._widths = {dock: dock.width() for dock in self._docks if self._is_in_place(dock)}

    @Slot()
    def _keep_and_watch(self) -> None:
        """Give the columns their widths once more, now that all has its size; what changes after that is the user's."""
        QTimer.singleShot(0, self, self._watch_again)  # what is taken here in need is given back with the room
        self.keep()

    def keep(self) -> None:
        """Give the columns their widths, as far as the middle can spare them."""
        width = self._area.width() - self.between * len(self._widths)
        sides = {dock: size for dock, size in self._widths.items() if self._is_in_place(dock)}
        if not sides or not self._middle.isVisible() or self._middle.isFloating():
            return
        for dock in reversed(list(sides)):
            others = sum(size for other, size in sides.items() if other is not dock)
            room = width - theme.px(self._least) - others
            sides[dock] = max(min(sides[dock], room), dock.minimumSizeHint().width())
        if all(dock.width() == size for dock, size in sides.items()):
            return
        wanted = {**sides, self._middle: max(width - sum(sides.values()), 100)}
        self._area.resizeDocks(list(wanted), list(wanted.values()), Qt.Orientation.Horizontal)

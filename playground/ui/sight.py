"""Which widgets anybody can see."""

from weakref import WeakKeyDictionary, WeakSet

from PySide6.QtCore import QEvent, QObject, Qt
from PySide6.QtWidgets import QWidget

MOVING = {
    QEvent.Type.Show,
    QEvent.Type.Hide,
    QEvent.Type.Move,
    QEvent.Type.Resize,
    QEvent.Type.ParentChange,
    QEvent.Type.WindowStateChange,
}
"""The events of a widget, or of one that it lies in, after which it may be seen or covered."""


class Sight(QObject):
    """Knows whether a widget can be seen, and looks again only when something has moved.

    To look takes some thirty calls into Qt for each widget, and it is asked for every panel in every frame.
    """

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._known: WeakKeyDictionary[QWidget, bool] = WeakKeyDictionary()
        self._watched: WeakSet[QWidget] = WeakSet()

    def sees(self, widget: QWidget) -> bool:
        """Return whether anybody can see the widget, or the children that cover it."""
        seen = self._known.get(widget)
        if seen is None:
            self._watch(widget)
            seen = widget.isVisible() and not widget.window().isMinimized() and _is_within_its_window(widget)
            self._known[widget] = seen
        return seen

    def _watch(self, widget: QWidget | None) -> None:
        """Notice from now on when a widget moves, or one that it lies in.

        One that wants hover events is left out: every move of the mouse over what lies in it would come by here, and
        wait for the worker. What lies in it is told itself when it is shown, hidden or given another place.
        """
        while widget is not None:
            if widget not in self._watched and not widget.testAttribute(Qt.WidgetAttribute.WA_Hover):
                self._watched.add(widget)
                widget.installEventFilter(self)
            widget = None if widget.isWindow() else widget.parentWidget()

    def eventFilter(self, _watched: QObject, event: QEvent) -> bool:
        """Forget what was seen when something has moved."""
        if event.type() in MOVING:
            self._known.clear()
        return False


def _is_within_its_window(widget: QWidget) -> bool:
    """Return whether any part of a widget lies within all that it lies in.

    Qt moves a dock that is behind another's tab out of its window, and so does scrolling with a card.
    `visibleRegion` would not do: it leaves out what the widget's own opaque children cover.
    """
    part, parent = widget.rect(), widget.parentWidget()
    while parent is not None and not widget.isWindow() and not part.isEmpty():
        part = part.translated(widget.pos()) & parent.rect()
        widget, parent = parent, parent.parentWidget()
    return not part.isEmpty()

"""Changes the style sheet in a few passes over what is on the screen; the rest is dressed a little later.

Most widgets are in closed menus and lists, and behind tabs.
"""

from collections.abc import Iterable, Iterator, Mapping
from time import perf_counter

from PySide6.QtCore import QCoreApplication, QEvent, QObject, Qt, QTimer, Slot
from PySide6.QtWidgets import QApplication, QWidget
from shiboken6 import isValid

from playground.ui.core.in_turns import turns

TURN_SECONDS = 0.02
"""How long widgets are dressed in one turn of the event loop, while the window keeps its picture."""

IDLE_SECONDS = 0.008
"""The same for what is not seen: nobody waits for it."""

POLISHED = Qt.WidgetAttribute.WA_WState_Polished
OWN_STYLE = Qt.WidgetAttribute.WA_SetStyle


class LateDressing(QObject):
    """Takes the style sheet off and puts another on; what is not seen follows when it shows, or in idle turns.

    Qt undresses and dresses each widget that is marked as polished, and tells each without a style of its own. One
    that bears neither mark is passed over: for all of them while the old sheet goes, as the new one sets all that
    the old one did, and for those that are not seen while the new one comes.
    """

    def __init__(self) -> None:
        super().__init__()
        self._waiting: dict[QWidget, None] = {}
        self._urgent: dict[QWidget, None] = {}
        self._is_at_it = False

    def take_off(self, app: QApplication, *, is_as_large: bool) -> None:
        """Take the sheet off everything, and put off the new one for what is not seen.

        Parameters
        ----------
        app
            Whose sheet it is.
        is_as_large
            Whether only colours change: otherwise what is hidden in a window takes part in its layout.
        """
        for widget in filter(isValid, (*self._urgent, *self._waiting)):
            widget.setAttribute(POLISHED)
        dressed = [it for it in app.allWidgets() if it.testAttribute(POLISHED) and not it.testAttribute(OWN_STYLE)]
        for widget in dressed:
            widget.setAttribute(POLISHED, False)
            widget.setAttribute(OWN_STYLE)
        app.setStyleSheet("")  # to go straight from one to another is slower
        self._waiting, self._urgent = {}, {}
        for widget in dressed:
            is_urgent = widget.isVisible() or (not is_as_large and widget.window().isVisible())
            (self._urgent if is_urgent else self._waiting)[widget] = None

    def put_on(self, app: QApplication, sheet: str) -> Iterator[None]:
        """Dress what is seen, and begin with the rest; it may stop wherever it yields."""
        app.setStyleSheet(sheet)
        for widget in filter(isValid, self._urgent):
            widget.setAttribute(OWN_STYLE, False)
        while self._urgent:
            yield
            self._dress_for(TURN_SECONDS, self._urgent)
        self._put_off()

    def _put_off(self) -> None:
        """Dress what is not seen when it shows, or in idle turns."""
        for widget in filter(isValid, self._waiting):
            widget.setAttribute(OWN_STYLE, False)
            if widget.parentWidget() not in self._waiting:
                widget.installEventFilter(self)  # what is in it shows no sooner
        if self._waiting and not self._is_at_it:
            self._is_at_it = True
            QTimer.singleShot(0, self, self._dress_some)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() == QEvent.Type.Show and isinstance(watched, QWidget):
            self._dress([watched, *watched.findChildren(QWidget)])
        return False

    @Slot()
    def _dress_some(self) -> None:
        """Dress as many as no one notices; go on in the next turn, but not while another sheet is on its way."""
        if not self._urgent:
            with turns().no_work():
                self._dress_for(IDLE_SECONDS, self._waiting)
        self._is_at_it = bool(self._waiting) and not self._urgent
        if self._is_at_it:
            QTimer.singleShot(0, self, self._dress_some)

    def _dress_for(self, seconds: float, widgets: Mapping[QWidget, None]) -> None:
        """Dress one after the other of those that wait, as long as there is time."""
        end = perf_counter() + seconds
        while widgets and perf_counter() < end:
            self._dress([next(iter(widgets))])

    def _dress(self, widgets: Iterable[QWidget]) -> None:
        """Dress those of them that still wait, and are not gone by now."""
        for widget in widgets:
            if widget not in self._waiting and widget not in self._urgent:
                continue
            self._waiting.pop(widget, None)
            self._urgent.pop(widget, None)
            if isValid(widget):
                widget.removeEventFilter(self)
                widget.setAttribute(OWN_STYLE, False)  # where it shows before the new sheet has come
                widget.setAttribute(POLISHED)
                widget.style().polish(widget)
                QCoreApplication.sendEvent(widget, QEvent(QEvent.Type.StyleChange))
                widget.update()

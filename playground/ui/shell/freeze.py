"""Holds the picture while a teacher speaks: training pauses, nothing on the screen changes, and no control reacts."""

from collections.abc import Callable, Sequence

from PySide6.QtCore import QEvent, QObject, Qt, Slot
from PySide6.QtGui import QAction, QKeyEvent, QKeySequence, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QFrame, QWidget

from playground.language import _
from playground.runtime.session import Session
from playground.ui.core import layouts, theme
from playground.ui.widgets.icons import Button
from playground.ui.widgets.labels import text_label

BORDER = 4


class Freeze(QObject):
    """Holds the picture of a window, and of what floats beside it.

    Parameters
    ----------
    window, session
        What is held.
    """

    def __init__(self, window: QWidget, session: Session) -> None:
        super().__init__(window)
        self._window, self._session = window, session
        self._pictures: list[FrozenPicture] = []
        self._was_running = False

    @property
    def is_on(self) -> bool:
        """Whether the picture is held."""
        return bool(self._pictures)

    def begin(self, floating: Sequence[QWidget], actions: Sequence[QAction]) -> None:
        """Hold the picture; only the keys of some actions still work."""
        self._was_running = self._session.is_running
        windows = (*(it for it in floating if it.isVisible()), self._window)
        self._pictures = [FrozenPicture(it, actions, self.end) for it in windows]
        self._session.pause()
        self._pictures[-1].setFocus()

    @Slot()
    def end(self, *, resumes: bool = True) -> None:
        """Show the window as it is now; the training goes on if it did before, and `resumes`."""
        pictures, self._pictures = self._pictures, []
        for picture in pictures:
            picture.hide()
            picture.deleteLater()
        if pictures and resumes and self._was_running:
            self._session.play()


class FrozenPicture(QWidget):
    """A picture of a window that lies over it, with a word that says so and a button that calls `end`."""

    def __init__(self, window: QWidget, actions: Sequence[QAction], end: Callable[[], None]) -> None:
        super().__init__(window)
        self.setObjectName("frozen_picture")
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self._window, self._end = window, end
        self._keys = [key for action in actions if action.isEnabled() for key in action.shortcuts()]
        self._picture = window.grab()
        self._word = QFrame(self)
        self._word.setObjectName("frozen_word")
        self._word.setProperty("role", "notice")
        button = Button(name="frozen_end", role="primary", text=_("Go on"), tip=_("Esc, too"))
        button.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        button.clicked.connect(end)
        layouts.row(
            text_label(role="strong", text=_("The picture is frozen"), wraps=False),
            button,
            parent=self._word,
            gap=12,
            margins=(16, 8, 10, 8),
        )
        window.installEventFilter(self)
        self._place()
        self.show()
        self.raise_()

    def event(self, event: QEvent) -> bool:
        if isinstance(event, QKeyEvent) and event.type() == QEvent.Type.ShortcutOverride:
            if QKeySequence(event.keyCombination()) not in self._keys:
                event.accept()  # comes as a key then, and goes no further
            return True
        return super().event(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.matches(QKeySequence.StandardKey.Cancel):
            self._end()

    def focusNextPrevChild(self, _forward: bool) -> bool:
        return True

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() == QEvent.Type.Resize:
            self._place()
        return super().eventFilter(watched, event)

    def paintEvent(self, _event: QPaintEvent) -> None:
        with QPainter(self) as painter:
            painter.drawPixmap(self.rect(), self._picture)
            width = theme.px(BORDER)
            painter.setPen(QPen(theme.color("warning"), 2 * width))
            painter.drawRect(self.rect())

    def _place(self) -> None:
        self.setGeometry(self._window.rect())
        size = self._word.sizeHint()
        self._word.resize(size)
        self._word.move((self.width() - size.width()) // 2, self.height() - size.height() - theme.px(6))

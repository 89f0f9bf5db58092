"""What lies over the window for a while: the picture that is frozen, a short message, the card of the first start."""

from collections.abc import Callable, Sequence

from PySide6.QtCore import QEvent, QObject, QPoint, Qt, QTimer
from PySide6.QtGui import QAction, QKeyEvent, QKeySequence, QPainter, QPaintEvent, QPen, QStatusTipEvent
from PySide6.QtWidgets import QGridLayout, QLabel, QWidget

from playground.language import N_, _
from playground.runtime.preferences import Preferences
from playground.runtime.session import Session
from playground.ui.core import layouts, theme
from playground.ui.notes.panel import NotesPanel
from playground.ui.shell.dialogs import open_page
from playground.ui.shell.dock_area import DockArea
from playground.ui.widgets.card import StyledFrame
from playground.ui.widgets.icons import Button
from playground.ui.widgets.labels import text_label
from playground.ui.widgets.message_card import MessageCard

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
        self._word = StyledFrame("frozen_word", "notice", self)
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


SHOWN_MS = 6000


class StatusMessage(QLabel):
    """Lies over the window, takes no clicks and no focus, and goes by itself; it says the window's status tips too."""

    def __init__(self, window: QWidget) -> None:
        super().__init__(window)
        self.setObjectName("status_message")
        self.setTextFormat(Qt.TextFormat.PlainText)
        self.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        self.setWordWrap(True)
        self._window = window
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.timeout.connect(self.hide)
        window.installEventFilter(self)
        self.hide()

    def say(self, sentence: str) -> None:
        """Show a sentence for a while, in place of the one before."""
        self.setText(sentence)
        self.setAccessibleName(sentence)
        self._place()
        self.show()
        self.raise_()
        self._timer.start(SHOWN_MS)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if isinstance(event, QStatusTipEvent) and event.tip():
            self.say(event.tip())
        if event.type() == QEvent.Type.Resize and self.isVisible():
            self._place()
        return super().eventFilter(watched, event)

    def _place(self) -> None:
        air = theme.px(12)
        margins = self.contentsMargins()
        width = self.fontMetrics().horizontalAdvance(self.text()) + theme.px(32) + margins.left() + margins.right()
        self.setFixedWidth(min(width, self._window.width() - 2 * air))
        self.resize(self.width(), self.heightForWidth(self.width()))
        x = (self._window.width() - self.width()) // 2
        self.move(QPoint(x, self._window.height() - self.height() - theme.px(36)))


SENTENCES = (
    N_("Press the blue button or the space bar: the network learns until you press it again, or until it is done."),
    N_(
        "Watch the large picture in the middle take on the colours of the points, and the loss at the top right fall: "
        "the loss says how wrong the network still is."
    ),
    N_("A picture under Data opens another problem, with a network that suits it."),
    N_("Step trains a single step; Reset goes back to the start."),
    N_("If something goes wrong, a card comes up in this place: “Why?” on it explains the reason."),
)
WIDTH = 350  # that of the column below it


class FirstSteps(StyledFrame):
    """Lies over the lower right corner of the panels, so that nothing moves when it comes and goes.

    It gives way to the cards of the notes, which are below it, and to lessons.
    """

    def __init__(self, area: DockArea, preferences: Preferences) -> None:
        super().__init__("first_steps", "info", area)
        self._area, self._preferences = area, preferences
        self.setAccessibleName(_("First steps"))
        tip = _("Close; Help > First steps shows it again")
        close = Button(name="first_steps_close", text=_("Got it"), tip=tip, role="small")
        close.clicked.connect(self._on_close)
        tip = _("Opens the help page that explains everything on the screen")
        more = Button(name="first_steps_more", text=_("What is on the screen"), tip=tip, role="link")
        more.clicked.connect(lambda: open_page(self.window()))
        grid = QGridLayout()
        grid.setHorizontalSpacing(8)
        grid.setVerticalSpacing(5)
        grid.setColumnStretch(1, 1)
        for k, text in enumerate(SENTENCES):
            grid.addWidget(text_label(text=f"{k + 1}"), k, 0, Qt.AlignmentFlag.AlignTop)
            grid.addWidget(text_label(role="", text=_(text)), k, 1)
        title, buttons = text_label(role="strong", text=_("First steps")), layouts.row(more, None, close)
        layouts.column(title, grid, buttons, parent=self, gap=8, margins=(14, 11, 14, 11))
        self._notes = area.docks[NotesPanel.name]
        area.installEventFilter(self)
        self._lesson = area.docks["lesson_panel"]
        area.panel(NotesPanel).said.connect(self._give_way, Qt.ConnectionType.QueuedConnection)
        self._lesson.visibilityChanged.connect(self._on_lesson)
        self.hide()

    def welcome(self) -> None:
        """Show it at the start, until the user has closed it once."""
        if self._preferences.first_steps and self._lesson.isHidden():
            self.open()

    def _on_lesson(self, is_shown: bool) -> None:
        """Give way to a lesson, which says itself what to do."""
        if is_shown:
            self.hide()

    def open(self) -> None:
        self.show()
        self._place()
        self._give_way()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Escape:
            self._on_close()
            return
        super().keyPressEvent(event)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() == QEvent.Type.Resize and self.isVisible():
            self._place()  # at once: else it would be painted in its old place first
        elif event.type() == QEvent.Type.ChildAdded and self.isVisible():
            QTimer.singleShot(0, self, self._place)
        return super().eventFilter(watched, event)

    def _place(self) -> None:
        width = theme.px(WIDTH)
        height = self.heightForWidth(width)
        room = self._area.size()
        self.setGeometry(room.width() - width, max(room.height() - height, 0), width, min(height, room.height()))
        self.raise_()

    def _give_way(self) -> None:
        cards = self._notes.findChildren(MessageCard)
        if self.isVisible() and any(card.isVisible() and card.objectName() != "about_notice" for card in cards):
            self.hide()

    def _on_close(self) -> None:
        self.hide()
        self._preferences.first_steps = False

"""The card of the first start: five sentences on what to do first."""

from PySide6.QtCore import QEvent, QObject, Qt, QTimer, Slot
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QFrame, QGridLayout

from playground.language import N_, _
from playground.runtime.preferences import Preferences
from playground.ui.core import layouts, theme
from playground.ui.notes.panel import NotesPanel
from playground.ui.shell.dock_area import DockArea
from playground.ui.shell.help_page import open_page
from playground.ui.widgets.icons import Button
from playground.ui.widgets.labels import text_label
from playground.ui.widgets.message_card import MessageCard

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


class FirstSteps(QFrame):
    """Lies over the lower right corner of the panels, so that nothing moves when it comes and goes.

    It gives way to the cards of the notes, which are below it.
    """

    def __init__(self, area: DockArea, preferences: Preferences) -> None:
        super().__init__(area)
        self.setObjectName("first_steps")
        self.setProperty("role", "info")
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
        area.panel(NotesPanel).said.connect(self._give_way, Qt.ConnectionType.QueuedConnection)
        self.hide()

    def welcome(self) -> None:
        """Show it at the start, until the user has closed it once."""
        if self._preferences.first_steps:
            self.open()

    def open(self) -> None:
        self.show()
        self._place()
        self.raise_()
        self._give_way()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Escape:
            self._on_close()
            return
        super().keyPressEvent(event)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() == QEvent.Type.Resize and self.isVisible():
            QTimer.singleShot(0, self, self._place)
        return super().eventFilter(watched, event)

    @Slot()
    def _place(self) -> None:
        width = theme.px(WIDTH)
        height = self.heightForWidth(width)
        room = self._area.size()
        self.setGeometry(room.width() - width, max(room.height() - height, 0), width, min(height, room.height()))

    @Slot()
    def _give_way(self) -> None:
        cards = self._notes.findChildren(MessageCard)
        if self.isVisible() and any(card.isVisible() and card.objectName() != "about_notice" for card in cards):
            self.hide()

    @Slot()
    def _on_close(self) -> None:
        self.hide()
        self._preferences.first_steps = False

"""A dock that looks like a card: its heading is the handle to move it by."""

from collections.abc import Sequence

from PySide6.QtCore import QEvent, QObject, QSize, Qt, QTimer
from PySide6.QtGui import QAction, QEnterEvent
from PySide6.QtWidgets import QApplication, QDockWidget, QFrame, QStackedLayout, QWidget

from playground.data.catalog import CATALOG
from playground.language import _
from playground.runtime.session import Session
from playground.ui.core import layouts, theme
from playground.ui.core.tab_order import focus_next, in_reading_order
from playground.ui.widgets.card import MARGIN, Heading
from playground.ui.widgets.icons import IconButton
from playground.ui.widgets.labels import show_text, text_label

LEAST_WIDTH = 300


class CardHead(QFrame):
    """The upper part of the card: heading, buttons that show under the pointer, and the panel's own header."""

    def __init__(self, dock: "CardDock") -> None:
        super().__init__()
        self.setObjectName("card_head")
        self._header: QWidget | None = None
        self.heading = Heading()
        name, close = dock.objectName(), _("Close; open it again in the View menu")
        self.float_button = IconButton("float", name=f"{name}_float", text=_("Float or dock"), size=11)
        self.close_button = IconButton("close", name=f"{name}_close", text=close, size=11)
        self.float_button.clicked.connect(lambda: dock.setFloating(not dock.isFloating()))
        self.close_button.clicked.connect(dock.close)
        self._tools = QFrame(self)  # over the head, not in its row: they show under the pointer only
        self._tools.setObjectName("card_tools")
        layouts.row(self.float_button, self.close_button, parent=self._tools)
        for button in (self.float_button, self.close_button):
            button.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self._tools.hide()
        dock.topLevelChanged.connect(self._tools.hide)  # what moved may have left the pointer without a word
        self._row = layouts.row(self.heading, None, parent=self, gap=6)
        self.set_tabbed(False)

    def set_header(self, header: QWidget) -> None:
        layouts.keep_room(header)
        self._header = header
        self._row.addWidget(header)
        self.set_tabbed(bool(self.property("tabbed")))

    def show_header(self, shows: bool) -> None:
        """Show the panel's own header, or leave its place empty."""
        if self._header is not None:
            self._header.setVisible(shows)

    def set_tabbed(self, tabbed: bool) -> None:
        """Show the heading, or none where a tab says the same."""
        self.heading.setVisible(not tabbed)
        if tabbed:
            self._row.setContentsMargins(MARGIN, 6, MARGIN, 0)
            self._tools.hide()
        else:
            self._row.setContentsMargins(MARGIN, 6, MARGIN, 2)
        bare = tabbed and self._header is None
        self.setMaximumHeight(8 if bare else 16777215)
        if self.property("tabbed") != tabbed:
            theme.set_property(self, "tabbed", tabbed)

    def minimumSizeHint(self) -> QSize:
        hint = super().minimumSizeHint()
        return QSize(min(hint.width(), theme.px(LEAST_WIDTH)), hint.height())

    def enterEvent(self, event: QEnterEvent) -> None:
        if not self.property("tabbed"):
            self._tools.adjustSize()
            place = self.heading.geometry()
            self._tools.move(place.right() + 6, place.center().y() - self._tools.height() // 2)
            self._tools.raise_()
            self._tools.show()
        super().enterEvent(event)

    def leaveEvent(self, event: QEvent) -> None:
        self._tools.hide()
        super().leaveEvent(event)


class CardDock(QDockWidget):
    """A dock for a panel, empty until it is filled.

    Parameters
    ----------
    name
        Its ``objectName``, under which the layout is remembered.
    title
        Its heading, until `set_title` sets another.
    bare
        Without card and heading: the content draws its own cards.
    """

    def __init__(self, name: str, title: str, area: QWidget, *, bare: bool = False) -> None:
        super().__init__(area)
        self.setObjectName(name)
        self.setAllowedAreas(Qt.DockWidgetArea.AllDockWidgetAreas)
        self.toggleViewAction().setObjectName(f"qt_{name}")  # Qt's own, which brings no tab to the front
        self.show_action = QAction(self)
        self.show_action.setObjectName(f"show_{name}")
        self.show_action.setCheckable(True)
        self.show_action.triggered.connect(self._on_show_action)
        self.visibilityChanged.connect(self._on_visibility_changed)
        self.head: CardHead | None = None
        if bare:
            self.setTitleBarWidget(layouts.box(layouts.row()))  # a layout of nothing: a height of 0, not of -1
            self.set_title(title)
            return
        self.head = CardHead(self)
        self.setTitleBarWidget(self.head)
        self._headline, self._sentence = text_label(role="strong"), text_label()
        self._content = QWidget()
        parts = (None, self._headline, self._sentence, None)
        self._page = layouts.box(layouts.column(*parts, gap=6, margins=(16, 4, 16, 4)))
        for label in (self._headline, self._sentence):
            label.setAlignment(Qt.AlignmentFlag.AlignCenter)
        body = QFrame()
        body.setObjectName("card_body")
        self._pages = QStackedLayout()  # a page that is not shown is neither drawn nor reached with the keyboard
        layouts.column(self._pages, parent=body, margins=(MARGIN, 2, MARGIN, MARGIN))
        for page in (self._content, self._page):
            self._pages.addWidget(page)
        self.setWidget(body)
        self.set_title(title)

    def fill(self, content: QWidget, header: QWidget | None = None) -> None:
        """Show the panel, and its header widget, if any, at the right of the heading."""
        if self.head is None:
            self.setWidget(content)
            return
        if header is not None:
            self.head.set_header(header)
            self.head.show_header(self.message is None)
        is_covered = self.message is not None
        self._pages.insertWidget(0, content)
        self._pages.setCurrentWidget(self._page if is_covered else content)
        self._content.deleteLater()
        self._content = content
        keyboard, frame = content.focusProxy(), self.widget()
        if keyboard is not None and frame is not None:
            frame.setFocusProxy(keyboard)

    def show_message(self, headline: str, sentence: str) -> None:
        """Say, in the place of the panel, why there is nothing to show; what is without a card stays as it is."""
        if self.head is not None:
            self.head.show_header(False)
            show_text(self._headline, headline)
            show_text(self._sentence, sentence)
            self._page.setAccessibleName(f"{headline} {sentence}".strip())
            self._pages.setCurrentWidget(self._page)

    def show_content(self) -> None:
        """Show the panel again."""
        if self.head is not None:
            self.head.show_header(True)
            self._pages.setCurrentWidget(self._content)

    @property
    def message(self) -> tuple[str, str] | None:
        """Headline and sentence shown instead of the panel; None while the panel is shown, and of what is bare."""
        is_said = self.head is not None and self._pages.currentWidget() is self._page
        return (self._headline.text(), self._sentence.text()) if is_said else None

    def set_title(self, text: str) -> None:
        self.setWindowTitle(text)
        self.setAccessibleName(text)
        self.show_action.setText(text)
        if self.head is not None:
            self.head.heading.set_text(text)

    @property
    def is_in_front(self) -> bool:
        """Whether it is open and not behind another's tab: Qt moves such a dock out of its window."""
        parent = self.parentWidget()
        return self.isVisible() and (self.isFloating() or parent is None or self.geometry().intersects(parent.rect()))

    def activate_dock(self) -> None:
        """Open it, in front of the other tabs, and set the keyboard focus to it."""
        self.show()
        self.raise_()
        if self.isFloating():
            self.activateWindow()
        self.focus_content()

    def focus_content(self) -> None:
        """Set the keyboard focus to what it shows."""
        content = self.widget()
        if content is not None:
            content.setFocus(Qt.FocusReason.ShortcutFocusReason)

    def focusNextPrevChild(self, forward: bool) -> bool:
        if not self.isFloating():
            return super().focusNextPrevChild(forward)
        return focus_next(in_reading_order(self), QApplication.focusWidget(), forward=forward)

    def _on_show_action(self) -> None:
        if self.is_in_front:
            self.close()
        else:
            self.activate_dock()
        self._on_visibility_changed()

    def _on_visibility_changed(self) -> None:
        self.show_action.setChecked(not self.isHidden())

    def set_tabbed(self, tabbed: bool) -> None:
        """Show the heading, or none where a tab says the same."""
        if self.head is not None:
            self.head.set_tabbed(tabbed and not self.isFloating())


READING_MS = 500
"""Data that are not there by then are said to be read: the pictures of the run before would be taken for theirs."""


class EmptyState(QObject):
    """Shows in the docks why an experiment cannot be built, and shows the panels again with the next run.

    Parameters
    ----------
    session
        What runs, or says why nothing does.
    main
        Docks with room for what to do about it.
    others
        Docks that only say that there is nothing.
    """

    def __init__(self, session: Session, main: Sequence[CardDock], others: Sequence[CardDock], parent: QObject) -> None:
        super().__init__(parent)
        self._main, self._others = tuple(main), tuple(others)
        self._session = session
        self._reading = QTimer(self)
        self._reading.setSingleShot(True)
        self._reading.setInterval(READING_MS)
        self._reading.timeout.connect(self._on_reading)
        session.ordered.connect(self._on_ordered)
        session.run_started.connect(self._on_run_started)
        session.data_missing.connect(self._on_data_missing)
        session.refused.connect(self._on_refused)
        session.failed.connect(self._on_failed)

    def _show(self, headline: str, sentence: str) -> None:
        for dock in self._main:
            dock.show_message(headline, sentence)
        for dock in self._others:
            dock.show_message("", headline)

    def _on_ordered(self) -> None:
        if self._session.is_reading and not self._reading.isActive():
            self._reading.start()

    def _on_reading(self) -> None:
        if self._session.is_reading:
            self._show(_("Reading the data…"), _("The run begins when they are here."))

    def _on_data_missing(self, name: str) -> None:
        headline = _("{data} is not on this machine yet").format(data=_(CATALOG[name].label))
        self._show(headline, _("Under Data you can download it, choose the folder it is in, or choose other data."))

    def _on_refused(self, sentence: str) -> None:
        self._show(_("This experiment cannot run."), sentence)

    def _on_failed(self) -> None:
        self._show(_("Training stopped because of an error in the program."), _("Press Play or Reset to start again."))

    def _on_run_started(self) -> None:
        for dock in (*self._main, *self._others):
            dock.show_content()

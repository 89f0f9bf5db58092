"""The ground on which the panels lie: docks that look like cards, in a layout that can be remembered."""

from collections.abc import Iterator
from itertools import pairwise

from PySide6.QtCore import QByteArray, QCoreApplication, QEvent, Qt, QTimer, Signal, Slot
from PySide6.QtGui import QAction, QPaintEvent, QResizeEvent
from PySide6.QtWidgets import QApplication, QMainWindow, QTabBar, QTabWidget, QWidget

from playground.language import _
from playground.runtime.session import Session
from playground.runtime.store import Store
from playground.ui.core import theme
from playground.ui.core.panel import Panel
from playground.ui.core.tab_order import in_reading_order
from playground.ui.notes.panel import NotesPanel
from playground.ui.setup.data_panel import DataPanel
from playground.ui.shell.card_column import CardColumn
from playground.ui.shell.card_dock import CardDock
from playground.ui.shell.empty_state import EmptyState
from playground.ui.shell.panel_catalog import PANELS, LatePlace, Loading
from playground.ui.shell.side_columns import SideColumns
from playground.ui.widgets.card import Card

LAYOUT_VERSION = 1
SETUP_WIDTH, MIDDLE_WIDTH, RIGHT_WIDTH = 290, 460, 350
RIGHT_SHARE = 0.34  # of the whole width, at most: in presenter mode everything is larger
TOP_SHARE, PRESENTED_TOP_SHARE = 0.41, 0.34
"""Of the height, for the diagram; the rest is for the picture that everybody looks at, from the last row too."""

LOW, LOW_TOP_SHARE = 560, 0.47
"""In a window lower than this the diagram needs a larger share to show eight units."""

DIGITS = "1234567890"
"""The keys that, with Ctrl, bring the first docks forward; the others have their line in the View menu."""


class DockArea(QMainWindow):
    """Holds every panel of the catalogue; a plain widget inside the main window.

    Attributes
    ----------
    is_painted
        Whether anything has been on the screen yet; the panels that come late are made from then on.

    Signals
    -------
    panel_made(panel)
        A panel that was not there when the window came up is there now.
    """

    panel_made = Signal(object)

    def __init__(self, store: Store, session: Session) -> None:
        super().__init__()
        self.setObjectName("dock_area")
        self.setWindowFlags(Qt.WindowType.Widget)
        self.setDockOptions(QMainWindow.DockOption.AllowTabbedDocks | QMainWindow.DockOption.AllowNestedDocks)
        self.setTabPosition(Qt.DockWidgetArea.AllDockWidgetAreas, self._north())
        self._store, self._session = store, session
        self.panels: dict[str, Panel] = {}
        self._late: dict[str, LatePlace] = {}
        self._loading = Loading()
        self.is_painted = False
        self.docks: dict[str, CardDock] = {}
        self._settling = QTimer(self)
        self._settling.setSingleShot(True)
        self._settling.timeout.connect(self._dress_tabs)
        self._settling.timeout.connect(self._fit_notes)
        self.column = CardColumn("setup_column")
        self._cards: dict[str, Card] = {}
        self.column.compact_changed.connect(self._on_compact_changed)
        self.docks["setup"] = CardDock("setup_dock", bare=True)
        self.docks["setup"].fill(self.column)
        for place in PANELS:
            if place.area != "setup":
                self.docks[place.name] = CardDock(f"{place.name}_dock", bare=place.area == "notes")
            if isinstance(place, LatePlace):
                self._late[place.name] = place
            else:
                self._add(place.panel(store, session))
        for dock, digit in zip(self.docks.values(), DIGITS, strict=False):
            dock.show_action.setShortcut(f"Ctrl+{digit}")
        for dock in self.docks.values():
            for signal in (dock.dockLocationChanged, dock.topLevelChanged, dock.visibilityChanged):
                signal.connect(self._on_moved)
        notes = self.panels[NotesPanel.name]
        assert isinstance(notes, NotesPanel)
        notes.fitted.connect(self._on_notes_fitted, Qt.ConnectionType.QueuedConnection)  # not while it is laid out
        top = self._docks_of("top")
        self._no_run = EmptyState(session, top, [dock for dock in self.docks.values() if dock not in top], self)
        session.data_missing.connect(self._on_data_missing)
        self._in_place = False
        self._layout = b""
        right = [*self._docks_of("right"), *self._docks_of("notes")]
        self._sides = SideColumns(self, [[self.docks["setup"]], right], top[0], MIDDLE_WIDTH)
        self.arrange()
        self.retranslate()

    @property
    def is_complete(self) -> bool:
        """Whether every panel has been made."""
        return not self._late

    def shut_down(self) -> None:
        """Make no more panels, and end what the others do in the background."""
        self._late.clear()
        for panel in self.panels.values():
            panel.shut_down()

    def show_actions(self) -> list[QAction]:
        """Return the actions that show and hide a panel each."""
        return [dock.show_action for dock in self.docks.values()]

    def stops(self) -> Iterator[QWidget]:
        """Yield what Tab stops at: column by column, the tabs before the panel that they are in front of."""
        bars = self.findChildren(QTabBar, options=Qt.FindChildOption.FindDirectChildrenOnly)
        docks = [dock for dock in self.docks.values() if dock.is_in_front and not dock.isFloating()]
        for dock in sorted(docks, key=lambda dock: (dock.x(), dock.y())):
            if self.tabifiedDockWidgets(dock):
                yield from (bar for bar in bars if dock.windowTitle() in map(bar.tabText, range(bar.count())))
            yield from in_reading_order(dock)

    def float_dock(self) -> None:
        """Let the dock that has the keys float, or put it back; without one, the one in front of the tabs."""
        focused = QApplication.focusWidget()
        docks = [dock for dock in self.docks.values() if focused is not None and dock.isAncestorOf(focused)]
        docks += [dock for dock in self.docks.values() if dock.is_in_front and self.tabifiedDockWidgets(dock)]
        for dock in docks[:1]:
            dock.setFloating(not dock.isFloating())
            dock.bring_forward()

    def arrange(self) -> None:
        """Put every panel where the catalogue wants it."""
        for dock in self.docks.values():
            if dock.isFloating():
                dock.setFloating(False)
            self.removeDockWidget(dock)
        areas = {area: self._docks_of(area) for area in ("top", "tabs", "right", "notes")}
        left = Qt.DockWidgetArea.LeftDockWidgetArea
        self.addDockWidget(left, self.docks["setup"])
        columns = [[self.docks["setup"]], [*areas["top"], *areas["tabs"][:1]], [*areas["right"], *areas["notes"]]]
        columns = [rows for rows in columns if rows]
        for here, beside in pairwise(columns):
            self.splitDockWidget(here[0], beside[0], Qt.Orientation.Horizontal)
        for rows in columns:
            for above, below in pairwise(rows):
                self.splitDockWidget(above, below, Qt.Orientation.Vertical)
        for tab in areas["tabs"][1:]:
            self.tabifyDockWidget(areas["tabs"][0], tab)
        closed = {place.name for place in PANELS if not place.is_open}
        for name, dock in self.docks.items():
            dock.setVisible(name not in closed)
        if areas["tabs"]:
            areas["tabs"][0].raise_()
        for card in self._cards.values():
            card.set_folded(False)
        self.balance()

    def bring(self, name: str) -> Panel:
        """Open a panel, before the others whose place it shares, and return it."""
        self._make(name)
        self.docks[name].show()
        self.docks[name].raise_()
        return self.panels[name]

    def save(self) -> bytes:
        """Return where everything is."""
        return self._layout or bytes(self.saveState(LAYOUT_VERSION).data())

    def restore(self, layout: bytes) -> None:
        """Put everything where it was, as soon as there is room to share; what cannot be read is passed over."""
        self._layout = layout
        if self.isVisible():
            self._take_over_layout()

    def _take_over_layout(self) -> None:
        """Put everything where it is to be; where that is too wide for the window, share its room out anew."""
        layout, self._layout = self._layout, b""
        if layout and self.restoreState(QByteArray(layout), LAYOUT_VERSION):
            shown = [dock for dock in self.docks.values() if not dock.isFloating() and not dock.isHidden()]
            inside = [dock.geometry() for dock in shown if dock.geometry().right() >= 0]  # tabs behind are outside
            if any(place.left() < 0 or place.right() > self.rect().right() for place in inside):
                self.balance()
            self._on_moved()
            QTimer.singleShot(0, self, self._on_moved)  # once it is laid out: the notes may need another height now

    def folded(self) -> list[str]:
        """Return the names of the folded cards."""
        return [name for name, card in self._cards.items() if card.is_folded]

    def fold(self, names: list[str]) -> None:
        """Fold these cards and unfold the others."""
        for name, card in self._cards.items():
            card.set_folded(name in names)

    def retranslate(self) -> None:
        """Set every text in the language in use."""
        self.docks["setup"].set_title(_("Set-up"))
        for name, panel in self.panels.items():
            (self._cards.get(name) or self.docks[name]).set_title(panel.title())
        for name, place in self._late.items():
            self.docks[name].set_title(_(place.title))
        for dock in self.docks.values():
            dock.set_tips(_("Float or dock"), _("Close; open it again in the View menu"))
        self._no_run.retranslate()
        self._on_moved()

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() == QEvent.Type.LanguageChange:
            self.retranslate()

    def showEvent(self, event: QEvent) -> None:
        super().showEvent(event)  # type: ignore[arg-type]
        if not self._in_place:
            self._in_place = True
            self.balance()
            QTimer.singleShot(0, self, self._take_over_layout)
        self._on_moved()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._sides.follow()
        notes = self.panels[NotesPanel.name]
        assert isinstance(notes, NotesPanel)
        notes.set_room(self.height())

    def settle(self) -> None:
        """Give everything its place for this size at once, which else would be seen to follow in later turns."""
        for correct in (self._sides.keep, self._fit_notes):
            QCoreApplication.sendPostedEvents(None, QEvent.Type.LayoutRequest.value)
            correct()
        QCoreApplication.sendPostedEvents(None, QEvent.Type.LayoutRequest.value)
        QCoreApplication.sendPostedEvents(self.column, 0)  # whether it needs its scroll bar

    def paintEvent(self, event: QPaintEvent) -> None:
        super().paintEvent(event)
        if not self.is_painted:
            self.is_painted = True
            QTimer.singleShot(0, self, self._make_next)

    @Slot()
    def _make_next(self) -> None:
        """Make one of the panels that are not there yet, those that can be seen first; the next when nothing waits."""
        if not self._late:
            return
        name = min(self._late, key=lambda name: self.docks[name].visibleRegion().isEmpty())
        is_loaded = self._loading.has_loaded(self._late[name].module)
        QTimer.singleShot(0, self, self._make_next)  # first: one may fail
        if is_loaded:
            self._make(name)

    def _make(self, name: str) -> None:
        """Make a panel, unless it is there already."""
        if name not in self._late:
            return
        panel = self._late.pop(name).load()(self._store, self._session)
        self._add(panel)
        self.docks[name].set_title(panel.title())
        self.panel_made.emit(panel)

    def _add(self, panel: Panel) -> None:
        """Put a panel into its dock, or into its card of the column at the left."""
        self.panels[panel.name] = panel
        if panel.name not in self.docks:
            self._add_card(panel)
            return
        self.docks[panel.name].fill(panel, panel.header())
        panel.windowTitleChanged.connect(self.docks[panel.name].set_title)

    def _add_card(self, panel: Panel) -> None:
        card = Card(f"{panel.name}_card", collapsible=True)
        header = panel.header()
        if header is not None:
            card.set_header(header)
        card.set_content(panel)
        self._cards[panel.name] = card
        self.column.add(card)

    def _docks_of(self, area: str) -> list[CardDock]:
        return [self.docks[place.name] for place in PANELS if place.area == area]

    def balance(self) -> None:
        """Share the room out: set-up and results as wide as they need, the middle takes the rest."""
        top, tabs, right = (self._docks_of(area) for area in ("top", "tabs", "right"))
        middle = (top or tabs)[:1]
        between = self._sides.between
        setup = 0 if self.docks["setup"].isHidden() else theme.px(SETUP_WIDTH)
        wanted = [(self.docks["setup"], setup)] if setup else []
        results = min(theme.px(RIGHT_WIDTH), round(self.width() * RIGHT_SHARE))
        spare = self.width() - setup - theme.px(MIDDLE_WIDTH)  # what a narrow window leaves beside the middle
        results = max(min(results, spare), *(dock.minimumSizeHint().width() for dock in right), 0)
        rest = self.width() - setup - results - bool(setup) * between - between
        wanted += [(dock, max(rest, 100)) for dock in middle]
        wanted += [(dock, results) for dock in right[:1]]
        self.resizeDocks([dock for dock, _size in wanted], [size for _dock, size in wanted], Qt.Orientation.Horizontal)
        if top and tabs:
            height = self.height()
            share = PRESENTED_TOP_SHARE
            if theme.scale() <= 1:
                share = TOP_SHARE if height >= LOW else LOW_TOP_SHARE
            sizes = [round(height * share), round(height * (1 - share))]
            self.resizeDocks([top[0], tabs[0]], sizes, Qt.Orientation.Vertical)
        if len(right) > 1:
            notes = self.panels[NotesPanel.name].minimumHeight()
            share = (self.height() - notes) // len(right)
            self.resizeDocks(
                [*right, *self._docks_of("notes")], [share] * len(right) + [notes], Qt.Orientation.Vertical
            )

    @staticmethod
    def _north() -> QTabWidget.TabPosition:
        """Return the place of the tabs: above."""
        return QTabWidget.TabPosition.North

    @Slot(int)
    def _on_notes_fitted(self, height: int) -> None:
        """Give the notes the room they need, and no more; those above them share in what that changes."""
        dock = self.docks[NotesPanel.name]
        if not dock.isVisible() or dock.isFloating() or dock.height() == height:
            return
        column = [it for it in self._docks_of("right") if it.is_in_front and not it.isFloating() and it.x() == dock.x()]
        shares = [round((height - dock.height()) * k / max(len(column), 1)) for k in range(len(column) + 1)]
        heights = [it.height() - (after - before) for it, (before, after) in zip(column, pairwise(shares), strict=True)]
        self.resizeDocks([*column, dock], [*heights, height], Qt.Orientation.Vertical)  # with one alone Qt is off a bit

    @Slot()
    def _on_data_missing(self) -> None:
        """Bring to sight where the data can be fetched."""
        self.docks["setup"].show()
        card = self._cards[DataPanel.name]
        card.set_folded(False)
        self.column.ensureWidgetVisible(card, 0, 0)

    @Slot(bool)
    def _on_compact_changed(self, compact: bool) -> None:
        """Tell the panels of the set-up whether there is little height."""
        for name in self._cards:
            self.panels[name].set_compact(compact)

    @Slot()
    def _on_moved(self) -> None:
        """Look at the tabs, and at the room of the notes, once everything has settled."""
        self._settling.start()

    def _fit_notes(self) -> None:
        self._on_notes_fitted(self.panels[NotesPanel.name].minimumHeight())

    def _dress_tabs(self) -> None:
        for dock in self.docks.values():
            dock.set_tabbed(bool(self.tabifiedDockWidgets(dock)))
        for bar in self.findChildren(QTabBar, options=Qt.FindChildOption.FindDirectChildrenOnly):
            bar.setDrawBase(False)
            bar.setExpanding(False)
            bar.setDocumentMode(True)
            bar.setElideMode(Qt.TextElideMode.ElideNone)
            bar.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
            bar.setObjectName("panel_tabs")
            bar.setAccessibleName(_("Tabs of the panels"))

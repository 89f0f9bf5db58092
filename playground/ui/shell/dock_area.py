"""The area of the panels: docks that look like cards, in a layout that can be remembered."""

import sys
from collections.abc import Iterator, Sequence
from itertools import pairwise
from typing import TypeVar

from PySide6.QtCore import QByteArray, QEvent, QSize, Qt, QTimer, Signal
from PySide6.QtGui import QAction, QPaintEvent, QResizeEvent
from PySide6.QtWidgets import QApplication, QMainWindow, QSizePolicy, QStyle, QTabBar, QTabWidget, QWidget
from shiboken6 import getCppPointer, isValid

from playground.language import _
from playground.runtime.session import Session
from playground.runtime.store import Store
from playground.ui.core import theme
from playground.ui.core.panel import Panel
from playground.ui.core.tab_order import in_reading_order
from playground.ui.notes.panel import NotesPanel
from playground.ui.setup.data_panel import DataPanel
from playground.ui.shell.card_dock import CardDock, EmptyState
from playground.ui.shell.columns import NOT_DRAWN, usual_widths
from playground.ui.shell.panel_catalog import PANELS, Entry
from playground.ui.widgets.card import Card, CardColumn

SomePanel = TypeVar("SomePanel", bound=Panel)

LAYOUT_VERSION = 2
TOP_SHARE, PRESENTED_TOP_SHARE = 0.41, 0.34
"""Of the height, for the diagram; the rest is for the boundary, which is visible from the last row too."""

LESSON_SHARE = 2.6
"""How much higher a lesson is than a curve below it."""

LOW, LOW_TOP_SHARE = 560, 0.47
"""In a window lower than this the diagram needs a larger share to show eight units."""

DIGITS = "1234567890"
"""The keys that, with Ctrl, bring the first docks forward; the others have their line in the View menu."""


class DockArea(QMainWindow):
    """Holds every panel of the catalogue; a plain widget inside the main window.

    Attributes
    ----------
    is_painted
        Whether anything has been on the screen yet; the panels that come late are made then, or when they are opened.

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
        self.setTabPosition(Qt.DockWidgetArea.AllDockWidgetAreas, QTabWidget.TabPosition.North)
        self._store, self._session = store, session
        self.panels: dict[str, Panel] = {}
        self._late = {entry.name: entry for entry in PANELS if entry.is_late}
        self._cards: dict[str, Card] = {}
        self.is_painted = False
        self.is_balanced = True
        """Whether the columns have their usual widths at every size, as until somebody draws one wider."""
        self._shared: list[int] = []
        self._layout = b""  # to be taken over once there is room
        self._awaited: tuple[QSize | None, QByteArray] = None, QByteArray()  # a size, and the layout for it
        self._waiting = QTimer(self, singleShot=True, interval=1000)
        self._moving = QTimer(self, singleShot=True)
        self._moving.timeout.connect(self._style_tabs)
        self.column = CardColumn()

        self.docks = {"setup": CardDock("setup_dock", _("Set-up"), self, bare=True)}
        self.docks["setup"].fill(self.column)
        for entry in PANELS:
            if entry.area != "setup":
                self.docks[entry.name] = CardDock(
                    f"{entry.name}_dock", _(entry.title), self, bare=entry.area == "notes"
                )
            if not entry.is_late:
                self._make(entry)
        for dock, digit in zip(self.docks.values(), DIGITS, strict=False):
            dock.show_action.setShortcut(f"Ctrl+{digit}")
        self.addActions(self.show_actions())  # that their keys work without the menu bar, too
        for dock in self.docks.values():
            for signal in (dock.dockLocationChanged, dock.topLevelChanged, dock.visibilityChanged):
                signal.connect(self._on_moved)
            for signal in (dock.dockLocationChanged, dock.topLevelChanged):
                signal.connect(self._on_rearranged)
            dock.visibilityChanged.connect(self._make_late)
        narrow = ("lesson", "right", "notes")
        for dock in (self.docks["setup"], *(dock for area in narrow for dock in self._docks_of(area))):
            # A column that does not want to grow: what a larger window has more of is for the middle.
            dock.setSizePolicy(QSizePolicy.Policy.Maximum, QSizePolicy.Policy.Preferred)
        top = self._docks_of("top")
        lesson = self._docks_of("lesson")  # which has something to say without a run, too
        EmptyState(session, top, [dock for dock in self.docks.values() if dock not in (*top, *lesson)], self)
        session.data_missing.connect(self._on_data_missing)
        self.arrange()

    @property
    def is_complete(self) -> bool:
        """Whether every panel that is open has been made."""
        return all(self.docks[name].isHidden() for name in self._late)

    def shut_down(self) -> None:
        """End what the panels do in the background; make no more of them."""
        self._late.clear()
        for panel in self.panels.values():
            panel.shut_down()

    def show_actions(self) -> list[QAction]:
        """Return the actions that show and hide a panel each."""
        return [dock.show_action for dock in self.docks.values()]

    def stops(self) -> Iterator[QWidget]:
        """Yield what Tab stops at: column by column, the tabs before the panel that they are in front of."""
        bars = [(bar, self._docks_in(bar)) for bar in self._tab_bars() if bar.isVisible()]
        docks = [dock for dock in self.docks.values() if dock.is_in_front and not dock.isFloating()]
        for dock in sorted(docks, key=lambda dock: (dock.x(), dock.y())):
            if self.tabifiedDockWidgets(dock):
                yield from (bar for bar, inside in bars if dock in inside)
            yield from in_reading_order(dock)

    def float_dock(self) -> None:
        """Float the dock with the keyboard focus, or put it back; without one, the one in front of the tabs."""
        focused = QApplication.focusWidget()
        docks = [dock for dock in self.docks.values() if focused is not None and dock.isAncestorOf(focused)]
        docks += [dock for dock in self.docks.values() if dock.is_in_front and self.tabifiedDockWidgets(dock)]
        for dock in docks[:1]:
            dock.setFloating(not dock.isFloating())
            dock.activate_dock()

    def arrange(self) -> None:
        """Put every panel where the catalogue wants it."""
        self.is_balanced = False
        for dock in self.docks.values():
            if dock.isFloating():
                dock.setFloating(False)
            self.removeDockWidget(dock)
        top, tabs, lesson, right, notes = map(self._docks_of, ("top", "tabs", "lesson", "right", "notes"))
        self.addDockWidget(Qt.DockWidgetArea.LeftDockWidgetArea, self.docks["setup"])
        columns = [[self.docks["setup"]], [*top, tabs[0]], [*lesson, *right, *notes]]
        for here, beside in pairwise(columns):
            self.splitDockWidget(here[0], beside[0], Qt.Orientation.Horizontal)
        for rows in columns:
            for above, below in pairwise(rows):
                self.splitDockWidget(above, below, Qt.Orientation.Vertical)
        for tab in tabs[1:]:
            self.tabifyDockWidget(tabs[0], tab)
        closed = {entry.name for entry in PANELS if not entry.is_open}
        for name, dock in self.docks.items():
            dock.setVisible(name not in closed)
        tabs[0].raise_()
        self.fold([])
        if self.isVisible():
            self.balance()

    def show_panel(self, name: str) -> Panel:
        """Open a panel, before the others whose place it shares, and return it."""
        self._make_now(name)
        self.docks[name].show()
        self.docks[name].raise_()
        return self.panels[name]

    def show_only(self, names: Sequence[str], front: str | None) -> None:
        """Show these panels and no others; of those that share a place, `front` before the others."""
        wanted = set(names)
        for name in names:
            self._make_now(name)
        for name, dock in self.docks.items():
            if not dock.isFloating():
                dock.setVisible(name in wanted)
        self.docks["setup"].setVisible(bool(wanted & set(self._cards)))
        for name, card in self._cards.items():
            card.setVisible(name in wanted)
            if name in wanted:
                card.set_folded(False)
        if front in self.docks:
            self.docks[front].raise_()
        self.balance()

    def hide_results(self) -> None:
        """Leave the column of the results to what stands above them."""
        for dock in (*self._docks_of("right"), *self._docks_of("notes")):
            if not dock.isFloating():
                dock.hide()
        self.balance()

    def hide_setup(self) -> None:
        """Leave the room of the set-up to the others."""
        self._restore_waiting()
        self.docks["setup"].hide()
        self.balance()

    def show_all_cards(self) -> None:
        """Show every card of the set-up again."""
        for card in self._cards.values():
            card.show()

    def save(self) -> bytes:
        """Return where everything is."""
        return self._layout or bytes(self.saveState(LAYOUT_VERSION).data())

    def restore(self, layout: bytes, size: QSize | None = None) -> None:
        """Put everything where it was when `save` returned this, or once the area is shown; skip what is unreadable.

        Where it is too wide for the window, the width is shared out again. The heights are those of before only at the
        `size` of before: where a window manager gives that a little later, they are restored then.
        """
        self._awaited = size, QByteArray(layout)
        if size is not None:
            self._waiting.start()
        if not self.isVisible():
            self._layout = layout
        elif self._restore_docks(QByteArray(layout)):
            shown = [dock for dock in self.docks.values() if not dock.isFloating() and not dock.isHidden()]
            inside = [dock.geometry() for dock in shown if dock.geometry().right() >= 0]  # tabs behind are outside
            self.is_balanced = self._has_usual_widths()
            if any(place.left() < 0 or place.right() > self.rect().right() for place in inside):
                self.balance()
            self._on_moved()

    def _restore_docks(self, layout: QByteArray) -> bool:
        before = [bar for bar in self._tab_bars() if bar.isVisible()]
        is_restored = self.restoreState(layout, LAYOUT_VERSION)
        if is_restored:
            for bar in filter(isValid, before):  # WORKAROUND Qt 6.11: it makes others, and leaves these where they were
                bar.hide()
        return is_restored

    def folded(self) -> list[str]:
        """Return the names of the folded cards."""
        return [name for name, card in self._cards.items() if card.is_folded]

    def fold(self, names: list[str]) -> None:
        """Fold these cards and unfold the others."""
        for name, card in self._cards.items():
            card.set_folded(name in names)

    def showEvent(self, event: QEvent) -> None:
        super().showEvent(event)  # type: ignore[arg-type]
        if not self.is_painted:
            self.balance()
            QTimer.singleShot(0, self, self._restore_waiting)  # until then it may have another size
        self._on_moved()

    def _restore_waiting(self) -> None:
        layout, self._layout = self._layout, b""
        self.restore(layout)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._keep_balance()
        if self._waiting.isActive() and self.size() == self._awaited[0]:
            self._waiting.stop()
            QTimer.singleShot(0, self, lambda: self._restore_docks(self._awaited[1]))

    def event(self, event: QEvent) -> bool:
        is_handled = super().event(event)  # a drag between two docks, too
        if event.type() == QEvent.Type.MouseButtonRelease:
            self.is_balanced = self._has_usual_widths()
        elif event.type() == QEvent.Type.LayoutRequest and self._usual_widths()[1] != self._shared:
            self._keep_balance()  # what a panel needs at least has changed
            if any(dock.geometry().right() > self.width() for dock in self._usual_widths()[0]):
                self._share_width()  # also of columns that somebody has drawn wider: no room is left for one
        return is_handled

    def _keep_balance(self) -> None:
        if self.is_balanced and self.is_painted:
            self._share_width()

    def paintEvent(self, event: QPaintEvent) -> None:
        super().paintEvent(event)
        if not self.is_painted:
            self.is_painted = True
            QTimer.singleShot(0, self, self._make_late)

    def _make_late(self, is_visible: bool = True) -> None:
        """Make the panels that are open and not there yet; one that fails is reported, and its card stays empty."""
        if not self.is_painted or not is_visible:  # docks are hidden one by one where a window is deleted
            return
        layout = self.layout()
        assert layout is not None
        layout.setEnabled(False)  # once for all of them is enough
        for name in [name for name in self._late if not self.docks[name].isHidden()]:
            try:
                self._make_now(name)
            except Exception:  # noqa: BLE001 - the others come all the same
                sys.excepthook(*sys.exc_info())
        layout.setEnabled(True)

    def _make_now(self, name: str) -> None:
        if name in self._late:
            self._make(self._late.pop(name))

    def _make(self, entry: Entry) -> None:
        panel = entry.load()(self._store, self._session)
        self.panels[panel.name] = panel
        if entry.area == "setup":
            card = Card(f"{panel.name}_card", _(entry.title))
            if panel.header is not None:
                card.set_header(panel.header)
            card.set_content(panel)
            self._cards[panel.name] = card
            self.column.add(card)
        else:
            dock = self.docks[panel.name]
            dock.fill(panel, panel.header)
            panel.windowTitleChanged.connect(dock.set_title)
            dock.set_title(panel.windowTitle() or _(entry.title))
        self.panel_made.emit(panel)

    def panel(self, kind: type[SomePanel]) -> SomePanel:
        """Return the panel of a class that is made with the window."""
        found = self.panels[kind.name]
        assert isinstance(found, kind)
        return found

    def _shown(self, *areas: str) -> list[CardDock]:
        return [dock for area in areas for dock in self._docks_of(area) if not (dock.isHidden() or dock.isFloating())]

    def _docks_of(self, area: str) -> list[CardDock]:
        return [self.docks[entry.name] for entry in PANELS if entry.area == area]

    def _usual_widths(self) -> tuple[list[CardDock], list[int]]:
        """Return a dock of each column, and how wide they are unless somebody draws them wider."""
        middles = self._shown("top", "tabs")[:1]
        column = self._shown("lesson", "right")
        if not column or not middles:
            return [], []
        gap = self.style().pixelMetric(QStyle.PixelMetric.PM_DockWidgetSeparatorExtent, None, self)
        setup = self.docks["setup"]
        sides = [] if setup.isHidden() or setup.isFloating() else [setup]
        least = max(dock.minimumSizeHint().width() for dock in column)
        return [*sides, *middles, column[0]], usual_widths(self.width(), gap, least, has_setup=bool(sides))

    def _has_usual_widths(self) -> bool:
        return all(abs(dock.width() - width) <= NOT_DRAWN for dock, width in zip(*self._usual_widths(), strict=True))

    def _share_width(self) -> None:
        docks, self._shared = self._usual_widths()
        if docks:
            self.resizeDocks(docks, self._shared, Qt.Orientation.Horizontal)

    def balance(self) -> None:
        """Share width and height out; the width again whenever that changes, until somebody draws a column wider."""
        top, tabs, lesson, right = map(self._shown, ("top", "tabs", "lesson", "right"))
        column = [*lesson, *right]
        if not column or not (top or tabs):
            return
        self._share_width()
        self._waiting.stop()
        self.is_balanced = True
        share = PRESENTED_TOP_SHARE
        if theme.scale() <= 1:
            share = TOP_SHARE if self.height() >= LOW else LOW_TOP_SHARE
        heights = [round(self.height() * share), round(self.height() * (1 - share))]
        if top and tabs:
            self.resizeDocks([top[0], tabs[0]], heights, Qt.Orientation.Vertical)
        shares = [LESSON_SHARE] * len(lesson) + [1.0] * len(right)
        heights = [round(self.height() * share / sum(shares)) for share in shares]
        self.resizeDocks(column, heights, Qt.Orientation.Vertical)

    def make_low(self, name: str) -> None:
        """Give the panels beside one in its column all the room that it can do without."""
        dock = self.docks[name]
        self.resizeDocks([dock], [dock.minimumSizeHint().height()], Qt.Orientation.Vertical)

    def _on_data_missing(self) -> None:
        self.docks["setup"].show()
        card = self._cards[DataPanel.name]
        card.set_folded(False)
        self.column.ensureWidgetVisible(card, 0, 0)

    def _on_tab_clicked(self, index: int) -> None:
        """Give the keys to the panel of a tab, as its own key does, once the click has brought it forward."""
        bar = self.sender()
        assert isinstance(bar, QTabBar)
        dock = self._docks_in(bar)[index]
        if dock is not None:
            QTimer.singleShot(0, dock, dock.focus_content)

    def _tab_bars(self) -> list[QTabBar]:
        return self.findChildren(QTabBar, options=Qt.FindChildOption.FindDirectChildrenOnly)

    def _docks_in(self, bar: QTabBar) -> list[CardDock | None]:
        """Return the dock of each tab: the address of it is what Qt keeps with a tab."""
        known = {getCppPointer(dock)[0]: dock for dock in self.docks.values()}
        return [known.get(bar.tabData(k)) for k in range(bar.count())]

    def _on_rearranged(self) -> None:
        self.is_balanced = False

    def _on_moved(self) -> None:
        self._moving.start()

    def _style_tabs(self) -> None:
        for dock in self.docks.values():
            dock.set_tabbed(bool(self.tabifiedDockWidgets(dock)))
        for bar in self._tab_bars():
            bar.tabBarClicked.connect(self._on_tab_clicked, Qt.ConnectionType.UniqueConnection)
            bar.setDrawBase(False)
            bar.setExpanding(False)
            bar.setDocumentMode(True)
            bar.setElideMode(Qt.TextElideMode.ElideNone)
            bar.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
            bar.setObjectName("panel_tabs")
            bar.setAccessibleName(_("Tabs of the panels"))
        notes = self.docks[NotesPanel.name]
        self.panel(NotesPanel).set_fixed(not notes.isFloating() and not self.tabifiedDockWidgets(notes))

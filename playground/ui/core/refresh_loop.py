"""Shows the run: while it moves, all visible panels change together, about 20 to 30 times a second."""

import sys
from collections import deque
from collections.abc import Callable
from time import perf_counter
from typing import Any
from weakref import WeakSet

from PySide6.QtCore import QCoreApplication, QEvent, QObject, Qt, QTimer, Slot
from PySide6.QtWidgets import QGraphicsView, QWidget
from shiboken6 import isValid

from playground.experiment.probes.snapshot import Probe, RunInfo, Snapshot
from playground.runtime.session import Session
from playground.runtime.speed import clock
from playground.ui.core.panel import Panel

INTERVAL = 1 / 22  # seconds from one frame to the next at least
SHARE = 0.2  # of the time, at most, goes to frames; training has the rest
INTERVAL_AT_A_SPEED, SHARE_AT_A_SPEED = 1 / 30, 0.5  # the same where a speed limit leaves training with time to spare
LONGEST_INTERVAL = 0.5  # seconds; where that is not enough for the share, it is exceeded
LAST_FRAMES = 3  # the cheapest of so many counts: one that loads something, or judges a whole part, is no measure


class RefreshLoop(QObject):
    """Asks for one snapshot a frame with the answers to all visible panels, and draws it into all of them at once.

    A panel is *stale* when something may have changed since it was drawn: all are after an order and after a step,
    one is when it says so itself (`Panel.outdated`). A hidden panel stays stale, and is drawn when it is uncovered.
    The loop rests while the run does and no visible panel is stale.

    The worker waits at the gate while a frame is drawn. Between frames a window that plays is not painted: a mouse
    that moves over a plot would have it painted 125 times a second, against the worker.
    """

    def __init__(self, session: Session, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._session = session
        self._panels: list[Panel] = []
        self._stale: set[Panel] = set()
        self._broken: set[Panel] = set()
        self._views: dict[Panel, list[QGraphicsView]] = {}
        self._asked: tuple[Panel, ...] = ()  # whom the next snapshot is for
        self._probes: tuple[Probe[Any], ...] = ()
        self._asked_at = 0.0
        self._is_settled = True  # nothing has changed since it was asked for
        self._progress: object = None  # of the run, when it was last asked for
        self._costs: deque[float] = deque(maxlen=LAST_FRAMES)  # seconds that a frame takes, drawing and answers
        self._has_run = session.info is not None
        self._windows: WeakSet[QWidget] = WeakSet()
        self._held: WeakSet[QWidget] = WeakSet()  # windows to be painted with the next frame
        self._is_painting = False
        self._timer = QTimer(self)
        self._timer.setTimerType(Qt.TimerType.PreciseTimer)
        self._timer.setSingleShot(True)
        self._timer.timeout.connect(self._ask)
        session.snapshot_ready.connect(self._on_snapshot)
        session.run_started.connect(self._on_run_started)
        session.ordered.connect(self._on_ordered)
        session.playing_changed.connect(self._on_ordered)
        session.failed.connect(self._on_no_run)
        session.refused.connect(self._on_no_run)
        session.data_missing.connect(self._on_no_run)

    @property
    def is_resting(self) -> bool:
        """Whether every visible panel shows what is so now."""
        return self._is_idle and (self._session.is_current or not self._has_run)

    @property
    def _is_idle(self) -> bool:
        """Whether nothing has been asked for, nor is about to be."""
        return not self._timer.isActive() and not self._asked

    @property
    def interval(self) -> float:
        """Seconds from one frame to the next while steps are made: longer where frames cost more than their share."""
        cost = min(self._costs) if len(self._costs) > 1 else 0.0
        if self._session.speed_limit is None:
            return min(max(INTERVAL, cost / SHARE), LONGEST_INTERVAL)
        return min(max(INTERVAL_AT_A_SPEED, cost / SHARE_AT_A_SPEED), LONGEST_INTERVAL)

    def add(self, panel: Panel) -> None:
        """Draw a panel too from now on."""
        self._panels.append(panel)
        self._stale.add(panel)
        panel.installEventFilter(self)
        if panel.isVisible():
            self._watch(panel.window())
        panel.refresh_requested.connect(self._on_outdated)
        if self._session.info is not None:
            self._guarded(panel, panel.show_run, self._session.info)
        self._wake()

    def stop(self) -> None:
        """Show nothing any more."""
        self._panels.clear()
        self._on_no_run()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        kind = event.type()
        if kind == QEvent.Type.UpdateRequest and isinstance(watched, QWidget) and watched in self._windows:
            if self._session.is_running and not self._is_idle and not self._is_painting:
                self._held.add(watched)
                return True
            if self._is_idle and self._due():
                self._wake()
        elif kind == QEvent.Type.Show and isinstance(watched, Panel):
            self._watch(watched.window())
            self._wake()
        return super().eventFilter(watched, event)

    def _watch(self, window: QWidget) -> None:
        """Notice what a window paints from now on."""
        if window not in self._windows:
            self._windows.add(window)
            window.installEventFilter(self)

    def _wake(self) -> None:
        """Look at once which panels are stale."""
        if self._has_run and self._is_idle:
            self._timer.start(0)

    @Slot()
    def _on_ordered(self) -> None:
        """Show what comes of an order."""
        self._stale.update(self._panels)
        self._is_settled = False
        self._wake()

    @Slot()
    def _on_outdated(self) -> None:
        """Ask one panel again, at once while the run rests: it answers a hand that moves."""
        self._stale.update(panel for panel in self._panels if panel is self.sender())
        self._is_settled = False
        if not self._session.is_running and self._has_run and not self._asked:
            self._ask()

    @Slot(object)
    def _on_run_started(self, info: RunInfo) -> None:
        """Tell every panel of the new run, seen or not, while the worker waits; none is asked before all know."""
        self._has_run = False
        self._asked = ()
        self._broken.clear()
        self._views.clear()
        self._costs.clear()
        with self._session.gate:
            for panel in self._panels:
                self._guarded(panel, panel.show_run, info)
        self._has_run = True
        self._on_ordered()

    @Slot()
    def _on_no_run(self) -> None:
        """Ask no more until there is a run again."""
        self._has_run = False
        self._asked = ()
        self._timer.stop()

    def _due(self) -> list[Panel]:
        """Return the stale panels that can be seen, and while the run plays those that follow it unseen."""
        running = self._session.is_running
        return [
            panel
            for panel in self._panels
            if panel in self._stale
            and panel not in self._broken
            and type(panel).show_snapshot is not Panel.show_snapshot
            and ((running and panel.updates_when_hidden) or is_on_screen(panel))
        ]

    @Slot()
    def _ask(self) -> None:
        """Ask for what the stale panels show; rest where there are none and the run rests too."""
        session = self._session
        if self._asked:
            self._paint_held()  # the answer takes long; the window lives meanwhile
            return
        if not session.is_current:
            return  # another run is on its way
        if session.is_running and session.progress != self._progress:
            self._stale.update(self._panels)
        due = self._due()
        probes: dict[Probe[Any], None] = {}
        for panel in due:
            self._guarded(panel, lambda panel=panel: probes.update(dict.fromkeys(panel.requested_probes())))
        if due:
            self._asked, self._probes, self._is_settled = tuple(due), tuple(probes), True
            self._asked_at, self._progress = perf_counter(), session.progress
            session.request(self._probes)
            self._timer.start(round(1000 * INTERVAL))
        elif session.is_running:
            self._paint_held()

    def _paint_held(self) -> None:
        """Paint what waits for a frame although none is due, and look again an interval later."""
        with self._session.gate:
            self._paint(list(self._held))
        self._timer.start(round(1000 * INTERVAL))

    @Slot()
    def _on_snapshot(self) -> None:
        """Draw a frame, and say when the next is due."""
        snapshot = self._session.poll_snapshot() if self._asked else None
        if snapshot is None or any(probe not in snapshot.answers for probe in self._probes):
            return  # it belongs to an earlier request or run; the one that was asked for is still to come
        begin = clock()
        with self._session.gate:
            self._draw(snapshot)
        running = self._session.is_running
        if self._is_settled and (running or not snapshot.playing):
            self._stale.difference_update(self._asked)
        self._asked = ()
        if self._session.progress.step == snapshot.step:
            self._progress = self._session.progress
        self._costs.append(clock() - begin + self._session.answer_seconds)
        moves = running or snapshot.playing
        pause = self.interval - (perf_counter() - self._asked_at) if moves else 0.0
        self._timer.start(max(1, round(1000 * pause)) if moves else 0)

    def _draw(self, snapshot: Snapshot) -> None:
        """Show a snapshot in all panels that were asked, and paint what that has changed, once.

        A graphics scene collects its changes in a queued call; sent first, it marks the viewports. A text of
        another width asks for a new layout, which marks more. The windows then paint everything that is marked.
        """
        windows: list[QWidget] = list(self._held)
        for panel in self._asked:
            self._guarded(panel, panel.show_snapshot, snapshot)
            if panel.isVisible():
                for view in self._views_of(panel):
                    QCoreApplication.sendPostedEvents(view.scene(), QEvent.Type.MetaCall.value)
                self._watch(panel.window())
                windows.append(panel.window())
        QCoreApplication.sendPostedEvents(None, QEvent.Type.LayoutRequest.value)
        self._paint(windows)

    def _views_of(self, panel: Panel) -> list[QGraphicsView]:
        """Return the charts of a panel, looked up once a run: to look takes half a millisecond a frame."""
        if panel not in self._views:
            self._views[panel] = panel.findChildren(QGraphicsView)
        return self._views[panel]

    def _paint(self, windows: list[QWidget]) -> None:
        """Paint what is marked in these windows now."""
        self._held.clear()
        self._is_painting = True
        for window in dict.fromkeys(windows):
            if isValid(window):
                QCoreApplication.removePostedEvents(window, QEvent.Type.UpdateRequest.value)
                QCoreApplication.sendEvent(window, QEvent(QEvent.Type.UpdateRequest))
        self._is_painting = False

    def _guarded(self, panel: Panel, show: Callable[..., object], *arguments: object) -> None:
        """Call a panel; one that fails is reported, and left out until the next run."""
        try:
            show(*arguments)
        except Exception:  # noqa: BLE001 - the other panels go on
            self._broken.add(panel)
            sys.excepthook(*sys.exc_info())


def is_on_screen(widget: QWidget) -> bool:
    """Return whether any part of a widget lies within all that it lies in.

    Qt moves a dock that is behind another's tab out of its window, and so does scrolling with a card.
    `visibleRegion` would not do: it leaves out what the widget's own opaque children cover.
    """
    if not widget.isVisible() or widget.window().isMinimized():
        return False
    part, parent = widget.rect(), widget.parentWidget()
    while parent is not None and not widget.isWindow() and not part.isEmpty():
        part = part.translated(widget.pos()) & parent.rect()
        widget, parent = parent, parent.parentWidget()
    return not part.isEmpty()

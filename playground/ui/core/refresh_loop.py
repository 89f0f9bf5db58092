"""Shows the run: while it moves, all visible panels change together, about 20 to 30 times a second."""

import sys
from collections import deque
from collections.abc import Callable
from time import perf_counter
from typing import Any

from PySide6.QtCore import QCoreApplication, QEvent, QObject, Qt, QTimer
from PySide6.QtWidgets import QGraphicsView, QWidget

from playground.experiment.probes.snapshot import Probe, RunInfo, Snapshot
from playground.runtime.session import Session
from playground.runtime.speed import clock
from playground.ui.core.panel import Panel

INTERVAL, SHARE = 1 / 20, 0.4
"""Seconds from one frame to the next at least, and the share of the time that goes to frames; training has the rest."""

INTERVAL_AT_A_SPEED, SHARE_AT_A_SPEED = 1 / 30, 0.5
"""The same where a speed limit leaves training with time to spare."""

LONGEST_INTERVAL = 0.5
"""Seconds; where that is not enough for the share, it is exceeded."""


class RefreshLoop(QObject):
    """Asks for one snapshot a frame with the answers to all visible panels, and draws it into all of them at once.

    A panel is *stale* when something may have changed since it was asked: all are after an order and after a step,
    one is when it emits `Panel.refresh_requested`. A hidden panel stays stale, and is drawn when it is
    uncovered. The loop is idle while the run is paused and no visible panel is stale.
    """

    def __init__(self, session: Session, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._session = session
        self._panels: list[Panel] = []
        self._stale: set[Panel] = set()
        self._broken: set[Panel] = set()
        self._asked: tuple[Panel, ...] = ()  # whom the next snapshot is for
        self._probes: tuple[Probe[Any], ...] = ()
        self._asked_at = 0.0
        self.shown = (-1, 0)
        """Run and step of the frame that was drawn last."""
        self._progress: object = None  # of the run, when it was last asked for
        self._costs: deque[float] = deque(maxlen=3)  # seconds of the last frames, of which the cheapest counts
        self._timer = QTimer(self)
        self._timer.setTimerType(Qt.TimerType.PreciseTimer)
        self._timer.setSingleShot(True)
        self._timer.timeout.connect(self._ask)
        session.snapshot_ready.connect(self._on_snapshot)
        session.run_started.connect(self._on_run_started)
        session.ordered.connect(self._on_ordered)
        session.playing_changed.connect(self._on_ordered)
        session.run_discarded.connect(self._on_run_discarded)

    @property
    def is_idle(self) -> bool:
        """Whether every visible panel shows the present state, or there is no run and none on its way."""
        return self._is_idle and (self._session.is_current or self._session.has_failed)

    @property
    def _is_idle(self) -> bool:
        return not self._timer.isActive() and not self._asked

    @property
    def interval(self) -> float:
        """Seconds from one frame to the next while steps are made: longer where frames cost more than their share."""
        is_limited = self._session.speed_limit is not None
        least, share = (INTERVAL_AT_A_SPEED, SHARE_AT_A_SPEED) if is_limited else (INTERVAL, SHARE)
        return min(max(least, min(self._costs, default=0.0) / share), LONGEST_INTERVAL)

    def add(self, panel: Panel) -> None:
        """Draw a panel too from now on."""
        self._panels.append(panel)
        self._stale.add(panel)
        panel.installEventFilter(self)
        panel.window().installEventFilter(self)
        panel.refresh_requested.connect(self._on_refresh_requested)
        if self._session.info is not None:
            self._guarded(panel, panel.show_run, self._session.info)
        self._wake()

    def stop(self) -> None:
        """Draw nothing any more: the window closes."""
        self._panels.clear()
        self._asked = ()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Search for stale panels when one is shown, or when anything is painted: another tab may be in front."""
        if event.type() == QEvent.Type.UpdateRequest:
            self._wake()
        elif event.type() == QEvent.Type.Show and isinstance(watched, Panel):
            watched.window().installEventFilter(self)
            self._wake()
        return False

    def _wake(self) -> None:
        """Schedule a search for stale panels."""
        if self._is_idle and self._due():
            self._timer.start(0)

    def _on_ordered(self) -> None:
        self._stale.update(self._panels)
        self._wake()

    def _on_refresh_requested(self) -> None:
        self._stale.update(panel for panel in self._panels if panel is self.sender())
        self._wake()

    def _on_run_started(self, info: RunInfo) -> None:
        self._asked = ()
        self._broken.clear()
        self._costs.clear()
        with self._session.gate:
            for panel in self._panels:
                self._guarded(panel, panel.show_run, info)
        self._on_ordered()

    def _on_run_discarded(self) -> None:
        self._asked = ()
        self._timer.stop()

    def _due(self) -> list[Panel]:
        """Return the stale panels that can be seen, and while the run plays those that follow it unseen."""
        session = self._session
        if not session.is_current or session.has_failed:
            return []
        return [
            panel
            for panel in self._panels
            if panel in self._stale
            and panel not in self._broken
            and type(panel).show_snapshot is not Panel.show_snapshot
            and ((session.is_running and panel.updates_when_hidden) or is_on_screen(panel))
        ]

    def _ask(self) -> None:
        """Request a snapshot for the stale panels; stop if there are none and the run is paused."""
        session = self._session
        if session.is_running and session.progress != self._progress:
            self._stale.update(self._panels)
        probes: dict[Probe[Any], None] = {}
        with session.gate:  # the worker would take the interpreter at every call into Qt
            due = self._due()
            for panel in due:
                self._guarded(panel, lambda panel=panel: probes.update(dict.fromkeys(panel.requested_probes())))
        if due:
            self._stale.difference_update(due)
            self._asked, self._probes = tuple(due), tuple(probes)
            self._asked_at, self._progress = perf_counter(), session.progress
            session.request(self._probes)
        elif session.is_running:
            self._timer.start(round(1000 * self.interval))

    def _on_snapshot(self) -> None:
        snapshot = self._session.poll_snapshot() if self._asked else None
        if snapshot is None or any(probe not in snapshot.answers for probe in self._probes):
            return  # it belongs to an earlier request or run; the one that was asked for is still to come
        begin = clock()
        with self._session.gate:
            self._draw(snapshot)
        self.shown = (snapshot.run, snapshot.step)
        if snapshot.playing:  # or steps that were ordered are still being made
            self._stale.update(self._asked)
        if self._session.progress.step == snapshot.step:
            self._progress = self._session.progress
        self._asked = ()
        self._costs.append(clock() - begin + self._session.answer_seconds)
        moves = self._session.is_running or snapshot.playing
        pause = self.interval - (perf_counter() - self._asked_at) if moves else 0.0
        self._timer.start(max(0, round(1000 * pause)))

    def _draw(self, snapshot: Snapshot) -> None:
        """Show a snapshot in all panels that were asked, and paint what that has changed, once.

        A graphics scene collects its changes in a queued call; sent first, it marks the viewports. A text of
        another width asks for a new layout, which marks more. The windows then paint everything that is marked.
        """
        for panel in self._asked:
            self._guarded(panel, panel.show_snapshot, snapshot)
            for view in panel.findChildren(QGraphicsView):
                QCoreApplication.sendPostedEvents(view.scene(), QEvent.Type.MetaCall.value)
        QCoreApplication.sendPostedEvents(None, QEvent.Type.LayoutRequest.value)
        for window in dict.fromkeys(panel.window() for panel in self._asked if panel.isVisible()):
            QCoreApplication.removePostedEvents(window, QEvent.Type.UpdateRequest.value)
            QCoreApplication.sendEvent(window, QEvent(QEvent.Type.UpdateRequest))

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

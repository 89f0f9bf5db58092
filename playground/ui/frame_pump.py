"""Brings the run to the screen: one request a frame for all visible panels, and each of them painted once."""

import sys
from collections.abc import Callable
from dataclasses import dataclass, field
from time import perf_counter

from PySide6.QtCore import QCoreApplication, QEvent, QObject, Qt, QTimer, Slot
from PySide6.QtWidgets import QGraphicsView

from playground.experiment.snapshot import Probe, RunInfo, Snapshot
from playground.runtime.session import Session
from playground.ui.panels.panel import Panel

SHORTEST_PERIOD_MS = 33
LONGEST_PERIOD_MS = 250
SHARE = 0.06  # of the time, at most, goes to frames; training has the rest
HEAVY_MS = 100  # of the panels with this period or a longer one, a frame draws one: no frame is long


@dataclass
class Turn:
    """When a panel was last asked for, and whether it shows what is so now."""

    panel: Panel
    asked: float = 0.0
    is_fresh: bool = False
    is_broken: bool = False

    def is_visible(self) -> bool:
        """Return whether anybody can see the panel; a dock behind another's tab is out of the window."""
        panel = self.panel
        return panel.isVisible() and not panel.window().isMinimized() and not panel.visibleRegion().isEmpty()


@dataclass
class Request:
    """The panels that the next snapshot is for; it is `settled` if nothing was ordered since it was asked for."""

    turns: list[Turn] = field(default_factory=list)
    settled: bool = True


class FramePump(QObject):
    """Polls the session's mailbox with one timer, and rests when nothing can have changed.

    While the session plays, every visible panel gets a turn when its `period_ms` has passed. While it is
    paused, each order brings every visible panel one last snapshot, and then there is silence. A hidden
    panel is neither asked nor drawn; it catches up when it is uncovered.
    """

    def __init__(self, session: Session, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._session = session
        self._turns: list[Turn] = []
        self._request: Request | None = None
        self._has_run = session.info is not None
        self._cost = 0.0
        self._timer = QTimer(self)
        self._timer.setTimerType(Qt.TimerType.PreciseTimer)
        self._timer.setInterval(SHORTEST_PERIOD_MS)
        self._timer.timeout.connect(self._on_timeout)
        session.run_started.connect(self._on_run_started)
        session.ordered.connect(self._on_ordered)
        session.playing_changed.connect(self._on_ordered)
        session.failed.connect(self._on_no_run)
        session.refused.connect(self._on_no_run)
        session.data_missing.connect(self._on_no_run)

    @property
    def is_resting(self) -> bool:
        """Whether every visible panel shows what is so now."""
        return not self._timer.isActive()

    @property
    def frame_seconds(self) -> float:
        """What a frame takes from the training, on the average of late."""
        return self._cost

    def add(self, panel: Panel) -> None:
        """Let a panel have its turns from now on."""
        turn = Turn(panel)
        self._turns.append(turn)
        panel.installEventFilter(self)
        panel.outdated.connect(self._on_ordered)
        if self._session.info is not None:
            self._guarded(turn, panel.show_run, self._session.info)
        self._wake()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Notice that a panel is uncovered: it is shown, or painted while it has something to catch up."""
        uncovered = event.type() in (QEvent.Type.Show, QEvent.Type.Paint)
        if uncovered and any(turn.panel is watched and not turn.is_fresh for turn in self._turns):
            self._wake()
        return super().eventFilter(watched, event)

    def _wake(self) -> None:
        """Look at the panels from now on."""
        if self._has_run and not self._timer.isActive():
            self._timer.start()

    @Slot()
    def _on_ordered(self) -> None:
        """Show what comes of an order."""
        for turn in self._turns:
            turn.is_fresh = False
        if self._request is not None:
            self._request.settled = False
        self._wake()

    @Slot(object)
    def _on_run_started(self, info: RunInfo) -> None:
        """Tell every panel, seen or not, of the new run."""
        self._has_run = True
        self._request = None
        for turn in self._turns:
            turn.is_broken = False
            self._guarded(turn, turn.panel.show_run, info)
        self._on_ordered()

    @Slot()
    def _on_no_run(self) -> None:
        """Ask no more until there is a run again."""
        self._has_run = False
        self._request = None
        self._timer.stop()

    @Slot()
    def _on_timeout(self) -> None:
        """Draw what has come, and ask for the next."""
        snapshot = self._session.take()
        if snapshot is not None and self._request is not None:
            request, self._request = self._request, None
            self._draw(snapshot, request)
        if self._request is None:
            self._ask()

    def _draw(self, snapshot: Snapshot, request: Request) -> None:
        """Hand a snapshot to its panels and paint them, while the worker waits."""
        begin = perf_counter()
        with self._session.gate:
            visible = [turn for turn in request.turns if turn.is_visible()]
            for turn in visible:
                self._guarded(turn, turn.panel.show_snapshot, snapshot)
                turn.is_fresh = request.settled and not snapshot.playing
            self._paint(visible)
        cost = perf_counter() - begin + self._session.answer_seconds
        self._cost += 0.1 * (cost - self._cost)
        period = max(SHORTEST_PERIOD_MS, min(LONGEST_PERIOD_MS, round(1000 * self._cost / SHARE)))
        if period != self._timer.interval():
            self._timer.setInterval(period)

    @staticmethod
    def _paint(turns: list[Turn]) -> None:
        """Paint now, and only once.

        A graphics scene collects its changes in a queued call; sent first, it marks the viewports, and the
        windows then paint everything that is marked. `repaint` would paint before and again after that.
        """
        for turn in turns:
            for view in turn.panel.findChildren(QGraphicsView):
                QCoreApplication.sendPostedEvents(view.scene(), QEvent.Type.MetaCall.value)
        QCoreApplication.sendPostedEvents(None, QEvent.Type.UpdateRequest.value)

    def _ask(self) -> None:
        """Ask for what the panels whose turn it is want to know; rest when all of them know it."""
        visible = [turn for turn in self._turns if turn.is_visible() and not turn.is_broken]
        if self._session.is_running:
            turns = self._due(visible)
        else:
            turns = [turn for turn in visible if not turn.is_fresh]
            if not turns:
                self._timer.stop()
        if not turns:
            return
        probes: dict[Probe[object], None] = {}
        now = perf_counter()
        for turn in turns:
            turn.asked = now
            self._guarded(turn, lambda turn=turn: probes.update(dict.fromkeys(turn.panel.probes())))
        self._session.request(tuple(probes))
        self._request = Request(turns)

    def _due(self, visible: list[Turn]) -> list[Turn]:
        """Return the panels whose period has passed, of the heavy ones the one that has waited longest."""
        soon = perf_counter() + self._timer.interval() / 2000  # nearer to this frame than to the next
        due = [turn for turn in visible if soon - turn.asked >= turn.panel.period_ms / 1000]
        heavy = [turn for turn in due if turn.panel.period_ms >= HEAVY_MS]
        patient = min(heavy, key=lambda turn: turn.asked, default=None)
        return [turn for turn in due if turn.panel.period_ms < HEAVY_MS or turn is patient]

    @staticmethod
    def _guarded(turn: Turn, show: Callable[..., object], *arguments: object) -> None:
        """Call a panel; one that fails is reported, and left out until the next run."""
        try:
            show(*arguments)
        except Exception:  # noqa: BLE001 - the other panels go on
            turn.is_broken = True
            sys.excepthook(*sys.exc_info())

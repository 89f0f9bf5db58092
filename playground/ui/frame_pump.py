"""Brings the run to the screen: one request a frame for all visible panels, and each of them painted once."""

import sys
from collections.abc import Callable
from dataclasses import dataclass
from itertools import accumulate
from time import perf_counter
from typing import Any
from weakref import WeakSet

from PySide6.QtCore import QCoreApplication, QEvent, QObject, Qt, QTimer, Slot
from PySide6.QtWidgets import QGraphicsView, QWidget
from shiboken6 import isValid

from playground.experiment.snapshot import Probe, RunInfo, Snapshot
from playground.runtime.session import Session
from playground.ui.frame_budget import clock, periods
from playground.ui.panels.panel import Panel
from playground.ui.sight import Sight

TICK_MS = 33  # from one look to the next whether there is something to paint
FRAME_SECONDS = 0.06  # from one request to the next while it plays: each takes a millisecond beside what is drawn
LONGEST_PERIOD = 0.5  # seconds
SHARE = 0.05  # of the time, at most, goes to frames; training has the rest
PROMPT_SHARE = 0.01  # of the time, at most, goes to each prompt panel, out of the share of all
HAND_SHARE = 0.02  # of the time, at most, goes to painting in between what a hand has moved; frames have less then
HAND_MEMORY = 0.5  # seconds after which a hand that moves nothing any more is forgotten
LONGEST_FRAME = 0.006  # seconds after which a frame takes no further panel: the mouse and the keys wait for it
MEMORY = 0.8  # of what a panel used to cost, beside what it costs now


@dataclass(eq=False)
class Turn:
    """A panel, when it was last asked for, what it costs, and whether it shows what is so now."""

    panel: Panel
    asked: float = 0.0
    draw_seconds: float = 0.0
    answer_seconds: float = 0.0
    period: float = 0.0
    probes: tuple[Probe[Any], ...] = ()
    is_fresh: bool = False
    is_broken: bool = False

    @property
    def is_live(self) -> bool:
        """Whether the panel shows anything of a snapshot."""
        return type(self.panel).show_snapshot is not Panel.show_snapshot and not self.is_broken

    @property
    def cost(self) -> float:
        """Seconds that a frame of the panel takes in all."""
        return self.draw_seconds + self.answer_seconds

    @property
    def shortest(self) -> float:
        """Seconds below which the period need not go."""
        return max(FRAME_SECONDS, self.panel.period_ms / 1000)

    def charge(self, draw_seconds: float, answer_seconds: float) -> None:
        """Remember what drawing the panel and answering its questions took."""
        old, new = (MEMORY, 1 - MEMORY) if self.draw_seconds else (0.0, 1.0)
        self.draw_seconds = old * self.draw_seconds + new * draw_seconds
        self.answer_seconds = old * self.answer_seconds + new * answer_seconds


@dataclass
class Request:
    """The panels that the next snapshot is for; it is `settled` if nothing was ordered since it was asked for."""

    turns: list[Turn]
    settled: bool = True


class FramePump(QObject):
    """Polls the session's mailbox with one timer, and rests when nothing can have changed.

    While the session plays, every visible panel gets a turn when its period has passed: its `period_ms`, or
    longer where the panels together would take more than their share of the time from the training; the figures of
    a prompt panel never wait for that, so that they do not lag behind the plots. While it
    is paused, each order brings every visible panel one last snapshot, and then there is silence. A hidden
    panel is neither asked nor drawn; it catches up when it is uncovered. One that keeps watch is asked while the
    session plays, seen or not, and drawn only where it is seen.

    While the session plays, all other painting of the panels' windows is held until the next tick too: a
    mouse that moves over a plot would otherwise have it painted 125 times a second, against the worker.
    """

    def __init__(self, session: Session, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._session = session
        self._turns: list[Turn] = []
        self._request: Request | None = None
        self._next = self._hand_next = 0.0  # the earliest times of the next request and of the next painting between
        self._hand_seen, self._hand_pause = -HAND_MEMORY, 0.0
        self._has_run = session.info is not None
        self._windows: WeakSet[QWidget] = WeakSet()  # whose painting is held while the session plays
        self._held: WeakSet[QWidget] = WeakSet()
        self._is_painting = False
        self._sight = Sight(self)
        self._timer = QTimer(self)
        self._timer.setTimerType(Qt.TimerType.PreciseTimer)
        self._timer.setInterval(TICK_MS)
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

    def add(self, panel: Panel) -> None:
        """Let a panel have its turns from now on."""
        turn = Turn(panel)
        self._turns.append(turn)
        panel.installEventFilter(self)
        if panel.isVisible():
            self._watch(panel.window())
        panel.outdated.connect(self._on_outdated)
        if self._session.info is not None:
            self._guarded(turn, panel.show_run, self._session.info)
        self._wake()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Notice that a panel is uncovered, and hold the painting of a window until the next tick.

        A panel is uncovered when it is shown, or when its window is to be painted while the panel can be seen
        and has something to catch up.
        """
        kind = event.type()
        if kind == QEvent.Type.UpdateRequest and isinstance(watched, QWidget) and watched in self._windows:
            if self._session.is_running and self._timer.isActive() and not self._is_painting:
                self._held.add(watched)
                return True
            if any(not turn.is_fresh for turn in self._visible()):
                self._wake()
        elif kind == QEvent.Type.Show and isinstance(watched, Panel):
            self._watch(watched.window())
            self._wake()
        return super().eventFilter(watched, event)

    def _watch(self, window: QWidget) -> None:
        """Look at what a window paints from now on."""
        if window not in self._windows:
            self._windows.add(window)
            window.installEventFilter(self)

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

    @Slot()
    def _on_outdated(self) -> None:
        """Ask for one panel again, at once: it answers a hand that moves."""
        for turn in self._turns:
            if turn.panel is self.sender():
                turn.is_fresh = False
                turn.asked = 0.0  # so that its turn comes first while it plays
        self._wake()
        if self._request is not None:
            self._request.settled = False
        elif self._has_run:
            self._ask()

    @Slot(object)
    def _on_run_started(self, info: RunInfo) -> None:
        """Tell every panel of the new run, seen or not, while the worker waits; none is asked before all know."""
        self._has_run = False
        self._request = None
        with self._session.gate:
            for turn in self._turns:
                turn.is_broken = False
                self._guarded(turn, turn.panel.show_run, info)
        self._has_run = True
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
        elif self._held and perf_counter() >= self._hand_next:
            self._follow_hand()
        if self._request is None and (perf_counter() >= self._next or not self._session.is_running):
            self._ask()

    def _draw(self, snapshot: Snapshot, request: Request) -> None:
        """Hand a snapshot to its panels and paint them, while the worker waits."""
        with self._session.gate:
            for turn in request.turns:
                seen = self._sight.sees(turn.panel)
                if not (seen or turn.panel.keeps_watch):
                    continue
                begin = clock()
                self._guarded(turn, turn.panel.show_snapshot, snapshot)
                if seen:
                    self._paint(turn.panel)
                    turn.is_fresh = request.settled and not snapshot.playing
                turn.charge(clock() - begin, self._answer_seconds(turn))
            self._paint_held()
        self._share_out()

    def _paint(self, panel: Panel) -> None:
        """Paint what a panel has changed now, and only once.

        A graphics scene collects its changes in a queued call; sent first, it marks the viewports. A text of
        another width asks for a new layout, which marks more. The window then paints everything that is
        marked; `repaint` would paint before and again after all that.
        """
        for view in panel.findChildren(QGraphicsView):
            QCoreApplication.sendPostedEvents(view.scene(), QEvent.Type.MetaCall.value)
        QCoreApplication.sendPostedEvents(None, QEvent.Type.LayoutRequest.value)
        self._watch(panel.window())
        self._paint_window(panel.window())

    def _follow_hand(self) -> None:
        """Paint between two frames what was held, and say when that may be done again."""
        begin = clock()
        with self._session.gate:
            self._paint_held()
        self._hand_pause = (clock() - begin) / HAND_SHARE - TICK_MS / 2000
        self._hand_seen = perf_counter()
        self._hand_next = self._hand_seen + self._hand_pause

    def _paint_held(self) -> None:
        """Paint the windows whose painting was held."""
        for window in tuple(self._held):
            if isValid(window):
                self._paint_window(window)

    def _paint_window(self, window: QWidget) -> None:
        """Paint what is marked in a window, all that was held among it."""
        if window in self._held:
            self._held.discard(window)
            self._hand_next = perf_counter() + self._hand_pause
        QCoreApplication.removePostedEvents(window, QEvent.Type.UpdateRequest.value)
        self._is_painting = True
        QCoreApplication.sendEvent(window, QEvent(QEvent.Type.UpdateRequest))
        self._is_painting = False

    def _answer_seconds(self, turn: Turn) -> float:
        """Return what answering this panel's questions took from the training."""
        seconds = self._session.answer_seconds
        return sum(seconds.get(probe, 0.0) for probe in turn.probes)

    def _share_out(self) -> None:
        """Give each visible panel its period: the prompt ones theirs, and the others what is left of the budget."""
        share = SHARE - HAND_SHARE if perf_counter() - self._hand_seen < HAND_MEMORY else SHARE
        others: list[Turn] = []
        for turn in self._following():
            if not turn.panel.is_prompt:
                others.append(turn)
                continue
            turn.period = min(LONGEST_PERIOD, max(turn.shortest, turn.cost / PROMPT_SHARE))
            share -= turn.cost / turn.period
        costs, shortest = [turn.cost for turn in others], [turn.shortest for turn in others]
        for turn, period in zip(others, periods(costs, shortest, LONGEST_PERIOD, share), strict=True):
            turn.period = period

    def _visible(self) -> list[Turn]:
        """Return the turns of the panels that can be seen, show snapshots, and work."""
        return [turn for turn in self._turns if turn.is_live and self._sight.sees(turn.panel)]

    def _following(self) -> list[Turn]:
        """Return the turns of the panels that are to be handed snapshots while the run plays."""
        live = [turn for turn in self._turns if turn.is_live]
        return [turn for turn in live if turn.panel.keeps_watch or self._sight.sees(turn.panel)]

    def _ask(self) -> None:
        """Ask for what the panels whose turn it is want to know; rest when all of them know it."""
        if self._session.is_running:
            turns = self._due(self._following())
        else:
            turns = [turn for turn in self._visible() if not turn.is_fresh]
            if not turns:
                self._timer.stop()
        if not turns:
            return
        now = perf_counter()
        self._next = now + FRAME_SECONDS
        for turn in turns:
            turn.asked = now
            self._guarded(turn, self._question, turn)
        self._session.request(tuple(dict.fromkeys(probe for turn in turns for probe in turn.probes)))
        self._request = Request(turns)

    @staticmethod
    def _question(turn: Turn) -> None:
        """Note what a panel wants to know now."""
        turn.probes = ()
        turn.probes = turn.panel.probes()

    def _due(self, turns: list[Turn]) -> list[Turn]:
        """Return the panels whose period has passed: all prompt ones, and the latest that fit into one frame."""
        soon = perf_counter() + FRAME_SECONDS / 2  # nearer to this frame than to the next
        due = [turn for turn in turns if soon - turn.asked >= turn.period]
        due.sort(key=lambda turn: turn.asked + turn.period)
        prompt = [turn for turn in due if turn.panel.is_prompt]
        others = [turn for turn in due if not turn.panel.is_prompt]
        ends = accumulate(turn.draw_seconds for turn in others)
        fitting = [
            turn for k, (turn, end) in enumerate(zip(others, ends, strict=True)) if k == 0 or end <= LONGEST_FRAME
        ]
        return prompt + fitting

    @staticmethod
    def _guarded(turn: Turn, show: Callable[..., object], *arguments: object) -> None:
        """Call a panel; one that fails is reported, and left out until the next run."""
        try:
            show(*arguments)
        except Exception:  # noqa: BLE001 - the other panels go on
            turn.is_broken = True
            sys.excepthook(*sys.exc_info())

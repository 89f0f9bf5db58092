"""The thread that trains: in slices, with orders between them, and a snapshot only when one is asked for.

A slice takes about 10 ms, but the trainer checks a flag twice a millisecond (or after each step that takes longer)
and ends it early: for an order, for a request, or for a frame that is about to be drawn.
"""

import threading
import traceback
from collections import deque
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import partial
from time import perf_counter

import numpy as np
from numpy.typing import NDArray
from PySide6.QtCore import QObject, Signal

from playground.data.errors import DataMissing
from playground.data.preparation import PreparedData
from playground.experiment.config.change_kind import ChangeKind, kind_of_change
from playground.experiment.config.schema import ExperimentConfig
from playground.experiment.probes.snapshot import Probe, RunInfo, Snapshot
from playground.experiment.runs import comparison
from playground.experiment.runs.initial_weights import InitialWeights
from playground.experiment.training.trainer import Trainer
from playground.language import _
from playground.registry import UserError
from playground.runtime.gate import Gate
from playground.runtime.left_runs import LeftRuns
from playground.runtime.speed import RateMeter, StepScheduler, clock

Flat = NDArray[np.floating]
ParameterEdit = Callable[[Flat], Flat]

EVALUATION_SHARE = 0.05  # of the time, at most, is spent on metrics beyond those that training itself makes
SLICE = 0.01  # seconds of training in one go, or one part of a step that takes longer
SLOW = 50.0  # steps a second; up to here metrics are made for snapshots, each for its own step where there is time


@dataclass(frozen=True)
class Progress:
    """How far a run is: so many steps and hundredths of the next one; and what has ended it."""

    run: int = 0
    step: int = 0
    hundredths: int = 0
    stopped_by: str | None = None


class Worker(QObject):
    """Owns the trainer, in a thread of its own.

    `post`, `request`, `poll_snapshot` and `stop` are for the screen's thread; what `post` is given, the methods from
    `play` to `promote` and everything private run in the worker's. Signals carry texts, numbers and frozen values only.

    Attributes
    ----------
    progress
        How far the run is; read in any thread.
    answer_seconds
        What the answers of the last snapshot took from the training.

    newest_run
        The number of the run that was ordered last; what is asked of earlier ones is not computed any more.

    Signals
    -------
    built(info)
        A `RunInfo`: there is a new run at step 0.
    snapshot_ready()
        What was asked for can be polled.
    ended(number, reason)
        The play of this number ended by itself: key of the stop condition, or ``"diverged"``.
    discarded(run, kind, text)
        No trainer is left: the configuration is ``"refused"`` with a sentence, its data are ``"data_missing"`` (the
        text is their name), or something unforeseen has ``"failed"`` (the text is a traceback).
    """

    built = Signal(object)
    snapshot_ready = Signal()
    ended = Signal(int, str)
    discarded = Signal(int, str, str)

    def __init__(self) -> None:
        super().__init__()
        self.progress = Progress()
        self.answer_seconds = 0.0
        self.newest_run = 0
        self._attention = threading.Event()
        self.gate = Gate(self._attention)
        self._condition = threading.Condition()
        self._orders: deque[partial[None]] = deque()
        self._wanted: tuple[Probe[object], ...] | None = None
        self._snapshot: Snapshot | None = None
        self._stopping = False
        self._config: ExperimentConfig | None = None
        self._prepared: tuple[object, PreparedData] | None = None
        self._trainer: Trainer | None = None
        self._left = LeftRuns()
        self._run = 0
        self._number: int | None = None  # of the play; None while paused
        self._target: int | None = None  # step to reach while not playing
        self._scheduler = StepScheduler()
        self._meter = RateMeter()
        self._evaluate_again = 0.0
        # A daemon: where it waits for a silent drive, the program ends all the same.
        self._thread = threading.Thread(target=self._main, name="training", daemon=True)

    def start(self) -> None:
        """Start the thread."""
        self._thread.start()

    def post(self, order: partial[None]) -> None:
        """Queue a call of one of the methods from `play` on; it is made before the next step."""
        with self._condition:
            self._orders.append(order)
            self._attention.set()
            self._condition.notify()

    def discard_commands(self) -> None:
        """Discard the queued commands except those about playing: a new run makes them obsolete."""
        kept = (self.play, self.pause, self.set_limit)
        with self._condition:
            self._orders = deque(order for order in self._orders if order.func in kept)

    def request(self, probes: Sequence[Probe[object]]) -> None:
        """Request one snapshot with the answers to these probes; a later request replaces an earlier one.

        From then on no snapshot of before can be polled, not even of an earlier request with the same probes.
        """
        with self._condition:
            self._wanted, self._snapshot = tuple(probes), None
            self._attention.set()
            self._condition.notify()

    def poll_snapshot(self) -> Snapshot | None:
        """Return the snapshot that is ready, once; None where there is none yet."""
        ready, self._snapshot = self._snapshot, None
        return ready

    def stop(self, seconds: float) -> None:
        """End the thread before its next step, and wait for that so long at most."""
        with self._condition:
            self._stopping = True
            self._orders.clear()
            self.newest_run = -1
            self._attention.set()
            self._condition.notify()
        self._thread.join(seconds)

    def play(self, number: int) -> None:
        """Train until paused; `number` identifies this play."""
        self._go_past_stop()
        self._number, self._target = number, None
        self._scheduler.start(perf_counter())
        self._meter.start(perf_counter(), self._step)

    def pause(self, done: threading.Event) -> None:
        """Pause, and set `done`."""
        self._number = self._target = None
        if self._trainer is not None:
            self._note_progress(self._trainer)
        done.set()

    def set_limit(self, limit: float | None) -> None:
        """Make so many steps per second when playing; None for as many as can be."""
        self._scheduler.set_limit(limit)

    def make_steps(self, count: int) -> None:
        """Make so many steps at full speed, then pause."""
        self._go_past_stop()
        self._aim((self._step if self._target is None else self._target) + count)

    def finish_epoch(self) -> None:
        """Make steps to the end of the present pass over the training rows."""
        self._go_past_stop()
        if self._trainer is not None:
            end, length = self._step + self._trainer.step_loop.steps_to_epoch_end, int(self._trainer.steps_per_epoch)
            reached = self._step if self._target is None else self._target
            beyond = 0 if reached < end else (reached - end) // length + 1
            self._aim(end + beyond * length)

    def build(
        self,
        run: int,
        config: ExperimentConfig,
        again: bool = False,
        carry: bool = False,
        leave: object = None,
        back: object = None,
    ) -> None:
        """Build the experiment as run number `run`, or say why that cannot be.

        Parameters
        ----------
        run, config
            Its number, and the experiment.
        again
            Whether the data are made or read again even where they are the same.
        carry
            Whether the run continues from the present weights where they fit; its own initial weights stay those that
            a reset goes back to.
        leave
            What the present run is kept under, for an undo; None where it is not.
        back
            What a run was left under, which is continued instead where it is still there.
        """
        before = self._trainer if carry else None
        self._leave(leave)
        left = self._left.take(back, config)
        self._trainer = self._target = self._snapshot = None
        self._config, self._run = config, run
        key = (config.data, config.seed, config.network.output, config.precision)  # what prepared data depend on
        is_there = self._prepared is not None and self._prepared[0] == key and not again
        try:
            trainer = left or Trainer(config, self._prepared[1] if is_there and self._prepared else None)
            trainer.apply_live(config)  # settings that were on their way when it was left
        except UserError as error:
            self._refuse(error)
            return
        self._prepared = (key, trainer.data)
        if before is not None and before.network.sizes == trainer.network.sizes:
            trainer.set_parameters(before.network.parameters)
        self._begin(trainer)

    def update_settings(self, run: int, config: ExperimentConfig) -> None:
        """Apply changed settings; where nothing could be built before, build it as run number `run`."""
        if self._trainer is None:
            self.build(run, config)
            return
        self._config = config
        try:
            comparison.apply_live(self._trainer, config)
        except UserError as error:
            self._refuse(error)

    def reset(self, run: int, leave: object = None, starts: tuple[InitialWeights, ...] = ()) -> None:
        """Pause, and reset to the start, bit for bit, as run number `run`, with competitors from these other weights.

        The run is built where there is none, or where it is left under `leave`.
        """
        self._number = self._target = None
        self.end_race()
        if self._trainer is not None and not self._leave(leave):
            self._run = run
            self._trainer.reset()
            self._begin(self._trainer)
        elif self._config is not None:
            self.build(run, self._config)
        if self._trainer is not None:
            comparison.add_competitors(self._trainer, starts)

    def edit(self, edit: ParameterEdit) -> None:
        """Replace the parameters: `edit` is given a copy of the flat vector and returns the new one."""
        if self._trainer is not None:
            self._trainer.set_parameters(edit(self._trainer.network.copy_parameters()))

    def end_race(self) -> None:
        """Train without the competitors from now on, where there are any."""
        if self._trainer is not None:
            self._trainer.competitors = ()

    def promote(self, run: int, number: int, config: ExperimentConfig, leave: object = None) -> None:
        """Continue with competitor `number`, from 1, alone, as run number `run` of `config`.

        The run that it raced against is left under `leave`.
        """
        if self._trainer is None or not self._trainer.competitors:
            self.build(run, config, leave=leave)
            return
        comparison.follow(self._trainer)
        kept = self._trainer.competitors[number - 1]
        self.end_race()
        self._leave(leave)
        self._config, self._run = config, run
        self._begin(kept)

    def _main(self) -> None:
        np.seterr(all="ignore")  # of this thread: numbers that grow without bounds are reported as divergence
        while True:
            order = self._wait_for_work()
            if self._stopping:
                break
            try:
                if order is None:
                    self._work()
                else:
                    order()
                    if self._trainer is not None:
                        self._note_progress(self._trainer)
            except MemoryError:
                self._refuse(UserError(_("There is not enough memory for this experiment.")))
            except Exception:  # noqa: BLE001 - the thread lives on whatever happens, and the window shows it
                self._discard_trainer("failed", traceback.format_exc())
        self._trainer = None

    def _wait_for_work(self) -> partial[None] | None:
        """Return the next command, or None when there is training or answering to do; wait for either."""
        with self._condition:
            while not self._stopping:
                if self._wanted is None:  # else the next slice is to be a short one
                    self._attention.clear()
                if self._orders:
                    return self._orders.popleft()
                nap = self._nap()
                if nap == 0 or (self._wanted is not None and self._trainer is not None):
                    return None
                self._condition.wait(nap)
        return None

    def _nap(self) -> float | None:
        if self._trainer is None:
            return None
        if self._is_behind:
            return 0.0
        if self._number is not None:
            return self._scheduler.nap(perf_counter())
        return None if self._target is None else 0.0

    @property
    def _step(self) -> int:
        return 0 if self._trainer is None else self._trainer.step_count

    @property
    def _is_behind(self) -> bool:
        return self._trainer is not None and not comparison.is_level(self._trainer)

    def _begin(self, trainer: Trainer) -> None:
        """Make this the current run, at step 0 but for one kept from a race, and emit `built`."""
        self._trainer, self._snapshot = trainer, None
        self._scheduler.start(perf_counter())
        self._meter.start(perf_counter(), trainer.step_count)
        self._evaluate_again = 0.0
        self._note_progress(trainer)
        self.built.emit(RunInfo.of(self._run, trainer))

    def _leave(self, key: object) -> bool:
        """Keep the present run under this object where there is one, for an undo; return whether it is kept."""
        trainer, config = self._trainer, self._config
        if key is None or trainer is None or config is None:
            return False
        if isinstance(key, ExperimentConfig) and kind_of_change(config, key) > ChangeKind.LIVE:
            key = config  # several changes came at once: those in between were never built
        return self._left.add(key, trainer)

    def _refuse(self, error: UserError) -> None:
        if isinstance(error, DataMissing):
            self._discard_trainer("data_missing", error.name)
        else:
            self._discard_trainer("refused", str(error))

    def _discard_trainer(self, kind: str, text: str) -> None:
        self._trainer = self._number = self._target = self._snapshot = None
        self.discarded.emit(self._run, kind, text)

    def _go_past_stop(self) -> None:
        """Continue past the stop conditions, with all competitors, where one has ended the run."""
        if self._trainer is not None and self._trainer.stopped_by not in (None, "diverged"):
            for trainer in (self._trainer, *self._trainer.competitors):
                trainer.train_on()

    def _aim(self, step: int) -> None:
        self._number, self._target = None, step
        self._meter.start(perf_counter(), self._step)

    def _work(self) -> None:
        if self.gate.is_closed:
            self.gate.park()
        trainer = self._trainer
        if trainer is None:
            return
        if self._is_behind:
            comparison.follow(trainer, self._attention.is_set)
            due = 0
        elif self._number is not None:
            due = self._scheduler.due(perf_counter())
        else:
            due = 0 if self._target is None else self._target - self._step
        if due > 0:
            self._slice(trainer, due)
        if self._target is not None and self._step >= self._target:
            self._target = None
        if self._wanted is not None:
            self._answer(trainer)

    def _slice(self, trainer: Trainer, due: int) -> None:
        begin = perf_counter()
        made = trainer.run(due, lambda: self._attention.is_set() or perf_counter() > begin + SLICE)
        now = perf_counter()
        self._scheduler.made(made, now)
        self._meter.mark(now, trainer.step_count)
        self._note_progress(trainer)
        if trainer.stopped_by is not None:
            number, self._number, self._target = self._number, None, None
            if number is not None:
                self.ended.emit(number, trainer.stopped_by)

    def _answer(self, trainer: Trainer) -> None:
        playing = self._number is not None or self._target is not None
        if not self._refresh_metrics(trainer, playing or self._is_behind):
            return
        probes = self._take_wanted()
        begin = clock()
        answers: dict[Probe[object], object] = {}
        for probe in probes:
            if self.newest_run != self._run:
                with self._condition:
                    self._wanted = probes if self._wanted is None else self._wanted
                return
            answers[probe] = probe.compute(trainer)
        self.answer_seconds = clock() - begin
        rate = self._meter.rate() if playing else 0.0
        snapshot = Snapshot.of(self._run, trainer, answers, playing or self._is_behind, rate)
        with self._condition:
            if self._wanted is not None:  # again, meanwhile: that answer comes next
                return
            self._snapshot = snapshot
        self.snapshot_ready.emit()

    def _take_wanted(self) -> tuple[Probe[object], ...]:
        with self._condition:
            probes, self._wanted = self._wanted or (), None
        return probes

    def _refresh_metrics(self, trainer: Trainer, playing: bool) -> bool:
        """Evaluate all rows at the present step, also for competitors, unless that would delay training.

        While paused that is always possible, in a run that is slow now and then; return False if a command is queued.
        """
        stale = [one for one in (trainer, *trainer.competitors) if one.evaluated_at != one.step_count]
        if not stale:
            return True
        begin = perf_counter()
        if playing:
            limit = self._scheduler.limit
            is_slow = (limit is not None and limit <= SLOW) or self._meter.rate() < SLOW
            if not is_slow or begin < self._evaluate_again:
                return True
        is_done = all(one.refresh_metrics(lambda: bool(self._orders) or self._stopping) for one in stale)
        end = perf_counter()
        self._evaluate_again = end + (end - begin) / EVALUATION_SHARE
        return is_done

    def _note_progress(self, trainer: Trainer) -> None:
        within = trainer.step_loop.progress
        hundredths = 0 if within is None else int(100 * within.share)
        self.progress = Progress(self._run, trainer.step_count, hundredths, trainer.stopped_by)

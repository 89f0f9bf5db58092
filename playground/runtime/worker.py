"""The thread that trains: in slices, with orders between them, and a snapshot only when one is asked for.

A slice takes about 10 ms, but the trainer looks at `_attention` twice a millisecond (or after each step that takes
longer) and ends it early: for an order, for a request, or for a frame that is about to be drawn.
"""

import sys
import threading
import traceback
from collections import deque
from collections.abc import Sequence
from dataclasses import dataclass
from time import perf_counter

import numpy as np
from PySide6.QtCore import QThread, Signal

from playground.data.errors import DataMissing
from playground.data.preparation import PreparedData
from playground.experiment.config.schema import ExperimentConfig
from playground.experiment.probes.snapshot import Probe, Snapshot
from playground.experiment.runs.comparison import Comparison
from playground.experiment.runs.initial_weights import InitialWeights
from playground.experiment.training.trainer import Trainer
from playground.language import _
from playground.registry import UserError
from playground.runtime import commands
from playground.runtime.gate import Gate
from playground.runtime.interruption import Interrupted, Interruption
from playground.runtime.snapshot_builder import SnapshotBuilder, run_info
from playground.runtime.speed import StepScheduler


@dataclass(frozen=True)
class Progress:
    """How far a run is: so many steps and hundredths of the next one; and what has ended it."""

    run: int = 0
    step: int = 0
    hundredths: int = 0
    stopped_by: str | None = None


class Worker(QThread):
    """Owns the trainer. Its public methods are called in the screen's thread, everything private in its own.

    Signals carry texts, numbers and frozen values only; nothing is sent for a step, and one a frame at most.

    Signals
    -------
    built(info)
        A `RunInfo`: there is a new run at step 0.
    snapshot_ready()
        What was asked for can be taken.
    ended(number, reason)
        The play of this number ended by itself: key of the stop condition, or ``"diverged"``.
    refused(run, sentence), data_missing(run, name), failed(run, text)
        There is no trainer now: the configuration cannot be built, its data are not here, or something
        unforeseen happened (the text is a traceback).
    """

    built = Signal(object)
    snapshot_ready = Signal()
    ended = Signal(int, str)
    refused = Signal(int, str)
    data_missing = Signal(int, str)
    failed = Signal(int, str)

    def __init__(self) -> None:
        super().__init__()
        self._attention = threading.Event()
        self.gate = Gate(self._attention)
        self.progress = Progress()
        self._condition = threading.Condition()
        self._orders: deque[commands.Command] = deque()
        self._wanted: tuple[Probe[object], ...] | None = None
        self._stopping = False
        self._building = False
        self._mail: Snapshot | None = None
        self._interruption = Interruption()
        self._config: ExperimentConfig | None = None
        self._prepared: tuple[object, PreparedData] | None = None
        self._trainer: Trainer | None = None
        self._race: Comparison | None = None
        self._run = 0
        self._number: int | None = None  # of the play; None while paused
        self._target: int | None = None  # step to reach while not playing
        self._pace = StepScheduler()
        self._reporter = SnapshotBuilder(self._interruption, self._attention.is_set)

    @property
    def answer_seconds(self) -> float:
        """What the answers of the last snapshot took."""
        return self._reporter.answer_seconds

    def post(self, order: commands.Command) -> None:
        """Queue an order; it is met before the next step."""
        with self._condition:
            self._orders.append(order)
            self._attention.set()
            self._condition.notify()

    def request(self, probes: Sequence[Probe[object]]) -> None:
        """Ask for one snapshot with the answers to these probes; a later request replaces an earlier one."""
        with self._condition:
            self._wanted = tuple(probes)
            self._attention.set()
            self._condition.notify()

    def take(self) -> Snapshot | None:
        """Return the snapshot that is ready, once; None where there is none yet."""
        snapshot, self._mail = self._mail, None
        return snapshot

    def hurry(self) -> None:
        """Break off what is computed if an order that makes it pointless is still waiting."""
        with self._condition:
            pointless = self._stopping or any(
                commands.is_fresh_start(order)
                or (isinstance(order, commands.Reset | commands.StartRace) and not self._building)
                for order in self._orders
            )
        if pointless:
            self._interruption.interrupt()

    def stop(self) -> None:
        """Tell the thread to end; it does so before the next step."""
        with self._condition:
            self._stopping = True
            self._attention.set()
            self._condition.notify()

    def run(self) -> None:
        """Train until `stop`; the thread's main function."""
        sys.settrace(threading.gettrace())  # for coverage, which does not see threads that Qt has made
        np.seterr(all="ignore")  # of this thread: numbers that grow without bounds are told as divergence
        while True:
            order = self._await()
            if self._stopping:
                break
            try:
                if order is not None:
                    self._execute(order)
                else:
                    self._work()
            except Interrupted:
                pass  # a stop, a Build or a Reset is waiting
            except MemoryError:
                self._refuse(UserError(_("There is not enough memory for this experiment.")), self._run)
            except Exception:  # noqa: BLE001 - the thread lives on whatever happens, and the window shows it
                self._abandon()
                self.failed.emit(self._run, traceback.format_exc())
        self._trainer = None

    def _await(self) -> commands.Command | None:
        """Return the next order, or None when there is training or answering to do; rest until either."""
        with self._condition:
            while not self._stopping:
                self._attention.clear()
                while self._orders:
                    order = self._orders.popleft()
                    if not (isinstance(order, commands.OF_THE_RUN) and any(map(commands.is_fresh_start, self._orders))):
                        return order
                nap = self._nap()
                if nap == 0 or (self._wanted is not None and self._trainer is not None):
                    return None
                self._condition.wait(nap)
        return None

    def _nap(self) -> float | None:
        """Return the seconds until there is something to do, None where there is nothing."""
        if self._trainer is None:
            return None
        if self._trainer.is_evaluating or self._is_behind:
            return 0.0
        if self._number is not None:
            return self._pace.nap(perf_counter())
        return None if self._target is None else 0.0

    def _execute(self, order: commands.Command) -> None:
        """Do what one order says."""
        match order:
            case commands.Build(config, run, again, carry):
                if again:
                    self._prepared = None
                self._build(config, run, self._trainer if carry else None)
            case commands.UpdateSettings(config, run):
                self._change(config, run)
            case commands.Reset(run):
                self._reset(run)
            case commands.StartRace(starts, run):
                self._start_race(starts, run)
            case commands.PromoteRun(racer, config, run):
                self._keep(racer, config, run)
            case commands.EndRace():
                self._end_race()
            case commands.Play(number, past_stop):
                self._go_past_stop(past_stop)
                self._number, self._target = number, None
                self._pace.start(perf_counter())
                self._reporter.start_meter(self._step)
            case commands.Pause(met):
                self._number = self._target = None
                met.set()
            case commands.SetSpeed(speed):
                self._pace.set_limit(speed)
            case commands.Steps(count, past_stop):
                self._go_past_stop(past_stop)
                self._aim((self._step if self._target is None else self._target) + count)
            case commands.Epoch(past_stop):
                self._go_past_stop(past_stop)
                self._aim_at_epoch()
            case commands.Edit(edit):
                if self._trainer is not None:
                    self._trainer.set_parameters(edit(self._trainer.network.copy_parameters()))
        if self._trainer is not None:
            self._note_progress(self._trainer)

    @property
    def _step(self) -> int:
        return 0 if self._trainer is None else self._trainer.step_count

    def _build(self, config: ExperimentConfig, run: int, before: Trainer | None = None) -> None:
        """Replace the trainer, or say why there is none; go on from the weights of the one `before` if they fit."""
        self._abandon(keep_playing=True)
        self._config, self._run, self._building = config, run, True
        try:
            trainer = self._interruption.run(Trainer, config, self._data_for(config))
        except UserError as error:
            self._refuse(error, run)
        else:
            self._prepared = (self._data_key(config), trainer.data)
            if before is not None and before.network.sizes == trainer.network.sizes:
                trainer.set_parameters(before.network.parameters)
            self._begin(trainer)
        finally:
            self._building = False

    @staticmethod
    def _data_key(config: ExperimentConfig) -> object:
        """Return what the prepared data depend on."""
        return (config.data, config.seed, config.network.output, config.precision)

    def _data_for(self, config: ExperimentConfig) -> PreparedData | None:
        """Return the data of the run before where they serve again; None where they must be made."""
        if self._prepared is not None and self._prepared[0] == self._data_key(config):
            return self._prepared[1]
        return None

    def _begin(self, trainer: Trainer) -> None:
        """Take over a run, at step 0 but for one that was kept from a race, and tell the session."""
        self._trainer = trainer
        self._pace.forget()
        self._pace.start(perf_counter())
        self._reporter.begin(trainer.step_count)
        self._note_progress(trainer)
        self.built.emit(run_info(self._run, trainer))

    def _abandon(self, keep_playing: bool = False) -> None:
        """Do without a trainer from now on."""
        self._trainer = self._race = self._target = self._mail = None
        if not keep_playing:
            self._number = None

    def _refuse(self, error: UserError, run: int) -> None:
        """Do without a trainer, and say why."""
        self._abandon()
        if isinstance(error, DataMissing):
            self.data_missing.emit(run, error.name)
        else:
            self.refused.emit(run, str(error))

    def _change(self, config: ExperimentConfig, run: int) -> None:
        """Go on with settings changed; where nothing could be built before, try again with them."""
        if self._trainer is None:
            self._build(config, run)
            return
        self._config = config
        try:
            self._trainer.apply_live(config)
            if self._race is not None:
                self._race.apply_live(config)
        except UserError as error:
            self._refuse(error, run)

    def _reset(self, run: int) -> None:
        self._number = self._target = None
        if self._trainer is not None:
            self._run, self._mail = run, None
            self._trainer.reset()
            if self._race is not None:
                self._race.reset()
            self._begin(self._trainer)
        elif self._config is not None:
            self._build(self._config, run)

    def _start_race(self, starts: tuple[InitialWeights, ...], run: int) -> None:
        self._end_race()
        self._reset(run)
        if self._trainer is not None:
            self._race = self._interruption.run(Comparison, self._trainer, starts)

    def _end_race(self) -> None:
        """Let the rivals go, where there are any."""
        if self._race is not None:
            self._race.end()
            self._race = None

    def _keep(self, racer: int, config: ExperimentConfig, run: int) -> None:
        if self._race is None:
            self._build(config, run)
            return
        self._race.follow()
        kept = self._race.racers[racer]
        self._end_race()
        self._config, self._run, self._mail = config, run, None
        self._begin(kept)

    @property
    def _is_behind(self) -> bool:
        """Whether there is a race in which others have steps to make up for."""
        return self._race is not None and not self._race.is_level

    def _go_past_stop(self, past_stop: bool) -> None:
        """Go on past the stop conditions where that was ordered, with all that race."""
        if past_stop and self._trainer is not None:
            self._trainer.train_on()
            if self._race is not None:
                self._race.train_on()

    def _aim(self, step: int) -> None:
        self._number = None
        self._target = step
        self._reporter.start_meter(self._step)

    def _aim_at_epoch(self) -> None:
        if self._trainer is not None:
            end, length = self._step + self._trainer.steps_to_epoch_end, int(self._trainer.steps_per_epoch)
            reached = self._step if self._target is None else self._target
            beyond = 0 if reached < end else (reached - end) // length + 1
            self._aim(end + beyond * length)

    def _work(self) -> None:
        """Make one slice of steps, and a snapshot where one is wanted."""
        if self.gate.is_closed:
            self.gate.park()
        trainer = self._trainer
        if trainer is None:
            return
        now = perf_counter()
        if self._race is not None and self._is_behind:
            self._interruption.run(self._race.follow, self._attention.is_set)
            due = 0
        elif self._number is not None:
            due = self._pace.due(now)
        else:
            due = 0 if self._target is None else min(self._target - self._step, self._pace.slice_size())
        if due > 0 or trainer.is_evaluating:
            self._slice(trainer, due)
        if self._target is not None and self._step >= self._target:
            self._target = None
        playing = self._number is not None or self._target is not None
        if self._wanted is not None and self._reporter.bring_up_to_date(trainer, playing, self._pace.limit):
            probes, self._wanted = self._wanted, None
            self._mail = self._reporter.snapshot(self._run, trainer, probes, playing or self._is_behind)
            self.snapshot_ready.emit()

    def _note_progress(self, trainer: Trainer) -> None:
        """Say how far the run is."""
        within = trainer.step_progress
        hundredths = 0 if within is None else int(100 * within.share)
        self.progress = Progress(self._run, trainer.step_count, hundredths, trainer.stopped_by)

    def _slice(self, trainer: Trainer, due: int) -> None:
        """Make steps, and note what came of it."""
        begin = perf_counter()
        made = self._interruption.run(trainer.run, due, self._attention.is_set)
        now = perf_counter()
        self._pace.made(made, now - begin, now)
        self._reporter.mark(now, trainer.step_count)
        self._note_progress(trainer)
        if trainer.stopped_by is not None:
            number, self._number, self._target = self._number, None, None
            if number is not None:
                self.ended.emit(number, trainer.stopped_by)

"""What the window talks to: play, pause, step, reset, and a snapshot when one is asked for."""

import threading
from collections.abc import Callable, Sequence
from functools import partial
from typing import ParamSpec

import numpy as np
from PySide6.QtCore import QCoreApplication, QObject, Signal, Slot

from playground.experiment.config import edits
from playground.experiment.config.change_kind import ChangeKind, kind_of_change
from playground.experiment.config.schema import ExperimentConfig
from playground.experiment.probes.snapshot import Probe, RunInfo, Snapshot
from playground.experiment.runs.comparison import MOST_COMPETITORS
from playground.experiment.runs.initial_weights import InitialWeights, fits, single_choice
from playground.language import _
from playground.runtime.interpreter import collect_garbage_in_this_thread
from playground.runtime.selection import Selection
from playground.runtime.speed import AUTO, Speed, watchable_speed
from playground.runtime.store import Change, Store
from playground.runtime.worker import Flat, ParameterEdit, Progress, Worker

PAUSE_PATIENCE = 0.02  # seconds that `pause` waits for the present step to end
CLOSE_PATIENCE = 2.0  # seconds that closing waits for the thread

P = ParamSpec("P")


class Session(QObject):
    """Owns the thread that trains the store's experiment.

    A change of the store goes to the worker as a live change or as a rebuild. A rebuild continues training
    if it played; a reset pauses, and so does a step. While paused, the thread waits.

    Attributes
    ----------
    selection
        What the views point at together: the current sample, the unit under the mouse.
    store
        The experiment.
    gate
        To be held while a frame is drawn: ``with session.gate:``.
    info
        The current run; None until it is built.
    problem
        Why there is no run, where what was ordered last could not be built or had an error; else empty.
    is_running
        Whether steps are made until `pause`.
    is_held
        Whether no step is to be made for now, whoever asks for it, such as while a question is open.
    speed
        What was chosen: steps per second while playing, None for as many as can be, or `AUTO`.
    speed_limit
        Steps per second while playing, also where `speed` is `AUTO`; None for as many as can be.
    competitors
        The initial weights of those that race against the run; empty without a comparison.

    Signals
    -------
    run_started(info)
        A run was built or reset; `RunInfo`.
    snapshot_ready()
        The snapshot that was asked for can be polled.
    playing_changed(playing)
        Steps are being made, or no longer.
    held_changed(held)
        No step is to be made for now, or again.
    finished(reason)
        Playing ended by itself: the key of the stop condition, or ``"diverged"``.
    run_discarded()
        There is no run until the next `run_started`; `failed`, `refused` or `data_missing` then says why.
    failed(text)
        Something unforeseen happened in the worker; a traceback to copy. There is no run until a rebuild.
    refused(sentence)
        The experiment cannot be built, and why. There is no run until it is changed.
    data_missing(name)
        The data set has to be fetched first.
    ordered()
        Something was ordered: what a snapshot shows may be different from now on.
    speed_limit_changed()
        `speed_limit` is another one.
    race_changed()
        A race begins or is over; `competitors` says with whom.
    """

    run_started = Signal(object)
    snapshot_ready = Signal()
    playing_changed = Signal(bool)
    held_changed = Signal(bool)
    finished = Signal(str)
    run_discarded = Signal()
    failed = Signal(str)
    refused = Signal(str)
    data_missing = Signal(str)
    ordered = Signal()
    speed_limit_changed = Signal()
    race_changed = Signal()

    def __init__(self, store: Store) -> None:
        super().__init__()
        self.selection = Selection(self)
        self.store = store
        self.info: RunInfo | None = None
        self.is_running = False
        self.is_held = False
        self.speed: Speed = None
        self.speed_limit: float | None = None
        self.competitors: tuple[InitialWeights, ...] = ()
        self._run = 0  # that was ordered last
        self._plays = 0
        self._is_changed = False  # whether weights of the current run may differ from its start before any step
        self.problem = ""
        self._kept: int | None = None  # the number of the network that becomes the run
        self._open = True
        self._collector = collect_garbage_in_this_thread(self)
        self._worker = Worker()  # without a parent: it must never be deleted while it runs
        self._worker.built.connect(self._on_built)
        self._worker.snapshot_ready.connect(self.snapshot_ready)
        self._worker.ended.connect(self._on_ended)
        self._worker.discarded.connect(self._on_discarded)
        self.gate = self._worker.gate
        store.changed.connect(self._on_changed)
        application = QCoreApplication.instance()
        if application is not None:
            application.aboutToQuit.connect(self.close)
        self._worker.start()
        self._build()

    @property
    def has_failed(self) -> bool:
        """Whether there is no run; `problem` says why."""
        return bool(self.problem)

    @property
    def is_current(self) -> bool:
        """Whether the current run is the one that was ordered last: no other is on its way."""
        return self.info is not None and self.info.run == self._run

    @property
    def is_reading(self) -> bool:
        """Whether a run on other data than those of `info` is on its way, such as on a long table."""
        if self.info is None or self.is_current or self.has_failed:
            return False
        return self.info.config.data != self.store.config.data

    @property
    def step_count(self) -> int:
        """Steps made in the current run."""
        return self.progress.step

    @property
    def progress(self) -> Progress:
        """How far the current run is; cheap, and newer than any snapshot."""
        progress = self._worker.progress
        return progress if progress.run == self._run else Progress(self._run)

    @property
    def stopped_by(self) -> str | None:
        """The key of the stop condition that has ended the current run, ``"diverged"``, or None."""
        return self.progress.stopped_by

    @property
    def answer_seconds(self) -> float:
        """What the answers of the last snapshot took from the training."""
        return self._worker.answer_seconds

    def play(self) -> None:
        """Train until paused or a stop condition holds; try to build first what could not be built.

        A run that a stop condition has ended goes on past its stop conditions, until a reset or until others are set.
        """
        if self._open and not self.is_running and not self.is_held:
            if self.has_failed:
                self._build(again=True)
            self._plays += 1
            self._order(self._worker.play, self._plays)
            self._set_playing(True)

    @Slot()
    def pause(self) -> None:
        """Pause; an unfinished `step` ends too. `step_count` does not change afterwards."""
        done = threading.Event()
        self._order(self._worker.pause, done)
        done.wait(PAUSE_PATIENCE)
        self._set_playing(False)

    @Slot()
    def toggle(self) -> None:
        """Play if paused, pause if playing."""
        if self.is_running:
            self.pause()
        else:
            self.play()

    def step(self, n: int = 1) -> None:
        """Pause, and make `n` steps; past the stop conditions where one has ended the run."""
        if self.is_held:
            return
        self._order(self._worker.make_steps, n)
        self._set_playing(False)

    @Slot()
    def step_epoch(self) -> None:
        """Pause, and make steps to the end of the present pass over the training rows."""
        if self.is_held:
            return
        self._order(self._worker.finish_epoch)
        self._set_playing(False)

    @Slot()
    def reset(self) -> None:
        """Pause, and go back to the start, bit for bit, with all competitors; build it where there is none.

        The store can undo it where the run was not at its start; a race is over then.
        """
        self._restart(partial(self._reset, self.competitors), _("reset"))

    def _restart(self, begin: Callable[[object], None], name: str) -> None:
        """Go back to the start by `begin`, which is given what to leave the run under; the store can undo it."""
        left = object() if self.step_count or self._is_changed else None
        begin(left)
        if left is not None:
            undo, redo = partial(self._go_back, left), partial(begin, left)
            self.store.record(Change(undo, redo, name, outlasts_run=True))

    def _reset(self, competitors: tuple[InitialWeights, ...], left: object) -> None:
        self._order(self._worker.reset, self._next_run(keep_changes=left is not None), left, competitors)
        self._set_playing(False)
        self._set_competitors(competitors)

    @Slot()
    def rebuild(self) -> None:
        """Build the store's experiment again, its data included: such as after they were fetched."""
        self._build(again=True)

    def set_held(self, held: bool) -> None:
        """Make no step until it is set free again, whoever asks for one; what is running goes on."""
        if held != self.is_held:
            self.is_held = held
            self.held_changed.emit(held)

    def set_speed(self, speed: Speed) -> None:
        """Play at so many steps per second, at a speed at which the run can be watched, or (None) as fast as can be."""
        if isinstance(speed, float | int) and not speed > 0:
            raise ValueError(f"expected more than 0 steps a second, not {speed}")
        self.speed = speed
        self._set_limit()

    def _set_limit(self) -> None:
        """Send the chosen speed to the worker, or that of the run in automatic mode."""
        if self.speed != AUTO:
            limit = self.speed
        elif self.info is not None:
            limit = watchable_speed(self.store.config.training.stop, self.info.steps_per_epoch)
        else:
            return  # with the first run
        if limit != self.speed_limit:
            self.speed_limit = limit
            self._order(self._worker.set_limit, limit)
            self.speed_limit_changed.emit()

    def update_parameters(self, edit: ParameterEdit) -> None:
        """Replace the weights and biases.

        `edit` is given a copy of the flat parameter vector and returns the new one. It runs in the worker: it must be a
        plain function of its argument that holds no part of the window.
        """
        self._is_changed = True
        self._order(self._worker.edit, edit)

    def change_parameters(self, edit: ParameterEdit, places: Sequence[int] | None = None, name: str = "") -> None:
        """Replace the weights and biases; the store can undo it as long as this run lasts.

        While another network is on its way, nothing happens, and one of another size stays as it is.

        Parameters
        ----------
        edit
            As for `update_parameters`, of the parameters at `places`.
        places
            Which of the flat parameter vector of the current run change; None for all.
        name
            What it is called where it can be undone, as in `Change`.
        """
        if self.info is None or not self.is_current or self.has_failed:
            return
        size, where = len(self.info.start), slice(None) if places is None else list(places)
        before: list[Flat] = []

        def change(flat: Flat) -> Flat:
            if flat.size == size:
                before[:] = [flat[where].copy()]
                flat[where] = edit(before[0].copy())
            return flat

        def restore(flat: Flat) -> Flat:
            if flat.size == size and before:
                flat[where] = before[0]
            return flat

        self.update_parameters(change)
        undo, redo = partial(self.update_parameters, restore), partial(self.update_parameters, change)
        self.store.record(Change(undo, redo, name))

    def set_numbers(self, places: Sequence[int], value: float) -> None:
        """Replace a weight or bias, as `change_parameters` does; several places for a shared bias."""
        self.change_parameters(lambda old: np.full_like(old, value), places)

    def request(self, probes: Sequence[Probe[object]] = ()) -> None:
        """Request one snapshot with the answers to `probes`; it is ready a little later."""
        self._worker.request(probes)

    def poll_snapshot(self) -> Snapshot | None:
        """Return the snapshot that was asked for, once; None where none is ready or a newer run was ordered."""
        snapshot = self._worker.poll_snapshot()
        return snapshot if snapshot is not None and snapshot.run == self._run and self.is_current else None

    @Slot()
    def close(self) -> None:
        """End the thread and wait for it, unless a call takes very long."""
        if not self._open:
            return
        self._open = False
        self.store.changed.disconnect(self._on_changed)
        self._worker.stop(CLOSE_PATIENCE)
        self._collector.stop()
        self._set_playing(False)

    def race(self, starts: Sequence[InitialWeights]) -> None:
        """Reset, and train the run beside networks with other initial weights, on the same batches.

        The store can undo it where the run was not at its start, as a reset.

        Parameters
        ----------
        starts
            Initial weights of each competitor, at most `MOST_COMPETITORS`. Ignored: the run's own, repeated ones, and
            those for another number of layers (chosen a moment before the network changed).
        """
        network = self.store.config.network
        others = [it for it in dict.fromkeys(starts) if it != single_choice(network) and fits(it, network)]
        if not self._open or self.is_held or not others:
            return
        self._restart(partial(self._begin_race, tuple(others[:MOST_COMPETITORS])), _("race"))

    def _begin_race(self, competitors: tuple[InitialWeights, ...], left: object) -> None:
        self._reset(competitors, left)
        self.play()

    def end_race(self) -> None:
        """End the comparison; the run itself continues alone."""
        self._order(self._worker.end_race)
        self._set_competitors(())

    def keep(self, number: int) -> None:
        """End the comparison and continue with one of its networks: 0 is the run itself, 1 the first competitor.

        A competitor continues from its present step; its start becomes the experiment's. An undo of that continues the
        run itself.
        """
        if number == 0 or number > len(self.competitors):
            self.end_race()
            return
        self._kept = number
        try:
            self.store.apply(edits.change(self.store.config, "network.initial", self.competitors[number - 1]))
        finally:
            self._kept = None

    def _go_back(self, left: object) -> None:
        """Pause, and continue the run that a reset or a race has left under this object."""
        self.pause()
        self._set_competitors(())
        self._order(self._worker.build, self._next_run(keep_changes=True), self.store.config, back=left)
        self._is_changed = True

    def _build(self, again: bool = False, carry: bool = False, leave: object = None, back: object = None) -> None:
        """Order a new run of the store's experiment; with `carry` it continues from the present weights.

        `leave` and `back` are those of `Worker.build`.
        """
        self._set_competitors(())
        run = self._next_run(carry)
        if not carry:
            self._worker.discard_commands()
        self._is_changed = carry or back is not None
        self._order(self._worker.build, run, self.store.config, again, carry, leave, back)

    def _next_run(self, keep_changes: bool = False) -> int:
        """Return the number of the run that is ordered; changes by hand can be undone only where weights last."""
        self._run += 1
        self._is_changed = False
        self._worker.newest_run = self._run
        self.problem = ""
        if not keep_changes:
            self.store.clear_history()
        return self._run

    def _order(self, work: Callable[P, None], *args: P.args, **kwargs: P.kwargs) -> None:
        if self._open:
            self._worker.post(partial(work, *args, **kwargs))
            self.ordered.emit()

    def _set_competitors(self, competitors: tuple[InitialWeights, ...]) -> None:
        if competitors != self.competitors:
            self.competitors = competitors
            self.race_changed.emit()

    def _set_playing(self, playing: bool) -> None:
        if playing != self.is_running:
            self.is_running = playing
            self.playing_changed.emit(playing)

    @Slot(object, object)
    def _on_changed(self, new: ExperimentConfig, old: ExperimentConfig) -> None:
        kind = kind_of_change(old, new)
        number = self._kept
        if number is not None:
            self._order(self._worker.promote, self._next_run(), number, new, old)
            self._set_competitors(())
        elif kind == ChangeKind.WARM_START:
            self._build(carry=True)
        elif kind == ChangeKind.RESTART:
            self._build(leave=old, back=new if self.store.is_travelling else None)
        elif kind == ChangeKind.LIVE:
            self.problem = ""
            self._order(self._worker.update_settings, self._run, new)
            self._set_limit()

    @Slot(object)
    def _on_built(self, info: RunInfo) -> None:
        if info.run == self._run:
            if self.info is not None and self.info.sizes != info.sizes:
                self.store.clear_history()
            self.info = info
            self._set_limit()
            self.run_started.emit(info)

    @Slot(int, str)
    def _on_ended(self, number: int, reason: str) -> None:
        """Stop playing where the worker has ended it, unless it was started again since."""
        if self.is_running and number == self._plays:
            self._set_playing(False)
            self.finished.emit(reason)

    @Slot(int, str, str)
    def _on_discarded(self, run: int, kind: str, text: str) -> None:
        """Pass on why there is no run now; a fault of the program, even that of an older run."""
        if run == self._run:
            self.problem = text
            self._set_playing(False)
            self._set_competitors(())
            self.run_discarded.emit()
        if run == self._run or kind == "failed":
            {"refused": self.refused, "data_missing": self.data_missing, "failed": self.failed}[kind].emit(text)

"""The current experiment, and the ones before it: the only thing the window edits."""

from collections import deque
from collections.abc import Callable
from copy import copy
from dataclasses import dataclass

from PySide6.QtCore import QObject, Signal

from playground.experiment.config.schema import ExperimentConfig

DEEPEST_UNDO = 200


@dataclass(frozen=True)
class Change:
    """A change of something else than the configuration, which was made already and can be undone and made again.

    `name` says what it is, in the user's language; empty where numbers were set by hand. `outlasts_run` is whether it
    can be undone after its run has ended, too.
    """

    undo: Callable[[], None]
    redo: Callable[[], None]
    name: str = ""
    outlasts_run: bool = False


class Store(QObject):
    """Holds the current `ExperimentConfig`; every choice of the user is one `apply`, and can be undone.

    What belongs to the run and not to the experiment, such as a weight set by hand, joins the same history
    with `record`.

    Attributes
    ----------
    own
        The user's own experiment that was current last; while one is lent, the one before it.
    is_travelling
        Whether the change that is told just now is one of `undo` or `redo`: the new configuration is then the very
        object that was current before.

    Signals
    -------
    changed(new, old)
        The current configuration is another one; never emitted for an equal one.
    history_changed()
        What can be undone or redone is different from before.
    """

    changed = Signal(object, object)
    history_changed = Signal()

    def __init__(self, config: ExperimentConfig) -> None:
        super().__init__()
        self._config = config
        self._before: deque[ExperimentConfig | Change] = deque(maxlen=DEEPEST_UNDO)
        self._after: deque[ExperimentConfig | Change] = deque()
        self._merging: str | None = None
        self.own = config
        self._own = {config.data.name: config}  # the last one with each data set
        self._lends = False
        self._lent: deque[ExperimentConfig] = deque(maxlen=DEEPEST_UNDO)  # undo brings these very objects back
        self.is_travelling = False

    @property
    def config(self) -> ExperimentConfig:
        """The current experiment."""
        return self._config

    @property
    def can_undo(self) -> bool:
        """Whether there is something to undo."""
        return bool(self._before)

    @property
    def can_redo(self) -> bool:
        """Whether there is something undone to do again."""
        return bool(self._after)

    @property
    def undone_next(self) -> ExperimentConfig | Change | None:
        """What `undo` would go back to, or the recorded change it would undo; None where there is nothing."""
        return self._before[-1] if self._before else None

    @property
    def redone_next(self) -> ExperimentConfig | Change | None:
        """What `redo` would go to, or the recorded change it would make again; None where there is nothing."""
        return self._after[-1] if self._after else None

    def last_with(self, data_name: str) -> ExperimentConfig | None:
        """Return the last experiment with these data, but for those that were lent; None where there was none."""
        return self._own.get(data_name)

    def lend(self, lends: bool) -> None:
        """Take the experiments that come from now on as lent, such as those of a lesson; or as the user's own."""
        self._lends = lends

    def apply(self, new: ExperimentConfig, merge: str | None = None) -> None:
        """Make `new` the current experiment.

        Parameters
        ----------
        new
            The experiment; where it equals the current one nothing happens.
        merge
            Applies with the same key that follow one another, such as those of one drag of a slider,
            are one step of undo. A new drag of the same slider needs a new key.
        """
        if new == self._config:
            return
        new = copy(new)  # ready-made experiments are shared: each time that one is applied is told apart
        old, self._config = self._config, new
        if merge is None or merge != self._merging:
            self._before.append(old)
        elif self._before[-1] == new:  # the drag has come back to where it began: nothing is left to undo
            self._before.pop()
            merge = None
        self._merging = merge
        self._after.clear()
        self.history_changed.emit()
        self._notify(new, old)

    def record(self, change: Change) -> None:
        """Add a change that was made already to the history."""
        self._before.append(change)
        self._after.clear()
        self._merging = None
        self.history_changed.emit()

    def clear_history(self) -> None:
        """Remove the recorded changes whose run has ended, but for those that outlast it. Configurations stay."""
        count = len(self._before) + len(self._after)
        for side in (self._before, self._after):
            kept = [entry for entry in side if isinstance(entry, ExperimentConfig) or entry.outlasts_run]
            side.clear()
            side.extend(kept)
        if len(self._before) + len(self._after) < count:
            self.history_changed.emit()

    def undo(self) -> None:
        """Undo the last change; without one, do nothing."""
        self._travel(self._before, self._after)

    def redo(self) -> None:
        """Make the change again that was undone last; without one, do nothing."""
        self._travel(self._after, self._before)

    def _travel(self, here: deque[ExperimentConfig | Change], there: deque[ExperimentConfig | Change]) -> None:
        if not here:
            return
        entry = here.pop()
        self._merging = None
        if isinstance(entry, ExperimentConfig):
            old, self._config = self._config, entry
            there.append(old)
            self.history_changed.emit()
            self.is_travelling = True
            try:
                self._notify(entry, old)
            finally:
                self.is_travelling = False
        else:
            there.append(entry)
            self.history_changed.emit()
            if here is self._before:
                entry.undo()
            else:
                entry.redo()

    def _notify(self, new: ExperimentConfig, old: ExperimentConfig) -> None:
        if self._lends and not self.is_travelling:
            self._lent.append(new)
        if not any(new is it for it in self._lent):
            self.own = self._own[new.data.name] = new
        self.changed.emit(new, old)

"""The current experiment, and the ones before it: the only thing the window edits."""

from collections import deque

from PySide6.QtCore import QObject, Signal

from playground.experiment.config import ExperimentConfig

DEEPEST_UNDO = 200


class Store(QObject):
    """Holds the current `ExperimentConfig`; every choice of the user is one `apply`, and can be undone.

    Signals
    -------
    changed(new, old)
        The current configuration is another one; never emitted for an equal one.
    history_changed()
        What can be undone or redone is different from before.
    """

    changed = Signal(object, object)
    history_changed = Signal()

    def __init__(self, config: ExperimentConfig, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._config = config
        self._before: deque[ExperimentConfig] = deque(maxlen=DEEPEST_UNDO)
        self._after: list[ExperimentConfig] = []
        self._merging: str | None = None

    @property
    def config(self) -> ExperimentConfig:
        """The current experiment."""
        return self._config

    @property
    def can_undo(self) -> bool:
        """Whether there is a configuration to go back to."""
        return bool(self._before)

    @property
    def can_redo(self) -> bool:
        """Whether there is an undone configuration to come back to."""
        return bool(self._after)

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
        old, self._config = self._config, new
        if merge is None or merge != self._merging:
            self._before.append(old)
        elif self._before[-1] == new:  # the drag has come back to where it began: nothing is left to undo
            self._before.pop()
            merge = None
        self._merging = merge
        self._after.clear()
        self.history_changed.emit()
        self.changed.emit(new, old)

    def undo(self) -> None:
        """Go back to the configuration before the last change; without one, do nothing."""
        if self._before:
            self._after.append(self._config)
            self._travel(self._before.pop())

    def redo(self) -> None:
        """Come back to the configuration that was undone last; without one, do nothing."""
        if self._after:
            self._before.append(self._config)
            self._travel(self._after.pop())

    def _travel(self, config: ExperimentConfig) -> None:
        """Make an earlier or later configuration the current one."""
        old, self._config = self._config, config
        self._merging = None
        self.history_changed.emit()
        self.changed.emit(config, old)

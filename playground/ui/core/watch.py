"""Hears of a change of the experiment only where it concerns what is shown."""

from collections.abc import Callable, Sequence

from PySide6.QtCore import QObject, Slot

from playground.experiment.config.schema import ExperimentConfig, value_at
from playground.runtime.store import Store


class Watch(QObject):
    """Calls a function when a setting at one of some paths changes, for as long as its parent lives."""

    def __init__(self, store: Store, paths: Sequence[str], call: Callable[[], None], parent: QObject) -> None:
        super().__init__(parent)
        self._paths, self._call = paths, call
        store.changed.connect(self._on_store_changed)

    @Slot(object, object)
    def _on_store_changed(self, new: ExperimentConfig, old: ExperimentConfig) -> None:
        if any(value_at(new, path) != value_at(old, path) for path in self._paths):
            self._call()

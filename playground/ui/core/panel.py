"""What every panel of the window is: it shows an experiment or a run, and asks only while it is seen."""

from collections.abc import Callable, Sequence
from typing import Any, ClassVar

from PySide6.QtCore import QObject, QSignalBlocker, Signal, Slot
from PySide6.QtWidgets import QWidget

from playground.experiment.config.schema import ExperimentConfig, value_at
from playground.experiment.probes.snapshot import Probe, RunInfo, Snapshot
from playground.runtime.session import Session
from playground.runtime.store import Store

Probes = tuple[Probe[Any], ...]
"""What is asked of a run for a frame."""


class Panel(QWidget):
    """A view of the experiment, of the run, or of both.

    A panel is given the store and the session and nothing else: no main window, no other panel.

    Attributes
    ----------
    name
        Its stable ``objectName``, such as ``"loss_panel"``.
    header
        The widget at the right of the heading of its card (a switch, a legend), if any.
    updates_when_hidden
        Whether it is shown snapshots while it cannot be seen too, as long as the run plays: for what must not wait
        until the panel is visible.
    """

    name: ClassVar[str]
    updates_when_hidden: ClassVar[bool] = False

    refresh_requested = Signal()
    """It wants to show something else (another page, other rows): ask it again, even while the run is paused."""

    def __init__(self, store: Store, session: Session) -> None:
        super().__init__()
        self.setObjectName(self.name)
        self.store = store
        self.session = session
        self.header: QWidget | None = None
        self._info: RunInfo | None = None
        self._is_prepared = False
        session.run_discarded.connect(self._on_run_discarded)
        self.build()

    def build(self) -> None:
        """Make its widgets, with their texts, and connect them; called once, when store and session are known."""

    @property
    def info(self) -> RunInfo:
        """The run that is shown, which there must be."""
        assert self._info is not None
        return self._info

    def requested_probes(self) -> Probes:
        """Return the probes for the next snapshot, after preparing the panel."""
        self.ensure_prepared()
        return self.probes()

    def probes(self) -> Probes:
        """Return the probes whose results the next frame shows; there is a run."""
        return ()

    def show_run(self, info: RunInfo) -> None:
        """Show a new run: called once after each rebuild or reset, whether the panel can be seen or not."""
        self._info = info
        self._is_prepared = False
        self.clear()

    @Slot()
    def _on_run_discarded(self) -> None:  # PySide would go on calling an overridden slot of a panel that is deleted
        self.show_nothing()

    def show_nothing(self) -> None:
        """Show that there is no run until the next `show_run`.

        A card shows that itself; only panels without a card have to be cleared here.
        """
        self._info = None
        self.clear()

    def clear(self) -> None:
        """Show nothing of the run before; called with a new run, and where there is none."""

    def prepare(self, info: RunInfo) -> None:
        """Show what stays the same during a run: names, axes, samples.

        It is put off until the panel can be seen, and then comes before the first `probes`: a hidden panel costs
        nothing, however often a slider that is dragged has the run built again.
        """

    def invalidate(self) -> None:
        """Have `prepare` called again once the panel can be seen, at once if it can: it shows another page, say."""
        self._is_prepared = False
        self.refresh_requested.emit()

    def ensure_prepared(self) -> None:
        """Call `prepare` if that is still to be done, and if there is a run."""
        if self._info is not None and not self._is_prepared:
            self._is_prepared = True
            with QSignalBlocker(self):  # what it asks for is asked for next anyway
                self.prepare(self._info)

    def show_snapshot(self, snapshot: Snapshot) -> None:
        """Show a state of the run between two steps; called while it can be seen, or `updates_when_hidden`."""

    def shut_down(self) -> None:
        """End what works in the background: the window closes."""


class Watch(QObject):
    """Calls a function when a setting at one of some paths changes, for as long as its parent lives."""

    def __init__(self, store: Store, paths: Sequence[str], call: Callable[[], None], parent: QObject) -> None:
        super().__init__(parent)
        self._paths, self._call = paths, call
        store.changed.connect(self._on_store_changed)

    def _on_store_changed(self, new: ExperimentConfig, old: ExperimentConfig) -> None:
        if any(value_at(new, path) != value_at(old, path) for path in self._paths):
            self._call()

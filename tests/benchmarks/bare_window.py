"""A window with one label: what the threads alone cost."""

from PySide6.QtGui import QCloseEvent
from PySide6.QtWidgets import QLabel, QMainWindow, QVBoxLayout

from playground.experiment.config.schema import ExperimentConfig
from playground.experiment.probes.snapshot import Snapshot
from playground.runtime.session import Session
from playground.runtime.store import Store
from playground.ui.core.panel import Panel
from playground.ui.core.refresh_loop import RefreshLoop


class LabelPanel(Panel):
    """The least that a window can show."""

    name = "label_panel"

    def __init__(self, store: Store, session: Session) -> None:
        super().__init__(store, session)
        self._label = QLabel()
        QVBoxLayout(self).addWidget(self._label)

    def show_snapshot(self, snapshot: Snapshot) -> None:
        """Show the step."""
        self._label.setText(f"{snapshot.step:,} steps, {snapshot.steps_per_second:,.0f} a second")


class BareWindow(QMainWindow):
    """A window with one label: what the threads alone cost."""

    def __init__(self, config: ExperimentConfig) -> None:
        super().__init__()
        self.store = Store(config, self)
        self.session = Session(self.store, self)
        panel = LabelPanel(self.store, self.session)
        self.setCentralWidget(panel)
        self._pump = RefreshLoop(self.session, self)
        self._pump.add(panel)

    def closeEvent(self, event: QCloseEvent) -> None:
        """End the thread."""
        self.session.close()
        super().closeEvent(event)

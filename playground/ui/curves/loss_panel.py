"""The loss by step."""

from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from playground.experiment.probes.snapshot import RunInfo, Snapshot
from playground.language import _
from playground.runtime.session import Session
from playground.runtime.store import Store
from playground.ui.canvas.legend import Legend
from playground.ui.core.panel import Panel
from playground.ui.curves.loss_plot import LossPlot
from playground.ui.widgets.small_switch import LogSwitch


class LossPanel(Panel):
    """Loss of the batches, of the train and of the test part, with a switch for a logarithmic axis."""

    name = "loss_panel"

    def __init__(self, store: Store, session: Session) -> None:
        super().__init__(store, session)
        self.plot = LossPlot()
        self.plot.setAccessibleName(_("Loss by step"))
        self.plot.set_titles(_("step"), _("loss"))
        self.legend = Legend("loss_legend")
        self.log_switch = LogSwitch("loss_log", _("Logarithmic loss axis"), self.plot.set_logarithmic)
        self._header = QWidget()
        row = QHBoxLayout(self._header)
        row.setContentsMargins(0, 0, 0, 0)
        row.addWidget(self.legend)
        row.addWidget(self.log_switch)
        room = QVBoxLayout(self)
        room.setContentsMargins(0, 0, 0, 0)
        room.addWidget(self.plot)
        self.setMinimumHeight(72)
        self._name_colours(has_test=False)

    def title(self) -> str:
        """Return the heading."""
        return _("Loss")

    def header(self) -> QWidget:
        """Return the key to the colours and the switch."""
        return self._header

    def _name_colours(self, *, has_test: bool) -> None:
        entries = (("faint", _("batch")), ("train", _("train")))
        tip = _(
            "batch: the loss on each step's samples; where they are many, a band with their running "
            "average. train, test: the loss over all training and all test samples, computed now and then."
        )
        self.legend.set_entries((*entries, ("test", _("test"))) if has_test else entries, tip)

    def show_run(self, info: RunInfo) -> None:
        """Begin a new curve."""
        super().show_run(info)
        self._name_colours(has_test=info.data.x_test is not None)
        self.plot.reset(info.last_step)

    def show_snapshot(self, snapshot: Snapshot) -> None:
        """Show how the loss has gone so far."""
        history = snapshot.history
        self.plot.goal = snapshot.last_step
        self.plot.set_history(
            (history.steps, history.mean, history.low, history.high),
            (history.metric_steps, history.train_loss, history.test_loss),
        )

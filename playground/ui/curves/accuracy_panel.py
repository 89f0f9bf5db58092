"""The accuracy by epoch."""

from PySide6.QtWidgets import QStackedLayout

from playground.experiment.probes.snapshot import RunInfo, Snapshot
from playground.language import _
from playground.ui.canvas.chart import NOTHING
from playground.ui.canvas.chart_items import Array, Series
from playground.ui.canvas.legend import Legend
from playground.ui.canvas.run_chart import RunChart, last_of, nearest
from playground.ui.core import layouts, number_text
from playground.ui.core.panel import Panel
from playground.ui.core.ticks import number_label
from playground.ui.widgets.labels import reason_label


class AccuracyPlot(RunChart):
    """Accuracy curves over epochs."""

    def __init__(self) -> None:
        curves = tuple(Series(part, "line", part, width=1.8) for part in ("train", "test"))
        super().__init__("accuracy_plot", curves, _("Accuracy by epoch"), first=1.0, shares=True)
        self.reset()

    def reset(self, last_epoch: float | None = None) -> None:
        """Show the axes of a new run; `last_epoch` is where it ends at the latest, None where it need not."""
        self.goal = last_epoch
        self.set_history(NOTHING, NOTHING, NOTHING)

    def set_history(self, epochs: Array, train: Array, test: Array) -> None:
        """Show accuracies from 0 to 1 at these epochs; NaN where there is none."""
        self.set_data("train", epochs, train)
        self.set_data("test", epochs, test)
        self.fit_axes(last_of(epochs))

    def describe(self, x: float, _y: float) -> str:
        words = {"train": _("train {value}"), "test": _("test {value}")}
        lines: list[str] = []
        for key, text in words.items():
            epochs, shares = self.data(key)
            if len(epochs):
                k = nearest(epochs, x)
                lines = lines or [_("epoch {n}").format(n=number_label(float(f"{epochs[k]:.3g}")))]
                lines.append(text.format(value=number_text.share(shares[k])))
        return "\n".join(lines)


class AccuracyPanel(Panel):
    """Share of right answers on the train and the test part; for regression it says why there is none."""

    name = "accuracy_panel"

    def build(self) -> None:
        self.plot = AccuracyPlot()
        self.plot.set_titles(_("epoch"), _("accuracy (%)"))
        self.header = self.legend = Legend("accuracy_legend")
        self.note = reason_label("accuracy_note")
        self.note.setText(
            _("These targets are numbers, not classes: an output is near or far, never right or wrong. See the loss.")
        )
        self._layers = QStackedLayout()
        layouts.column(self._layers, parent=self)  # first: it shows what is on top, which would be a window of its own
        self._layers.addWidget(self.plot)
        self._layers.addWidget(self.note)
        self.setMinimumHeight(72)
        self._name_colours(("train",))

    def _name_colours(self, parts: tuple[str, ...]) -> None:
        names = {"train": _("train"), "test": _("test")}
        tip = _("Share of the training and of the test samples that are predicted correctly.")
        self.legend.set_entries(tuple((part, names[part]) for part in parts), tip)
        self.plot.legend = self.legend.entries

    def show_run(self, info: RunInfo) -> None:
        super().show_run(info)
        self.plot.reset(None if info.last_step is None else info.last_step / info.steps_per_epoch)
        is_regression = info.data.dataset.task == "regression"
        self._layers.setCurrentWidget(self.note if is_regression else self.plot)
        parts = ("train",) if info.data.x_test is None else ("train", "test")
        self._name_colours(() if is_regression else parts)

    def show_snapshot(self, snapshot: Snapshot) -> None:
        if self.info.data.dataset.task == "regression":
            return
        history = snapshot.shown_history
        self.plot.goal = snapshot.last_epoch
        self.plot.set_history(history.metric_epochs, history.train_accuracy, history.test_accuracy)

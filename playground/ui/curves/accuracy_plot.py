"""The accuracy by epoch, on the train and the test part, from 0 to 100 %."""

from playground.language import _
from playground.ui.canvas.chart import NOTHING, Array, Series
from playground.ui.canvas.run_chart import RunChart, last_of, nearest
from playground.ui.core.ticks import number_label


class AccuracyPlot(RunChart):
    """Accuracy curves over epochs."""

    def __init__(self) -> None:
        curves = tuple(Series(part, "line", part, width=1.8) for part in ("train", "test"))
        super().__init__("accuracy_plot", curves, first=1.0, shares=True)
        self.reset()

    def reset(self, last_epoch: float | None = None) -> None:
        """Begin a new run, which ends at `last_epoch` if that is known."""
        self.goal = last_epoch
        self.set_history(NOTHING, NOTHING, NOTHING)

    def set_history(self, epochs: Array, train: Array, test: Array) -> None:
        """Show accuracies from 0 to 1 at these epochs; NaN where there is none."""
        self.set_data("train", epochs, train)
        self.set_data("test", epochs, test)
        self.fit_axes(last_of(epochs))

    def describe(self, x: float, _y: float) -> str:
        words = {"train": _("train {percent:.2f} %"), "test": _("test {percent:.2f} %")}
        lines: list[str] = []
        for key, text in words.items():
            epochs, shares = self.data(key)
            if len(epochs):
                k = nearest(epochs, x)
                lines = lines or [_("epoch {n}").format(n=number_label(float(f"{epochs[k]:.3g}")))]
                lines.append(text.format(percent=100 * shares[k]))
        return "\n".join(lines)

"""The accuracy by epoch, on the train and the test part, from 0 to 100 %."""

import numpy as np
from numpy.typing import NDArray

from playground.language import _
from playground.ui.plots.axes_plot import AxesPlot, Series
from playground.ui.plots.growing_range import GrowingEnd
from playground.ui.plots.loss_plot import nearest
from playground.ui.plots.ticks import linear_ticks, number_label

Array = NDArray[np.floating]

PERCENT = [(0.0, "0"), (0.25, "25"), (0.5, "50"), (0.75, "75"), (1.0, "100 %")]


class AccuracyPlot(AxesPlot):
    """Accuracy curves over epochs."""

    def __init__(self) -> None:
        super().__init__(
            "accuracy_plot", (Series("train", "line", "train", width=1.8), Series("test", "line", "test", width=1.8))
        )
        self._end = GrowingEnd(1.0)
        self.describe = self._describe
        self.reset()

    def reset(self, last_epoch: float | None = None) -> None:
        """Begin a new run, which ends at `last_epoch` if that is known."""
        self._end.reset(last_epoch)
        self.set_history(np.empty(0), np.empty(0), np.empty(0))

    def set_history(self, epochs: Array, train: Array, test: Array) -> None:
        """Show accuracies from 0 to 1 at these epochs; NaN where there is none."""
        self.set_data("train", epochs, train)
        self.set_data("test", epochs, test)
        end = self._end.include(float(epochs[-1]) if len(epochs) else 0.0)
        self.set_ranges((0.0, end), (0.0, 1.04), (linear_ticks(0.0, end), PERCENT))

    def _describe(self, x: float, _y: float) -> str:
        """Return the epoch under the mouse and the accuracies there."""
        words = {"train": _("train {percent:.2f} %"), "test": _("test {percent:.2f} %")}
        lines: list[str] = []
        for key, text in words.items():
            epochs, shares = self.data(key)
            if len(epochs):
                k = nearest(epochs, x)
                lines = lines or [_("epoch {n}").format(n=number_label(float(f"{epochs[k]:.3g}")))]
                lines.append(text.format(percent=100 * shares[k]))
        return "\n".join(lines)

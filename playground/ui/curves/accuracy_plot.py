"""The accuracy by epoch, on the train and the test part, from 0 to 100 %."""

import numpy as np
from numpy.typing import NDArray

from playground.language import _
from playground.ui.canvas.axes_plot import Series
from playground.ui.canvas.run_plot import RunPlot, nearest
from playground.ui.core.ticks import number_label

Array = NDArray[np.floating]

FIRST_EPOCHS = 1.0


class AccuracyPlot(RunPlot):
    """Accuracy curves over epochs."""

    def __init__(self) -> None:
        curves = tuple(Series(part, "line", part, width=1.8) for part in ("train", "test"))
        super().__init__("accuracy_plot", curves, first=FIRST_EPOCHS, shares=True)
        self.describe = self._describe
        self.reset()

    def reset(self, last_epoch: float | None = None) -> None:
        """Begin a new run, which ends at `last_epoch` if that is known."""
        self._begin_axes(last_epoch)
        self.set_history(np.empty(0), np.empty(0), np.empty(0))

    def set_history(self, epochs: Array, train: Array, test: Array) -> None:
        """Show accuracies from 0 to 1 at these epochs; NaN where there is none."""
        self._history = (epochs, train, test)
        self._show()

    def _show(self) -> None:
        epochs, train, test = self._history
        self.set_data("train", epochs, self._put(train))
        self.set_data("test", epochs, self._put(test))
        self._fit_axes(max([0.0, *epochs[-1:]]))

    def _describe(self, x: float, _y: float) -> str:
        words = {"train": _("train {percent:.2f} %"), "test": _("test {percent:.2f} %")}
        lines: list[str] = []
        for key, text in words.items():
            epochs, shares = self.data(key)
            if len(epochs):
                k = nearest(epochs, x)
                lines = lines or [_("epoch {n}").format(n=number_label(float(f"{epochs[k]:.3g}")))]
                lines.append(text.format(percent=100 * shares[k]))
        return "\n".join(lines)

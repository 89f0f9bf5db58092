"""The confusion matrix: blue where what was predicted is true, orange where it is not; its cells can be opened."""

import numpy as np
from numpy.typing import NDArray

from playground.language import _, ngettext
from playground.ui.canvas.images import ColourTable, indices
from playground.ui.canvas.matrix_view import Frame, MatrixView
from playground.ui.core import theme

Counts = NDArray[np.int64]


class ConfusionView(MatrixView):
    """Counts of samples by true class (rows) and predicted class (columns).

    The diagonal is as blue as the share of its row, the rest as orange as its share of the commonest mistake: on one
    scale, mistakes would not be seen beside what is right.
    """

    def __init__(self, name: str, *, selectable: bool) -> None:
        super().__init__(name, selectable=selectable)
        self.explain = self._explain_count

    def set_classes(self, names: tuple[str, ...]) -> None:
        """Show the matrix of these classes; its counts are set later."""
        self.set_frame(Frame(names, names, _("true class"), _("output")))
        self.current = 0

    def set_counts(self, counts: Counts) -> None:
        """Show these counts (classes, classes)."""
        self.set_values(counts.astype(float))
        self.set_current(self.current)

    def colours(self) -> tuple[NDArray[np.uint8], ColourTable]:
        return indices(shares(self.values), -1.0, 1.0), theme.outputs()

    def number(self, value: float) -> str:
        return f"{value:.0f}" if value else ""

    def _explain_count(self, index: int) -> str:
        """Return what a cell counts."""
        row, column = divmod(index, len(self.values))
        count, total = int(self.values[row, column]), float(self.values[row].sum())
        names = self.frame.rows
        words = _("true class {true}, output {found}").format(true=names[row], found=names[column])
        numbers = ngettext("{count:,} sample", "{count:,} samples", count).format(count=count)
        share = _("{percent:.1f} % of the class").format(percent=100 * count / max(1.0, total))
        return f"{words}\n{numbers}, {share}"


def shares(counts: NDArray[np.floating]) -> NDArray[np.float64]:
    """Return the colours of a confusion matrix on a scale from −1 (the commonest mistake) to 1 (a class all right)."""
    right = np.eye(len(counts), dtype=bool)
    commonest = max(1.0, float(counts[~right].max(initial=0.0)))
    totals = np.maximum(counts.sum(axis=1, keepdims=True), 1.0)
    return np.where(right, counts / totals, -counts / commonest)

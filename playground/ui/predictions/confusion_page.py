"""The confusion matrix of a part with the accuracy of each class beside it."""

from PySide6.QtWidgets import QWidget

from playground.experiment.probes.classification import Classifications
from playground.language import _
from playground.ui.canvas.confusion_view import ConfusionView
from playground.ui.canvas.output_bars import OutputBars
from playground.ui.core import layouts
from playground.ui.widgets.labels import text_label


class ConfusionPage(QWidget):
    """Which class is predicted as which, and how often each is right."""

    def __init__(self) -> None:
        super().__init__()
        self.matrix = ConfusionView("predictions_confusion", selectable=True)
        self.matrix.setAccessibleName(_("How often each class was predicted as each"))
        self.bars = OutputBars("predictions_accuracies")
        self.bars.setAccessibleName(_("Accuracy of each class"))
        side = layouts.column(text_label(text=_("Accuracy by true class"), wraps=False), (self.bars, 1), gap=4)
        layouts.row((self.matrix, 1), side, parent=self, gap=12)

    def set_classes(self, names: tuple[str, ...]) -> None:
        """Show these classes; the classifications of their samples are to follow."""
        self.matrix.set_classes(names)
        self.bars.set_names(names)

    def set_classifications(self, found: Classifications) -> None:
        """Show what was predicted as what."""
        self.matrix.set_counts(found.confusion())
        shares = found.accuracies()
        captions = tuple("–" if share != share else f"{100 * share:.1f} %" for share in shares.tolist())
        self.bars.set_values(shares, captions, None)

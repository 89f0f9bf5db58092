"""The confusion matrix of a part with the accuracy of each class beside it."""

from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from playground.experiment.probes.classification import Classifications
from playground.language import _
from playground.ui.canvas.confusion_view import ConfusionView
from playground.ui.canvas.output_bars import OutputBars
from playground.ui.widgets.labels import text_label


class ConfusionPage(QWidget):
    """Which class is predicted as which, and how often each is right."""

    def __init__(self) -> None:
        super().__init__()
        self.matrix = ConfusionView("predictions_confusion", selectable=True)
        self.matrix.setAccessibleName(_("How often each class was predicted as each"))
        self.bars = OutputBars("predictions_accuracies")
        self.bars.setAccessibleName(_("Accuracy of each class"))
        side = QVBoxLayout()
        side.setSpacing(4)
        side.addWidget(text_label(text=_("Accuracy by true class"), wraps=False))
        side.addWidget(self.bars, 1)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(12)
        row.addWidget(self.matrix, 1)
        row.addLayout(side)

    def set_classes(self, names: tuple[str, ...]) -> None:
        """Show these classes; the classifications of their samples are set later."""
        self.matrix.set_classes(names)
        self.bars.set_names(names)

    def set_classifications(self, found: Classifications) -> None:
        self.matrix.set_counts(found.confusion())
        shares = found.accuracies()
        captions = tuple("–" if share != share else f"{100 * share:.1f} %" for share in shares.tolist())
        self.bars.set_values(shares, captions, None)

"""The controls around the predictions: which part and which view above, what is seen and how to turn pages below."""

from collections.abc import Sequence

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QHBoxLayout, QWidget

from playground.language import _
from playground.ui.core import plain_text
from playground.ui.core.labels import Part
from playground.ui.widgets.icons import Button
from playground.ui.widgets.segmented import SegmentedControl


class PredictionControls:
    """Two rows of controls, `header` and `foot`."""

    def __init__(self, views: Sequence[str]) -> None:
        self.part = SegmentedControl("predictions_part", ("train", "test"))
        self.view = SegmentedControl("predictions_view", views)
        self.note = plain_text.label()
        self.back = Button(name="predictions_back", role="small")
        self.previous = Button(name="predictions_previous", role="small")
        self.next = Button(name="predictions_next", role="small")
        self.part.set_usual_width(120)
        self.view.set_usual_width(330)
        self.note.setObjectName("predictions_note")
        self.note.setProperty("role", "muted")
        self.note.setAlignment(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter)
        self.note.setWordWrap(True)
        self.header = _row(8, self.part, self.view)
        self.foot = _row(8, self.note, self.back, self.previous, self.next)

    def show_nothing(self) -> None:
        """Offer nothing: there is no run."""
        self.name_mistakes(_("Mistakes"))
        self.note.setText(_("The samples appear here as soon as there are data."))
        for widget in (self.part, self.back, self.previous, self.next):
            widget.setVisible(False)

    def show_choice(self, part: Part, view: str) -> None:
        """Show which part and which view are chosen."""
        self.part.set_value(part)
        self.view.set_value(view)

    def show_page(self, page: tuple[int, int] | None, count: int) -> None:
        """Offer the pages before and after this one (first and last sample, from 0) of `count`; None for no pages."""
        for button in (self.previous, self.next):
            button.setVisible(page is not None)
        if page is not None:
            self.previous.setEnabled(page[0] > 0)
            self.next.setEnabled(page[1] + 1 < count)

    def name_mistakes(self, text: str) -> None:
        """Write onto the button of the mistakes how many there are."""
        if text != self.view.button("mistakes").text():
            self.view.set_text("mistakes", text, _("Only wrong predictions, the most confident first"))

    def retranslate(self) -> None:
        """Set every text in the language in use, but for the note and the mistakes."""
        self.part.set_text("train", _("Train"), _("The samples that the network learns from"))
        self.part.set_text("test", _("Test"), _("The samples that are not used for training"))
        self.part.setAccessibleName(_("Part of the data"))
        self.view.set_text("samples", _("Samples"), _("Every sample with its target and its output"))
        self.view.set_text("confusion", _("Confusion"), _("How often each class is predicted as each"))
        self.view.setAccessibleName(_("View of the predictions"))
        self.back.set_text(_("Matrix"), _("Back to the confusion matrix"))
        self.previous.set_text(_("Previous page"), _("The samples on the page before"))
        self.next.set_text(_("Next"), _("The samples on the next page"))


def _row(spacing: int, first: QWidget, *others: QWidget) -> QWidget:
    """Return widgets side by side, the first of which takes what room is left."""
    whole = QWidget()
    row = QHBoxLayout(whole)
    row.setContentsMargins(0, 0, 0, 0)
    row.setSpacing(spacing)
    row.addWidget(first, 1)
    for widget in others:
        row.addWidget(widget)
    return whole

"""The controls around the predictions: which part and which view above, what is seen and the pages below."""

from PySide6.QtCore import Qt

from playground.language import _
from playground.ui.core import layouts
from playground.ui.widgets.icons import Button
from playground.ui.widgets.labels import text_label
from playground.ui.widgets.segmented import SegmentedControl


class PredictionControls:
    """Two rows of controls, `header` and `foot`."""

    def __init__(self) -> None:
        parts = (
            ("train", _("Train"), _("The samples that the network learns from")),
            ("test", _("Test"), _("The samples that are not used for training")),
        )
        self.part = SegmentedControl("predictions_part", parts, label=_("Part of the data"), usual_width=120)
        self.part.hide()
        views = (
            ("samples", _("Samples"), _("Every sample with its target and its output")),
            ("mistakes", "", ""),
            ("confusion", _("Confusion"), _("How often each class is predicted as each")),
        )
        self.view = SegmentedControl("predictions_view", views, label=_("View of the predictions"), usual_width=330)
        self.note = text_label("predictions_note", text=_("The samples appear here as soon as there are data."))
        self.note.setAlignment(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter)
        self.back, self.previous, self.next = (
            Button(name=f"predictions_{name}", text=text, tip=tip, role="small")
            for name, text, tip in (
                ("back", _("Matrix"), _("Back to the confusion matrix")),
                ("previous", _("Previous page"), _("The samples on the page before")),
                ("next", _("Next"), _("The samples on the next page")),
            )
        )
        self.header = layouts.box(layouts.row((self.part, 1), self.view, gap=8))
        self.foot = layouts.box(layouts.row((self.note, 1), self.back, self.previous, self.next, gap=8))
        for button in (self.back, self.previous, self.next):
            button.hide()
        self.count_mistakes(None)

    def show_page(self, page: tuple[int, int] | None, count: int) -> None:
        """Offer the pages before and after this one (first and last sample, from 0) of `count`; None for no pages."""
        for button in (self.previous, self.next):
            button.setVisible(page is not None)
        if page is not None:
            self.previous.setEnabled(page[0] > 0)
            self.next.setEnabled(page[1] + 1 < count)

    def count_mistakes(self, count: int | None) -> None:
        """Show the number of mistakes on their button; None if unknown."""
        text = _("Mistakes") if count is None else _("Mistakes ({count:,})").format(count=count)
        if text != self.view.button("mistakes").text():
            self.view.set_text("mistakes", text, _("Only wrong predictions, the most confident first"))

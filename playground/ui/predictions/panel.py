"""What the network makes of single samples: all of them, its mistakes, and which class it predicts as which."""

from time import perf_counter
from typing import Any, Literal, cast

import numpy as np
from numpy.typing import NDArray
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QStackedLayout, QWidget

from playground.engine.metrics import confidence, predicted_classes
from playground.experiment.probes.classification import ClassificationProbe, ClassificationResult, Classifications
from playground.experiment.probes.probe import MOST_ROWS, Predictions
from playground.experiment.probes.snapshot import Probe, RunInfo, Snapshot
from playground.language import _
from playground.runtime.selection import Sample
from playground.ui.canvas.matrix_view import ConfusionView
from playground.ui.canvas.output_bars import OutputBars
from playground.ui.canvas.sample_columns import Answers, sample_columns
from playground.ui.canvas.sample_table import SampleTable
from playground.ui.core import layouts, number_text
from playground.ui.core.labels import Part, Rows, class_names, row_names, rows_of
from playground.ui.core.panel import Panel, Probes
from playground.ui.predictions.gallery_view import GalleryView
from playground.ui.predictions.text import about_confusion, about_list, about_samples, captions, why_nothing
from playground.ui.widgets.icons import Button
from playground.ui.widgets.labels import reason_label, text_label
from playground.ui.widgets.segmented import SegmentedControl

PAGE, LIST_PAGE = 40, 24
"""Images a page: of all samples, and of those with more to say below each."""
ROWS_A_SECOND = 20_000
"""So many rows are classified while training runs: 10,000 images twice a second, few points in every frame."""
NOTHING: NDArray[np.intp] = np.empty(0, np.intp)
View = Literal["samples", "mistakes", "confusion"]


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
                ("next", _("Next page"), _("The samples on the next page")),
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
        if text != self.view.buttons["mistakes"].text():
            self.view.set_text("mistakes", text, _("Only wrong predictions, the most confident first"))


class ConfusionPage(QWidget):
    """Which class is predicted as which, and how often each is right."""

    def __init__(self) -> None:
        super().__init__()
        label = _("How often each class was predicted as each")
        self.matrix = ConfusionView("predictions_confusion", label, selectable=True)
        self.bars = OutputBars("predictions_accuracies", _("Accuracy of each class"))
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
        captions = tuple("–" if share != share else number_text.share(share) for share in shares.tolist())
        self.bars.set_values(shares, captions, None)


class PredictionsPanel(Panel):
    """Every sample with its target and its output; mistakes alone; the confusion matrix."""

    name = "predictions_panel"

    def build(self) -> None:
        self.view: View = "samples"
        self.part: Part = "train"
        self.cell: tuple[int, int] | None = None
        self.first = 0
        self.table = SampleTable("predictions_table", self.session.selection, sortable=True)
        self.gallery = GalleryView()
        self.confusion = ConfusionPage()
        self.reason = reason_label("predictions_reason")
        self.controls = PredictionControls()
        self.header = self.controls.header
        self._result: ClassificationResult | None = None
        self._next_due = 0.0  # when to classify the whole part again while the run moves
        self._answers = Answers(0, 1)
        self._page = NOTHING
        self._build()
        self.controls.view.chosen.connect(lambda key: self._show_view(cast(View, key), None))
        self.controls.part.chosen.connect(self._on_part_chosen)
        self.controls.back.clicked.connect(self._on_back)
        self.controls.previous.clicked.connect(lambda: self._turn_page(-self._page_size))
        self.controls.next.clicked.connect(lambda: self._turn_page(self._page_size))
        self.confusion.matrix.opened.connect(self._on_cell_opened)
        self.gallery.pointed.connect(lambda k: self.session.selection.set_sample(Sample(self.part, int(self._page[k]))))
        self.table.headings.sortIndicatorChanged.connect(self._on_sorting_changed)
        self.table.verticalScrollBar().valueChanged.connect(self._on_scrolled)
        self.session.selection.sample_changed.connect(self._mark)

    def _build(self) -> None:
        views = QWidget()
        self._views = QStackedLayout(views)
        for view in (self.table, self.gallery, self.confusion, self.reason):
            self._views.addWidget(view)
        layouts.column((views, 1), self.controls.foot, parent=self, gap=6)
        self.controls.view.set_value(self.view)

    def probes(self) -> Probes:
        if self._is_pointless():
            return ()
        if not self._needs_all_rows():
            return (self._window(),)
        is_due = self._result is None or not self.session.is_running or perf_counter() >= self._next_due
        return (ClassificationProbe(self.part),) if is_due else ()

    def _window(self) -> Predictions:
        if self._is_gallery():
            return Predictions(self.part, self.first, PAGE)
        first, count = self.table.visible_rows()
        first = max(0, first - 10) // 10 * 10  # so that scrolling by a row asks the same again
        return Predictions(self.part, first, (count + 30) // 10 * 10)

    def _is_gallery(self) -> bool:
        return self._info is not None and self._info.data.dataset.image_shape is not None

    def _needs_all_rows(self) -> bool:
        return self.view != "samples" or (not self._is_gallery() and self.table.samples.is_sorted)

    def _is_regression(self) -> bool:
        return self._info is not None and self._info.data.dataset.task == "regression"

    def _is_pointless(self) -> bool:
        return self.view != "samples" and self._is_regression()

    @property
    def _samples(self) -> Rows:
        rows = rows_of(self.info.data, self.part)
        assert rows is not None
        return rows

    @property
    def _classifications(self) -> Classifications | None:
        return None if self._result is None else self._result.classifications

    def show_run(self, info: RunInfo) -> None:
        has_test = rows_of(info.data, "test") is not None
        self.controls.part.setVisible(has_test)
        if self._info is None or not has_test or self._info.data.dataset.name != info.data.dataset.name:
            self.part = "test" if has_test else "train"
            self.first, self.cell = 0, None
        super().show_run(info)

    def prepare(self, info: RunInfo) -> None:
        data = info.data
        self._result = None
        self._answers = Answers(len(self._samples), data.n_outputs)
        self.confusion.set_classes(class_names(data))
        if not self._is_gallery():
            columns = sample_columns(data, self._samples, info.config.network.output, self._answers)
            self.table.set_columns(columns, min(len(self._samples), MOST_ROWS), row_names(data, self.part))
            self.table.set_part(self.part)
        self.controls.count_mistakes(None)
        self._refill()

    def show_snapshot(self, snapshot: Snapshot) -> None:
        if self._is_pointless():
            return
        if not self._needs_all_rows():
            self._show_window(snapshot)
            return
        probe: Probe[Any] = ClassificationProbe(self.part)
        result = snapshot.answer(probe)
        if result is not None:
            self._result, self._next_due = result, perf_counter() + len(result.rows) / ROWS_A_SECOND
            self._refill()

    def _show_window(self, snapshot: Snapshot) -> None:
        metrics = snapshot.train if self.part == "train" else snapshot.test
        samples, output = self._samples, self.info.config.network.output
        if metrics is not None and metrics.accuracy is not None and len(samples) <= MOST_ROWS:
            self.controls.count_mistakes(round((1 - metrics.accuracy) * len(samples)))
        probe = next((one for one in snapshot.answers if isinstance(one, Predictions) and self._fits(one)), None)
        outputs = None if probe is None else snapshot.answer(probe)
        if probe is None or outputs is None:
            return
        self._answers.put(slice(probe.first, probe.first + len(outputs)), outputs)
        if not self._is_gallery():
            self.table.viewport().update()
        elif samples.labels is not None:
            self._write_captions(predicted_classes(outputs, output), confidence(outputs, output), with_confidence=False)

    def _fits(self, probe: Predictions) -> bool:
        return probe.part == self.part and (probe == self._window() or not self._is_gallery())

    def _write_captions(self, found: NDArray[Any], shares: NDArray[Any], *, with_confidence: bool) -> None:
        labels = self._samples.labels
        assert labels is not None
        names, rows = class_names(self.info.data), self._page
        texts = captions(names, rows, found, labels[rows], shares, with_confidence=with_confidence)
        self.gallery.set_captions(*texts)

    def _listed(self) -> NDArray[np.intp] | None:
        """Return the places, among the classifications, of the samples to list; None for all samples."""
        if self.view == "samples":
            return None
        if self._classifications is None:
            return NOTHING
        return self._classifications.mistakes if self.cell is None else self._classifications.pair(*self.cell)

    def _shown(self, listed: NDArray[np.intp] | None) -> QWidget:
        if self._is_pointless():
            return self.reason
        if self.view == "confusion" and self.cell is None:
            return self.confusion
        if listed is not None and self._classifications is not None and not len(listed):
            return self.reason
        return self.gallery if self._is_gallery() else self.table

    @property
    def _page_size(self) -> int:
        return PAGE if self.view == "samples" else LIST_PAGE

    def _refill(self) -> None:
        """Show the latest classification in the chosen view: its samples may be others than before."""
        if self._info is None:
            return
        found, listed = self._classifications, self._listed()
        shown, count = self._shown(listed), len(self._samples) if listed is None else len(listed)
        names, page = class_names(self._info.data), None
        self.controls.part.set_value(self.part)
        self.controls.view.set_value(self.view)
        self.controls.back.setVisible(self.cell is not None)
        self._views.setCurrentWidget(shown)
        if found is not None:
            self.controls.count_mistakes(len(found.mistakes))
        if shown is self.confusion and found is not None:
            self.confusion.set_classifications(found)
        elif shown is self.table:
            self._refill_table(listed)
        elif shown is self.gallery:
            self._refill_gallery(listed, count)
            page = (self.first, self.first + len(self._page) - 1)
        elif shown is self.reason:
            self.reason.setText(why_nothing(self._is_regression(), names, self.cell, self.part))
        self.controls.show_page(page, count)
        text = ""
        if self.view == "samples":
            text = about_samples(page, count)
        elif self._result is not None and shown is self.confusion:
            text = about_confusion(self._result)
        elif self._result is not None and shown is not self.reason:
            text = about_list(self._result, names, self.cell, page, count)
        self.controls.note.setText(text)

    def _refill_table(self, listed: NDArray[np.intp] | None) -> None:
        if self._result is not None and self._needs_all_rows():
            self._answers.put(self._result.rows, self._result.outputs)
            listed = self._result.rows if listed is None else self._result.rows[listed]
        self.table.samples.set_rows(listed)
        self.table.viewport().update()

    def _refill_gallery(self, listed: NDArray[np.intp] | None, count: int) -> None:
        dataset, found = self.info.data.dataset, self._classifications
        assert dataset.image_shape is not None
        self.first = min(self.first, max(0, (count - 1) // self._page_size * self._page_size))
        places = np.arange(count) if listed is None else listed
        places = places[self.first : self.first + self._page_size]
        self._page = places if listed is None or found is None else found.rows[places]
        pictures = self._samples.raw[self._page].reshape(-1, *dataset.image_shape)
        self.gallery.set_images(pictures, 1.0 / dataset.x_scale, wordy=listed is not None)
        if listed is not None and found is not None:
            self._write_captions(found.predicted[places], found.confidence[places], with_confidence=True)
        self._mark()

    def _mark(self) -> None:
        sample = self.session.selection.sample
        found = np.flatnonzero(self._page == sample.row).tolist()
        self.gallery.set_current(found[0] if found and sample.part == self.part else None)

    def _on_cell_opened(self, index: int) -> None:
        true, found = divmod(index, len(self.confusion.matrix.values))
        self._show_view("confusion", (true, found))
        (self.gallery if self._is_gallery() else self.table).setFocus()

    def _on_back(self) -> None:
        self._show_view("confusion", None)
        self.confusion.matrix.setFocus()

    def _show_view(self, view: View, cell: tuple[int, int] | None) -> None:
        self.ensure_prepared()  # what is known of the run before says nothing of this one's samples
        self.view, self.cell, self.first = view, cell, 0
        self._refill()
        self.refresh_requested.emit()

    def _on_part_chosen(self, key: str) -> None:
        self.part = "test" if key == "test" else "train"
        self.first = 0
        self.invalidate()
        self.ensure_prepared()

    def _on_sorting_changed(self) -> None:
        self._refill()
        self.refresh_requested.emit()

    def _on_scrolled(self) -> None:
        if not self._needs_all_rows():
            self.refresh_requested.emit()

    def _turn_page(self, by: int) -> None:
        self.ensure_prepared()
        self.first = max(0, self.first + by)
        self._refill()
        self.refresh_requested.emit()

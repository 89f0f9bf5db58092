"""What the network makes of single samples: all of them, its mistakes, and which class it takes for which."""

from typing import Any, Literal

import numpy as np
from numpy.typing import NDArray
from PySide6.QtCore import Slot
from PySide6.QtWidgets import QStackedLayout, QVBoxLayout, QWidget

from playground.engine.metrics import confidence
from playground.experiment.probes.classification import Classifications
from playground.experiment.probes.probe import MOST_ROWS, Predictions
from playground.experiment.probes.snapshot import Probe, RunInfo, Snapshot
from playground.language import _
from playground.runtime.selection import Sample
from playground.runtime.session import Session
from playground.runtime.store import Store
from playground.ui.canvas.row_selection import RowFocus
from playground.ui.canvas.sample_columns import Answers, ordered, sample_columns
from playground.ui.canvas.sample_table import SampleTable
from playground.ui.core.labels import Part, Rows, class_names, predicted, row_names, rows_of
from playground.ui.core.panel import Panel
from playground.ui.predictions.classification_query import ClassificationQuery
from playground.ui.predictions.confusion_page import ConfusionPage
from playground.ui.predictions.controls import PredictionControls
from playground.ui.predictions.gallery_view import GalleryView
from playground.ui.predictions.text import (
    about_confusion,
    about_list,
    about_samples,
    captions,
    mistakes_label,
    why_nothing,
)
from playground.ui.widgets.labels import reason_label

PAGE, LIST_PAGE = 40, 24
"""Images a page: of all samples, and of those with more to say below each."""

NOTHING: NDArray[np.intp] = np.empty(0, np.intp)

View = Literal["samples", "mistakes", "confusion"]
VIEWS: tuple[View, ...] = ("samples", "mistakes", "confusion")


class PredictionsPanel(Panel):
    """Every sample with its target and what the network gives for it; mistakes alone; the confusion matrix."""

    name = "predictions_panel"

    def __init__(self, store: Store, session: Session) -> None:
        super().__init__(store, session)
        self.view: View = "samples"
        self.part: Part = "train"
        self.cell: tuple[int, int] | None = None
        self.first = 0
        self.table = SampleTable("predictions_table", sortable=True)
        self.gallery = GalleryView()
        self.confusion = ConfusionPage()
        self.reason = reason_label("predictions_reason")
        self.controls = PredictionControls(VIEWS)
        self._rows = RowFocus(self.table, session.focus)
        self._judge = ClassificationQuery()
        self._answers = Answers()
        self._page = NOTHING
        self._build()
        self._connect()
        self.retranslate()

    def _build(self) -> None:
        views = QWidget()
        self._views = QStackedLayout(views)
        for view in (self.table, self.gallery, self.confusion, self.reason):
            self._views.addWidget(view)
        room = QVBoxLayout(self)
        room.setContentsMargins(0, 0, 0, 0)
        room.setSpacing(6)
        room.addWidget(views, 1)
        room.addWidget(self.controls.foot)

    def _connect(self) -> None:
        """Join the controls to what they do."""
        self.controls.view.chosen.connect(self._on_view_chosen)
        self.controls.part.chosen.connect(self._on_part_chosen)
        self.controls.back.clicked.connect(self._on_back)
        self.controls.previous.clicked.connect(self._on_previous)
        self.controls.next.clicked.connect(self._on_next)
        self.confusion.matrix.opened.connect(self._on_cell_opened)
        self.gallery.pointed.connect(self._on_image_chosen)
        self.table.sorting_changed.connect(self._on_sorting_changed)
        self.table.verticalScrollBar().valueChanged.connect(self._on_scrolled)
        self.session.focus.sample_changed.connect(self._mark)

    def title(self) -> str:
        """Return the heading."""
        return _("Predictions")

    def header(self) -> QWidget:
        """Return the choices of a part and of a view."""
        return self.controls.header

    def probes(self) -> tuple[Probe[Any], ...]:
        """Ask for the outputs of the rows in sight, or for the judgement of the whole part."""
        if self._info is None or self._is_pointless():
            return ()
        return self._judge.probes(self.part) if self._needs_judgement() else (self._window(),)

    def _window(self) -> Predictions:
        if self._is_gallery():
            return Predictions(self.part, self.first, PAGE)
        first, count = self.table.visible_rows()
        first = max(0, first - 10) // 10 * 10  # so that scrolling by a row asks the same again
        return Predictions(self.part, first, (count + 30) // 10 * 10)

    def _is_gallery(self) -> bool:
        """Whether the samples are images."""
        return self._info is not None and self._info.data.dataset.image_shape is not None

    def _needs_judgement(self) -> bool:
        """Whether the view depends on the outputs for all rows."""
        return self.view != "samples" or (not self._is_gallery() and self.table.sorting is not None)

    def _is_pointless(self) -> bool:
        """Whether the view is about classes, and there are none."""
        return self.view != "samples" and self._info is not None and self._info.data.dataset.task == "regression"

    def show_run(self, info: RunInfo) -> None:
        """Show the samples of the new run, the test part where there is one."""
        has_test = rows_of(info.data, "test") is not None
        self.controls.part.setVisible(has_test)
        if self._info is None or not has_test or self._info.data.dataset.name != info.data.dataset.name:
            self.part = "test" if has_test else "train"
            self.first, self.cell = 0, None
        super().show_run(info)

    def load(self, info: RunInfo) -> None:
        """Prepare the view for the chosen part; outputs are to follow."""
        self._judge.forget()
        self._answers = Answers()
        self._page = NOTHING
        data = info.data
        if rows_of(data, self.part) is None:
            self.part = "train"
        self.confusion.set_classes(class_names(data))
        if not self._is_gallery():
            columns = sample_columns(data, self._samples, info.config.network.output, self._answers)
            self.table.set_columns(columns, min(len(self._samples), MOST_ROWS), row_names(data, self.part))
            self._rows.set_part(self.part)
        self.controls.name_mistakes(mistakes_label(None))
        self._arrange()

    @property
    def _samples(self) -> Rows:
        assert self._info is not None
        rows = rows_of(self._info.data, self.part)
        assert rows is not None
        return rows

    @property
    def _verdicts(self) -> Classifications | None:
        """The latest verdicts on the chosen part, None before there are any."""
        return None if self._judge.judged is None else self._judge.judged.verdicts

    def _arrange(self) -> None:
        """Bring the chosen view to the front, with what is known already."""
        self.controls.show_choice(self.part, self.view)
        self._refill()

    def _shown(self) -> QWidget:
        """Return what the chosen view is shown in; a sentence where there is nothing to show."""
        if self._is_pointless():
            return self.reason
        if self.view == "confusion" and self.cell is None:
            return self.confusion
        listed = self._listed()
        if listed is not None and self._verdicts is not None and not len(listed):
            return self.reason
        return self.gallery if self._is_gallery() else self.table

    def _refill(self) -> None:
        """Hand the latest judgement to the view: its samples may be others than before."""
        verdicts, shown = self._verdicts, self._shown()
        self._views.setCurrentWidget(shown)
        if verdicts is not None:
            self.controls.name_mistakes(mistakes_label(len(verdicts.mistakes)))
            if shown is self.confusion:
                self.confusion.set_verdicts(verdicts)
        if shown is self.table:
            self._refill_table()
        elif shown is self.gallery:
            self._refill_gallery()
        self._update_text()

    def _listed(self) -> NDArray[np.intp] | None:
        """Return the places, among the verdicts, of the samples to list; None for all samples."""
        if self.view == "samples" or self._verdicts is None:
            return None if self.view == "samples" else NOTHING
        return self._verdicts.mistakes if self.cell is None else self._verdicts.pair(*self.cell)

    @property
    def _page_size(self) -> int:
        """How many images there are on a page."""
        return PAGE if self.view == "samples" else LIST_PAGE

    def _refill_table(self) -> None:
        """Let the table show the samples of the view, in the order that the user wants."""
        judged, listed, sorting = self._judge.judged, self._listed(), self.table.sorting
        if judged is not None and self._needs_judgement():
            self._answers.rows, self._answers.outputs = judged.rows, judged.outputs
        order = listed
        if judged is not None and self._needs_judgement():
            order = judged.rows if listed is None else judged.rows[listed]
            if sorting is not None:
                order = ordered(order, self.table.samples.columns[sorting.column], sorting.descending)
        self.table.set_order(order)

    def _refill_gallery(self) -> None:
        """Show a page of the images of the view; what is written under them too where that is known."""
        assert self._info is not None
        data, listed, verdicts = self._info.data, self._listed(), self._verdicts
        count = len(self._samples) if listed is None else len(listed)
        self.first = min(self.first, max(0, (count - 1) // self._page_size * self._page_size))
        window = slice(self.first, self.first + self._page_size)
        places = np.arange(count)[window] if listed is None else listed[window]
        rows = places if listed is None or verdicts is None else verdicts.rows[places]
        if not np.array_equal(rows, self._page) or self.gallery.count != len(rows):
            self._page = rows
            assert data.dataset.image_shape is not None
            pictures = self._samples.raw[rows].reshape(-1, *data.dataset.image_shape)
            self.gallery.set_images(pictures, 1.0 / data.dataset.x_scale, wordy=listed is not None)
        self._mark()
        if listed is not None and verdicts is not None:
            found, true, sure = verdicts.predicted[places], verdicts.true[places], verdicts.sure[places]
            words = captions(class_names(data), rows, found, true, sure, with_surety=True)
            self.gallery.set_captions(words.short, words.long, words.wrong)

    def show_snapshot(self, snapshot: Snapshot) -> None:
        """Show what the network gives now."""
        if self._info is None or snapshot.run != self._info.run:
            return
        if self._is_pointless():
            return
        if not self._needs_judgement():
            self._show_window(snapshot)
            return
        if self._judge.take(snapshot):
            self._refill()
        elif self._judge.is_behind(snapshot):
            self.refresh_requested.emit()

    def _show_window(self, snapshot: Snapshot) -> None:
        """Show what the network gives for the rows in sight."""
        metrics = snapshot.train if self.part == "train" else snapshot.test
        count = len(self._samples)
        if metrics is not None and metrics.accuracy is not None and count <= MOST_ROWS:
            self.controls.name_mistakes(mistakes_label(round((1 - metrics.accuracy) * count)))
        probe = next((one for one in snapshot.answers if isinstance(one, Predictions) and self._fits(one)), None)
        outputs = None if probe is None else snapshot.answer(probe)
        if probe is None or outputs is None:
            return
        self._answers.first, self._answers.rows, self._answers.outputs = probe.first, None, outputs
        if self._is_gallery():
            self._judge_page(outputs)
        else:
            self.table.refresh()

    def _fits(self, probe: Predictions) -> bool:
        """Return whether an answer is one to this panel's question, perhaps of before the last scrolling."""
        return probe.part == self.part and (probe == self._window() or not self._is_gallery())

    def _judge_page(self, outputs: NDArray[Any]) -> None:
        """Write under each image of the page what the network takes it for."""
        assert self._info is not None
        names, labels, output = class_names(self._info.data), self._samples.labels, self._info.config.network.output
        if labels is None or not names:
            return
        rows = self.first + np.arange(len(outputs))
        found, sure = predicted(outputs, output), confidence(outputs, output)
        words = captions(names, rows, found, labels[rows], sure, with_surety=False)
        self.gallery.set_captions(words.short, words.long, words.wrong)

    def _on_view_chosen(self, key: str) -> None:
        """Show another view; choosing the confusion again closes its cell."""
        self._turn_to(next(view for view in VIEWS if view == key), None)

    def _on_cell_opened(self, index: int) -> None:
        true, found = divmod(index, len(self.confusion.matrix.values))
        self._turn_to("confusion", (true, found))
        (self.gallery if self._is_gallery() else self.table).setFocus()

    def _on_back(self) -> None:
        self._turn_to("confusion", None)
        self.confusion.matrix.setFocus()

    def _turn_to(self, view: View, cell: tuple[int, int] | None) -> None:
        self.catch_up()  # what is known of the run before says nothing of this one's samples
        self.view, self.cell, self.first, self._page = view, cell, 0, NOTHING
        if self._info is not None:
            self._arrange()
        self.refresh_requested.emit()

    def _on_part_chosen(self, key: str) -> None:
        self.part = "test" if key == "test" else "train"
        self.first = 0
        self.put_off()
        self.catch_up()

    def _on_sorting_changed(self) -> None:
        if self._info is not None:
            self._refill()
        self.refresh_requested.emit()

    def _on_scrolled(self, _value: int) -> None:
        """Ask for the outputs of the rows that came into sight."""
        if not self._needs_judgement():
            self.refresh_requested.emit()

    def _on_previous(self) -> None:
        self._turn(-self._page_size)

    def _on_next(self) -> None:
        self._turn(self._page_size)

    def _turn(self, by: int) -> None:
        self.catch_up()
        self.first = max(0, self.first + by)
        self._refill()
        if not self._needs_judgement():
            self.refresh_requested.emit()

    def _on_image_chosen(self, index: int) -> None:
        self.session.focus.set_sample(Sample(self.part, int(self._page[index])))

    @Slot()
    def _mark(self) -> None:
        """Mark the current sample if it is on the page."""
        sample = self.session.focus.sample
        found = np.flatnonzero(self._page == sample.row).tolist()
        self.gallery.set_current(found[0] if found and sample.part == self.part else None)

    def _update_text(self) -> None:
        """Say which samples are seen, and offer what leads to others."""
        if self._info is None:
            return
        shown, listed, names = self._views.currentWidget(), self._listed(), class_names(self._info.data)
        count = len(self._samples) if listed is None else len(listed)
        page = (self.first, min(self.first + self._page_size, count) - 1) if shown is self.gallery else None
        self.controls.back.setVisible(self.cell is not None)
        self.controls.show_page(page, count)
        judged, text = self._judge.judged, ""
        if shown is self.reason:
            is_regression = self._info.data.dataset.task == "regression"
            self.reason.setText(why_nothing(is_regression, names, self.cell, self.part))
        elif self.view == "samples":
            text = about_samples(page, count)
        elif judged is not None and judged.verdicts is not None and shown is self.confusion:
            text = about_confusion(judged, judged.verdicts)
        elif judged is not None:
            text = about_list(judged, names, self.cell, page, count)
        self.controls.note.setText(text)

    def retranslate(self) -> None:
        """Set every text in the language in use."""
        self.controls.retranslate()
        self.table.setAccessibleName(_("Samples with targets and outputs"))
        self.gallery.setAccessibleName(_("Images with the predictions of the network"))
        self.confusion.retranslate()
        if self._info is None:
            self.controls.show_choice(self.part, self.view)
            self.controls.show_nothing()
        self.put_off()

"""What the network makes of single samples: a table, or a gallery for images."""

from typing import Any

from numpy.typing import NDArray
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QHBoxLayout, QLabel, QStackedLayout, QVBoxLayout, QWidget

from playground.engine.metrics import confidence
from playground.experiment.probe import Predictions
from playground.experiment.snapshot import Probe, RunInfo, Snapshot
from playground.language import _
from playground.runtime.session import Session
from playground.runtime.store import Store
from playground.ui import theme
from playground.ui.outcomes import Part, class_names, predicted, rows_of
from playground.ui.panels.panel import Panel
from playground.ui.plots.gallery_view import GalleryView
from playground.ui.plots.sample_table import SampleTable
from playground.ui.row_focus import RowFocus
from playground.ui.sample_columns import Answers, sample_columns
from playground.ui.widgets.icons import Button
from playground.ui.widgets.segmented import SegmentedControl

PAGE = 40
MOST_ROWS = 10_000


class PredictionsPanel(Panel):
    """Every sample with its target and what the network gives for it; the wrong ones stand out."""

    name = "predictions_panel"
    period_ms = 100

    def __init__(self, store: Store, session: Session) -> None:
        super().__init__(store, session)
        self.table = SampleTable("predictions_table")
        self.gallery = GalleryView()
        self.part_choice = SegmentedControl("predictions_part", ("train", "test"))
        self.part_choice.setMinimumWidth(theme.px(120))
        self.part_choice.chosen.connect(self._on_part_chosen)
        self.note = QLabel()
        self.note.setObjectName("predictions_note")
        self.note.setProperty("role", "muted")
        self.previous = Button(name="predictions_previous", role="small")
        self.next = Button(name="predictions_next", role="small")
        self.previous.clicked.connect(self._on_previous)
        self.next.clicked.connect(self._on_next)
        self._rows = RowFocus(self.table, session.focus)
        self.table.verticalScrollBar().valueChanged.connect(self._on_scrolled)
        self.part: Part = "train"
        self.first = 0
        self._info: RunInfo | None = None
        self._answers = Answers()
        self._stale = False
        self._build()
        self.retranslate()

    def _build(self) -> None:
        """Lay the widgets out."""
        views = QWidget()
        self._views = QStackedLayout(views)
        self._views.addWidget(self.table)
        self._views.addWidget(self.gallery)
        foot = QHBoxLayout()
        foot.setSpacing(8)
        foot.addWidget(self.note, 1)
        foot.addWidget(self.previous)
        foot.addWidget(self.next)
        room = QVBoxLayout(self)
        room.setContentsMargins(0, 0, 0, 0)
        room.setSpacing(6)
        room.addWidget(views, 1)
        room.addLayout(foot)

    def title(self) -> str:
        """Return the heading."""
        return _("Predictions")

    def header(self) -> QWidget:
        """Return the choice between the train and the test part."""
        return self.part_choice

    def probes(self) -> tuple[Probe[Any], ...]:
        """Ask for the outputs of the rows in sight."""
        return (self._probe(),) if self._info is not None else ()

    def _probe(self) -> Predictions:
        """Return the question for the rows in sight."""
        if self._is_gallery():
            return Predictions(self.part, self.first, PAGE)
        first, count = self.table.visible_rows()
        first = max(0, first - 10) // 10 * 10  # so that scrolling by a row asks the same again
        return Predictions(self.part, first, (count + 30) // 10 * 10)

    def _is_gallery(self) -> bool:
        """Whether the samples are images."""
        return self._info is not None and self._info.data.dataset.image_shape is not None

    def show_run(self, info: RunInfo) -> None:
        """Show the samples of the new run, the test part where there is one."""
        has_test = rows_of(info.data, "test") is not None
        self.part_choice.setVisible(has_test)
        if self._info is None or not has_test or self._info.data.dataset.name != info.data.dataset.name:
            self.part = "test" if has_test else "train"
            self.first = 0
        self._info = info
        self._stale = True
        if self.isVisible():
            self._load()

    def showEvent(self, event: Any) -> None:
        """Load the samples now that they are seen."""
        if self._stale:
            self._load()
        super().showEvent(event)

    def _load(self) -> None:
        """Hand the samples of the chosen part to the table or the page to the gallery; outputs are to follow."""
        self._stale = False
        self._answers = Answers()
        if self._info is None:
            return
        data = self._info.data
        rows = rows_of(data, self.part)
        if rows is None:
            self.part = "train"
            rows = rows_of(data, "train")
        assert rows is not None
        self._views.setCurrentWidget(self.gallery if self._is_gallery() else self.table)
        if data.dataset.image_shape is not None:
            self.first = min(self.first, max(0, (len(rows) - 1) // PAGE * PAGE))
            page = rows.raw[self.first : self.first + PAGE]
            self.gallery.set_images(page.reshape(-1, *data.dataset.image_shape), 1.0 / data.dataset.x_scale)
        else:
            names = tuple(_(name) for name in data.dataset.row_names)
            picked = data.rows_train if self.part == "train" else data.rows_test
            named = tuple(names[k] for k in picked.tolist()) if names and picked is not None else ()
            columns = sample_columns(data, rows, self._info.config.network.output, self._answers)
            self.table.set_columns(columns, min(len(rows), MOST_ROWS), named)
            self._rows.set_part(self.part)
        self._label(len(rows))

    def show_snapshot(self, snapshot: Snapshot) -> None:
        """Show what the network gives for the rows in sight."""
        if self._info is None or snapshot.run != self._info.run:
            return
        if self._stale:
            self._load()
        probe = next((one for one in snapshot.answers if isinstance(one, Predictions) and self._fits(one)), None)
        outputs = None if probe is None else snapshot.answer(probe)
        if probe is None or outputs is None:
            return
        self._answers.first, self._answers.outputs = probe.first, outputs
        if self._is_gallery():
            self._judge(outputs)
        else:
            self.table.refresh()

    def _fits(self, probe: Predictions) -> bool:
        """Return whether an answer is one to this panel's question, perhaps of before the last scrolling."""
        return probe.part == self.part and (probe == self._probe() or not self._is_gallery())

    def _judge(self, outputs: NDArray[Any]) -> None:
        """Write under each image what the network takes it for."""
        assert self._info is not None
        rows = rows_of(self._info.data, self.part)
        names = class_names(self._info.data)
        if rows is None or rows.labels is None or not names:
            return
        output = self._info.config.network.output
        found, sure = predicted(outputs, output), confidence(outputs, output)
        true = rows.labels[self.first : self.first + len(outputs)]
        wrong = tuple((found != true).tolist())
        captions = tuple(
            f"{names[f]} ({names[t]})" if bad else names[f]
            for f, t, bad in zip(found.tolist(), true.tolist(), wrong, strict=True)
        )
        details = tuple(
            _("sample {n}: output {found} ({percent:.0f} %), true {true}").format(
                n=self.first + k + 1, found=names[f], percent=100 * s, true=names[t]
            )
            for k, (f, s, t) in enumerate(zip(found.tolist(), sure.tolist(), true.tolist(), strict=True))
        )
        self.gallery.set_captions(captions, details, wrong)

    def _on_part_chosen(self, key: str) -> None:
        """Show the other part."""
        self.part = "test" if key == "test" else "train"
        self.first = 0
        self._load()
        self.outdated.emit()

    def _on_scrolled(self, _value: int) -> None:
        """Ask for the outputs of the rows that came into sight."""
        self.outdated.emit()

    def _on_previous(self) -> None:
        """Turn one page back."""
        self._turn(-PAGE)

    def _on_next(self) -> None:
        """Turn one page on."""
        self._turn(PAGE)

    def _turn(self, by: int) -> None:
        """Show another page."""
        self.first = max(0, self.first + by)
        self._load()
        self.outdated.emit()

    def _label(self, count: int) -> None:
        """Say which rows are seen."""
        paged = self._is_gallery()
        self.previous.setVisible(paged)
        self.next.setVisible(paged)
        self.previous.setEnabled(self.first > 0)
        self.next.setEnabled(self.first + PAGE < count)
        self.part_choice.set_value(self.part)
        last = min(self.first + PAGE, count)
        if paged:
            text = _("{first:,}–{last:,} of {count:,}. Under each: output, and the true class where that is another.")
            self.note.setText(text.format(first=self.first + 1, last=last, count=count))
        elif count > MOST_ROWS:
            self.note.setText(_("The first {most:,} of {count:,} rows").format(most=MOST_ROWS, count=count))
        else:
            self.note.setText(_("{count:,} rows").format(count=count))

    def retranslate(self) -> None:
        """Set every text in the language in use."""
        self.part_choice.set_text("train", _("Train"), _("The samples that the network learns from"))
        self.part_choice.set_text("test", _("Test"), _("The samples that the network has never seen"))
        self.part_choice.setAccessibleName(_("Part of the data"))
        self.previous.set_text(_("Previous"), _("The samples before these"))
        self.next.set_text(_("Next"), _("The samples after these"))
        self.table.setAccessibleName(_("Samples with targets and outputs"))
        self.gallery.setAccessibleName(_("Images with what the network takes them for"))
        self.note.setAlignment(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter)
        if self._info is None:
            self.note.setText(_("The samples appear here as soon as there are data."))
            for widget in (self.part_choice, self.previous, self.next):
                widget.setVisible(False)
        elif self.isVisible():
            self._load()
            self.outdated.emit()
        else:
            self._stale = True

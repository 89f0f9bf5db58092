"""What the network learns from: the gallery of data sets, and the options of the chosen one."""

from collections.abc import Sequence
from functools import cached_property, partial
from pathlib import Path

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFileDialog, QWidget

from playground.data.catalog import CATALOG
from playground.data.dataset import Dataset
from playground.data.table.table import gaps_text
from playground.experiment.config import edits, opening
from playground.experiment.config.schema import DataChoice, ExperimentConfig
from playground.experiment.config.tables import SUFFIXES, is_there
from playground.experiment.config.traits import TABLE, traits_of
from playground.experiment.probes.snapshot import RunInfo
from playground.language import N_, _, ngettext, sentences
from playground.registry import listed, shown
from playground.ui.core import layouts, plain_text
from playground.ui.core.experiment_text import opening_words
from playground.ui.core.panel import Panel, Watch
from playground.ui.forms.field import Line, fields_of, in_lines
from playground.ui.forms.form import RESTARTS, Form
from playground.ui.setup.csv_dialog import CsvDialog
from playground.ui.setup.data_gallery import DataGallery
from playground.ui.setup.missing_data import MissingData
from playground.ui.widgets.flow_layout import FlowLayout
from playground.ui.widgets.icons import Button
from playground.ui.widgets.labels import text_label
from playground.ui.widgets.switches import Disclosure

MOST_NAMES, MOST_REASONS = 4, 20
LONGEST_NAME = 24
POINTS = "rows"
SHORT_LABELS = {"people-4": N_("4 people")}
"""Where the catalogue's label is too long for a tile."""
NOISE, SCALE_TARGET = "noise", "scale_target"
SET_IN_THE_DIALOG = ("header", "task", "delimiter", "decimal", "leave_out_gaps")


def table_files() -> str:
    """Return the filter of a file dialog for tables."""
    return _("Tables ({endings})").format(endings=" ".join(f"*{suffix}" for suffix in SUFFIXES))


def reading_text(dataset: Dataset) -> str:
    """Return which column is predicted from which, and which are left out, and how many rows."""
    target = shown(", ".join(dataset.target_names), LONGEST_NAME)
    if dataset.class_names:
        target = _("{target} ({classes})").format(target=target, classes=_few(dataset.class_names))
    words = _("Predicts {target} from {inputs}.").format(target=target, inputs=_few(dataset.feature_names))
    out = [_few([name for name, _reason in dataset.left_out])] if dataset.left_out else []
    if dataset.left_out_lines:
        out.append(gaps_text(dataset.left_out_lines))
    if out:
        words = sentences(words, _("Left out: {columns}.").format(columns="; ".join(out)))
    return words


def left_out_words(dataset: Dataset) -> str:
    """Return a line for each column that is left out, with the reason, and for what else there is to say."""
    lines = [f"{shown(name)}: {reason}" for name, reason in dataset.left_out[:MOST_REASONS]]
    if len(dataset.left_out) > MOST_REASONS:
        lines.append("…")
    return "\n".join([shown(dataset.source, 200), *lines, *dataset.notes[:MOST_REASONS]])


def _few(names: Sequence[str]) -> str:
    few = listed(names[:MOST_NAMES], LONGEST_NAME)
    return (
        few
        if len(names) <= MOST_NAMES
        else _("{names} and {n} more").format(names=few, n=f"{len(names) - MOST_NAMES:,}")
    )


class DataPanel(Panel):
    """Shows and edits the data of the experiment."""

    name = "data_panel"

    def build(self) -> None:
        self._goes_on = False  # the table that is asked for, with what was chosen of the one in use
        self.setToolTip(_(RESTARTS))
        self._gallery = DataGallery(
            (name, _(SHORT_LABELS.get(name, entry.label)), _(entry.sentence)) for name, entry in CATALOG.items()
        )
        self._gallery.setAccessibleName(_("Data sets"))
        self._gallery.chosen.connect(self._on_chosen)
        self._gallery.swapped.connect(self._on_swapped)
        self._summary = text_label("data_summary")
        self.missing = MissingData()
        self.missing.hide()
        self.missing.arrived.connect(self._on_arrived)
        self.missing.replaced.connect(lambda: self._on_chosen("digits"))
        noise = Form(self.store, _noise, part="data")  # always seen: the first thing to try out
        options = self._build_options()
        tip = _("Number of samples, training share, inputs")
        self.header = Disclosure("data_options", options, _("Options"), tip)
        layouts.column(self._gallery, self._summary, self.missing, noise, options, parent=self, gap=3)
        Watch(self.store, ("data.name",), self._show_name, self)
        Watch(self.store, ("data",), self._on_data_changed, self)
        self.session.data_missing.connect(self._on_data_missing)
        self._show_name()
        self._show_summary()

    def show_run(self, info: RunInfo) -> None:
        super().show_run(info)
        self.missing.hide()
        self._choices.refresh()  # of a table it is known only now what its target is
        self._show_summary()

    def shut_down(self) -> None:
        self.missing.stop()

    def _build_options(self) -> QWidget:
        text, tip = _("New samples"), _("Draws new samples with another seed; the initial weights change too.")
        self._new_sample = Button(name="new_sample", text=text, tip=tip, icon_name="dice", role="small")
        self._new_sample.clicked.connect(lambda: self.store.apply(edits.with_another_seed(self.store.config)))
        text, tip = _("Another table…"), _("Learn from another file.")
        self._table = Button(name="change_table", text=text, tip=tip, icon_name="folder", role="small")
        self._table.clicked.connect(self.ask_for_table)
        text, tip = _("Columns…"), _("What is predicted from what, and how the file is read.")
        self._columns = Button(name="change_columns", text=text, tip=tip, icon_name="settings", role="small")
        self._columns.clicked.connect(self._on_columns)
        line = FlowLayout(gap=6)
        for button in (self._new_sample, self._columns, self._table):
            line.addWidget(button)
        self._choices = Form(self.store, _options, part="data")
        return layouts.box(layouts.column(self._choices, line, gap=4))

    def _show_name(self) -> None:
        data = self.store.config.data
        self._gallery.set_current(data.name)
        for name in CATALOG:
            tip = "" if name == data.name else opening_words(name, self.store.last_with(name))
            self._gallery.tiles[name].set_tip(tip)
        self._gallery.tiles[POINTS].setVisible(data.name == POINTS or self.store.last_with(POINTS) is not None)
        self._table.setVisible(data.name == TABLE)
        self._columns.setVisible(data.name == TABLE)

    def _show_summary(self) -> None:
        info, data = self._info, self.store.config.data
        self._new_sample.setVisible("noise" in data or data.get("train_share", 1.0) < 1.0)
        self._summary.setVisible(self.missing.isHidden())
        self._summary.setToolTip("")
        if info is None or info.config.data.name != data.name:
            self._summary.setText(_(data.entry.sentence))
            return
        train, test = len(info.data.x_train), 0 if info.data.x_test is None else len(info.data.x_test)
        if test:
            rows = _("{train} train · {test} test").format(train=f"{train:,}", test=f"{test:,}")
        else:
            rows = ngettext("{rows} sample", "{rows} samples", train).format(rows=f"{train:,}")
            if data.get("train_share", 1.0) < 1.0:
                rows = _("{rows}, too few for a test part").format(rows=rows)
        dataset = info.data.dataset
        if dataset.image_shape is not None:
            height, width = dataset.image_shape
            classes = _("{classes} classes").format(classes=len(dataset.class_names))
            self._summary.setText("\n".join((f"{rows} · {width}×{height} · {classes}", *dataset.notes)))
            return
        inputs = ngettext("{n} input", "{n} inputs", info.sizes[0]).format(n=info.sizes[0])
        outputs = ngettext("{n} output", "{n} outputs", info.sizes[-1]).format(n=info.sizes[-1])
        taken = f"\n{reading_text(dataset)}" if dataset.name == TABLE else ""
        self._summary.setText(f"{rows} · {inputs} · {outputs}{taken}")
        self._summary.setToolTip(plain_text.tip(left_out_words(dataset)) if taken else "")

    def _on_data_changed(self) -> None:
        self.missing.hide()
        self._show_summary()

    def _on_chosen(self, name: str) -> None:
        """Open the experiment that was left last with these data, or the one that suits them; ask for a table first."""
        here = name == self.store.config.data.name
        last = self.store.last_with(name)
        if name == TABLE and (here or last is None):
            self.ask_for_table()
        elif not here:
            self.store.apply(last or opening.opened(name))

    def _on_swapped(self, name: str) -> None:
        """Change the data only, and keep the network as far as they allow it; a table and one's own points open."""
        if name in (TABLE, POINTS):
            self._on_chosen(name)
        elif name != self.store.config.data.name:
            self.store.apply(opening.with_data(self.store.config, name))

    def _on_data_missing(self, name: str) -> None:
        self._summary.hide()
        self.missing.show_missing(name)

    def _on_arrived(self, name: str) -> None:
        self.missing.hide()
        if self.store.config.data.name == name:
            self.session.rebuild()

    @cached_property
    def _files(self) -> QFileDialog:
        """The dialog that asks for a table. It stays: a box of its own may still be open when it is closed."""
        dialog = QFileDialog(self, _("Table to learn from"))
        dialog.setObjectName("csv_file_dialog")
        dialog.setFileMode(QFileDialog.FileMode.ExistingFile)
        dialog.setNameFilters([table_files(), _("All files (*)")])
        dialog.fileSelected.connect(lambda path: self.show_table(path, goes_on=self._goes_on))
        return dialog

    def ask_for_table(self, *, goes_on: bool = False) -> None:
        """Ask for the file of a table, and show it as `show_table` does."""
        self._goes_on = goes_on
        data = self.store.config.data
        if data.name == TABLE:
            self._files.setDirectory(str(Path(data["path"]).parent))
        self._files.open()

    def mend_table(self) -> None:
        """Ask for the table in use if it is not there any more, else for other columns of it."""
        if self.store.config.data.name != TABLE:
            return
        if is_there(self.store.config.data["path"]):
            self._on_columns()
        else:
            self.ask_for_table(goes_on=True)

    def _on_columns(self) -> None:
        self.show_table(self.store.config.data["path"], goes_on=True)

    def show_table(self, path: str, *, goes_on: bool = False) -> None:
        """Show a table and ask what to learn from it; where it `goes_on` with the one in use, from what was chosen."""
        data = self.store.config.data
        goes_on = goes_on and data.name == TABLE
        dialog = CsvDialog(path, self, data if goes_on else None)
        dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        dialog.imported.connect(partial(self._on_imported, goes_on=goes_on))
        dialog.broke.connect(self.session.failed)
        dialog.open()

    def _on_imported(self, choice: DataChoice, *, goes_on: bool) -> None:
        """Open an experiment with a table; the network stays if the table is that in use."""
        data = self.store.config.data
        if data.name == TABLE and (goes_on or data["path"] == choice["path"]):
            self.store.apply(edits.set_data(self.store.config, choice))
        else:
            self.store.apply(opening.opened(choice))


def _noise(config: ExperimentConfig) -> tuple[Line, ...]:
    return in_lines(field for field in _fields(config) if field.object_name == NOISE)


def _options(config: ExperimentConfig) -> tuple[Line, ...]:
    """Return the other options; where the target is a class, there is nothing to scale."""
    traits = traits_of(config.data, config.seed)
    idle = (SCALE_TARGET,) if traits is not None and traits.classes else ()
    elsewhere = (*SET_IN_THE_DIALOG, NOISE, *idle)
    return in_lines(field for field in _fields(config) if field.object_name not in elsewhere)


def _fields(config: ExperimentConfig) -> Line:
    return fields_of(config.data.entry, "data", slides=True)

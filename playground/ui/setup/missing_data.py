"""What to do about a data set that is not on this machine: download it, choose its folder, or take other data."""

from functools import cached_property
from pathlib import Path

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QFileDialog, QProgressBar

from playground.data.catalog import CATALOG
from playground.data.download.fetching import download_size, fetch
from playground.data.errors import FetchFailed
from playground.language import _
from playground.registry import UserError
from playground.runtime.background_task import BackgroundTask
from playground.ui.core import layouts, plain_text
from playground.ui.widgets.card import StyledFrame
from playground.ui.widgets.icons import Button
from playground.ui.widgets.labels import text_label

MEGABYTE = 1_000_000
PROGRESS_STEPS = 1000


class MissingData(StyledFrame):
    """A notice with a download, its progress and the ways around it.

    ``arrived(name)``: the data set is here now. ``replaced()``: the built-in digits are chosen instead.
    """

    arrived = Signal(str)
    replaced = Signal()

    def __init__(self) -> None:
        super().__init__("missing_data", "notice")
        self._name = ""
        self._task: BackgroundTask | None = None
        self._coming = ""  # what the task fetches
        self._details = ""
        self._title = text_label("missing_data_title", "strong")
        self._text = text_label("missing_data_text", "")
        self._problem = text_label("download_problem", "problem")
        self._problem.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        self._problem.hide()
        tip = _("Every address that was tried, and what it answered.")
        self._copy = Button(name="copy_download_problem", text=_("Copy details"), tip=tip, role="small")
        self._copy.hide()
        self._copy.clicked.connect(lambda: QGuiApplication.clipboard().setText(self._details))
        tip = _("Downloads the files, checks them and stores them for next time.")
        text = _("Download")
        self._download = Button(name="download_button", text=text, tip=tip, icon_name="download", role="primary")
        self._download.clicked.connect(lambda: self.fetch(None))
        text, tip = _("Choose folder…"), _("Use the files in a folder on this machine.")
        self._choose = Button(name="choose_data_folder", text=text, tip=tip, icon_name="folder", role="small")
        self._choose.clicked.connect(self._on_choose_clicked)
        tip = _("1,797 small digits that come with the program.")
        digits = Button(name="use_digits", text=_("Use the built-in digits"), tip=tip, role="small")
        digits.clicked.connect(self.replaced)
        self._bar = QProgressBar()
        self._bar.setObjectName("download_progress")
        self._bar.setAccessibleName(_("Progress of the download"))
        self._bar.setTextVisible(False)
        self._bytes = text_label("download_bytes", "", wraps=False)
        tip = _("Stops the download; nothing is stored.")
        cancel = Button(name="cancel_download", text=_("Cancel"), tip=tip, role="small")
        cancel.clicked.connect(self.stop)
        line = layouts.row((self._bytes, 1), cancel, gap=6)
        self._progress = layouts.box(layouts.column(self._bar, line, gap=6))
        self._progress.hide()
        parts = (self._title, self._text, self._download, self._progress, self._problem, self._copy)
        layouts.column(*parts, self._choose, digits, parent=self, gap=8, margins=(12, 10, 12, 12))

    def show_missing(self, name: str) -> None:
        """Show that a data set, by its name in the catalogue, is not here."""
        if name != self._name:
            self._hide_problem()
        self._name = name
        size = download_size(name) // MEGABYTE
        self._title.setText(_("{data} is not on this machine yet").format(data=_(CATALOG[name].label)))
        self._text.setText(_("Download it once ({size} MB), or choose the folder it is in.").format(size=size))
        self._download.setText(_("Download {size} MB").format(size=size))
        self._update_busy()
        self.show()

    def fetch(self, source: str | Path | None = None) -> None:
        """Download the data set, or read it from a folder or an address; one at a time."""
        if self._task is not None:
            return
        name = self._coming = self._name
        self._task = BackgroundTask(
            lambda call: fetch(name, source, progress=call.report, should_stop=call.should_stop), self
        )
        self._task.progress.connect(self._show_progress)
        self._task.succeeded.connect(self._on_succeeded)
        self._task.refused.connect(self._on_refused)
        self._task.broke.connect(self._on_broke)
        self._hide_problem()
        self._show_progress(0, 0)
        self._update_busy()

    def stop(self) -> None:
        """Stop a download without waiting for its server; nothing is stored."""
        if self._task is not None:
            self._task.stop()
            self._end()

    def _end(self) -> None:
        self._task = None
        self._update_busy()

    def _hide_problem(self) -> None:
        self._problem.hide()
        self._copy.hide()

    def _update_busy(self) -> None:
        """Show the progress of this data set, or the buttons; while another is on its way they wait."""
        is_busy = self._task is not None
        is_coming = is_busy and self._coming == self._name
        self._progress.setVisible(is_coming)
        self._download.setVisible(not is_coming)
        self._download.setEnabled(not is_busy)
        self._choose.setEnabled(not is_busy)

    def _show_progress(self, done: int, total: int) -> None:
        """Show how many bytes were received; a total of 0 is unknown."""
        if total:
            self._bar.setRange(0, PROGRESS_STEPS)
            self._bar.setValue(PROGRESS_STEPS * done // total)
            shown = _("{done:.1f} of {total:.1f} MB").format(done=done / MEGABYTE, total=total / MEGABYTE)
            self._bytes.setText(shown)
        else:
            self._bar.setRange(0, 0)
            self._bytes.setText(_("Connecting…"))

    @cached_property
    def _folders(self) -> QFileDialog:
        """The dialog that asks for a folder. It stays: a box of its own may still be open when it is closed."""
        dialog = QFileDialog(self)
        dialog.setObjectName("data_folder_dialog")
        dialog.setFileMode(QFileDialog.FileMode.Directory)
        dialog.fileSelected.connect(self.fetch)
        return dialog

    def _on_choose_clicked(self) -> None:
        self._folders.setWindowTitle(_("Folder with the files of {data}").format(data=_(CATALOG[self._name].label)))
        self._folders.open()

    def _on_succeeded(self) -> None:
        self._end()
        self.arrived.emit(self._coming)

    def _on_refused(self, error: UserError) -> None:
        self._show_problem(error.summary if isinstance(error, FetchFailed) else str(error), str(error))

    def _on_broke(self, text: str) -> None:
        error = text.strip().rpartition("\n")[2]
        self._show_problem(_("The download stopped: {error}").format(error=error), text)

    def _show_problem(self, summary: str, details: str) -> None:
        self._end()
        self._details = details
        self._problem.setText(summary)
        self._problem.setToolTip(plain_text.tip(details if details != summary else ""))
        self._problem.show()
        self._copy.setVisible(details != summary)

"""What to do about a data set that is not on this machine: download it, choose its folder, or take other data."""

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QFileDialog, QFrame, QHBoxLayout, QProgressBar, QVBoxLayout, QWidget

from playground.data.catalog import CATALOG
from playground.data.download.fetching import download_size
from playground.language import _
from playground.runtime.downloads import Downloads
from playground.ui.core import plain_text
from playground.ui.widgets.icons import Button
from playground.ui.widgets.labels import text_label

MEGABYTE = 1_000_000
PROGRESS_STEPS = 1000


class MissingData(QFrame):
    """A notice with a download, its progress and the ways around it.

    Signals
    -------
    arrived(name)
        The data set is here now.
    replaced
        The user takes the built-in digits instead.
    """

    arrived = Signal(str)
    replaced = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("missing_data")
        self.setProperty("role", "notice")
        self._name = "mnist"
        self._done = self._total = 0
        self.downloads = Downloads(self)
        self._title = plain_text.label()
        self._title.setProperty("role", "strong")
        self._title.setWordWrap(True)
        self._text = plain_text.label()
        self._text.setWordWrap(True)
        self._problem = text_label("download_problem", "problem")
        self._problem.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        self._details = ""
        self._copy = Button(name="copy_download_problem", role="small")
        self._copy.hide()
        self._download = Button(name="download_button", icon_name="download", role="primary")
        self._choose = Button(name="choose_data_folder", icon_name="folder", role="small")
        self._digits = Button(name="use_digits", role="small")
        self._progress = self._progress_box()
        column = QVBoxLayout(self)
        column.setContentsMargins(12, 10, 12, 12)
        column.setSpacing(8)
        for widget in (self._title, self._text, self._download, self._progress, self._problem, self._copy):
            column.addWidget(widget)
        column.addWidget(self._choose)
        column.addWidget(self._digits)
        self._problem.hide()
        self._connect()
        self.retranslate()

    def show_missing(self, name: str) -> None:
        """Say that a data set is not here."""
        if name != self._name:
            self._hide_problem()
        self._name = name
        self.retranslate()
        self._show_busy()
        self.show()

    def retranslate(self) -> None:
        """Set every text in the language in use."""
        label = _(CATALOG[self._name].label)
        size = download_size(self._name) // MEGABYTE
        self._title.setText(_("{data} is not on this machine yet").format(data=label))
        self._text.setText(_("Download it once ({size} MB), or choose the folder it is in.").format(size=size))
        tip = _("Downloads the files, checks them and stores them for next time.")
        self._download.set_text(_("Download {size} MB").format(size=size), tip)
        self._choose.set_text(_("Choose folder…"), _("Use the files in a folder on this machine."))
        self._digits.set_text(_("Use the built-in digits"), _("1,797 small digits that come with the program."))
        self._copy.set_text(_("Copy details"), _("Every address that was tried, and what it answered."))
        self._cancel.set_text(_("Cancel"), _("Stops the download; nothing is stored."))
        self._bar.setAccessibleName(_("Progress of the download"))
        self._show_progress()

    def _hide_problem(self) -> None:
        """Forget what went wrong."""
        self._problem.hide()
        self._copy.hide()

    def _progress_box(self) -> QWidget:
        box = QWidget()
        self._bar = QProgressBar()
        self._bar.setObjectName("download_progress")
        self._bar.setTextVisible(False)
        self._bytes = plain_text.label()
        self._bytes.setObjectName("download_bytes")
        self._cancel = Button(name="cancel_download", role="small")
        line = QHBoxLayout()
        line.addWidget(self._bytes, 1)
        line.addWidget(self._cancel)
        column = QVBoxLayout(box)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(6)
        column.addWidget(self._bar)
        column.addLayout(line)
        box.hide()
        return box

    def _connect(self) -> None:
        self._download.clicked.connect(self._on_download_clicked)
        self._choose.clicked.connect(self._on_choose_clicked)
        self._digits.clicked.connect(self.replaced)
        self._cancel.clicked.connect(self.downloads.cancel)
        self._copy.clicked.connect(self._on_copy_clicked)
        self.downloads.started.connect(self._on_started)
        self.downloads.progress.connect(self._on_progress)
        self.downloads.finished.connect(self._on_finished)
        self.downloads.failed.connect(self._on_failed)
        self.downloads.cancelled.connect(self._on_ended)
        self.downloads.broke.connect(self._on_broke)

    def _show_progress(self) -> None:
        """Show how far the download is."""
        if self._total > 0:
            self._bar.setRange(0, PROGRESS_STEPS)
            self._bar.setValue(PROGRESS_STEPS * self._done // self._total)
            done, total = self._done / MEGABYTE, self._total / MEGABYTE
            self._bytes.setText(_("{done:.1f} of {total:.1f} MB").format(done=done, total=total))
        else:
            self._bar.setRange(0, 0)
            self._bytes.setText(_("Connecting…"))

    def _show_busy(self) -> None:
        """Show the progress of this data set, or the buttons; while another is on its way they wait."""
        coming = self.downloads.name
        self._progress.setVisible(coming == self._name)
        self._download.setVisible(coming != self._name)
        self._download.setEnabled(coming is None)
        self._choose.setEnabled(coming is None)

    def _on_download_clicked(self) -> None:
        self.downloads.start(self._name)

    def _on_choose_clicked(self) -> None:
        """Ask for the folder that has it."""
        dialog = QFileDialog(self, _("Folder with the files of {data}").format(data=_(CATALOG[self._name].label)))
        dialog.setObjectName("data_folder_dialog")
        dialog.setFileMode(QFileDialog.FileMode.Directory)
        dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        dialog.fileSelected.connect(self._on_folder_selected)
        dialog.open()

    def _on_folder_selected(self, folder: str) -> None:
        self.downloads.start(self._name, folder)

    def _on_started(self) -> None:
        """Show that it is on its way."""
        self._done = self._total = 0
        self._hide_problem()
        self._show_progress()
        self._show_busy()

    def _on_progress(self, done: int, total: int) -> None:
        """Show how far it is."""
        self._done, self._total = done, total
        self._show_progress()

    def _on_finished(self, name: str) -> None:
        """Tell that it is here."""
        self._on_ended()
        self.arrived.emit(name)

    def _on_failed(self, name: str, summary: str, sentence: str) -> None:  # noqa: ARG002 - the signal's arguments
        """Say in short why it could not be had; the whole of it can be copied."""
        self._on_ended()
        self._show_problem(summary, sentence)

    def _show_problem(self, summary: str, details: str) -> None:
        """Say what went wrong, and offer to copy the rest where that says more."""
        self._details = details
        self._problem.setText(summary)
        self._problem.setToolTip(plain_text.tip(details if details != summary else ""))
        self._problem.show()
        self._copy.setVisible(details != summary)

    def _on_copy_clicked(self) -> None:
        """Put all of what went wrong on the clipboard."""
        QGuiApplication.clipboard().setText(self._details)

    def _on_broke(self, text: str) -> None:
        """Show what nobody expected; the whole of it, to copy, where the pointer rests."""
        error = text.strip().rpartition("\n")[2]
        self._on_ended()
        self._show_problem(_("The download stopped: {error}").format(error=error), text)

    def _on_ended(self) -> None:
        """Show the buttons again."""
        self._show_busy()

"""What to do about a data set that is not on this machine: download it, choose its folder, or take other data."""

from PySide6.QtCore import Qt, Signal, Slot
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

    def __init__(self) -> None:
        super().__init__()
        self.setObjectName("missing_data")
        self.setProperty("role", "notice")
        self._name = "mnist"
        self._details = ""
        self.downloads = Downloads(self)
        self._title = text_label(role="strong")
        self._text = text_label(role="")
        self._problem = text_label("download_problem", "problem")
        self._problem.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        tip = _("Every address that was tried, and what it answered.")
        self._copy = Button(name="copy_download_problem", text=_("Copy details"), tip=tip, role="small")
        self._copy.clicked.connect(self._on_copy_clicked)
        self._download = Button(name="download_button", icon_name="download", role="primary")
        self._download.clicked.connect(self._on_download_clicked)
        text, tip = _("Choose folder…"), _("Use the files in a folder on this machine.")
        self._choose = Button(name="choose_data_folder", text=text, tip=tip, icon_name="folder", role="small")
        self._choose.clicked.connect(self._on_choose_clicked)
        text, tip = _("Use the built-in digits"), _("1,797 small digits that come with the program.")
        digits = Button(name="use_digits", text=text, tip=tip, role="small")
        digits.clicked.connect(self.replaced)
        self._progress = self._progress_box()
        column = QVBoxLayout(self)
        column.setContentsMargins(12, 10, 12, 12)
        column.setSpacing(8)
        for widget in (
            self._title,
            self._text,
            self._download,
            self._progress,
            self._problem,
            self._copy,
            self._choose,
            digits,
        ):
            column.addWidget(widget)
        self._hide_problem()
        self.downloads.started.connect(self._on_started)
        self.downloads.progress.connect(self._on_progress)
        self.downloads.finished.connect(self._on_finished)
        self.downloads.failed.connect(self._on_failed)
        self.downloads.cancelled.connect(self._show_busy)
        self.downloads.broke.connect(self._on_broke)

    def show_missing(self, name: str) -> None:
        """Say that a data set is not here."""
        if name != self._name:
            self._hide_problem()
        self._name = name
        size = download_size(name) // MEGABYTE
        self._title.setText(_("{data} is not on this machine yet").format(data=_(CATALOG[name].label)))
        self._text.setText(_("Download it once ({size} MB), or choose the folder it is in.").format(size=size))
        tip = _("Downloads the files, checks them and stores them for next time.")
        self._download.set_text(_("Download {size} MB").format(size=size), tip)
        self._show_busy()
        self.show()

    def _hide_problem(self) -> None:
        """Forget what went wrong."""
        self._problem.hide()
        self._copy.hide()

    def _progress_box(self) -> QWidget:
        box = QWidget()
        self._bar = QProgressBar()
        self._bar.setObjectName("download_progress")
        self._bar.setAccessibleName(_("Progress of the download"))
        self._bar.setTextVisible(False)
        self._bytes = text_label("download_bytes", "", wraps=False)
        tip = _("Stops the download; nothing is stored.")
        cancel = Button(name="cancel_download", text=_("Cancel"), tip=tip, role="small")
        cancel.clicked.connect(self.downloads.cancel)
        line = QHBoxLayout()
        line.addWidget(self._bytes, 1)
        line.addWidget(cancel)
        column = QVBoxLayout(box)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(6)
        column.addWidget(self._bar)
        column.addLayout(line)
        box.hide()
        return box

    @Slot()
    def _show_busy(self) -> None:
        """Show the progress of this data set, or the buttons; while another is on its way they wait."""
        coming = self.downloads.name
        self._progress.setVisible(coming == self._name)
        self._download.setVisible(coming != self._name)
        self._download.setEnabled(coming is None)
        self._choose.setEnabled(coming is None)

    @Slot()
    def _on_download_clicked(self) -> None:
        self.downloads.start(self._name)

    @Slot()
    def _on_choose_clicked(self) -> None:
        """Ask for the folder that has it."""
        dialog = QFileDialog(self, _("Folder with the files of {data}").format(data=_(CATALOG[self._name].label)))
        dialog.setObjectName("data_folder_dialog")
        dialog.setFileMode(QFileDialog.FileMode.Directory)
        dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        dialog.fileSelected.connect(self._on_folder_selected)
        dialog.open()

    @Slot(str)
    def _on_folder_selected(self, folder: str) -> None:
        self.downloads.start(self._name, folder)

    @Slot()
    def _on_started(self) -> None:
        """Show that it is on its way."""
        self._hide_problem()
        self._bar.setRange(0, 0)
        self._bytes.setText(_("Connecting…"))
        self._show_busy()

    @Slot("qlonglong", "qlonglong")
    def _on_progress(self, done: int, total: int) -> None:
        if total > 0:
            self._bar.setRange(0, PROGRESS_STEPS)
            self._bar.setValue(PROGRESS_STEPS * done // total)
            amount = _("{done:.1f} of {total:.1f} MB").format(done=done / MEGABYTE, total=total / MEGABYTE)
            self._bytes.setText(amount)

    @Slot(str)
    def _on_finished(self, name: str) -> None:
        self._show_busy()
        self.arrived.emit(name)

    @Slot(str, str, str)
    def _on_failed(self, name: str, summary: str, sentence: str) -> None:  # noqa: ARG002 - the signal's arguments
        """Say in short why it could not be had; the whole of it can be copied."""
        self._show_busy()
        self._show_problem(summary, sentence)

    def _show_problem(self, summary: str, details: str) -> None:
        """Say what went wrong, and offer to copy the rest where that says more."""
        self._details = details
        self._problem.setText(summary)
        self._problem.setToolTip(plain_text.tip(details if details != summary else ""))
        self._problem.show()
        self._copy.setVisible(details != summary)

    @Slot()
    def _on_copy_clicked(self) -> None:
        """Put all of what went wrong on the clipboard."""
        QGuiApplication.clipboard().setText(self._details)

    @Slot(str)
    def _on_broke(self, text: str) -> None:
        """Say what nobody expected; the whole of it can be copied."""
        error = text.strip().rpartition("\n")[2]
        self._show_busy()
        self._show_problem(_("The download stopped: {error}").format(error=error), text)

"""An error of the program itself: said once, with text to copy, while everything else goes on."""

import logging
import sys
import threading
import traceback
from types import TracebackType

from PySide6.QtCore import QObject, Qt, Signal, Slot
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QDialog, QHBoxLayout, QPlainTextEdit, QVBoxLayout, QWidget

from playground.language import _
from playground.ui.core import plain_text
from playground.ui.shell.help_dialogs import versions
from playground.ui.widgets.icons import Button

_log = logging.getLogger(__name__)


class ErrorDialog(QDialog):
    """Shows one or more tracebacks with the versions below, ready to be copied into a report."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("error_dialog")
        self.setModal(False)
        self._count = 0
        self.setWindowTitle(_("Playground: something went wrong"))
        title = plain_text.label(_("Something went wrong inside the program"))
        title.setObjectName("error_title")
        title.setProperty("role", "title")
        self._sentence = plain_text.label()
        self._sentence.setObjectName("error_sentence")
        self._sentence.setWordWrap(True)
        self.text = QPlainTextEdit()
        self.text.setObjectName("error_text")
        self.text.setAccessibleName(_("What went wrong"))
        self.text.setReadOnly(True)
        self.text.setLineWrapMode(QPlainTextEdit.LineWrapMode.NoWrap)
        copy, close = Button(name="error_copy", role="primary"), Button(name="error_close")
        copy.set_text(_("Copy"))
        close.set_text(_("Close"))
        copy.clicked.connect(self._on_copy)
        close.clicked.connect(self.accept)
        buttons = QHBoxLayout()
        buttons.addStretch(1)
        buttons.addWidget(close)
        buttons.addWidget(copy)
        column = QVBoxLayout(self)
        column.setContentsMargins(20, 18, 20, 18)
        column.setSpacing(10)
        column.addWidget(title)
        column.addWidget(self._sentence)
        column.addWidget(self.text, 1)
        column.addLayout(buttons)
        self.resize(720, 440)

    def add(self, report: str) -> None:
        """Show one more traceback; up to ten are kept."""
        self._count += 1
        if self._count <= 10:
            before = self.text.toPlainText().removesuffix(versions()).rstrip()
            self.text.setPlainText("\n\n".join(part for part in (before, report.strip(), versions()) if part))
        sentence = _(
            "Your experiment is still here and you can go on. Please copy this text into a bug report; "
            "errors so far: {count}."
        )
        self._sentence.setText(sentence.format(count=self._count))

    @Slot()
    def _on_copy(self) -> None:
        QGuiApplication.clipboard().setText(self.text.toPlainText())


class ErrorReporter(QObject):
    """Catches otherwise uncaught exceptions of any thread, and shows them in one dialog.

    Call `install` once the application exists, `uninstall` before it goes.
    """

    _reported = Signal(str)

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self._window = parent
        self._dialog: ErrorDialog | None = None
        self._reported.connect(self.show_report, Qt.ConnectionType.QueuedConnection)
        self._before = (sys.excepthook, threading.excepthook)

    def install(self) -> None:
        """Catch exceptions that leave a slot or end a thread."""
        self._before = (sys.excepthook, threading.excepthook)
        sys.excepthook = self._on_exception
        threading.excepthook = self._on_thread_exception

    def uninstall(self) -> None:
        """Restore the previous exception hooks."""
        sys.excepthook, threading.excepthook = self._before

    @Slot(str)
    def show_report(self, report: str) -> None:
        """Show the text of an error, beside those that still stand there."""
        _log.error("%s", report)
        if self._dialog is None or not self._dialog.isVisible():
            if self._dialog is not None:
                self._dialog.deleteLater()
            self._dialog = ErrorDialog(self._window)
        self._dialog.add(report)
        self._dialog.show()
        self._dialog.raise_()

    def _on_exception(self, kind: type[BaseException], error: BaseException, trace: TracebackType | None) -> None:
        if issubclass(kind, KeyboardInterrupt):
            self._window.close()
            return
        self._reported.emit("".join(traceback.format_exception(kind, error, trace)))

    def _on_thread_exception(self, hook: threading.ExceptHookArgs) -> None:
        if hook.exc_value is not None:
            self._reported.emit("".join(traceback.format_exception(hook.exc_value)))

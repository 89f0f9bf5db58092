"""An error of the program itself: said once, with text to copy, while everything else goes on."""

import logging
import sys
import threading
import traceback
from types import TracebackType

from PySide6.QtCore import QObject, Qt, Signal, Slot
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QPlainTextEdit, QWidget

from playground.language import _
from playground.ui.shell.help_dialogs import HelpDialog, versions
from playground.ui.widgets.icons import Button
from playground.ui.widgets.labels import text_label

_log = logging.getLogger(__name__)


class ErrorDialog(HelpDialog):
    """Shows one or more tracebacks with the versions below, ready to be copied into a report."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__("error", _("Playground: something went wrong"), parent)
        self._count = 0
        title = text_label("error_title", "title", _("Something went wrong inside the program"))
        self._sentence = text_label("error_sentence", "")
        self.text = QPlainTextEdit()
        self.text.setObjectName("error_text")
        self.text.setAccessibleName(_("What went wrong"))
        self.text.setReadOnly(True)
        self.text.setLineWrapMode(QPlainTextEdit.LineWrapMode.NoWrap)
        copy = Button(name="error_copy", text=_("Copy"), role="primary")
        copy.clicked.connect(self._on_copy)
        self.buttons.addWidget(copy)
        self.arrange(title, self._sentence, (self.text, 1))
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

"""Dialogs that close with one button: the keys, the About box, the pages of the help, and errors of the program."""

import logging
import platform
import sys
import threading
import traceback
from collections.abc import Sequence
from types import TracebackType

from PySide6.QtCore import QObject, QSize, Qt, Signal, Slot, qVersion
from PySide6.QtGui import (
    QAction,
    QGuiApplication,
    QKeySequence,
    QShortcut,
    QTextBlockFormat,
    QTextCursor,
    QTextDocument,
)
from PySide6.QtWidgets import QDialog, QGridLayout, QLineEdit, QPlainTextEdit, QTextBrowser, QWidget

from playground import __version__, language, paths
from playground.language import N_, _
from playground.ui.core import layouts, theme
from playground.ui.shell.actions import MENUS, plain
from playground.ui.widgets.card import Heading
from playground.ui.widgets.icons import Button
from playground.ui.widgets.labels import text_label

TITLE_BAR = 32
"""What the desktop's frame may add to the height of a window, pixels."""

_NATIVE = QKeySequence.SequenceFormat.NativeText
_FIELD_KEYS = (
    (N_("Next or previous control"), "Tab / Shift+Tab"),
    (N_("Number field: larger or smaller"), "↑ / ↓"),
    (N_("Number field: cancel the entry"), "Esc"),
    (N_("Leave presenter mode"), "Esc"),
)
_VIEW_KEYS = (
    (N_("Picture: move"), "← ↑ → ↓"),
    (N_("Network, matrix: open"), "Enter"),
    (N_("Table: another sample"), "↑ / ↓"),
    (N_("Headings: move, sort"), "← / →, Enter"),
    (N_("Edit points: move, add, remove"), "← ↑ → ↓, Enter, Del"),
    (N_("Slow motion: back, next, first, last"), "← / →, Home / End"),
    (N_("Drawing: undo, clear"), "Ctrl+Z, Del"),
)


class HelpDialog(QDialog):
    """A dialog that closes with one button."""

    def __init__(self, name: str, title: str, parent: QWidget | None) -> None:
        super().__init__(parent)
        self.setObjectName(f"{name}_dialog")
        self.setWindowTitle(title)
        self.close_button = Button(name=f"{name}_close", text=_("Close"))
        self.close_button.clicked.connect(self.accept)
        self.buttons = layouts.row(None, self.close_button, gap=6)

    def arrange(self, *parts: layouts.Item) -> None:
        """Put the parts below one another, above the buttons."""
        layouts.column(*parts, self.buttons, parent=self, gap=14, margins=(24, 20, 24, 18))


class KeysDialog(HelpDialog):
    """Every key of the window, menu by menu, and those that show and hide a panel each; scrolled on a small screen."""

    def __init__(self, parent: QWidget | None, panels: list[QAction]) -> None:
        super().__init__("keys", _("Keys"), parent)
        grids = [QGridLayout(), QGridLayout(), QGridLayout()]
        for grid in grids:
            grid.setHorizontalSpacing(24)
            grid.setVerticalSpacing(7)
        for name, title, commands in MENUS:
            rows = [(command.text, _native(command.keys)) for command in commands if command and command.keys]
            _add_section(grids[name not in ("file", "edit")], title, rows)
        _add_section(grids[0], N_("In fields"), _FIELD_KEYS)
        _add_section(grids[1], N_("In pictures and tables"), _VIEW_KEYS)
        shown = [(action.text(), action.shortcut().toString(_NATIVE)) for action in panels]
        _add_section(grids[2], N_("Show or hide"), [(text, keys) for text, keys in shown if keys])
        for grid in grids:
            grid.setRowStretch(grid.rowCount(), 1)
        content = layouts.box(layouts.row(*grids, gap=32))
        scroll = layouts.scroll_area(content, "keys_scroll", across=True)
        scroll.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.arrange((scroll, 1))
        bar = QSize(scroll.verticalScrollBar().sizeHint().width(), 0)
        room = self.screen().availableSize() - QSize(0, TITLE_BAR)
        self.resize((content.sizeHint() + self.sizeHint() - scroll.sizeHint() + bar).boundedTo(room))
        scroll.setFocus()


def _add_section(grid: QGridLayout, title: str, rows: Sequence[tuple[str, str]]) -> None:
    heading = Heading(plain(_(title)))
    at = grid.rowCount()
    heading.setContentsMargins(0, 10 if at > 1 else 0, 0, 2)
    grid.addWidget(heading, at, 0, 1, 2)
    for k, (text, keys) in enumerate(rows, at + 1):
        grid.addWidget(text_label(role="", text=plain(_(text)), wraps=False), k, 0)
        grid.addWidget(text_label(role="key", text=keys, wraps=False), k, 1, Qt.AlignmentFlag.AlignRight)


class AboutDialog(HelpDialog):
    """What the program is, and the versions to copy into a bug report."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__("about", _("About Playground"), parent)
        title = text_label(role="title", text=_("Playground {version}").format(version=__version__))
        sentence = text_label(
            role="",
            text=_(
                "Watch neural networks learn, and change everything while they do. Computed with "
                "NumPy. MIT licence. Fonts: Inter and Noto Sans SC, SIL Open Font License."
            ),
        )
        sentence.setMinimumWidth(theme.px(380))
        shown = text_label("about_versions", text=versions(), wraps=False)
        shown.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        copy = Button(name="about_copy", role="primary", text=_("Copy version information"))
        copy.clicked.connect(copy_versions)
        self.buttons.addWidget(copy)
        self.arrange(title, sentence, shown)


def versions() -> str:
    """Return one line each for the program, Python, Qt, the packages, the system and the screen."""
    from importlib import metadata  # reads mails, among other things: not at the start of the window

    lines = [f"Playground {__version__}", f"Python {platform.python_version()} ({sys.platform})", f"Qt {qVersion()}"]
    for package in ("PySide6-Essentials", "numpy", "pyqtgraph", "msgspec"):
        try:
            lines.append(f"{package} {metadata.version(package)}")
        except metadata.PackageNotFoundError:
            lines.append(f"{package} ?")
    lines.append(platform.platform())
    screen = QGuiApplication.primaryScreen()
    if screen is not None:
        size, ratio = screen.size(), screen.devicePixelRatio()
        lines.append(f"{QGuiApplication.platformName()}, {size.width()}×{size.height()} at {ratio:g}×")
    return "\n".join(lines)


def copy_versions() -> None:
    """Put the versions on the clipboard."""
    QGuiApplication.clipboard().setText(versions())


def _native(keys: tuple[str, ...]) -> str:
    return " / ".join(QKeySequence(key).toString(_NATIVE) for key in keys)


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
        copy.clicked.connect(lambda: QGuiApplication.clipboard().setText(self.text.toPlainText()))
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


class ErrorReporter(QObject):
    """Catches otherwise uncaught exceptions of any thread, and shows them in one dialog.

    Call `install` once the application exists, `uninstall` before it goes.
    """

    _reported = Signal(str)

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self._window = parent
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
        dialog = self._window.findChild(ErrorDialog) or ErrorDialog(self._window)
        dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        dialog.add(report)
        dialog.show()
        dialog.raise_()

    def _on_exception(self, kind: type[BaseException], error: BaseException, trace: TracebackType | None) -> None:
        if issubclass(kind, KeyboardInterrupt):
            self._window.close()
            return
        self._reported.emit("".join(traceback.format_exception(kind, error, trace)))

    def _on_thread_exception(self, hook: threading.ExceptHookArgs) -> None:
        if hook.exc_value is not None:
            self._reported.emit("".join(traceback.format_exception(hook.exc_value)))


PAGES = {
    "screen": ("help_page", N_("What is on the screen")),
    "performance": ("performance", N_("Performance")),
    "testing": ("testing", N_("Testing the window")),
}
"""File in ``resources/pages`` -> the object name of its dialog, without ``_dialog``, and its title."""

SMALLEST = (520, 420)
USUAL = (760, 680)
LINE_HEIGHT = 125.0


def page_text(code: str, page: str) -> str:
    """Return a page in a language, in English where there is none; Markdown."""
    try:
        path = paths.resource("pages", f"{page}.{code}.md")
    except FileNotFoundError:
        path = paths.resource("pages", f"{page}.en.md")
    return path.read_text(encoding="utf-8")


def open_page(window: QWidget, name: str = "screen") -> None:
    """Open a page beside a window, or bring it to the front; it is not modal: what it explains is in the window."""
    page = window.findChild(HelpPage, f"{PAGES[name][0]}_dialog") or HelpPage(window, name)
    page.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
    page.show()
    page.raise_()
    page.activateWindow()


class HelpPage(HelpDialog):
    """A page with a field that finds words in it; it stays open beside the window, which can be used meanwhile."""

    def __init__(self, parent: QWidget | None, page: str) -> None:
        name, title = PAGES[page][0], _(PAGES[page][1])
        super().__init__(name, title, parent)
        self._page = page
        self._find = QLineEdit()
        self._find.setPlaceholderText(_("Find on this page (Ctrl+F)"))
        self._find.setAccessibleName(_("Find on this page"))
        self._find.setObjectName("help_find")
        self._find.setClearButtonEnabled(True)
        self._find.textChanged.connect(self._on_text_changed)
        self._find.returnPressed.connect(self._find_next)
        self.text = QTextBrowser()
        self.text.setObjectName("help_text")
        self.text.setAccessibleName(title)
        self.text.setOpenLinks(False)
        self.arrange(self._find, (self.text, 1))
        self.close_button.setAutoDefault(False)  # Enter in the field goes on with the search
        for keys, do in (
            (QKeySequence.StandardKey.Find, self._begin_to_find),
            (QKeySequence.StandardKey.FindNext, self._find_next),
            (QKeySequence.StandardKey.FindPrevious, self._find_previous),
            (QKeySequence("Shift+Return"), self._find_previous),
        ):
            QShortcut(QKeySequence(keys), self).activated.connect(do)
        self.setMinimumSize(*map(theme.px, SMALLEST))
        self.resize(*map(theme.px, USUAL))
        self.apply_theme()
        self.text.setFocus()

    def apply_theme(self) -> None:
        at = self.text.verticalScrollBar().value()
        self.text.setMarkdown(page_text(language.current(), self._page))
        document = self.text.document()
        document.setIndentWidth(theme.px(16))
        block = document.begin()
        while block.isValid():
            spacing = block.blockFormat()
            spacing.setLineHeight(LINE_HEIGHT, QTextBlockFormat.LineHeightTypes.ProportionalHeight.value)
            spacing.setTopMargin(theme.px(18) if spacing.headingLevel() > 1 else 0)
            spacing.setBottomMargin(theme.px(5))
            QTextCursor(block).setBlockFormat(spacing)
            block = block.next()
        self.text.verticalScrollBar().setValue(at)

    def _begin_to_find(self) -> None:
        self._find.setFocus(Qt.FocusReason.ShortcutFocusReason)
        self._find.selectAll()

    def _on_text_changed(self) -> None:
        cursor = self.text.textCursor()
        cursor.setPosition(cursor.selectionStart())
        self.text.setTextCursor(cursor)
        self._search(QTextDocument.FindFlag(0))

    def _find_next(self) -> None:
        self._search(QTextDocument.FindFlag(0))

    def _find_previous(self) -> None:
        self._search(QTextDocument.FindFlag.FindBackward)

    def _search(self, flags: QTextDocument.FindFlag) -> None:
        """Mark the next place; the field turns red where there is none."""
        wanted = self._find.text()
        found = not wanted or self.text.find(wanted, flags)
        if not found:
            before = self.text.textCursor()
            backward = flags == QTextDocument.FindFlag.FindBackward
            self.text.moveCursor(QTextCursor.MoveOperation.End if backward else QTextCursor.MoveOperation.Start)
            found = self.text.find(wanted, flags)
            if not found:
                self.text.setTextCursor(before)
        theme.set_property(self._find, "problem", not found)

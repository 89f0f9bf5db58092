"""The pages of the help; the text of each is a Markdown file for each language, in ``resources/pages``."""

from PySide6.QtCore import Qt, Slot
from PySide6.QtGui import QKeySequence, QShortcut, QTextBlockFormat, QTextCursor, QTextDocument
from PySide6.QtWidgets import QLineEdit, QTextBrowser, QWidget

from playground import language, paths
from playground.language import N_, _
from playground.ui.core import theme
from playground.ui.shell.help_dialogs import HelpDialog

PAGES = {
    "screen": ("help_page", N_("What is on the screen")),
    "performance": ("performance", N_("Performance")),
    "testing": ("testing", N_("Testing the window")),
}
"""File in ``resources/pages`` -> the object name of its dialog, without ``_dialog``, and its title."""

SMALLEST = (520, 420)
USUAL = (760, 680)
LINE_HEIGHT = 125.0


def page_text(code: str, page: str = "screen") -> str:
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

    def __init__(self, parent: QWidget | None = None, page: str = "screen") -> None:
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

    @Slot()
    def _begin_to_find(self) -> None:
        self._find.setFocus(Qt.FocusReason.ShortcutFocusReason)
        self._find.selectAll()

    @Slot()
    def _on_text_changed(self) -> None:
        cursor = self.text.textCursor()
        cursor.setPosition(cursor.selectionStart())
        self.text.setTextCursor(cursor)
        self._search(QTextDocument.FindFlag(0))

    @Slot()
    def _find_next(self) -> None:
        self._search(QTextDocument.FindFlag(0))

    @Slot()
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

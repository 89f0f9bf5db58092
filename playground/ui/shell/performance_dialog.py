"""The page on performance in the help: what is fast and why, the measured tables, the limits."""

from html import escape

from PySide6.QtWidgets import QTextBrowser, QWidget

from playground.language import _
from playground.ui.core import theme
from playground.ui.shell.help_dialogs import HelpDialog
from playground.ui.shell.performance import Section, Table, sections

SMALLEST = (560, 420)
USUAL = (720, 640)


class PerformanceDialog(HelpDialog):
    """The page; it follows language and colours, and its text can be marked and copied."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__("performance", parent)
        self._page = QTextBrowser()
        self._page.setObjectName("performance_page")
        self._page.setOpenLinks(False)
        self.column.addWidget(self._page)
        self.column.addLayout(self.buttons)
        self.setMinimumSize(*map(theme.px, SMALLEST))
        self.resize(*map(theme.px, USUAL))
        self.retranslate()

    def apply_theme(self) -> None:
        self.retranslate()

    def retranslate(self) -> None:
        """Write the page anew in the language and the colours in use."""
        super().retranslate()
        self.setWindowTitle(_("Performance"))
        self._page.setAccessibleName(_("Performance"))
        self._page.setHtml(page())


def page() -> str:
    """Return the page as the rich text that Qt understands."""
    return "".join(map(_section, sections()))


def _section(section: Section) -> str:
    parts = [f"<h3>{escape(section.title)}</h3>"]
    parts += [f"<p>{escape(paragraph)}</p>" for paragraph in section.paragraphs]
    if section.table is not None:
        parts.append(_table(section.table))
    parts += [f"<p>{escape(sentence)}:<br><code>{escape(command)}</code></p>" for command, sentence in section.commands]
    return "".join(parts)


def _table(table: Table) -> str:
    """Return a table, numbers to the right; a row without numbers is a heading of those below."""
    head = "".join(_cell("th", k, text) for k, text in enumerate(table.headings))
    lines = [f"<tr>{head}</tr>"]
    for row in table.rows:
        kind = "td" if any(row[1:]) else "th"
        lines.append(f"<tr>{''.join(_cell(kind, k, text) for k, text in enumerate(row))}</tr>")
    return f'<table cellspacing="0" cellpadding="4" width="97%" style="margin-top: 6px">{"".join(lines)}</table>'


def _cell(kind: str, column: int, text: str) -> str:
    """Return a cell; numbers stand to the right."""
    side = "left" if column == 0 else "right"
    return f'<{kind} align="{side}">{escape(text)}</{kind}>'

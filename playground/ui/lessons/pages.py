"""A text in Markdown on pages, as PDF: a step stays on one page, or else a question, a program and a heading do."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from pathlib import Path
from types import MappingProxyType

from PySide6.QtCore import QMarginsF, QRectF, QSizeF, Qt, QUrl
from PySide6.QtGui import (
    QAbstractTextDocumentLayout,
    QImage,
    QPageLayout,
    QPageSize,
    QPainter,
    QPalette,
    QPdfWriter,
    QTextBlock,
    QTextCursor,
    QTextDocument,
    QTextFormat,
)

from playground.experiment.config import files as config_files
from playground.ui.canvas.pictures import whole_file
from playground.ui.core import theme
from playground.ui.widgets.markdown_text import ClosedDocument, is_code, place_formulas

MARGIN_MM = 18.0
TYPE_PT = 11
ABOVE_HEADING = 10
FOOT_LINES = 2
"""So many lines at the foot of a page are for its number."""

PICTURE_RATIO = 6  # dots of a formula per pixel of the text: it is printed


def write(text: str, title: str, path: Path, pictures: Mapping[str, QImage] = MappingProxyType({})) -> None:
    """Write a text in Markdown, with the pictures that it names, as a PDF with numbered pages.

    Raises
    ------
    UserError
        If the file cannot be written.
    """
    config_files.check_writable(path)
    with whole_file(path) as device:
        writer = QPdfWriter(device)
        writer.setTitle(title)
        writer.setCreator("Playground")
        writer.setPageSize(QPageSize(QPageSize.PageSizeId.A4))
        margins = QMarginsF(MARGIN_MM, MARGIN_MM, MARGIN_MM, MARGIN_MM)
        writer.setPageMargins(margins, QPageLayout.Unit.Millimeter)
        document = laid_out(text, writer, pictures)
        with QPainter(writer) as painter:
            painter.setFont(document.defaultFont())
            for k in range(document.pageCount()):
                if k > 0:
                    writer.newPage()
                draw_page(document, k, painter)


def draw_page(document: QTextDocument, k: int, painter: QPainter) -> None:
    """Draw a page, and its number at the foot (`QTextDocument.print_` numbers none whose size is set)."""
    width, height = document.pageSize().toTuple()
    context = QAbstractTextDocumentLayout.PaintContext()
    context.clip = QRectF(0, k * height, width, height)
    on_paper = QPalette()
    on_paper.setColor(QPalette.ColorRole.Text, Qt.GlobalColor.black)  # also where the window is dark
    context.palette = on_paper
    painter.save()
    painter.translate(0, -k * height)
    painter.setClipRect(context.clip)
    document.documentLayout().draw(painter, context)
    painter.restore()
    foot = Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignBottom
    painter.drawText(painter.viewport(), foot, str(k + 1))


def laid_out(text: str, writer: QPdfWriter, pictures: Mapping[str, QImage] = MappingProxyType({})) -> QTextDocument:
    """Return a text in Markdown on pages, on which what belongs together is together."""
    document = ClosedDocument()
    font = theme.font()
    font.setPointSize(TYPE_PT)
    document.setDefaultFont(font)
    document.setDocumentMargin(0)
    document.setMarkdown(text, QTextDocument.MarkdownFeature.MarkdownNoHTML)
    for name, picture in pictures.items():
        document.addResource(QTextDocument.ResourceType.ImageResource.value, QUrl(name), picture)
    place_formulas(document, theme.LIGHT.text, PICTURE_RATIO)
    blocks = [document.begin()]
    while blocks[-1].next().isValid():
        blocks.append(blocks[-1].next())
    for block in blocks[1:]:
        if _is_heading(block):
            spacing = block.blockFormat()
            spacing.setTopMargin(ABOVE_HEADING)
            QTextCursor(block).setBlockFormat(spacing)
    layout = document.documentLayout()
    layout.setPaintDevice(writer)
    line = layout.blockBoundingRect(blocks[-1]).height()
    document.setPageSize(QSizeF(writer.width(), writer.height() - FOOT_LINES * line))
    for group in _groups(blocks, 0):
        _keep_together(document, group, 0)
    return document


def _is_heading(block: QTextBlock) -> bool:
    return block.blockFormat().headingLevel() > 0


def _begins_step(block: QTextBlock) -> bool:
    return block.blockFormat().headingLevel() in (1, 2)


def _begins_paragraph(block: QTextBlock) -> bool:
    """Return whether a block goes on with neither a heading nor a program."""
    before = block.previous()
    return not _is_heading(before) and not (is_code(before) and is_code(block))


BEGINS: Sequence[Callable[[QTextBlock], bool]] = (_begins_step, _is_heading, _begins_paragraph)
"""Which blocks begin what is kept together: a whole step; where no page has room for it, its parts; and their parts."""


def _groups(blocks: Sequence[QTextBlock], level: int) -> Iterator[list[QTextBlock]]:
    """Yield the blocks that belong together at a level of `BEGINS`."""
    group = list(blocks[:1])
    for block in blocks[1:]:
        if BEGINS[level](block):
            yield group
            group = []
        group.append(block)
    yield group


def _keep_together(document: QTextDocument, group: Sequence[QTextBlock], level: int) -> None:
    """Begin a page with some blocks that a page's end would part, or with some of them where a page has no room."""
    if not _is_parted(document, group):
        return
    _set_break(document, group[0], QTextFormat.PageBreakFlag.PageBreak_AlwaysBefore)
    if _is_parted(document, group):
        _set_break(document, group[0], QTextFormat.PageBreakFlag.PageBreak_Auto)
        if level + 1 < len(BEGINS):
            for part in _groups(group, level + 1):
                _keep_together(document, part, level + 1)


def _is_parted(document: QTextDocument, group: Sequence[QTextBlock]) -> bool:
    layout, height = document.documentLayout(), document.pageSize().height()
    first, last = layout.blockBoundingRect(group[0]), layout.blockBoundingRect(group[-1])
    return int(first.top() / height) != int((last.bottom() - 1) / height)


def _set_break(document: QTextDocument, block: QTextBlock, policy: QTextFormat.PageBreakFlag) -> None:
    spacing = block.blockFormat()
    spacing.setPageBreakPolicy(policy)
    QTextCursor(block).setBlockFormat(spacing)
    document.setPageSize(document.pageSize())  # else Qt leaves what comes pages later where it was

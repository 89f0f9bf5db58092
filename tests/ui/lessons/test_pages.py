"""A text on pages."""

import re
from pathlib import Path

import numpy as np
from PySide6.QtCore import QBuffer, QIODevice, QMarginsF, Qt
from PySide6.QtGui import QImage, QPageLayout, QPageSize, QPainter, QPdfWriter, QTextBlock, QTextDocument
from PySide6.QtWidgets import QApplication

from playground.ui.core import theme
from playground.ui.lessons import pages
from playground.ui.widgets.markdown_text import is_code
from tests.ui.bench import copied_letters

PROGRAM = "```python\n" + "x = 1\n" * 20 + "```"
PARAGRAPHS = [f"Paragraph {k}." for k in range(30)]
LONG_STEP = ["# A", "B", "## 1", *PARAGRAPHS, PROGRAM, PROGRAM, "### Why?", *PARAGRAPHS, "### And?", "C"]


def a4() -> QPdfWriter:
    """Return pages that go nowhere."""
    device = QBuffer()
    device.open(QIODevice.OpenModeFlag.WriteOnly)
    writer = QPdfWriter(device)
    device.setParent(writer)
    writer.setPageSize(QPageSize(QPageSize.PageSizeId.A4))
    writer.setPageMargins(QMarginsF(18, 18, 18, 18), QPageLayout.Unit.Millimeter)
    return writer


def page_of(document: QTextDocument, block: QTextBlock) -> int:
    """Return the page of a block, which is on one."""
    place, height = document.documentLayout().blockBoundingRect(block), document.pageSize().height()
    assert int(place.top() / height) == int((place.bottom() - 1) / height), block.text()
    return int(place.top() / height)


def test_of_a_step_longer_than_a_page_the_programs_and_headings_are_kept_whole() -> None:
    writer = a4()
    document = pages.laid_out("\n\n".join(LONG_STEP), writer)
    assert document.pageCount() > 2
    block = document.begin().next()
    while block.isValid():
        before = block.previous()
        if before.blockFormat().headingLevel() or (is_code(block) and is_code(before)):
            assert page_of(document, block) == page_of(document, before), block.text()
        block = block.next()


def test_pages_have_their_own_margins_and_no_others(tmp_path: Path) -> None:
    writer = a4()
    document = pages.laid_out("\n\n".join(LONG_STEP), writer)
    assert document.documentMargin() == 0
    assert document.pageSize().width() == writer.width()
    pages.write("\n\n".join(LONG_STEP), "A", tmp_path / "a.pdf")
    assert len(re.findall(rb"/Type /Page\b", (tmp_path / "a.pdf").read_bytes())) == document.pageCount()


def test_the_words_are_black_in_a_dark_window_too(qapp: QApplication) -> None:
    theme.apply(qapp, "dark")
    writer = a4()
    document = pages.laid_out("# How weights start\n\nWords", writer)
    paper = QImage(document.pageSize().toSize(), QImage.Format.Format_Grayscale8)
    paper.fill(Qt.GlobalColor.white)
    with QPainter(paper) as painter:
        pages.draw_page(document, 0, painter)
    inks = np.frombuffer(paper.constBits(), np.uint8)
    assert np.count_nonzero(inks < 64) > 0.3 * np.count_nonzero(inks < 255)


def test_signs_between_digits_can_be_copied(qapp: QApplication, tmp_path: Path) -> None:
    theme.apply(qapp)
    text = "Line 2: w1 = −2.49, (−3, 4), 4 × 4, 1 + 1e-7"
    pages.write(text, "A", tmp_path / "a.pdf")
    assert set(text) - {" "} <= copied_letters(tmp_path / "a.pdf")

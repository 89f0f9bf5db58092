"""Text in Markdown as high as it needs, which loads nothing."""

from pathlib import Path

import pytest
from PySide6.QtCore import QCoreApplication, QEvent
from PySide6.QtGui import QTextDocument
from pytestqt.qtbot import QtBot
from shiboken6 import isValid

from playground.ui.widgets.markdown_text import MarkdownText


def test_a_narrow_text_is_higher(qtbot: QtBot) -> None:
    text = MarkdownText("prose")
    qtbot.addWidget(text)
    text.set_markdown("many **words** " * 30)
    text.resize(600, 10)
    text.show()
    wide = text.height()
    text.resize(150, 10)
    assert text.height() > 2 * wide
    assert text.toPlainText().startswith("many words")


def test_a_text_without_a_parent_opens_no_window(qtbot: QtBot) -> None:
    text = MarkdownText("prose")
    qtbot.addWidget(text)
    text.set_markdown("words")
    assert not text.isVisible()


def test_an_empty_text_is_hidden_and_html_is_words(qtbot: QtBot, tmp_path: Path) -> None:
    text = MarkdownText("prose")
    qtbot.addWidget(text)
    text.set_markdown("")
    assert text.isHidden()
    text.set_markdown(f"![]({tmp_path}/none.png) <b>bold</b> <img src='file:///dev/zero'>")
    assert "<b>bold</b>" in text.toPlainText()
    assert text.loadResource(2, "file:///dev/zero") is None


def test_lines_of_code_stand_close_together(qtbot: QtBot) -> None:
    text = MarkdownText("prose")
    qtbot.addWidget(text)
    text.resize(300, 10)
    text.set_markdown("words\n\nwords\n\nwords\n\nwords")
    paragraphs = text.height()
    text.set_markdown("words\n\n```\nwords\nwords\nwords\n```")
    assert text.height() < paragraphs


def test_a_text_is_measured_once_for_a_width_and_nothing_of_it_is_left(
    qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    text = MarkdownText("prose")
    qtbot.addWidget(text)
    text.set_markdown("many words " * 30)
    document, copies = text.document(), []

    def clone() -> QTextDocument:
        copies.append(QTextDocument.clone(document))
        return copies[-1]

    monkeypatch.setattr(document, "clone", clone)
    high, low, again = (text.heightForWidth(width) for width in (150, 600, 600))
    assert high > 2 * low
    assert low == again
    QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete.value)
    assert [isValid(copy) for copy in copies] == [False, False]
    text.set_markdown("few words")
    assert text.heightForWidth(150) == text.heightForWidth(600)

"""Text in Markdown as high as it needs, which loads nothing."""

import re
from html import unescape
from pathlib import Path

import pytest
from PySide6.QtCore import QEvent, QPoint, Qt
from PySide6.QtGui import QColor, QHelpEvent, QImage
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from playground import language, paths
from playground.experiment.lessons import files, texts
from playground.ui.core import theme
from playground.ui.widgets import markdown_text
from playground.ui.widgets.markdown_text import MarkdownText
from tests.ui.bench import colours, contrast, luminance

RED = 0xFFFF0000


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


def test_html_is_words_an_empty_text_is_hidden_and_one_without_a_parent_opens_no_window(
    qtbot: QtBot, tmp_path: Path
) -> None:
    text = MarkdownText("prose")
    qtbot.addWidget(text)
    text.set_markdown(f"![]({tmp_path}/none.png) <b>bold</b> <img src='file:///dev/zero'>")
    assert not text.isVisible()
    assert "<b>bold</b>" in text.toPlainText()
    text.set_markdown("")
    assert text.isHidden()


@pytest.fixture
def picture(tmp_path: Path) -> Path:
    path = tmp_path / "red.png"
    image = QImage(60, 60, QImage.Format.Format_RGB32)
    image.fill(Qt.GlobalColor.red)
    assert image.save(str(path))
    return path


@pytest.mark.parametrize(
    "written", ["![a]({path})", "![a](file://{path})", "[![b](<{path}>)](x)", "![c][d]\n\n[d]: {path}"]
)
def test_no_file_is_read_that_a_text_names_as_a_picture(qtbot: QtBot, picture: Path, written: str) -> None:
    text = MarkdownText("prose")
    qtbot.addWidget(text)
    text.resize(300, 100)
    text.set_markdown(written.format(path=picture.as_posix()))
    text.show()
    assert RED not in colours(text)


def test_the_title_of_a_link_is_no_tooltip(qtbot: QtBot, qapp: QApplication, picture: Path) -> None:
    text = MarkdownText("prose")
    qtbot.addWidget(text)
    text.resize(300, 100)
    text.set_markdown(f"""[a long link](x "<img src='{picture.as_uri()}'>")""")
    text.show()
    place = QPoint(20, 8)
    assert text.anchorAt(place) == "x"
    tip = QHelpEvent(QEvent.Type.ToolTip, place, text.viewport().mapToGlobal(place))
    QApplication.sendEvent(text.viewport(), tip)
    shown = [it for it in qapp.topLevelWidgets() if it.metaObject().className() == "QTipLabel" and it.isVisible()]
    assert shown == []


def test_lines_of_code_stand_close_together(qtbot: QtBot) -> None:
    text = MarkdownText("prose")
    qtbot.addWidget(text)
    text.resize(300, 10)
    text.set_markdown("words\n\nwords\n\nwords\n\nwords")
    paragraphs = text.height()
    text.set_markdown("words\n\n```\nwords\nwords\nwords\n```")
    assert text.height() < paragraphs


WIDTH = 290
"""Of a lesson's text in its card, in a window of the usual size."""


def shown(qtbot: QtBot, name: str, width: int = WIDTH) -> MarkdownText:
    text = MarkdownText("prose")
    qtbot.addWidget(text)
    text.resize(width, 10)
    text.set_markdown(f"![read aloud](formula:{name})")
    text.show()
    return text


def test_every_formula_is_built_from_its_tex_and_used_in_every_language() -> None:
    folder = paths.resource("formulas")
    assert {path.stem for path in folder.glob("*.svg")} == set(texts.formulas())
    for name, tex in texts.formulas().items():
        found = re.search("<desc>(.*)</desc>", (folder / f"{name}.svg").read_text(encoding="utf-8"))
        assert found is not None
        assert unescape(found[1]) == tex, f"{name}: run resources/formulas/build.py"
    for code in language.LANGUAGES:
        used: set[str] = set()
        for lesson in files.shipped():
            used |= set(texts.named_formulas((lesson / f"text.{code}.md").read_text(encoding="utf-8")))
        assert used == set(texts.formulas()), code


@pytest.mark.parametrize("choice", ["light", "dark"])
def test_every_formula_is_readable_in_both_themes(qtbot: QtBot, qapp: QApplication, choice: str) -> None:
    theme.apply(qapp, choice)
    ground = theme.color("panel")
    for name in texts.formulas():
        text = shown(qtbot, name)
        assert max(contrast(QColor.fromRgb(it), ground) for it in colours(text)) > 7, name
        assert text.document().idealWidth() < WIDTH, f"{name} is wider than the panel"


def test_a_change_of_theme_and_size_draws_a_formula_anew(qtbot: QtBot, qapp: QApplication) -> None:
    theme.apply(qapp, "light")
    text = shown(qtbot, "sigmoid")
    small, dark = text.height(), min(luminance(it) for it in ink(text))
    theme.apply(qapp, "dark")
    assert max(luminance(it) for it in ink(text)) > 0.6 > dark
    theme.set_scale(1.5)
    assert text.height() > 1.3 * small


def ink(text: MarkdownText) -> list[QColor]:
    """Return the colours of the ink, that is those farthest from the ground."""
    picture = text.grab().toImage()
    ground = picture.pixelColor(picture.width() - 1, 0)
    every = [picture.pixelColor(x, y) for x in range(picture.width()) for y in range(picture.height())]
    return sorted(every, key=lambda it: contrast(it, ground))[-10:]


def test_a_narrow_text_makes_a_formula_narrower(qtbot: QtBot) -> None:
    wide, narrow = shown(qtbot, "softmax-shifted"), shown(qtbot, "softmax-shifted", 100)
    assert wide.document().idealWidth() > 150
    assert narrow.document().idealWidth() <= 100
    assert narrow.height() < wide.height()
    narrow.resize(WIDTH, 10)
    assert narrow.height() == wide.height()


def test_a_formula_is_read_aloud_among_the_words(qtbot: QtBot) -> None:
    text = shown(qtbot, "sigmoid")
    text.set_markdown("Before.\n\n![s of z](formula:sigmoid)\n\nBetween ![](none.png).\n\n![t](formula:softmax)")
    assert text.accessibleName() == "Before.\ns of z\nBetween .\nt"


def test_no_other_picture_is_loaded(qtbot: QtBot) -> None:
    text = shown(qtbot, "../icons/play")
    pictures = list(markdown_text._pictures(text.document()))
    assert len(pictures) == 1
    assert pictures[0].charFormat().toImageFormat().width() == 0

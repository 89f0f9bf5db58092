"""Formulas: built from their TeX, all of them used, and readable in both themes, aloud, and in a narrow panel."""

import re
from html import unescape

import pytest
from PySide6.QtGui import QColor
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from playground import language, paths
from playground.experiment.lessons import files, texts
from playground.ui.core import theme
from playground.ui.widgets import formulas
from playground.ui.widgets.markdown_text import MarkdownText
from tests.ui.bench import colours

WIDTH = 290
"""Of a lesson's text in its card, in a window of the usual size."""


def luminance(colour: QColor) -> float:
    """Return the relative luminance of a colour, as WCAG defines it."""
    parts = [it / 12.92 if it <= 0.04045 else ((it + 0.055) / 1.055) ** 2.4 for it in colour.getRgbF()[:3]]
    return 0.2126 * parts[0] + 0.7152 * parts[1] + 0.0722 * parts[2]


def contrast(one: QColor, other: QColor) -> float:
    dark, light = sorted((luminance(one), luminance(other)))
    return (light + 0.05) / (dark + 0.05)


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
    text = shown(qtbot, "sigmoid")
    small, dark = text.height(), min(luminance(it) for it in ink(text))
    theme.apply(qapp, "dark")
    assert max(luminance(it) for it in ink(text)) > 0.6 > dark
    theme.set_scale(1.5)
    assert text.height() > 1.3 * small


def ink(text: MarkdownText) -> list[QColor]:
    """Return the colours of the ink, that is those farthest from the ground."""
    ground = theme.color("panel")
    return sorted(map(QColor.fromRgb, colours(text)), key=lambda it: contrast(it, ground))[-10:]


def test_a_narrow_text_makes_a_formula_narrower(qtbot: QtBot) -> None:
    wide, narrow = shown(qtbot, "softmax-shifted"), shown(qtbot, "softmax-shifted", 100)
    assert wide.document().idealWidth() > 150
    assert narrow.document().idealWidth() <= 100
    assert narrow.height() < wide.height()
    assert narrow.heightForWidth(WIDTH) == wide.height()


def test_a_formula_is_read_aloud_among_the_words(qtbot: QtBot) -> None:
    text = shown(qtbot, "sigmoid")
    text.set_markdown("Before.\n\n![s of z](formula:sigmoid)\n\nBetween ![](none.png).\n\n![t](formula:softmax)")
    assert text.accessibleName() == "Before.\ns of z\nBetween .\nt"


def test_no_other_picture_is_loaded(qtbot: QtBot) -> None:
    text = shown(qtbot, "../icons/play")
    pictures = list(formulas._pictures(text.document()))
    assert len(pictures) == 1
    assert pictures[0].charFormat().toImageFormat().width() == 0

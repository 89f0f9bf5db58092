"""Every text a user can meet is there in every language, and the shipped fonts have its letters."""

import ast
import functools
import gettext
import string
from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtGui import QRawFont

from playground import language, paths
from playground.experiment.articles.figures import FIGURES
from playground.experiment.config.presets import PRESETS
from tests.house.source import ROOT, nodes

MARKS = {"_": 1, "N_": 1, "ngettext": 2}
OTHERS = [code for code in language.LANGUAGES if code != "en"]


def _marked() -> Iterator[tuple[str, ast.Call, tuple[ast.expr, ...]]]:
    """Return each call of a mark: the module, the call, and the texts it is called with."""
    for name, node in nodes():
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id in MARKS:
            yield name, node, tuple(node.args[: MARKS[node.func.id]])


def _texts() -> set[str]:
    """Return every text that is marked, of one with two forms the first, and those in tables."""
    marked = {texts[0].value for _name, _node, texts in _marked() if isinstance(texts[0], ast.Constant)}
    said = {text for it in PRESETS.values() for text in (it.label, it.sentence, it.question, it.claim)}
    return marked | (said - {""}) | {figure.what for figure in FIGURES}


@functools.cache
def _catalogue(code: str) -> dict[str, str]:
    """Return the compiled translations of a language by their English text."""
    path = paths.resource("i18n", code, "LC_MESSAGES", "playground.mo")
    with path.open("rb") as file:
        entries = gettext.GNUTranslations(file)._catalog
    return {key if isinstance(key, str) else key[0]: text for key, text in entries.items() if key}


def _first(forms: str | tuple[str, ...]) -> str:
    """Return a text, or the first form of one that has several."""
    return forms if isinstance(forms, str) else forms[0]


def _fields(text: str) -> set[str]:
    """Return the names of the values that are put into a text."""
    return {name.split(".")[0].split("[")[0] for _t, name, _s, _c in string.Formatter().parse(text) if name is not None}


def test_no_text_is_put_together_before_it_is_looked_up() -> None:
    wrong = [
        f"{name}:{node.lineno}"
        for name, node, texts in _marked()
        for text in texts
        if isinstance(text, ast.JoinedStr | ast.BinOp)
        or (isinstance(text, ast.Call) and isinstance(text.func, ast.Attribute) and text.func.attr == "format")
    ]
    assert not wrong, "the values go in after the look-up: _('{n} rows').format(n=4)"


def _is_space(node: ast.AST) -> bool:
    """Return whether a node is the text of one space."""
    return isinstance(node, ast.Constant) and node.value == " "


def _joins_by_a_space(node: ast.AST) -> bool:
    """Return whether an expression puts a space before or behind a translated text."""
    if isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute) and node.func.attr == "join":
        inner, is_spaced = list(node.args), _is_space(node.func.value)
    else:
        inner = [node.left, node.right] if isinstance(node, ast.BinOp) and isinstance(node.op, ast.Add) else []
        is_spaced = any(map(_is_space, inner))
    return is_spaced and any(isinstance(it, ast.Name) and it.id in MARKS for one in inner for it in ast.walk(one))


def test_sentences_are_joined_as_the_language_writes_them() -> None:
    wrong = [f"{name}:{node.lineno}" for name, node in nodes() if _joins_by_a_space(node)]
    assert not wrong, "sentences(first, second): in Chinese there is no space between them"


@pytest.mark.parametrize("code", OTHERS)
def test_every_text_is_translated(code: str) -> None:
    plurals = {texts[1].value for _name, _node, texts in _marked() if len(texts) == 2}
    # Where a plural is not translated, the compiled catalogue holds the English one.
    translated = {key for key, text in _catalogue(code).items() if text and text not in plurals}
    assert not _texts() - translated, "run `python resources/i18n/build.py` and translate what it lists"
    assert not translated - _texts(), "no longer in the program: run `python resources/i18n/build.py`"


@pytest.mark.parametrize("code", OTHERS)
def test_a_translation_takes_the_same_values(code: str) -> None:
    wrong = [key for key, text in _catalogue(code).items() if not _fields(text) <= _fields(key)]
    # A plural may leave the number out ("one row"); anything else needs every value.
    wrong += [key for key, text in _catalogue(code).items() if _fields(key) - _fields(text) - {"n"}]
    assert not wrong


@pytest.mark.parametrize("code", OTHERS)
def test_the_compiled_catalogue_is_that_of_the_source(code: str) -> None:
    pofile = pytest.importorskip("babel.messages.pofile", reason="Babel is in the dev extra")
    path = ROOT / "resources" / "i18n" / code / "LC_MESSAGES" / "playground.po"
    with path.open("rb") as file:
        messages = [message for message in pofile.read_po(file) if message.id]
    assert not [message.id for message in messages if message.fuzzy]
    source = {_first(message.id): _first(message.string) for message in messages if _first(message.string)}
    plurals = {message.id[1] for message in messages if message.pluralizable}
    stale = {key for key, text in source.items() if _catalogue(code).get(key) != text}
    assert not stale, "run `python resources/i18n/build.py`"
    assert {key for key, text in _catalogue(code).items() if text not in plurals} == set(source)


@pytest.mark.parametrize("code", OTHERS)
def test_the_shipped_fonts_have_every_letter(code: str, qapp: object) -> None:
    files = [path for path in Path(paths.resource("fonts")).iterdir() if path.suffix in {".otf", ".ttf"}]
    fonts = [QRawFont(str(path), 12.0) for path in files]
    assert len(fonts) >= 2
    assert all(font.isValid() for font in fonts)
    used = {letter for text in _catalogue(code).values() for letter in text if letter.isprintable()}
    used |= {letter for name in language.LANGUAGES.values() for letter in name}
    for page in (*paths.resource("pages").glob("*.md"), *paths.resource("lessons").glob("*/*.md")):
        used |= {letter for letter in page.read_text(encoding="utf-8") if letter.isprintable()}
    missing = {letter for letter in used if not any(font.supportsCharacter(ord(letter)) for font in fonts)}
    assert not missing, "run `python resources/i18n/build.py`"

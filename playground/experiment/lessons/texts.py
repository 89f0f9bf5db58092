"""The words of a lesson: a Markdown file per language, cut at its headings.

``# Title`` and a summary; then for each step ``## id``, what is said first, and parts: ``### Question``,
``### Options`` (a list ``- id: text``), ``### Why``, ``### Goal``, ``### Hint`` (up to three), ``### Figures`` (a list)
and ``### Arguments`` (a list). A part for one data set only is called ``### Why: digits``. A formula of
``resources/formulas`` is a line ``![how it is read aloud](formula:id)``.
"""

import json
import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cache
from types import MappingProxyType

from playground import paths

PARTS = ("Question", "Options", "Why", "Goal", "Hint", "Figures", "Arguments")

FORMULA_SCHEME = "formula:"

_ENTRY = re.compile(r"-\s+([\w.-]+)\s*[:：]\s*(.+)")
_FIGURE = re.compile(r"\{([\w.-]+)\}")
_FORMULA = re.compile(rf"!\[([^\]]*)\]\({FORMULA_SCHEME}([^)]*)\)")


@dataclass(frozen=True)
class StepText:
    """What is said in one step: the text, its parts by heading, and the hints."""

    text: str = ""
    parts: Mapping[str, str] = field(default_factory=dict)
    hints: tuple[str, ...] = ()

    def part(self, name: str, data: str = "") -> str:
        """Return a part, the one for a data set where there is such; an empty text where there is none."""
        return self.parts.get(f"{name}: {data}", self.parts.get(name, ""))

    def entries(self, name: str) -> dict[str, str]:
        """Return a list of ``- id: text`` by its ids."""
        found = (_ENTRY.fullmatch(line.strip()) for line in self.part(name).splitlines())
        return {entry[1]: entry[2] for entry in found if entry}


@dataclass(frozen=True)
class LessonText:
    """The words of a lesson in one language."""

    title: str
    summary: str
    steps: Mapping[str, StepText]


def read(text: str) -> LessonText:
    """Return the texts of a Markdown file."""
    before, *chunks = re.split(r"^##[ \t]+(?!#)", text, flags=re.MULTILINE)
    heading, _newline, summary = before.strip().partition("\n")
    steps = {}
    for chunk in chunks:
        name, _newline, body = chunk.partition("\n")
        steps[name.strip()] = _step(body)
    return LessonText(heading.removeprefix("#").strip(), summary.strip(), steps)


def _step(body: str) -> StepText:
    text, *chunks = re.split(r"^###[ \t]+", body, flags=re.MULTILINE)
    parts, hints = {}, []
    for chunk in chunks:
        name, _newline, inside = chunk.partition("\n")
        if name.strip() == "Hint":
            hints.append(inside.strip())
        else:
            parts[name.strip().replace("：", ": ").replace(":  ", ": ")] = inside.strip()
    return StepText(text.strip(), parts, tuple(hints))


def with_figures(text: str, figures: Mapping[str, str]) -> str:
    """Return a text with ``{id}`` replaced by a figure; other braces stay as they are."""
    return _FIGURE.sub(lambda found: figures.get(found[1], found[0]), text)


def named_figures(text: str) -> set[str]:
    """Return the ids of the figures that a text mentions."""
    return set(_FIGURE.findall(text))


@cache
def formulas() -> Mapping[str, str]:
    """Return the TeX of the formulas that a text may show, by their ids."""
    text = paths.resource("formulas", "formulas.json").read_text(encoding="utf-8")
    return MappingProxyType(json.loads(text))


def named_formulas(text: str) -> dict[str, str]:
    """Return the formulas that a text shows, each with how it is read aloud."""
    return {name: words for words, name in _FORMULA.findall(text)}


def is_formula(line: str) -> bool:
    """Return whether a line is a formula and nothing else."""
    return _FORMULA.fullmatch(line.strip()) is not None

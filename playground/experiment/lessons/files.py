"""Lessons in folders: found, read and checked; a mistake is a sentence with the file, the step and the field."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import msgspec

from playground import language, paths
from playground.experiment.articles.figures import ARTICLES
from playground.experiment.config import files as config_files
from playground.experiment.config import refusals
from playground.experiment.config.schema import ConfigError, ExperimentConfig
from playground.experiment.lessons import set_ups, texts
from playground.experiment.lessons.checking import LessonError, check_step, check_text, require, require_known
from playground.experiment.lessons.schema import FILE, FORMAT, Step, Structure
from playground.experiment.lessons.texts import LessonText
from playground.language import _
from playground.registry import UserError, shown
from playground.suggestions import did_you_mean


@dataclass(frozen=True)
class Lesson:
    """A lesson that has been read and checked; its `id` is the name of its folder.

    `texts` are by language; `configs` has the experiment of each step, `other_configs` that for a machine without the
    data.
    """

    id: str
    structure: Structure
    texts: Mapping[str, LessonText]
    configs: tuple[ExperimentConfig, ...]
    other_configs: tuple[ExperimentConfig, ...]

    @property
    def steps(self) -> tuple[Step, ...]:
        """The steps in their order."""
        return self.structure.steps

    @property
    def text(self) -> LessonText:
        """The words in the language in use, else in English."""
        return self.texts.get(language.current(), self.texts["en"])

    def index_of(self, step: str) -> int:
        """Return the place of a step, 0 where there is no such step."""
        return next((k for k, it in enumerate(self.steps) if it.id == step), 0)


def shipped() -> list[Path]:
    """Return the folders of the lessons that come with the program, in their order."""
    try:
        root = paths.resource("lessons")
    except FileNotFoundError:
        return []
    return sorted(folder for folder in root.iterdir() if (folder / FILE).is_file())


def find(name: str) -> Path:
    """Return the folder of a lesson by its id, its folder or its file.

    Raises
    ------
    UserError
        If there is none.
    """
    known = {folder.name: folder for folder in shipped()}
    if name in known:
        return known[name]
    path = paths.expanded(Path(name))
    if path.is_dir() or path.name == FILE:
        return path if path.is_dir() else path.parent
    hint = did_you_mean(name, known).strip() or _("playground lesson list shows what there is.")
    raise UserError(_("There is no lesson and no folder called {name}. {hint}").format(name=shown(name), hint=hint))


def load(folder: Path) -> Lesson:
    """Return the lesson of a folder.

    Raises
    ------
    UserError
        If a file cannot be read, or something in it makes no sense; the sentence says where.
    """
    try:
        structure = _structure(folder / FILE)
        files = {code: folder / f"text.{code}.md" for code in language.LANGUAGES}
        words = {code: texts.read(_read(path)) for code, path in files.items() if path.is_file()}
        if "en" not in words:
            raise LessonError("text.en.md", "", "", _("every lesson has an English text; this file is missing."))
        return check(folder, structure, words)
    except LessonError as error:
        file, step, field, sentence = error.parts
        raise LessonError(f"{folder.name}/{file}", step, field, sentence) from error


def check(folder: Path, structure: Structure, words: Mapping[str, LessonText]) -> Lesson:
    """Return the lesson of its parts, everything that they name having been looked up.

    Raises
    ------
    LessonError
        At the first mistake.
    """
    sentence = _("this program reads format {known}, not {given}.").format(known=FORMAT, given=structure.format)
    require(structure.format == FORMAT, "", "format", sentence)
    require(bool(structure.steps), "", "steps", _("a lesson needs at least one step."))
    for k, letter in enumerate(structure.articles):
        require_known(letter, list(ARTICLES), "", f"articles[{k}]", _("source article"))
    ids = [step.id for step in structure.steps]
    for k, name in enumerate(ids):
        is_id = re.fullmatch(r"[a-z0-9-]{1,40}", name) is not None
        require(is_id, "", f"steps[{k}].id", _("a step's id is of small letters, digits and -."))
        require(name not in ids[:k], name, "id", _("two steps have this id."))
    configs = _configs(structure, otherwise=False)
    others = _configs(structure, otherwise=True)
    for step, config in zip(structure.steps, configs, strict=True):
        check_step(step, config)
    for code, text in words.items():
        check_text(f"text.{code}.md", structure, text)
    return Lesson(folder.name, structure, words, configs, others)


def _structure(path: Path) -> Structure:
    text = _read(path)
    try:
        raw = msgspec.json.decode(text)
    except (msgspec.DecodeError, RecursionError) as error:
        raise LessonError(path.name, "", "", _("this is not JSON: {error}.").format(error=error)) from error
    if not isinstance(raw, dict):
        raise LessonError(path.name, "", "", _("a lesson is an object {…}.").replace("…", " … "))
    try:
        refusals.refuse_non_finite(raw, "$")
        return msgspec.convert(raw, Structure)
    except msgspec.ValidationError as error:
        found = refusals.from_msgspec(error, Structure, raw)
    except ConfigError as error:
        found = error
    step, field = _place(found.path, raw)
    raise LessonError(path.name, step, field, found.sentence)


def _place(path: str, raw: Any) -> tuple[str, str]:
    """Return the step's id (or number) and the field below it of a path such as ``$.steps[1].question.kind``."""
    match = re.match(r"\$?\.?steps\[(\d+)\]\.?(.*)", path)
    if not match:
        return "", path.removeprefix("$").removeprefix(".")
    try:
        name = raw["steps"][int(match[1])]["id"]
    except (KeyError, IndexError, TypeError):
        name = None
    return name if isinstance(name, str) and name else f"{int(match[1]) + 1}", match[2]


def _configs(structure: Structure, *, otherwise: bool) -> tuple[ExperimentConfig, ...]:
    try:
        return set_ups.configs(structure.steps, otherwise=otherwise)
    except ConfigError as error:
        step, field = _place(error.path, msgspec.to_builtins(structure))
        raise LessonError(FILE, step, field, error.sentence) from error


def _read(path: Path) -> str:
    try:
        return config_files.read_text(path)
    except UserError as error:
        raise LessonError(path.name, "", "", str(error)) from error

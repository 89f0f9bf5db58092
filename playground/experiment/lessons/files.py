"""Lessons in folders: found, read and checked; a mistake is a sentence with the file, the step and the field."""

import re
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import msgspec

from playground import language, paths
from playground.experiment.articles.figures import ARTICLES
from playground.experiment.config import files as config_files
from playground.experiment.config import raw_edits, refusals
from playground.experiment.config.schema import ConfigError, ExperimentConfig, StopConfig
from playground.experiment.lessons import computations, controls, quantities, set_ups, texts
from playground.experiment.lessons.schema import (
    FILE,
    FORMAT,
    MOST_HINTS,
    Choice,
    Condition,
    Measure,
    Number,
    Ranking,
    Step,
    Structure,
)
from playground.experiment.lessons.texts import LessonText, StepText
from playground.language import _
from playground.registry import UserError, quoted, shown
from playground.suggestions import did_you_mean


class LessonError(UserError):
    """A mistake in a lesson; the sentence names file, step and field."""

    def __init__(self, file: str, step: str, field: str, sentence: str) -> None:
        place = [shown(file, 200)]
        if step:
            place.append(_("step {id}").format(id=shown(step)))
        if field:
            place.append(_("field {path}").format(path=shown(field, 200)))
        super().__init__(f"{', '.join(place)}: {sentence}")
        self.parts = (file, step, field, sentence)


@dataclass(frozen=True)
class Lesson:
    """A lesson that has been read and checked.

    Attributes
    ----------
    id
        The name of its folder.
    structure, steps
        What happens.
    texts
        What is said, by language.
    configs, other_configs
        The experiment of each step, and that for a machine without the data.
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
        words = {code: texts.read(_read(path)) for code, path in _text_files(folder)}
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
    if structure.format != FORMAT:
        sentence = _("this program reads format {known}, not {given}.").format(known=FORMAT, given=structure.format)
        raise LessonError(FILE, "", "format", sentence)
    if not structure.steps:
        raise LessonError(FILE, "", "steps", _("a lesson needs at least one step."))
    for k, letter in enumerate(structure.articles):
        _known(FILE, "", f"articles[{k}]", letter, list(ARTICLES), _("article"))
    ids = [step.id for step in structure.steps]
    for k, name in enumerate(ids):
        if not re.fullmatch(r"[a-z0-9-]{1,40}", name):
            raise LessonError(FILE, "", f"steps[{k}].id", _("a step's id is of small letters, digits and -."))
        if name in ids[:k]:
            raise LessonError(FILE, name, "id", _("two steps have this id."))
    configs = _configs(structure, otherwise=False)
    others = _configs(structure, otherwise=True)
    for step, config in zip(structure.steps, configs, strict=True):
        _check_step(step, config)
    for code, text in words.items():
        _check_text(f"text.{code}.md", structure, text)
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


def _check_step(step: Step, config: ExperimentConfig) -> None:
    """Raise `LessonError` where a step names something that is not there."""
    for field in ("panels", "front", "panels_after", "light", "lock"):
        value = getattr(step, field)
        for name in (value,) if isinstance(value, str) else value or ():
            _check_name(step.id, field, name)
    if step.front is not None and step.front not in step.panels:
        raise LessonError(FILE, step.id, "front", _("the panel in front is one of “panels”."))
    if step.page is not None:
        _check_pressed(step.id, "page", step.page)
    for field, moment in (("run", step.run), ("variants.run", step.variants.run if step.variants else None)):
        if moment is not None and sum(it is not None for it in (moment.steps, moment.epochs)) + moment.stop != 1:
            raise LessonError(FILE, step.id, field, _("give one of “steps”, “epochs” and “stop”."))
        if moment is not None and moment.stop and config.training.stop == StopConfig():
            raise LessonError(FILE, step.id, field, _("the experiment has no stop condition: give “steps”."))
    if step.calculation is not None:
        with _in(step.id, "calculation"):
            _compute(step.calculation.computation, step.calculation.arguments)
        for name in step.calculation.editable:
            known = list(step.calculation.arguments)
            _known(FILE, step.id, "calculation.editable", name, known, _("argument"))
    _check_question(step, config)
    for k, condition in enumerate(step.goal):
        with _in(step.id, f"goal[{k}]"):
            _check_condition(condition, config)
    _check_solution(step, config)
    for k, figure in enumerate(step.figures):
        for name in ("of", "value"):
            with _in(step.id, f"figures[{k}].{name}"):
                _check_measure(getattr(figure, name))
        if figure.tolerance < 0:
            raise LessonError(FILE, step.id, f"figures[{k}].tolerance", _("a tolerance is not negative."))
    if step.goal and not step.solution:
        raise LessonError(FILE, step.id, "solution", _("a step with a goal needs a solution that reaches it."))


def _check_question(step: Step, config: ExperimentConfig) -> None:
    question = step.question
    if step.any_seed and not _is_measured(step):
        raise LessonError(FILE, step.id, "any_seed", _("an answer that is given may not hold on another seed."))
    if isinstance(question, Number):
        with _in(step.id, "question.answer"):
            _check_measure(question.answer)
        if question.tolerance < 0 or question.relative < 0:
            raise LessonError(FILE, step.id, "question.tolerance", _("a tolerance is not negative."))
    if step.variants is not None:
        with _in(step.id, "variants.quantity"):
            quantities.parse(step.variants.quantity)
        try:
            set_ups.variants(config, step.variants, "variants")
        except ConfigError as error:
            raise LessonError(FILE, step.id, error.path, error.sentence) from error
    if not isinstance(question, Choice | Ranking):
        return
    if len(question.options) < 2 or len(set(question.options)) < len(question.options):
        raise LessonError(FILE, step.id, "question.options", _("give at least two options, each once."))
    for key, measure in question.measured.items():
        with _in(step.id, f"question.measured.{key}"):
            _check_measure(measure)
    answers = question.answer if isinstance(question.answer, tuple) else (question.answer,) if question.answer else ()
    for name in answers:
        _known(FILE, step.id, "question.answer", name, list(question.options), _("option"))
    if isinstance(question, Ranking) and answers and sorted(answers) != sorted(question.options):
        raise LessonError(FILE, step.id, "question.answer", _("an order has every option once."))
    compared = set(step.variants.edits if step.variants and question.pick else question.measured)
    if answers:
        if question.pick is not None:
            raise LessonError(FILE, step.id, "question.pick", _("give “answer” or “pick”, not both."))
    elif question.pick is None:
        raise LessonError(
            FILE, step.id, "question.answer", _("a question needs “answer”, or “pick” and what is compared.")
        )
    elif compared != set(question.options):
        field = "variants.edits" if step.variants else "question.measured"
        raise LessonError(FILE, step.id, field, _("what is compared has the ids of the options."))


def _is_measured(step: Step) -> bool:
    question = step.question
    if isinstance(question, Number):
        return isinstance(question.answer, Measure)
    return isinstance(question, Choice | Ranking) and question.pick is not None


def _check_condition(condition: Condition, config: ExperimentConfig) -> None:
    if (condition.setting is None) == (condition.quantity is None):
        raise UserError(_("give one of “setting” and “quantity”."))
    tests = (condition.above is not None, condition.below is not None, condition.equals is not msgspec.UNSET)
    if not (any(tests) or condition.changed):
        raise UserError(_("give “equals”, “above”, “below” or “changed”."))
    if condition.setting is not None:
        try:
            set_ups.setting(config, condition.setting)
        except ConfigError as error:
            raise UserError(error.sentence) from error
    elif condition.changed:
        raise UserError(_("“changed” is for settings; compare a quantity with a number."))
    if condition.quantity is not None:
        quantities.parse(condition.quantity)


def _check_solution(step: Step, config: ExperimentConfig) -> None:
    for k, action in enumerate(step.solution):
        field = f"solution[{k}]"
        given = [name for name in ("set", "weight", "press", "run") if getattr(action, name) is not None]
        if len(given) != 1:
            raise LessonError(FILE, step.id, field, _("give one of “set”, “weight”, “press” and “run”."))
        if (action.value is msgspec.UNSET) == (given[0] in ("set", "weight")):
            raise LessonError(
                FILE, step.id, f"{field}.value", _("“set” and “weight” need a value, and nothing else does.")
            )
        if action.set is not None:
            try:
                config = raw_edits.with_values(config, {action.set: action.value})
            except ConfigError as error:
                raise LessonError(FILE, step.id, f"{field}.set", str(error)) from error
        if action.weight is not None:
            with _in(step.id, f"{field}.weight"):
                if quantities.parse(action.weight).quantity not in ("weight", "bias"):
                    raise UserError(_("“weight” takes weight[layer][input][unit] or bias[layer][unit]."))
            if not isinstance(action.value, int | float) or isinstance(action.value, bool):
                raise LessonError(FILE, step.id, f"{field}.value", _("a weight is a number."))
        if action.press is not None:
            _check_pressed(step.id, f"{field}.press", action.press)


def _check_pressed(step: str, field: str, name: str) -> None:
    _check_name(step, field, name)
    if name.startswith(controls.NOT_TO_BE_PRESSED):
        raise LessonError(FILE, step, field, _("a lesson presses controls of the experiment only."))


def _check_measure(value: float | Measure) -> None:
    if not isinstance(value, Measure):
        return
    if (value.quantity is None) == (value.computation is None):
        raise UserError(_("give one of “quantity” and “computation”."))
    if value.quantity is not None:
        quantities.parse(value.quantity)
    if value.computation is not None:
        result = _compute(value.computation, value.arguments)
        if result is not None:
            computations.item_of(result, value.item)


def _compute(name: str, arguments: dict[str, Any]) -> Any:
    """Return the result of a computation; None where its arguments are still to be measured."""
    needed = quantities.names_in_arguments(arguments)
    for quantity in needed:
        quantities.parse(quantity)
    readings = dict.fromkeys(needed, 0.5)
    return computations.compute(name, quantities.resolved(arguments, readings))


def _check_text(file: str, structure: Structure, text: LessonText) -> None:
    """Raise `LessonError` where something is not said, or is said of something that is not there."""
    if not text.title or not text.summary:
        raise LessonError(file, "", "", _("a text begins with “# Title” and a summary below it."))
    ids = [step.id for step in structure.steps]
    for name in text.steps:
        _known(file, "", f"## {name}", name, ids, _("step"))
    for step in structure.steps:
        words = text.steps.get(step.id)
        if words is None or not words.text:
            raise LessonError(file, step.id, f"## {step.id}", _("this step has no text."))
        for name in words.parts:
            _known(file, step.id, f"### {name}", name.partition(":")[0], texts.PARTS, _("heading"))
        for name, is_needed in (
            ("Question", step.question is not None),
            ("Why", step.question is not None or step.run is not None),
            ("Goal", bool(step.goal)),
        ):
            if is_needed and not any(key.partition(":")[0] == name for key in words.parts):
                raise LessonError(file, step.id, f"### {name}", _("this part is missing."))
        _check_entries(file, step, words)
        _check_formulas(file, step, words)
        if len(words.hints) > MOST_HINTS:
            sentence = _("at most {most} hints, not {n}.").format(most=MOST_HINTS, n=len(words.hints))
            raise LessonError(file, step.id, "### Hint", sentence)
        if step.goal and not words.hints:
            raise LessonError(file, step.id, "### Hint", _("a step with a goal needs a hint."))


def _check_entries(file: str, step: Step, words: StepText) -> None:
    options = step.question.options if isinstance(step.question, Choice | Ranking) else ()
    editable = step.calculation.editable if step.calculation else ()
    figures = [figure.id for figure in step.figures]
    for heading, ids in (("Options", options), ("Arguments", editable), ("Figures", figures)):
        said = words.entries(heading)
        for name in said:
            _known(file, step.id, f"### {heading}", name, list(ids), _("entry"))
        for name in ids:
            if name not in said:
                sentence = _("the list lacks “- {name}: …”.").format(name=name)
                raise LessonError(file, step.id, f"### {heading}", sentence)
    all_text = " ".join([words.text, *words.parts.values()])
    for name in sorted(texts.named_figures(all_text)):
        _known(file, step.id, "{" + name + "}", name, figures, _("figure"))


def _check_formulas(file: str, step: Step, words: StepText) -> None:
    for text in (words.text, *words.parts.values(), *words.hints):
        for line in text.splitlines():
            for name, read_aloud in texts.named_formulas(line).items():
                field = texts.FORMULA_SCHEME + name
                _known(file, step.id, field, name, texts.formulas(), _("formula"))
                if not texts.is_formula(line):
                    raise LessonError(file, step.id, field, _("a formula stands on a line of its own."))
                if not read_aloud.strip():
                    raise LessonError(file, step.id, field, _("the brackets say how the formula is read aloud."))


def _check_name(step: str, field: str, name: str) -> None:
    if field in ("panels", "front"):
        _known(FILE, step, field, name, controls.panels(), _("panel"))
    elif not controls.is_control(name):
        sentence = _("the window has no control {name}.").format(name=quoted(name))
        raise LessonError(FILE, step, field, sentence + controls.suggestion(name))


def _known(file: str, step: str, field: str, name: str, known: Any, what: str) -> None:
    if name not in known:
        sentence = _("there is no {what} {name}.").format(what=what, name=quoted(name))
        raise LessonError(file, step, field, sentence + did_you_mean(name, known))


@contextmanager
def _in(step: str, field: str) -> Iterator[None]:
    """Raise what is wrong inside as a `LessonError` of this field."""
    try:
        yield
    except LessonError:
        raise
    except UserError as error:
        raise LessonError(FILE, step, field, str(error)) from error


def _text_files(folder: Path) -> list[tuple[str, Path]]:
    return [(code, folder / f"text.{code}.md") for code in language.LANGUAGES if (folder / f"text.{code}.md").is_file()]


def _read(path: Path) -> str:
    try:
        return config_files.read_text(path)
    except UserError as error:
        raise LessonError(path.name, "", "", str(error)) from error

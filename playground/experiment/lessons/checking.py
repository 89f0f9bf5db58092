"""Whether all that a lesson names is there, and all that it needs is said; a mistake has its file, step and field."""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import msgspec

from playground.experiment.config import raw_edits
from playground.experiment.config.schema import ConfigError, ExperimentConfig, StopConfig
from playground.experiment.lessons import computations, controls, quantities, set_ups, texts
from playground.experiment.lessons.schema import (
    FILE,
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


def require(holds: bool, step: str, field: str, sentence: str, file: str = FILE) -> None:
    """Raise `LessonError` where something does not hold."""
    if not holds:
        raise LessonError(file, step, field, sentence)


def require_known(name: str, known: Any, step: str, field: str, what: str, file: str = FILE) -> None:
    """Raise `LessonError` where a name is none of the known ones; `what` says of what, in the user's language."""
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
        sentence = error.sentence if isinstance(error, ConfigError) else str(error)
        raise LessonError(FILE, step, field, sentence) from error


def check_step(step: Step, config: ExperimentConfig) -> None:
    """Raise `LessonError` where a step names something that is not there, or does not say what it needs."""
    for field in ("panels", "front", "panels_after", "light", "lock"):
        value = getattr(step, field)
        for name in (value,) if isinstance(value, str) else value or ():
            _check_name(step.id, field, name)
    if step.front is not None:
        require(step.front in step.panels, step.id, "front", _("the panel in front is one of “panels”."))
    if step.page is not None:
        _check_pressed(step.id, "page", step.page)
    for field, moment in (("run", step.run), ("variants.run", step.variants.run if step.variants else None)):
        if moment is None:
            continue
        given = sum(it is not None for it in (moment.steps, moment.epochs)) + moment.stop
        require(given == 1, step.id, field, _("give one of “steps”, “epochs” and “stop”."))
        can_stop = not moment.stop or config.training.stop != StopConfig()
        require(can_stop, step.id, field, _("the experiment has no stop condition: give “steps”."))
    if step.calculation is not None:
        with _in(step.id, "calculation"):
            _compute(step.calculation.computation, step.calculation.arguments)
        for name in step.calculation.editable:
            require_known(name, list(step.calculation.arguments), step.id, "calculation.editable", _("argument"))
    _check_question(step, config)
    for k, condition in enumerate(step.goal):
        with _in(step.id, f"goal[{k}]"):
            _check_condition(condition, config)
    _check_solution(step, config)
    for k, figure in enumerate(step.figures):
        for name in ("of", "value"):
            with _in(step.id, f"figures[{k}].{name}"):
                _check_measure(getattr(figure, name))
        require(figure.tolerance >= 0, step.id, f"figures[{k}].tolerance", _("a tolerance is not negative."))
    has_solution = not step.goal or bool(step.solution)
    require(has_solution, step.id, "solution", _("a step with a goal needs a solution that reaches it."))


def _check_question(step: Step, config: ExperimentConfig) -> None:
    question = step.question
    if step.any_seed:
        require(_is_measured(step), step.id, "any_seed", _("an answer that is given may not hold on another seed."))
    if isinstance(question, Number):
        with _in(step.id, "question.answer"):
            _check_measure(question.answer)
        is_positive = question.tolerance >= 0 and question.relative >= 0
        require(is_positive, step.id, "question.tolerance", _("a tolerance is not negative."))
    if step.variants is not None:
        with _in(step.id, "variants.quantity"):
            quantities.parse(step.variants.quantity)
        try:
            set_ups.variants(config, step.variants, "variants")
        except ConfigError as error:
            raise LessonError(FILE, step.id, error.path, error.sentence) from error
    if isinstance(question, Choice | Ranking):
        _check_options(step, question)


def _check_options(step: Step, question: Choice | Ranking) -> None:
    options = question.options
    is_choice = 2 <= len(options) == len(set(options))
    require(is_choice, step.id, "question.options", _("give at least two options, each once."))
    for key, measure in question.measured.items():
        with _in(step.id, f"question.measured.{key}"):
            _check_measure(measure)
    answers = question.answer if isinstance(question.answer, tuple) else (question.answer,) if question.answer else ()
    for name in answers:
        require_known(name, list(options), step.id, "question.answer", _("option"))
    if isinstance(question, Ranking) and answers:
        is_whole = sorted(answers) == sorted(options)
        require(is_whole, step.id, "question.answer", _("an order has every option once."))
    if answers:
        require(question.pick is None, step.id, "question.pick", _("give “answer” or “pick”, not both."))
        return
    sentence = _("a question needs “answer”, or “pick” and what is compared.")
    require(question.pick is not None, step.id, "question.answer", sentence)
    compared = set(step.variants.edits if step.variants else question.measured)
    field = "variants.edits" if step.variants else "question.measured"
    require(compared == set(options), step.id, field, _("what is compared has the ids of the options."))


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
        set_ups.setting(config, condition.setting)
    elif condition.changed:
        raise UserError(_("“changed” is for settings; compare a quantity with a number."))
    if condition.quantity is not None:
        quantities.parse(condition.quantity)


def _check_solution(step: Step, config: ExperimentConfig) -> None:
    for k, action in enumerate(step.solution):
        field = f"solution[{k}]"
        given = [name for name in ("set", "weight", "press", "run") if getattr(action, name) is not None]
        require(len(given) == 1, step.id, field, _("give one of “set”, “weight”, “press” and “run”."))
        is_right = (action.value is not msgspec.UNSET) == (given[0] in ("set", "weight"))
        require(is_right, step.id, f"{field}.value", _("“set” and “weight” need a value, and nothing else does."))
        if action.set is not None:
            try:
                config = raw_edits.with_values(config, {action.set: action.value})
            except ConfigError as error:
                raise LessonError(FILE, step.id, f"{field}.set", str(error)) from error
        if action.weight is not None:
            with _in(step.id, f"{field}.weight"):
                if quantities.parse(action.weight)[0] not in ("weight", "bias"):
                    raise UserError(_("“weight” takes weight[layer][input][unit] or bias[layer][unit]."))
            is_number = isinstance(action.value, int | float) and not isinstance(action.value, bool)
            require(is_number, step.id, f"{field}.value", _("a weight is a number."))
        if action.press is not None:
            _check_pressed(step.id, f"{field}.press", action.press)


def _check_pressed(step: str, field: str, name: str) -> None:
    _check_name(step, field, name)
    is_allowed = not name.startswith(controls.NOT_TO_BE_PRESSED)
    require(is_allowed, step, field, _("a lesson presses controls of the experiment only."))


def _check_measure(value: float | Measure) -> None:
    if not isinstance(value, Measure):
        return
    if (value.quantity is None) == (value.computation is None):
        raise UserError(_("give one of “quantity” and “computation”."))
    if value.quantity is not None:
        quantities.parse(value.quantity)
    if value.computation is not None:
        computations.item_of(_compute(value.computation, value.arguments), value.item)


def _compute(name: str, arguments: dict[str, Any]) -> Any:
    """Return the result of a computation, some number standing for what is still to be measured."""
    needed = quantities.names_in_arguments(arguments)
    for quantity in needed:
        quantities.parse(quantity)
    readings = dict.fromkeys(needed, 0.5)
    return computations.compute(name, quantities.resolved(arguments, readings))


def check_text(file: str, structure: Structure, text: LessonText) -> None:
    """Raise `LessonError` where something is not said, or is said of something that is not there."""
    begins = bool(text.title and text.summary)
    require(begins, "", "", _("a text begins with “# Title” and a summary below it."), file)
    ids = [step.id for step in structure.steps]
    for name in text.steps:
        require_known(name, ids, "", f"## {name}", _("step"), file)
    for step in structure.steps:
        words = text.steps.get(step.id, StepText())
        require(bool(words.text), step.id, f"## {step.id}", _("this step has no text."), file)
        _check_parts(file, step, words)
        _check_entries(file, step, words)
        _check_formulas(file, step, words)


def _check_parts(file: str, step: Step, words: StepText) -> None:
    said = {key: key.partition(":")[0] for key in words.parts}
    for key, name in said.items():
        require_known(name, texts.PARTS, step.id, f"### {key}", _("heading"), file)
    needed = {
        "Question": step.question is not None,
        "Why": step.question is not None or step.run is not None,
        "Goal": bool(step.goal),
    }
    for name, is_needed in needed.items():
        is_there = not is_needed or name in said.values()
        require(is_there, step.id, f"### {name}", _("this part is missing."), file)
    count = len(words.hints)
    sentence = _("at most {most} hints, not {n}.").format(most=MOST_HINTS, n=count)
    require(count <= MOST_HINTS, step.id, "### Hint", sentence, file)
    has_hint = not step.goal or count > 0
    require(has_hint, step.id, "### Hint", _("a step with a goal needs a hint."), file)


def _check_entries(file: str, step: Step, words: StepText) -> None:
    options = step.question.options if isinstance(step.question, Choice | Ranking) else ()
    editable = step.calculation.editable if step.calculation else ()
    figures = [figure.id for figure in step.figures]
    for heading, ids in (("Options", options), ("Arguments", editable), ("Figures", figures)):
        said = words.entries(heading)
        for name in said:
            require_known(name, list(ids), step.id, f"### {heading}", _("entry"), file)
        for name in ids:
            sentence = _("the list lacks “- {name}: …”.").format(name=name)
            require(name in said, step.id, f"### {heading}", sentence, file)
    all_text = " ".join([words.text, *words.parts.values()])
    for name in sorted(texts.named_figures(all_text)):
        require_known(name, figures, step.id, "{" + name + "}", _("figure"), file)


def _check_formulas(file: str, step: Step, words: StepText) -> None:
    lines = [line for text in (words.text, *words.parts.values(), *words.hints) for line in text.splitlines()]
    for line in lines:
        for name, read_aloud in texts.named_formulas(line).items():
            field = texts.FORMULA_SCHEME + name
            require_known(name, texts.formulas(), step.id, field, _("formula"), file)
            require(texts.is_formula(line), step.id, field, _("a formula stands on a line of its own."), file)
            is_said = bool(read_aloud.strip())
            require(is_said, step.id, field, _("the brackets say how the formula is read aloud."), file)


def _check_name(step: str, field: str, name: str) -> None:
    if field in ("panels", "front"):
        require_known(name, controls.panels(), step, field, _("panel"))
    elif not controls.is_control(name):
        sentence = _("the window has no control {name}.").format(name=quoted(name))
        raise LessonError(FILE, step, field, sentence + controls.suggestion(name))

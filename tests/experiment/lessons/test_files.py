"""A lesson with a mistake is refused with file, step and field; nothing in it is executed."""

import copy
import random
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

from playground import language
from playground.experiment.lessons import files
from playground.experiment.lessons.checking import LessonError
from playground.experiment.lessons.schema import Ranking
from playground.registry import UserError
from tests.experiment.lessons.conftest import STRUCTURE, TEXT, write

Refusal = Callable[..., str]

REQUIRED = {"id", "kind", "options", "quantity", "steps", "of", "value", "computation", "answer"}
MUTATIONS = 500
BAD: dict[type, tuple[object, ...]] = {
    str: (7, None, ["a"], {}, "", "no such thing", "eval('1')"),
    int: ("seven", [], {}, 10**400, "1"),
    float: ("much", [], {}, 10**400),
    bool: ("yes", 3, []),
    list: ("list", 5, {"a": 1}, [None]),
    dict: ("object", 5, [1], {"no_such_key": 1}),
}

SENSIBLE = {
    *(f"wrong value at ('steps', {k}, 'set_up', 'experiment'): {it}" for k in (0, 2) for it in (None, {})),
    "wrong value at ('steps', 1, 'calculation', 'arguments', 'values'): 5",
}
"""What makes another lesson that makes sense: the default experiment, the softmax of one number."""


def places(value: Any, path: tuple[Any, ...] = ()) -> Iterator[tuple[Any, ...]]:
    """Yield the path of everything in a lesson."""
    if path:
        yield path
    inside = value.items() if isinstance(value, dict) else enumerate(value) if isinstance(value, list) else ()
    for key, item in inside:
        yield from places(item, (*path, key))


def parent(value: Any, path: tuple[Any, ...]) -> Any:
    for key in path[:-1]:
        value = value[key]
    return value


def mutated(seed: int) -> tuple[str, dict[str, Any]]:
    """Return a lesson with one mistake, and what was done to it."""
    rng = random.Random(seed)
    lesson = copy.deepcopy(STRUCTURE)
    path = rng.choice(list(places(lesson)))
    inside = parent(lesson, path)
    value = inside[path[-1]]
    kinds = ["unknown key"] if isinstance(value, dict) else []
    if path[-1] in REQUIRED and isinstance(inside, dict):
        kinds.append("missing key")
    kinds += ["wrong value"] * 3
    kind = rng.choice(kinds)
    if kind == "unknown key":
        value["no_such_key"] = 1
    elif kind == "missing key":
        del inside[path[-1]]
    else:
        inside[path[-1]] = rng.choice(BAD[type(value)])
    return f"{kind} at {path}: {inside.get(path[-1], '') if isinstance(inside, dict) else inside[path[-1]]!r}", lesson


def test_the_lesson_of_these_tests_is_sound(refusal: Refusal, structure: dict[str, Any]) -> None:
    assert refusal(structure) == ""


def test_mutated_lessons_are_refused_with_file_step_and_field(refusal: Refusal) -> None:
    unnoticed, nameless = [], []
    for seed in range(MUTATIONS):
        what, lesson = mutated(seed)
        sentence = refusal(lesson)
        if not sentence:
            unnoticed.append(what)
        elif not sentence.startswith("mine/") or ("'steps'," in what and "step" not in sentence):
            nameless.append(f"{what}: {sentence}")
    assert not nameless, "\n".join(nameless)
    assert not set(unnoticed) - SENSIBLE, "\n".join(sorted(set(unnoticed) - SENSIBLE))
    assert len(unnoticed) < MUTATIONS / 20


@pytest.mark.parametrize(
    ("path", "value", "said"),
    [
        (
            ("steps", 0, "panels", 0),
            "boundry_panel",
            "field panels: there is no panel “boundry_panel”. Did you mean boundary_panel?",
        ),
        (("steps", 0, "light", 0), "play_buton", "the window has no control “play_buton”. Did you mean play_button?"),
        (
            ("steps", 0, "run"),
            {"step": 3},
            "step guess, field run.step: there is no such field; there are steps, epochs, stop.",
        ),
        (("steps", 0, "run"), {}, "step guess, field run: give one of “steps”, “epochs” and “stop”."),
        (
            ("steps", 0, "set_up", "experiment"),
            "hight-weight",
            "no ready-made experiment “hight-weight”. Did you mean height-weight?",
        ),
        (("steps", 0, "set_up", "edits"), {"training.rate": 1}, "set_up.edits: training.rate: there is no such field"),
        (("steps", 0, "figures", 0, "of", "quantity"), "train_los", "figures[0].of: there is no quantity “train_los”"),
        (("steps", 0, "figures", 0, "of", "quantity"), "weight[1]", "weight takes 3 indices in brackets, not 1."),
        (("steps", 0, "question", "answer"), "dwon", "question.answer: there is no option “dwon”. Did you mean down?"),
        (("steps", 0, "question", "kind"), "chioce", "step guess, field question.kind"),
        (("steps", 0, "question", "option"), 1, "field question.option: there is no such field"),
        (("steps", 1, "question", "answer", "computation"), "__import__", "there is no computation “__import__”."),
        (("steps", 1, "question", "answer", "arguments", "third"), 1, "broadcast_size has no argument “third”"),
        (
            ("steps", 1, "goal", 0, "setting"),
            "training.learning_rat",
            "goal[0]: there is no setting “training.learning_rat”.",
        ),
        (("steps", 1, "solution"), [], "step count, field solution: a step with a goal needs a solution"),
        (("steps", 0, "any_seed"), True, "field any_seed: an answer that is given may not hold on another seed."),
        (("steps", 0, "page"), "lab_pages_check", "field page: the window has no control “lab_pages_check”."),
        (("steps", 0, "panels_after"), ["los_panel"], "field panels_after: the window has no"),
        (("steps", 2, "solution", 1, "press"), "action_quit", "a lesson presses controls of the experiment only."),
        (
            ("steps", 2, "variants", "edits", "slow"),
            {"seed": "x"},
            "variants.edits.slow: seed: expected a whole number",
        ),
        (("articles", 0), "Z", "field articles[0]: there is no source article “Z”."),
        (("format",), 2, "this program reads format 1, not 2."),
    ],
)
def test_a_mistake_is_named(
    refusal: Refusal, structure: dict[str, Any], path: tuple[Any, ...], value: object, said: str
) -> None:
    parent(structure, path)[path[-1]] = value
    assert said in refusal(structure)


@pytest.mark.parametrize(
    ("old", "new", "said"),
    [
        ("- up: Up\n", "", "mine/text.en.md, step guess, field ### Options: the list lacks “- up: …”."),
        ("## count", "## cuont", "field ## cuont: there is no step “cuont”. Did you mean count?"),
        ("### Why\nSixteen.", "", "step count, field ### Why: this part is missing."),
        ("{loss}", "{los}", "step guess, field {los}: there is no figure “los”. Did you mean loss?"),
        ("### Why\nIt", "### Wy\nIt", "step guess, field ### Wy: there is no heading “Wy”. Did you mean Why?"),
        ("### Hint\nIt stands under Training.", "", "a step with a goal needs a hint."),
        ("It stands under Training.", "1\n### Hint\n2\n### Hint\n3\n### Hint\n4", "at most 3 hints, not 4."),
        (
            "Look.",
            "![s](formula:sigmod)",
            "step guess, field formula:sigmod: there is no formula “sigmod”. Did you mean sigmoid?",
        ),
        (
            "Sixteen.",
            "It is ![s](formula:sigmoid).",
            "step count, field formula:sigmoid: a formula stands on a line of its own.",
        ),
        ("It stands", "![ ](formula:sigmoid)\nIt stands", "the brackets say how the formula is read aloud."),
    ],
)
def test_a_mistake_in_a_text_is_named(
    refusal: Refusal, structure: dict[str, Any], old: str, new: str, said: str
) -> None:
    assert old in TEXT
    assert said in refusal(structure, TEXT.replace(old, new))


@pytest.mark.parametrize("raw", ["", "[]", "{", '{"steps": 5}', "\x00", '{"steps": []}', "[" * 5000])
def test_what_is_no_lesson_is_refused(tmp_path: Path, raw: str) -> None:
    folder = write(tmp_path / "mine", {})
    (folder / files.FILE).write_text(raw, encoding="utf-8")
    with pytest.raises(LessonError, match=r"^mine/lesson\.json"):
        files.load(folder)


def test_a_lesson_is_found_by_id_folder_and_file(tmp_path: Path, structure: dict[str, Any]) -> None:
    folder = write(tmp_path / "mine", structure)
    assert files.find(str(folder)) == files.find(str(folder / files.FILE)) == folder
    assert files.find("one-neuron").name == "one-neuron"
    with pytest.raises(UserError, match="Did you mean one-neuron"):
        files.find("one-neuro")


def test_every_shipped_lesson_is_sound_and_there_in_every_language() -> None:
    folders = files.shipped()
    assert folders
    for folder in folders:
        lesson = files.load(folder)
        assert set(lesson.texts) == set(language.LANGUAGES), folder.name
        titles = {text.title for text in lesson.texts.values()}
        assert len(titles) == len(lesson.texts), "a translation repeats the English title"


@pytest.mark.parametrize(("code", "words"), [("en", "The faulty "), ("zh_CN", "用有错的")])
def test_in_the_museum_every_switch_brings_the_fault_back(code: str, words: str) -> None:
    lesson = files.load(files.find("museum-of-faults"))
    labels, values = [], []
    for step in lesson.steps:
        given = {} if step.calculation is None else step.calculation.arguments
        switches = [it for it in (step.calculation.editable if step.calculation else ()) if isinstance(given[it], bool)]
        labels += [lesson.texts[code].steps[step.id].entries("Arguments")[it] for it in switches]
        values += [given[it] for it in switches]
    assert values == [False] * 7
    assert [it for it in labels if not it.startswith(words)] == []


@pytest.mark.parametrize(("code", "words"), [("en", "at the top"), ("zh_CN", "最上面")])
def test_a_question_for_an_order_says_which_end_is_first(code: str, words: str) -> None:
    lessons = [files.load(folder) for folder in files.shipped()]
    asked = [(it, step.id) for it in lessons for step in it.steps if isinstance(step.question, Ranking)]
    assert asked
    for lesson, name in asked:
        assert words in lesson.texts[code].steps[name].part("Question", ""), (lesson.id, name)

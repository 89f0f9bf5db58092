"""What a lesson is: frozen values, decoded from ``lesson.json`` like an experiment, with a sentence for each mistake.

A lesson refers to everything by name: settings by their path, panels and controls by their object name, numbers by the
names in `quantities` and `computations`. It holds no expressions.
"""

from typing import Any, Literal

import msgspec

FILE, WORDS, FORMAT = "lesson.json", "text.*.md", 1
MOST_HINTS = 3

Pick = Literal["largest", "smallest"]
Curve = Literal["train_loss", "test_loss", "train_accuracy", "test_accuracy"]


class Part(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """A part of a lesson; fields that are not known are refused."""


class Measure(Part, frozen=True):
    """A number that is not given but found out: a quantity of the run, or a computation on plain numbers.

    Attributes
    ----------
    quantity
        A name such as ``"train_loss"`` or ``"weight[1][0][0]"``, see `quantities`.
    computation, arguments
        A function of `computations` and its arguments by name: numbers, lists of numbers, true or false, or another
        measure, ``{"quantity": …}``.
    item
        Which number of the computation's result, as indices from 0; none where the result is one number.
    """

    quantity: str | None = None
    computation: str | None = None
    arguments: dict[str, Any] = {}
    item: tuple[int, ...] = ()


Value = float | Measure
"""A number, given or measured."""


class SetUp(Part, frozen=True):
    """The experiment of a step: a ready-made one by its id or a whole one, and edits ``{"seed": 3}`` by path.

    Without `experiment` the edits are made to the experiment of the step before. `otherwise` is the set-up where the
    data are not on this machine.
    """

    experiment: str | dict[str, Any] | None = None
    edits: dict[str, Any] = {}
    otherwise: "SetUp | None" = None


class StopAt(Part, frozen=True):
    """Where a run stops: after so many steps or epochs, or (``stop``) where the experiment itself does."""

    steps: int | None = None
    epochs: int | None = None
    stop: bool = False


class Variants(Part, frozen=True):
    """Runs beside one another: each option's edits of the step's experiment, trained to the same moment and compared.

    `quantity` is what is compared; `curve` is drawn.
    """

    edits: dict[str, dict[str, Any]]
    run: StopAt
    quantity: str
    curve: Curve = "train_loss"


class Choice(Part, frozen=True, tag_field="kind", tag="choice"):
    """Which of these? `answer` is the id of an option; or `pick` takes it from what is measured or the variants."""

    options: tuple[str, ...]
    answer: str | None = None
    measured: dict[str, Measure] = {}
    pick: Pick | None = None


class Number(Part, frozen=True, tag_field="kind", tag="number"):
    """How much? Right within `tolerance` (absolute) or `relative` (a share of the answer); perhaps in per cent."""

    answer: Value
    tolerance: float = 0.0
    relative: float = 0.0
    percent: bool = False


class Ranking(Part, frozen=True, tag_field="kind", tag="order"):
    """In which order? `answer` lists the options; or `pick` says which of what is measured comes first."""

    options: tuple[str, ...]
    answer: tuple[str, ...] = ()
    measured: dict[str, Measure] = {}
    pick: Pick | None = None


class Drawn(Part, frozen=True, tag_field="kind", tag="curve"):
    """How will the curve go? It is drawn over `steps` and from 0 to `top`, and the run is drawn over it.

    It is right where it is off by no more than `tolerance`, a share of the height, on the average.
    """

    curve: Curve
    steps: float
    top: float
    tolerance: float = 0.15


class Explain(Part, frozen=True, tag_field="kind", tag="explain"):
    """Why? An answer in the learner's own words, which is kept beside that of the lesson and not scored."""


Question = Choice | Number | Ranking | Drawn | Explain


class Condition(Part, frozen=True):
    """What the learner is to reach: a setting or a quantity that equals a value, or lies above or below a number.

    ``changed`` asks only that a setting differs from that of the step's set-up.
    """

    setting: str | None = None
    quantity: str | None = None
    equals: Any = msgspec.UNSET
    above: float | None = None
    below: float | None = None
    tolerance: float = 0.0
    changed: bool = False


class Action(Part, frozen=True):
    """One act of a solution: set a setting or a weight to a value, press a control, or train to a moment."""

    set: str | None = None
    weight: str | None = None
    value: Any = msgspec.UNSET
    press: str | None = None
    run: StopAt | None = None


class Figure(Part, frozen=True):
    """A number that the step claims, checked whenever the lesson is played.

    Attributes
    ----------
    id
        Its name in the step's text, where ``{id}`` is replaced by the measured number.
    of
        What is measured, when the moment of the step is reached.
    value, tolerance
        What comes out, and how far it may be off.
    source
        ``"published"`` in an article or ``"ours"``.
    digits
        How many digits after the point are shown.
    data
        The data set that it is claimed for; None for all.
    """

    id: str
    of: Measure
    value: Value
    tolerance: float
    source: Literal["published", "ours"] = "ours"
    digits: int = 4
    data: str | None = None


class Calculation(Part, frozen=True):
    """A computation shown in the lesson, some of whose arguments the learner may change.

    With `after_guess` it comes with the result, which says what it means; it would answer the question.
    """

    computation: str
    arguments: dict[str, Any] = {}
    editable: tuple[str, ...] = ()
    show: Literal["numbers", "bars"] = "numbers"
    after_guess: bool = False


class Step(Part, frozen=True):
    """One step: set-up → question → guess → run → reveal → the learner's own act.

    Attributes
    ----------
    id
        Its name in the texts.
    set_up
        The experiment; None continues that of the step before, its weights too.
    panels, front
        Which panels are shown, and which one is in front of its tabs. Without any the window stays as it is.
    panels_after
        Panels that would give the answer away: they join once the guess is made, the first of them in front.
    page
        The object name of the button that shows a page of the panel in front, such as ``"lab_page_check"``; pressed
        once the guess is made where there are `panels_after`.
    light, lock
        Object names of controls that are marked, and of controls that cannot be used.
    run
        The moment to train to once the guess is made.
    any_seed
        Whether all that is said holds on any seed: the question is then asked again on another one.
    variants, calculation, question, goal, solution, figures
        See the classes; each may be left out.
    """

    id: str
    set_up: SetUp | None = None
    panels: tuple[str, ...] = ()
    front: str | None = None
    panels_after: tuple[str, ...] = ()
    page: str | None = None
    light: tuple[str, ...] = ()
    lock: tuple[str, ...] = ()
    run: StopAt | None = None
    any_seed: bool = False
    variants: Variants | None = None
    calculation: Calculation | None = None
    question: Question | None = None
    goal: tuple[Condition, ...] = ()
    solution: tuple[Action, ...] = ()
    figures: tuple[Figure, ...] = ()


class Structure(Part, frozen=True):
    """The whole of a ``lesson.json``: `articles` are the letters of those it follows, `position` sorts the index."""

    steps: tuple[Step, ...]
    articles: tuple[str, ...] = ()
    position: int = 100
    format: int = FORMAT

"""One kind of field for every setting of an experiment: where it stands, what it is called, which values it has."""

from collections.abc import Callable, Iterable
from dataclasses import KW_ONLY, dataclass, field
from functools import partial
from typing import Any, Literal

from playground.data.preparation import FEATURE_LABELS
from playground.experiment.config.schema import FIELDS, ExperimentConfig
from playground.language import N_, _
from playground.registry import Entry, Option, Registry

Kind = Literal["float", "int", "slider", "choice", "bool", "names"]
Edit = Callable[[ExperimentConfig, Any], ExperimentConfig]

MOST_TICKS = 200
"""A number with bounds and no more steps between them than these may be a slider."""

MOST_IN_A_LINE = 3

CHOICE_LABELS = {
    "zeros": N_("zero"),
    "same": N_("like the weights"),
    "normal": N_("normal"),
    "uniform": N_("uniform"),
    "auto": N_("automatic"),
    "yes": N_("yes"),
    "no": N_("no"),
    "classification": N_("classification"),
    "regression": N_("regression"),
    "comma": N_("comma"),
    "semicolon": N_("semicolon"),
    "pipe": N_("vertical bar"),
    "point": N_("point: 1.5"),
    "tab": N_("tab"),
    "space": N_("space"),
}
"""How the values of options are called on the screen; those not named here are shown as they are."""


@dataclass(frozen=True)
class Item:
    """One value that can be chosen; `short` is for a narrow list. The texts are English and marked for translation."""

    key: str
    label: str
    sentence: str = ""
    short: str = ""


@dataclass(frozen=True)
class Field:
    """One setting.

    Attributes
    ----------
    path
        Where it stands in an experiment, such as ``"training.learning_rate"`` or ``"network.initials.0.std"``.
    label, sentence
        What it is called, and what it does: English, marked for translation.
    kind
        What its value is, and how it is shown.
    name
        The ``objectName`` of its control; the last part of the path where none is given.
    low, high, step
        Bounds of a number (both included), and what Up and Down add; without a step they multiply and divide.
    items
        The values of a ``"choice"``, or those that ``"names"`` are chosen from.
    suggestions
        Numbers offered in a menu.
    empty
        What stands in place of the number None, such as ``"all"``; where it is empty, there has to be a number.
    edit
        How another value is written, where that is not `edits.change` at the path.
    refusal
        Says why a value cannot be chosen now, beyond the configuration's own rules, or returns an empty text.
    """

    path: str
    label: str
    sentence: str
    kind: Kind = "float"
    _: KW_ONLY
    name: str = ""
    low: float | None = None
    high: float | None = None
    step: float | None = None
    items: tuple[Item, ...] = ()
    suggestions: tuple[float | None, ...] = ()
    empty: str = ""
    edit: Edit | None = field(default=None, compare=False)
    refusal: Callable[[ExperimentConfig, Any], str] | None = field(default=None, compare=False)

    @property
    def object_name(self) -> str:
        """The ``objectName`` of its control."""
        return self.name or self.path.rpartition(".")[2]


Line = tuple[Field, ...]
"""Fields that stand side by side."""


def setting(path: str, label: str, sentence: str, **more: Any) -> Field:
    """Return the field for a fixed setting, with the type and the bounds of the configuration."""
    rule = FIELDS[path]
    return Field(path, label, sentence, **{"kind": rule.kind, "low": rule.low, "high": rule.high, **more})


def items_of(registry: Registry[Any], **short: str) -> tuple[Item, ...]:
    """Return what a registry offers; `short` are labels for a narrow list, by name."""
    entries = registry.values()
    return tuple(Item(entry.name, entry.label, entry.sentence, short.get(entry.name, "")) for entry in entries)


def fields_of(
    entry: Entry[Any],
    path: str,
    *,
    prefix: str = "",
    slides: bool = False,
    edit: Callable[[str, ExperimentConfig, Any], ExperimentConfig] | None = None,
) -> Line:
    """Return a field for each option of a registry's entry that has a control: texts and arrays have none.

    The choice stands at `path`; `prefix` stands before an option's name in the ``objectName`` of its control; if it
    `slides`, a number with bounds and few steps between them is a slider; `edit(name, config, value)` returns the
    experiment with another value of one option.
    """
    return tuple(
        Field(
            f"{path}.{option.name}",
            option.label,
            option.sentence,
            "slider" if slides and _fits_slider(option) else option.kind,
            name=f"{prefix}{option.name}",
            low=option.low,
            high=option.high,
            step=option.step,
            items=tuple(Item(value, CHOICE_LABELS.get(value, value)) for value in option.choices),
            empty=N_("all") if option.default is None else "",
            edit=partial(edit, option.name) if edit else None,
        )
        for option in entry.options
        if option.kind in ("float", "int", "choice", "bool", "names")
    )


def _fits_slider(option: Option) -> bool:
    if option.low is None or option.high is None or option.step is None:
        return False
    return (option.high - option.low) / option.step <= MOST_TICKS


def in_lines(fields: Iterable[Field]) -> tuple[Line, ...]:
    """Return the fields grouped in lines: up to three successive numbers and lists share one."""
    lines: list[Line] = []
    for one in fields:
        if lines and len(lines[-1]) < MOST_IN_A_LINE and {one.kind, lines[-1][0].kind} <= {"float", "int", "choice"}:
            lines[-1] = (*lines[-1], one)
        else:
            lines.append((one,))
    return tuple(lines)


def choice_label(value: str) -> str:
    """Return what a value of an option is called, in the language in use."""
    return _(CHOICE_LABELS.get(value, value))


def feature_label(name: str) -> str:
    """Return how an input is written: ``sin x₁`` for ``sin(x1)``."""
    label = FEATURE_LABELS.get(name, name)
    return label.replace("x1", "x₁").replace("x2", "x₂").replace("·", "")

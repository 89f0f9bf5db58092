"""Samples that the experiment carries itself: points clicked by the user, a worked example."""

from collections.abc import Mapping, Sequence
from typing import Any

import numpy as np
from numpy.typing import NDArray

from playground.data.dataset import LARGEST_NUMBER, Dataset, OwnName, Task
from playground.data.errors import DataError
from playground.data.sets import image_sets, people
from playground.data.table.columns import MOST_CLASSES, in_order
from playground.language import _
from playground.registry import quoted, shown

_LONGEST_WHOLE = 1000  # bits


_OF_IMAGES = tuple(name for which in image_sets.IMAGE_SETS.values() for name in which.class_names)
OWN_NAMES = frozenset((*people.CLASSES, *people.FEATURES, people.TARGET, *_OF_IMAGES))


def rows(options: Mapping[str, Any], seed: int) -> Dataset:  # noqa: ARG001 - every loader takes both
    """Return the rows of the options `x` and `y`.

    `y` holds a class a row (a text or a whole number), or one or more numbers a row. With task ``"auto"``,
    texts and whole numbers are classes, fractions and several columns are regression. `classes` are the classes
    in their order, those without a row included; `columns` and `units` name the inputs, `target` what is to be
    told, and `view` holds (low, high) that a plot of each column shows at least.

    Raises
    ------
    DataError
        Where lengths do not fit, or what should be a number is none.
    """
    x = _matrix(options["x"], "x")
    given = options["y"]
    if not isinstance(given, Sequence) or isinstance(given, str) or len(given) != len(x):
        count = len(given) if isinstance(given, Sequence) else 0
        raise DataError(_("x has {x} samples and y has {y}: give one target per sample.").format(x=len(x), y=count))
    columns = x.shape[1]
    names = _one_a_column(options, "columns", columns) or tuple(f"x{k + 1}" for k in range(columns))
    units = _one_a_column(options, "units", columns)
    view = _view(options.get("view"), columns)
    task: Task = options["task"] if options["task"] != "auto" else _guess(given)
    if task == "regression":
        y: NDArray[Any] = _matrix(given, "y")
        targets = ("y",) if y.shape[1] == 1 else tuple(f"y{k + 1}" for k in range(y.shape[1]))
        if options.get("target") and len(targets) == 1:
            targets = (_name(options["target"]),)
        return Dataset("rows", x, y, task, names, targets, feature_units=units, view=view)
    labels = [_one_label(label) for label in given]
    y, classes = _known_classes(labels, options["classes"]) if options.get("classes") else encode_classes(labels)
    target = _name(options.get("target") or "y")
    return Dataset("rows", x, y, task, names, (target,), tuple(map(_name, classes)), feature_units=units, view=view)


def encode_classes(labels: Sequence[str | int | float]) -> tuple[NDArray[np.int64], tuple[str, ...]]:
    """Return the index of each label and the classes in sorted order: numbers by size, texts by letter.

    A single class 0 or 1 is one of the two.

    Raises
    ------
    DataError
        Where there are more than `MOST_CLASSES`.
    """
    kinds: set[str | int | float] = set(labels)
    if len(kinds) > MOST_CLASSES:
        sentence = _(
            "y holds {n} different classes; at most {most} can be told apart. For numbers to predict, choose "
            "the task regression."
        )
        raise DataError(sentence.format(n=f"{len(kinds):,}", most=MOST_CLASSES))
    if kinds <= {0, 1}:
        kinds = {0, 1}
    if all(isinstance(kind, int | float) for kind in kinds):
        ordered = sorted(kinds)  # Python compares them without making an int a float
    else:
        rank = {label: k for k, label in enumerate(in_order({_name(kind) for kind in kinds}))}
        ordered = sorted(kinds, key=lambda kind: rank[_name(kind)])
    place = {kind: k for k, kind in enumerate(ordered)}
    names = tuple(map(_name, ordered))
    return np.array([place[label] for label in labels], dtype=np.int64), names


def _name(kind: str | int | float) -> str:
    """Return what a column or class is called, marked as the program's own where it is: rows may be points of its sets.

    Python writes no whole number of thousands of digits.
    """
    if isinstance(kind, int) and kind.bit_length() > _LONGEST_WHOLE:
        raise DataError(_("y holds a whole number of more than {n} digits: write it as a text.").format(n=300))
    text = f"{kind:g}" if isinstance(kind, float) else str(kind)
    return OwnName(text) if text in OWN_NAMES else text


def _known_classes(
    labels: Sequence[str | int | float], classes: Sequence[Any]
) -> tuple[NDArray[np.int64], tuple[str, ...]]:
    if len(classes) > MOST_CLASSES:
        sentence = _("There are {n} classes; at most {most} can be told apart.")
        raise DataError(sentence.format(n=f"{len(classes):,}", most=MOST_CLASSES))
    known = [_one_label(one) for one in classes]
    place = {one: k for k, one in enumerate(known)}
    for label in labels:
        if label not in place:
            listed = shown(", ".join(map(_name, known)), 200)
            raise DataError(
                _("y contains {label}, which is not one of the classes {known}.").format(
                    label=quoted(label), known=listed
                )
            )
    if len(place) < max(2, len(known)):
        raise DataError(_("Give at least two classes, each of them once."))
    return np.array([place[label] for label in labels], dtype=np.int64), tuple(map(_name, known))


def _one_a_column(options: Mapping[str, Any], key: str, columns: int) -> tuple[str, ...]:
    """Return the texts of an option, one for each column of x, or none where none are given."""
    given = tuple(_name(str(text)) for text in options.get(key) or ())
    if given and len(given) != columns:
        sentence = _("{option} has {n} texts for the {columns} columns of x.")
        raise DataError(sentence.format(option=key, n=len(given), columns=columns))
    return given


def _view(given: object, columns: int) -> tuple[tuple[float, float], ...]:
    """Return (low, high) for each column, or nothing where nothing is given."""
    if not given:
        return ()
    view = _matrix(given, "view")
    if view.shape != (columns, 2) or (view[:, 0] >= view[:, 1]).any():
        raise DataError(_("view needs two numbers, low and high, for each column of x."))
    return tuple((float(low), float(high)) for low, high in view)


def _guess(given: Sequence[Any]) -> Task:
    for target in given:
        values = target if isinstance(target, list | tuple) else (target,)
        value = values[0] if len(values) == 1 else None
        if not isinstance(value, str | int | float) or (isinstance(value, float) and not value.is_integer()):
            return "regression"
    return "classification"


def _one_label(target: object) -> str | int | float:
    if isinstance(target, list | tuple) and len(target) == 1:
        target = target[0]
    if isinstance(target, float) and target.is_integer():
        target = int(target)
    if isinstance(target, str | int | float):
        return target
    raise DataError(_("A class must be one text or one number per sample, not {value}.").format(value=quoted(target)))


def _refuse_texts(given: object, name: str) -> None:
    """Raise `DataError` where a text stands for a number: NumPy would read ``"1.5"`` as one."""
    for row in given if isinstance(given, list | tuple) else ():
        for value in row if isinstance(row, list | tuple) else (row,):
            if isinstance(value, str):
                sentence = _(
                    "{name} contains the text {value}, where a number is needed: write it without quotation marks."
                )
                raise DataError(sentence.format(name=name, value=quoted(value)))


def _matrix(given: object, name: str) -> NDArray[np.float64]:
    """Return rows of numbers as a matrix; a plain list of numbers is one column."""
    _refuse_texts(given, name)
    try:
        matrix = np.array(given, dtype=np.float64)
    except (TypeError, ValueError, OverflowError) as error:
        raise DataError(_("{name} must be rows of numbers, all of the same length.").format(name=name)) from error
    if matrix.ndim == 1:
        matrix = matrix[:, None]
    if matrix.ndim != 2 or 0 in matrix.shape:
        raise DataError(_("{name} needs at least one row of at least one number.").format(name=name))
    if not np.isfinite(matrix).all():
        raise DataError(_("{name} contains a number that is not finite.").format(name=name))
    if np.abs(matrix).max() > LARGEST_NUMBER:
        sentence = _("{name} contains {value:g}; numbers up to {most:g} can be used. Use a larger unit of measure.")
        raise DataError(sentence.format(name=name, value=np.abs(matrix).max(), most=LARGEST_NUMBER))
    return matrix

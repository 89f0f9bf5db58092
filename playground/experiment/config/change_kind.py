"""What a change of the experiment means for a run: nothing, a live change, or a new run; decided only here."""

import enum
from collections.abc import Iterator
from typing import Any

from playground.experiment.config.schema import DataChoice, ExperimentConfig, replace, to_builtins

_NONE = ("name",)
_LIVE = (
    "training.learning_rate",
    "training.l1",
    "training.l2",
    "training.batch_size",
    "training.stop",
)
_ROWS = ("x", "y", "task", "classes", "columns", "units", "target", "view")
_OPTIMIZER = "training.optimizer"
_NO_ROWS = DataChoice("and")
_MISSING = object()


class ChangeKind(enum.IntEnum):
    """What a change means for a run; the larger outweighs the smaller.

    Both of the last two begin a new run: `CARRY_ON` with the weights of now, where they fit, because only
    points were added or removed; `REBUILD` with first weights.
    """

    NONE = 0
    LIVE = 1
    WARM_START = 2
    RESTART = 3


def kind_of_change(old: ExperimentConfig, new: ExperimentConfig) -> ChangeKind:
    """Return what going from `old` to `new` means for the run."""
    changed = changed_fields(old, new)
    if changed and _only_rows(old, new, changed):
        return ChangeKind.WARM_START
    return max((impact_of(path) for path in changed), default=ChangeKind.NONE)


def reasons(old: ExperimentConfig, new: ExperimentConfig) -> tuple[str, ...]:
    """Return the paths of the changed fields that weigh most: those that make a run start again, if any do."""
    changed = changed_fields(old, new)
    if _only_rows(old, new, changed):
        return changed
    heaviest = max((impact_of(path) for path in changed), default=ChangeKind.NONE)
    return tuple(path for path in changed if impact_of(path) == heaviest)


def changed_fields(old: ExperimentConfig, new: ExperimentConfig) -> tuple[str, ...]:
    """Return the paths of the fields that differ, such as ``"network.hidden"``."""
    return tuple(_differences("", _plain(old), _plain(new)))


def _plain(config: ExperimentConfig) -> dict[str, Any]:
    """Return the experiment as dicts; the rows that it may carry are taken as they are, for they can be thousands."""
    plain = to_builtins(replace(config, data=_NO_ROWS))
    plain["data"] = {"name": config.data.name, **config.data.given}
    return plain


def _differences(path: str, old: object, new: object) -> Iterator[str]:
    """Yield the paths below `path` where two builtin forms differ."""
    if isinstance(old, dict) and isinstance(new, dict):
        for key in {**old, **new}:
            below = f"{path}.{key}" if path else key
            yield from _differences(below, old.get(key, _MISSING), new.get(key, _MISSING))
    elif old != new:
        yield path


def _only_rows(old: ExperimentConfig, new: ExperimentConfig, changed: tuple[str, ...]) -> bool:
    """Return whether the experiment's own rows changed, or a data set became its own rows, and nothing else did."""
    if new.data.name != "rows" or not all(path.startswith("data.") for path in changed):
        return False
    return old.data.name != "rows" or all(path.removeprefix("data.") in _ROWS for path in changed)


def impact_of(path: str) -> ChangeKind:
    """Return what a change of one field means."""
    if path in _NONE:
        return ChangeKind.NONE
    if any(path == live or path.startswith(f"{live}.") for live in _LIVE):
        return ChangeKind.LIVE
    if path.startswith(f"{_OPTIMIZER}.") and path != f"{_OPTIMIZER}.name":
        return ChangeKind.LIVE
    return ChangeKind.RESTART

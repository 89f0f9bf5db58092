"""What a change of the experiment means for a run: nothing, a live change, or a new run; decided only here."""

import enum
from collections.abc import Iterator
from typing import Any

from playground.experiment.config.schema import DataChoice, ExperimentConfig, replace, to_builtins

_LIVE = ("learning_rate", "l1", "l2", "batch_size", "stop", "optimizer")
"""Fields of the training that a run can go on with when they change; of the optimiser, its constants only."""

_ROWS = ("x", "y", "task", "classes", "columns", "units", "target", "view")
"""Options of the experiment's own rows that change when a point is added or removed."""

_MISSING = object()


class ChangeKind(enum.IntEnum):
    """What a change means for a run; the larger outweighs the smaller.

    Both of the last two begin a new run: `WARM_START` with the weights of now, where they fit, because only
    points were added or removed; `RESTART` with first weights.
    """

    NONE = 0
    LIVE = 1
    WARM_START = 2
    RESTART = 3


def kind_of_change(old: ExperimentConfig, new: ExperimentConfig) -> ChangeKind:
    """Return what going from `old` to `new` means for the run."""
    changed = changed_fields(old, new)
    if new.data.name == "rows" and changed and all(path.startswith("data.") for path in changed):
        is_own = old.data.name == "rows"
        if not is_own or all(path.removeprefix("data.") in _ROWS for path in changed):
            return ChangeKind.WARM_START
    return max(map(_kind_of_field, changed), default=ChangeKind.NONE)


def changed_fields(old: ExperimentConfig, new: ExperimentConfig) -> tuple[str, ...]:
    """Return the paths of the fields that differ, such as ``"network.hidden"``."""
    return tuple(_differences("", _plain(old), _plain(new)))


def _plain(config: ExperimentConfig) -> dict[str, Any]:
    """Return the experiment as dicts; rows that it carries are left as they are, for they can be thousands."""
    plain = to_builtins(replace(config, data=DataChoice("and")))
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


def _kind_of_field(path: str) -> ChangeKind:
    if path == "name":
        return ChangeKind.NONE
    part, _dot, field = path.partition(".")
    is_live = part == "training" and field.partition(".")[0] in _LIVE and field != "optimizer.name"
    return ChangeKind.LIVE if is_live else ChangeKind.RESTART

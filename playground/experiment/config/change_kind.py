"""What a change of the experiment means for a run: nothing, a live change, or a new run; decided only here."""

import enum
from collections.abc import Iterator
from typing import Any

from playground.experiment.config.schema import DataChoice, ExperimentConfig, replace, to_builtins

_LIVE = ("training.learning_rate", "training.l1", "training.l2", "training.batch_size", "training.stop")
"""Fields that a run can go on with when they change; so are the constants of the optimiser."""

_ROWS = ("x", "y", "task", "classes", "columns", "units", "target", "view")
"""Options of the experiment's own rows that change when a point is added or removed."""

_MISSING = object()


class ChangeKind(enum.IntEnum):
    """What a change means for a run; the larger outweighs the smaller.

    Both of the last two begin a new run: `WARM_START` with the weights of now, where they fit, because only
    points were added or removed; `RESTART` with initial weights.
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
    return max(map(kind_of_field, changed), default=ChangeKind.NONE)


def changed_fields(old: ExperimentConfig, new: ExperimentConfig) -> tuple[str, ...]:
    """Return the paths of the fields that differ, such as ``"network.hidden"``."""
    return tuple(_differences("", _plain(old), _plain(new)))


def _plain(config: ExperimentConfig) -> dict[str, Any]:
    """Return the experiment as dicts; rows that it carries are left as they are, for they can be thousands."""
    plain = to_builtins(replace(config, data=DataChoice("and")))
    plain["data"] = {"name": config.data.name, **config.data.given}
    return plain


def _differences(path: str, old: object, new: object) -> Iterator[str]:
    if isinstance(old, dict) and isinstance(new, dict):
        for key in {**old, **new}:
            below = f"{path}.{key}" if path else key
            yield from _differences(below, old.get(key, _MISSING), new.get(key, _MISSING))
    elif old != new:
        yield path


def kind_of_field(path: str) -> ChangeKind:
    """Return what a change of the field at this path means, such as ``"training.optimizer.beta1"``."""
    if path == "name":
        return ChangeKind.NONE
    is_constant = path.startswith("training.optimizer.") and path != "training.optimizer.name"
    is_live = is_constant or any(path == live or path.startswith(f"{live}.") for live in _LIVE)
    return ChangeKind.LIVE if is_live else ChangeKind.RESTART

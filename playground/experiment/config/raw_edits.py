"""Changes of an experiment by path, in the form of its file: ``training.learning_rate`` = 0.5."""

import re
from collections.abc import Mapping
from typing import Any

from playground.experiment.config.schema import ConfigError, ExperimentConfig, from_builtins, to_builtins
from playground.language import _
from playground.registry import quoted, shown

MOST_DIGITS = 9


def keys_of(path: str) -> list[str]:
    """Return the parts of a path such as ``$.network.hidden[1]``."""
    return re.findall(r"[^.\[\]]+", path.removeprefix("$"))


def with_values(config: ExperimentConfig, values: Mapping[str, object]) -> ExperimentConfig:
    """Return the experiment with other values, as JSON gives them, at some paths.

    Raises
    ------
    ConfigError
        If there is no such field, or it cannot have that value.
    """
    if not values:
        return config
    raw: Any = to_builtins(config)
    for path, value in values.items():
        if not keys_of(path):
            raise ConfigError("$", _("{path} is not the path of a field.").format(path=quoted(path)))
        _put(raw, keys_of(path), value)
    return from_builtins(raw)


def _put(raw: Any, keys: list[str], value: object) -> None:
    """Put a value where the keys lead; unknown fields are left for the configuration to refuse."""
    where = "$"
    for depth, key in enumerate(keys, 1):
        if isinstance(raw, list):
            if not key.isdecimal() or len(key) > MOST_DIGITS or int(key) >= len(raw):
                sentence = _("there is no entry {key}; there are {n}, counted from 0.").format(
                    key=shown(key), n=len(raw)
                )
                raise ConfigError(where, sentence)
            index: Any = int(key)
            where += f"[{key}]"
        elif isinstance(raw, dict):
            index = key
            where += f".{key}"
        else:
            raise ConfigError(where, _("this field contains no other fields."))
        if depth == len(keys):
            raw[index] = value
        else:
            raw = raw.setdefault(index, {}) if isinstance(raw, dict) else raw[index]

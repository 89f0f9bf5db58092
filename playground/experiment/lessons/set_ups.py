"""The experiment that each step of a lesson starts from, and where in its run."""

from typing import Any

from playground.experiment.config import raw_edits
from playground.experiment.config.presets import PRESETS
from playground.experiment.config.schema import (
    Choice,
    ConfigError,
    ExperimentConfig,
    StopConfig,
    from_builtins,
    replace,
    to_builtins,
    value_at,
)
from playground.experiment.lessons.schema import SetUp, Step, StopAt, Variants
from playground.language import _
from playground.registry import quoted
from playground.suggestions import did_you_mean


def configs(steps: tuple[Step, ...], *, otherwise: bool = False) -> tuple[ExperimentConfig, ...]:
    """Return the experiment of each step; with `otherwise` that for a machine without the data.

    Raises
    ------
    ConfigError
        With the path of the field, ``steps[2].set_up.edits``, and what is wrong there.
    """
    made: list[ExperimentConfig] = []
    for k, step in enumerate(steps):
        config = made[-1] if made else ExperimentConfig()
        path = f"steps[{k}].set_up"
        set_up = step.set_up
        if otherwise and set_up is not None and set_up.otherwise is not None:
            set_up, path = set_up.otherwise, f"{path}.otherwise"
        if set_up is not None:
            config = _with_set_up(config, set_up, path)
        made.append(with_moment(config, step.run))
    return tuple(made)


def with_moment(config: ExperimentConfig, moment: StopAt | None) -> ExperimentConfig:
    """Return the experiment with a stop condition at a moment; its own where there is none."""
    if moment is None or moment.stop:
        return config
    return replace(config, "training.stop", StopConfig(steps=moment.steps, epochs=moment.epochs))


def variants(config: ExperimentConfig, asked: Variants, path: str) -> dict[str, ExperimentConfig]:
    """Return the experiment of each variant.

    Raises
    ------
    ConfigError
        Where an edit cannot be made.
    """
    return {
        key: with_moment(_edited(config, edits, f"{path}.edits.{key}"), asked.run) for key, edits in asked.edits.items()
    }


def continues(step: Step) -> bool:
    """Return whether a step continues with the weights of the step before."""
    return step.set_up is None


def _with_set_up(config: ExperimentConfig, set_up: SetUp, path: str) -> ExperimentConfig:
    experiment = set_up.experiment
    if isinstance(experiment, str):
        if experiment not in PRESETS:
            sentence = _("there is no ready-made experiment {name}.").format(name=quoted(experiment))
            raise ConfigError(f"{path}.experiment", sentence + did_you_mean(experiment, PRESETS))
        config = PRESETS[experiment].config
    elif experiment is not None:
        try:
            config = from_builtins(experiment)
        except ConfigError as error:
            raise ConfigError(f"{path}.experiment{error.path.removeprefix('$')}", error.sentence) from error
    return _edited(config, set_up.edits, f"{path}.edits")


def _edited(config: ExperimentConfig, values: dict[str, Any], path: str) -> ExperimentConfig:
    try:
        return raw_edits.with_values(config, values)
    except ConfigError as error:
        raise ConfigError(f"{path}: {error.path.removeprefix('$.')}", error.sentence) from error


def setting(config: ExperimentConfig, path: str) -> object:
    """Return what a setting is, as JSON would hold it.

    Raises
    ------
    ConfigError
        Where an experiment has no such setting.
    """
    try:
        value = value_at(config, path.replace("[", ".").replace("]", ""))
    except (AttributeError, KeyError, IndexError, ValueError, TypeError):
        sentence = _("there is no setting {path}.").format(path=quoted(path))
        raise ConfigError("", sentence + did_you_mean(path, _paths(to_builtins(config), ""))) from None
    return list(value) if isinstance(value, tuple) else value.encode() if isinstance(value, Choice) else value


def _paths(raw: object, before: str) -> list[str]:
    """Return every path of an experiment."""
    if not isinstance(raw, dict):
        return []
    paths = [f"{before}{key}" for key in raw]
    return paths + [path for key, inside in raw.items() for path in _paths(inside, f"{before}{key}.")]

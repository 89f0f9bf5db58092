"""Whether the learner has reached what a step asks for."""

from collections.abc import Iterable

import msgspec

from playground.experiment.config.schema import ExperimentConfig
from playground.experiment.lessons import set_ups
from playground.experiment.lessons.quantities import Readings
from playground.experiment.lessons.schema import Condition


def all_hold(goal: Iterable[Condition], config: ExperimentConfig, start: ExperimentConfig, readings: Readings) -> bool:
    """Return whether every condition holds; `start` is the experiment that the step has set up."""
    return all(_holds(it, config, start, readings) for it in goal)


def _holds(condition: Condition, config: ExperimentConfig, start: ExperimentConfig, readings: Readings) -> bool:
    if condition.setting is not None:
        value: object = set_ups.setting(config, condition.setting)
        if condition.changed:
            return value != set_ups.setting(start, condition.setting)
    else:
        value = readings.get(condition.quantity or "")
    if condition.equals is not msgspec.UNSET:
        if isinstance(value, float | int) and isinstance(condition.equals, float | int):
            return bool(abs(value - condition.equals) <= condition.tolerance)
        return bool(value == condition.equals)
    if not isinstance(value, float | int):
        return False
    above = condition.above is None or value > condition.above
    return above and (condition.below is None or value < condition.below)

"""Runs that a question compares: each variant trained to the same moment, its number and its curve."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass

import numpy as np

from playground.experiment.config.schema import ExperimentConfig
from playground.experiment.lessons import quantities
from playground.experiment.lessons.schema import Curve
from playground.experiment.training.evaluation import evaluate, next_evaluation, parts_of, sample_of
from playground.experiment.training.trainer import Trainer

ROWS = 2_000
"""So many rows at most are evaluated for a point of a curve, evenly spaced and always the same ones."""

Points = tuple[float, ...]


@dataclass(frozen=True)
class Compared:
    """What came of the variants: the number of each, and its curve (steps, values), by option.

    Where they train on several losses, `loss` is the one that all curves show, that of the first variant: two losses
    could not be compared.
    """

    numbers: Mapping[str, float]
    curves: Mapping[str, tuple[Points, Points]]
    loss: str = ""


def compare(
    configs: Mapping[str, ExperimentConfig],
    quantity: str,
    curve: Curve,
    should_stop: Callable[[], bool] = lambda: False,
    report: Callable[[int, int], None] = lambda _done, _of: None,
) -> Compared:
    """Train each variant until it stops, and return what is compared.

    Raises
    ------
    UserError
        Where an experiment cannot be built, such as without its data.
    """
    numbers: dict[str, float] = {}
    curves: dict[str, tuple[Points, Points]] = {}
    losses = [config.training.loss for config in configs.values()]
    for k, (key, config) in enumerate(configs.items()):
        report(k, len(configs))
        trainer = Trainer(config)
        curves[key] = _train(trainer, curve, losses[0], should_stop)
        with np.errstate(all="ignore"):
            value = quantities.read(quantity, trainer)
        numbers[key] = float("nan") if value is None else value
    return Compared(numbers, curves, losses[0] if len(set(losses)) > 1 else "")


def _train(trainer: Trainer, curve: Curve, loss: str, should_stop: Callable[[], bool]) -> tuple[Points, Points]:
    """Train until a stop condition holds, and return the curve: the history has one value an epoch only."""
    part, what = curve.split("_")
    evaluated = [sample_of(parts_of(trainer.data)[("train", "test").index(part)], ROWS)]
    steps: list[float] = []
    values: list[float] = []
    while True:
        result = evaluate(trainer.network, loss, evaluated, should_stop)
        if result is None:
            break
        steps.append(trainer.step_count)
        values.append(getattr(result[0], what))
        if not trainer.run(next_evaluation(trainer.step_count) - trainer.step_count, should_stop):
            break
    return tuple(steps), tuple(values)

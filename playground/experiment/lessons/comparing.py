"""Runs that a question compares: each variant trained to the same moment, its number and its curve."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass

import numpy as np

from playground.experiment.config.schema import ExperimentConfig
from playground.experiment.lessons import quantities
from playground.experiment.lessons.schema import Curve
from playground.experiment.training.trainer import Trainer


@dataclass(frozen=True)
class Compared:
    """What came of the variants: the number of each, and its curve (steps, values), by option."""

    numbers: Mapping[str, float]
    curves: Mapping[str, tuple[tuple[float, ...], tuple[float, ...]]]


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
    numbers, curves = {}, {}
    for k, (key, config) in enumerate(configs.items()):
        report(k, len(configs))
        trainer = Trainer(config)
        with np.errstate(all="ignore"):
            trainer.run(1 << 40, should_stop)
            value = quantities.read(quantity, trainer)
        numbers[key] = float("nan") if value is None else value
        history = trainer.history.view()
        curves[key] = tuple(history.metric_steps.tolist()), tuple(getattr(history, curve).tolist())
    return Compared(numbers, curves)

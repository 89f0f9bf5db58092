"""A lesson played without a window, every question skipped: what comes out at each step."""

from collections.abc import Callable

import numpy as np

from playground.data.catalog import CATALOG
from playground.data.errors import DataMissing
from playground.experiment.config.schema import ExperimentConfig
from playground.experiment.lessons import comparing, quantities, set_ups
from playground.experiment.lessons.attempt import Attempt
from playground.experiment.lessons.files import Lesson
from playground.experiment.lessons.progress import Guess
from playground.experiment.training.trainer import Trainer


def configs_here(lesson: Lesson) -> tuple[ExperimentConfig, ...]:
    """Return the experiment of each step: on the lesson's data, or on others where those are not on this machine."""
    for config, other in zip(lesson.configs, lesson.other_configs, strict=True):
        if config.data != other.data:
            try:
                CATALOG[config.data.name].make(config.data.options(), config.seed)
            except DataMissing:
                return lesson.other_configs
            break
    return lesson.configs


def play(
    lesson: Lesson,
    should_stop: Callable[[], bool] = lambda: False,
    report: Callable[[int, int], None] = lambda _done, _of: None,
) -> tuple[Attempt, ...]:
    """Return an attempt at each step, revealed; of no use where `should_stop` has ended it early.

    Raises
    ------
    UserError
        Where an experiment cannot be built, such as without its data, or something cannot be measured.
    """
    attempts: list[Attempt] = []
    trainer: Trainer | None = None
    for k, (step, config) in enumerate(zip(lesson.steps, configs_here(lesson), strict=True)):
        if should_stop():
            break
        report(k, len(lesson.steps))
        attempts.append(Attempt(step, config, Guess()))
        if trainer is None or not set_ups.continues(step):
            trainer = Trainer(config)
        trainer.apply_live(config)
        _play_step(attempts[-1], trainer, should_stop)
    return tuple(attempts)


def _play_step(attempt: Attempt, trainer: Trainer, should_stop: Callable[[], bool]) -> None:
    """Train, compare and measure what a step asks for; its goal is left to the learner."""
    step = attempt.step
    if step.variants is not None:
        configs = set_ups.variants(attempt.start, step.variants, "variants")
        attempt.compared = comparing.compare(configs, step.variants.quantity, step.variants.curve, should_stop)
    if step.run is not None:
        trainer.run(1 << 40, should_stop)
    with np.errstate(all="ignore"):
        readings = {name: quantities.read(name, trainer) for name in attempt.names()}
    attempt.reveal(readings, trainer.history.view())

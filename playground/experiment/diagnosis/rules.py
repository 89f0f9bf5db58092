"""All rules, one line each, the most pressing first."""

from collections.abc import Callable, Iterator, Mapping
from typing import TYPE_CHECKING

from playground.experiment.diagnosis import course, data, slopes, units
from playground.experiment.diagnosis.finding import Case, Diagnosis
from playground.experiment.probe import Look

if TYPE_CHECKING:
    from playground.experiment.trainer import Trainer

Rule = Callable[[Case], Iterator[Diagnosis]]

RULES: Mapping[str, Rule] = {
    "diverged": course.diverged,
    "rate-too-large": course.rate_too_large,
    "identical-units": units.identical_units,
    "dead-units": units.dead_units,
    "saturated": units.saturated_units,
    "inputs-not-scaled": data.inputs_not_scaled,
    "exploding-gradient": slopes.exploding_gradient,
    "vanishing-gradient": slopes.vanishing_gradient,
    "stuck": course.stuck,
    "rate-too-small": course.rate_too_small,
    "overfitting": course.overfitting,
    "class-never-predicted": data.class_never_predicted,
}
"""Key -> rule, in the order in which their cards stand."""


def examine(case: Case) -> tuple[Diagnosis, ...]:
    """Return what the rules find; where the run diverged, that alone."""
    if case.divergence is not None:
        return tuple(course.diverged(case))
    return tuple(found for rule in RULES.values() for found in rule(case))


def diagnose(trainer: "Trainer") -> tuple[Diagnosis, ...]:
    """Return what the rules find in the present state of a run."""
    return examine(
        Case(
            trainer.config,
            Look().compute(trainer),
            trainer.history.view(),
            trainer.steps_per_epoch,
            trainer.divergence,
        )
    )

"""All rules, one line each, the most pressing first, and the examination of a run by them."""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import replace

from playground.experiment.diagnosis import course, data, layers, plateaus
from playground.experiment.diagnosis.finding import Case, Diagnosis
from playground.experiment.probes.probe import RunEvidence
from playground.experiment.training.trainer import Trainer

Rule = Callable[[Case], Iterator[Diagnosis]]

RULES: Mapping[str, Rule] = {
    "diverged": course.diverged,
    "rate-zero": course.rate_zero,
    "target-out-of-reach": data.target_out_of_reach,
    "inputs-not-scaled": data.inputs_not_scaled,
    "rate-too-large": course.rate_too_large,
    "identical-units": layers.identical_units,
    "exploding-gradient": layers.exploding_gradient,
    "dead-units": layers.dead_units,
    "saturated": layers.saturated_units,
    "vanishing-gradient": layers.vanishing_gradient,
    "saturated-output": layers.saturated_output,
    "rate-too-small": course.rate_too_small,
    "stuck": plateaus.stuck,
    "half-learnt": plateaus.half_learnt,
    "underfitting": plateaus.underfitting,
    "overfitting": plateaus.overfitting,
    "past-best": plateaus.past_best,
    "class-never-predicted": data.class_never_predicted,
}
"""Key -> rule, causes before their effects, in the order in which their cards stand."""

_SETTINGS = ("rate-zero", "target-out-of-reach", "inputs-not-scaled", "rate-too-large")
_UNITS = ("identical-units", "dead-units", "exploding-gradient", "saturated", "vanishing-gradient")
_SLOW = ("saturated-output", "rate-too-small", "stuck", "half-learnt", "underfitting")

CAUSES: Mapping[str, tuple[str, ...]] = {
    "rate-too-large": ("inputs-not-scaled",),
    "dead-units": ("rate-zero", "inputs-not-scaled", "rate-too-large", "identical-units", "exploding-gradient"),
    "exploding-gradient": ("inputs-not-scaled", "rate-too-large"),
    "saturated": ("inputs-not-scaled", "rate-too-large", "exploding-gradient"),
    "vanishing-gradient": (*_SETTINGS, "identical-units", "dead-units", "saturated"),
    "saturated-output": (*_SETTINGS, *_UNITS),
    "rate-too-small": (*_SETTINGS, *_UNITS),
    "stuck": (*_SETTINGS, *_UNITS, "saturated-output", "rate-too-small"),
    "half-learnt": (*_SETTINGS, *_UNITS, "saturated-output", "rate-too-small"),
    "underfitting": (*_SETTINGS, *_UNITS, "saturated-output", "rate-too-small"),
    "overfitting": (*_SETTINGS, *_UNITS, *_SLOW),
    "past-best": (*_SETTINGS, *_UNITS, "overfitting"),
    "class-never-predicted": (*_SETTINGS, *_UNITS, *_SLOW),
}
"""What a rule gives way to: it is not found where one of these is, whose remedy is the one that helps."""


def examine(case: Case) -> tuple[Diagnosis, ...]:
    """Return what the rules find, causes alone where there are any; where the run diverged, that and nothing else."""
    found: dict[str, tuple[Diagnosis, ...]] = {}
    for key in ["diverged"] if case.divergence is not None else RULES if case.has_begun else ():
        if not any(found.get(cause) for cause in CAUSES.get(key, ())):
            found[key] = tuple(replace(one, rule=key) for one in RULES[key](case))
    return tuple(one for ours in found.values() for one in ours)


def diagnose(trainer: Trainer) -> tuple[Diagnosis, ...]:
    """Return what the rules find in the present state of a run."""
    return examine(
        Case(
            trainer.config,
            RunEvidence().compute(trainer),
            trainer.history.view(),
            trainer.steps_per_epoch,
            trainer.divergence,
        )
    )

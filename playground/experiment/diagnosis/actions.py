"""What can be done about a finding: pure edits of the experiment, or of the weights."""

import math
from typing import Any

import numpy as np
from numpy.typing import NDArray

from playground.engine.losses import CrossEntropy
from playground.engine.network import blocks_of
from playground.experiment.config import edits
from playground.experiment.config.presets import PRESETS
from playground.experiment.config.schema import ExperimentConfig, InitialChoice
from playground.experiment.diagnosis.finding import Action, ConfigEdit
from playground.experiment.explain.number_text import significant
from playground.experiment.runs.comparison import MOST_COMPETITORS
from playground.experiment.runs.initial_weights import fitting_gaussian, single_choice
from playground.experiment.training.metrics import Best
from playground.language import _

EPSILON = 0.3
"""The noise that breaks ties, as a part of 1 / √inputs, which is the size of healthy initial weights. With a tenth
XOR stays on its plateau for 10,000 steps."""

ADAM_RATE = 0.01
"""Adam's steps are about as long as its rate, so a rate that suits plain descent would throw it about."""

USUAL_RATE = 0.1
DECAY, FIRST_UNITS, MORE_ROWS = 0.001, 4, 4

OTHER_STARTS = (
    InitialChoice("gaussian", std=0.1),
    InitialChoice("gaussian", bias="same"),
    InitialChoice("he"),
    InitialChoice("uniform", bias="same"),
)
"""First weights that get XOR right where Xavier's stand still half-way: small ones, and ones with biases."""


def break_symmetry(config: ExperimentConfig, sizes: tuple[int, ...]) -> Action:
    """Offer a little noise on the weights, which makes identical units distinct; the same for the same seed."""

    def moved(flat: NDArray[Any]) -> NDArray[Any]:
        rng, parameters = np.random.default_rng(config.seed), flat.copy()
        for n_in, block in zip(sizes[:-1], blocks_of(parameters, sizes), strict=True):
            block[:-1] += rng.normal(0.0, EPSILON / math.sqrt(n_in), block[:-1].shape).astype(flat.dtype)
        return parameters

    tip = _(
        "Adds Gaussian noise with a standard deviation of {share:g} / √inputs to every weight, "
        "and changes nothing else; can be undone"
    )
    return Action("break", _("Break symmetry"), tip.format(share=EPSILON), parameters=moved)


def back_to_best(best: Best) -> Action:
    """Offer the weights with the lowest test loss, unless they are of another network by then."""

    def restored(flat: NDArray[Any]) -> NDArray[Any]:
        return best.parameters.copy() if best.parameters.size == flat.size else flat

    tip = _(
        "Pauses, and puts back the weights of step {step:,}, which had the lowest test loss; the step count goes on. "
        "Can be undone"
    )
    return Action(
        "best",
        _("Weights of step {step:,}").format(step=best.step),
        tip.format(step=best.step),
        parameters=restored,
        pauses=True,
    )


def start_from(config: ExperimentConfig, scheme: str) -> tuple[Action, ...]:
    """Offer Xavier's or He's initial weights; nothing where the run has started from them."""
    if all(choice.name == scheme for choice in config.network.initials):
        return ()
    label = _("Xavier's start") if scheme == "xavier" else _("He's start")
    tip = _("Starts the same experiment from these initial weights; can be undone")
    return (Action("start", label, tip, _set("network.initial", InitialChoice(scheme))),)


def race_gaussian(sizes: tuple[int, ...]) -> Action:
    """Offer a comparison with Gaussian weights that suit the width of the layers."""
    competitor = fitting_gaussian(sizes)
    deviations = [choice["std"] for choice in (competitor if isinstance(competitor, tuple) else (competitor,))]
    tip = _(
        "Trains a second network beside this one, from Gaussian weights, σ = {sigma}: the same data, the same batches, "
        "from the first step on"
    )
    sigma = ", ".join(map(significant, deviations))
    return Action("race", _("Race against Gaussian"), tip.format(sigma=sigma), competitors=(competitor,))


def rectify(config: ExperimentConfig) -> tuple[Action, ...]:
    """Offer ReLU, which does not saturate above 0, with He's weights; nothing if that is the case."""

    def edit(config: ExperimentConfig) -> ExperimentConfig:
        return edits.change(edits.change(config, "network.activation", "relu"), "network.initial", InitialChoice("he"))

    if edit(config) == config:
        return ()
    tip = _("Another activation and other initial weights; can be undone")
    return (Action("rectify", _("ReLU and He's weights"), tip, edit),)


def usual_rate(config: ExperimentConfig, summed_rows: int) -> float:
    """Return a rate that suits most networks, or the one that the ready-made experiment came with."""
    training = config.training
    preset = PRESETS.get(config.name)
    if preset is not None and preset.config.training.optimizer.name == training.optimizer.name:
        return preset.config.training.learning_rate or USUAL_RATE
    usual = ADAM_RATE if training.optimizer.name in ("adam", "rmsprop") else min(USUAL_RATE, 1 / summed_rows)
    return float(f"{usual:.3g}")


def start_again(config: ExperimentConfig, summed_rows: int) -> Action:
    """Start again at a rate that suits most networks, and at a tenth of the present one at most."""
    rate = float(f"{min(usual_rate(config, summed_rows), config.training.learning_rate / 10):.3g}")
    tip = _("Sets the learning rate to {rate}, goes back to the same start and plays; the rate can be undone")
    label = _("Start again at {rate}").format(rate=significant(rate))
    return Action(
        "restart",
        label,
        tip.format(rate=significant(rate)),
        _set("training.learning_rate", rate),
        resets=True,
        plays=True,
    )


def set_rate(config: ExperimentConfig, summed_rows: int) -> Action:
    """Offer a rate that suits most networks, from the next step on."""
    rate = usual_rate(config, summed_rows)
    tip = _("Training goes on with it from the next step on; can be undone")
    return Action(
        "rate", _("Set the rate to {rate}").format(rate=significant(rate)), tip, _set("training.learning_rate", rate)
    )


def faster(factor: int) -> Action:
    """Offer a learning rate so many times as large."""

    def edit(config: ExperimentConfig) -> ExperimentConfig:
        return edits.change(config, "training.learning_rate", float(f"{config.training.learning_rate * factor:.6g}"))

    tip = _("A larger learning rate, from the next step on; can be undone")
    return Action(f"faster_{factor}", _("Rate × {factor}").format(factor=factor), tip, edit)


def adam() -> Action:
    """Offer Adam, whose steps do not shrink with the gradient."""

    def edit(config: ExperimentConfig) -> ExperimentConfig:
        config = edits.change(config, "training.optimizer", "adam")
        return edits.change(config, "training.learning_rate", min(config.training.learning_rate, ADAM_RATE))

    tip = _("The same experiment with Adam at a rate of at most {rate}; can be undone").format(
        rate=significant(ADAM_RATE)
    )
    return Action("adam", _("Use Adam"), tip, edit)


def regularise(config: ExperimentConfig) -> Action:
    """Offer more L2 regularisation than so far."""
    rate = float(f"{max(DECAY, 3 * config.training.l2):.3g}")
    label = _("Regularise: L2 = {rate}").format(rate=significant(rate))
    tip = _("Pulls the weights towards zero from the next step on; can be undone")
    return Action("regularise", label, tip, _set("training.l2", rate))


def standardise(config: ExperimentConfig) -> tuple[Action, ...]:
    """Offer to standardise the inputs; nothing where that is impossible or the case."""
    if "standardise" not in config.data or config.data["standardise"]:
        return ()
    label, tip = _("Standardise the inputs"), _("Every input minus its mean, divided by its deviation; can be undone")
    return (Action("standardise", label, tip, _set("data.standardise", True)),)


def linear_output(config: ExperimentConfig, summed_rows: int) -> Action:
    """Offer a linear output, at a rate that is not too large for one that is not bounded."""

    def edit(config: ExperimentConfig) -> ExperimentConfig:
        rate = min(config.training.learning_rate, USUAL_RATE / summed_rows)
        return edits.change(edits.set_output(config, "linear"), "training.learning_rate", float(f"{rate:.3g}"))

    rate = edit(config).training.learning_rate
    if rate == config.training.learning_rate:
        tip = _("The same experiment with an output that can be any number; can be undone")
    else:
        tip = _(
            "The same experiment with an output that can be any number, at a learning rate of {rate}; can be undone"
        )
    return Action("linear", _("Linear output"), tip.format(rate=significant(rate)), edit)


def cross_entropy(config: ExperimentConfig) -> tuple[Action, ...]:
    """Offer cross-entropy; nothing where it is in use or does not suit the output."""
    if config.training.loss == "cross-entropy" or config.network.output not in CrossEntropy.fused:
        return ()
    tip = _("The same experiment with cross-entropy, whose gradient does not fade there; can be undone")
    return (Action("entropy", _("Use cross-entropy"), tip, lambda config: edits.set_loss(config, "cross-entropy")),)


def more_rows(config: ExperimentConfig) -> tuple[Action, ...]:
    """Offer four times the rows, where the data are generated."""
    if "samples" not in config.data:
        return ()
    rows = MORE_ROWS * config.data["samples"]
    label = _("{rows:,} samples").format(rows=rows)
    tip = _("The same experiment with more samples of the same kind; can be undone")
    return (Action("rows", label, tip, _set("data.samples", rows)),)


def more_units(config: ExperimentConfig, least: int = FIRST_UNITS, scheme: str = "") -> Action:
    """Offer twice the units or a first hidden layer, from initial weights of a `scheme` or as it started."""
    hidden = tuple(max(2 * units, least) for units in config.network.hidden)

    def widen(config: ExperimentConfig) -> ExperimentConfig:
        config = edits.set_hidden(config, hidden)
        return edits.change(config, "network.initial", InitialChoice(scheme)) if scheme else config

    def add(config: ExperimentConfig) -> ExperimentConfig:
        return edits.change(bend(edits.set_hidden(config, (FIRST_UNITS,))), "network.initial", InitialChoice("xavier"))

    tip = _("The same experiment with a larger network, from new initial weights; can be undone")
    if hidden:
        label = _("{sizes} hidden units").format(sizes=" + ".join(map(str, hidden)))
        return Action("units", label, tip, widen)
    return Action("units", _("Add a hidden layer of {units} units").format(units=FIRST_UNITS), tip, add)


def bend(config: ExperimentConfig) -> ExperimentConfig:
    """Return the experiment with tanh in every hidden layer."""
    return edits.change(config, "network.activation", "tanh")


def use_tanh() -> Action:
    """Offer tanh units instead of linear ones."""
    return Action("tanh", _("Tanh units"), _("The same experiment with tanh units; can be undone"), bend)


def race_others(config: ExperimentConfig) -> Action:
    """Offer a comparison with several initial weights, for runs that depend on the draw."""
    own = single_choice(config.network)
    competitors = tuple(start for start in OTHER_STARTS if start != own)[:MOST_COMPETITORS]
    tip = _(
        "Trains {count} more networks beside this one, from other initial weights: the same data, the same batches, "
        "from the first step on"
    )
    return Action("race", _("Race other initial weights"), tip.format(count=len(competitors)), competitors=competitors)


def _set(path: str, value: object) -> ConfigEdit:
    return lambda config: edits.change(config, path, value)

"""What can be done about a finding: pure edits of the experiment, or of the weights."""

import math
from dataclasses import dataclass
from itertools import pairwise
from typing import Any

import numpy as np
from numpy.typing import NDArray

from playground.experiment import edits
from playground.experiment.config import ExperimentConfig, InitialChoice
from playground.experiment.diagnosis.finding import Action, ConfigEdit
from playground.experiment.presets import PRESETS
from playground.experiment.starts import fitting_gaussian
from playground.language import _

EPSILON = 0.3
"""The noise that tells copies apart, as a part of 1 / √inputs, which is the size of healthy first weights. With a tenth
XOR stays on its plateau for 10,000 steps."""

ADAM_RATE = 0.01
"""Adam's steps are about as long as its rate, so a rate that suits plain descent would throw it about."""

USUAL_RATE = 0.1

DECAY = 0.001


@dataclass(frozen=True)
class BreakSymmetry:
    """Adds a little Gaussian noise to all weights, and to no bias; the same noise for the same `seed`."""

    sizes: tuple[int, ...]
    seed: int

    def __call__(self, flat: NDArray[Any]) -> NDArray[Any]:
        """Return flat parameters with the noise added."""
        rng, moved, at = np.random.default_rng(self.seed), flat.copy(), 0
        for n_in, n_out in pairwise(self.sizes):
            noise = rng.normal(0.0, EPSILON / math.sqrt(n_in), n_in * n_out)
            moved[at : at + n_in * n_out] += noise.astype(flat.dtype)
            at += (n_in + 1) * n_out
        return moved


def break_symmetry(config: ExperimentConfig, sizes: tuple[int, ...]) -> Action:
    """Tell copies apart by a little noise, and go on."""
    tip = _(
        "Adds Gaussian noise with a standard deviation of ε = {share:g} / √inputs to every weight; "
        "training goes on; can be undone"
    )
    return Action(
        "break",
        _("Break symmetry by ε"),
        tip.format(share=EPSILON),
        parameters=BreakSymmetry(sizes, config.seed),
    )


def start_from(config: ExperimentConfig, scheme: str) -> tuple[Action, ...]:
    """Start the same experiment from Xavier's or He's weights; nothing where that is how it has started."""
    if all(choice.name == scheme for choice in config.network.initials):
        return ()
    label = _("Xavier's start") if scheme == "xavier" else _("He's start")

    def edit(config: ExperimentConfig) -> ExperimentConfig:
        return edits.set_initial(config, InitialChoice(scheme))

    return (Action("start", label, _("Starts the same experiment from these first weights; can be undone"), edit),)


def race_gaussian(sizes: tuple[int, ...]) -> Action:
    """Race against Gaussian weights that suit the width of the layers."""
    rival = fitting_gaussian(sizes)
    deviations = [choice["std"] for choice in (rival if isinstance(rival, tuple) else (rival,))]
    tip = _(
        "Trains a second network beside this one, from Gaussian weights, σ = {sigma}: the same data, the same batches, "
        "from the first step on"
    )
    sigma = ", ".join(f"{deviation:g}" for deviation in deviations)
    return Action("race", _("Race against Gaussian"), tip.format(sigma=sigma), rivals=(rival,))


def rectify(config: ExperimentConfig) -> tuple[Action, ...]:
    """Use units that do not flatten out, and the weights that suit them."""

    def edit(config: ExperimentConfig) -> ExperimentConfig:
        return edits.set_initial(edits.set_activation(config, "relu"), InitialChoice("he"))

    if edit(config) == config:
        return ()
    tip = _("Another activation and other first weights; can be undone")
    return (Action("rectify", _("ReLU and He's weights"), tip, edit),)


def leak() -> Action:
    """Let rectifiers pass a little of what is negative."""

    def edit(config: ExperimentConfig) -> ExperimentConfig:
        names = config.network.activations
        for layer, name in enumerate(names):
            if name == "relu":
                config = edits.set_activation(config, "leaky-relu", layer)
        return config

    return Action(
        "leaky", _("Leaky ReLU"), _("The same experiment with leaky ReLU instead of ReLU; can be undone"), edit
    )


def slower(*, resets: bool) -> Action:
    """Take a tenth of the learning rate."""
    if resets:
        return Action(
            "slower",
            _("Rate ÷ 10 and reset"),
            _("A tenth of the learning rate, from the same start"),
            _times(0.1),
            resets=True,
        )
    return Action("slower", _("Rate ÷ 10"), _("A tenth of the learning rate, from the next step on"), _times(0.1))


def usual_rate(config: ExperimentConfig, summed_rows: int) -> Action:
    """Start again at a rate that suits most networks, or at the one that the ready-made experiment came with."""
    training = config.training
    preset = PRESETS.get(config.name)
    usual = ADAM_RATE if training.optimizer.name in ("adam", "rmsprop") else min(USUAL_RATE, 1 / summed_rows)
    if preset is not None and preset.config.training.optimizer.name == training.optimizer.name:
        usual = preset.config.training.learning_rate
    rate = float(f"{min(usual, training.learning_rate / 10):.3g}")

    def edit(config: ExperimentConfig) -> ExperimentConfig:
        return edits.set_learning_rate(config, rate)

    tip = _("Sets the learning rate to {rate:g}, goes back to the same start and plays; the rate can be undone")
    label = _("Start again at {rate:g}").format(rate=rate)
    return Action("restart", label, tip.format(rate=rate), edit, resets=True, plays=True)


def faster(factor: int) -> Action:
    """Take larger steps."""
    label = _("Rate × {factor}").format(factor=factor)
    return Action(
        f"faster_{factor}", label, _("A larger learning rate, from the next step on; can be undone"), _times(factor)
    )


def reset() -> Action:
    """Go back to the start."""
    return Action("reset", _("Reset"), _("Back to the same start"), resets=True)


def adam() -> Action:
    """Let each weight have a step length of its own."""

    def edit(config: ExperimentConfig) -> ExperimentConfig:
        config = edits.set_optimizer(config, "adam")
        return edits.set_learning_rate(config, min(config.training.learning_rate, ADAM_RATE))

    tip = _("The same experiment with Adam at a rate of at most {rate:g}; can be undone").format(rate=ADAM_RATE)
    return Action("adam", _("Use Adam"), tip, edit)


def regularise(config: ExperimentConfig) -> Action:
    """Pull the weights towards zero, more than so far."""
    rate = float(f"{max(DECAY, 3 * config.training.l2):.3g}")

    def edit(config: ExperimentConfig) -> ExperimentConfig:
        return edits.set_l2(config, rate)

    label = _("Regularise: L2 = {rate:g}").format(rate=rate)
    return Action("regularise", label, _("Pulls the weights towards zero from the next step on; can be undone"), edit)


def standardise(config: ExperimentConfig) -> tuple[Action, ...]:
    """Bring every input to mean 0 and deviation 1, where the data can be; nothing where they cannot or are."""
    if "standardise" not in config.data or config.data["standardise"]:
        return ()

    def edit(config: ExperimentConfig) -> ExperimentConfig:
        return edits.set_data_option(config, standardise=True)

    tip = _("Every input minus its mean, divided by its deviation; can be undone")
    return (Action("standardise", _("Standardise the inputs"), tip, edit),)


def _times(factor: float) -> ConfigEdit:
    """Return the edit that multiplies the learning rate."""

    def edit(config: ExperimentConfig) -> ExperimentConfig:
        return edits.set_learning_rate(config, float(f"{config.training.learning_rate * factor:.6g}"))

    return edit

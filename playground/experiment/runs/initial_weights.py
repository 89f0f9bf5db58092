"""First weights to set beside others."""

import math
from collections.abc import Mapping, Sequence

from playground.experiment.config.choices import InitialChoice
from playground.experiment.config.schema import NetworkConfig

InitialWeights = InitialChoice | tuple[InitialChoice, ...]
"""Initial weights: one choice for all layers, or one per layer."""


def fits(start: InitialWeights, network: NetworkConfig) -> bool:
    """Return whether a network with so many layers can start so."""
    return isinstance(start, InitialChoice) or len(start) == len(network.hidden) + 1


def single_choice(network: NetworkConfig) -> InitialWeights:
    """Return the initial weights of a network: one choice where all layers have the same."""
    initials = network.initials
    return initials[0] if len(set(initials)) == 1 else initials


def fitting_gaussian(sizes: Sequence[int]) -> InitialWeights:
    """Return Gaussian weights that suit the width of each layer: σ = 1 / √inputs, to two digits."""
    choices = tuple(InitialChoice("gaussian", std=float(f"{1 / math.sqrt(n_in):.2g}")) for n_in in sizes[:-1])
    return choices[0] if len(set(choices)) == 1 else choices


def usual_starts(sizes: Sequence[int]) -> Mapping[str, InitialWeights]:
    """Return the usual initial weights for a network of these sizes, by a key for each."""
    return {
        "zeros": InitialChoice("zeros"),
        "constant": InitialChoice("constant"),
        "narrow": InitialChoice("gaussian", std=0.01),
        "fitting": fitting_gaussian(sizes),
        "wide": InitialChoice("gaussian"),
        "uniform": InitialChoice("uniform"),
        "xavier": InitialChoice("xavier"),
        "he": InitialChoice("he"),
    }

"""Initialisers: what the weights and biases of a layer start from.

A scheme fills an array by drawing from a random generator. `draw` makes the weight (n_in, n_out) and the
bias (n_out,) of one layer: training starts from it, and the window shows a histogram of it.
"""

import math
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

import numpy as np

from playground.engine.program import Array
from playground.language import N_, _
from playground.registry import Entry, Option, Registry, UserError


@dataclass(frozen=True)
class Ask:
    """What a scheme is asked for: an array of `shape` for a layer of `n_in` inputs and `n_out` units."""

    shape: tuple[int, ...]
    n_in: int
    n_out: int
    rng: np.random.Generator
    options: Mapping[str, Any]


Scheme = Callable[[Ask], Array]


def _zeros(ask: Ask) -> Array:
    return np.zeros(ask.shape)


def _constant(ask: Ask) -> Array:
    return np.full(ask.shape, float(ask.options["value"]))


def _gaussian(ask: Ask) -> Array:
    return ask.rng.normal(0.0, ask.options["std"], ask.shape)


def _uniform(ask: Ask) -> Array:
    low, high = ask.options["low"], ask.options["high"]
    if low > high:
        raise UserError(_("The lowest initial weight, {low}, is above the highest, {high}.").format(low=low, high=high))
    if not math.isfinite(high - low):
        raise UserError(
            _("The lowest initial weight, {low}, and the highest, {high}, lie too far apart.").format(
                low=low, high=high
            )
        )
    return ask.rng.uniform(low, high, ask.shape)


def _xavier(ask: Ask) -> Array:
    """Draw with variance 2 / (n_in + n_out).

    Glorot, Bengio: Understanding the difficulty of training deep feedforward neural networks, 2010, equation 16.
    """
    return _with_variance(2 / (ask.n_in + ask.n_out), ask)


def _he(ask: Ask) -> Array:
    """Draw with variance 2 / n_in.

    He, Zhang, Ren, Sun: Delving deep into rectifiers, 2015, equation 10.
    """
    return _with_variance(2 / ask.n_in, ask)


def _with_variance(variance: float, ask: Ask) -> Array:
    """Draw numbers with mean 0 and this variance; that of a uniform distribution from −c to c is c² / 3."""
    if ask.options["distribution"] == "uniform":
        limit = math.sqrt(3 * variance)
        return ask.rng.uniform(-limit, limit, ask.shape)
    return ask.rng.normal(0.0, math.sqrt(variance), ask.shape)


def _given(ask: Ask) -> Array:
    """Return the given weights for a shape of two numbers, the given biases for a shape of one."""
    is_weight = len(ask.shape) == 2
    values = ask.options["weights" if is_weight else "biases"]
    if values is None:
        return np.zeros(ask.shape)
    try:
        array = np.array(values, dtype=np.float64)
    except (TypeError, ValueError):
        array = np.empty(0)
    if array.shape != ask.shape:
        if is_weight:
            sentence = _("The given weights of a layer must be {needed} numbers (one row per input).")
        else:
            sentence = _("The given biases of a layer must be {needed} numbers (one per unit).")
        raise UserError(sentence.format(needed=" × ".join(map(str, ask.shape))))
    return array


def draw(
    scheme: str, options: Mapping[str, Any], n_in: int, n_out: int, rng: np.random.Generator
) -> tuple[Array, Array]:
    """Return the weight (n_in, n_out) and the bias (n_out,) that a scheme starts a layer with, as float64.

    Parameters
    ----------
    scheme, options
        A name in `INITIALIZERS` and its options; those left out have their defaults. For ``given`` the
        arrays may be this layer's, or lists with one per layer, of which `layer_options` takes one.
    rng
        Where random numbers come from. The weight is drawn first, row by row, then the bias.

    Raises
    ------
    UserError
        Where numbers given do not fit the layer.
    """
    entry = INITIALIZERS[scheme]
    complete = entry.with_defaults(options)
    weight = entry.make(Ask((n_in, n_out), n_in, n_out, rng, complete))
    if complete.get("bias", "same") == "same":
        return weight, entry.make(Ask((n_out,), n_in, n_out, rng, complete))
    return weight, np.zeros(n_out)


def layer_options(options: Mapping[str, Any], layer: int) -> dict[str, Any]:
    """Return the options for one layer, 0 the first: of ``weights`` and ``biases`` with one array a layer its own.

    Raises
    ------
    UserError
        Where arrays are given for fewer layers.
    """
    chosen = dict(options)
    for name, depth in (("weights", 2), ("biases", 1)):
        values = chosen.get(name)
        if values is not None and _depth(values) > depth:
            if layer >= len(values):
                sentence = _("The initial values are given for {given} layers, but there is a layer {layer}.")
                raise UserError(sentence.format(given=len(values), layer=layer + 1))
            chosen[name] = values[layer]
    return chosen


def _depth(values: object) -> int:
    depth = 0
    while isinstance(values, list | tuple | np.ndarray) and len(values):
        depth += 1
        values = values[0]
    return depth


_BIAS = Option(
    "bias",
    "choice",
    "zeros",
    N_("Biases"),
    N_("Whether biases start at zero or the same way as the weights."),
    choices=("zeros", "same"),
)


def _distribution(default: str) -> Option:
    return Option(
        "distribution",
        "choice",
        default,
        N_("Distribution"),
        N_("Normal (bell-shaped), or uniform between two limits; the standard deviation is the same."),
        choices=("normal", "uniform"),
    )


INITIALIZERS: Registry[Scheme] = Registry(
    "initializer",
    Entry("zeros", N_("Zeros"), N_("Every weight starts at 0, so the units of a layer start equal."), _zeros, (_BIAS,)),
    Entry(
        "constant",
        N_("Constant"),
        N_("Every weight starts at the same value, so the units of a layer start equal."),
        _constant,
        (Option("value", "float", 1.0, N_("Value"), N_("The value at which every weight starts."), step=0.1), _BIAS),
    ),
    Entry(
        "gaussian",
        N_("Gaussian"),
        N_("Drawn from a normal distribution (a bell curve) around 0."),
        _gaussian,
        (
            Option("std", "float", 1.0, N_("Standard deviation"), N_("How wide the bell curve is."), low=0, step=0.1),
            _BIAS,
        ),
    ),
    Entry(
        "uniform",
        N_("Uniform"),
        N_("Drawn evenly between two limits."),
        _uniform,
        (
            Option("low", "float", -1.0, N_("Lowest"), N_("The smallest value that may be drawn."), step=0.1),
            Option("high", "float", 1.0, N_("Highest"), N_("The largest value that may be drawn."), step=0.1),
            _BIAS,
        ),
    ),
    Entry(
        "xavier",
        N_("Xavier"),
        N_("Drawn with variance 2 / (inputs + units), which suits sigmoid and tanh."),
        _xavier,
        (_distribution("uniform"), _BIAS),
    ),
    Entry(
        "he",
        N_("He"),
        N_("Drawn with variance 2 / inputs, which suits ReLU and similar functions."),
        _he,
        (_distribution("normal"), _BIAS),
    ),
    Entry(
        "given",
        N_("Given"),
        N_("The numbers you give, weight by weight."),
        _given,
        (
            Option(
                "weights",
                "array",
                None,
                N_("Weights"),
                N_("For each layer, one row per input: one number per unit."),
                required=True,
            ),
            Option(
                "biases", "array", None, N_("Biases"), N_("For each layer, one number per unit; zeros if left out.")
            ),
        ),
    ),
)

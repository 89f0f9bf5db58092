"""Losses: how far the outputs are from the targets, each with the gradient that training starts from.

Letters: ``y`` are the outputs, ``t`` the targets, ``z`` the sums that go into the output activation. The
formulas take samples in rows, (rows, n_out); the buffers of a step are outputs first, (n_out, rows).
"""

from typing import ClassVar

import numpy as np

from playground.engine.program import Array, Call, call, constant, dot
from playground.language import N_
from playground.registry import Entry, Registry


class Loss:
    """A loss; subclasses are used as they are, without an instance.

    Every loss here has the gradient ``factor · (y − t)`` for a row: by the output ``y``, or, where the
    loss is `fused` with the output activation, already by ``z``.
    """

    fused: ClassVar[frozenset[str]] = frozenset()
    """Names of the outputs whose derivative is part of the gradient already; these need ``z``."""

    @staticmethod
    def formula(y: Array, t: Array) -> Array:
        """Return the loss of each row, (…,), for outputs `y` and targets `t`, (…, n_out)."""
        raise NotImplementedError

    @classmethod
    def derivative(cls, y: Array, t: Array) -> Array:
        """Return the gradient of each row's loss, (…, n_out): by y, or by z where the output is `fused`."""
        return cls.gradient_factor(y.shape[-1]) * (y - t)

    @classmethod
    def of_rows(cls, output: str, z: Array, y: Array, t: Array) -> Array:
        """Return the same as `formula`, (…,), from `z` where an output may have been rounded to 0 or 1.

        `z`, `y` and `t` are (…, n_out); `output` is the name of the output activation, which computes `y` from `z`.
        """
        return cls.formula(y, t)

    @staticmethod
    def gradient_factor(n_out: int) -> float:
        """Return the factor of ``y − t`` in the gradient of one row's loss."""
        return 1.0

    @staticmethod
    def mean_factor(rows: int, n_out: int) -> float:
        """Return the factor from the total that `calls` computes to the mean over the rows."""
        return 1.0 / rows

    @classmethod
    def calls(cls, output: str, z: Array, y: Array, scratch: Array, t: Array, delta: Array, total: Array) -> list[Call]:
        """Return the calls that put ``y − t`` into `delta` and the loss, up to `mean_factor`, into `total`.

        `z`, `y`, `t` and `delta` are (n_out, rows), `scratch` too, as the output activation left it; `z` may be
        overwritten; `total` is 0-d.
        """
        return [call(np.subtract, y, t, delta), dot(delta.reshape(-1), delta.reshape(-1), total)]


class Squared(Loss):
    """Half the sum of the squared errors of a row, mean over the rows: ½ Σ (y − t)²."""

    @staticmethod
    def formula(y: Array, t: Array) -> Array:
        total: Array = 0.5 * np.square(y - t).sum(axis=-1)
        return total

    @staticmethod
    def mean_factor(rows: int, n_out: int) -> float:
        return 0.5 / rows


class MeanSquared(Loss):
    """The mean of the squared errors over rows and outputs."""

    @staticmethod
    def formula(y: Array, t: Array) -> Array:
        mean: Array = np.square(y - t).mean(axis=-1)
        return mean

    @staticmethod
    def gradient_factor(n_out: int) -> float:
        return 2.0 / n_out

    @staticmethod
    def mean_factor(rows: int, n_out: int) -> float:
        return 1.0 / (rows * n_out)


class CrossEntropy(Loss):
    """The surprise at the true class, −Σ t log y; for sigmoid outputs −Σ t log y + (1 − t) log(1 − y).

    Together with softmax or sigmoid its gradient by ``z`` is just ``y − t`` (for softmax the targets of a
    row must sum to 1). Training works it out from ``z``, never as the logarithm of an output that may
    have been rounded to 0: for softmax as log Σ e^z − Σ t z, for sigmoid as log(1 + e^z) − t z.
    Bishop: Pattern recognition and machine learning, 2006, sections 4.3.2 and 4.3.4.
    """

    fused = frozenset({"sigmoid", "softmax"})

    @staticmethod
    def formula(y: Array, t: Array) -> Array:
        """Return the loss of each row, (…,); a single output counts as a sigmoid, several as a softmax."""
        tiny = np.finfo(y.dtype).tiny
        surprise = -t * np.log(np.maximum(y, tiny))
        if y.shape[-1] == 1:
            surprise = surprise - (1 - t) * np.log(np.maximum(1 - y, tiny))
        total: Array = surprise.sum(axis=-1)
        return total

    @classmethod
    def of_rows(cls, output: str, z: Array, y: Array, t: Array) -> Array:
        """Return log Σ e^z − Σ t z for softmax, Σ log(1 + e^z) − t z for sigmoid, of each row, (…,)."""
        surprise: Array
        if output == "softmax":
            shifted = z - z.max(axis=-1, keepdims=True)
            surprise = np.log(np.exp(shifted).sum(axis=-1)) - (t * shifted).sum(axis=-1)
        else:
            surprise = (np.logaddexp(z, 0) - t * z).sum(axis=-1)
        return surprise

    @classmethod
    def calls(cls, output: str, z: Array, y: Array, scratch: Array, t: Array, delta: Array, total: Array) -> list[Call]:
        """Return the calls as the base class does, with the loss computed from `z`, which is overwritten."""
        difference = call(np.subtract, y, t, delta)
        if output == "softmax":
            return [difference, *cls._softmax_calls(z, scratch[0], t, total)]
        return [
            call(np.multiply, z, t, delta),
            call(np.logaddexp, z, constant(0, z), z),
            call(np.subtract, z, delta, z),
            call(np.add.reduce, z, None, None, total),
            difference,
        ]

    @staticmethod
    def _softmax_calls(shifted: Array, sums: Array, t: Array, total: Array) -> list[Call]:
        """Return the calls for log Σ e^z − Σ t z, from what softmax left: z minus each row's largest, and Σ e^z."""
        parts, signs = np.empty(2, t.dtype), np.array([1, -1], t.dtype)
        return [
            call(np.log, sums, sums),
            dot(sums, np.ones_like(sums), parts[0, ...]),
            dot(t.reshape(-1), shifted.reshape(-1), parts[1, ...]),
            dot(parts, signs, total),  # a third of the time of adding and subtracting single numbers
        ]


REDUCTIONS = ("mean", "sum")
"""What a gradient can be of: the mean of the rows' losses, or their sum."""

LOSSES: Registry[type[Loss]] = Registry(
    "loss",
    Entry(
        "squared",
        N_("Squared error"),
        N_("Half the sum of the squared errors of a sample, averaged over the samples."),
        Squared,
    ),
    Entry("mse", N_("Mean squared error"), N_("The mean of the squared errors over samples and outputs."), MeanSquared),
    Entry(
        "cross-entropy",
        N_("Cross-entropy"),
        N_("The smaller the probability given to the true class, the larger this is: −ln of it."),
        CrossEntropy,
    ),
)


def loss_for(name: str, output: str) -> type[Loss]:
    """Return the loss called `name`, for a network whose output activation is `output`.

    Raises
    ------
    ValueError
        Where there is no such loss, or it is fused with other outputs.
    """
    loss = LOSSES[name].make
    if loss.fused and output not in loss.fused:
        raise ValueError(f"the loss {name} needs an output out of {sorted(loss.fused)}, not {output}")
    return loss

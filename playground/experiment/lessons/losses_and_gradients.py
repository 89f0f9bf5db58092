"""Computations of the lessons on losses and gradients, and what the articles' faulty code computes."""

import math
import random
from functools import cache
from typing import Any

import numpy as np

from playground.engine.activations import Sigmoid
from playground.engine.gradients import STEP, NumericalLossGradient, gradient_descent, numerical_gradient
from playground.engine.optimizers import OPTIMIZERS
from playground.experiment.config import edits
from playground.experiment.config.presets import PRESETS
from playground.experiment.landscape import faults
from playground.experiment.landscape.differences import integer_gradient
from playground.experiment.training.building import build_network, prepare_data

MOST_STEPS = 5000
MOST_ROWS = 10_000
VALLEY = np.array([0.02, 2.0])
"""The gradient of x²/100 + y² at (x, y), divided by x and y."""

ARRIVED = 0.01


def losses_by_output(outputs: Any) -> Any:
    """Return a row for each output of the right class: itself, squared error and cross-entropy of two classes."""
    p = np.ravel(np.asarray(outputs, dtype=float))
    with np.errstate(divide="ignore", invalid="ignore"):
        return np.column_stack([p, (1 - p) ** 2, -np.log(p)])


def softmax_row_sum(values: Any, rows: int, whole_batch: bool = False) -> float:
    """Return what the first row's softmax adds up to, in a batch of so many equal rows."""
    powers = np.exp(np.ravel(values) - np.max(values))
    return float(powers.sum() / (powers.sum() * (int(rows) if whole_batch else 1)))


@cache
def whole_batch_training(seed: int) -> list[float]:
    """Return how article A's network trains with the softmax as it is printed, whose sum is over the whole batch.

    Fifty hidden units of 0.01 × standard normal weights see 100 rows of ten classes at each step, at rate 1: at the
    article's 0.1 the same takes ten times as many steps.

    Returns
    -------
    list
        The first loss, the largest one, and how many steps are made until it is no number.
    """
    rng = np.random.default_rng(int(seed))
    labels = np.arange(100) % 10
    t, x = np.eye(10)[labels], (rng.random((10, 20))[labels] + rng.random((100, 20))) / 2
    w1, b1 = 0.01 * rng.standard_normal((20, 50)), np.zeros(50)
    w2, b2 = 0.01 * rng.standard_normal((50, 10)), np.zeros(10)
    losses: list[float] = []
    with np.errstate(over="ignore", invalid="ignore"):
        while len(losses) < MOST_STEPS and not np.isnan(losses[-1:]).any():
            a = Sigmoid.formula(x @ w1 + b1)
            powers = np.exp(a @ w2 + b2)
            y = powers / powers.sum()
            losses.append(float(-np.log(y[t == 1] + 1e-7).mean()))
            dz = (y - t) / 100
            da = dz @ w2.T * a * (1 - a)
            w2 -= a.T @ dz
            b2 -= dz.sum(axis=0)
            w1 -= x.T @ da
            b1 -= da.sum(axis=0)
    return [losses[0], max(losses[:-1]), len(losses) - 1]


def sine_derivative_error(x: float, h: float, one_sided: bool = False) -> float:
    """Return how far a difference quotient of sin x is from its derivative, cos x."""
    below = x if one_sided else x - h
    return abs((math.sin(x + h) - math.sin(below)) / (h if one_sided else 2 * h) - math.cos(x))


def gradient_of_squares(point: Any, h: float = STEP, integers: bool = False) -> Any:
    """Return the numerical gradient of Σx² at a point.

    With `integers` the point is stored as whole numbers, as NumPy does with ``np.array([3, 4])``: what is added to it
    is cut off.
    """
    if integers:
        return integer_gradient(_sum_of_squares, point, h)
    return numerical_gradient(_sum_of_squares, point, h)


def descent(start: Any, rate: float, steps: int) -> Any:
    """Return where gradient descent on Σx² ends."""
    return gradient_descent(_sum_of_squares, start, rate, min(int(steps), 1000))[-1]


def descent_distance(start: Any, rate: float, steps: int) -> Any:
    """Return where gradient descent on Σx² is after so many steps, and how far from the minimum.

    The gradient is 2x itself: far away, a difference of squares would lose all digits but three.
    """
    end = np.array(start, dtype=float)
    with np.errstate(over="ignore", invalid="ignore"):
        for _step in range(min(int(steps), 1000)):
            end *= 1 - 2 * rate
    return [*end, np.linalg.norm(end)]


def callers_array(start: Any, shared: bool = True) -> Any:
    """Return the caller's own array after article B's ``gradient_descent`` on Σx², rate 0.1, 100 steps.

    The article's ``x = init_x`` is the same array, which is then changed; not `shared`, it is ``init_x.copy()``.
    """
    init_x = np.array(start, dtype=float)
    x = init_x if shared else init_x.copy()
    for _step in range(100):
        x -= 0.1 * 2 * x
    return init_x


def valley_race(rate: float) -> list[float]:
    """Return how many steps plain descent, momentum and Adam need on x²/100 + y² from (−7, 1) to 0.01 from the minimum.

    Infinite where one does not come there.
    """
    return [_valley_steps(optimizer, float(rate)) for optimizer in ("sgd", "momentum", "adam")]


def _valley_steps(optimizer: str, rate: float) -> float:
    rule = OPTIMIZERS[optimizer].make()
    p, state = np.array([-7.0, 1.0]), tuple(np.zeros(2) for _slot in rule.slots)
    with np.errstate(over="ignore", invalid="ignore"):
        for step in range(MOST_STEPS):
            distance = np.linalg.norm(p)
            if distance < ARRIVED:
                return step
            if not np.isfinite(distance):
                break
            rule.count_step()
            p, *kept = rule.formula(p, VALLEY * p, rate, *state)
            state = tuple(kept)
    return math.inf


def saddle_descent(x: float, y: float, steps: int) -> Any:
    """Return where gradient descent on x² − y² + y⁴/2, rate 0.1, is after so many steps from (x, y).

    (0, 0) is a saddle; the minima are (0, 1) and (0, −1).
    """
    p = np.array([x, y], dtype=float)
    with np.errstate(over="ignore", invalid="ignore"):
        for _step in range(min(int(steps), MOST_STEPS)):
            p -= 0.1 * np.array([2 * p[0], -2 * p[1] + 2 * p[1] ** 3])
    return p


def displayed_loss(outputs: Any, targets: Any, column: bool = True) -> float:
    """Return the mean square of targets minus outputs: a row minus a `column`, as article D has it, or minus a row."""
    out = np.reshape(outputs, (-1, 1) if column else -1)
    return float(np.mean((np.ravel(targets) - out) ** 2))


def shuffled_rows(rows: int, seed: int, views: bool = True) -> Any:
    """Return the rows 1, 2, 3, … of an array after ``random.shuffle``, or after NumPy's ``permutation``.

    ``random.shuffle`` exchanges two rows by ``x[i], x[j] = x[j], x[i]``; both are `views` of the same array, so one of
    them is lost.
    """
    x = np.arange(1, max(1, min(int(rows), MOST_ROWS)) + 1).reshape(-1, 1)
    if views:
        random.Random(int(seed)).shuffle(x)  # type: ignore[arg-type]
    else:
        x = np.random.default_rng(int(seed)).permutation(x)
    return x.ravel()


def different_rows_after_shuffle(rows: int, seed: int) -> int:
    """Return how many different rows are left after ``random.shuffle``."""
    return len(np.unique(shuffled_rows(rows, seed)))


def gradient_check(early_update: bool = False, tied_bias: bool = False, missing_slope: bool = False) -> Any:
    """Return each derivative of the worked example's backward pass divided by that of finite differences.

    They are 1 where both agree. A column for each layer: its four weights, w1 to w4 or w5 to w8, then its two biases.

    Parameters
    ----------
    early_update
        The output layer's weights change before the error goes back through them.
    tied_bias
        A layer's biases all get the sum over its units.
    missing_slope
        The slope of the sigmoid is left out.
    """
    asked = {"early-update": early_update, "tied-bias": tied_bias, "missing-derivative": missing_slope}
    config = edits.change(PRESETS["worked-example"].config, "network.bias", "unit")
    data = prepare_data(config)
    network, loss = build_network(config, data), config.training.loss
    work = NumericalLossGradient(network, data.x_train, data.t_train, loss)
    work.go_on()
    found = faults.gradient(
        network,
        data.x_train,
        data.t_train,
        loss,
        [name for name, is_made in asked.items() if is_made],
        config.training.learning_rate,
    )
    ratios = network.blocks_of(found / work.gradient)
    return np.column_stack([np.append(block[:-1].T, block[-1]) for block in ratios])


def _sum_of_squares(x: Any) -> float:
    return float(np.sum(x**2))


FUNCTIONS = (
    displayed_loss,
    shuffled_rows,
    different_rows_after_shuffle,
    gradient_check,
    gradient_of_squares,
    descent,
    losses_by_output,
    softmax_row_sum,
    whole_batch_training,
    sine_derivative_error,
    descent_distance,
    callers_array,
    valley_race,
    saddle_descent,
)

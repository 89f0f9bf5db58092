"""Computations of the lessons on losses and gradients, and what the articles' faulty code computes."""

import math
from functools import cache
from typing import Any

import numpy as np

from playground.engine.activations import Sigmoid
from playground.engine.gradients import gradient_descent
from playground.engine.optimizers import OPTIMIZERS

MOST_STEPS = 5000
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


def descent_distance(start: Any, rate: float, steps: int) -> Any:
    """Return where gradient descent on Σx² is after so many steps, and how far from the minimum."""
    path = gradient_descent(_sum_of_squares, np.asarray(start, dtype=float), rate, min(int(steps), 1000))
    return [*path[-1], np.linalg.norm(path[-1])]


def callers_array(start: Any, copies: bool = False) -> Any:
    """Return the caller's own array after article B's ``gradient_descent`` on Σx², rate 0.1, 100 steps.

    The article's ``x = init_x`` is the same array, which is then changed; with `copies` it is ``init_x.copy()``.
    """
    init_x = np.array(start, dtype=float)
    x = init_x.copy() if copies else init_x
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


def _sum_of_squares(x: Any) -> float:
    return float(np.sum(x**2))


FUNCTIONS = (
    losses_by_output,
    softmax_row_sum,
    whole_batch_training,
    sine_derivative_error,
    descent_distance,
    callers_array,
    valley_race,
    saddle_descent,
)

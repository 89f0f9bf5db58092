"""Surfaces over two variables: their gradient field, descent on them, how large a learning rate they bear."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike, NDArray

from playground.engine.optimizers import OPTIMIZERS, Optimizer
from playground.experiment.landscape.formula import Formula
from playground.language import N_

Array = NDArray[np.float64]
Bounds = tuple[tuple[float, float], tuple[float, float]]

VARIABLES = ("x0", "x1")

_GRID = 61
_NEWTON_STEPS = 60
_CURVATURE_STEP = 1e-5


@dataclass(frozen=True)
class Example:
    """A surface to begin with: its formula, the plane that is shown, where to start, and at which learning rate."""

    name: str
    label: str
    text: str
    bounds: Bounds
    start: tuple[float, float]
    rate: float


EXAMPLES = (
    Example("bowl", N_("Bowl"), "x0² + x1²", ((-5, 5), (-5, 5)), (-3, 4), 0.1),
    Example("valley", N_("Long valley"), "x0²/20 + x1²", ((-10, 10), (-5, 5)), (-7, 2), 0.9),
    Example("rosenbrock", N_("Rosenbrock"), "(1 - x0)² + 100(x1 - x0²)²", ((-2, 2), (-1, 3)), (-1.2, 1), 0.001),
    Example("saddle", N_("Saddle"), "x0² - x1²", ((-4, 4), (-4, 4)), (-3, 0.001), 0.1),
    Example("two-minima", N_("Two minima"), "x0^4/4 - x0² + 0.2x0 + x1²", ((-2.5, 2.5), (-2, 2)), (0.3, 1.5), 0.1),
)
"""The first, with its start and rate, is article B's."""


class Surface:
    """A function of x0 and x1, given by its formula, on a part of the plane: (low, high) of both variables.

    Raises
    ------
    UserError
        Where the formula is wrong, with the place.
    """

    def __init__(self, text: str, bounds: Bounds) -> None:
        self.formula = Formula(text, VARIABLES)
        self.bounds = bounds

    def value(self, points: ArrayLike) -> Array:
        """Return the values at `points` (…, 2), of the shape (…)."""
        points = np.asarray(points, np.float64)
        return self.formula.value(points[..., 0], points[..., 1])

    def gradient(self, points: ArrayLike) -> Array:
        """Return the gradients at `points` (…, 2), of the same shape."""
        points = np.asarray(points, np.float64)
        return np.stack(self.formula.derivatives(points[..., 0], points[..., 1])[1], axis=-1)

    def grid(self, side: int) -> Array:
        """Return the values (side, side) over the plane; row i has the i-th value of x1, column j the j-th of x0."""
        return self.value(self._points(np.linspace(0, 1, side), np.linspace(0, 1, side)))

    def field(self, columns: int, rows: int) -> tuple[Array, Array]:
        """Return points (columns · rows, 2) in the middles of as many equal cells, and the gradients there."""
        points = self._points(*((np.arange(count) + 0.5) / count for count in (columns, rows))).reshape(-1, 2)
        return points, self.gradient(points)

    def lowest_point(self) -> Array | None:
        """Return the minimum (2,) nearest to the lowest point of a grid; None where that is at the edge or flat."""
        points = self._points(np.linspace(0, 1, _GRID), np.linspace(0, 1, _GRID)).reshape(-1, 2)
        values = self.value(points)
        if not np.isfinite(values).any():
            return None
        point = points[int(np.nanargmin(np.where(np.isfinite(values), values, np.nan)))]
        for _step in range(_NEWTON_STEPS):
            gradient, hessian = self.gradient(point), self._hessian(point)
            if not np.isfinite(hessian).all() or abs(np.linalg.det(hessian)) < 1e-12:
                return None
            point = point - np.linalg.solve(hessian, gradient)
        low, high = np.array(self.bounds).T
        is_inside = bool(((low <= point) & (point <= high)).all())
        return point if is_inside and np.linalg.eigvalsh(self._hessian(point)).min() > 0 else None

    def largest_stable_rate(self) -> float | None:
        """Return 2 / λ, with the largest curvature λ at the lowest point; None where the plane holds no minimum.

        Near there plain gradient descent comes closer with each step at lower rates, and leaves at higher ones.
        Goh: Why momentum really works, 2017.
        """
        point = self.lowest_point()
        return None if point is None else 2 / float(np.linalg.eigvalsh(self._hessian(point)).max())

    def _hessian(self, point: Array) -> Array:
        """Return the second derivatives (2, 2) at a point (2,), from the exact first ones."""
        moves = _CURVATURE_STEP * np.eye(2)
        hessian = (self.gradient(point + moves) - self.gradient(point - moves)) / (2 * _CURVATURE_STEP)
        return np.asarray((hessian + hessian.T) / 2)

    def _points(self, *shares: Array) -> Array:
        """Return a grid of points (rows, columns, 2), given how far along x0 and x1 they are, from 0 to 1."""
        first, second = (low + share * (high - low) for share, (low, high) in zip(shares, self.bounds, strict=True))
        return np.stack(np.meshgrid(first, second), axis=-1)


def descend(surface: Surface, names: Sequence[str], start: ArrayLike, rate: float, steps: int) -> Array:
    """Return the paths (optimisers, steps + 1, 2) of optimisers in `OPTIMIZERS`, with their usual constants.

    The gradient is exact. What overflows becomes infinite or NaN, and stays so.
    """
    optimizers: list[Optimizer] = [OPTIMIZERS[name].make(**OPTIMIZERS[name].with_defaults({})) for name in names]
    states = [[np.zeros(2) for _slot in one.slots] for one in optimizers]
    paths = np.empty((len(names), steps + 1, 2))
    paths[:, 0] = start
    with np.errstate(all="ignore"):
        for step in range(steps):
            gradients = surface.gradient(paths[:, step])
            for k, one in enumerate(optimizers):
                one.count_step()
                paths[k, step + 1], *states[k] = one.formula(paths[k, step], gradients[k], rate, *states[k])
    return paths


def with_aspect(bounds: Bounds, aspect: float) -> Bounds:
    """Return the smallest part of the plane around `bounds` that is `aspect` times as wide as it is high."""
    (left, right), (bottom, top) = bounds
    width, height = right - left, top - bottom
    wider, higher = max(0.0, aspect * height - width) / 2, max(0.0, width / aspect - height) / 2
    return (left - wider, right + wider), (bottom - higher, top + higher)


def arrows(points: Array, vectors: Array, longest: float) -> tuple[Array, Array]:
    """Return line segments, (6n,) x and y of their ends in pairs, that draw an arrow at each of `points` (n, 2).

    A shaft and two lines for its head: three segments per arrow. Lengths grow with the root of the vector's length, so
    that short ones can still be seen; the longest arrow is `longest`.
    """
    lengths = np.linalg.norm(vectors, axis=1, keepdims=True)
    largest = float(np.nanmax(lengths, initial=0.0)) or 1.0
    with np.errstate(all="ignore"):
        shaft = np.nan_to_num(longest * vectors / lengths * np.sqrt(lengths / largest))
    start, end = points - shaft / 2, points + shaft / 2
    across = np.stack([-shaft[:, 1], shaft[:, 0]], axis=1)
    left, right = (end - 0.3 * shaft + side * 0.18 * across for side in (-1, 1))
    ends = np.stack([start, end, end, left, end, right], axis=1).reshape(-1, 2)
    return ends[:, 0], ends[:, 1]

"""Points in the plane, and one curve: made, not read.

Geometry, scale (about −6 … 6) and meaning of `noise` (0 … 0.5) are those of TensorFlow Playground's
``src/dataset.ts`` (D. Smilkov and S. Carter, Apache License 2.0), rewritten for whole arrays; ``moons``
is the figure of scikit-learn's ``make_moons`` at that scale. Class 1 is its positive (blue) class.
Each function takes (generator, samples, noise) and returns points (samples, 2) or (samples, 1), and labels (samples,)
or heights (samples, 1). Rows come in random order. The same draws are used for every `noise`, so that a change of
noise moves points instead of drawing new ones.
"""

from collections.abc import Callable, Mapping
from typing import Any

import numpy as np
from numpy.typing import NDArray

from playground.data.dataset import Dataset
from playground.data.random_streams import sample_stream

Floats = NDArray[np.float64]
Draw = Callable[[np.random.Generator, int, float], tuple[Floats, NDArray[Any]]]

RADIUS = 5.0
REACH = 6.0
VIEW = ((-REACH, REACH), (-REACH, REACH))

HILLS = np.array([[-4, 2.5, 1], [0, 2.5, -1], [4, 2.5, 1], [-4, -2.5, -1], [0, -2.5, 1], [4, -2.5, -1]])
"""The six hills and hollows of ``multi-gauss``: centre x1, centre x2, height."""


def halves(samples: int) -> NDArray[np.int64]:
    """Return labels, class 1 first, as equal in number as `samples` allows."""
    return np.repeat(np.array([1, 0], dtype=np.int64), [samples - samples // 2, samples // 2])


def circle(rng: np.random.Generator, samples: int, noise: float) -> tuple[Floats, NDArray[Any]]:
    """Return a disc (class 1) inside a ring; noise moves the place at which the label is read."""
    inside = halves(samples) == 1
    share = rng.random(samples)
    radius = np.where(inside, share * 0.5, 0.7 + share * 0.3) * RADIUS
    angle = rng.random(samples) * 2 * np.pi
    x = np.column_stack([radius * np.sin(angle), radius * np.cos(angle)])
    seen = x + rng.uniform(-RADIUS, RADIUS, x.shape) * noise
    return x, (np.hypot(seen[:, 0], seen[:, 1]) < RADIUS * 0.5).astype(np.int64)


def gauss(rng: np.random.Generator, samples: int, noise: float) -> tuple[Floats, NDArray[Any]]:
    """Return two round clouds around (2, 2) and (−2, −2) with variance 0.5 … 4 for noise 0 … 0.5."""
    labels = halves(samples)
    centre = np.where(labels == 1, 2.0, -2.0)[:, None]
    return centre + np.sqrt(0.5 + 7.0 * noise) * rng.standard_normal((samples, 2)), labels


def moons(rng: np.random.Generator, samples: int, noise: float) -> tuple[Floats, NDArray[Any]]:
    """Return two half circles that reach into one another; noise has a standard deviation of twice `noise`."""
    labels = halves(samples)
    angle = rng.random(samples) * np.pi
    upper = np.column_stack([np.cos(angle) - 0.5, np.sin(angle) - 0.25])
    x = 3.0 * np.where(labels[:, None] == 0, upper, -upper)
    return x + 2.0 * noise * rng.standard_normal(x.shape), labels


def spiral(rng: np.random.Generator, samples: int, noise: float) -> tuple[Floats, NDArray[Any]]:
    """Return points (samples, 2) on two arms of 1¾ turns, moved by up to ±`noise`, and their arm, 0 or 1."""
    labels = halves(samples)
    along = np.concatenate([np.arange(count) / max(count, 1) for count in np.bincount(labels, minlength=2)[::-1]])
    angle = 1.75 * along * 2 * np.pi + np.where(labels == 1, 0.0, np.pi)
    x = along[:, None] * RADIUS * np.column_stack([np.sin(angle), np.cos(angle)])
    return x + rng.uniform(-1, 1, x.shape) * noise, labels


def plane(rng: np.random.Generator, samples: int, noise: float) -> tuple[Floats, NDArray[Any]]:
    """Return points (samples, 2), and y = (x1 + x2) / 10 at the point moved by up to ±`noise` · `REACH`."""
    x = rng.uniform(-REACH, REACH, (samples, 2))
    seen = x + rng.uniform(-REACH, REACH, x.shape) * noise
    return x, seen.sum(axis=1, keepdims=True) / 10.0


def multi_gauss(rng: np.random.Generator, samples: int, noise: float) -> tuple[Floats, NDArray[Any]]:
    """Return the height over six cones of radius 2, read at a place that noise moves."""
    x = rng.uniform(-REACH, REACH, (samples, 2))
    seen = x + rng.uniform(-REACH, REACH, x.shape) * noise
    away = np.hypot(seen[:, :1] - HILLS[:, 0], seen[:, 1:] - HILLS[:, 1])
    heights = HILLS[:, 2] * np.clip(1.0 - away / 2.0, 0.0, 1.0)
    return x, np.take_along_axis(heights, np.abs(heights).argmax(axis=1)[:, None], axis=1)


def sine(rng: np.random.Generator, samples: int, noise: float) -> tuple[Floats, NDArray[Any]]:
    """Return y = sin(x1) on −6 … 6; noise is the standard deviation of what is added to y."""
    x = rng.uniform(-REACH, REACH, (samples, 1))
    return x, np.sin(x) + noise * rng.standard_normal(x.shape)


def planar(name: str, draw: Draw, options: Mapping[str, Any], seed: int) -> Dataset:
    """Return what one of the functions above draws, under its name in the catalogue."""
    rng = sample_stream(seed)
    x, y = draw(rng, options["samples"], options["noise"])
    order = rng.permutation(len(x))
    classes = y.dtype == np.int64
    return Dataset(
        name=name,
        x=x[order],
        y=y[order],
        task="classification" if classes else "regression",
        feature_names=("x1", "x2")[: x.shape[1]],
        class_names=("0", "1") if classes else (),
        view=VIEW[: x.shape[1]],
    )

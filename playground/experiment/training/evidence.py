"""What can be seen of a network between two steps: activations, copies, inputs, predictions; plain frozen numbers."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from playground.experiment.training.gradient_flow import FlowView
from playground.experiment.training.metrics import Best, Metrics


@dataclass(frozen=True, eq=False)
class LayerEvidence:
    """One layer, the output layer included.

    Attributes
    ----------
    units, distinct
        How many units it has, and how many of them differ in their weights and bias.
    is_zero
        Whether each of its weights is 0.
    activation
        The name of its activation.
    saturated
        The share of its outputs that lie at the ends of their range; None where the range has no ends.
    dead
        How many units give 0 for every row that was looked at; None where that does not stop learning.
    counts, low, high
        How often its outputs fall into equal bins from `low` to `high`.
    """

    units: int
    distinct: int
    is_zero: bool
    activation: str
    saturated: float | None
    dead: int | None
    counts: NDArray[np.intp]
    low: float
    high: float


@dataclass(frozen=True)
class InputEvidence:
    """The inputs as the network gets them, over the rows that are looked at.

    Attributes
    ----------
    largest, smallest
        The root mean square of the input that has the largest, and the smallest that is not always 0.
    name
        Of the input that has the largest.
    """

    largest: float
    smallest: float
    name: str


@dataclass(frozen=True)
class ClassEvidence:
    """One class: how many of the rows belong to it, and how many are taken for it."""

    name: str
    rows: int
    predicted: int


@dataclass(frozen=True)
class TargetEvidence:
    """The numbers that a regression is to learn, against what the output can give.

    Attributes
    ----------
    low, high
        The smallest and the largest target, as the network gets them.
    least, most
        The ends of what the output can give; None where it has none, or for classes.
    outside, lost
        The share of the targets that lie outside of these ends, and of the squared deviations from the mean that no
        output between them can explain.
    """

    low: float
    high: float
    least: float | None
    most: float | None
    outside: float
    lost: float


@dataclass(frozen=True, eq=False)
class Evidence:
    """The state between two steps, in numbers.

    Attributes
    ----------
    step
        Steps made.
    rows
        How many rows were looked at, evenly spaced training rows.
    summed_rows
        The rows whose gradients a step adds up: those of a batch, or 1 where it takes their mean.
    n_inputs, is_image
        How many inputs there are, and whether they are the pixels of an image.
    layers
        Each layer, the first hidden one first and the outputs last.
    flow
        Gradients and updates of the watched steps so far.
    inputs
        The size of the inputs.
    baseline
        The loss of the best answer that is the same for every row.
    targets
        The range of the targets, and how it suits the output.
    classes
        Each class; empty for regression.
    neighbours
        How well a row's nearest other rows tell its target: the share of classes they get right, or of the squared
        deviations that they explain. 1 where a handful of rows do not contradict one another; None for images and where
        there are many inputs.
    train, test, evaluated_at
        The latest evaluation of all rows of each part, which is what the counters show, and the step it belongs to.
    best
        The network at the lowest test loss so far; None without a test part.
    has_ended
        Whether a stop condition has ended the run.
    """

    step: int
    rows: int
    summed_rows: int
    n_inputs: int
    is_image: bool
    layers: tuple[LayerEvidence, ...]
    flow: FlowView
    inputs: InputEvidence
    baseline: float
    targets: TargetEvidence
    classes: tuple[ClassEvidence, ...]
    neighbours: float | None
    train: Metrics | None = None
    test: Metrics | None = None
    evaluated_at: int = 0
    best: Best | None = None
    has_ended: bool = False

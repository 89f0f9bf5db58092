"""Height and weight of people, to classify women and men: the four of a tutorial, and hundreds.

The hundreds are drawn from one bivariate normal distribution for each sex, whose means, standard deviations
and correlations are those of 247 men and 260 women, physically active and mostly in their twenties and
thirties, measured by G. Heinz and L. J. Peterson: G. Heinz, L. J. Peterson, R. W. Johnson and C. J. Kerk,
"Exploring Relationships in Body Dimensions", Journal of Statistics Education 11(2), 2003. No row of their
table is used. (Both sexes together then have the regression that OpenIntro Statistics prints for those 507 people:
weight = 1.0176 kg/cm × height − 105.0 kg, correlation 0.72.)
"""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import numpy as np

from playground.data.dataset import Dataset, OwnName
from playground.data.random_streams import sample_stream
from playground.language import N_

CLASSES = (OwnName(N_("male")), OwnName(N_("female")))
FEATURES = (OwnName(N_("weight")), OwnName(N_("height")))
SOURCE = N_("Drawn from the statistics of 507 people in Heinz, Peterson, Johnson and Kerk (2003).")
TARGET = OwnName(N_("sex"))


@dataclass(frozen=True)
class Build:
    """How the weight (kg) and height (cm) of one sex are distributed."""

    weight: float
    weight_deviation: float
    height: float
    height_deviation: float
    correlation: float


MEN = Build(weight=78.145, weight_deviation=10.513, height=177.745, height_deviation=7.184, correlation=0.535)
WOMEN = Build(weight=60.600, weight_deviation=9.616, height=164.872, height_deviation=6.545, correlation=0.431)


def four_people(options: Mapping[str, Any], seed: int) -> Dataset:  # noqa: ARG001 - every loader takes both
    """Return Alice, Bob, Charlie and Diana: pounds − 135 and inches − 66, in the tutorial's order."""
    return Dataset(
        name="people-4",
        x=np.array([[-2, -1], [25, 6], [17, 4], [-15, -6]], dtype=np.float64),
        y=np.array([1, 0, 0, 1], dtype=np.int64),
        task="classification",
        feature_names=FEATURES,
        target_names=(TARGET,),
        class_names=CLASSES,
        feature_units=("lb − 135", "in − 66"),
        row_names=("Alice", "Bob", "Charlie", "Diana"),
    )


def people(options: Mapping[str, Any], seed: int) -> Dataset:
    """Return heights and weights of as many women as men (one woman more if the number is odd), in random order.

    Option `noise` is an error of measurement: a normal deviation, as a share of each measure's own spread.
    """
    rng = sample_stream(seed)
    samples = options["samples"]
    order = rng.permutation(samples)
    labels = (np.arange(samples) % 2 == 0).astype(np.int64)[order]
    z = rng.standard_normal((samples, 2))
    error = options["noise"] * rng.standard_normal((samples, 2))
    x = np.empty((samples, 2))
    for label, build in enumerate((MEN, WOMEN)):
        rows = labels == label
        tall = z[rows, 0]
        heavy = build.correlation * tall + np.sqrt(1 - build.correlation**2) * z[rows, 1]
        x[rows, 0] = build.weight + build.weight_deviation * (heavy + error[rows, 0])
        x[rows, 1] = build.height + build.height_deviation * (tall + error[rows, 1])
    return Dataset(
        name="people",
        x=x,
        y=labels,
        task="classification",
        feature_names=FEATURES,
        target_names=(TARGET,),
        class_names=CLASSES,
        feature_units=("kg", "cm"),
        source=SOURCE,
    )

"""Classifies a whole part of the data: what is predicted as what, how confidently, and which mistakes are worst."""

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import numpy as np
from numpy.typing import NDArray

from playground.engine.metrics import confidence, confusion_matrix, predicted_classes, threshold_of
from playground.experiment.probes.probe import MOST_ROWS, Part
from playground.experiment.probes.snapshot import Probe

if TYPE_CHECKING:
    from playground.experiment.training.trainer import Trainer

Rows = NDArray[np.intp]
Classes = NDArray[np.int64]


@dataclass(frozen=True, eq=False)
class Classifications:
    """The class predicted for each row, its true one, and how confident that was; all (n,), read-only.

    Attributes
    ----------
    rows
        The numbers of the rows in their part, rising.
    predicted, true
        Classes.
    confidence
        What the network gives the class it chose, 0 to 1.
    classes
        How many classes there are.
    """

    rows: Rows
    predicted: Classes
    true: Classes
    confidence: NDArray[Any]
    classes: int

    def __len__(self) -> int:
        return len(self.rows)

    @property
    def mistakes(self) -> Rows:
        """The places of the rows that were predicted wrongly, the most confident first."""
        return self._most_confident_first(self.predicted != self.true)

    def pair(self, true: int, predicted: int) -> Rows:
        """Return the places of the rows of class `true` predicted as `predicted`, the most confident first."""
        return self._most_confident_first((self.true == true) & (self.predicted == predicted))

    def confusion(self) -> Classes:
        """Return how often each true class (row) was predicted as each class (column)."""
        return confusion_matrix(self.predicted, self.true, self.classes)

    def accuracies(self) -> NDArray[np.float64]:
        """Return the share of the rows of each class that was predicted as it, (classes,); NaN where there are none."""
        matrix = self.confusion()
        with np.errstate(invalid="ignore"):
            return np.asarray(matrix.diagonal() / matrix.sum(axis=1))

    def _most_confident_first(self, chosen: NDArray[np.bool_]) -> Rows:
        """Return the chosen places by their confidence; equal ones stay in the data's order."""
        places = np.flatnonzero(chosen)
        return places[np.argsort(-self.confidence[places], kind="stable")]


@dataclass(frozen=True, eq=False)
class ClassificationResult:
    """What the network gives for the rows of a part, and what that means.

    Attributes
    ----------
    rows
        The numbers of the rows in their part, rising: all of them, or `MOST_ROWS` evenly spaced ones.
    total
        How many rows the part has.
    outputs
        (n, n_out), read-only.
    classifications
        None where the targets are numbers, not classes.
    """

    rows: Rows
    total: int
    outputs: NDArray[Any]
    classifications: Classifications | None


@dataclass(frozen=True)
class ClassificationProbe(Probe[ClassificationResult | None]):
    """The outputs for all rows of a part, or for `MOST_ROWS` of them that are spaced evenly; None without the part."""

    part: Part = "test"

    def compute(self, trainer: "Trainer") -> ClassificationResult | None:
        """Return outputs and classifications; the cost is one forward pass."""
        data = trainer.data
        x, labels = (data.x_train, data.labels_train) if self.part == "train" else (data.x_test, data.labels_test)
        if x is None:
            return None
        total = len(x)
        rows = classified_rows(total)
        with np.errstate(all="ignore"):
            outputs = trainer.network.predict(x if len(rows) == total else x[rows])
        classifications = None
        if labels is not None:
            output_name = trainer.network.output
            found = predicted_classes(outputs, threshold_of(output_name))
            true = labels if len(rows) == total else labels[rows]
            sure = confidence(outputs, output_name)
            classifications = Classifications(rows, found, true.copy(), sure, len(data.dataset.class_names))
            for array in (found, classifications.true, sure):
                array.setflags(write=False)
        outputs.setflags(write=False)
        rows.setflags(write=False)
        return ClassificationResult(rows, total, outputs, classifications)


def classified_rows(total: int) -> Rows:
    """Return which of `total` rows are classified."""
    if total <= MOST_ROWS:
        return np.arange(total)
    return np.linspace(0, total - 1, MOST_ROWS).astype(np.intp)

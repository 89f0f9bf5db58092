"""Judges a whole part of the data: what is taken for what, how surely, and which mistakes are the surest."""

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
    """The class that each row was taken for, its true one, and how sure that was; all (n,), read-only.

    Attributes
    ----------
    rows
        The numbers of the rows in their part, rising.
    predicted, true
        Classes.
    sure
        What the network gives the class it chose, 0 to 1.
    classes
        How many classes there are.
    """

    rows: Rows
    predicted: Classes
    true: Classes
    sure: NDArray[Any]
    classes: int

    def __len__(self) -> int:
        return len(self.rows)

    @property
    def mistakes(self) -> Rows:
        """The places of the rows that were taken for a wrong class, the surest first."""
        return self._surest_first(self.predicted != self.true)

    def pair(self, true: int, predicted: int) -> Rows:
        """Return the places of the rows of class `true` that were taken for `predicted`, the surest first."""
        return self._surest_first((self.true == true) & (self.predicted == predicted))

    def confusion(self) -> Classes:
        """Return how often each true class (row) was taken for each class (column)."""
        return confusion_matrix(self.predicted, self.true, self.classes)

    def accuracies(self) -> NDArray[np.float64]:
        """Return the share of the rows of each class that was taken for it, (classes,); NaN where there are none."""
        matrix = self.confusion()
        with np.errstate(invalid="ignore"):
            return np.asarray(matrix.diagonal() / matrix.sum(axis=1))

    def _surest_first(self, chosen: NDArray[np.bool_]) -> Rows:
        """Return the chosen places by how sure they are; equally sure ones stay in the data's order."""
        places = np.flatnonzero(chosen)
        return places[np.argsort(-self.sure[places], kind="stable")]


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
    verdicts
        None where the targets are numbers, not classes.
    """

    rows: Rows
    total: int
    outputs: NDArray[Any]
    verdicts: Classifications | None


@dataclass(frozen=True)
class ClassificationProbe(Probe[ClassificationResult | None]):
    """The outputs for all rows of a part, or for `MOST_ROWS` of them that are spaced evenly; None without the part."""

    part: Part = "test"

    def compute(self, trainer: "Trainer") -> ClassificationResult | None:
        """Return outputs and verdicts; the cost is one forward pass."""
        data = trainer.data
        x, labels = (data.x_train, data.labels_train) if self.part == "train" else (data.x_test, data.labels_test)
        if x is None:
            return None
        total = len(x)
        rows = judged_rows(total)
        with np.errstate(all="ignore"):
            outputs = trainer.network.predict(x if len(rows) == total else x[rows])
        verdicts = None
        if labels is not None:
            output_name = trainer.network.output
            found = predicted_classes(outputs, threshold_of(output_name))
            true = labels if len(rows) == total else labels[rows]
            sure = confidence(outputs, output_name)
            verdicts = Classifications(rows, found, true.copy(), sure, len(data.dataset.class_names))
            for array in (found, verdicts.true, sure):
                array.setflags(write=False)
        outputs.setflags(write=False)
        rows.setflags(write=False)
        return ClassificationResult(rows, total, outputs, verdicts)


def judged_rows(total: int) -> Rows:
    """Return which of `total` rows are judged."""
    if total <= MOST_ROWS:
        return np.arange(total)
    return np.linspace(0, total - 1, MOST_ROWS).astype(np.intp)

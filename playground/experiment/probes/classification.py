"""Classification of a whole part of the data: predicted classes, confidence, confusion matrix, surest mistakes."""

from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from playground.data.preparation import evenly_spaced
from playground.engine.metrics import confidence, confusion_matrix, predicted_classes
from playground.experiment.probes.probe import MOST_ROWS, Part
from playground.experiment.probes.snapshot import Probe
from playground.experiment.training.history import read_only
from playground.experiment.training.trainer import Trainer

Rows = NDArray[np.intp]
Classes = NDArray[np.int64]


@dataclass(frozen=True, eq=False)
class Classifications:
    """The predicted class of each row, its true one, and the confidence of the prediction; all (n,), read-only.

    Attributes
    ----------
    rows
        The numbers of the rows in their part, rising.
    predicted, true
        Classes.
    confidence
        The network's confidence in the predicted class, 0 to 1.
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
        """The indices of the rows with a wrong class, the surest first."""
        return self._most_confident_first(self.predicted != self.true)

    def pair(self, true: int, predicted: int) -> Rows:
        """Return the indices of the rows of class `true` predicted as `predicted`, the surest first."""
        return self._most_confident_first((self.true == true) & (self.predicted == predicted))

    def confusion(self) -> Classes:
        """Return the counts by true class (row) and predicted class (column), (classes, classes)."""
        return confusion_matrix(self.predicted, self.true, self.classes)

    def accuracies(self) -> NDArray[np.float64]:
        """Return the recall of each class, (classes,); NaN for a class without rows."""
        matrix = self.confusion()
        with np.errstate(invalid="ignore"):
            return np.asarray(matrix.diagonal() / matrix.sum(axis=1))

    def _most_confident_first(self, chosen: NDArray[np.bool_]) -> Rows:
        """Return the indices of the chosen rows by confidence; equals stay in the data's order."""
        places = np.flatnonzero(chosen)
        return places[np.argsort(-self.confidence[places], kind="stable")]


@dataclass(frozen=True, eq=False)
class ClassificationResult:
    """The outputs for the rows of a part, and the classes that they mean.

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

    def compute(self, trainer: Trainer) -> ClassificationResult | None:
        """Return outputs and predicted classes; the cost is one forward pass."""
        data = trainer.data
        x, labels = (data.x_train, data.labels_train) if self.part == "train" else (data.x_test, data.labels_test)
        if x is None:
            return None
        total = len(x)
        rows = read_only(evenly_spaced(total, MOST_ROWS))
        with np.errstate(all="ignore"):
            outputs = read_only(trainer.network.predict(x if len(rows) == total else x[rows]))
        classifications = None
        if labels is not None:
            output_name = trainer.network.output
            found = read_only(predicted_classes(outputs, output_name))
            sure = read_only(confidence(outputs, output_name))
            classifications = Classifications(rows, found, read_only(labels[rows]), sure, len(data.dataset.class_names))
        return ClassificationResult(rows, total, outputs, classifications)

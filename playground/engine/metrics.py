"""How good outputs are, for classification: accuracy and the confusion matrix."""

from typing import Any

import numpy as np
from numpy.typing import ArrayLike, NDArray

Classes = NDArray[np.int64]


def predicted_classes(outputs: ArrayLike, output_name: str) -> Classes:
    """Return the class of each row of `outputs` (n, n_out) of a network with this output activation.

    With several outputs it is the index of the largest; with one, whether it is above the middle of its range: 0 for
    tanh, else ½.
    """
    outputs = np.asarray(outputs)
    if outputs.shape[1] == 1:
        return (outputs[:, 0] > (0.0 if output_name == "tanh" else 0.5)).astype(np.int64)
    largest: Classes = outputs.argmax(axis=1)
    return largest


def confidence(outputs: ArrayLike, output_name: str) -> NDArray[Any]:
    """Return how sure the network is of the class it chose in each row, (n,) from 0 to 1, for outputs (n, n_out).

    With several outputs that is the largest of them, with one the larger of its share and the rest; what is not a
    share is cut at 0 and 1. `output_name` is the output activation.
    """
    outputs = np.asarray(outputs)
    if outputs.shape[1] > 1:
        return np.asarray(outputs.max(axis=1).clip(0.0, 1.0))
    share = (outputs[:, 0] + 1) / 2 if output_name == "tanh" else outputs[:, 0]
    return np.asarray(np.maximum(share, 1 - share).clip(0.0, 1.0))


def accuracy(outputs: ArrayLike, labels: ArrayLike, output_name: str) -> float:
    """Return the share of rows whose class is right, of outputs (n, n_out) and true classes (n,).

    Raises
    ------
    ValueError
        Where there are not as many labels as rows.
    """
    labels, predicted = np.asarray(labels), predicted_classes(outputs, output_name)
    if labels.shape != predicted.shape:
        raise ValueError(f"there are labels of shape {labels.shape} for {len(predicted)} rows")
    return float(np.mean(predicted == labels))


def confusion_matrix(predicted: ArrayLike, labels: ArrayLike, classes: int) -> Classes:
    """Return how often each true class (row) was predicted as each class (column), (classes, classes).

    `predicted` and `labels` are (n,), numbers from 0 to classes − 1.
    """
    pairs = np.asarray(labels, np.int64) * classes + np.asarray(predicted, np.int64)
    return np.bincount(pairs, minlength=classes * classes).reshape(classes, classes)

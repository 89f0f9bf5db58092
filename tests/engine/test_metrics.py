"""Classes, accuracy and confusion of outputs."""

import numpy as np
import pytest

from playground.engine.metrics import accuracy, confusion_matrix, predicted_classes


def test_classes_accuracy_and_confusion():
    outputs = np.array([[0.2, 0.7, 0.1], [0.5, 0.3, 0.2], [0.1, 0.2, 0.7], [0.4, 0.5, 0.1]])
    labels = [1, 0, 1, 1]
    predicted = predicted_classes(outputs, "softmax")
    assert predicted.tolist() == [1, 0, 2, 1]
    assert accuracy(outputs, labels, "softmax") == 0.75
    np.testing.assert_array_equal(confusion_matrix(predicted, labels, 3), [[1, 0, 0], [0, 2, 1], [0, 0, 0]])


@pytest.mark.parametrize(("output", "share"), [("sigmoid", 1.0), ("linear", 1.0), ("tanh", 2 / 3)])
def test_a_single_output_is_cut_in_the_middle_of_its_range(output, share):
    assert accuracy([[0.2], [0.6], [-0.5]], [0, 1, 0], output) == pytest.approx(share)
    with pytest.raises(ValueError, match="labels of shape"):  # rather than broadcast
        accuracy([[0.2], [0.6]], [[0], [1]], output)

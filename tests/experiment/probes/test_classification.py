import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from playground.data.preparation import evenly_spaced
from playground.experiment.config.presets import PRESETS
from playground.experiment.probes import classification
from playground.experiment.probes.classification import ClassificationProbe, Classifications
from playground.experiment.probes.probe import MOST_ROWS
from playground.experiment.training.trainer import Trainer


def classifications(predicted, true, sure, classes=3):
    rows = np.arange(len(predicted))
    return Classifications(rows, np.array(predicted), np.array(true), np.array(sure), classes)


EXAMPLE = classifications([0, 1, 2, 1, 0, 1], [0, 0, 2, 2, 1, 2], [0.5, 0.6, 0.9, 0.7, 0.8, 0.9])


def test_mistakes_are_those_that_are_wrong_the_surest_first():
    assert EXAMPLE.mistakes.tolist() == [5, 4, 3, 1]


def test_a_pair_of_classes_opens_its_rows():
    assert EXAMPLE.pair(2, 1).tolist() == [5, 3]
    assert EXAMPLE.pair(2, 2).tolist() == [2]
    assert EXAMPLE.pair(1, 1).tolist() == []


def test_the_confusion_and_the_accuracy_of_each_class_by_hand():
    assert EXAMPLE.confusion().tolist() == [[1, 1, 0], [1, 0, 0], [0, 2, 1]]
    np.testing.assert_allclose(EXAMPLE.accuracies(), [1 / 2, 0, 1 / 3])
    assert np.isnan(classifications([0, 0], [0, 1], [1.0, 1.0]).accuracies()[2])  # a class without rows


@given(st.lists(st.tuples(st.integers(0, 3), st.integers(0, 3), st.floats(0, 1)), min_size=1, max_size=60))
def test_every_row_is_in_the_pair_of_its_classes_and_mistakes_are_the_rest_of_the_diagonal(rows):
    result = classifications(*zip(*rows, strict=True), classes=4)
    pairs = {(t, p): result.pair(t, p).tolist() for t in range(4) for p in range(4)}
    assert sorted(place for places in pairs.values() for place in places) == list(range(len(rows)))
    assert {key: len(places) for key, places in pairs.items()} == {
        (t, p): result.confusion()[t, p] for t in range(4) for p in range(4)
    }
    assert len(result.mistakes) == len(rows) - sum(len(pairs[k, k]) for k in range(4))
    assert (np.diff(result.confidence[result.mistakes]) <= 0).all()


def test_the_judgement_is_what_the_network_says_and_agrees_with_the_accuracy():
    trainer = Trainer(PRESETS["digits"].config)
    trainer.run(60)
    result = ClassificationProbe("test").compute(trainer)
    _train, test = trainer.evaluate()
    assert len(result.rows) == result.total == len(trainer.data.x_test)
    np.testing.assert_array_equal(result.outputs, trainer.network.predict(trainer.data.x_test))
    right = 1 - len(result.classifications.mistakes) / result.total
    assert right == pytest.approx(test.accuracy)
    np.testing.assert_array_equal(result.classifications.confidence, result.outputs.max(axis=1))
    judged = result.classifications
    parts = (result.rows, result.outputs, judged.predicted, judged.true, judged.confidence)
    assert not any(array.flags.writeable for array in parts)
    assert not np.shares_memory(judged.true, trainer.data.labels_test)


def test_a_single_output_is_as_sure_of_the_first_class_as_it_is_unsure_of_the_second():
    trainer = Trainer(PRESETS["and-gate"].config)
    result = ClassificationProbe("train").compute(trainer)
    output = result.outputs[:, 0]
    np.testing.assert_allclose(result.classifications.confidence, np.maximum(output, 1 - output))
    assert ClassificationProbe("test").compute(trainer) is None


def test_numbers_are_not_classified():
    result = ClassificationProbe("train").compute(Trainer(PRESETS["sine-curve"].config))
    assert result.classifications is None
    assert len(result.outputs) == result.total


def test_more_rows_than_are_result_are_spaced_evenly(monkeypatch):
    trainer = Trainer(PRESETS["digits"].config)
    monkeypatch.setattr(classification, "MOST_ROWS", 100)
    result = ClassificationProbe("train").compute(trainer)
    assert len(result.rows) == len(result.outputs) == len(result.classifications) == 100
    assert (result.rows[0], result.rows[-1]) == (0, result.total - 1)
    np.testing.assert_array_equal(result.classifications.true, trainer.data.labels_train[result.rows])
    assert (np.diff(evenly_spaced(12_345, MOST_ROWS)) > 0).all()

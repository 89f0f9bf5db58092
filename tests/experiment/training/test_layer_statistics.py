import itertools

import numpy as np
import pytest

from playground.experiment.config import edits
from playground.experiment.config.presets import PRESETS
from playground.experiment.config.schema import from_builtins
from playground.experiment.probes.probe import RunEvidence
from playground.experiment.training.layer_statistics import BINS, FEWEST_ROWS, MOST_ROWS, distinct_units, histogram
from playground.experiment.training.trainer import Trainer


def look_at(config, steps=0):
    trainer = Trainer(config)
    trainer.run(steps)
    return trainer, RunEvidence().compute(trainer)


@pytest.mark.parametrize("name", ["and-gate", "spiral", "digits", "sine-curve", "worked-example"])
def test_every_output_of_every_row_is_counted(name):
    trainer, seen = look_at(PRESETS[name].config, 50)
    assert seen.step == 50
    assert seen.rows == min(len(trainer.data.x_train), MOST_ROWS)
    for layer, units in zip(seen.layers, trainer.network.sizes[1:], strict=True):
        assert layer.units == units
        assert layer.counts.shape == (BINS,)
        assert layer.counts.sum() == units * seen.rows


def test_what_is_seen_is_what_the_network_gives_out():
    trainer, seen = look_at(edits.change(PRESETS["spiral"].config, "network.activation", "tanh"), 200)
    outputs = trainer.network.activations_of(trainer.data.x_train)
    for layer, values in zip(seen.layers[:2], outputs[1:3], strict=True):
        assert layer.saturated == pytest.approx(np.mean(np.abs(values) > 0.98))
    labels = trainer.data.labels_train
    assert [one.rows for one in seen.classes] == np.bincount(labels).tolist()
    assert [one.predicted for one in seen.classes] == np.bincount((outputs[-1][:, 0] > 0.5).astype(int)).tolist()


def test_looking_changes_nothing():
    plain, watched = Trainer(PRESETS["digits"].config), Trainer(PRESETS["digits"].config)
    for _ in range(5):
        plain.run(20)
        watched.run(20)
        RunEvidence().compute(watched)
    np.testing.assert_array_equal(plain.network.parameters, watched.network.parameters)


def test_the_baseline_is_the_best_constant_answer():
    assert look_at(PRESETS["circle"].config)[1].baseline == pytest.approx(np.log(2), abs=0.02)
    assert look_at(PRESETS["and-gate"].config)[1].baseline == pytest.approx(0.5 * 0.25 * 0.75)
    assert look_at(PRESETS["digits"].config)[1].baseline == pytest.approx(np.log(10), abs=0.02)


def test_a_wide_network_is_looked_at_on_fewer_rows(monkeypatch):
    monkeypatch.setattr("playground.experiment.training.layer_statistics.MOST_PRODUCTS", 10_000)
    assert look_at(PRESETS["digits"].config)[1].rows == FEWEST_ROWS


def test_inputs_are_measured_as_the_network_gets_them():
    config = from_builtins({"data": {"name": "rows", "x": [[0, 300], [0, 400]], "y": [[0], [1]]}})
    inputs = look_at(config)[1].inputs
    assert inputs.largest == inputs.smallest == pytest.approx(np.sqrt(125_000))
    assert inputs.name == "x2"


def test_a_histogram_leaves_out_what_is_no_number():
    counts, low, high = histogram(np.array([[np.nan, 1.0, 3.0, np.inf]]), None)
    assert (counts.sum(), low, high) == (2, 1.0, 3.0)
    assert histogram(np.zeros((1, 3)), None)[1:] == (-0.5, 0.5)


def test_units_are_told_apart_by_their_weights_and_their_bias():
    weights = np.array([[1.0, 1.0, 1.0 + 1e-9], [2.0, 2.0, 2.0]])
    assert distinct_units(weights, np.zeros(3)) == 1
    assert distinct_units(weights, np.array([0.0, 0.5, 0.0])) == 2
    assert distinct_units(np.zeros((2, 5)), np.zeros(5)) == 1


def test_copies_are_found_among_a_thousand_units():
    drawn = np.random.default_rng(1).normal(size=(20, 1_000)).astype(np.float32)
    assert distinct_units(drawn, np.zeros(1_000, np.float32)) == 1_000
    drawn[:, 900:] = drawn[:, :100]
    assert distinct_units(drawn, np.zeros(1_000, np.float32)) == 900


@pytest.mark.parametrize(
    "values",
    [
        [1e16, 1e16, 1e16],
        [1.7e308, 1.7e308],
        [-1.7e308, 1.7e308, 0.0],
        [5e-324, 0.0, 1e-323],
        [1e-40, 2e-40],
        [np.nan, np.nan],
        [np.inf, -np.inf, np.nan, 9e15, 9e15 + 2],
        [-0.0, 0.0],
        [],
    ],
)
@pytest.mark.filterwarnings("ignore::RuntimeWarning")  # 1.7e308 is infinite in float32, which is the point
def test_a_histogram_is_proof_against_every_number(values):
    for ends, kind in itertools.product([None, (0.0, 1.0), (-1.0, 1.0)], [np.float32, np.float64]):
        numbers = np.array([values], dtype=np.float64).astype(kind)
        counts, low, high = histogram(numbers, ends)
        assert counts.sum() == np.isfinite(numbers).sum()
        assert len(counts) == BINS
        assert (counts >= 0).all()
        assert low < high
        assert np.isfinite([low, high]).all()

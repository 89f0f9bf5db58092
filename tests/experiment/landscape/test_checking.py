"""The sampled gradient check: its entries against an independent computation, its bounds, the rule of the run."""

import numpy as np
import pytest

from playground.engine.gradients import loss_gradient
from playground.engine.network import Network
from playground.experiment.config import edits
from playground.experiment.config.presets import PRESETS
from playground.experiment.landscape.around import Batch
from playground.experiment.landscape.checking import MOST_SIDE, CheckProbe, check_sample
from playground.experiment.landscape.faults import FAULTS, gradient
from playground.experiment.training.trainer import Trainer


def complex_step(weights: list[np.ndarray], biases: list[np.ndarray], x: np.ndarray, t: np.ndarray) -> list[np.ndarray]:
    """Return the gradient blocks of a tanh network with half the squared error, by complex steps: no difference."""

    def loss(blocks: list[np.ndarray]) -> complex:
        a = x.astype(complex)
        for block in blocks:
            a = np.tanh(a @ block[:-1] + block[-1])
        return complex(0.5 * np.square(a - t).sum() / len(x))

    blocks = [np.vstack([w, b]).astype(complex) for w, b in zip(weights, biases, strict=True)]
    found = [np.zeros(block.shape) for block in blocks]
    for block, slopes in zip(blocks, found, strict=True):
        for place in np.ndindex(block.shape):
            block[place] += 1e-30j
            slopes[place] = loss(blocks).imag / 1e-30
            block[place] -= 1e-30j
    return found


@pytest.mark.parametrize("seed", range(2))
def test_the_entries_agree_with_an_independent_computation(seed: int) -> None:
    rng = np.random.default_rng(seed)
    network = Network((3, 5, 4), "tanh", "tanh")
    network.restore(rng.normal(size=network.parameters.size))
    x, t = rng.normal(size=(6, 3)), rng.normal(size=(6, 4))
    found = check_sample(network, Batch(x, t, 6), "squared", gradient(network, x, t, "squared"), 0.1)
    exact = complex_step(network.weights, network.biases, x, t)
    assert found.passes
    for layer, block in zip(found.layers, exact, strict=True):
        assert layer.total == block.size == layer.backprop.size
        assert np.abs(layer.backprop - block).max() < 1e-9
        assert np.abs(layer.numerical - block).max() < 1e-7  # h² f''' / 6 at h = 1e-4


@pytest.mark.parametrize("reduction", ["mean", "sum"])
@pytest.mark.parametrize("update", ["together", "layerwise"])
def test_the_gradient_is_reduced_as_training_does_it(reduction: str, update: str) -> None:
    config = edits.change(PRESETS["xor-gate"].config, "training.reduction", reduction)
    trainer = Trainer(edits.change(config, "training.update", update))
    trainer.run(10)
    found, network = CheckProbe().compute(trainer), trainer.network
    assert (found.reduction, found.rows, found.whole) == (reduction, 4, 4)
    data, loss = trainer.data, trainer.config.training.loss
    exact = network.blocks_of(loss_gradient(network, data.x_train, data.t_train, loss, reduction))
    assert np.abs(found.layers[-1].backprop - exact[-1]).max() < 1e-9
    for layer, block in zip(found.layers, exact, strict=True):
        assert np.abs(layer.numerical - block).max() < 1e-7
    assert found.fault == (None if update == "together" else "early-update")
    faulty = {fault: CheckProbe(fault).compute(trainer).fault for fault in FAULTS if fault != "batch-softmax"}
    assert faulty == {fault: fault for fault in faulty}


def test_of_a_large_layer_the_largest_gradients_are_checked() -> None:
    trainer = Trainer(PRESETS["digits"].config)
    found = CheckProbe().compute(trainer)
    first = found.layers[0]
    assert found.passes
    assert len(first.inputs) == len(first.units) == MOST_SIDE
    assert first.backprop.shape == (MOST_SIDE + 1, MOST_SIDE)
    assert first.total == 65 * 32
    assert first.backprop.any(axis=1).all()  # no pixel that is always 0


@pytest.mark.parametrize(("update", "fault"), [("together", None), ("layerwise", "early-update")])
def test_the_gradient_of_training_is_early_where_its_update_is(update: str, fault: str | None) -> None:
    trainer = Trainer(edits.change(PRESETS["and-gate"].config, "training.update", update))
    trainer.run(20)
    before = trainer.network.copy_parameters()
    found = CheckProbe().compute(trainer)
    assert found.fault == fault
    assert found.passes is (fault is None)
    assert (trainer.network.parameters == before).all()


def test_where_units_stand_on_a_corner_their_activation_is_named_but_a_fault_is_named_first() -> None:
    config = edits.change(edits.set_hidden(PRESETS["xor-gate"].config, (4, 4)), "network.activation", "leaky-relu")
    trainer = Trainer(edits.change(config, "seed", 1))
    found = CheckProbe().compute(trainer)
    assert not found.agrees
    assert (found.fault, found.corner) == (None, "leaky-relu")
    faulty = CheckProbe("missing-derivative").compute(trainer)
    assert (faulty.fault, faulty.corner) == ("missing-derivative", None)


@pytest.mark.parametrize("fault", FAULTS)
def test_a_fault_is_named_on_the_network_of_a_run(fault: str) -> None:
    trainer = Trainer(PRESETS["digits"].config)
    trainer.run(30)
    found = CheckProbe(fault).compute(trainer)
    assert found.fault == fault
    layer, row, column = found.worst
    assert found.layers[layer].error[row, column] == found.error > 1e-4


@pytest.mark.parametrize("bias", ["layer", "none", "fixed"])
def test_only_biases_that_are_trained_are_checked(bias: str) -> None:
    config = edits.change(PRESETS["xor-gate"].config, "network.bias", bias)
    found = CheckProbe().compute(Trainer(edits.change(config, "training.update", "together")))
    assert found.passes
    assert all(layer.has_bias is (bias == "layer") for layer in found.layers)

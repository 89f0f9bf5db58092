"""Faults of a backward pass: each is another gradient, and is recognised; a right gradient is not."""

from itertools import pairwise, product

import numpy as np
import pytest

from playground.engine.gradients import loss_gradient
from playground.engine.network import Network
from playground.experiment.landscape.around import Batch
from playground.experiment.landscape.checking import check_sample
from playground.experiment.landscape.faults import FAULTS, gradient, recognise

RATE = 0.5
SEEDS = range(6)
Case = tuple[Network, np.ndarray, np.ndarray, str]


def random_case(seed: int) -> Case:
    """Return a random network with a softmax output, and a few samples."""
    rng = np.random.default_rng(seed)
    hidden = rng.integers(2, 7, rng.integers(1, 4)).tolist()
    sizes = (int(rng.integers(2, 6)), *hidden, int(rng.integers(2, 5)))
    names = ("sigmoid", "tanh", "softplus", "swish", "elu")
    network = Network(sizes, [names[k] for k in rng.integers(0, len(names), len(hidden))], "softmax")
    network.restore(rng.normal(0, 0.8, network.parameters.size))
    x = rng.normal(size=(6, sizes[0]))
    t = np.eye(sizes[-1])[rng.integers(0, sizes[-1], 6)]
    return network, x, t, "cross-entropy"


def checked(case: Case, flat: np.ndarray):
    network, x, t, loss = case
    return check_sample(network, Batch(x, t, len(x)), loss, flat, RATE)


@pytest.mark.parametrize("fault", FAULTS)
def test_each_fault_is_found_and_named_on_random_networks(fault: str) -> None:
    for seed in SEEDS:
        case = random_case(seed)
        found = checked(case, gradient(*case, (fault,), RATE))
        assert not found.passes, seed
        assert found.fault == fault, seed


@pytest.mark.parametrize("fault", ["early-update", "missing-derivative"])
@pytest.mark.parametrize("activation", ["relu", "leaky-relu", "elu"])
@pytest.mark.parametrize("seed", [11, 37])
def test_a_fault_is_found_and_a_right_gradient_passes_where_a_row_stands_on_a_corner(
    seed: int, activation: str, fault: str
) -> None:
    network = Network((2, 4, 1), activation, "sigmoid")
    network.initialize([("xavier", {})] * 2, np.random.default_rng(seed))
    x, t = np.array([[0.0, 0.0], [0.0, 1.0], [1.0, 0.0], [1.0, 1.0]]), np.array([[0.0], [1.0], [1.0], [0.0]])
    case = network, x, t, "squared"
    assert checked(case, gradient(*case)).passes
    assert not checked(case, gradient(*case, (fault,), RATE)).passes


def test_no_fault_is_found_on_sound_networks() -> None:
    for seed in SEEDS:
        case = random_case(seed)
        found = checked(case, loss_gradient(*case))
        assert found.passes, seed
        assert found.fault is None


@pytest.mark.parametrize("output", ["softmax", "sigmoid", "tanh", "linear"])
def test_without_a_fault_it_is_the_gradient_of_the_engine(output: str) -> None:
    for loss, bias in product(["squared", "mse"], ["unit", "layer", "none", "fixed"]):
        network = Network((3, 4, 3), "tanh", output, bias)
        rng = np.random.default_rng(7)
        network.restore(rng.normal(size=network.parameters.size))
        x, t = rng.normal(size=(5, 3)), np.eye(3)[[0, 1, 2, 0, 1]]
        found = gradient(network, x, t, loss)
        expected = loss_gradient(network, x, t, loss)
        for mine, theirs in zip(network.blocks_of(found), network.blocks_of(expected), strict=True):
            assert mine[:-1].ravel().tolist() == pytest.approx(theirs[:-1].ravel().tolist(), abs=1e-12)
            if bias in ("unit", "layer"):
                assert mine[-1].tolist() == pytest.approx(theirs[-1].tolist(), abs=1e-12)


def test_the_early_update_changes_only_the_layers_below_the_last() -> None:
    network, x, t, loss = random_case(3)
    right, wrong = gradient(network, x, t, loss), gradient(network, x, t, loss, ["early-update"], RATE)
    differ = [bool((a != b).any()) for a, b in zip(network.blocks_of(right), network.blocks_of(wrong), strict=True)]
    assert differ == [True] * (len(list(pairwise(network.sizes))) - 1) + [False]


def test_a_fault_that_nobody_knows_has_no_name() -> None:
    network, x, t, loss = random_case(5)
    doubled = 2 * gradient(network, x, t, loss)
    assert recognise(network, x, t, loss, doubled, RATE) is None
    assert not checked((network, x, t, loss), doubled).passes

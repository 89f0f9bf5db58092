"""The cost meter: counts against a count of the products themselves, and the two numerical ways against each other."""

from collections.abc import Callable
from functools import partial
from itertools import accumulate, chain, pairwise, repeat

import numpy as np
import pytest

from playground.engine.gradients import loss_gradient
from playground.engine.network import Network
from playground.experiment.config.presets import PRESETS
from playground.experiment.config.schema import GRADIENTS
from playground.experiment.landscape import costs
from playground.experiment.landscape.around import Batch, batch_of
from playground.experiment.landscape.costs import CostProbe, backprop_seconds, costs_of, numerical_seconds
from playground.experiment.training.trainer import Trainer
from tests.engine.networks import numerical_loss_gradient

SIZES, ROWS = (784, 50, 10), 100


def test_the_counts_of_the_articles_network() -> None:
    found = costs_of(SIZES, ROWS)
    assert [found[method].losses for method in GRADIENTS] == [1, 79_520, 79_520]
    forward = 100 * (784 * 50 + 50 * 10)
    assert found["numerical-naive"].multiplications == 79_520 * forward
    assert found["backprop"].multiplications == 2 * forward + 100 * 50 * 10
    assert found["numerical-naive"].multiplications > 50 * found["numerical"].multiplications


@pytest.mark.parametrize("sizes", [(3, 2), (2, 4, 1), (5, 4, 3, 2)])
def test_the_clever_way_is_counted_product_by_product(sizes: tuple[int, ...]) -> None:
    rows, layers = 7, list(pairwise(sizes))
    count = sum(rows * n_in * n_out for n_in, n_out in layers)  # once forward, for what stays the same
    for k, (n_in, n_out) in enumerate(layers):
        for _parameter in range((n_in + 1) * n_out):
            for _side in range(2):
                count += rows  # h times what comes in
                if k + 1 < len(layers):
                    count += rows * layers[k + 1][1]  # the change of one unit, to all units above
                    count += sum(rows * a * b for a, b in layers[k + 2 :])
    assert costs_of(sizes, rows)["numerical"].multiplications == count


def test_the_clever_way_gives_the_whole_gradient_of_the_articles_network() -> None:
    rng = np.random.default_rng(3)
    network = Network(SIZES, "sigmoid", "softmax")
    network.restore(rng.normal(0, 0.1, network.parameters.size))
    x, t = rng.random((1, 784)), np.eye(10)[[3]]
    clever = numerical_loss_gradient(network, x, t, "cross-entropy")
    backprop = loss_gradient(network, x, t, "cross-entropy")
    assert np.abs(backprop).max() > 0.1
    assert np.abs(clever - backprop).max() < 1e-6


@pytest.mark.parametrize("name", ["and-gate", "digits"])
def test_the_meter_measures_each_way_and_leaves_the_run_as_it_is(name: str) -> None:
    trainer = Trainer(PRESETS[name].config)
    trainer.run(10)
    before = trainer.network.copy_parameters()
    found = CostProbe().compute(trainer)
    assert (trainer.network.parameters == before).all()
    assert all(found.seconds[method] > 0 for method in GRADIENTS)
    assert found.costs == costs_of(trainer.network.sizes, len(trainer.step_loop.next_rows()))
    assert (found.steps, found.spent) == (10, trainer.training_seconds)


@pytest.mark.parametrize(
    "way", [backprop_seconds, partial(numerical_seconds, naive=False), partial(numerical_seconds, naive=True)]
)
def test_what_holds_up_the_first_trial_does_not_count(
    way: Callable[[Network, Batch, str], float], monkeypatch: pytest.MonkeyPatch
) -> None:
    trainer = Trainer(PRESETS["and-gate"].config)
    ticks = chain([0.0], repeat(0.01, 7), repeat(1e-6))
    times = accumulate(ticks)
    monkeypatch.setattr(costs, "perf_counter", lambda: next(times))
    assert 0 < way(trainer.network, batch_of(trainer), trainer.config.training.loss) < 1e-3

import numpy as np
import pytest

from playground.experiment.config import edits
from playground.experiment.config.presets import PRESETS
from playground.experiment.training.gradient_flow import FARTHEST, MOST, Flow
from playground.experiment.training.trainer import Trainer


@pytest.mark.parametrize("name", ["and-gate", "spiral", "simple-net"])
def test_a_watched_step_is_measured_as_it_was_made(name):
    trainer = Trainer(PRESETS[name].config)
    before = trainer.network.copy_parameters()
    trainer.run(1)
    change = trainer.network.parameters - before
    view = trainer.flow.view()
    assert view.steps.tolist() == [1]
    for k, (new, old) in enumerate(
        zip(trainer.network.blocks_of(change), trainer.network.blocks_of(before), strict=True)
    ):
        assert view.update[0, k] == pytest.approx(np.linalg.norm(new[:-1]))
        assert view.weight[0, k] == pytest.approx(np.linalg.norm(old[:-1]))
        assert view.ratio[0, k] == pytest.approx(np.linalg.norm(new[:-1]) / np.linalg.norm(old[:-1]))


def test_the_gradient_of_plain_descent_is_the_change_over_the_rate():
    config = edits.change(PRESETS["xor-gate"].config, "training.learning_rate", 0.25)
    trainer = Trainer(config)
    before = trainer.network.copy_parameters()
    trainer.run(1)
    change = trainer.network.parameters - before
    view = trainer.flow.view()
    whole = [np.linalg.norm(block) for block in trainer.network.blocks_of(change)]
    np.testing.assert_allclose(view.gradient[0], np.array(whole) / 0.25)
    rows = 4  # the gradient is the sum of four rows, the loss their mean
    np.testing.assert_allclose(view.derivative[0], change.dot(change) / 0.25 / rows)


def test_the_slope_foretells_how_much_the_loss_falls():
    config = edits.change(PRESETS["and-gate-textbook"].config, "training.learning_rate", 1e-4)
    trainer = Trainer(config)
    before, _ = trainer.evaluate()
    trainer.run(1)
    after, _ = trainer.evaluate()
    assert before.loss - after.loss == pytest.approx(trainer.flow.view().derivative[0], rel=1e-3)


def test_the_same_steps_are_watched_however_the_run_is_sliced():
    whole, sliced = Trainer(PRESETS["and-gate"].config), Trainer(PRESETS["and-gate"].config)
    whole.run(3_000)
    while sliced.step_count < 3_000:
        sliced.run(min(7, 3_000 - sliced.step_count), lambda: True)
    for name, values in vars(whole.flow.view()).items():
        np.testing.assert_array_equal(values, getattr(sliced.flow.view(), name))
    np.testing.assert_array_equal(whole.network.parameters, sliced.network.parameters)
    gaps = np.diff(whole.flow.view().steps)
    assert gaps[0] == 1
    assert gaps.max() <= FARTHEST


def test_what_is_kept_is_bounded_and_a_step_made_again_replaces_what_came_after_it():
    network = Trainer(PRESETS["and-gate"].config).network
    flow = Flow(network)
    zeros = np.zeros_like(network.parameters)
    for step in range(1, 3 * MOST):
        flow.add(step, zeros, 1.0, zeros, zeros, 1)
    assert len(flow.view().steps) <= MOST
    assert flow.view().steps[-1] == 3 * MOST - 1
    assert np.isnan(flow.view().ratio).all()
    flow.add(10, zeros, 1.0, zeros, zeros, 1)
    assert flow.view().steps[-1] == 10


def test_a_diverged_run_keeps_only_the_good_steps():
    config = edits.change(
        edits.change(PRESETS["sine-curve"].config, "training.optimizer", "sgd"), "training.learning_rate", 50.0
    )
    trainer = Trainer(config)
    trainer.run(1_000)
    assert trainer.divergence is not None
    assert trainer.flow.view().steps[-1] <= trainer.step_count
    trainer.reset()
    assert len(trainer.flow.view().steps) == 0

"""A step of learning: what it does, that it allocates nothing and that it can be repeated."""

import tracemalloc

import numpy as np
import pytest

from playground.engine.activations import ACTIVATIONS
from playground.engine.gradients import loss_gradient
from playground.engine.network import BIASES, Network
from playground.engine.optimizers import OPTIMIZERS
from playground.engine.training_step import TrainingStep, alike_layers
from tests.engine.networks import POSSIBLE, make, optimizer


@pytest.mark.parametrize(
    ("choices", "reason"),
    [
        ({"output": "tanh", "loss": "cross-entropy"}, "needs an output"),
        ({"loss": "sqared"}, "unknown loss 'sqared'; known are squared"),
        ({"rows": 0}, "at least 1 row, not 0"),
        ({"reduction": "median"}, "unknown reduction 'median'"),
        ({"update": "never"}, "update order 'never'"),
    ],
)
def test_an_impossible_step_is_refused(choices, reason):
    with pytest.raises(ValueError, match=reason):
        make(**choices)


@pytest.mark.parametrize(("output", "loss"), POSSIBLE)
def test_the_loss_of_a_step_is_that_of_the_outputs_before_it(loss, output):
    for dtype in [np.float32, np.float64]:
        network, step = make(output=output, loss=loss, dtype=dtype)
        evaluated = network.loss(step.inputs, step.targets, loss)
        assert step.run() == step.loss == pytest.approx(evaluated, rel=1e-5 if dtype == np.float32 else 1e-12)


@pytest.mark.parametrize("reduction", ["mean", "sum"])
@pytest.mark.parametrize("name", OPTIMIZERS)
def test_a_first_step_goes_down_the_gradient(name, reduction):
    network, step = make(optimizer=optimizer(name), reduction=reduction, learning_rate=1e-3)
    start = network.copy_parameters()
    gradient = loss_gradient(network, step.inputs, step.targets, "squared", reduction)
    step.run()
    used, scale = step.scaled_gradient()
    np.testing.assert_allclose(used / scale, gradient, atol=1e-14)
    moved = network.parameters - start
    assert np.all(np.sign(moved) == -np.sign(gradient))
    if name in ("sgd", "momentum"):
        np.testing.assert_allclose(moved, -1e-3 * gradient, atol=1e-15)


def test_regularisation_pulls_weights_but_not_biases_and_is_not_in_the_loss():
    network, step = make(l1=0.01, l2=0.1, learning_rate=0.5)
    plain = loss_gradient(network, step.inputs, step.targets, "squared")
    expected = plain.copy()
    for block, weight in zip(network.blocks_of(expected), network.weights, strict=True):
        block[:-1] += 0.1 * weight + 0.01 * np.sign(weight)
    loss = network.loss(step.inputs, step.targets, "squared")
    assert step.run() == pytest.approx(loss, rel=1e-12)
    used, scale = step.scaled_gradient()
    np.testing.assert_allclose(used / scale, expected, atol=1e-14)


@pytest.mark.parametrize("update", ["together", "layerwise"])
@pytest.mark.parametrize("name", OPTIMIZERS)
def test_live_settings_act_as_if_they_had_been_there_from_the_start(name, update):
    _, changed = make(optimizer=optimizer(name), update=update, learning_rate=3.0)
    other, fresh = make(optimizer=optimizer(name), update=update, learning_rate=0.05, l1=0.01, l2=0.02)
    changed.set_learning_rate(0.05)
    changed.set_regularisation(0.01, 0.02)
    for _ in range(5):
        changed.run()
        fresh.run()
    np.testing.assert_array_equal(changed.network.parameters, other.parameters)
    changed.set_regularisation(0.0, 0.0)
    changed.set_learning_rate(0.0)
    before = changed.network.copy_parameters()
    changed.run()
    np.testing.assert_array_equal(changed.network.parameters, before)


@pytest.mark.parametrize("update", ["together", "layerwise"])
@pytest.mark.parametrize("bias", BIASES)
def test_bias_modes_keep_their_word(bias, update):
    network, step = make(bias=bias, update=update)
    before = [b.copy() for b in network.biases]
    for _ in range(20):
        step.run()
    for old, new in zip(before, network.biases, strict=True):
        if bias == "none":
            assert not new.any()
        elif bias == "fixed":
            np.testing.assert_array_equal(new, old)
        elif bias == "layer":
            assert np.ptp(new) == 0
            assert new[0] != old[0]
        else:
            assert np.all(new != old)


def test_layer_by_layer_differs_from_together_only_below_the_output():
    together, first = make(learning_rate=0.5)
    layerwise, second = make(learning_rate=0.5, update="layerwise")
    first.run()
    second.run()
    np.testing.assert_array_equal(together.blocks[1], layerwise.blocks[1])
    assert np.abs(together.blocks[0] - layerwise.blocks[0]).max() > 1e-6


@pytest.mark.parametrize("name", OPTIMIZERS)
def test_a_reset_optimiser_repeats_the_run_and_a_restored_one_goes_on_with_it(name):
    network, step = make(optimizer=optimizer(name))
    start, fresh = network.copy_parameters(), step.optimizer.copy_state()
    first = [step.run() for _ in range(3)]
    middle, state = network.copy_parameters(), step.optimizer.copy_state()
    rest = [step.run() for _ in range(3)]
    network.restore(start)
    step.optimizer.restore_state(fresh)
    assert [step.run() for _ in range(3)] == first
    network.restore(middle)
    step.optimizer.restore_state(state)
    assert [step.run() for _ in range(3)] == rest


@pytest.mark.parametrize(
    ("activation", "name"), [*((it, "sgd") for it in ACTIVATIONS), *(("tanh", it) for it in OPTIMIZERS)]
)
def test_a_step_allocates_no_arrays(activation, name):
    _, step = make(
        (300, 40, 40, 3),
        activation,
        "softmax",
        "layer",
        50,
        loss="cross-entropy",
        optimizer=optimizer(name),
        l1=1e-4,
        l2=1e-4,
    )
    with np.errstate(over="ignore"):
        step.run()
        tracemalloc.start()
        step.run()
        _, peak = tracemalloc.get_traced_memory()
        tracemalloc.stop()
    # NumPy itself takes a little where softmax takes off a row's largest; a hidden layer has 16,000 bytes.
    assert peak < 3000


@pytest.mark.parametrize("loss", ["squared", "cross-entropy"])
@pytest.mark.parametrize("output", ["sigmoid", "softmax"])
@pytest.mark.parametrize("dtype", [np.float32, np.float64])
def test_large_inputs_stay_finite(output, loss, dtype):
    network, step = make((3, 5, 2), "sigmoid", output, dtype=dtype, loss=loss)
    network.parameters *= 1e4
    step.inputs[...] *= 1e4
    with np.errstate(over="ignore"):
        for _ in range(3):
            assert np.isfinite(step.run())
    assert np.isfinite(network.parameters).all()
    assert np.isfinite(network.predict(step.inputs)).all()


def test_a_sure_and_wrong_output_costs_what_z_says_not_infinity():
    network = Network((1, 1), (), "sigmoid")
    network.parameters[:] = [1.0, 0.0]
    assert network.loss([[1000.0], [1000.0]], [[0.0], [1.0]], "cross-entropy") == 500
    network = Network((1, 2), (), "softmax", dtype=np.float32)
    network.weights[0][:] = [[1.0, -1.0]]
    assert network.loss([[1000.0]], [[0.0, 1.0]], "cross-entropy") == 2000


def test_the_stages_name_every_part_in_order():
    _, step = make((3, 5, 4, 2), update="layerwise")
    named = [(stage.name, stage.layer) for stage in step.stages() if stage.calls]
    assert named == [
        *(("forward", k) for k in range(3)),
        ("loss", None),
        *((name, k) for k in (2, 1, 0) for name in ("backward", "update")),
    ]


@pytest.mark.parametrize("dtype", [np.float32, np.float64])
@pytest.mark.parametrize(
    ("loss", "output"),
    [("squared", "tanh"), ("mse", "softmax"), *(("cross-entropy", o) for o in ("sigmoid", "softmax"))],
)
def test_repeating_is_running_again_and_again(loss, output, dtype):
    one, first = make(loss=loss, output=output, dtype=dtype)
    many, second = make(loss=loss, output=output, dtype=dtype)
    expected = [first.run() for _ in range(20)]
    losses = np.empty(20)
    second.repeat(losses)
    np.testing.assert_array_equal(losses, expected)
    np.testing.assert_array_equal(many.parameters, one.parameters)


@pytest.mark.parametrize("name", OPTIMIZERS)
def test_a_step_for_a_smaller_last_batch_goes_on_with_the_optimiser(name):
    network, step = make(optimizer=optimizer(name), rows=6, learning_rate=0.02)
    x, t = step.inputs.copy(), step.targets.copy()
    p, state = network.copy_parameters(), [np.zeros_like(network.parameters)] * len(step.optimizer.slots)
    plain = optimizer(name)
    for k in range(6):
        rows = slice(6 if k % 2 == 0 else 2)
        network.restore(p)
        plain.count_step()
        p, *state = plain.formula(p, loss_gradient(network, x[rows], t[rows], "squared"), 0.02, *state)
    network, again = make(optimizer=optimizer(name), rows=6, learning_rate=0.02)
    small = TrainingStep(network, 2, optimizer=again.optimizer, learning_rate=0.02)
    small.inputs[...], small.targets[...] = x[:2], t[:2]
    for _ in range(3):
        again.run()
        small.run()
    np.testing.assert_allclose(network.parameters, p, rtol=1e-9)


def test_regularisation_switched_on_counts_for_batches_too():
    network, step = make(learning_rate=0.0)
    step.take_from(np.zeros((9, 3)), np.zeros((9, 2)))
    step.set_regularisation(0.0, 0.1)
    step.set_learning_rate(0.5)
    before = network.copy_parameters()
    step.learn(np.zeros((1, 6), np.intp), np.empty(1))
    np.testing.assert_allclose(network.weights[0], 0.95 * network.blocks_of(before)[0][:-1], rtol=1e-12)


@pytest.mark.parametrize("n_out", [1, 3])
@pytest.mark.parametrize("kind", [np.uint8, np.float32, np.float64])
def test_a_step_is_filled_with_the_rows_asked_for(kind, n_out):
    rng = np.random.default_rng(0)
    x, t = rng.integers(0, 256, (20, 40)).astype(kind), rng.random((20, n_out))
    step = TrainingStep(Network((40, n_out)), 4)
    step.take_from(x, t)
    step.fill(np.array([7, 7, 0, 19]))
    np.testing.assert_array_equal(step.inputs, x[[7, 7, 0, 19]])
    np.testing.assert_array_equal(step.targets, t[[7, 7, 0, 19]])


@pytest.mark.parametrize("name", OPTIMIZERS)
@pytest.mark.parametrize("dtype", [np.float32, np.float64])
def test_learning_from_batches_is_filling_and_running_one_by_one(dtype, name):
    rng = np.random.default_rng(1)
    x, t = rng.standard_normal((30, 3)).astype(dtype), rng.random((30, 2)).astype(dtype)
    batches = rng.integers(0, 30, (50, 4))
    one, first = make(rows=4, dtype=dtype, optimizer=optimizer(name), learning_rate=1e-3)
    many, second = make(rows=4, dtype=dtype, optimizer=optimizer(name), learning_rate=1e-3)
    first.take_from(x, t)
    second.take_from(x, t)
    expected = []
    for indices in batches:
        first.fill(indices)
        expected.append(first.run())
    losses = np.empty(len(batches))
    second.learn(batches, losses)
    np.testing.assert_array_equal(losses, expected)
    np.testing.assert_array_equal(many.parameters, one.parameters)
    assert second.loss == first.loss == expected[-1]


ZEROS = ("zeros", {"bias": "zeros"})


def _network(*sizes: int, dtype: type = np.float32) -> Network:
    network = Network(sizes, "sigmoid", "softmax", dtype=dtype)
    network.initialize([ZEROS] * network.layers, np.random.default_rng(0))
    return network


@pytest.mark.parametrize("dtype", [np.float32, np.float64])
@pytest.mark.parametrize("update", ["together", "layerwise"])
@pytest.mark.parametrize("optimizer", ["sgd", "adam"])
def test_fifty_equal_units_are_equal_to_the_last_bit_after_many_steps(dtype: type, update: str, optimizer: str) -> None:
    network = _network(20, 50, 30, 10, dtype=dtype)
    rng = np.random.default_rng(1)
    step = TrainingStep(network, 100, "cross-entropy", OPTIMIZERS[optimizer].make(), update=update, l1=1e-5)
    with np.errstate(over="ignore"):
        for _ in range(200):
            step.inputs[...] = rng.random((100, 20))
            step.targets[...] = np.eye(10)[rng.integers(10, size=100)]
            step.run()
    assert alike_layers(network) == (0, 1)
    assert np.ptp(network.weights[2], axis=1).max() > 0


def test_one_unit_set_apart_is_not_drawn_back() -> None:
    network = _network(4, 3, 2)
    network.weights[0][0, 1] = 0.5
    assert alike_layers(network) == ()
    step = TrainingStep(network, 5, "cross-entropy")
    step.inputs[...], step.targets[...] = np.random.default_rng(2).random((5, 4)), [[1, 0]] * 5
    step.run()
    assert network.weights[0][0, 1] != network.weights[0][0, 0]


def test_units_alike_only_on_the_way_in_are_not_alike_nor_is_a_single_one() -> None:
    network = _network(4, 3, 2)
    network.weights[1][...] = np.arange(6).reshape(3, 2)
    assert alike_layers(network) == alike_layers(_network(4, 1, 2)) == ()

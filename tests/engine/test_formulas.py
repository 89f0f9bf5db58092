"""Activations, losses and optimisers: their plain formulas, and that training computes just these."""

import numpy as np
import pytest

from playground.engine.activations import ACTIVATIONS, OUTPUTS, Softmax
from playground.engine.gradients import numerical_derivative, numerical_gradient
from playground.engine.losses import LOSSES
from playground.engine.optimizers import OPTIMIZERS
from playground.engine.program import constant, execute

EVERY = {**{name: ACTIVATIONS[name].make for name in ACTIVATIONS}, **{name: OUTPUTS[name].make for name in OUTPUTS}}
ELEMENTWISE = sorted(set(EVERY) - {"softmax"})
FAR = np.array([-30.0, -2.5, -0.3, 0.2, 1.7, 30.0])


@pytest.mark.parametrize("name", ELEMENTWISE)
def test_a_derivative_is_that_of_its_formula_far_out_too(name):
    formula, derivative = EVERY[name].formula, EVERY[name].derivative
    numerical = [numerical_derivative(lambda z: float(formula(np.array([z]))[0]), z) for z in FAR]
    np.testing.assert_allclose(derivative(FAR, formula(FAR)), numerical, atol=1e-7)
    with np.errstate(over="ignore"):
        assert np.isfinite(formula(np.array([-1e4, 1e4]))).all()
    np.testing.assert_array_equal(FAR, [-30.0, -2.5, -0.3, 0.2, 1.7, 30.0])


def test_the_derivative_of_softmax_is_a_matrix_for_each_row():
    z = np.random.default_rng(0).standard_normal((4, 3))
    found = Softmax.derivative(z, Softmax.formula(z))
    for k in range(3):
        numerical = [numerical_gradient(lambda row, k=k: float(Softmax.formula(row)[k]), row) for row in z]
        np.testing.assert_allclose(found[:, k], numerical, atol=1e-9)


@pytest.mark.parametrize("dtype", [np.float32, np.float64])
@pytest.mark.parametrize("name", EVERY)
def test_training_computes_the_formula_of_each_activation(name, dtype):
    function = EVERY[name]
    z = (3 * np.random.default_rng(1).standard_normal((5, 7))).astype(dtype)
    delta = np.random.default_rng(2).standard_normal((5, 7)).astype(dtype)
    a = function.formula(z.T).T
    derivative = function.derivative(z.T, a.T)
    expected = delta * derivative.T if function.elementwise else np.einsum("rij,jr->ir", derivative, delta)
    for keeps_z in (True, False):
        buffer, scratch, found = z.copy(), np.empty_like(z), delta.copy()
        given = np.empty_like(z) if keeps_z or function.needs_z else buffer
        execute(function.forward_calls(buffer, given, scratch))
        np.testing.assert_allclose(given, a, rtol=1e-6 if dtype == np.float32 else 1e-14)
        execute(function.backward_calls(buffer, given, found, scratch))
        np.testing.assert_allclose(found, expected, rtol=1e-4 if dtype == np.float32 else 1e-12, atol=1e-7)
        assert given.dtype == found.dtype == a.dtype == derivative.dtype == dtype


@pytest.mark.parametrize("dtype", [np.float32, np.float64])
@pytest.mark.parametrize(
    ("name", "output"),
    [(name, output) for name in LOSSES for output in OUTPUTS if output in (LOSSES[name].make.fused or OUTPUTS)],
)
def test_training_computes_the_formula_of_each_loss(name, output, dtype):
    loss, function = LOSSES[name].make, OUTPUTS[output].make
    rng = np.random.default_rng(3)
    n_out = 1 if (name, output) == ("cross-entropy", "sigmoid") else 4  # its formula takes several for a softmax's
    z = rng.standard_normal((6, n_out)).astype(dtype)
    t = np.eye(n_out, dtype=dtype)[rng.integers(0, n_out, 6)] if n_out > 1 else rng.integers(0, 2, (6, 1)).astype(dtype)
    y = function.formula(z)
    buffer, given, scratch, delta = z.T.copy(), np.empty((n_out, 6), dtype), np.empty((n_out, 6), dtype), y.T.copy()
    total = constant(0, z)
    execute(function.forward_calls(buffer, given, scratch))
    execute(loss.calls(output, buffer, given, scratch, t.T.copy(), delta, total))
    near = {"rtol": 1e-5 if dtype == np.float32 else 1e-12}
    np.testing.assert_allclose(total * loss.mean_factor(6, n_out), loss.value(y, t), **near)
    np.testing.assert_allclose(loss.of_rows(output, z, y, t), loss.formula(y, t), **near)
    np.testing.assert_allclose(loss.gradient_factor(n_out) * delta.T, loss.derivative(y, t), atol=1e-6)


@pytest.mark.parametrize(
    ("name", "output"),
    [("squared", None), ("mse", None), ("cross-entropy", "sigmoid"), ("cross-entropy", "softmax")],
)
def test_the_derivative_of_a_loss_is_that_of_its_formula(name, output):
    loss = LOSSES[name].make
    n_out = 1 if output == "sigmoid" else 3
    activate = (lambda z: z) if output is None else OUTPUTS[output].make.formula
    z, t = np.array([[0.3], [-0.8]])[:, [0] * n_out] + np.arange(n_out), np.eye(3)[:2, -n_out:]
    numerical = numerical_gradient(lambda z: float(loss.formula(activate(z), t).sum()), z)
    np.testing.assert_allclose(loss.derivative(activate(z), t), numerical, atol=1e-8)


@pytest.mark.parametrize("dtype", [np.float32, np.float64])
@pytest.mark.parametrize("parts", [[slice(None)], [slice(4, None), slice(4)]])
@pytest.mark.parametrize("name", OPTIMIZERS)
def test_training_computes_the_formula_of_each_optimiser(name, parts, dtype):
    rng = np.random.default_rng(4)
    linked, plain = OPTIMIZERS[name].make(), OPTIMIZERS[name].make()
    p, g, rate = rng.standard_normal(9).astype(dtype), np.empty(9, dtype), constant(0.05, np.empty(0, dtype))
    linked.attach(p)
    calls = linked.begin()
    for part in parts:
        calls += linked.update(p, g, rate, part)
    expected, state = p.astype(np.float64), [np.zeros(9)] * len(plain.slots)
    for _ in range(8):
        gradient = rng.standard_normal(9)
        g[...] = gradient * 0.05 if linked.takes_scaled_gradient else gradient
        execute(calls)
        plain.count_step()
        expected, *state = plain.formula(expected, gradient, 0.05, *state)
        np.testing.assert_allclose(
            p, expected, rtol=1e-4 if dtype == np.float32 else 1e-12, atol=1e-6 * (dtype == np.float32)
        )

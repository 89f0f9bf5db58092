"""Each activation is its formula, and so is its derivative."""

import numpy as np
import pytest

from playground.engine.activations import ACTIVATIONS, OUTPUTS, Softmax
from playground.engine.gradients import numerical_derivative, numerical_gradient
from playground.engine.program import execute

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


def test_softmax_of_rows_and_of_large_numbers():
    y = Softmax.formula(np.array([[1010, 1000, 990], [0.3, 2.9, 4.0]]))
    np.testing.assert_allclose(y[0], [0.9999546, 4.5397868e-05, 2.0610601e-09], rtol=1e-6)
    np.testing.assert_array_equal(y[1], Softmax.formula(np.array([0.3, 2.9, 4.0])))

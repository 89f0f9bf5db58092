"""Each loss is its formula, and so is its derivative."""

import numpy as np
import pytest

from playground.engine.activations import OUTPUTS
from playground.engine.gradients import numerical_gradient
from playground.engine.losses import LOSSES
from playground.engine.program import constant, execute


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
    np.testing.assert_allclose(total * loss.mean_factor(6, n_out), loss.formula(y, t).mean(), **near)
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

"""Activations, losses and optimisers: their plain formulas, and that training computes just these."""

import numpy as np
import pytest

from playground.engine.optimizers import OPTIMIZERS
from playground.engine.program import constant, execute


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
        g[...] = gradient * 0.05 if linked.uses_scaled_gradient else gradient
        execute(calls)
        plain.count_step()
        expected, *state = plain.formula(expected, gradient, 0.05, *state)
        np.testing.assert_allclose(
            p, expected, rtol=1e-4 if dtype == np.float32 else 1e-12, atol=1e-6 * (dtype == np.float32)
        )

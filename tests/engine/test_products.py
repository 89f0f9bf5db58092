"""Matrix products, whole and in pieces."""

import numpy as np
import pytest

from playground.engine import products
from playground.engine.network import Network
from playground.engine.products import FEWEST_ROWS, MOST_PIECES, SMALL, has_small_kernels, product
from playground.engine.program import execute
from playground.engine.training_step import TrainingStep


def matrices(rows, inner, columns, order="C"):
    rng = np.random.default_rng(0)
    left = np.asarray(rng.standard_normal((rows, inner)), order=order)
    return left, rng.standard_normal((inner, columns)), np.full((rows, columns), np.nan)


@pytest.mark.parametrize("order", ["C", "F"])
@pytest.mark.parametrize("shape", [(100, 785, 50), (785, 100, 50), (301, 100, 100), (90, 211, 160), (3, 2, 1)])
def test_a_product_in_pieces_is_the_product(monkeypatch, shape, order):
    monkeypatch.setattr(products, "in_pieces", True)
    left, right, out = matrices(*shape, order)
    calls = product(left, right, out)
    execute(calls)
    np.testing.assert_allclose(out, left @ right, rtol=1e-10, atol=1e-10)
    if left.size * shape[2] > SMALL:
        assert 1 < len(calls) <= MOST_PIECES


@pytest.mark.parametrize(
    ("shape", "because"),
    [
        ((100, 100, 100), "it is small"),
        ((FEWEST_ROWS * 2 - 1, 1000, 50), "the pieces would have too few rows"),
        ((2000, 200, 50), "there would be too many pieces"),
    ],
)
def test_a_product_stays_whole(monkeypatch, shape, because):
    monkeypatch.setattr(products, "in_pieces", True)
    assert len(product(*matrices(*shape))) == 1, because


def test_without_the_kernels_every_product_stays_whole(monkeypatch):
    monkeypatch.setattr(products, "in_pieces", False)
    assert len(product(*matrices(785, 100, 50))) == 1


@pytest.mark.parametrize(
    ("blas", "found", "expected"),
    [
        ("scipy-openblas", ["X86_V3", "X86_V4"], True),
        ("openblas64", ["SSE3", "AVX2", "AVX512_SKX"], True),
        ("scipy-openblas", ["X86_V3"], False),
        ("scipy-openblas", ["ASIMD"], False),
        ("mkl-sdl", ["X86_V4"], False),
        ("accelerate", ["ASIMDDP"], False),
    ],
)
def test_which_machines_have_kernels_for_small_matrices(blas, found, expected):
    config = {"Build Dependencies": {"blas": {"name": blas}}, "SIMD Extensions": {"found": found}}
    assert has_small_kernels(config) is expected


def test_a_configuration_that_says_nothing_has_none():
    assert has_small_kernels({}) is False


@pytest.mark.parametrize("dtype", [np.float32, np.float64])
def test_a_step_in_pieces_learns_the_same(monkeypatch, dtype):
    found = []
    for in_pieces in (True, False):
        monkeypatch.setattr(products, "in_pieces", in_pieces)
        network = Network((784, 50, 10), "sigmoid", "softmax", dtype=dtype)
        network.initialize([("xavier", {})] * 2, np.random.default_rng(0))
        step = TrainingStep(network, 100, "cross-entropy", learning_rate=0.5)
        rng = np.random.default_rng(1)
        step.inputs[...], step.targets[...] = rng.random((100, 784)), np.eye(10)[rng.integers(0, 10, 100)]
        loss = [step.run() for _ in range(20)]
        found.append((loss, network.copy_parameters(), sum(len(stage.calls) for stage in step.stages())))
    (loss, parameters, calls), (whole_loss, whole_parameters, whole_calls) = found
    tolerance = 1e-4 if dtype == np.float32 else 1e-12
    np.testing.assert_allclose(loss, whole_loss, rtol=tolerance)
    np.testing.assert_allclose(parameters, whole_parameters, atol=tolerance)
    assert loss[-1] < loss[0]
    assert calls > whole_calls

"""The shapes of a step: samples in rows or in columns, and products that can be computed."""

import re

import pytest

from playground.experiment.config.presets import PRESETS
from playground.experiment.explain.shapes import shape_lines
from playground.experiment.training.trainer import Trainer
from tests.experiment.explain.steps import recorded

ROWS = [
    "Z₁ (4, 4) = X (4, 2) · W₁ (2, 4) + b₁ (4,)",
    "A₁ (4, 4) = f(Z₁ (4, 4))",
    "Z₂ (4, 1) = A₁ (4, 4) · W₂ (4, 1) + b₂ (1,)",
    "A₂ (4, 1) = f(Z₂ (4, 1))",
    "L = L(A₂ (4, 1), T (4, 1))",
    "δ₂ (4, 1) = ∂L/∂Z₂ (4, 1)",
    "∂L/∂W₂ (4, 1) = A₁ᵀ (4, 4) · δ₂ (4, 1)",
    "∂L/∂b₂ (1,) = Σ δ₂ (4, 1)",
]


def lines(name: str, by_rows: bool) -> tuple[str, ...]:
    trace = recorded(Trainer(PRESETS[name].config))
    return shape_lines(trace.sizes, len(trace.rows), trace.events, by_rows=by_rows)


def test_with_samples_in_rows() -> None:
    found = lines("and-gate", True)
    assert list(found[:5]) == ROWS[:5]
    assert set(ROWS) <= set(found)
    assert "δ₁ (4, 4) = δ₂ (4, 1) · W₂ᵀ (1, 4) ⊙ f′(Z₁ (4, 4))" in found
    assert "∂L/∂W₁ (2, 4) = Xᵀ (2, 4) · δ₁ (4, 4)" in found
    assert "W₁ (2, 4) − η · ∂L/∂W₁ (2, 4) → W₁" in found


def test_with_samples_in_columns() -> None:
    found = lines("and-gate", False)
    assert found[0] == "Z₁ (4, 4) = W₁ (4, 2) · X (2, 4) + b₁ (4, 1)"
    assert "δ₁ (4, 4) = W₂ᵀ (4, 1) · δ₂ (1, 4) ⊙ f′(Z₁ (4, 4))" in found
    assert "∂L/∂W₁ (4, 2) = δ₁ (4, 4) · Xᵀ (4, 2)" in found
    assert "∂L/∂b₂ (1, 1) = Σ δ₂ (1, 4)" in found


@pytest.mark.parametrize("by_rows", [True, False])
@pytest.mark.parametrize("name", ["and-gate", "worked-example", "spiral", "digits"])
def test_every_product_has_the_shape_of_its_result(name: str, by_rows: bool) -> None:
    found = lines(name, by_rows)
    products = [re.findall(r"\((\d+), (\d+)\)", line) for line in found if re.search(r"= \S+ \(.*\) · ", line)]
    assert products
    for result, first, second, *_more in products:
        assert first[1] == second[0]
        assert result == (first[0], second[1])

"""What a layer starts from."""

import numpy as np
import pytest

from playground.engine.initializers import INITIALIZERS, draw, layer_options
from playground.registry import UserError


@pytest.mark.parametrize(
    ("scheme", "options", "std"),
    [
        ("zeros", {}, 0.0),
        ("constant", {"value": 2.0}, 0.0),
        ("gaussian", {"std": 0.01}, 0.01),
        ("uniform", {"low": -0.3, "high": 0.3}, 0.3 / 3**0.5),
        ("xavier", {"distribution": "normal"}, (2 / 500) ** 0.5),
        ("xavier", {"distribution": "uniform"}, (2 / 500) ** 0.5),
        ("he", {"distribution": "normal"}, (2 / 300) ** 0.5),
        ("he", {"distribution": "uniform"}, (2 / 300) ** 0.5),
    ],
)
def test_a_scheme_draws_with_the_spread_it_promises(scheme, options, std):
    weight, bias = draw(scheme, options, 300, 200, np.random.default_rng(0))
    assert weight.shape == (300, 200)
    assert bias.shape == (200,)
    assert weight.std() == pytest.approx(std, rel=0.01)
    assert weight.mean() == pytest.approx(2.0 if scheme == "constant" else 0.0, abs=0.02 * std)


@pytest.mark.parametrize("scheme", [name for name in INITIALIZERS if name != "given"])
def test_biases_start_at_zero_unless_they_are_to_start_like_the_weights(scheme):
    weights, zeros = draw(scheme, {}, 5, 4, np.random.default_rng(0))
    others, same = draw(scheme, {"bias": "same"}, 5, 4, np.random.default_rng(0))
    np.testing.assert_array_equal(weights, others)
    assert not zeros.any()
    assert same.any() == (scheme != "zeros")


def test_given_numbers_are_taken_as_they_are():
    weight, bias = draw("given", {"weights": [[1, 2], [3, 4], [5, 6]]}, 3, 2, np.random.default_rng(0))
    np.testing.assert_array_equal(weight, [[1, 2], [3, 4], [5, 6]])
    np.testing.assert_array_equal(bias, [0, 0])


def test_given_numbers_may_be_lists_with_one_a_layer():
    options = {"weights": (((1,), (2,)), ((3,),)), "biases": ((4,), (5,))}
    assert layer_options(options, 1) == {"weights": ((3,),), "biases": (5,)}
    assert layer_options({"weights": ((3,),), "biases": (5,)}, 1) == {"weights": ((3,),), "biases": (5,)}
    with pytest.raises(UserError, match="for 2 layers"):
        layer_options(options, 2)


@pytest.mark.parametrize(
    ("options", "needed"),
    [
        ({"weights": [[1, 2]]}, "3 × 2"),
        ({"weights": [[1, 2], [3], [4]]}, "3 × 2"),
        ({"weights": [["a", "b"]] * 3}, "3 × 2"),
        ({"weights": np.ones((3, 2)), "biases": [1]}, "2 numbers"),
    ],
)
def test_given_numbers_that_do_not_fit_are_refused_with_the_shape_needed(options, needed):
    with pytest.raises(UserError, match=needed):
        draw("given", options, 3, 2, np.random.default_rng(0))
    with pytest.raises(UserError, match="above the highest"):
        draw("uniform", {"low": 1.0, "high": -1.0}, 3, 2, np.random.default_rng(0))

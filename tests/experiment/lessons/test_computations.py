"""The computations that lessons ask for."""

import math

import numpy as np
import pytest

from playground.experiment.lessons.computations import COMPUTATIONS, compute, item_of
from playground.registry import UserError

TEN_OUTPUTS = [0.1, 0.05, 0.6, 0, 0.05, 0.1, 0, 0.1, 0, 0]


@pytest.mark.parametrize(
    ("name", "arguments", "result"),
    [
        ("softmax", {"values": [0.3, 2.9, 4.0]}, [0.01821127, 0.24519181, 0.73659691]),
        ("softmax", {"values": [100.3, 102.9, 104.0]}, [0.01821127, 0.24519181, 0.73659691]),
        ("softmax", {"values": [[0, 0], [0, 0]], "whole_batch": True}, [[0.25, 0.25], [0.25, 0.25]]),
        ("sigmoid", {"z": 0}, 0.5),
        ("neuron", {"inputs": [1, 2], "weights": [2, -1], "bias": 0}, 0.5),
        ("net_input", {"inputs": [1, 2], "weights": [2, -1], "bias": 3}, 3),
        ("squared_error", {"outputs": TEN_OUTPUTS, "targets": [0, 0, 1, *[0] * 7]}, 0.0975),
        ("cross_entropy", {"outputs": [0.1, 0.6, 0.3], "targets": [0, 1, 0]}, 0.510825457099),
        ("cross_entropy", {"outputs": [0.5, 0.25], "targets": [1, 1], "inside": 0, "mean": True}, 1.5 * math.log(2)),
        ("minus_log", {"value": 0}, math.inf),
        ("derivative", {"function": "parabola", "x": 5}, 0.2),
        ("gradient_of_squares", {"point": [3, 4]}, [6, 8]),
        ("gradient_of_squares", {"point": [3, 4], "integers": True}, [25000, 35000]),
        ("descent", {"start": [-3, 4], "rate": 0.1, "steps": 100}, [-6.11110793e-10, 8.14814391e-10]),
        ("broadcast_size", {"first": [4, 1], "second": [4]}, 16),
        ("share_never_drawn", {"rows": 60_000, "draws": 60_000}, 0.367876),
        ("pieces", {"ink": [0, 3, 5, 0, 4, 1]}, [[1, 2], [4, 5]]),
        ("pieces", {"ink": [3, 5, 1, 4, 0]}, [[0, 3]]),
        ("product", {"values": [2, 3, 4]}, 24),
        ("total", {"values": [2, 3, 4]}, 9),
    ],
)
def test_a_computation_is_right(name: str, arguments: dict[str, object], result: object) -> None:
    np.testing.assert_allclose(compute(name, arguments), result, rtol=1e-5)


@pytest.mark.parametrize(
    ("name", "arguments", "said"),
    [
        ("softmaks", {}, "Did you mean softmax"),
        ("softmax", {}, "needs the argument “values”"),
        ("softmax", {"values": {"a": 1}}, "must be a number or a list of numbers"),
        ("softmax", {"values": [0] * 20_000}, "more than 10000 numbers"),
        ("neuron", {"inputs": [1], "weights": [1, 2], "bias": 0}, "cannot be computed"),
        ("derivative", {"function": "__import__('os')", "x": 1}, "there is no function"),
        ("sigmoid", {"z": "1+1"}, "must be a number"),
    ],
)
def test_nonsense_is_refused_in_a_sentence(name: str, arguments: dict[str, object], said: str) -> None:
    with pytest.raises(UserError, match=said.replace("(", r"\(")):
        compute(name, arguments)


def test_an_item_of_a_result() -> None:
    assert item_of([[1, 2], [3, 4]], (1, 0)) == 3.0
    for item in ((), (5,), (0, 0, 0)):
        with pytest.raises(UserError):
            item_of([[1, 2], [3, 4]], item)


def test_every_computation_says_what_it_returns() -> None:
    assert all((function.__doc__ or "").startswith("Return") for function in COMPUTATIONS.values())

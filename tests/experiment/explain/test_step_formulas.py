"""The formulas of a step, whose shown numbers add up."""

import itertools

import numpy as np
import pytest

from playground.experiment.config.presets import PRESETS
from playground.experiment.explain.step_text import explain
from playground.experiment.explain.step_trace import FORWARD, record
from playground.experiment.training.trainer import Trainer
from tests.experiment.explain.steps import experiment, recorded, told
from tests.experiment.explain.test_formula import check

OUTPUTS_AND_LOSSES = [
    (output, loss)
    for output, loss in itertools.product(("sigmoid", "softmax", "tanh", "linear"), ("squared", "mse", "cross-entropy"))
    if loss != "cross-entropy" or output in ("sigmoid", "softmax")
]


@pytest.mark.parametrize(("output", "loss"), OUTPUTS_AND_LOSSES)
def test_every_line_adds_up_for_every_output_and_loss(output: str, loss: str) -> None:
    for activation in ["sigmoid", "relu", "swish"]:
        config = experiment(
            {"name": "rows", "x": [[0.2, -0.4], [1.0, 0.5]], "y": [[0, 1, 0], [1, 0, 0]], "task": "regression"},
            (3,),
            loss=loss,
            network={"output": output, "activation": activation},
        )
        for line in told(recorded(Trainer(config))):
            check(line.rpartition(": ")[2].partition("  (")[0] if "more: " not in line else line)


def test_softmax_is_told_in_sums_and_then_shares() -> None:
    trace = recorded(
        Trainer(experiment("digits", (3,), loss="cross-entropy", network={"output": "softmax"}, batch_size=5))
    )
    outputs = [event for event in trace.events if event.layer == 1 and event.kind in FORWARD]
    assert [event.kind for event in outputs] == ["sum"] * 10 + ["activation"] * 10
    line = explain(trace, outputs[10], 0).lines[0]
    check(line)
    assert line.startswith("e^")


def test_pixels_are_told_as_the_network_scales_them() -> None:
    trainer = Trainer(PRESETS["digits"].config)
    network, data = trainer.network, trainer.data
    trace = record(trainer, np.array([4]))
    assert trace.inputs.max() <= 1
    assert np.allclose(trace.z[0], network.pre_activations_of(data.x_train[[4]])[0])
    delta, gradient = trace.deltas[0][0], trace.gradient[0]
    assert np.allclose(gradient[:-1], np.outer(trace.inputs[0], delta), rtol=1e-4, atol=1e-8)
    assert np.allclose(gradient[-1], delta, rtol=1e-4)

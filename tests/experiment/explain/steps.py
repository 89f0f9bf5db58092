"""A training step taken apart, for several tests."""

from typing import Any

from playground.experiment.config import schema as configs
from playground.experiment.config.schema import ExperimentConfig
from playground.experiment.explain.step_text import explain
from playground.experiment.explain.step_trace import SlowMotion, StepTrace
from playground.experiment.training.trainer import Trainer


def experiment(data: Any = "xor", hidden: tuple[int, ...] = (3, 2), **parts: Any) -> ExperimentConfig:
    network = {"hidden": list(hidden), "activation": "tanh", "initial": "gaussian", **parts.pop("network", {})}
    return configs.from_builtins({"data": data, "network": network, "training": parts})


def recorded(trainer: Trainer, row: int | None = None) -> StepTrace:
    trace = SlowMotion(row).compute(trainer)
    assert trace is not None
    return trace


def told(trace: StepTrace, digits: int = 4) -> list[str]:
    return [
        line
        for event in trace.events
        for place in range(len(trace.rows))
        for line in explain(trace, event, place, digits).lines
    ]

"""Slow motion tells what a real step computes: the same bits at the end, the same numbers on the way."""

import itertools

import numpy as np
import pytest

from playground.engine.gradients import loss_gradient
from playground.experiment.config.presets import PRESETS
from playground.experiment.explain.step_text import explain
from playground.experiment.explain.step_trace import FORWARD, UPDATES, SlowMotion, StepTrace
from playground.experiment.training.trainer import Trainer
from tests.experiment.explain.steps import experiment, recorded, told
from tests.experiment.explain.test_formula import check


def parameters_after(trace: StepTrace, count: int) -> np.ndarray:
    """Return the flat parameters after the first `count` events."""
    flat, begin = trace.start.copy(), 0
    for layer, new in enumerate(trace.new):
        block = flat[begin : begin + new.size].reshape(new.shape)
        begin += new.size
        for event in trace.events[:count]:
            if event.layer == layer and event.kind in UPDATES:
                block[trace.changed_by(event)] = new[trace.changed_by(event)]
    return flat


@pytest.mark.parametrize("optimizer", ["sgd", "momentum", "nesterov", "rmsprop", "adam"])
@pytest.mark.parametrize("update", ["together", "layerwise"])
def test_all_moments_played_are_a_real_step_bit_for_bit(optimizer: str, update: str) -> None:
    for bias, reduction in itertools.product(["unit", "layer", "fixed", "none"], ["mean", "sum"]):
        config = experiment(
            optimizer={"name": optimizer}, update=update, reduction=reduction, l1=0.001, l2=0.01, network={"bias": bias}
        )
        trainer = Trainer(config)
        trainer.run(3)
        before = trainer.network.copy_parameters()
        trace = recorded(trainer)
        assert trace.is_next
        assert np.array_equal(trainer.network.parameters, before), "the network itself was changed"
        trainer.run(1)
        assert np.array_equal(parameters_after(trace, len(trace.events)), trainer.network.parameters)
        assert trace.loss == trainer.loss
        assert np.array_equal(parameters_after(trace, 0), before)


@pytest.mark.parametrize(
    "preset",
    [
        "worked-example",
        "and-gate",
        "and-gate-zeros",
        "and-gate-constant",
        "xor-gate-zeros",
        "height-weight",
        "spiral",
        "digits",
        "hills",
    ],
)
def test_the_next_step_of_a_preset_is_told_bit_for_bit(preset: str) -> None:
    trainer = Trainer(PRESETS[preset].config)
    trainer.run(7)
    trace = recorded(trainer)
    trainer.run(1)
    assert np.array_equal(parameters_after(trace, len(trace.events)), trainer.network.parameters)
    assert np.array_equal(trace.end, trainer.network.parameters)


def test_the_published_numbers_of_the_worked_example_are_told() -> None:
    text = "\n".join(told(recorded(Trainer(PRESETS["worked-example"].config)), digits=9))
    for figure in (
        "σ(0.15·0.05 + 0.2·0.1 + 0.35) = σ(0.3775) = 0.593269992",
        "0.596884378",
        "0.75136507",
        "0.772928465",
        "= 0.298371109",
        "(0.75136507 − 0.01)·0.186815602 = 0.138498562",
        "= 0.0821670406",
        "= 0.35891648",
        "= 0.408666186",
        "= 0.51130127",
        "= 0.561370121",
        "= 0.149780716",
        "= 0.19956143",
        "= 0.24975114",
        "= 0.299502287",
    ):
        assert figure in text


def test_the_gradient_is_that_of_the_engine() -> None:
    config = experiment("spiral", (4,), loss="cross-entropy", batch_size=10)
    trainer = Trainer(config)
    trace = recorded(trainer)
    x, t = trainer.data.x_train[trace.rows], trainer.data.t_train[trace.rows]
    expected = loss_gradient(trainer.network, x, t, "cross-entropy")
    assert np.allclose(np.concatenate([block.ravel() for block in trace.gradient]), expected, rtol=1e-12)
    outputs = trainer.network.activations_of(x)
    for told_layer, real in zip(trace.a, outputs[1:], strict=True):
        assert np.allclose(told_layer, real, rtol=1e-12)


def test_a_layerwise_update_hands_the_error_down_through_new_weights() -> None:
    for update in ("together", "layerwise"):
        trace = recorded(Trainer(experiment("and", (4,), update=update)))
        above = trace.above[0]
        assert above is not None
        expected = trace.new if update == "layerwise" else trace.old
        assert np.array_equal(above, expected[1][:-1])
        kinds = [event.kind for event in trace.events]
        assert (kinds.index("update") < len(kinds) - 1 - kinds[::-1].index("delta")) == (update == "layerwise")


def test_a_shared_bias_is_summed_over_the_units_of_its_layer() -> None:
    trace = recorded(Trainer(PRESETS["and-gate"].config))
    event = next(one for one in trace.events if one.kind == "bias gradient" and one.layer == 0)
    (line,) = explain(trace, event, 0).lines
    check(line.removeprefix("bias: "))
    assert line.count(" + ") + line.count(" − ") + 1 == 4, "one number for each of the four units"
    summed = trace.deltas[0].sum()
    assert trace.gradient[0][-1] == pytest.approx(np.full(4, summed))
    unit = next(one for one in trace.events if one.kind == "gradient")
    assert not any("bias" in text for text in explain(trace, unit, 0).lines)


def test_one_row_is_told_alone_and_is_not_the_next_step() -> None:
    trainer = Trainer(PRESETS["and-gate"].config)
    trace = recorded(trainer, row=3)
    assert trace.rows.tolist() == [3]
    assert not trace.is_next
    assert trace.targets.tolist() == [[1.0]]
    assert SlowMotion(4).compute(trainer) is None
    only = recorded(Trainer(PRESETS["worked-example"].config), row=0)
    assert only.is_next, "there is one row: it is the next step"


def test_a_step_on_too_many_rows_is_not_taken_apart() -> None:
    config = experiment({"name": "gauss", "samples": 5_000})
    assert SlowMotion().compute(Trainer(config)) is None
    assert SlowMotion(17).compute(Trainer(config)) is not None


def test_parameters_change_with_the_updates_and_with_nothing_else() -> None:
    trace = recorded(Trainer(PRESETS["and-gate"].config))
    for count, event in enumerate(trace.events, 1):
        changed = not np.array_equal(parameters_after(trace, count), parameters_after(trace, count - 1))
        assert changed == (event.kind in UPDATES)
    assert all(event.kind in FORWARD for event in trace.events[: sum(trace.sizes[1:])])

"""What is said of a step."""

import pytest

from playground import language
from playground.experiment.config.presets import PRESETS
from playground.experiment.explain.step_text import explain
from playground.experiment.explain.step_trace import MOST_UNITS
from playground.experiment.training.trainer import Trainer
from tests.experiment.explain.steps import recorded


def test_fixed_biases_are_said_to_be_fixed() -> None:
    trace = recorded(Trainer(PRESETS["worked-example"].config))
    event = next(one for one in trace.events if one.kind == "gradient")
    assert "fixed" in explain(trace, event, 0).sentence
    assert len(explain(trace, event, 0).lines) == 2


@pytest.mark.parametrize("preset", ["worked-example", "spiral", "and-gate"])
def test_sentences_of_a_step_follow_one_another_as_chinese_is_written(preset: str) -> None:
    trace = recorded(Trainer(PRESETS[preset].config))
    language.use("zh_CN")
    said = [explain(trace, event, 0).sentence for event in trace.events]
    assert any(sentence.count("。") > 1 for sentence in said)
    assert not [sentence for sentence in said if "。 " in sentence]


def test_moments_are_grouped_by_row_layer_and_unit() -> None:
    trace = recorded(Trainer(PRESETS["worked-example"].config))
    assert [len(stage) for stage in trace.stages("unit")] == [1] * len(trace.events)
    by_layer = [trace.events[stage[0]].kind for stage in trace.stages("layer")]
    assert by_layer == ["unit", "unit", "loss", "delta", "gradient", "delta", "gradient", "update", "update"]
    by_row = [{trace.events[k].kind for k in stage} for stage in trace.stages("row")]
    assert by_row == [{"unit"}, {"loss"}, {"delta", "gradient"}, {"update"}]
    for granularity in ("row", "layer", "unit"):
        assert [k for stage in trace.stages(granularity) for k in stage] == list(range(len(trace.events)))


def test_a_wide_layer_has_few_moments_that_still_cover_every_unit() -> None:
    trace = recorded(Trainer(PRESETS["digits"].config))
    for kind, layer in {(event.kind, event.layer) for event in trace.events if event.kind != "loss"}:
        runs = [one.units for one in trace.events if (one.kind, one.layer) == (kind, layer)]
        assert len(runs) <= MOST_UNITS
        assert [unit for run in runs for unit in run] == list(range(trace.sizes[layer + 1]))

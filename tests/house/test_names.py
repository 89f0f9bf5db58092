"""Names are those of the field: old ones that only this house used do not come back."""

import ast
import re
from collections.abc import Iterator

import pytest

from tests.house.source import modules

INSTEAD = {
    "sight|sees": "is_on_screen",
    "frame_pump|FramePump": "RefreshLoop",
    "frame_budget": "interval",
    "Turn|in_turns|InTurns|turns_of": "",
    "late_dressing|LateDressing|undressed|dressed": "",
    "is_prompt": "high_priority",
    "keeps_watch": "updates_when_hidden",
    "questions": "probes",
    "Judge|judge|judge_.*|Judgement|Judged|Verdicts": "ClassificationQuery, ClassificationResult, Predictions",
    "obey|Order": "execute, Command",
    "hurry|interruption": "interrupt, a flag that is asked",
    "gave_up|abandon": "run_discarded, discard",
    "Pace|Meter": "StepScheduler, RateMeter",
    "Reporter": "SnapshotBuilder",
    "NumberEdit|number_edit": "ParameterEdit",
    "Impact|impact|CARRY_ON": "ChangeKind, change_kind, WARM_START",
    "boundary_words|prediction_words": "text",
    "Focus|point_focus|row_focus": "Selection",
    "NoRun": "EmptyState",
    "Notice": "MessageCard",
    "Metric": "Readout",
    "RowOrder": "BatchSampler",
    "Recording|Moment": "StepTrace, TraceEvent",
    "Veil|veil|unveil": "Placeholder",
    "dress|dress_.*|restyle": "apply_theme",
    "put_off|catch_up": "invalidate, ensure_prepared",
    "outdated|on_outdated": "refresh_requested",
    "SideColumns|side_columns": "ColumnWidths",
    "Look": "RunEvidence",
    "hand_over|keep_alike": "pass, tie_identical_units",
    "outcomes": "labels",
}
"""A pattern of identifiers, without leading underscores, and what to call it."""


def identifiers() -> Iterator[tuple[str, str]]:
    """Yield each identifier that the program defines or uses, with the line it stands in."""
    for module, tree in modules().items():
        yield module.rpartition(".")[2], module
        for node in ast.walk(tree):
            for field in ("id", "attr", "name", "arg", "asname"):
                name = getattr(node, field, None)
                if isinstance(name, str):
                    yield name, f"{module}, line {getattr(node, 'lineno', 0)}"


def found(names: Iterator[tuple[str, str]]) -> list[str]:
    """Return where an old name stands, and what to write."""
    rules = [(re.compile(pattern), better) for pattern, better in INSTEAD.items()]
    return [
        f"{where}: {name} → {better or 'gone'}"
        for name, where in names
        for rule, better in rules
        if rule.fullmatch(name.lstrip("_"))
    ]


def test_no_old_name_comes_back() -> None:
    wrong = found(identifiers())
    assert not wrong, "\n".join(wrong)


@pytest.mark.parametrize("name", ["FramePump", "_obey", "hurry", "in_turns"])
def test_an_old_name_would_be_found(name: str) -> None:
    assert found(iter([(name, "somewhere")]))

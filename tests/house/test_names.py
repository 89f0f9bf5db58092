"""Names are those of the field: old ones that only this house used do not come back."""

import ast
import re
from collections.abc import Iterator

from tests.house.source import modules, nodes

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
    "rivals?|MOST_RIVALS|racers?|Race[A-Z].*|Racer[A-Z].*|race_(chooser|plot)|racer_card": "competitors, Comparison…",
    "slopes?_of|has_slope|has_shared_slope": "derivative",
    "way_back": "backward",
    "forget(_.*)?": "reset, clear, discard_…",
    "takes_(all|scaled_gradient)": "is_full_batch, uses_scaled_gradient",
    "take_over(_.*)?": "restore, apply_…",
    "is_resting|is_at_rest": "is_idle",
    "LOOKS|.*_LOOKS|looked|looks": "measurements",
    "say_.*|said_.*": "show_…, …_text",
    "surest.*": "most_confident…",
    "bring(_.*)?": "show_panel, activate_…",
    "turned_to": "aligning_rotation",
}
"""A pattern of identifiers, without leading underscores, and what to call it."""


PLAIN = {
    r"anew": "again",
    r"rivals?|racers?": "competitors",
    r"obey\w*|hurry|hurries": "execute, interrupt",
    r"veil\w*|unveil\w*": "placeholder",
    r"dress(es|ed)?": "apply the theme",
    r"judg(es?|ed|ing)": "classify, compare",
    r"looks? at|looked at": "read, examine, select",
    r"what is so|is so now": "the present state",
    r"until told": "until",
    r"gives? out": "output",
    r"hands? (it|the|its|over|on|down)": "pass, propagate",
    r"passed over": "skipped",
    r"lets?": "allow, make",
    r"takes? (over|down)": "apply, record",
    r"goes on from": "continues from",
    r"come to sight|in sight": "visible",
    r"told apart|tells? \w+ apart": "distinguish",
    r"nobody knows": "is unknown",
}
"""A pattern of words in docstrings, and what to write: they describe what is computed, in the field's words."""


def docstrings() -> Iterator[tuple[str, str]]:
    """Yield each docstring, those of constants and fields included, with the line it starts in."""
    for module, node in nodes():
        body = getattr(node, "body", None)
        for it in body if isinstance(body, list) else ():
            if isinstance(it, ast.Expr) and isinstance(it.value, ast.Constant) and isinstance(it.value.value, str):
                yield it.value.value, f"{module}, line {it.lineno}"


def unplain(texts: Iterator[tuple[str, str]]) -> list[str]:
    """Return where a docstring has a word that is none of the field's, and what to write."""
    rules = [(re.compile(rf"\b({pattern})\b", re.IGNORECASE), better) for pattern, better in PLAIN.items()]
    return [
        f"{where}: “{hit[0]}” → {better}"
        for text, where in texts
        for rule, better in rules
        if (hit := rule.search(text))
    ]


def identifiers() -> Iterator[tuple[str, str]]:
    """Yield each identifier that the program defines or uses, with the line it stands in."""
    for module in modules():
        yield module.rpartition(".")[2], module
    for module, node in nodes():
        for field in ("id", "attr", "name", "arg", "asname"):
            name = getattr(node, field, None)
            if isinstance(name, str):
                yield name, f"{module}, line {getattr(node, 'lineno', 0)}"


def found(names: Iterator[tuple[str, str]]) -> list[str]:
    """Return where an old name stands, and what to write."""
    old = re.compile("|".join(INSTEAD))
    return [
        f"{where}: {name} → {better or 'gone'}"
        for name, where in dict(names).items()  # one place of each
        if old.fullmatch(name.lstrip("_"))
        for pattern, better in INSTEAD.items()
        if re.fullmatch(pattern, name.lstrip("_"))
    ]


def test_no_old_name_comes_back() -> None:
    assert len(found(iter([("FramePump", "here"), ("_obey", "there")]))) == 2
    wrong = found(identifiers())
    assert not wrong, "\n".join(wrong)


def test_docstrings_use_the_words_of_the_field() -> None:
    assert len(unplain(iter([("It is drawn anew.", "here"), ("What the units give out.", "there")]))) == 2
    wrong = unplain(docstrings())
    assert not wrong, "\n".join(wrong)

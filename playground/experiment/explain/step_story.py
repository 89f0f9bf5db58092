"""Slow motion told in groups: a layer or a whole way at once, and what there is before the first moment."""

from collections.abc import Sequence

from playground.experiment.explain.formula import DIGITS, FEW_TERMS, MOST_TERMS, number
from playground.experiment.explain.step_text import Explanation, explain, unit_label
from playground.experiment.explain.step_trace import FORWARD, Granularity, StepTrace, TraceEvent
from playground.language import _

OF_A_UNIT = (*FORWARD, "delta")


def tell(
    recording: StepTrace, moments: Sequence[TraceEvent], granularity: Granularity, place: int, digits: int = DIGITS
) -> Explanation:
    """Return what happens in a group of moments, or where there are none, what there is at the start.

    Parameters
    ----------
    recording, moments
        What is played, and the moments of one of its groups.
    granularity
        How the groups were made.
    place
        Which of the recording's rows the numbers are of.
    digits
        Significant digits of the results.
    """
    if not moments:
        return _beginning(recording, place)
    told = [explain(recording, moment, place, digits) for moment in moments]
    if len(told) == 1:
        return told[0]
    lines = [line for moment, one in zip(moments, told, strict=True) for line in _named(recording, moment, one.lines)]
    by_layer = granularity == "layer"
    sentence = told[0].sentence if by_layer else _("The whole pass at once; choose Layer or Unit for smaller stages.")
    return Explanation(_title(recording, moments[0], by_layer), tuple(lines), sentence)


def _named(recording: StepTrace, moment: TraceEvent, lines: tuple[str, ...]) -> tuple[str, ...]:
    """Return the lines of one moment among several, with the name of its unit where they do not say it."""
    if moment.unit is None or moment.kind not in OF_A_UNIT:
        return lines
    return tuple(f"{unit_label(recording, moment.layer, moment.unit)}: {line}" for line in lines)


def _title(recording: StepTrace, first: TraceEvent, by_layer: bool) -> str:
    """Return what a whole group does."""
    titles = {
        "delta": _("Backward: deltas") if by_layer else _("Backward"),
        "gradient": _("Gradients"),
        "bias gradient": _("Gradients"),
        "update": _("Updates"),
        "bias update": _("Updates"),
    }
    title = titles.get(first.kind, _("Forward"))
    if not by_layer:
        return title
    if first.layer == len(recording.sizes) - 2:
        return _("{what}, outputs").format(what=title)
    return _("{what}, hidden layer {n}").format(what=title, n=first.layer + 1)


def _beginning(recording: StepTrace, place: int) -> Explanation:
    """Return what is there before the first moment."""
    inputs, targets = recording.inputs[place], recording.targets[place]
    given = _listed([(unit_label(recording, -1, k), float(value)) for k, value in enumerate(inputs)])
    last = len(recording.sizes) - 2
    wanted = _listed([(unit_label(recording, last, k), float(value)) for k, value in enumerate(targets)])
    if recording.is_next:
        sentence = _("The step that training makes next, shown on a copy of the network.")
    else:
        sentence = _("A step on this sample only, shown on a copy of the network; training is not affected.")
    if recording.config.training.gradient != "backprop":
        sentence += " " + _(
            "Here the gradient is computed by changing each weight a little; backpropagation gives the same result."
        )
    lines = (_("inputs: {values}").format(values=given), _("targets: {values}").format(values=wanted))
    return Explanation(_("Start"), lines, sentence)


def _listed(pairs: list[tuple[str, float]]) -> str:
    """Return names and values, of many those that are largest."""
    shown = pairs
    if len(pairs) > MOST_TERMS:
        shown = sorted(pairs, key=lambda pair: -abs(pair[1]))[:FEW_TERMS]
    text = ", ".join(f"{name} = {number(value)}" for name, value in shown)
    return text if len(shown) == len(pairs) else text + ", " + _("… and {n} more").format(n=len(pairs) - len(shown))

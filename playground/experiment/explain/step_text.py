"""Slow motion in words and formulas: what happens in an event or a stage, with the numbers of one row."""

import math
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import ArrayLike, NDArray

from playground.data.dataset import translated
from playground.engine.activations import ACTIVATIONS, OUTPUTS
from playground.engine.losses import LOSSES
from playground.engine.optimizers import OPTIMIZERS
from playground.experiment.explain.formula import (
    DIGITS,
    FEW_TERMS,
    MOST_TERMS,
    addition,
    bracketed,
    equation,
    joined,
    negated,
    number,
    shortened,
    softmax_formula,
    terms,
    unit_formula,
)
from playground.experiment.explain.step_formulas import delta_formula, has_shared_derivative, loss_formula
from playground.experiment.explain.step_trace import FORWARD, Granularity, StepTrace, TraceEvent
from playground.language import _, ngettext, sentences

MOST_RESULT_DIGITS = 12


@dataclass(frozen=True)
class Explanation:
    """What happens in an event or a stage: a few words, the formulas with their numbers, and what that means."""

    title: str
    lines: tuple[str, ...]
    sentence: str


def unit_label(trace: StepTrace, layer: int, unit: int) -> str:
    """Return what a unit is called; `layer` −1 are the inputs, the last layer the outputs.

    Inputs and outputs have the names of the data; hidden units are h1, h2, …, or h2.1 in the second of several layers.
    """
    if 0 <= layer < len(trace.sizes) - 2:
        return f"h{unit + 1}" if len(trace.sizes) == 3 else f"h{layer + 1}.{unit + 1}"
    names = trace.input_names if layer < 0 else trace.output_names
    if unit >= len(names):
        return f"{'x' if layer < 0 else 'y'}{unit + 1}"
    if layer < 0 and trace.has_pixels:
        return _("pixel {name}").format(name=names[unit])
    return _("“{name}”").format(name=names[unit]) if names[unit].isdigit() else translated(names[unit])


def explain_stage(
    trace: StepTrace, events: Sequence[TraceEvent], granularity: Granularity, row: int, digits: int = DIGITS
) -> Explanation:
    """Return a description of a stage of slow motion, or without events, of the start.

    The numbers are those of one `row` of the trace, with so many significant `digits`.
    """
    if not events:
        return _beginning(trace, row)
    told = [explain(trace, event, row, digits) for event in events]
    if len(told) == 1:
        return told[0]
    lines: list[str] = []
    for event, one in zip(events, told, strict=True):
        is_named = event.unit is not None and event.kind in (*FORWARD, "delta")  # the others name it in each line
        before = f"{unit_label(trace, event.layer, event.unit)}: " if is_named and event.unit is not None else ""
        lines += [before + line for line in one.lines]
    by_layer = granularity == "layer"
    sentence = told[0].sentence if by_layer else _("The whole pass at once; choose Layer or Unit for smaller stages.")
    return Explanation(_stage_title(trace, events[0], by_layer), tuple(lines), sentence)


def _stage_title(trace: StepTrace, first: TraceEvent, by_layer: bool) -> str:
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
    if first.layer == len(trace.sizes) - 2:
        return _("{what}, outputs").format(what=title)
    return _("{what}, hidden layer {n}").format(what=title, n=first.layer + 1)


def _beginning(trace: StepTrace, row: int) -> Explanation:
    given = _listed(trace, -1, trace.inputs[row])
    wanted = _listed(trace, len(trace.sizes) - 2, trace.targets[row])
    if trace.is_next:
        sentence = _("The step that training makes next, shown on a copy of the network.")
    else:
        sentence = _("A step on this sample only, shown on a copy of the network; training is not affected.")
    if trace.config.training.gradient != "backprop":
        naive = _(
            "Here the gradient is computed by changing each weight a little; backpropagation gives the same result."
        )
        sentence = sentences(sentence, naive)
    lines = (_("inputs: {values}").format(values=given), _("targets: {values}").format(values=wanted))
    return Explanation(_("Start"), lines, sentence)


def _listed(trace: StepTrace, layer: int, values: NDArray[Any]) -> str:
    """Return the values of a layer's units with their names; of many, the largest."""
    pairs = [(unit_label(trace, layer, k), float(value)) for k, value in enumerate(values)]
    shown = sorted(pairs, key=lambda pair: -abs(pair[1]))[:FEW_TERMS] if len(pairs) > MOST_TERMS else pairs
    text = ", ".join(f"{name} = {number(value)}" for name, value in shown)
    return text if len(shown) == len(pairs) else text + ", " + _("… and {n} more").format(n=len(pairs) - len(shown))


def explain(trace: StepTrace, event: TraceEvent, row: int, digits: int = DIGITS) -> Explanation:
    """Return what happens in one event, with the numbers of one of the trace's rows to so many digits."""
    method = getattr(_EventText(trace, event, row, digits), event.kind.replace(" ", "_"))
    explanation: Explanation = method()
    return explanation


class _EventText:
    """Title, formulas and sentence of one event: a method for each kind."""

    def __init__(self, trace: StepTrace, event: TraceEvent, row: int, digits: int) -> None:
        self.trace, self.event, self.row, self.digits = trace, event, row, digits
        self.layer = event.layer
        self.is_output = event.layer == len(trace.a) - 1
        self.training = trace.config.training
        self.bias_mode = trace.config.network.bias

    @property
    def who(self) -> str:
        """The unit, or how many there are."""
        if self.event.unit is not None:
            return unit_label(self.trace, self.layer, self.event.unit)
        return ngettext("{n} unit", "{n} units", len(self.event.units)).format(n=len(self.event.units))

    def _lines(self, lines: Sequence[str], whole: int) -> tuple[str, ...]:
        more = whole - len(lines)
        return (*lines, _("… and {n} more").format(n=more)) if more > 0 else tuple(lines)

    def _of_units(self, formula: Callable[[int], str]) -> tuple[str, ...]:
        """Return a line for each unit, of many for the first few; named where there are several."""
        units = self.event.units
        shown = units if len(units) <= MOST_TERMS else units[:FEW_TERMS]
        named = len(units) > 1
        lines = [(f"{unit_label(self.trace, self.layer, unit)}: " if named else "") + formula(unit) for unit in shown]
        return self._lines(lines, len(units))

    def _forward_lines(self) -> tuple[str, ...]:
        trace, block = self.trace, self.trace.old[self.layer]
        below = trace.below(self.layer)[self.row]
        name = trace.activations[self.layer]
        output = trace.a[self.layer][self.row]
        has_bias = self.bias_mode != "none"
        return self._of_units(
            lambda unit: (
                unit_formula(
                    block[:-1, unit],
                    below,
                    float(block[-1, unit]) if has_bias else None,
                    name,
                    output[unit],
                    self.digits,
                ).text
            )
        )

    def unit(self) -> Explanation:
        name = self.trace.activations[self.layer]
        label = _((OUTPUTS if self.is_output else ACTIVATIONS)[name].label)
        through = _("{activation} turns the sum into the output.").format(activation=label)
        sentence = sentences(self._weighted_sum(), through)
        return Explanation(_("Forward: {unit}").format(unit=self.who), self._forward_lines(), sentence)

    def sum(self) -> Explanation:
        sentence = sentences(self._weighted_sum(), _("Softmax needs the sums of all outputs."))
        return Explanation(_("Sum: {unit}").format(unit=self.who), self._forward_lines(), sentence)

    def _weighted_sum(self) -> str:
        if self.bias_mode == "none":
            return _("Each input times its weight, added up.")
        return _("Each input times its weight, added up, plus the bias.")

    def activation(self) -> Explanation:
        z, a = self.trace.z[self.layer][self.row], self.trace.a[self.layer][self.row]
        lines = self._of_units(lambda unit: softmax_formula(z, unit, a[unit], self.digits).text)
        sentence = _("Softmax: e to the power of this sum, divided by the total of these powers over all outputs.")
        return Explanation(_("Softmax: {unit}").format(unit=self.who), lines, sentence)

    def loss(self) -> Explanation:
        trace, rows = self.trace, len(self.trace.rows)
        name = self.training.loss
        line = loss_formula(
            name,
            trace.config.network.output,
            trace.a[-1][self.row],
            trace.targets[self.row],
            float(trace.losses[self.row]),
            self.digits,
        ).text
        lines = [line]
        if rows > 1:
            mean = number(trace.loss, self.digits)
            lines = [
                _("this sample: {formula}").format(formula=line),
                _("mean over the {n} samples: {loss}").format(n=rows, loss=mean),
            ]
        return Explanation(_("Loss"), tuple(lines), _(LOSSES[name].sentence))

    def delta(self) -> Explanation:
        lines = self._of_units(lambda unit: delta_formula(self.trace, self.layer, unit, self.row, self.digits).text)
        return Explanation(_("Backward: delta of {unit}").format(unit=self.who), lines, self._delta_sentence())

    def _delta_sentence(self) -> str:
        if self.is_output and self.trace.derivatives[self.layer] is None:
            if has_shared_derivative(self.trace):
                return _(
                    "Output minus target. If one probability grows, the others shrink; the last number subtracts that."
                )
            return _("Output minus target: with cross-entropy the slope of the activation cancels out.")
        if self.is_output:
            return _(
                "How the loss changes with the unit's weighted sum: output minus target, "
                "times the slope of the activation there."
            )
        if self.training.update == "layerwise":
            return _(
                "The deltas of the next layer come back through the weights, which are updated "
                "already: the new ones count. Then times the slope of the activation."
            )
        return _(
            "The deltas of the next layer come back through the weights, each times its "
            "weight; then times the slope of the activation."
        )

    def gradient(self) -> Explanation:
        sentence = _("How the loss changes with each weight: the input of the weight times the unit's delta.")
        rows = len(self.trace.rows)
        if rows > 1 and self.training.reduction == "mean":
            sentence = sentences(sentence, _("Mean over the {n} samples.").format(n=rows))
        elif rows > 1:
            sentence = sentences(sentence, _("Added up over the {n} samples.").format(n=rows))
        if self.bias_mode == "fixed":
            sentence = sentences(sentence, _("The biases are fixed: they are not trained."))
        return Explanation(
            _("Gradient: weights into {unit}").format(unit=self.who), self._of_weights(self._gradient_line), sentence
        )

    def _of_weights(self, line: Callable[[int, int], str]) -> tuple[str, ...]:
        """Return a line for each weight into the units, and for each bias; of many, for those that change most."""
        rows_of_block, units = self.trace.changed_by(self.event)
        change = np.abs(self.trace.gradient[self.layer][rows_of_block, units])
        if self.bias_mode in ("none", "fixed"):
            change = change[:-1]
        places = [divmod(k, change.shape[1]) for k in shortened(change.ravel())[0]]
        shown = [line(source, units.start + unit) for source, unit in places]
        return self._lines(shown, change.size)

    def _name(self, source: int, unit: int) -> str:
        if source == self.trace.sizes[self.layer]:
            return _("bias of {unit}").format(unit=unit_label(self.trace, self.layer, unit))
        ends = (unit_label(self.trace, layer, k) for layer, k in ((self.layer - 1, source), (self.layer, unit)))
        return " → ".join(ends)

    def _gradient_line(self, source: int, unit: int) -> str:
        trace, layer = self.trace, self.layer
        delta = trace.deltas[layer][:, unit]
        result = float(trace.gradient[layer][source, unit])
        if source == trace.sizes[layer]:
            return f"{self._name(source, unit)}: {self._over_rows(delta, result)}"
        summed = terms(trace.below(layer)[:, source], delta)
        rows = len(trace.rows)
        factor = trace.row_factor
        formula = equation(
            summed.values,
            lambda values: summed.evaluate(values) * factor,
            lambda texts: summed.render(texts) if factor == 1 else f"({summed.render(texts)})/{rows}",
            result,
            self.digits,
        )
        return f"{self._name(source, unit)}: {formula.text}"

    def _over_rows(self, addends: ArrayLike, result: float) -> str:
        """Return the sum of some numbers, or the mean where the step is on the mean over the rows."""
        divisor = 1 if self.training.reduction == "sum" else len(self.trace.rows)
        return addition(addends, result, self.digits, divisor).text

    def bias_gradient(self) -> Explanation:
        trace = self.trace
        by_unit = trace.deltas[self.layer].sum(axis=0, dtype=np.float64)
        result = float(trace.gradient[self.layer][-1, 0])
        sentence = _("The units of this layer share one bias, so its gradient is the sum of the deltas of all of them.")
        if len(trace.rows) > 1:
            sentence = sentences(sentence, _("Each number belongs to one unit, added up over the samples."))
        line = _("bias: {formula}").format(formula=self._over_rows(by_unit, result))
        return Explanation(_("Gradient: the bias of the layer"), (line,), sentence)

    def update(self) -> Explanation:
        return Explanation(
            _("Update: weights into {unit}").format(unit=self.who),
            self._of_weights(self._update_line),
            self._update_sentence(),
        )

    def bias_update(self) -> Explanation:
        line = _("bias: {formula}").format(formula=self._update_formula(self.trace.sizes[self.layer], 0))
        return Explanation(_("Update: the bias of the layer"), (line,), self._update_sentence())

    def _update_sentence(self) -> str:
        if self.training.optimizer.name != "sgd":
            label = _(OPTIMIZERS[self.training.optimizer.name].label)
            return _("Old value minus the step that {optimizer} computes from the gradient.").format(optimizer=label)
        sentence = _("Old value minus the learning rate ({rate}) times the gradient: a step downhill.")
        sentence = sentence.format(rate=number(self.training.learning_rate, MOST_RESULT_DIGITS))
        if self.training.update == "layerwise" and self.layer > 0:
            sentence = sentences(sentence, _("This layer is updated before its error is passed back."))
        return sentence

    def _update_line(self, source: int, unit: int) -> str:
        return f"{self._name(source, unit)}: {self._update_formula(source, unit)}"

    def _update_formula(self, source: int, unit: int) -> str:
        trace, layer, training = self.trace, self.layer, self.training
        old, new = (float(block[source, unit]) for block in (trace.old[layer], trace.new[layer]))
        gradient = float(trace.gradient[layer][source, unit])
        digits = _digits_to_see(old, new, self.digits)
        if training.optimizer.name != "sgd":
            formula = equation([old, old - new], lambda v: v[0] - v[1], _difference, new, digits)
            after = _("gradient {value}").format(value=number(gradient, self.digits))
            return f"{formula.text}  ({after})"
        is_bias = source == trace.sizes[layer]
        pulls = [0.0, 0.0] if is_bias else [training.l1 * float(np.sign(old)), training.l2]

        def evaluate(v: Sequence[float]) -> float:
            return v[0] - v[1] * (v[2] + pulls[0] + pulls[1] * v[0])

        def render(texts: Sequence[str]) -> str:
            parts = [texts[2]]
            parts += [number(pulls[0], digits)] if pulls[0] else []
            parts += [f"{number(pulls[1], digits)}·{bracketed(texts[0])}"] if pulls[1] else []
            inner = f"({joined(parts)})" if len(parts) > 1 else bracketed(texts[2])
            return f"{texts[0]} − {texts[1]}·{inner}"

        return equation([old, training.learning_rate, gradient], evaluate, render, new, digits).text


def _difference(texts: Sequence[str]) -> str:
    return joined([texts[0], negated(texts[1])])


def _digits_to_see(old: float, new: float, digits: int) -> int:
    """Return with how many digits the new value shows that it is another one."""
    change = abs(new - old)
    if not (change and old and math.isfinite(change)):
        return digits
    more = math.floor(math.log10(abs(old))) - math.floor(math.log10(change))
    return min(max(digits, more + 2), max(digits, MOST_RESULT_DIGITS))

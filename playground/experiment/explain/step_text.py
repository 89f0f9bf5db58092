"""Slow motion in words and formulas: what happens in a moment, with the numbers of one row."""

import math
from collections.abc import Callable, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike

from playground.data.dataset import translated
from playground.engine.activations import ACTIVATIONS, OUTPUTS
from playground.engine.losses import LOSSES
from playground.engine.optimizers import OPTIMIZERS
from playground.experiment.explain.delta_formula import delta_formula, has_shared_slope
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
    softmax_formula,
    terms,
    unit_formula,
)
from playground.experiment.explain.loss_formula import loss_formula
from playground.experiment.explain.step_trace import StepTrace, TraceEvent
from playground.language import _, ngettext

MOST_RESULT_DIGITS = 12


@dataclass(frozen=True)
class Explanation:
    """What happens in a moment.

    Attributes
    ----------
    title
        A few words.
    lines
        The formulas with their numbers.
    sentence
        What that means.
    """

    title: str
    lines: tuple[str, ...]
    sentence: str


def unit_label(recording: StepTrace, layer: int, unit: int) -> str:
    """Return what a unit is called; `layer` −1 are the inputs, the last layer the outputs.

    Inputs and outputs have the names of the data; hidden units are h1, h2, …, or h2.1 in the second of several layers.
    """
    if 0 <= layer < len(recording.sizes) - 2:
        return f"h{unit + 1}" if len(recording.sizes) == 3 else f"h{layer + 1}.{unit + 1}"
    names = recording.input_names if layer < 0 else recording.output_names
    if unit >= len(names):
        return f"{'x' if layer < 0 else 'y'}{unit + 1}"
    if layer < 0 and recording.has_pixels:
        return _("pixel {name}").format(name=names[unit])
    return _("“{name}”").format(name=names[unit]) if names[unit].isdigit() else translated(names[unit])


def explain(recording: StepTrace, moment: TraceEvent, place: int, digits: int = DIGITS) -> Explanation:
    """Return what happens in a moment.

    Parameters
    ----------
    recording, moment
        What is played, and which moment of it.
    place
        Which of the recording's rows the numbers are of.
    digits
        Significant digits of the results.
    """
    return _Teller(recording, moment, place, digits).explanation()


_Line = Callable[[int, int], str]


class _Teller:
    """Tells one moment."""

    def __init__(self, recording: StepTrace, moment: TraceEvent, place: int, digits: int) -> None:
        self.recording, self.moment, self.place, self.digits = recording, moment, place, digits
        self.layer = moment.layer
        self.is_output = moment.layer == len(recording.a) - 1
        self.training = recording.config.training
        self.bias_mode = recording.config.network.bias

    def explanation(self) -> Explanation:
        """Return title, formulas and sentence."""
        tell = {
            "sum": self._sum,
            "activation": self._activation,
            "unit": self._unit,
            "loss": self._loss,
            "delta": self._delta,
            "gradient": self._gradient,
            "bias gradient": self._bias_gradient,
            "update": self._update,
            "bias update": self._bias_update,
        }
        return tell[self.moment.kind]()

    @property
    def who(self) -> str:
        """The unit, or how many there are."""
        if self.moment.unit is not None:
            return unit_label(self.recording, self.layer, self.moment.unit)
        return ngettext("{n} unit", "{n} units", len(self.moment.units)).format(n=len(self.moment.units))

    def _lines(self, line: Sequence[str], whole: int) -> tuple[str, ...]:
        """Return lines, with how many more there would be."""
        more = whole - len(line)
        return (*line, _("… and {n} more").format(n=more)) if more > 0 else tuple(line)

    def _shown_units(self) -> list[int]:
        """Return the units with a line of their own: of many, the first few."""
        units = self.moment.units
        return list(units if len(units) <= MOST_TERMS else units[:FEW_TERMS])

    def _of_units(self, formula: dict[int, str]) -> tuple[str, ...]:
        """Return a line for each unit, named where there are several."""
        several = len(self.moment.units) > 1
        lines = [
            f"{unit_label(self.recording, self.layer, unit)}: {text}" if several else text
            for unit, text in formula.items()
        ]
        return self._lines(lines, len(self.moment.units))

    def _bias(self, unit: int) -> float | None:
        """Return a unit's bias, None where there are no biases."""
        return None if self.bias_mode == "none" else float(self.recording.old[self.layer][-1, unit])

    def _forward_lines(self) -> tuple[str, ...]:
        recording, block = self.recording, self.recording.old[self.layer]
        below = recording.below(self.layer)[self.place]
        name = recording.activations[self.layer]
        output = recording.a[self.layer][self.place]
        return self._of_units(
            {
                unit: unit_formula(block[:-1, unit], below, self._bias(unit), name, output[unit], self.digits).text
                for unit in self._shown_units()
            }
        )

    def _unit(self) -> Explanation:
        name = self.recording.activations[self.layer]
        label = _((OUTPUTS if self.is_output else ACTIVATIONS)[name].label)
        through = _("{activation} turns the sum into the output.").format(activation=label)
        sentence = f"{self._weighted_sum()} {through}"
        return Explanation(_("Forward: {unit}").format(unit=self.who), self._forward_lines(), sentence)

    def _sum(self) -> Explanation:
        sentence = self._weighted_sum() + " " + _("Softmax needs the sums of all outputs.")
        return Explanation(_("Sum: {unit}").format(unit=self.who), self._forward_lines(), sentence)

    def _weighted_sum(self) -> str:
        if self.bias_mode == "none":
            return _("Each input times its weight, added up.")
        return _("Each input times its weight, added up, plus the bias.")

    def _activation(self) -> Explanation:
        z, a = self.recording.z[self.layer][self.place], self.recording.a[self.layer][self.place]
        lines = self._of_units(
            {unit: softmax_formula(z, unit, a[unit], self.digits).text for unit in self._shown_units()}
        )
        sentence = _("Softmax: e to the power of this sum, divided by the total of these powers over all outputs.")
        return Explanation(_("Softmax: {unit}").format(unit=self.who), lines, sentence)

    def _loss(self) -> Explanation:
        recording, rows = self.recording, len(self.recording.rows)
        name, place = self.training.loss, self.place
        line = loss_formula(
            name,
            recording.config.network.output,
            recording.a[-1][place],
            recording.targets[place],
            float(recording.losses[place]),
            self.digits,
        ).text
        lines = [line]
        if rows > 1:
            mean = number(recording.loss, self.digits)
            lines = [
                _("this sample: {formula}").format(formula=line),
                _("mean over the {n} samples: {loss}").format(n=rows, loss=mean),
            ]
        return Explanation(_("Loss"), tuple(lines), _(LOSSES[name].sentence))

    def _delta(self) -> Explanation:
        lines = {
            unit: delta_formula(self.recording, self.layer, unit, self.place, self.digits).text
            for unit in self._shown_units()
        }
        return Explanation(
            _("Backward: delta of {unit}").format(unit=self.who), self._of_units(lines), self._delta_sentence()
        )

    def _delta_sentence(self) -> str:
        if self.is_output and self.recording.slopes[self.layer] is None:
            if has_shared_slope(self.recording):
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

    def _gradient(self) -> Explanation:
        sentence = _("How the loss changes with each weight: the input of the weight times the unit's delta.")
        rows = len(self.recording.rows)
        if rows > 1 and self.training.reduction == "mean":
            sentence += " " + _("Mean over the {n} samples.").format(n=rows)
        elif rows > 1:
            sentence += " " + _("Added up over the {n} samples.").format(n=rows)
        if self.bias_mode == "fixed":
            sentence += " " + _("The biases are fixed: they are not trained.")
        return Explanation(
            _("Gradient: weights into {unit}").format(unit=self.who), self._of_weights(self._gradient_line), sentence
        )

    def _of_weights(self, line: _Line) -> tuple[str, ...]:
        """Return a line for each weight into the units, and for each bias; of many, for those that change most."""
        rows_of_block, units = self.recording.changed_by(self.moment)
        change = np.abs(self.recording.gradient[self.layer][rows_of_block, units])
        if self.bias_mode in ("none", "fixed"):
            change = change[:-1]
        places = np.arange(change.size)
        if change.size > MOST_TERMS:
            places = np.sort(np.argsort(-change, axis=None, kind="stable")[:FEW_TERMS])
        shown = [line(int(k) // change.shape[1], units.start + int(k) % change.shape[1]) for k in places]
        return self._lines(shown, change.size)

    def _name(self, source: int, unit: int) -> str:
        """Return which weight or bias it is."""
        if source == self.recording.sizes[self.layer]:
            return _("bias of {unit}").format(unit=unit_label(self.recording, self.layer, unit))
        ends = (unit_label(self.recording, layer, k) for layer, k in ((self.layer - 1, source), (self.layer, unit)))
        return " → ".join(ends)

    def _gradient_line(self, source: int, unit: int) -> str:
        recording, layer = self.recording, self.layer
        delta = recording.deltas[layer][:, unit]
        result = float(recording.gradient[layer][source, unit])
        if source == recording.sizes[layer]:
            return f"{self._name(source, unit)}: {self._over_rows(delta, result)}"
        summed = terms(recording.below(layer)[:, source], delta)
        rows = len(recording.rows)
        factor = recording.row_factor
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
        divisor = 1 if self.training.reduction == "sum" else len(self.recording.rows)
        return addition(addends, result, self.digits, divisor).text

    def _bias_gradient(self) -> Explanation:
        recording = self.recording
        by_unit = recording.deltas[self.layer].sum(axis=0, dtype=np.float64)
        result = float(recording.gradient[self.layer][-1, 0])
        sentence = _("The units of this layer share one bias, so its gradient is the sum of the deltas of all of them.")
        if len(recording.rows) > 1:
            sentence += " " + _("Each number belongs to one unit, added up over the samples.")
        line = _("bias: {formula}").format(formula=self._over_rows(by_unit, result))
        return Explanation(_("Gradient: the bias of the layer"), (line,), sentence)

    def _update(self) -> Explanation:
        return Explanation(
            _("Update: weights into {unit}").format(unit=self.who),
            self._of_weights(self._update_line),
            self._update_sentence(),
        )

    def _bias_update(self) -> Explanation:
        line = _("bias: {formula}").format(formula=self._update_formula(self.recording.sizes[self.layer], 0))
        return Explanation(_("Update: the bias of the layer"), (line,), self._update_sentence())

    def _update_sentence(self) -> str:
        if self.training.optimizer.name != "sgd":
            label = _(OPTIMIZERS[self.training.optimizer.name].label)
            return _("Old value minus the step that {optimizer} computes from the gradient.").format(optimizer=label)
        sentence = _("Old value minus the learning rate ({rate}) times the gradient: a step downhill.")
        sentence = sentence.format(rate=number(self.training.learning_rate, MOST_RESULT_DIGITS))
        if self.training.update == "layerwise" and self.layer > 0:
            sentence += " " + _("This layer is updated before its error is passed back.")
        return sentence

    def _update_line(self, source: int, unit: int) -> str:
        return f"{self._name(source, unit)}: {self._update_formula(source, unit)}"

    def _update_formula(self, source: int, unit: int) -> str:
        recording, layer, training = self.recording, self.layer, self.training
        old, new = (float(block[source, unit]) for block in (recording.old[layer], recording.new[layer]))
        gradient = float(recording.gradient[layer][source, unit])
        digits = _digits_to_see(old, new, self.digits)
        if training.optimizer.name != "sgd":
            formula = equation([old, old - new], lambda v: v[0] - v[1], _difference, new, digits)
            after = _("gradient {value}").format(value=number(gradient, self.digits))
            return f"{formula.text}  ({after})"
        is_bias = source == recording.sizes[layer]
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
    """Return the first shown number minus the second."""
    return joined([texts[0], negated(texts[1])])


def _digits_to_see(old: float, new: float, digits: int) -> int:
    """Return with how many digits the new value shows that it is another one."""
    change = abs(new - old)
    if not (change and old and math.isfinite(change)):
        return digits
    more = math.floor(math.log10(abs(old))) - math.floor(math.log10(change))
    return min(max(digits, more + 2), max(digits, MOST_RESULT_DIGITS))

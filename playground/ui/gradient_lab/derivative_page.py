"""The derivative: tangent and secant of a curve, and why a smaller h is not always better."""

import numpy as np

from playground.experiment.landscape import differences
from playground.experiment.landscape.around import WeightLine, WeightLineProbe
from playground.experiment.landscape.differences import STEPS, Errors
from playground.experiment.landscape.formula import Formula
from playground.experiment.probes.snapshot import RunInfo, Snapshot
from playground.language import N_, _, sentences
from playground.ui.canvas.chart_items import Array, Series
from playground.ui.canvas.legend import Legend
from playground.ui.core import layouts, plain_text
from playground.ui.core.number_text import scientific, significant
from playground.ui.core.panel import Probes
from playground.ui.core.ticks import value_label
from playground.ui.forms.form import FormRow
from playground.ui.forms.number_field import NumberField
from playground.ui.gradient_lab.page import DragChart, FormulaPage, batch_text, layer_names
from playground.ui.widgets.combo import ComboBox, Slider
from playground.ui.widgets.labels import text_label
from playground.ui.widgets.segmented import SegmentedControl

_POINTS = 600

_OWN_REACH = 3.0
"""How far to either side of the point the curve of an own formula is shown at first."""

_TALL = 8
"""An own formula is shown as far above and below the point as so many times its median distance from it."""

USUAL_STEP = 1e-4
"""The step of the articles, and of the engine."""

SMALLEST_ERROR = 1e-17
"""What the logarithmic axis shows instead of no error at all."""

ERROR_RANGES = ((-16.5, 0.5), (-17.5, 1.5))

TANGENT, SECANT, CURVE = "accent", "test", "train"


class CurveChart(DragChart):
    """A function of one variable, with the tangent at a point and the secant of a difference quotient."""

    def __init__(self) -> None:
        series = (
            Series(N_("secant"), "lines", SECANT, width=1.6),
            Series(N_("tangent"), "lines", TANGENT, width=1.6),
            Series(N_("curve"), "lines", CURVE, width=1.8),
            Series(N_("ends"), "rings", SECANT, size=8),
            Series(N_("point"), "points", TANGENT, size=10),
        )
        super().__init__("lab_curve", series, _("Function with tangent and secant"))

    def set_curve(self, x: Array, y: Array, low: float, high: float, around: float = np.nan) -> None:
        """Draw a curve through the points (n,); the axis shows `low` to `high`.

        Where a value is given that it is to be seen `around`, what is far above or below that is not.
        """
        self.set_data("curve", x, y)
        shown = y[(x >= low) & (x <= high) & np.isfinite(y)]
        bottom, top = (float(shown.min()), float(shown.max())) if len(shown) else (-1.0, 1.0)
        reach = _TALL * float(np.median(np.abs(shown - around))) if len(shown) else 0.0
        if reach > 0:
            bottom, top = max(bottom, around - reach), min(top, around + reach)
        room = 0.12 * (top - bottom) or 1.0
        self.set_ranges((low, high), (bottom - room, top + room))

    def set_tangent(self, at: tuple[float, float], slope: float, ends: Array, values: Array) -> None:
        """Draw the point `at` with its tangent, and the secant through the two `ends` (2,) with their `values`."""
        x, y = self.point = at
        self.set_data("point", np.array([x]), np.array([y]))
        low, high = self.ranges[0]
        wide = np.array([low - (high - low), high + (high - low)])
        self.set_data("tangent", wide, y + slope * (wide - x))
        self.set_data("ends", ends, values)
        width = float(ends[1] - ends[0])
        quotient = float(values[1] - values[0]) / width if width else np.nan
        self.set_data("secant", wide, float(values[0]) + quotient * (wide - float(ends[0])))

    def describe(self, x: float, y: float) -> str:
        return f"{self.titles[0]} = {value_label(x)}\n{self.titles[1]} = {value_label(y)}"


class ErrorChart(DragChart):
    """The error of the difference quotient over its step h, both logarithmic; drag to choose h."""

    def __init__(self) -> None:
        series = (
            Series("usual", "lines", "faint"),
            Series("now", "lines", SECANT, width=1.4),
            Series("truncation", "lines", "racer_1", width=1.4),
            Series("rounding", "lines", "racer_0", width=1.4),
            Series("measured", "points", CURVE, size=6),
            Series("here", "rings", SECANT, size=10),
        )
        super().__init__("lab_errors", series, _("Error of the difference quotient by h"))
        self.axes["left"].setLogMode(False, True)
        self.axes["bottom"].setLogMode(True, False)
        self.set_ranges(*ERROR_RANGES)
        high = np.array(ERROR_RANGES[1])
        self.set_data("usual", np.full(2, np.log10(USUAL_STEP)), high)

    def set_errors(self, errors: Errors, chosen: int) -> None:
        """Show the errors by step, and mark the step that is `chosen`, by its index."""
        h = np.log10(errors.h)
        self.set_data("measured", h, exponents(errors.measured))
        for key, values in (("truncation", errors.truncation), ("rounding", errors.rounding)):
            self.set_data(key, h, np.where(values > SMALLEST_ERROR, exponents(values), np.nan))
        here = h[chosen : chosen + 1]
        self.point = (float(here[0]), float(exponents(errors.measured[chosen])))
        self.set_data("here", here, exponents(errors.measured[chosen : chosen + 1]))
        self.set_data("now", np.repeat(here, 2), np.array(ERROR_RANGES[1]))

    def numbers(self) -> dict[str, tuple[Array, Array]]:
        keys = ("measured", "truncation", "rounding")
        return {key: (10.0 ** self.data(key)[0], 10.0 ** self.data(key)[1]) for key in keys}

    def describe(self, x: float, y: float) -> str:
        return _("h = {h}\nerror {error}").format(h=value_label(10**x), error=value_label(10**y))


def exponents(values: Array) -> Array:
    """Return log10 of `values`; those below `SMALLEST_ERROR` count as that."""
    return np.log10(np.maximum(values, SMALLEST_ERROR))


class DerivativePage(FormulaPage):
    """A function of one variable, or the loss as a function of one weight of the network."""

    def __init__(self) -> None:
        super().__init__("lab_derivative")
        self._info: RunInfo | None = None
        self._line: WeightLine | None = None
        self._chosen = int(np.abs(STEPS - USUAL_STEP).argmin())
        self.curve, self.errors = CurveChart(), ErrorChart()
        self.curve.setAccessibleDescription(_("Drag the point, or move it with the arrow keys."))
        self.errors.setAccessibleDescription(_("Drag to choose h, or use the arrow keys."))
        self.curve.dragged.connect(lambda x, _y: self._set_x(x))
        self.errors.dragged.connect(self._on_step_dragged)
        self.errors.set_titles("h", _("error"))
        self.legends = Legend("lab_curve_legend", vertical=True), Legend("lab_errors_legend", vertical=True)
        self._build_controls()
        curves = layouts.column((self.curve, 1), self.legends[0], gap=2)
        self.set_parts(self._controls, ((curves, 1), (layouts.column((self.errors, 1), self.legends[1], gap=2), 1)))
        self.show_legends()
        self.choose_example("0")

    def _build_controls(self) -> None:
        choices = (
            ("formula", _("Formula"), _("The derivative of a function of one variable")),
            ("weight", _("Network"), _("The derivative of the loss with respect to one weight of the network")),
        )
        self.of = SegmentedControl("lab_of", choices)
        self.of.set_value("formula")
        self.of.chosen.connect(self._on_of_chosen)
        examples = [(str(k), one.text, "") for k, one in enumerate(differences.EXAMPLES)]
        self.build_formula(("lab_function", _("Function")), "lab_formula", "lab_formula_problem", examples)
        self.place = NumberField("lab_x", step=0.1)
        self.place.committed.connect(self._on_x_typed)
        self.layer = ComboBox("lab_weight_layer", _("Layer"))
        self.layer.chosen.connect(self._on_weight_chosen)
        self.source, self.unit = (NumberField(f"lab_weight_{end}", low=1, whole=True) for end in ("from", "to"))
        for field in (self.source, self.unit):
            field.set_value(1)
            field.committed.connect(self._on_weight_chosen)
        kinds = (
            ("central", _("Central"), _("(f(x + h) − f(x − h)) / 2h")),
            ("one-sided", _("One-sided"), _("(f(x + h) − f(x)) / h")),
        )
        self.kind = SegmentedControl("lab_difference", kinds)
        self.kind.set_value("central")
        self.kind.chosen.connect(self._show)
        self.h = Slider("lab_h", 0, len(STEPS) - 1)
        self.h.setValue(self._chosen)
        self.h.valueChanged.connect(self._on_step_chosen)
        self.h_value = text_label("lab_h_value", "", wraps=False)
        rows = [
            FormRow(
                self.formula, "f(x)", _("A formula of x: + − * / ^, sin, cos, exp, log, sqrt, sigmoid, tanh, relu …")
            )
        ]
        rows.append(FormRow(self.place, "x", _("Where the derivative is taken; the point can be dragged, too.")))
        self._of_formula = layouts.box(layouts.column(self.example, rows[0], self.problem, rows[1], gap=4))
        source = FormRow(self.source, _("From input"), _("The unit that the weight leads from, numbered from 1"))
        unit = FormRow(self.unit, _("To unit"), _("The unit that the weight leads to, numbered from 1"))
        self._of_weight = layouts.box(layouts.column(self.layer, source, unit, gap=4))
        self._of_weight.hide()
        step = FormRow(self.h, "h", _("The step of the difference quotient"))
        step.put_beside(self.h_value)
        self._controls: tuple[layouts.Item, ...] = (self.of, self._of_formula, self._of_weight, self.kind, step)

    def show_legends(self) -> None:
        """Say what the colours mean."""
        names = ((CURVE, _("curve")), (TANGENT, _("tangent")), (SECANT, _("secant")))
        self.legends[0].set_entries(names)
        parts = ((CURVE, _("measured")), ("racer_1", _("truncation")), ("racer_0", _("rounding")))
        tip = _(
            "Truncation: the secant is not the tangent; it falls with h. Rounding: f(x + h) and f(x − h) agree in most "
            "of their 16 digits, and only the rest is left of the difference; it rises as h falls. Both are estimates. "
            "The grey line is h = 1e-4."
        )
        self.legends[1].set_entries(parts, tip)
        self.curve.legend, self.errors.legend = names, parts
        self.errors.setToolTip(plain_text.tip(tip))

    @property
    def is_of_network(self) -> bool:
        """Whether it shows the loss as a function of a weight."""
        return self.of.value() == "weight"

    def probes(self) -> Probes:
        return (self._probe(),) if self.is_of_network else ()

    def prepare(self, info: RunInfo) -> None:
        self._info, self._line = info, None
        layers = len(info.sizes) - 1
        tip = _("The layer that the weight leads to")
        self.layer.set_choices([(str(k), name, tip) for k, name in enumerate(layer_names(layers), 1)])
        if self.layer.value() is None:
            self.layer.set_value(str(layers))
        self._bound_weight()

    def show_snapshot(self, snapshot: Snapshot) -> None:
        if self.is_of_network:
            line = snapshot.answer(self._probe())
            if line is not None:
                self._line = line
                self._show()

    def _probe(self) -> WeightLineProbe:
        assert self._info is not None
        layer, source, unit = (int(one or 1) for one in (self.layer.value(), self.source.value(), self.unit.value()))
        return WeightLineProbe(self._info.weight_index(layer, source - 1, unit - 1))

    def _bound_weight(self) -> None:
        if self._info is None:
            return
        layer = int(self.layer.value() or 1)
        for field, most in ((self.source, self._info.sizes[layer - 1]), (self.unit, self._info.sizes[layer])):
            field.set_range(1, most)
            field.set_value(min(int(field.value() or 1), most))

    def _on_weight_chosen(self) -> None:
        self._bound_weight()
        self.refresh_requested.emit()

    def _on_of_chosen(self, key: str) -> None:
        self._of_formula.setVisible(key == "formula")
        self._of_weight.setVisible(key == "weight")
        self.curve.is_fixed = key == "weight"
        self._show()
        self.refresh_requested.emit()

    def take_example(self, key: str) -> str:
        one = differences.EXAMPLES[int(key)]
        self._x, self._span, self._is_own = one.x, (one.low, one.high), False
        self.curve.show_whole()
        return one.text

    def _read_formula(self, text: str) -> None:
        if not self._is_own:
            Formula(text)
            self._is_own, self._span = True, (self._x - _OWN_REACH, self._x + _OWN_REACH)
            self.curve.show_whole()
        super()._read_formula(text)

    def show_formula(self, text: str) -> None:
        self._formula = Formula(text)
        self._show()

    def _set_x(self, x: float) -> None:
        self._x = float(f"{x:.4g}")
        self._show()

    def _on_x_typed(self, x: float) -> None:
        low, high = self._span
        if not low <= x <= high:
            half = (high - low) / 2
            self._span = (x - half, x + half)
            self.curve.show_whole()
        self._set_x(x)

    def _on_step_chosen(self, place: int) -> None:
        self._chosen = place
        self._show()

    def _on_step_dragged(self, exponent: float, _error: float) -> None:
        moved = exponent - self.errors.point[0]
        nearest = int(np.abs(np.log10(STEPS) - exponent).argmin())
        if nearest == self._chosen and abs(moved) > 0.1:  # an arrow key moves it by less than the next step is away
            nearest += int(np.sign(moved))
        self.h.setValue(nearest)

    def _show(self) -> None:
        self.h_value.setText(_step_label(float(STEPS[self._chosen])))
        if not self.is_of_network:
            self._show_formula()
        elif self._line is not None:
            self._show_weight(self._line)

    def _show_formula(self) -> None:
        x, (low, high) = self._x, self._span
        self.place.set_value(x)
        self.curve.set_titles("x", "f(x)")
        wide = np.linspace(low - (high - low), high + (high - low), _POINTS)
        value, (slope,) = self._formula.derivatives(x)
        self.curve.set_curve(wide, self._formula.value(wide), low, high, float(value) if self._is_own else np.nan)
        if not (np.isfinite(value) and np.isfinite(slope)):
            self.curve.clear("point", "tangent", "ends", "secant")
            self.errors.clear("measured", "truncation", "rounding", "here")
            words = _("The function has no value or no slope at x = {x}: choose another place.")
            self.text.setText(words.format(x=value_label(x)))
            return
        central, h = self.kind.value() == "central", STEPS[self._chosen]
        ends = np.array([x - h if central else x, x + h])
        self.curve.set_tangent((x, float(value)), float(slope), ends, self._formula.value(ends))
        formula = self._formula
        errors = differences.errors(formula.value, lambda at: float(formula.derivatives(at)[1][0]), x, central=central)
        self._show_errors(errors, float(slope), f"f′({value_label(x)})")

    def _show_weight(self, line: WeightLine) -> None:
        central = self.kind.value() == "central"
        self.curve.set_titles(_("value of the weight"), _("sum of losses") if line.reduction == "sum" else _("loss"))
        self.curve.set_curve(line.weights, line.losses, float(line.weights[0]), float(line.weights[-1]))
        h = float(STEPS[self._chosen])
        errors = line.central if central else line.one_sided
        ends = line.weight + np.array([-h if central else 0.0, h])
        # The ends lie on the secant, whose slope is the quotient, around the loss at the weight.
        middle = line.loss if not central else float(np.interp(line.weight, line.weights, line.losses))
        values = middle + errors.quotients[self._chosen] * (ends - line.weight)
        self.curve.set_tangent((line.weight, line.loss), line.slope, ends, values)
        self._show_errors(errors, line.slope, _("∂loss/∂weight, by backprop"))
        batch = batch_text(line.reduction, line.rows, line.whole)
        self.text.setText(sentences(self.text.text(), batch))

    def _show_errors(self, errors: Errors, slope: float, name: str) -> None:
        self.errors.set_errors(errors, self._chosen)
        words = _("{name} = {slope}. With h = {h} the difference quotient is {quotient}; error {error}.")
        sentence = words.format(
            name=name,
            slope=significant(slope, 10),
            h=_step_label(float(STEPS[self._chosen])),
            quotient=significant(float(errors.quotients[self._chosen]), 10),
            error=value_label(float(errors.measured[self._chosen])),
        )
        if not errors.truncation.any():
            sentence = sentences(sentence, _("There is no truncation error here: only rounding is left."))
        self.text.setText(sentence)


def _step_label(h: float) -> str:
    """Return a step as text: 1, 0.1, 1e-4, 3e-5."""
    return significant(h, 1) if h >= 1e-3 else scientific(h, 1)

"""The gradient check: backprop beside numerical differentiation, what is wrong if they differ, what each costs."""

import numpy as np
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QGridLayout, QLabel, QStackedWidget, QWidget

from playground.engine.activations import ACTIVATIONS
from playground.engine.gradient_check import CORNER, TOLERANCE, LayerCheck
from playground.experiment.config.schema import GRADIENTS
from playground.experiment.landscape.checking import TRAINING, CheckProbe, SampledCheck
from playground.experiment.landscape.costs import CostProbe, MeasuredCosts
from playground.experiment.landscape.faults import FAULTS
from playground.experiment.probes.snapshot import RunInfo, Snapshot
from playground.language import _, sentences
from playground.ui.canvas.matrix_view import Frame, MatrixView
from playground.ui.core import layouts, number_text, plain_text, theme
from playground.ui.core.panel import Probes
from playground.ui.core.ticks import value_label
from playground.ui.forms import experiment_fields
from playground.ui.gradient_lab.page import Page, batch_text, layer_names
from playground.ui.widgets.combo import ComboBox
from playground.ui.widgets.icons import Button
from playground.ui.widgets.labels import ElidedLabel, text_label
from playground.ui.widgets.segmented import SegmentedControl

NARROWEST = 60
"""Pixels of a heat map."""


class CostTable(QWidget):
    """What one gradient costs, and a whole run of them, in each of three ways."""

    def __init__(self) -> None:
        super().__init__()
        self.setObjectName("lab_costs")
        self.setAccessibleName(_("Cost of the gradient"))
        self._cells: dict[tuple[str, int], QLabel] = {}  # by method and row
        grid = QGridLayout(self)
        grid.setContentsMargins(0, 4, 0, 0)
        grid.setHorizontalSpacing(14)
        grid.setVerticalSpacing(5)
        headings = (_("losses"), _("multiplications"), _("seconds per step"), _("so far"), _("whole run"))
        for column, method in enumerate(GRADIENTS, 1):
            name = experiment_fields.value_label("training.gradient", method)
            grid.addWidget(text_label(text=name), 0, column, Qt.AlignmentFlag.AlignRight)
            for row in range(1, len(headings) + 1):
                cell = text_label(f"lab_cost_{method}_{row}", "strong", wraps=False)
                grid.addWidget(cell, row, column, Qt.AlignmentFlag.AlignRight)
                self._cells[method, row] = cell
        for row, heading in enumerate(headings, 1):
            grid.addWidget(text_label(text=heading, wraps=False), row, 0)
        grid.setRowStretch(len(headings) + 1, 1)
        grid.setColumnStretch(len(GRADIENTS) + 1, 1)
        self.clear()

    def clear(self) -> None:
        """Show no numbers until they have been measured."""
        for cell in self._cells.values():
            cell.setText("–")

    def show_costs(self, found: MeasuredCosts, steps: float | None) -> None:
        """Show what was measured, projected to the steps made so far and to those of the whole run, if known."""
        for method in GRADIENTS:
            cost, seconds = found.costs[method], found.seconds[method]
            whole = "–" if steps is None else _duration(seconds * steps)
            texts = (
                f"{cost.losses:,}",
                number_text.count(cost.multiplications),
                f"{seconds:,.0f}" if seconds >= 10 else number_text.significant(seconds, 2),
                _duration(seconds * found.steps),
                whole,
            )
            for row, words in enumerate(texts, 1):
                self._cells[method, row].setText(words)


class CheckPage(Page):
    """Three heat maps of one layer, the verdict, and the cost meter."""

    follows_training = False

    def __init__(self) -> None:
        super().__init__("lab_check")
        self._found: SampledCheck | None = None
        self._costs: MeasuredCosts | None = None
        views = (
            ("gradients", _("Gradients"), _("Both gradients, entry by entry")),
            ("cost", _("Cost"), _("Forward passes, multiplications and seconds")),
        )
        self.view = SegmentedControl("lab_check_view", views)
        self.view.set_value("gradients")
        self.view.chosen.connect(self._on_view_chosen)
        self.source = ComboBox("lab_fault", _("Gradient to check"))
        choices = [(key, _(one.label), _(one.sentence)) for key, one in FAULTS.items()]
        own = (TRAINING, _("of training"), _("The gradient that the steps of this run use"))
        self.source.set_choices([own, *choices])
        self.source.set_value(TRAINING)
        self.source.chosen.connect(self.refresh_requested)
        self.layer = ComboBox("lab_check_layer", _("Layer"))
        self.layer.chosen.connect(self._show_layer)
        self.verdict, self.reason = text_label("lab_verdict", "strong"), text_label("lab_reason")
        sentence = _(
            "Relative error: the difference of the two numbers, divided by the larger one, but at least by a "
            "thousandth of the largest gradient. On the corner of an activation the nearer slope counts."
        )
        self.reason.setToolTip(plain_text.tip(sentence))
        tip = _("Measures the network and its batch as they are now")
        self.again = Button(name="lab_measure", role="small", text=_("Measure again"), tip=tip)
        self.again.clicked.connect(self._measure)
        self.maps = {key: MatrixView(f"lab_{key}") for key in ("backprop", "numerical", "difference")}
        columns = []
        for (key, matrix), name in zip(
            self.maps.items(), (_("Backprop"), _("Numerical"), _("Difference")), strict=True
        ):
            title = ElidedLabel(f"lab_{key}_title", text=name)
            matrix.setAccessibleName(name)
            matrix.setMinimumWidth(NARROWEST)
            columns.append((layouts.column(title, (matrix, 1), gap=2), 1))
        self.costs = CostTable()
        self._views = QStackedWidget()
        self._views.addWidget(layouts.box(layouts.row(*columns, gap=8)))
        self._views.addWidget(layouts.scroll_area(self.costs, across=True))  # too wide for the smallest window
        self.costs.setAutoFillBackground(False)
        self._gradient_controls = layouts.box(
            layouts.column(self.source, self.layer, 4, self.verdict, self.reason, gap=4)
        )
        self.again.hide()
        self.set_parts((self.view, self._gradient_controls, self.again), ((self._views, 1),))

    @property
    def shows_cost(self) -> bool:
        """Whether the cost meter is in front."""
        return self.view.value() == "cost"

    def probes(self) -> Probes:
        if self.shows_cost:
            return (CostProbe(),) if self._costs is None else ()
        return (CheckProbe(self.source.value() or TRAINING),)

    def prepare(self, info: RunInfo) -> None:
        self._found = self._costs = None
        self.layer.set_choices([(str(k), name, "") for k, name in enumerate(layer_names(len(info.sizes) - 1))])
        if self.layer.value() is None:
            self.layer.set_value("0")
        self.costs.clear()

    def show_snapshot(self, snapshot: Snapshot) -> None:
        if self.shows_cost:
            costs = snapshot.answer(CostProbe())
            if costs is not None:
                self._costs = costs
                end = snapshot.planned_end
                self.costs.show_costs(costs, None if end is None else end[0])
                self._show_cost_text(costs)
            return
        found = snapshot.answer(CheckProbe(self.source.value() or TRAINING))
        if found is not None:
            self._found = found
            self._show_layer()
            self._show_verdict(found)

    def _on_view_chosen(self, key: str) -> None:
        self._views.setCurrentIndex(int(key == "cost"))
        self._gradient_controls.setVisible(key != "cost")
        self.again.setVisible(key == "cost")
        theme.set_property(self.foot, "role", "lab_foot_tall" if key == "cost" else "lab_foot")
        self.text.clear()
        self.refresh_requested.emit()

    def _measure(self) -> None:
        self._costs = None
        self.refresh_requested.emit()

    def _show_layer(self) -> None:
        found, place = self._found, int(self.layer.value() or 0)
        if found is None or place >= len(found.layers):
            return
        one = found.layers[place]
        rows = tuple(str(k + 1) for k in one.inputs) + ((_("bias"),) if one.has_bias else ())
        columns = tuple(str(k + 1) for k in one.units)
        frame = Frame(rows, columns, _("input"), _("unit"), "row" if one.has_bias else "")
        scale = max(float(np.abs(one.backprop).max()), float(np.abs(one.numerical).max())) or 1.0
        for key, values in (
            ("backprop", one.backprop),
            ("numerical", one.numerical),
            ("difference", one.backprop - one.numerical),
        ):
            self.maps[key].set_frame(frame)
            self.maps[key].set_values(values)
            # Both gradients on one scale; the difference on its own, or small ones could not be seen.
            self.maps[key].limit = scale if key != "difference" else self.maps[key].limit
        self._show_text(one)

    def _show_text(self, one: LayerCheck) -> None:
        count = one.backprop.size
        if count < one.total:
            words = _(
                "{count:,} of the {total:,} weights and biases of this layer were checked: the largest gradients."
            )
        else:
            words = _("All {total:,} weights and biases of this layer were checked.")
        limit = value_label(float(f"{self.maps['difference'].limit:.2g}"))
        scale = _("The difference has a scale of its own, ±{limit}.").format(limit=limit)
        self.text.setText(sentences(words.format(count=count, total=one.total), scale))

    def _show_verdict(self, found: SampledCheck) -> None:
        layer, row, column = found.worst
        one = found.layers[layer]
        name = layer_names(len(found.layers))[layer]
        unit = one.units[column] + 1
        if row < len(one.inputs):
            place = _("{layer}, input {input} → unit {unit}").format(layer=name, input=one.inputs[row] + 1, unit=unit)
        else:
            place = _("{layer}, bias of unit {unit}").format(layer=name, unit=unit)
        error = _("Largest relative error: {error}, at {place}: backprop {backprop}, numerical {numerical}.").format(
            error=value_label(found.error),
            place=place,
            backprop=value_label(float(one.backprop[row, column])),
            numerical=value_label(float(one.numerical[row, column])),
        )
        fault = FAULTS.get(found.fault or "")
        if found.agrees:
            self.verdict.setText(_("They agree."))
            parts = [error, _("Up to {tolerance} is rounding.").format(tolerance=number_text.significant(TOLERANCE))]
        elif fault is None:
            self.verdict.setText(_("They differ."))
            reason = _("No known fault leads to this gradient.")
            if found.corner is not None:
                reason = _(CORNER).format(activation=_(ACTIVATIONS[found.corner].label))
            parts = [reason, error]
        else:
            self.verdict.setText(_("They differ: {fault}.").format(fault=_(fault.label)))
            parts = [_(fault.sentence), error]
        if not found.agrees and max(abs(one.backprop[row, column]), abs(one.numerical[row, column])) < found.floor:
            tiny = _("The error is their difference divided by {floor}, a thousandth of the largest gradient.")
            parts.append(tiny.format(floor=value_label(found.floor)))
        self.reason.setText(sentences(*parts, batch_text(found.reduction, found.rows, found.whole)))

    def _show_cost_text(self, found: MeasuredCosts) -> None:
        ratio = found.costs["numerical-naive"].multiplications / max(1, found.costs["numerical"].multiplications)
        words = _(
            "One gradient of the next batch. Numerical differentiation needs two losses for each weight and bias. The "
            "naive way makes a whole forward pass for each; the other one computes again only what has changed: "
            "{ratio} times fewer multiplications, the same gradient. This run: {steps:,} steps in {spent}."
        )
        ratio_text = f"{ratio:,.0f}" if ratio >= 10 else f"{ratio:.1f}"
        self.text.setText(words.format(ratio=ratio_text, steps=found.steps, spent=_duration(found.spent)))


def _duration(seconds: float) -> str:
    if seconds >= 1:
        return number_text.duration(seconds)
    return _("{seconds} s").format(seconds=number_text.significant(seconds, 2))

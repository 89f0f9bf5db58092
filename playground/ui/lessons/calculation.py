"""A computation shown in a lesson: some of its numbers may be changed, and the result follows."""

from collections.abc import Mapping
from functools import partial
from typing import Any

import numpy as np
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFrame, QGridLayout, QLabel, QWidget

from playground.experiment.lessons import computations, quantities
from playground.experiment.lessons.schema import Calculation
from playground.language import _
from playground.registry import UserError
from playground.ui.core import layouts, plain_text
from playground.ui.forms.guess_text import number
from playground.ui.forms.number_field import NumberField
from playground.ui.widgets.card import StyledFrame
from playground.ui.widgets.flow_layout import FlowLayout
from playground.ui.widgets.labels import text_label
from playground.ui.widgets.switches import SmallSwitch

MOST_SHOWN = 6
"""Rows and columns of a result that are shown."""


class CalculationView(StyledFrame):
    """Fields for the arguments that may be changed, and the result in numbers or bars."""

    def __init__(self, calculation: Calculation, labels: Mapping[str, str]) -> None:
        super().__init__("lesson_calculation")
        self._calculation = calculation
        self._arguments: dict[str, Any] = dict(calculation.arguments)
        self._readings: dict[str, float] = {}
        self._result = QWidget()
        self._grid = QGridLayout(self._result)
        self._grid.setContentsMargins(0, 0, 0, 0)
        self._grid.setHorizontalSpacing(10)
        self._problem = text_label("lesson_calculation_problem", role="problem")
        rows = [self._row(name, labels.get(name, name)) for name in calculation.editable]
        layouts.column(*rows, self._result, self._problem, parent=self, gap=6, margins=(12, 8, 12, 8))
        self.show_readings({})

    def _row(self, name: str, label: str) -> QWidget:
        value = self._arguments[name]
        words = text_label(text=label)
        if isinstance(value, bool):
            switch = SmallSwitch(f"lesson_argument_{name}")
            switch.setText(plain_text.button_text(label))
            switch.setChecked(value)
            switch.toggled.connect(partial(self._set, name, None))
            return switch
        fields = QWidget()
        flow = FlowLayout(fields, gap=4)
        numbers = value if isinstance(value, list) else [value]
        for k, one in enumerate(numbers):
            place = k if isinstance(value, list) else None
            field = NumberField(f"lesson_argument_{name}" + ("" if place is None else f"_{k}"), label)
            field.setProperty("role", "argument")
            field.set_value(float(one))
            field.committed.connect(partial(self._set, name, place))
            flow.addWidget(field)
        return layouts.box(layouts.column(words, fields, gap=2))

    def _set(self, name: str, place: int | None, value: Any) -> None:
        if place is None:
            self._arguments[name] = value
        else:
            self._arguments[name] = [*self._arguments[name][:place], value, *self._arguments[name][place + 1 :]]
        self._compute()

    def show_readings(self, readings: Mapping[str, float | None]) -> None:
        """Compute with these quantities of the run."""
        self._readings = {key: value for key, value in readings.items() if value is not None}
        self._compute()

    def result(self) -> Any:
        """Return what is shown: a number or lists; None where it cannot be computed."""
        try:
            arguments = quantities.resolved(self._arguments, self._readings)
            return computations.compute(self._calculation.computation, arguments)
        except UserError as error:
            is_waiting = bool(quantities.names_in_arguments(self._arguments)) and not self._readings
            self._problem.setText("" if is_waiting else str(error))
            return None

    def _compute(self) -> None:
        self._problem.setText("")
        result = self.result()
        self._problem.setVisible(bool(self._problem.text()))
        while self._grid.count():
            taken = self._grid.takeAt(0)
            widget = taken.widget() if taken is not None else None
            if widget is not None:
                widget.deleteLater()
        if result is None:
            return
        table = np.atleast_2d(np.asarray(result, dtype=float))
        if self._calculation.show == "bars":
            self._show_bars(table.ravel()[: 2 * MOST_SHOWN])
            return
        for i, row in enumerate(table[:MOST_SHOWN]):
            for k, value in enumerate(row[:MOST_SHOWN]):
                self._grid.addWidget(_cell(number(float(value))), i, k)
        if table.shape[0] > MOST_SHOWN or table.shape[1] > MOST_SHOWN:
            note = _("{rows} × {columns} numbers; the first are shown.")
            words = text_label(text=note.format(rows=table.shape[0], columns=table.shape[1]))
            self._grid.addWidget(words, MOST_SHOWN, 0, 1, -1)

    def _show_bars(self, values: Any) -> None:
        largest = max([abs(float(it)) for it in values if np.isfinite(it)], default=1.0) or 1.0
        for k, value in enumerate(values):
            bar = _bar(float(value) / largest if np.isfinite(value) else 0.0)
            self._grid.addWidget(text_label(text=str(k), wraps=False), k, 0)
            self._grid.addWidget(bar, k, 1)
            self._grid.addWidget(_cell(number(float(value))), k, 2)
        self._grid.setColumnStretch(1, 1)


def _bar(share: float) -> QWidget:
    filled = QFrame()
    filled.setObjectName("lesson_bar")
    filled.setProperty("role", "bar")
    stretch = max(0, min(1000, round(1000 * abs(share))))
    bar = layouts.box(layouts.row((filled, stretch), (QWidget(), 1000 - stretch)))
    bar.setMinimumHeight(12)
    return bar


def _cell(text: str) -> QLabel:
    label = text_label("lesson_number", "strong", text, wraps=False)
    label.setAlignment(Qt.AlignmentFlag.AlignRight)
    return label

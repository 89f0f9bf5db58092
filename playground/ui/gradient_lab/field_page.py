"""Field and descent: the gradient of a surface as arrows, and optimisers that race downhill from one start."""

import math

import numpy as np
from PySide6.QtCore import QLineF, QPointF, QSignalBlocker, QSize, QTimer
from PySide6.QtGui import QHideEvent, QPainter, QPaintEvent, QPen, QResizeEvent
from PySide6.QtWidgets import QSizePolicy, QStyle

from playground.engine.optimizers import OPTIMIZERS as ALL_OPTIMIZERS
from playground.experiment.landscape import surfaces
from playground.experiment.landscape.differences import integer_gradient
from playground.experiment.landscape.surfaces import Surface, descend
from playground.language import _, sentences
from playground.ui.canvas.chart_items import Array, Series
from playground.ui.canvas.run_chart import RunChart
from playground.ui.core import layouts, number_text, plain_text, theme
from playground.ui.core.ticks import value_label
from playground.ui.forms.form import FormRow
from playground.ui.forms.number_field import NumberField
from playground.ui.gradient_lab.field_chart import OPTIMIZERS, FieldChart
from playground.ui.gradient_lab.page import FormulaPage
from playground.ui.widgets.combo import Slider
from playground.ui.widgets.flow_layout import FlowLayout
from playground.ui.widgets.icons import IconButton, swatch
from playground.ui.widgets.labels import text_label
from playground.ui.widgets.switches import SmallSwitch

STEPS, MOST_STEPS = 100, 1000
FRAME_MS = 33
FRAMES = 100
"""A race is played in so many frames at most."""

SWATCH = 9
"""Pixels of the colour beside an optimiser's name."""

ROOMY = 620
"""Pixels of width from which there is room for the values by step beside the field."""


LOWEST, HIGHEST, PER_POWER = -4, 1, 20
"""Exponents of ten of the learning rate, and positions of its slider between two of them."""


class RateSlider(Slider):
    """A logarithmic slider from 1e-4 to 10; what lies below `stable` is green, what lies above red."""

    def __init__(self) -> None:
        super().__init__("lab_rate_slider", 0, (HIGHEST - LOWEST) * PER_POWER, _("Learning rate"))
        self._stable: float | None = None

    def rate(self) -> float:
        """Return the rate at the present position, with two digits."""
        return float(f"{10 ** (LOWEST + self.value() / PER_POWER):.2g}")

    def show_rate(self, rate: float) -> None:
        """Move to the position nearest to a rate."""
        self.setValue(self._position(rate))

    def set_stable(self, rate: float | None) -> None:
        """Mark the largest stable rate; None where there is none."""
        self._stable = rate
        self.update()

    def _position(self, rate: float) -> int:
        return round((math.log10(max(rate, 1e-12)) - LOWEST) * PER_POWER)

    def paintEvent(self, event: QPaintEvent) -> None:
        super().paintEvent(event)
        if self._stable is None:
            return
        handle = self.style().pixelMetric(QStyle.PixelMetric.PM_SliderLength, None, self)
        place = QStyle.sliderPositionFromValue(
            self.minimum(), self.maximum(), self._position(self._stable), self.width() - handle
        )
        y, middle = self.height() - 1.5, place + handle / 2
        with QPainter(self) as painter:
            for colour, left, right in (("good", handle / 2, middle), ("bad", middle, self.width() - handle / 2)):
                painter.setPen(QPen(theme.color(colour), 2))
                if right > left:
                    painter.drawLine(QLineF(QPointF(left, y), QPointF(right, y)))


class ValueChart(RunChart):
    """The value of the surface on each path, by step."""

    deepest = 20.0  # plain gradient descent soon comes so near to the lowest point

    def __init__(self) -> None:
        series = tuple(Series(key, "line", ink, width=1.8) for key, ink in OPTIMIZERS.items())
        super().__init__("lab_values", series, _("Value on each path by step"))
        self.set_titles(_("step"), "f")

    def set_values(self, values: dict[str, Array], steps: int) -> None:
        """Show the values (steps + 1,) of some optimisers; on a logarithmic axis if none is negative."""
        self.goal = float(steps)
        self.set_logarithmic(all(bool((one[np.isfinite(one)] >= 0).all()) for one in values.values()))
        nothing = np.empty(0)
        for key in OPTIMIZERS:
            one = values.get(key, nothing)
            self.set_data(key, np.arange(len(one), dtype=float), one)
        self.fit_axes(float(steps), *values.values())
        if not self.logarithmic:
            finite = np.concatenate([one[np.isfinite(one)] for one in values.values()] or [nothing])
            low, high = (float(finite.min()), float(finite.max())) if finite.size else (0.0, 1.0)
            self.set_ranges(self.ranges[0], (low - 0.05 * (high - low), high + 0.05 * (high - low) or 1.0))

    def describe(self, x: float, _y: float) -> str:
        step = max(0, round(x))
        lines = [_("step {n:,}").format(n=step)]
        for key in OPTIMIZERS:
            values = self.data(key)[1]
            if step < len(values):
                lines.append(f"{_(ALL_OPTIMIZERS[key].label)}  {value_label(float(values[step]))}")
        return "\n".join(lines)


class FieldPage(FormulaPage):
    """A surface, its gradient, a start, a learning rate, and the paths of up to four optimisers."""

    def __init__(self) -> None:
        super().__init__("lab_descent")
        self._paths: dict[str, Array] = {}
        self.field, self.values = FieldChart(), ValueChart()
        self.field.setAccessibleDescription(_("Drag the start, or move it with the arrow keys."))
        self.field.set_titles("x₀", "x₁")
        self.field.dragged.connect(self._on_start_dragged)
        self.field.reshaped.connect(self._show_surface)
        self._timer = QTimer(self)
        self._timer.setInterval(FRAME_MS)
        self._timer.timeout.connect(self._on_frame)
        self._build_controls()
        self.set_parts(self._controls, ((self.field, 3), (self.values, 2)))
        self.apply_theme()
        self.choose_example(surfaces.EXAMPLES[0].name)

    def _build_controls(self) -> None:
        choices = [(one.name, _(one.label), one.text) for one in surfaces.EXAMPLES]
        self.build_formula(("lab_surface", _("Surface")), "lab_surface_formula", "lab_surface_problem", choices)
        self.start = [NumberField(f"lab_start_{k}", step=0.1) for k in (0, 1)]
        for field in self.start:
            field.committed.connect(self._on_start_typed)
        self.rate = NumberField("lab_rate", low=0.0)
        self.rate.committed.connect(self._set_rate)
        self.rate_slider = RateSlider()
        self.rate_slider.valueChanged.connect(lambda _value: self._set_rate(self.rate_slider.rate()))
        self.stable = text_label("lab_stable")
        self.stable.setToolTip(
            plain_text.tip(
                _(
                    "Near the lowest point plain gradient descent comes closer with each step at lower rates, and goes "
                    "away at higher ones: 2 divided by the largest curvature."
                )
            )
        )
        self.steps = NumberField("lab_steps", low=1, high=MOST_STEPS, whole=True)
        self.steps.set_value(STEPS)
        self.steps.committed.connect(self._show_paths)
        self.optimizers: dict[str, SmallSwitch] = {}
        switches = FlowLayout(gap=4)
        for key in OPTIMIZERS:
            entry = ALL_OPTIMIZERS[key]
            switch = self.optimizers[key] = SmallSwitch(f"lab_optimizer_{key}", _(entry.label), _(entry.sentence))
            switch.setChecked(key == "sgd")
            switch.toggled.connect(self._show_paths)
            switches.addWidget(switch)
        self.moment = Slider("lab_moment", 0, STEPS, _("Step up to which the paths are shown"))
        self.moment.valueChanged.connect(self._show_moment)
        self.play = IconButton("play", name="lab_race", text=_("Play the paths from the start"), role="boxed", size=13)
        self.play.clicked.connect(self._on_play)
        tip = _("The gradient points uphill; this draws its opposite, as article B does. Lengths are square roots.")
        self.downhill = SmallSwitch("lab_downhill", _("Arrows downhill"), tip)
        self.downhill.toggled.connect(self._show_surface)
        tip = _("What article B's numerical gradient gives where the point is an array of integers")
        self.integers = SmallSwitch("lab_integers", _("Array of integers"), tip)
        self.integers.toggled.connect(self._show_text)
        places = layouts.box(layouts.row(*((field, 1) for field in self.start), gap=4))
        start = FormRow(places, _("Start"), _("Where all start, x₀ and x₁; the point can be dragged, too."))
        for field, name in zip(self.start, ("x₀", "x₁"), strict=True):
            field.setAccessibleName(name)
            field.setMinimumWidth(0)
            field.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Fixed)
        tip = _("A formula of x0 and x1: + − * / ^, sin, cos, exp, log, sqrt, tanh …")
        self._controls: tuple[layouts.Item, ...] = (
            self.example,
            FormRow(self.formula, "f(x₀, x₁)", tip),
            self.problem,
            FormRow(self.rate, _("Rate"), _("The learning rate: how far each step goes downhill.")),
            self.rate_slider,
            self.stable,
            switches,
            layouts.row(self.play, (self.moment, 1), gap=6),
            FormRow(self.steps, _("Steps"), _("How many steps each optimiser makes")),
            start,
            self.downhill,
            self.integers,
        )

    def apply_theme(self) -> None:
        """Give each optimiser's switch the colour of its path."""
        for key, switch in self.optimizers.items():
            switch.setIcon(swatch(theme.color(OPTIMIZERS[key]), SWATCH))
            switch.setIconSize(QSize(theme.px(SWATCH), theme.px(SWATCH)))
        self._show_if_roomy()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._show_if_roomy()

    def _show_if_roomy(self) -> None:
        self.values.setVisible(self.width() >= theme.px(ROOMY))

    def hideEvent(self, event: QHideEvent) -> None:
        super().hideEvent(event)
        self._timer.stop()

    def take_example(self, key: str) -> str:
        one = next(one for one in surfaces.EXAMPLES if one.name == key)
        self._bounds, self._start, self._rate = one.bounds, one.start, one.rate
        return one.text

    def show_formula(self, text: str) -> None:
        self._surface = Surface(text, self._bounds)
        self._text = text
        stable = self._surface.largest_stable_rate()
        self.rate_slider.set_stable(stable)
        if stable is None:
            self.stable.setText(_("no lowest point here"))
        else:
            self.stable.setText(_("stable below {rate}").format(rate=value_label(stable)))
        self.field.show_whole()
        self._show_surface()

    def _show_surface(self) -> None:
        self.field.set_surface(self._text, self._bounds, downhill=self.downhill.isChecked())
        self._show_paths()

    def _set_rate(self, rate: float) -> None:
        self._rate = rate
        self._show_paths()

    def _on_start_dragged(self, x: float, y: float) -> None:
        self._start = (float(f"{x:.4g}"), float(f"{y:.4g}"))
        self._show_paths()

    def _on_start_typed(self) -> None:
        self._start = (float(self.start[0].value() or 0), float(self.start[1].value() or 0))
        self._show_paths()

    def _show_paths(self) -> None:
        self._timer.stop()
        names = [key for key, switch in self.optimizers.items() if switch.isChecked()]
        steps = int(self.steps.value() or STEPS)
        self.field.legend = self.values.legend = tuple((OPTIMIZERS[key], _(ALL_OPTIMIZERS[key].label)) for key in names)
        found = descend(self._surface, names, self._start, self._rate, steps) if names else ()
        self._paths = dict(zip(names, found, strict=True))
        self.values.set_values({key: self._surface.value(path) for key, path in self._paths.items()}, steps)
        self.rate.set_value(self._rate)
        for field, value in zip(self.start, self._start, strict=True):
            field.set_value(value)
        with QSignalBlocker(self.rate_slider), QSignalBlocker(self.moment):
            self.rate_slider.show_rate(self._rate)
            self.moment.setRange(0, steps)
            self.moment.setValue(steps)
        self._show_moment()

    def _show_moment(self) -> None:
        self.field.set_paths(self._start, {key: path[: self.moment.value() + 1] for key, path in self._paths.items()})
        self._show_text()

    def _on_play(self) -> None:
        if self.moment.value() == self.moment.maximum():
            self.moment.setValue(0)
        self._timer.start()

    def _on_frame(self) -> None:
        self.moment.setValue(self.moment.value() + max(1, self.moment.maximum() // FRAMES))
        if self.moment.value() == self.moment.maximum():
            self._timer.stop()

    def _show_text(self) -> None:
        if self.integers.isChecked():
            self.text.setText(self._integer_text())
            return
        words = _("Start {start}: f = {value}, gradient {gradient}.")
        value, gradient = value_label(float(self._surface.value(self._start))), self._surface.gradient(self._start)
        parts = [words.format(start=_vector(self._start), value=value, gradient=_vector(gradient))]
        step, ends = self.moment.value(), []
        for key, path in self._paths.items():
            name, value = _(ALL_OPTIMIZERS[key].label), value_label(float(self._surface.value(path[step])))
            point = f"{_vector(path[step], digits=5)}, " if len(self._paths) <= 2 else ""
            ends.append(f"{name} {point}f = {value}")
        if ends:
            parts.append(_("After {n} steps: {ends}.").format(n=step, ends="; ".join(ends)))
        self.text.setText(sentences(*parts))

    def _integer_text(self) -> str:
        point = [round(x) for x in self._start]
        wrong = integer_gradient(lambda at: float(self._surface.value(at)), point)
        words = _(
            "np.array({point}) holds integers: {moved} is stored as {up}, {back} as {down}. The numerical gradient "
            "becomes {wrong} instead of {right}. With {floats} it is right."
        )
        x = float(point[0])
        return words.format(
            point=point,
            moved=f"{x + 1e-4:g}",
            up=int(x + 1e-4),
            back=f"{x - 1e-4:g}",
            down=int(x - 1e-4),
            wrong=_vector(wrong, digits=6),
            right=_vector(self._surface.gradient(point)),
            floats=f"np.array({[float(x) for x in point]})",
        )


def _vector(values: Array | tuple[float, float], digits: int = 4) -> str:
    """Return a point or a gradient as text: [−6, 8]."""
    return "[" + ", ".join(number_text.significant(value, digits) for value in values) + "]"

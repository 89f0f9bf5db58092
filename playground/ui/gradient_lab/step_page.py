"""The page of the next step: the loss along the next step, and in the plane that the run has moved in."""

import numpy as np
from PySide6.QtWidgets import QStackedWidget

from playground.experiment.landscape.around import LossPlane, LossPlaneProbe, StepLine, StepLineProbe
from playground.experiment.lessons.progress import Guess
from playground.experiment.probes.snapshot import RunInfo, Snapshot
from playground.language import N_, _, sentences
from playground.ui.canvas.chart import Chart
from playground.ui.canvas.chart_items import Series
from playground.ui.core import layouts, number_text
from playground.ui.core.panel import Probes
from playground.ui.core.ticks import value_label, value_labels
from playground.ui.forms import guess_text
from playground.ui.forms.guess import ChoiceAnswer, GuessCard
from playground.ui.gradient_lab.field_chart import contours, shades
from playground.ui.gradient_lab.page import Page
from playground.ui.widgets.icons import Button
from playground.ui.widgets.labels import ElidedLabel
from playground.ui.widgets.switches import SmallSwitch

MARKED = (0.5, 1.0, 2.0, 10.0)
"""Multiples of the step that are marked."""

LEVELS = 14
_ROOM = 0.08


class LineChart(Chart):
    """The loss along the next step: over the learning rate that would lead there."""

    def __init__(self) -> None:
        series = (
            Series(N_("tangent"), "lines", "accent", width=1.2),
            Series(N_("loss"), "lines", "train", width=1.8),
            Series(N_("others"), "rings", "muted", size=9),
            Series(N_("best"), "marks", "good", size=12, width=2.0),
            Series(N_("now"), "points", "train", size=9),
            Series(N_("next"), "points", "test", size=11),
        )
        super().__init__("lab_line", series)
        self._line: StepLine | None = None

    def set_line(self, line: StepLine, farthest: float) -> None:
        """Show the loss from the present network up to `farthest` times the step."""
        self._line = line
        scale = line.rate or 1.0
        near = line.factors <= farthest
        x, y = scale * line.factors[near], line.losses[near]
        self.set_data("loss", x, y)
        self.set_data("now", x[:1], y[:1])
        self.set_data("next", np.array([scale]), np.array([line.loss_at(1.0)]))
        others = np.array([factor for factor in MARKED if factor != 1.0 and factor <= farthest])
        self.set_data("others", scale * others, np.array([line.loss_at(factor) for factor in others]))
        best = float(line.factors[near][np.argmin(np.where(np.isfinite(y), y, np.inf))])
        self.set_data("best", np.array([scale * best]), np.array([line.loss_at(best)]))
        finite = y[np.isfinite(y)]
        low, high = (float(finite.min()), float(finite.max())) if finite.size else (0.0, 1.0)
        room = _ROOM * (high - low) or 0.1
        self.set_ranges((-0.04 * scale * farthest, 1.04 * scale * farthest), (low - room, high + room))
        self.set_data("tangent", np.array([0.0, scale * farthest]), y[0] + line.slope * np.array([0.0, farthest]))

    def describe(self, x: float, _y: float) -> str:
        if self._line is None or x < 0:
            return ""
        scale = self._line.rate or 1.0
        at = int(np.abs(self._line.factors - x / scale).argmin())
        factor = float(self._line.factors[at])
        words = _("learning rate {rate} (× {factor})\nloss {loss}")
        loss = value_label(float(self._line.losses[at]))
        return words.format(rate=value_label(scale * factor), factor=value_label(factor), loss=loss)


class PlaneChart(Chart):
    """The loss over a plane through the present network, with the run so far and the next step."""

    def __init__(self) -> None:
        series = (
            Series(N_("contours"), "band", "strong_border"),
            Series(N_("path"), "lines", "train", width=1.8),
            Series(N_("step"), "lines", "test", width=2.2),
            Series(N_("start"), "rings", "train", size=9),
            Series(N_("now"), "points", "train", size=10),
        )
        self._plane: LossPlane | None = None
        super().__init__("lab_plane", series)

    def set_plane(self, plane: LossPlane) -> None:
        """Show a plane."""
        self._plane = plane
        finite = np.sort(plane.losses[np.isfinite(plane.losses)])
        levels = np.unique(np.quantile(finite, np.linspace(0.02, 0.98, LEVELS))) if finite.size else np.empty(0)
        self.set_data("contours", *contours(plane.losses, plane.bounds, levels))
        self.set_data("path", *plane.path.T)
        self.set_data("start", *plane.path[:1].T)
        self.set_data("now", np.zeros(1), np.zeros(1))
        self.set_data("step", *np.stack([np.zeros(2), plane.step]).T)
        self.set_ranges(*plane.bounds)
        ranks = np.searchsorted(finite, np.nan_to_num(plane.losses, nan=np.inf)) / max(1, finite.size)
        (left, right), (low, high) = plane.bounds
        across, up = ((b - a) / (n - 1) for (a, b), n in zip(plane.bounds, plane.losses.shape[::-1], strict=True))
        bounds = ((left - across / 2, right + across / 2), (low - up / 2, high + up / 2))
        self.show_image(np.round(255 * ranks), bounds)

    def apply_theme(self) -> None:
        super().apply_theme()
        self.image.setLookupTable(shades())

    def describe(self, x: float, y: float) -> str:
        if self._plane is None:
            return ""
        rows, columns = self._plane.losses.shape
        (left, right), (low, high) = self._plane.bounds
        row, column = round((y - low) / (high - low) * (rows - 1)), round((x - left) / (right - left) * (columns - 1))
        if not (0 <= row < rows and 0 <= column < columns):
            return ""
        return _("loss {loss}").format(loss=value_label(float(self._plane.losses[row, column])))


class StepPage(Page):
    """Both charts, of the network of the run."""

    def __init__(self) -> None:
        super().__init__("lab_step")
        self._line: StepLine | None = None
        self._plane: LossPlane | None = None
        self._said = ""
        self.line, self.plane = LineChart(), PlaneChart()
        tip = _("Covers the chart until you have said what it shows")
        self.guess = Button(name="lab_guess", role="link", text=_("Guess first"), tip=tip)
        self.guess.clicked.connect(self._ask)
        self.cover = QStackedWidget()
        self.cover.addWidget(self.line)
        self.line.set_titles(_("learning rate"), _("loss"))
        self.plane.set_titles(_("direction 1"), _("direction 2"))
        tip = _("Show the loss as far as ten times the learning rate would lead")
        self.far = SmallSwitch("lab_far", _("up to × 10"), tip)
        self.far.setChecked(True)
        self.far.toggled.connect(self._show_line)
        parts = []
        for chart, shown, name, tip, beside in (
            (
                self.line,
                self.cover,
                _("Loss along the next step"),
                _(
                    "The loss of the next batch, from the present weights in the direction of the next step. The "
                    "straight line is what the gradient says; the filled point is where the learning rate leads, the "
                    "rings where ½, 2 and 10 times of it would, the green mark is the lowest loss."
                ),
                (self.guess, self.far),
            ),
            (
                self.plane,
                self.plane,
                _("Loss around the path"),
                _(
                    "The loss in a plane through the present weights: the two directions in which the weights have "
                    "moved most. Of a network of more than 200 weights only the start is kept, and the plane holds it "
                    "and the next step. Distances are those in the space of all weights."
                ),
                (),
            ),
        ):
            chart.setAccessibleName(name)
            chart.setAccessibleDescription(tip)
            head = layouts.row((ElidedLabel(text=name, tip=tip), 1), *beside, gap=6)
            parts.append((layouts.column(head, (shown, 1), gap=2), 1))
        views = layouts.column((layouts.row(*parts, gap=10), 1), self.foot, gap=4)
        layouts.row((views, 1), parent=self, margins=(0, 0, 0, 1))

    def probes(self) -> Probes:
        return StepLineProbe(), LossPlaneProbe()

    def prepare(self, _info: RunInfo) -> None:
        self._line = self._plane = None
        self._said = ""
        self._close_question()

    def show_snapshot(self, snapshot: Snapshot) -> None:
        line, plane = snapshot.answer(StepLineProbe()), snapshot.answer(LossPlaneProbe())
        if line is not None:
            if self._line is not None and not np.array_equal(line.losses, self._line.losses):
                self._said = ""  # it was of another step
            self._line = line
            self._show_line()
        if plane is not None:
            self._plane = plane
            self.plane.set_plane(plane)
        self._show_text()

    def _show_line(self) -> None:
        if self._line is not None:
            self.line.set_line(self._line, 11.0 if self.far.isChecked() else 2.5)

    def _options(self, rate: float) -> dict[str, str]:
        words = _("learning rate {rate} (× {factor})")
        return {f"{it:g}": words.format(rate=value_label(rate * it), factor=value_label(it)) for it in MARKED}

    def _ask(self) -> None:
        """Ask in the place of the chart, and below it, where the step leads."""
        if self._line is None or self.cover.count() > 1:
            return
        question = _("The next step in four lengths: which one leads to the smallest loss?")
        card = GuessCard(question, ChoiceAnswer(self._options(self._line.rate)))
        card.locked.connect(self._on_locked)
        area = layouts.scroll_area(layouts.box(layouts.column(card, None)))  # it may be higher
        self.cover.setCurrentIndex(self.cover.addWidget(area))
        self.guess.setEnabled(False)
        self.text.setText("")
        self.foot.hide()

    def _close_question(self) -> None:
        area = self.cover.widget(1)
        if area is not None:
            self.cover.removeWidget(area)
            area.setParent(None)
            area.deleteLater()
        self.guess.setEnabled(True)
        self.foot.show()

    def _on_locked(self, said: str | None, sure: str | None) -> None:
        self._close_question()
        if self._line is not None:
            losses = {f"{it:g}": self._line.loss_at(it) for it in MARKED}
            self._said = guess_text.smallest(Guess(said, sure), losses, self._options(self._line.rate))
        self._show_text()

    def _show_text(self) -> None:
        line = self._line
        if line is None or self.cover.count() > 1:
            return
        factors = (0.0, *MARKED)
        losses = dict(zip(factors, value_labels([line.loss_at(factor) for factor in factors]), strict=True))
        words = _(
            "Loss of the next batch: now {now}. The step of learning rate {rate} leads to {next}; half the rate to "
            "{half}, twice to {twice}, ten times to {ten}. Lowest along this line: {best} times the rate."
        )
        if line.best_factor == line.factors[-1]:
            words = _(
                "Loss of the next batch: now {now}. The step of learning rate {rate} leads to {next}; half the rate to "
                "{half}, twice to {twice}, ten times to {ten}. The loss still falls at {best} times the rate."
            )
        sentence = words.format(
            now=losses[0.0],
            rate=value_label(line.rate),
            next=losses[1.0],
            half=losses[0.5],
            twice=losses[2.0],
            ten=losses[10.0],
            best=value_label(line.best_factor),
        )
        if line.rows < line.whole:
            part = _("Computed on {rows} of the {whole} samples of the batch.")
            sentence = sentences(sentence, part.format(rows=f"{line.rows:,}", whole=f"{line.whole:,}"))
        if self._plane is not None and self._plane.share is not None:
            words = _("The plane holds {share} of the movement so far.")
            sentence = sentences(sentence, words.format(share=number_text.share(self._plane.share)))
        self.text.setText(sentences(self._said, sentence))

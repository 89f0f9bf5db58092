"""What the pages of the lab have in common: controls, pictures beside them, a sentence, a formula, a point to drag."""

from collections.abc import Callable
from functools import partial
from typing import Any, ClassVar

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QFocusEvent, QKeyEvent, QMouseEvent
from PySide6.QtWidgets import QLabel, QLineEdit, QSizePolicy, QWidget

from playground.experiment.probes.snapshot import RunInfo, Snapshot
from playground.language import _, ngettext
from playground.registry import UserError
from playground.ui.canvas.chart import Chart
from playground.ui.canvas.chart_items import ARROWS, Series
from playground.ui.core import layouts, theme
from playground.ui.core.panel import Probes
from playground.ui.forms.number_field import NumberField
from playground.ui.widgets.combo import ComboBox
from playground.ui.widgets.labels import show_text, text_label

OWN = "own"
"""The key of the user's own formula, among those of the examples."""

KEY_SHARE, FINE_SHARE = 0.02, 0.002
"""Of what the axes show, the share that an arrow key moves the point; with Shift the smaller one."""


class DragChart(Chart):
    """A chart in which a press of the left button, a drag and the arrow keys say where a point is wanted.

    ``dragged(x, y)`` is emitted with the values of the axes. While `is_fixed`, it is as any other chart.
    """

    dragged = Signal(float, float)

    def __init__(self, name: str, series: tuple[Series, ...], label: str = "") -> None:
        self.is_fixed = False
        self.point = (0.0, 0.0)
        super().__init__(name, series, label)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        if self.is_fixed or event.button() != Qt.MouseButton.LeftButton:
            super().mousePressEvent(event)
        else:
            self.setFocus(Qt.FocusReason.MouseFocusReason)
            self._drag_to(event)

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        if not self.is_fixed and event.buttons() & Qt.MouseButton.LeftButton:
            self.point_to(event.position())
            self._drag_to(event)
        else:
            super().mouseMoveEvent(event)

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        if self.is_fixed or event.button() != Qt.MouseButton.LeftButton:
            super().mouseReleaseEvent(event)

    def _drag_to(self, event: QMouseEvent) -> None:
        values = self.values_at(event.position())
        if values is not None:
            self.dragged.emit(*values)

    def keeps(self, event: QKeyEvent) -> bool:
        return event.key() in ARROWS

    def keyPressEvent(self, event: QKeyEvent) -> None:
        move = ARROWS.get(Qt.Key(event.key()))
        if move is None or self.is_fixed:
            super().keyPressEvent(event)
            return
        share = FINE_SHARE if event.modifiers() & Qt.KeyboardModifier.ShiftModifier else KEY_SHARE
        steps = (share * way * (high - low) for way, (low, high) in zip(move, self.ranges, strict=True))
        self.dragged.emit(*(at + step for at, step in zip(self.point, steps, strict=True)))

    def focusInEvent(self, event: QFocusEvent) -> None:
        super().focusInEvent(event)
        self._show_focus(True)

    def focusOutEvent(self, event: QFocusEvent) -> None:
        super().focusOutEvent(event)
        self._show_focus(False)

    def _show_focus(self, on: bool) -> None:
        border: Any = self.pen(theme.color("accent"), 1.2) if on else None
        self.field.setBorder(border)


def layer_names(layers: int) -> list[str]:
    """Return what the layers with weights are called."""
    return [_("layer {n}").format(n=k) if k < layers else _("output layer") for k in range(1, layers + 1)]


def batch_text(reduction: str, rows: int, whole: int) -> str:
    """Return how a gradient is reduced over `rows` samples of the `whole` of a batch, as a sentence."""
    words = (
        _("Batch gradient: sum over {samples}.") if reduction == "sum" else _("Batch gradient: mean over {samples}.")
    )
    if rows < whole:
        samples = _("{rows} of the {whole} samples of the batch").format(rows=f"{rows:,}", whole=f"{whole:,}")
    else:
        samples = ngettext("{n} sample", "{n} samples", rows).format(n=f"{rows:,}")
    return words.format(samples=samples)


class FormulaField(QLineEdit):
    """A line for a formula: one that `read` takes has effect as it is typed; why it refuses one shows in `problem`.

    `read` raises `UserError`, which is shown when the user leaves the field.
    """

    def __init__(self, name: str, read: Callable[[str], object], problem: QLabel) -> None:
        super().__init__()
        self.setObjectName(name)
        self.setProperty("view", True)
        self.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Fixed)
        self._read, self._label = read, problem
        self.set_problem("")
        self.textEdited.connect(self._on_text_edited)
        self.editingFinished.connect(self._on_editing_finished)

    def _on_text_edited(self, text: str) -> None:
        try:
            self._read(text)
        except UserError:
            return  # it may not be finished
        self.set_problem("")

    def _on_editing_finished(self) -> None:
        if self.isModified():
            try:
                self._read(self.text())
            except UserError as error:
                self.set_problem(str(error))

    def set_problem(self, sentence: str) -> None:
        show_text(self._label, sentence)
        theme.set_property(self, "problem", bool(sentence))


class Page(QWidget):
    """A page of the lab; it is shown runs and snapshots only while it is in front.

    Attributes
    ----------
    follows_training
        Whether its probes are answered while the run plays, too; those that cost much wait until it is paused.
    """

    follows_training: ClassVar[bool] = True

    refresh_requested = Signal()
    """It wants other probes answered: ask it again, even while the run is paused."""

    def __init__(self, name: str) -> None:
        super().__init__()
        self.setObjectName(name)
        self.text = text_label(f"{name}_text")
        self.text.setAlignment(Qt.AlignmentFlag.AlignTop)
        # In an area of its own: a text that changes while something is dragged would have the whole window laid out.
        self.foot = layouts.scroll_area(self.text)
        self.text.setAutoFillBackground(False)
        self.foot.setProperty("role", "lab_foot")

    def set_parts(self, controls: tuple[layouts.Item, ...], pictures: tuple[layouts.Item, ...]) -> None:
        """Lay out the controls below one another, and the pictures beside one another."""
        problem = text_label(f"{self.objectName()}_problem", "problem")
        problem.hide()
        side = layouts.box(layouts.column(*controls, problem, None, gap=4, margins=(0, 0, 6, 0)))
        for field in side.findChildren(NumberField):
            field.problem_changed.connect(partial(show_text, problem))
        for combo in side.findChildren(ComboBox):  # as wide as the column, not as their longest choice
            combo.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Fixed)
        scroll = layouts.scroll_area(side)
        scroll.setProperty("role", "lab_side")
        views = layouts.column((layouts.row(*pictures, gap=8), 1), self.foot, gap=4)
        layouts.row(scroll, (views, 1), parent=self, gap=8, margins=(0, 0, 0, 1))

    def probes(self) -> Probes:
        """Return the probes whose results it shows."""
        return ()

    def prepare(self, info: RunInfo) -> None:
        """Show what stays the same during a run."""

    def show_snapshot(self, snapshot: Snapshot) -> None:
        """Show a state between two steps."""


class FormulaPage(Page):
    """A page about a formula: some examples to choose from, or one's own in a field."""

    def build_formula(
        self, examples: tuple[str, str], field: str, problem: str, choices: list[tuple[str, str, str]]
    ) -> None:
        """Make the list of `examples`, given its object and its accessible name, the field and the label below it."""
        self.example = ComboBox(*examples)
        self.example.set_choices([*choices, (OWN, _("own formula"), _("Type it in the field below"))])
        self.example.chosen.connect(self.choose_example)
        self.problem = text_label(problem, "problem")
        self.formula = FormulaField(field, self._read_formula, self.problem)

    def choose_example(self, key: str) -> None:
        """Show an example by its key, or put the cursor into the field for a formula of one's own."""
        self.example.set_value(key)
        if key == OWN:
            self.formula.setFocus()
            self.formula.selectAll()
            return
        text = self.take_example(key)
        self.formula.setText(text)
        self.formula.setCursorPosition(0)
        self.formula.set_problem("")
        self.show_formula(text)

    def _read_formula(self, text: str) -> None:
        self.show_formula(text)
        self.example.set_value(OWN)

    def take_example(self, key: str) -> str:
        """Begin with an example, and return its formula."""
        raise NotImplementedError

    def show_formula(self, text: str) -> None:
        """Show a formula.

        Raises
        ------
        UserError
            Where it is wrong.
        """
        raise NotImplementedError

"""Draw a digit, or alter one of the data, and watch what the network makes of it."""

from typing import Any

import numpy as np
from numpy.typing import NDArray
from PySide6.QtCore import Qt
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QHBoxLayout, QLabel, QStackedLayout, QVBoxLayout, QWidget

from playground.data.dataset import translated
from playground.data.drawing import Recipe, prepare, recipe_of
from playground.engine.activations import ACTIVATIONS
from playground.experiment.config import opening
from playground.experiment.probes.drawing_probe import Answer, DrawingAnswer
from playground.experiment.probes.snapshot import Probe, RunInfo, Snapshot
from playground.language import _
from playground.runtime.session import Session
from playground.runtime.store import Store
from playground.ui.canvas.images import symmetric_limit
from playground.ui.canvas.output_bars import OutputBars
from playground.ui.core import number_text, theme
from playground.ui.core.labels import Part, class_names, output_range, predicted, rows_of
from playground.ui.core.panel import Panel
from playground.ui.drawing.drawing_canvas import DrawingCanvas
from playground.ui.drawing.layer_strips import LayerStrips
from playground.ui.drawing.prepared_view import PreparedView
from playground.ui.widgets.combo import Slider
from playground.ui.widgets.icons import Button
from playground.ui.widgets.labels import text_label
from playground.ui.widgets.small_switch import SmallSwitch

THINNEST, THICKEST = 2, 25  # of a brush, in hundredths of the paper's side
MIDDLE_WIDTH = 138
LARGEST_SHARE = 0.46  # of the panel's width that the paper may take


class DrawingPanel(Panel):
    """Paper to draw on, what the network is given of it, what it answers, and what its units give out."""

    name = "drawing_panel"

    def __init__(self, store: Store, session: Session) -> None:
        super().__init__(store, session)
        self.canvas = DrawingCanvas("draw_canvas")
        self.prepared = PreparedView("draw_prepared")
        self.bars = OutputBars("draw_outputs")
        self.strips = LayerStrips("draw_layers")
        self.load_button = Button(name="draw_load_sample", role="small")
        self.undo_button = Button(name="draw_undo", role="small")
        self.clear_button = Button(name="draw_clear", role="small")
        self.brush = Slider("draw_brush", THINNEST, THICKEST)
        self.overlay = SmallSwitch("draw_overlay")
        self.verdict = text_label("draw_verdict", "strong")
        self.origin = text_label("draw_origin")
        self.given = text_label("draw_given")
        self.brush_label = text_label("draw_brush_label")
        self.excuse = text_label("draw_excuse")
        self.digits_button = Button(name="draw_use_digits", role="primary")
        self._recipe: Recipe | None = None
        self._pixels: NDArray[np.uint8] | None = None
        self._asked: DrawingAnswer | None = None
        self._answer: Answer | None = None
        self._sample: tuple[Part, int, int] | None = None  # part, row and class of the image that was loaded
        self._next_row = 0
        self._build()
        self._connect()
        self.retranslate()

    def _build(self) -> None:
        """Lay the widgets out: paper, what the network is given, what it answers."""
        page, excuse = QWidget(), QWidget()
        self._pages = QStackedLayout(self)
        self._pages.addWidget(page)
        self._pages.addWidget(excuse)
        row = QHBoxLayout(page)
        row.setContentsMargins(0, 2, 0, 1)
        row.setSpacing(10)
        row.addWidget(self.canvas, 100)  # all the room that its largest width allows
        self._middle = QWidget()
        row.addWidget(self._middle, 1)
        self._middle.setProperty("role", "draw_middle")
        self._build_middle()
        right = QVBoxLayout()
        right.setSpacing(2)
        for label in (self.verdict, self.origin):
            right.addWidget(label)
        right.addSpacing(4)
        right.addWidget(self.bars, 5)
        right.addSpacing(4)
        right.addWidget(self.strips, 2)
        row.addLayout(right, 1)
        self.excuse.setAlignment(Qt.AlignmentFlag.AlignCenter)
        column = QVBoxLayout(excuse)
        column.setSpacing(10)
        column.addStretch(1)
        column.addWidget(self.excuse)
        column.addWidget(self.digits_button, 0, Qt.AlignmentFlag.AlignHCenter)
        column.addStretch(1)

    def _build_middle(self) -> None:
        """Lay out what is done to the paper, and what the network is given of it."""
        column = QVBoxLayout(self._middle)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(5)
        column.addWidget(self.load_button)
        pair = QHBoxLayout()
        pair.setSpacing(6)
        pair.addWidget(self.undo_button, 1)
        pair.addWidget(self.clear_button, 1)
        column.addLayout(pair)
        brush = QHBoxLayout()
        brush.setSpacing(8)
        brush.addWidget(self.brush_label)
        brush.addWidget(self.brush, 1)
        column.addLayout(brush)
        column.addWidget(self.given)
        column.addWidget(self.prepared, 1)
        column.addWidget(self.overlay)

    def _connect(self) -> None:
        """Join the controls with what they do."""
        self.canvas.drawn.connect(self._on_drawn)
        self.load_button.clicked.connect(self._on_load)
        self.undo_button.clicked.connect(self.canvas.undo)
        self.clear_button.clicked.connect(self.canvas.clear)
        self.brush.valueChanged.connect(self._on_brush)
        self.overlay.toggled.connect(self._on_overlay)
        self.digits_button.clicked.connect(self._on_use_digits)

    def title(self) -> str:
        """Return the heading."""
        return _("Draw")

    def probes(self) -> tuple[Probe[Any], ...]:
        """Ask what the network makes of the drawing."""
        self._asked = None
        if self._pixels is not None:
            self._asked = DrawingAnswer(self._pixels.tobytes(), self.overlay.isChecked())
        return () if self._asked is None else (self._asked,)

    def load(self, info: RunInfo) -> None:
        """Fit paper, names and texts to the data; a drawing stays where images of the same kind are learned."""
        recipe, known = recipe_of(info.data.dataset), self._recipe
        self._recipe = recipe
        self._pages.setCurrentIndex(int(recipe is None))
        self._answer = None
        if recipe is None:
            self._pixels = None
            return
        if recipe != known:
            self._next_row = 0
            self.brush.setValue(round(100 * recipe.brush))
            if self.canvas.drawing.loaded:
                self.canvas.clear()
        data, network = info.data, info.config.network
        names = class_names(data)
        self.bars.set_names(
            names if len(names) == data.n_outputs else tuple(translated(name) for name in data.output_names)
        )
        self.strips.set_captions(
            tuple(
                _("Layer {n}: {units} units, {activation}").format(
                    n=k, units=units, activation=_(ACTIVATIONS[activation].label)
                )
                for k, (units, activation) in enumerate(zip(network.hidden, network.activations, strict=True), 1)
            )
        )
        self._on_drawn()

    def load_sample(self, part: Part, row: int) -> None:
        """Put a sample of the data on the paper."""
        self.catch_up()
        if self._info is None or self._recipe is None:
            return
        rows = rows_of(self._info.data, part)
        if rows is None or rows.labels is None:
            return
        self._sample = (part, row, int(rows.labels[row]))
        self.canvas.load(np.asarray(rows.raw[row]).reshape(self._recipe.shape), self._recipe.levels)

    def _on_load(self) -> None:
        """Load the next sample: of the test part, where there is one."""
        if self._info is None:
            return
        part: Part = "train" if self._info.data.x_test is None else "test"
        rows = rows_of(self._info.data, part)
        if rows is not None:
            self.load_sample(part, self._next_row % len(rows))
            self._next_row += 1

    def _on_drawn(self) -> None:
        """Prepare what is on the paper now, and ask about it."""
        self.catch_up()
        if self._recipe is None:
            return
        drawing = self.canvas.drawing
        if not drawing.loaded:
            self._sample = None
        self._pixels = prepare(drawing, self._recipe)
        self.session.focus.set_drawing(None if self._pixels is None else self._pixels.tobytes())
        self.prepared.set_pixels(self._pixels, self._recipe.levels)
        self.undo_button.setEnabled(bool(drawing.strokes))
        self.clear_button.setEnabled(drawing.loaded or bool(drawing.strokes))
        if self._pixels is None:
            self._answer = None
            self.bars.set_values(None, (), None)
            self.strips.set_layers((), ())
        self.bars.set_truth(None if self._sample is None or drawing.strokes else self._sample[2])
        self._update_text()
        self.refresh_requested.emit()

    def _on_brush(self, hundredths: int) -> None:
        self.canvas.brush = hundredths / 100
        self.canvas.update()

    def _on_overlay(self, _checked: bool) -> None:
        """Show which pixels matter, or no longer."""
        if not self.overlay.isChecked():
            self.prepared.set_gradient(None, "")
        self.refresh_requested.emit()

    def _on_use_digits(self) -> None:
        """Change to the digits that come with the program."""
        self.store.apply(self.store.last_with("digits") or opening.opened("digits"))

    def show_snapshot(self, snapshot: Snapshot) -> None:
        """Show what the network makes of the drawing."""
        if self._info is None or snapshot.run != self._info.run or self._asked is None or self._pixels is None:
            return
        answer = snapshot.answer(self._asked)
        if answer is None or self._recipe is None:
            return
        self._answer = answer
        self._show_outputs(answer)
        hidden = answer.layers[:-1]
        self.strips.set_layers(hidden, tuple(_limit(name) for name in self._info.config.network.activations))
        if answer.gradient is not None and self.overlay.isChecked():
            self.prepared.set_gradient(answer.gradient.reshape(self._recipe.shape), self._name(answer.winner))
        self._update_text()

    def _show_outputs(self, answer: Answer) -> None:
        """Show the outputs as bars: as percent where they lie between 0 and 1."""
        assert self._info is not None
        outputs, ends = answer.outputs, output_range(self._info.config.network.output)
        if ends == (0.0, 1.0):
            captions = tuple(_percent(value) for value in outputs.tolist())
        else:
            captions = tuple(f"{value:.2f}".replace("-", "−") for value in outputs.tolist())
        limit = symmetric_limit(outputs)
        self.bars.set_values(outputs, captions, answer.winner, ends or (-limit, limit))

    def _name(self, index: int) -> str:
        return self.bars.names[index] if index < len(self.bars.names) else str(index + 1)

    def _update_text(self) -> None:
        """Say in words what the network takes the drawing for, and what it is."""
        self.verdict.setText(self._verdict())
        origin, wrong = "" if self._pixels is None else _("Your drawing"), False
        if self._sample is not None and self._info is not None:
            part, row, label = self._sample
            name = class_names(self._info.data)[label]
            altered = bool(self.canvas.drawing.strokes)
            wrong = not altered and self._answer is not None and self._found() != label
            if part == "test":
                text = (
                    _("Test sample {n}, true class {name}, edited")
                    if altered
                    else _("Test sample {n}, true class {name}")
                )
            elif altered:
                text = _("Training sample {n}, true class {name}, edited")
            else:
                text = _("Training sample {n}, true class {name}")
            origin = text.format(n=row + 1, name=name)
        self.origin.setText(origin or " ")  # its line stays, so that the bars below do not jump
        _set_role(self.verdict, "wrong" if wrong else "strong")
        description = " ".join(filter(None, (self.verdict.text(), origin)))
        if description != self.canvas.accessibleDescription():
            self.canvas.setAccessibleDescription(description)

    def _found(self) -> int:
        """Return the class that the network takes the drawing for."""
        assert self._info is not None
        assert self._answer is not None
        return int(predicted(self._answer.outputs[None], self._info.config.network.output)[0])

    def _verdict(self) -> str:
        """Return what the network takes the drawing for."""
        if self._pixels is None:
            return _("Nothing drawn yet")
        if self._answer is None or self._info is None:
            return ""
        names = class_names(self._info.data)
        name = names[self._found()] if names else self._name(self._answer.winner)
        return _("The network says: {name}").format(name=name)

    def resizeEvent(self, event: QResizeEvent) -> None:
        side = min(self.height() - 3, round(LARGEST_SHARE * self.width()))
        self.canvas.setMaximumWidth(max(self.canvas.minimumHeight(), side))
        self._middle.setMaximumWidth(max(theme.px(MIDDLE_WIDTH), min(round(0.22 * self.width()), theme.px(200))))
        super().resizeEvent(event)

    def retranslate(self) -> None:
        """Set every text in the language in use."""
        self.setWindowTitle(self.title())
        self.canvas.setAccessibleName(_("Drawing area"))
        self.canvas.set_hint(_("Draw here with mouse, pen or finger. The right button erases."))
        self.load_button.set_text(
            _("Load a sample"), _("Show the next sample of the data here; you can draw on it and erase")
        )
        self.undo_button.set_text(_("Undo"), _("Undo the last stroke"))
        self.clear_button.set_text(_("Clear"), _("Erase everything"))
        self.brush_label.setText(_("Brush"))
        self.brush.setAccessibleName(_("Brush width"))
        self.brush.setToolTip(_("How wide the strokes are"))
        self.given.setText(_("What the network sees"))
        self.prepared.setAccessibleName(_("The drawing as the network sees it"))
        self.overlay.setText(_("Which pixels matter"))
        self.overlay.setAccessibleName(_("Which pixels matter"))
        self.overlay.setToolTip(
            _("The gradient of the largest output: more ink on teal makes it larger, more ink on purple smaller")
        )
        self.bars.setAccessibleName(_("Outputs"))
        self.strips.setAccessibleName(_("Outputs of the hidden units"))
        self.excuse.setText(
            _("Drawing needs image data, and the current data are not images. With the digits you can draw here.")
        )
        self.digits_button.set_text(_("Use the built-in digits"), _("1,797 small digits that come with the program"))
        self.put_off()


def _set_role(label: QLabel, role: str) -> None:
    """Dress a label for another role, where it has not that role already."""
    if label.property("role") != role:
        label.setProperty("role", role)
        label.style().unpolish(label)
        label.style().polish(label)


def _percent(share: float) -> str:
    return number_text.share(share) if 0 < share < 1 else f"{100 * share:.0f} %"


def _limit(activation: str) -> float | None:
    """Return the largest value that an activation can give out, or None where there is none."""
    ends = output_range(activation)
    return None if ends is None else ends[1]

"""Who races: what a race is, the usual initial weights to choose from, and a guess who will win."""

import math
from collections.abc import Mapping, Sequence

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QCheckBox, QVBoxLayout, QWidget

from playground.experiment.lessons.progress import Guess
from playground.experiment.runs.comparison import MOST_COMPETITORS
from playground.experiment.runs.initial_weights import InitialWeights, usual_starts
from playground.language import _
from playground.ui.core import layouts, number_text, plain_text
from playground.ui.core.experiment_text import start_name
from playground.ui.forms.guess import ChoiceAnswer, GuessCard
from playground.ui.widgets.flow_layout import FlowLayout
from playground.ui.widgets.icons import Button
from playground.ui.widgets.labels import text_label

COLOURS = ("racer_0", "racer_1", "racer_2", "racer_3")
"""Of the theme: the run itself, and its competitors in turn."""


AT_FIRST = ("fitting", "zeros")
"""What is chosen at first, unless the run itself starts so."""


def names_by_colour(starts: Sequence[InitialWeights]) -> dict[str, str]:
    """Return the names of the networks in a race, that of the run itself first, by their colours."""
    names = [start_name(start) for start in starts]
    if names:
        names[0] = _("{start} (this run)").format(start=names[0])
    return dict(zip(COLOURS, names, strict=False))


def fitting_words(sizes: Sequence[int]) -> str:
    """Return how the Gaussian weights that suit layers of these sizes are drawn, and why so."""
    inputs = dict.fromkeys(sizes[:-1])
    widths = ", ".join(f"1/√{n:,} = {number_text.significant(1 / math.sqrt(n), 2)}" for n in inputs)
    words = _(
        "Normally distributed, in each layer with σ = 1/√inputs ({widths}): so the sums in a layer neither grow nor "
        "shrink with the number of its inputs."
    )
    return words.format(widths=widths)


def question_about(bound: float | None) -> str:
    """Return the question who will win; training stops below the loss `bound`, if there is one."""
    if bound is None:
        return _("Guess first, if you like: which one will have the smallest train loss at the end?")
    words = _(
        "Guess first, if you like: which one will be the first to reach a train loss below {loss}? If none does, the "
        "smallest at the end counts."
    )
    return words.format(loss=number_text.significant(bound))


class CompetitorChooser(QWidget):
    """What a race is, a box for each usual start, an optional guess, and a button.

    ``begun(starts)`` asks for a race against these. ``changed()``: somebody has chosen a start, or a guess.
    """

    begun = Signal(tuple)
    changed = Signal()

    def __init__(self) -> None:
        super().__init__()
        self._own: InitialWeights | None = None
        self._sizes: tuple[int, ...] = (1, 1)
        self._starts: Mapping[str, InitialWeights] = usual_starts(self._sizes)
        self._bound: float | None = None
        self._words = text_label("race_words", "")
        self._boxes: dict[str, QCheckBox] = {}
        boxes = QWidget()
        flow = FlowLayout(boxes, gap=10)
        for key in self._starts:
            box = self._boxes[key] = QCheckBox()
            box.setObjectName(f"race_start_{key}")
            box.setProperty("view", True)
            box.toggled.connect(self._allow)
            box.clicked.connect(self.changed)
            flow.addWidget(box)
        tip = _("Resets this run and trains all of them side by side, step by step")
        self._begin = Button(name="race_begin", text=_("Start the race"), tip=tip, role="primary")
        self._begin.clicked.connect(lambda: self.begun.emit(tuple(self._starts[key] for key in self._chosen)))
        self.names: dict[str, str] = {}
        self._card: GuessCard | None = None
        self._place: QVBoxLayout = layouts.column()
        begin = layouts.row((self._place, 1), layouts.column(self._begin, None), gap=12)  # beside it: the window is low
        layouts.column(self._words, boxes, begin, None, parent=self, gap=12, margins=(0, 4, 0, 0))
        self._name_starts()

    def show_starts(self, own: InitialWeights, sizes: tuple[int, ...]) -> None:
        """Offer the initial weights that suit layers of these sizes, without `own`, those of the run itself."""
        is_chosen = self._own is None and any(box.isChecked() for box in self._boxes.values())  # in another language
        if own != self._own and not is_chosen:
            self._choose([key for key in AT_FIRST if usual_starts(sizes)[key] != own][:1])
        self._own, self._sizes, self._starts = own, sizes, usual_starts(sizes)
        self._name_starts()

    def set_bound(self, bound: float | None) -> None:
        """Ask who will be the first below this training loss, at which training stops; None where it does not."""
        if bound != self._bound:
            self._bound = bound
            self._ask(anew=True)

    def _name_starts(self) -> None:
        words = _(
            "Same network, data and batches; only the initial weights differ. Choose up to three "
            "to race against this run, which starts from: {start}."
        )
        self._words.setText(words.format(start="–" if self._own is None else start_name(self._own)))
        for key, box in self._boxes.items():
            start = self._starts[key]
            choice = start[0] if isinstance(start, tuple) else start
            box.setText(start_name(start))
            box.setAccessibleName(start_name(start))
            tip = fitting_words(self._sizes) if key == "fitting" else _(choice.entry.sentence)
            box.setToolTip(plain_text.tip(tip))
        self._allow()

    def focus(self) -> None:
        next(box for box in self._boxes.values() if not box.isHidden()).setFocus()

    @property
    def _chosen(self) -> list[str]:
        return [key for key, box in self._boxes.items() if box.isChecked() and self._starts[key] != self._own]

    def _choose(self, keys: list[str] | tuple[str, ...]) -> None:
        for key, box in self._boxes.items():
            box.setChecked(key in keys)

    def _allow(self) -> None:
        """Disable all but the chosen starts at the limit, and always the start of the run itself."""
        chosen = self._chosen
        for key, box in self._boxes.items():
            box.setVisible(self._starts[key] != self._own)
            box.setEnabled(key in chosen or len(chosen) < MOST_COMPETITORS)
        self._begin.setEnabled(bool(chosen) and self._own is not None)
        self._ask()

    def _ask(self, anew: bool = False) -> None:
        """Ask who will be ahead of those that are chosen now; a guess at one that is still there stays."""
        own, chosen = self._own, self._chosen
        starts = [] if own is None or not chosen else [own, *(self._starts[key] for key in chosen)]
        names = names_by_colour(starts)
        if names == self.names and not anew:
            return
        before = "" if self._card is None else self.names.get(self._card.guess.said, "")
        self.names = names
        if self._card is not None:
            self._card.setParent(None)  # found by its name no more
            self._card.deleteLater()
            self._card = None
        if names:
            answer = ChoiceAnswer(names, {key: key for key in names})
            self._card = GuessCard(question_about(self._bound), answer, optional=True)
            self._place.addWidget(self._card)
            answer.set_value(next((key for key, name in names.items() if name == before), None))
            answer.changed.connect(self.changed)

    def take_guess(self) -> Guess:
        """Return the guess, which may be none, and ask again."""
        guess = Guess() if self._card is None else self._card.guess
        self.names = {}
        self._ask()
        return guess

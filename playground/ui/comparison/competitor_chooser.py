"""Chooses the initial weights that a run is to race against, and asks for a guess."""

from collections.abc import Mapping

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QCheckBox, QVBoxLayout, QWidget

from playground.experiment.lessons.scoring import Guess
from playground.experiment.runs.comparison import MOST_COMPETITORS
from playground.experiment.runs.initial_weights import InitialWeights, usual_starts
from playground.language import _
from playground.ui.core import layouts
from playground.ui.core.experiment_text import start_name
from playground.ui.forms.guess import ChoiceAnswer, GuessCard
from playground.ui.widgets.flow_layout import FlowLayout
from playground.ui.widgets.icons import Button
from playground.ui.widgets.labels import text_label

AT_FIRST = ("fitting", "zeros")
"""What is chosen at first, unless the run itself starts so."""


def racer_name(start: InitialWeights, *, is_own: bool) -> str:
    """Return the name of a network in a race."""
    return _("{start} (this run)").format(start=start_name(start)) if is_own else start_name(start)


class CompetitorChooser(QWidget):
    """What a race is, a box for each usual start, an optional guess, and a button.

    ``begun(starts)`` asks for a race against these.
    """

    begun = Signal(tuple)

    def __init__(self) -> None:
        super().__init__()
        self._own: InitialWeights | None = None
        self._starts: Mapping[str, InitialWeights] = usual_starts((1, 1))
        self._words = text_label("race_words", "")
        self._boxes: dict[str, QCheckBox] = {}
        boxes = QWidget()
        flow = FlowLayout(boxes, gap=10)
        for key in self._starts:
            box = self._boxes[key] = QCheckBox()
            box.setObjectName(f"race_start_{key}")
            box.toggled.connect(self._allow)
            flow.addWidget(box)
        tip = _("Resets this run and trains all of them side by side, step by step")
        self._begin = Button(name="race_begin", text=_("Start the race"), tip=tip, role="primary")
        self._begin.clicked.connect(self._on_begin)
        self.names: dict[str, str] = {}
        self._card: GuessCard | None = None
        self._place: QVBoxLayout = layouts.column()
        begin = layouts.row(self._begin, None)
        layouts.column(self._words, boxes, self._place, begin, None, parent=self, gap=12, margins=(0, 4, 0, 0))
        self._choose(AT_FIRST[:1])
        self._name_starts()

    def show_starts(self, own: InitialWeights, sizes: tuple[int, ...]) -> None:
        """Offer the initial weights that suit layers of these sizes, without `own`, those of the run itself."""
        if own != self._own:
            self._choose([key for key in AT_FIRST if usual_starts(sizes)[key] != own][:1])
        self._own, self._starts = own, usual_starts(sizes)
        self._name_starts()

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
            box.setToolTip(_(choice.entry.sentence))
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

    def _ask(self) -> None:
        """Ask who will be ahead of those that are chosen now; a guess at one that is still there stays."""
        own, chosen = self._own, self._chosen
        starts = [] if own is None or not chosen else [own, *(self._starts[key] for key in chosen)]
        names = {f"racer_{k}": racer_name(start, is_own=k == 0) for k, start in enumerate(starts)}
        if names == self.names:
            return
        before = "" if self._card is None else self.names.get(self._card.guess.said, "")
        self.names = names
        if self._card is not None:
            self._card.setParent(None)  # found by its name no more
            self._card.deleteLater()
            self._card = None
        if names:
            answer = ChoiceAnswer(names, {key: key for key in names})
            question = _("Guess first, if you like: which one will have the smallest loss at the end?")
            self._card = GuessCard(question, answer, optional=True)
            self._place.addWidget(self._card)
            answer.set_value(next((key for key, name in names.items() if name == before), None))

    def take_guess(self) -> Guess:
        """Return the guess, which may be none, and ask again."""
        guess = Guess() if self._card is None else self._card.guess
        self.names = {}
        self._ask()
        return guess

    def _on_begin(self) -> None:
        self.begun.emit(tuple(self._starts[key] for key in self._chosen))

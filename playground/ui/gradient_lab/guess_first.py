"""A chart that can be covered by a question about what it shows."""

from collections.abc import Mapping

from PySide6.QtCore import Signal, Slot
from PySide6.QtWidgets import QStackedLayout, QWidget

from playground.experiment.lessons.scoring import Guess
from playground.language import _
from playground.ui.core import layouts
from playground.ui.forms.guess import ChoiceAnswer, GuessCard
from playground.ui.gradient_lab.page import scroll_area
from playground.ui.widgets.icons import Button


class GuessFirst(QWidget):
    """Shows the chart, or a question in its place; ``asked()``, ``answered(guess)``.

    Attributes
    ----------
    button
        Asks the question; for the heading of the chart.
    """

    asked = Signal()
    answered = Signal(object)

    def __init__(self, chart: QWidget) -> None:
        super().__init__()
        self.button = Button(name="lab_guess", role="link")
        self.button.set_text(_("Guess first"), _("Covers the chart until you have said what it shows"))
        self.button.clicked.connect(self.asked)
        self._stack = QStackedLayout(self)
        self._stack.addWidget(chart)

    @property
    def is_open(self) -> bool:
        """Whether the question is to be answered."""
        return self._stack.currentIndex() > 0

    def ask(self, question: str, options: Mapping[str, str]) -> None:
        """Cover the chart with a choice of `options`, words by their keys."""
        if self.is_open:
            return
        card = GuessCard(question, ChoiceAnswer(options))
        card.locked.connect(self._on_locked)
        place = layouts.box(layouts.column(card, None))
        place.setObjectName("scroll_content")
        self._stack.addWidget(scroll_area(place))  # it may be higher than the chart
        self._stack.setCurrentIndex(1)
        self.button.setEnabled(False)

    @Slot(object, object)
    def _on_locked(self, said: str | None, sure: str | None) -> None:
        self.close_question()
        self.answered.emit(Guess(said, sure))

    def close_question(self) -> None:
        """Show the chart."""
        card = self._stack.widget(1)
        if card is not None:
            self._stack.removeWidget(card)
            card.setParent(None)
            card.deleteLater()
        self.button.setEnabled(True)

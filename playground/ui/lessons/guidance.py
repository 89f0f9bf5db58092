"""What a step of a lesson needs of the window: panels, controls that are marked or held, texts and presses."""

from PySide6.QtCore import QObject, Signal

from playground.experiment.lessons.attempt import Attempt
from playground.experiment.lessons.schema import Step
from playground.ui.lessons import solution

RUN_CONTROLS = (
    "play_button",
    "step_button",
    "action_play",
    "action_step",
    "action_step_epoch",
    "action_race",
    "race_begin",
)
"""What makes steps."""

HELD = ("ask", "compare")
"""While a question is open, or other runs are to be compared, the window's own run makes no step."""


class Guidance(QObject):
    """Asks for it by signals.

    Signals
    -------
    arranged(panels, front)
        Only these panels are to be seen.
    guided(marked, held, asks)
        The names of controls to point at and of those that cannot be used, until the next time; whether a question is
        open: what would answer it keeps silent.
    proposed(name, text)
        A text is to be put into a field, for the learner to confirm.
    press_wanted(name)
        A control is to be pressed for the learner.
    """

    arranged = Signal(object, object)
    guided = Signal(object, object, bool)
    proposed = Signal(str, str)
    press_wanted = Signal(str)

    def show_phase(self, attempt: Attempt) -> None:
        """Show the step's panels, mark and hold its controls, as it now is."""
        step, phase = attempt.step, attempt.phase
        asks = phase == "ask"
        late = () if asks else step.panels_after
        if step.panels or late:
            self.arranged.emit((*step.panels, *late), late[0] if late else step.front)
        if step.page is not None and (late or not step.panels_after):
            self.press_wanted.emit(step.page)
        play = ("play_button",) if phase == "run" and step.run is not None else ()
        marked = () if phase in HELD else (*step.light, *play)  # what is to be pressed is in the lesson
        self.guided.emit(marked, (*step.lock, *(RUN_CONTROLS if phase in HELD else ())), asks)

    def show_solution(self, step: Step) -> None:
        """Mark the controls of the step's solution, and propose its first value."""
        controls = dict.fromkeys(solution.control_of(it) for it in step.solution)
        self.guided.emit(tuple(controls), step.lock, False)
        action = step.solution[0]
        if action.set is not None:
            self.proposed.emit(solution.control_of(action), solution.typed(action.value))

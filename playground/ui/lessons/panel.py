"""The lesson player: the index, or the step at hand with its question, its run, its result and its goal."""

from __future__ import annotations

from typing import Any

import numpy as np
from PySide6.QtCore import QTimer, Signal
from PySide6.QtWidgets import QStackedLayout

from playground.data.catalog import CATALOG
from playground.experiment.lessons import comparing, files, review, set_ups
from playground.experiment.lessons.attempt import Attempt, Phase
from playground.experiment.lessons.comparing import Compared
from playground.experiment.lessons.files import Lesson
from playground.experiment.lessons.open_lesson import OpenLesson
from playground.experiment.lessons.progress import Guess, Progress
from playground.experiment.lessons.quantities import Measured
from playground.experiment.lessons.review import Review
from playground.experiment.lessons.schema import Drawn, StopAt
from playground.experiment.lessons.scoring import Score
from playground.experiment.probes.snapshot import RunInfo, Snapshot
from playground.experiment.training.stop_conditions import planned_end
from playground.language import _
from playground.registry import UserError
from playground.runtime.background_task import BackgroundTask, Call
from playground.ui.core.panel import Panel, Probes
from playground.ui.lessons import solution
from playground.ui.lessons.step_page import StepPage
from playground.ui.lessons.views import LessonIndex, StepView, read_all

RUN_CONTROLS = (
    "play_button",
    "step_button",
    "action_play",
    "action_step",
    "action_step_epoch",
    "action_race",
    "race_begin",
)
"""What makes steps; held shut while a question is open."""


class LessonPanel(Panel):
    """Plays a lesson on the store's experiment; what only the window can do is asked for by signals.

    Attributes
    ----------
    at
        The lesson that is open, at its step; None while the index is shown.
    page
        The step that is shown.
    progress
        What the learner has done so far.

    Signals
    -------
    opened(), closed()
        A lesson begins, or goes on after a pause; it is left.
    arranged(panels, front)
        Only these panels are to be seen.
    guided(marked, held, asks)
        The names of controls to point at and of those that cannot be used, until the next time; whether a question is
        open: what would answer it keeps silent.
    proposed(name, text)
        A text is to be put into a field, for the learner to confirm.
    press_wanted(name)
        A control is to be pressed for the learner.
    progressed(progress)
        The learner's progress has changed.
    freeze_wanted(), close_wanted()
        The picture is to be held; the list is to go.
    """

    name = "lesson_panel"

    opened = Signal()
    closed = Signal()
    arranged = Signal(object, object)
    guided = Signal(object, object, bool)
    proposed = Signal(str, str)
    press_wanted = Signal(str)
    progressed = Signal(object)
    freeze_wanted = Signal()
    close_wanted = Signal()

    def build(self) -> None:
        self.at: OpenLesson | None = None
        self.progress = Progress()
        self._shows_hands = False
        self.page: StepPage | None = None
        self._index = LessonIndex()
        self._index.chosen.connect(self.open)
        self._index.review_wanted.connect(self.review)
        self._index.close_wanted.connect(self.close_wanted)
        self._index.setMinimumHeight(1)  # else the card could not be lower than the list, though it is not shown
        self._view = view = StepView()
        view.all.clicked.connect(self.close_lesson)
        view.data_wanted.connect(self._get_data)
        view.away.clicked.connect(self.toggle_away)
        view.back.clicked.connect(self.go_back)
        view.next.clicked.connect(self.go_on)
        view.freeze.clicked.connect(self.freeze_wanted)
        view.hint.clicked.connect(self.show_hint)
        view.solve.clicked.connect(self.show_solution)
        self._comparing: BackgroundTask | None = None  # trains the variants of the step
        self._pages = QStackedLayout(self)
        self._pages.setContentsMargins(0, 0, 0, 1)
        self._pages.addWidget(self._index)
        self._pages.addWidget(view)
        self.store.changed.connect(self._on_config)
        self.session.data_missing.connect(self._on_data_missing)
        self.session.playing_changed.connect(self.refresh_requested)
        self._lessons: list[Lesson] = []
        self._problems: list[str] = []
        self._start_at: StopAt | None = None

    def probes(self) -> Probes:
        attempt = self.attempt
        names = () if attempt is None or self.is_away or self.session.is_running else attempt.names()
        return (Measured(names),) if names else ()

    def show_snapshot(self, snapshot: Snapshot) -> None:
        attempt, page = self.attempt, self.page
        if attempt is None or page is None or self.is_away or snapshot.playing:
            return
        names = attempt.names()
        readings = snapshot.answer(Measured(names)) if names else {}
        if readings is None:
            return
        if page.calculation is not None:
            page.calculation.show_readings(readings)
        known = {name: value for name, value in readings.items() if value is not None}
        if attempt.phase == "run":
            has_stopped = snapshot.stopped_by is not None
            if attempt.is_at_moment(self.store.config, snapshot.step, has_stopped=has_stopped):
                self._reveal(attempt, known, snapshot)
        elif attempt.phase == "act":
            self._look(known)

    @property
    def attempt(self) -> Attempt | None:
        """What has been done at the step that is open."""
        return None if self.at is None else self.at.attempt

    @property
    def phase(self) -> Phase | None:
        """What comes next at the step that is open."""
        return None if self.at is None else self.at.attempt.phase

    @property
    def is_away(self) -> bool:
        """Whether a lesson is open and left for a while."""
        return self.at is not None and self.at.is_away

    def set_progress(self, progress: Progress) -> None:
        """Take the progress of settings or of a file."""
        self.progress = progress
        if self._lessons:
            self.show_index()

    def show_hands(self, shows: bool) -> None:
        """Show fields for the raised hands beside the options, as in front of a class."""
        self._shows_hands = shows
        self._apply_hands()

    def offer_freeze(self, offers: bool) -> None:
        """Show the button that holds the picture, as in front of a class."""
        self._view.freeze.setVisible(offers)

    def show_index(self) -> None:
        """Show the list of lessons, unless one is open."""
        if self.at is None:
            if not self._lessons:  # reading checks every lesson, and takes a third of a second
                self._lessons, self._problems = read_all(files.shipped())
            self._index.set_lessons(self._lessons, self._problems, self.progress)
            self._pages.setCurrentIndex(0)

    def open(self, lesson: Lesson, step: str | None = None) -> None:
        """Open a lesson at a step, or where it was left."""
        attended = self.progress.of(lesson.id)
        self._begin(OpenLesson(lesson, lesson.index_of(step or attended.at), locked=dict(attended.locked)))

    def review(self) -> None:
        """Ask a few old questions again, one after another, if there are enough."""
        old = review.old_questions(self._lessons, self.progress)[: review.COUNT]
        if len(old) == review.COUNT:
            self._begin(OpenLesson.next_of(Review(tuple(old))))

    def _begin(self, at: OpenLesson) -> None:
        self.shut_down()
        self._index.say("")
        self._pages.setCurrentIndex(1)
        self.at = at
        self.store.lend(True)
        self.opened.emit()
        self._begin_step(at)

    def resume(self, other: LessonPanel) -> None:
        """Continue what another panel, in another language, has been playing."""
        self.progress, self._shows_hands = other.progress, other._shows_hands
        self.at = other.at
        if self.at is not None:
            self._pages.setCurrentIndex(1)
            self._show_step(self.at)

    def close_lesson(self) -> None:
        """Leave the lesson and show the list; the place in it is kept."""
        if self.at is None:
            return
        self.shut_down()
        self.at = None
        self._release()
        self.closed.emit()
        self.show_index()

    def go_on(self) -> None:
        """Go to the next step, or old question; at the end, leave the lesson."""
        at = self.at
        if at is None:
            return
        if not at.is_last and at.review is not None:
            self._begin(OpenLesson.next_of(at.review))
        elif not at.is_last:
            self.enter(at.index + 1)
        else:
            self.close_lesson()
            if at.review is not None and at.review.revealed:
                said = _("{right} of {n} old questions right.")
                self._index.say(said.format(right=at.review.right, n=at.review.revealed))

    def go_back(self) -> None:
        """Go to the step before."""
        if self.at is not None and not self.at.is_first:
            self.enter(self.at.index - 1)

    def enter(self, index: int) -> None:
        """Go to a step of the lesson: set its experiment up, and ask its question."""
        at = self.at
        if at is None:
            return
        self.shut_down()
        continues = at.continues_at(index, self.store.config)
        at.enter(index)
        self._begin_step(at, continues=continues)

    def _begin_step(self, at: OpenLesson, *, continues: bool = False) -> None:
        """Set the experiment up; where steps before it were not played just now, train up to where it begins."""
        if at.review is None:
            self._keep(self.progress.with_place(at.lesson.id, at.step.id))
        self.session.set_held(False)
        self.session.pause()
        self._start_at = None
        self.store.apply(at.config)
        if not continues:
            self._start_at = at.begins_after
            self.session.reset()
        self._show_step(at)

    def lock(self, said: Any, sure: str | None = None) -> None:
        """Lock an answer to the open question, or skip it (None)."""
        if self.at is not None and self.phase == "ask":
            self._keep(self.at.lock(self.progress, Guess(said, sure)))
            self._on_phase()

    def toggle_away(self) -> None:
        """Leave the lesson to try things out, or come back to the same point of it."""
        at = self.at
        if at is None:
            return
        if not at.is_away:
            at.left_at = (self.store.config, self.session.step_count)
            self._go_away(at)
            return
        at.is_away = False
        self.store.lend(True)
        self.opened.emit()
        if at.left_at is None:  # for the data, which may be here by now
            at.missing_data = ""
            self.enter(at.index)
            return
        config, step = at.left_at
        self.store.apply(config)
        self.session.reset()
        if step:
            self.session.step(step)
        self._apply_phase(at)
        self._show_buttons(at)

    def _go_away(self, at: OpenLesson) -> None:
        self.session.pause()
        at.is_away = True
        self._release()
        self._show_buttons(at)
        self.closed.emit()

    def _get_data(self) -> None:
        """Leave for the set-up, which offers the data that are missing."""
        if self.at is not None and not self.at.is_away:
            self.at.left_at = None
            self._go_away(self.at)
            self.store.apply(self.at.lesson.configs[self.at.index])

    def show_hint(self) -> None:
        """Show the next hint."""
        if self.at is not None and self.page is not None:
            self.at.hints_shown = min(self.at.hints_shown + 1, len(self.at.hints))
            self.page.show_hints(self.at.hints_shown)
            self._show_buttons(self.at)
            self._view.show_below()

    def show_solution(self) -> None:
        """Show the solution: the control is marked and filled in, and the learner presses it."""
        if self.page is None or self.attempt is None or not self.attempt.step.solution:
            return
        self.page.show_solution()
        step = self.attempt.step
        action = step.solution[0]
        controls = dict.fromkeys(solution.control_of(it) for it in step.solution)
        self.guided.emit(tuple(controls), step.lock, False)
        if action.set is not None:
            self.proposed.emit(solution.control_of(action), solution.typed(action.value))
        self._view.show_below()

    def do(self, place: int) -> None:
        """Do an action of the solution for the learner."""
        if self.attempt is None or self._info is None:
            return
        action = self.attempt.step.solution[place]
        if action.press is not None:
            self.press_wanted.emit(action.press)
        else:
            solution.do(action, self.store, self.session, self._info)

    def shut_down(self) -> None:
        if self._comparing is not None:
            self._comparing.stop()
            self._comparing = None

    def _compare(self) -> None:
        """Train every variant of the step in the background, unless that is being done."""
        attempt, page = self.attempt, self.page
        if attempt is None or page is None or attempt.step.variants is None or self._comparing is not None:
            return
        asked = attempt.step.variants
        configs = set_ups.variants(attempt.start, asked, "variants")

        def run(call: Call) -> Compared:
            return comparing.compare(configs, asked.quantity, asked.curve, call.should_stop, call.report)

        page.show_comparing(0, len(configs))
        self._comparing = BackgroundTask(run, self)
        self._comparing.progress.connect(page.show_comparing)
        self._comparing.succeeded.connect(self._on_compared)
        self._comparing.refused.connect(self._on_not_compared)
        self._comparing.broke.connect(self.session.failed)

    def show_again(self, guess: Guess, score: Score) -> None:
        """Show the step as if this had been guessed, with the same outcome."""
        if self.at is not None:
            self.at.attempt.guess, self.at.attempt.score = guess, score
            self._show_step(self.at)

    def show_run(self, info: RunInfo) -> None:
        """Train up to where the step begins, if that is not the start."""
        super().show_run(info)
        moment, self._start_at = self._start_at, None
        if moment is None:
            return
        stop = set_ups.with_moment(info.config, moment).training.stop
        end = planned_end(stop, info.steps_per_epoch, 1, info.steps_per_epoch)
        if end is not None:
            is_held = self.session.is_held
            self.session.set_held(False)
            self.session.step(round(end[0]))
            self.session.set_held(is_held)

    def _show_step(self, at: OpenLesson) -> None:
        self.page = page = StepPage(at.attempt, at.words)
        page.locked.connect(self.lock)
        page.hands_changed.connect(self._on_hands)
        page.compare_wanted.connect(self._compare)
        page.act_wanted.connect(self.do)
        missing = _(CATALOG[at.missing_data].label) if at.uses_other_data else ""
        self._view.show_page(page, at.lesson.text.title, at.place, missing)
        self.refresh_requested.emit()
        self._apply_hands()
        if at.attempt.compared is not None:
            page.show_compared(at.attempt.compared)
        page.show_hints(at.hints_shown)
        if not at.is_away:
            self._apply_phase(at)
        self._show_buttons(at)

    def _apply_hands(self) -> None:
        if self.page is not None and self.at is not None:
            self.page.show_hands(self._shows_hands, self.at.answer_in(self.progress).hands)

    def _on_hands(self, hands: dict[str, int]) -> None:
        if self.at is not None:
            self._keep(self.at.with_hands(self.progress, hands))

    def _keep(self, progress: Progress) -> None:
        self.progress = progress
        self.progressed.emit(progress)

    def _on_phase(self) -> None:
        if self.at is None:
            return
        if self.page is not None:
            self.page.show_attempt()
            self._view.show_result(self.page)
        self._apply_phase(self.at)
        self._show_buttons(self.at)
        self.refresh_requested.emit()

    def arrange(self) -> None:
        """Show the step's panels again, where a lesson is open."""
        if self.at is not None and not self.at.is_away:
            self._apply_phase(self.at)

    def _apply_phase(self, at: OpenLesson) -> None:
        """Show the step's panels, mark and hold its controls, as it now is."""
        step, phase = at.attempt.step, at.attempt.phase
        asks = phase == "ask"
        self.session.set_held(asks)
        late = () if asks else step.panels_after
        if step.panels or late:
            self.arranged.emit((*step.panels, *late), late[0] if late else step.front)
        if step.page is not None and (late or not step.panels_after):
            self.press_wanted.emit(step.page)
        play = ("play_button",) if phase == "run" and step.run is not None else ()
        marked = () if phase in ("ask", "compare") else (*step.light, *play)  # what is to be pressed is in the lesson
        self.guided.emit(marked, (*step.lock, *(RUN_CONTROLS if asks else ())), asks)
        if phase == "done" and at.review is None:
            self._keep(self.progress.with_done(at.lesson.id, step.id))

    def _release(self) -> None:
        """Give the window and its experiment back; what would answer an open question keeps silent."""
        self.session.set_held(False)
        self.store.lend(False)
        self.guided.emit((), (), self.phase == "ask")

    def _show_buttons(self, at: OpenLesson) -> None:
        self._view.show_ways(is_away=at.is_away, is_first=at.is_first, is_last=at.is_last)
        step, phase = at.attempt.step, at.attempt.phase
        helps = not at.is_away and (phase in ("act", "done") if step.goal else phase != "ask")  # as it asks for an act
        can_solve = helps and bool(step.solution) and phase in ("act", "run")
        given = at.hints_shown if helps else len(at.hints)
        self._view.show_help(given=given, hints=len(at.hints), can_solve=can_solve)

    def _reveal(self, attempt: Attempt, readings: dict[str, float], snapshot: Snapshot) -> None:
        curve, question = None, attempt.step.question
        if isinstance(question, Drawn):
            history = snapshot.history
            curve = (history.metric_steps.tolist(), np.asarray(getattr(history, question.curve)).tolist())
        try:
            attempt.reveal(readings, curve)
        except UserError as error:
            if self.page is not None:
                self.page.show_error(str(error))
            return
        if curve is not None and self.page is not None:
            self.page.show_drawn_run(curve)
        if self.at is not None and attempt.guess is not None:
            self._keep(self.at.record_outcome(self.progress, attempt.guess))
        self._on_phase()
        self._look({})

    def _look(self, readings: dict[str, float]) -> None:
        """See whether the goal is reached."""
        if self.attempt is not None and not self.is_away and self.attempt.look(self.store.config, readings):
            self._on_phase()

    def _on_config(self) -> None:
        self._look({})
        if self.attempt is not None:
            self.refresh_requested.emit()

    def _on_compared(self, compared: Compared) -> None:
        self._comparing = None
        if self.attempt is None or self.page is None:
            return
        self.attempt.compared = compared
        self.page.show_compared(compared)
        self._on_phase()

    def _on_not_compared(self, error: UserError) -> None:
        self._comparing = None
        if self.page is not None:
            self.page.show_error(str(error))

    def _on_data_missing(self, name: str) -> None:
        """Go on with the data that are here, and say so."""
        at = self.at
        if at is None or at.is_away or at.missing_data or at.lesson.configs == at.lesson.other_configs:
            return
        at.missing_data = name
        QTimer.singleShot(0, self, lambda: self.enter(at.index))

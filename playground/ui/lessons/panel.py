"""The lesson player: the index, or the step at hand with its question, its run, its result and its goal."""

from __future__ import annotations

from typing import Any

from PySide6.QtCore import QTimer, Signal
from PySide6.QtWidgets import QStackedLayout

from playground.experiment.lessons import review
from playground.experiment.lessons.attempt import Attempt, Phase
from playground.experiment.lessons.comparing import Compared
from playground.experiment.lessons.files import Lesson
from playground.experiment.lessons.open_lesson import OpenLesson
from playground.experiment.lessons.progress import Guess, Progress
from playground.experiment.lessons.quantities import Measured, Readings
from playground.experiment.lessons.review import Review
from playground.experiment.probes.snapshot import RunInfo, Snapshot
from playground.language import _
from playground.registry import UserError
from playground.ui.core import plain_text
from playground.ui.core.panel import Panel, Probes
from playground.ui.forms.guess import ChoiceAnswer
from playground.ui.lessons import solution
from playground.ui.lessons.guidance import HELD, Guidance
from playground.ui.lessons.step_page import StepPage
from playground.ui.lessons.views import LessonIndex, StepView
from playground.ui.widgets.labels import show_text


class LessonPanel(Panel):
    """Plays a lesson on the store's experiment; what only the window can do is asked for by signals and `guidance`.

    Attributes
    ----------
    index, view
        The list of lessons, and the frame around a step; of their buttons, the window connects those that are its own.
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
    progressed(progress)
        The learner's progress has changed.
    """

    name = "lesson_panel"

    opened = Signal()
    closed = Signal()
    progressed = Signal(object)

    def build(self) -> None:
        self.at: OpenLesson | None = None
        self.progress = Progress()
        self.guidance = Guidance(self)
        self._shows_hands = False
        self.page: StepPage | None = None
        self.index = LessonIndex()
        self.index.chosen.connect(self.open)
        self.index.review_button.clicked.connect(self.review)
        self.index.setMinimumHeight(1)  # else the card could not be lower than the list, though it is not shown
        self.view = view = StepView(self._get_data)
        view.all.clicked.connect(self.close_lesson)
        view.away.clicked.connect(self.toggle_away)
        view.back.clicked.connect(self.go_back)
        view.next.clicked.connect(self.go_on)
        view.hint.clicked.connect(lambda: view.show_hint(self._here))
        view.solve.clicked.connect(self.show_solution)
        self._pages = QStackedLayout(self)
        self._pages.setContentsMargins(0, 0, 0, 1)
        self._pages.addWidget(self.index)
        self._pages.addWidget(view)
        self.store.changed.connect(self._on_config)
        self.session.data_missing.connect(self._on_data_missing)
        self.session.playing_changed.connect(self.refresh_requested)
        self.store.history_changed.connect(self._on_change)
        self._is_fresh = False  # a run was ordered that is to be trained up to where the step begins
        self._is_untouched = False  # whether the run is what the step began with, and what was trained since

    def probes(self) -> Probes:
        attempt = self.attempt
        names = () if attempt is None or self.is_away or self.session.is_running else attempt.names()
        return (Measured(names),) if names else ()

    def show_snapshot(self, snapshot: Snapshot) -> None:
        if self.at is None or self.is_away or snapshot.playing:
            return
        attempt, page = self.at.attempt, self._shown
        names = attempt.names()
        readings = snapshot.answer(Measured(names)) if names else {}
        if readings is None:
            return
        if page.calculation is not None:
            page.calculation.show_readings(readings)
        if attempt.phase == "run":
            has_stopped = snapshot.stopped_by is not None
            if attempt.is_at_moment(self.store.config, snapshot.step, has_stopped=has_stopped):
                self._reveal(attempt, readings, snapshot)
        elif attempt.phase == "act":
            self._look(readings)

    @property
    def attempt(self) -> Attempt | None:
        """What has been done at the step that is open."""
        return None if self.at is None else self.at.attempt

    @property
    def phase(self) -> Phase | None:
        """What comes next at the step that is open."""
        return None if self.at is None else self.at.attempt.phase

    @property
    def _here(self) -> OpenLesson:
        assert self.at is not None
        return self.at

    @property
    def _shown(self) -> StepPage:
        assert self.page is not None
        return self.page

    @property
    def is_away(self) -> bool:
        """Whether a lesson is open and left for a while."""
        return self.at is not None and self.at.is_away

    def set_progress(self, progress: Progress) -> None:
        """Take the progress of settings or of a file."""
        self.progress = progress
        if self.index.lessons:
            self.show_index()

    def show_hands(self, shows: bool) -> None:
        """Show fields for the raised hands beside the options, as in front of a class."""
        self._shows_hands = shows
        answer = None if self.page is None or self.page.guess is None else self.page.guess.answer
        if self.at is not None and isinstance(answer, ChoiceAnswer):
            answer.show_hands(shows, self.at.answer_in(self.progress).hands)

    def show_index(self) -> None:
        """Show the list of lessons, unless one is open."""
        if self.at is None:
            self.index.show_progress(self.progress)
            self._pages.setCurrentIndex(0)

    def open(self, lesson: Lesson, step: str | None = None) -> None:
        """Open a lesson at a step, or where it was left; one that was left at its end, at its first."""
        attended, last = self.progress.of(lesson.id), lesson.steps[-1].id
        if step is None and not (attended.at == last and last in attended.done):
            step = attended.at
        self._begin(OpenLesson(lesson, lesson.index_of(step or ""), locked=dict(attended.locked)))

    def review(self) -> None:
        """Ask a few old questions again, one after another, if there are enough."""
        old = review.old_questions(self.index.lessons, self.progress)[: review.COUNT]
        if len(old) == review.COUNT:
            self._begin(OpenLesson.next_of(Review(tuple(old))))

    def _begin(self, at: OpenLesson) -> None:
        show_text(self.index.said, "")
        self.at = at
        self._mark_open(at)
        self._begin_step(at)

    def resume(self, other: LessonPanel) -> None:
        """Continue what another panel, in another language, has been playing."""
        self.progress, self._shows_hands = other.progress, other._shows_hands
        self.at = other.at
        if self.at is not None:
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
        if self.store.config != self.store.own:
            plain_text.say(self, _("Ctrl+Z, once or more, brings back the network from before the lesson."))

    def go_on(self) -> None:
        """Go to the next step, or old question; at the end, leave the lesson."""
        at = self._here
        if not at.is_last and at.review is not None:
            self._begin(OpenLesson.next_of(at.review))
        elif not at.is_last:
            self.enter(at.index + 1)
        else:
            self.close_lesson()
            if at.review is not None and at.review.revealed:
                said = _("{right} of {n} old questions right.")
                show_text(self.index.said, said.format(right=at.review.right, n=at.review.revealed))

    def go_back(self) -> None:
        """Go to the step before."""
        if not self._here.is_first:
            self.enter(self._here.index - 1)

    def enter(self, index: int) -> None:
        """Go to a step of the lesson: set its experiment up, and ask its question."""
        at = self._here
        if at.is_away:
            self._mark_open(at)
        session, info = self.session, self.session.info
        continues = False
        if info is not None and self._is_untouched and session.is_current and not session.has_failed:
            continues = at.continues_at(index, self.store.config, session.step_count, info)
        at.enter(index)
        self._begin_step(at, continues=continues)

    def _begin_step(self, at: OpenLesson, *, continues: bool = False) -> None:
        """Set the experiment up; where steps before it were not played just now, train up to where it begins."""
        if at.review is None:
            self._keep(self.progress.with_place(at.lesson.id, at.step.id))
        self.session.set_held(False)
        self.session.pause()
        self.store.apply(at.config)
        self._is_fresh = not continues
        if not continues:
            self.session.reset()
        self._is_untouched = True
        self._show_step(at)

    def lock(self, said: Any, sure: str | None = None) -> None:
        """Lock an answer to the open question, or skip it (None)."""
        if self.phase == "ask":
            self._keep(self._here.lock(self.progress, Guess(said, sure)))
            self._on_phase()

    def toggle_away(self) -> None:
        """Leave the lesson to try things out, or come back to the same point of it."""
        at = self._here
        if not at.is_away:
            at.left_at = (self.store.config, self.session.step_count)
            self._go_away(at)
            return
        self._mark_open(at)
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

    def _mark_open(self, at: OpenLesson) -> None:
        at.is_away = False
        self.store.lend(True)
        self.opened.emit()

    def _go_away(self, at: OpenLesson) -> None:
        self.session.pause()
        at.is_away = True
        self._release()
        self.view.show_buttons(at)
        self.closed.emit()

    def _get_data(self) -> None:
        """Leave for the set-up, which offers the data that are missing."""
        at = self._here
        at.left_at = None
        self._go_away(at)
        self.store.lend(True)  # it is the lesson's still
        self.store.apply(at.lesson.configs[at.index])
        self.store.lend(False)

    def show_solution(self) -> None:
        """Show the solution: the control is marked and filled in, and the learner presses it."""
        self._shown.solution.show()
        self.guidance.show_solution(self._here.step)
        self.view.show_below()

    def do(self, place: int) -> None:
        """Do an action of the solution for the learner."""
        action = self._here.step.solution[place]
        if action.press is not None:
            self.guidance.press_wanted.emit(action.press)
        elif self._info is not None:
            solution.do(action, self.store, self.session, self._info)

    def shut_down(self) -> None:
        if self.page is not None and self.page.variants is not None:
            self.page.variants.stop()

    def show_run(self, info: RunInfo) -> None:
        """Train up to where the step begins, if that is not the start."""
        super().show_run(info)
        is_fresh, self._is_fresh = self._is_fresh, False
        steps = self.at.stands_at(self.at.index, info) if is_fresh and self.at is not None else None
        if steps:
            is_held = self.session.is_held
            self.session.set_held(False)
            self.session.step(steps)
            self.session.set_held(is_held)

    def _show_step(self, at: OpenLesson) -> None:
        self.shut_down()
        self.page = page = StepPage(at.attempt, at.words)
        page.solution.act_wanted.connect(self.do)
        if page.guess is not None:
            page.guess.locked.connect(self.lock)
            if isinstance(page.guess.answer, ChoiceAnswer):
                page.guess.answer.hands_changed.connect(self._on_hands)
        if page.variants is not None:
            page.variants.compared.connect(self._on_compared)
            page.variants.broke.connect(self.session.failed)
        self.view.show_page(page, at)
        self._pages.setCurrentIndex(1)
        self.refresh_requested.emit()
        self.show_hands(self._shows_hands)
        if at.is_away:
            self.view.show_buttons(at)
        else:
            self._apply_phase(at)

    def _on_hands(self, hands: dict[str, int]) -> None:
        self._keep(self._here.with_hands(self.progress, hands))

    def _keep(self, progress: Progress) -> None:
        self.progress = progress
        self.progressed.emit(progress)

    def _on_phase(self) -> None:
        self._shown.show_attempt()
        self.view.show_result(self._shown)
        self._apply_phase(self._here)
        self.refresh_requested.emit()

    def arrange(self) -> None:
        """Show the step's panels again, where a lesson is open."""
        if self.at is not None and not self.at.is_away:
            self._apply_phase(self.at)

    def _apply_phase(self, at: OpenLesson) -> None:
        """Show the step's panels and buttons, mark and hold its controls, as it now is."""
        self.session.set_held(at.attempt.phase in HELD)
        self.guidance.show_phase(at.attempt)
        self.view.show_buttons(at)
        if at.attempt.phase == "done" and at.review is None:
            self._keep(self.progress.with_done(at.lesson.id, at.step.id))

    def _release(self) -> None:
        """Give the window and its experiment back; what would answer an open question keeps silent."""
        self.session.set_held(False)
        self.store.lend(False)
        self.guidance.guided.emit((), (), self.phase == "ask")

    def _reveal(self, attempt: Attempt, readings: Readings, snapshot: Snapshot) -> None:
        try:
            attempt.reveal(readings, snapshot.history)
        except UserError as error:
            self._shown.show_error(str(error))
            return
        self._here.revealed[self._here.index] = attempt
        if attempt.guess is not None:
            self._keep(self._here.record_outcome(self.progress, attempt.guess))
        self._on_phase()
        self._look({})

    def _look(self, readings: Readings) -> None:
        if self.attempt is not None and not self.is_away and self.attempt.look(self.store.config, readings):
            self._on_phase()

    def _on_change(self) -> None:
        self._is_untouched = False

    def _on_config(self) -> None:
        self._look({})
        if self.attempt is not None:
            self.refresh_requested.emit()

    def _on_compared(self, compared: Compared) -> None:
        self._here.attempt.compared = compared
        self._on_phase()

    def _on_data_missing(self, name: str) -> None:
        """Go on with the data that are here, and say so."""
        at = self.at
        if at is None or at.is_away or at.missing_data or at.lesson.configs == at.lesson.other_configs:
            return
        at.missing_data = name
        QTimer.singleShot(0, self, lambda: self.enter(at.index))

"""The lesson player: the index, or the step at hand with its question, its run, its result and its goal."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any

import msgspec
import numpy as np
from PySide6.QtCore import QTimer, Signal
from PySide6.QtWidgets import QStackedLayout

from playground.data.catalog import CATALOG
from playground.experiment.config.schema import ExperimentConfig, replace
from playground.experiment.lessons import comparing, files, review, set_ups
from playground.experiment.lessons.attempt import Attempt, Phase
from playground.experiment.lessons.comparing import Compared
from playground.experiment.lessons.files import Lesson
from playground.experiment.lessons.progress import Answer, Progress
from playground.experiment.lessons.quantities import Measured
from playground.experiment.lessons.review import Review
from playground.experiment.lessons.schema import Drawn, StopAt
from playground.experiment.lessons.scoring import Guess, Score
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
    "slow_make",
    "slow_play",
    "slow_next",
    "slow_end",
)
"""What makes steps, or shows the next one; held shut while a question is open."""


class LessonPanel(Panel):
    """Plays a lesson on the store's experiment; what only the window can do is asked for by signals.

    Attributes
    ----------
    lesson, index, attempt
        What is open: the lesson, the place of its step, and what has been done at it; None while the index is shown.
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
        self.lesson: Lesson | None = None
        self.index = 0
        self.attempt: Attempt | None = None
        self.progress = Progress()
        self.is_away = False
        self._shows_hands = False
        self._missing_data = ""  # which others are used for
        self._review: Review | None = None
        self.page: StepPage | None = None
        self._hints = 0
        self._index = LessonIndex()
        self._index.chosen.connect(self.open)
        self._index.review_wanted.connect(self.review)
        self._index.close_wanted.connect(self.close_wanted)
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
        self._left_at: tuple[ExperimentConfig, int] | None = (self.store.config, 0)
        self._start_at: StopAt | None = None

    def probes(self) -> Probes:
        if self.attempt is None or self.is_away or self.session.is_running:
            return ()
        names = self.attempt.names()
        return (Measured(names),) if names else ()

    def show_snapshot(self, snapshot: Snapshot) -> None:
        if self.attempt is None or self.is_away or self.page is None or snapshot.playing:
            return
        names = self.attempt.names()
        readings = snapshot.answer(Measured(names)) if names else {}
        if readings is None:
            return
        if self.page.calculation is not None:
            self.page.calculation.show_readings(readings)
        known = {name: value for name, value in readings.items() if value is not None}
        if self.attempt.phase == "run":
            has_stopped = snapshot.stopped_by is not None
            if self.attempt.is_at_moment(self.store.config, snapshot.step, has_stopped=has_stopped):
                self._reveal(known, snapshot)
        elif self.attempt.phase == "act":
            self._look(known)

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
        if self.lesson is None:
            if not self._lessons:  # reading checks every lesson, and takes a third of a second
                self._lessons, self._problems = read_all(files.shipped())
            self._index.set_lessons(self._lessons, self._problems, self.progress)
            self._pages.setCurrentIndex(0)

    def open(self, lesson: Lesson, step: str | None = None) -> None:
        """Open a lesson at a step, or where it was left."""
        self._missing_data = ""
        self._review = None
        self._begin(lesson, lesson.index_of(step or self.progress.of(lesson.id).at))

    def review(self) -> None:
        """Ask a few old questions again, one after another, if there are enough."""
        old = review.old_questions(self._lessons, self.progress)[: review.COUNT]
        if len(old) == review.COUNT:
            self._review = Review(tuple(old))
            self._ask_again()

    def _ask_again(self) -> None:
        assert self._review is not None
        self._review.go_on()
        self._missing_data = ""
        self._begin(self._review.question.lesson, self._review.question.index)

    def _begin(self, lesson: Lesson, index: int) -> None:
        self._index.say("")
        self._pages.setCurrentIndex(1)
        self.lesson, self.attempt = lesson, None
        self.opened.emit()
        self.enter(index)

    def resume(self, other: LessonPanel) -> None:
        """Continue what another panel, in another language, has been playing."""
        self.progress, self._shows_hands = other.progress, other._shows_hands
        if other.lesson is None or other.attempt is None:
            return
        self.lesson, self.index, self.attempt = other.lesson, other.index, other.attempt
        self.is_away, self._left_at, self._hints = other.is_away, other._left_at, other._hints
        self._missing_data, self._review = other._missing_data, other._review
        self._pages.setCurrentIndex(1)
        self._show_step()

    def close_lesson(self) -> None:
        """Leave the lesson and show the list; the place in it is kept."""
        if self.lesson is None:
            return
        self.shut_down()
        self.lesson, self.attempt, self._review = None, None, None
        self.is_away = False
        self._release()
        self.closed.emit()
        self.show_index()

    def go_on(self) -> None:
        """Go to the next step, or old question; at the end, leave the lesson."""
        if self.lesson is None:
            return
        if self._review is not None and not self._review.is_last:
            self._ask_again()
        elif self._review is not None:
            right, count = self._review.right, len(self._review.old)
            self.close_lesson()
            self._index.say(_("{right} of {n} old questions right.").format(right=right, n=count))
        elif self.index + 1 < len(self.lesson.steps):
            self.enter(self.index + 1)
        else:
            self.close_lesson()

    def go_back(self) -> None:
        """Go to the step before."""
        if self.lesson is not None and self.index > 0 and self._review is None:
            self.enter(self.index - 1)

    def enter(self, index: int) -> None:
        """Go to a step: set its experiment up, and ask its question."""
        lesson = self.lesson
        if lesson is None:
            return
        self.shut_down()
        continued = self._goes_on_from(index)
        self.index, self.is_away, self._hints = index, False, 0
        step, config = lesson.steps[index], self._configs()[index]
        self.attempt = Attempt(step if self._review is None else self._review.question.step, config)
        if self._review is None:
            self.progress = self.progress.with_place(lesson.id, step.id)
            self.progressed.emit(self.progress)
        self.session.is_held = False
        self._set_up(index, continued=continued)
        self._show_step()

    def lock(self, said: Any, sure: str | None = None) -> None:
        """Lock an answer to the open question, or skip it (None)."""
        if self.attempt is None or self.attempt.phase != "ask":
            return
        self.attempt.guess = Guess(said, sure)
        self._on_phase()

    def toggle_away(self) -> None:
        """Leave the lesson to try things out, or come back to the same point of it."""
        if self.lesson is None or self.attempt is None:
            return
        if self.is_away:
            self.is_away = False
            self.opened.emit()
            if self._left_at is None:  # for the data, which may be here by now
                self._missing_data = ""
                self.enter(self.index)
                return
            config, step = self._left_at
            self.store.apply(config)
            self.session.reset()
            if step:
                self.session.step(step)
            self._apply_phase()
        else:
            self._left_at = (self.store.config, self.session.step_count)
            self.session.pause()
            self.is_away = True
            self._release()
            self.closed.emit()
        self._show_buttons()

    def _get_data(self) -> None:
        """Leave for the set-up, which offers the data that are missing."""
        if self.lesson is not None and not self.is_away:
            self.toggle_away()
            self._left_at = None
            self.store.apply(self.lesson.configs[self.index])

    def show_hint(self) -> None:
        """Show the next hint."""
        if self.page is not None:
            self._hints = min(self._hints + 1, len(self.hints()))
            self.page.show_hints(self._hints)
            self._show_buttons()
            self._view.show_below()

    def show_solution(self) -> None:
        """Show the solution: the control is marked and filled in, and the learner presses it."""
        if self.page is None or self.attempt is None or not self.attempt.step.solution:
            return
        self.page.show_solution()
        action = self.attempt.step.solution[0]
        controls = dict.fromkeys(solution.control_of(it) for it in self.attempt.step.solution)
        self.guided.emit(tuple(controls), self.attempt.step.lock, False)
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
        if self.attempt is not None:
            self.attempt.guess, self.attempt.score = guess, score
            self._show_step()

    def hints(self) -> tuple[str, ...]:
        """Return the hints of the step."""
        if self.lesson is None or self.attempt is None or self._review is not None:
            return ()
        return self.lesson.text.steps[self.attempt.step.id].hints

    @property
    def phase(self) -> Phase | None:
        """What comes next at this step."""
        return None if self.attempt is None else self.attempt.phase

    def _configs(self) -> tuple[ExperimentConfig, ...]:
        assert self.lesson is not None
        configs = self.lesson.other_configs if self._missing_data else self.lesson.configs
        if self._review is None or self._review.seed is None:
            return configs
        return tuple(replace(config, "seed", self._review.seed) for config in configs)

    def _goes_on_from(self, index: int) -> bool:
        """Return whether a step continues the run as it is: it follows the one at hand, and nothing was changed."""
        if self.lesson is None or self.attempt is None or index != self.index + 1:
            return False
        step = self.lesson.steps[index]
        return set_ups.continues(step) and self.store.config == self.attempt.start and not self.attempt.step.goal

    def _set_up(self, index: int, *, continued: bool) -> None:
        """Set the experiment up; where steps before it were not played just now, train up to where it begins."""
        assert self.lesson is not None
        steps, configs = self.lesson.steps, self._configs()
        self.session.pause()
        self._start_at = None
        self.store.apply(configs[index])
        if continued:
            return
        for k in range(index, 0, -1):
            if not set_ups.continues(steps[k]):
                break
            if steps[k - 1].run is not None:
                self._start_at = steps[k - 1].run
                break
        self.session.reset()

    def show_run(self, info: RunInfo) -> None:
        """Train up to where the step begins, if that is not the start."""
        super().show_run(info)
        moment, self._start_at = self._start_at, None
        if moment is None:
            return
        stop = set_ups.with_moment(info.config, moment).training.stop
        end = planned_end(stop, info.steps_per_epoch, 1, info.steps_per_epoch)
        if end is not None:
            is_held, self.session.is_held = self.session.is_held, False
            self.session.step(round(end[0]))
            self.session.is_held = is_held

    def _show_step(self) -> None:
        lesson, attempt = self.lesson, self.attempt
        assert lesson is not None
        assert attempt is not None
        words = lesson.text.steps[attempt.step.id]
        self.page = page = StepPage(attempt, words)
        page.locked.connect(self.lock)
        page.hands_changed.connect(self._on_hands)
        page.compare_wanted.connect(self._compare)
        page.act_wanted.connect(self.do)
        place = _("{k} of {n}").format(k=self.index + 1, n=len(lesson.steps))
        if self._review is not None:
            place = _("Old question {k} of {n}")
            if self._review.seed is not None:
                place = _("Old question {k} of {n}, another seed")
            place = place.format(k=self._review.place + 1, n=len(self._review.old))
        uses_other_data = self._configs()[self.index].data != lesson.configs[self.index].data
        missing = _(CATALOG[self._missing_data].label) if uses_other_data else ""
        self._view.show_page(page, lesson.text.title, place, missing)
        self.refresh_requested.emit()
        self._apply_hands()
        if attempt.compared is not None:
            page.show_compared(attempt.compared)
        page.show_hints(self._hints)
        if not self.is_away:
            self._apply_phase()
        self._show_buttons()

    def _apply_hands(self) -> None:
        if self.page is not None and self.lesson is not None and self.attempt is not None:
            answer = self.progress.of(self.lesson.id).answers.get(self.attempt.step.id)
            self.page.show_hands(self._shows_hands, answer.hands if answer is not None else {})

    def _on_hands(self, hands: dict[str, int]) -> None:
        assert self.lesson is not None
        assert self.attempt is not None
        known = self.progress.of(self.lesson.id).answers.get(self.attempt.step.id, Answer())
        self._keep(msgspec.structs.replace(known, hands=hands))

    def _keep(self, answer: Answer) -> None:
        assert self.lesson is not None
        assert self.attempt is not None
        self.progress = self.progress.with_answer(self.lesson.id, self.attempt.step.id, answer)
        self.progressed.emit(self.progress)

    def _on_phase(self) -> None:
        if self.page is not None:
            self.page.show_attempt()
            self._view.show_result(self.page)
        self._apply_phase()
        self._show_buttons()
        self.refresh_requested.emit()

    def arrange(self) -> None:
        """Show the step's panels again, where a lesson is open."""
        if self.attempt is not None and not self.is_away:
            self._apply_phase()

    def _apply_phase(self) -> None:
        """Show the step's panels, mark and hold its controls, as it now is."""
        assert self.attempt is not None
        step, phase = self.attempt.step, self.attempt.phase
        asks = self.session.is_held = phase == "ask"
        late = () if asks else step.panels_after
        if step.panels or late:
            self.arranged.emit((*step.panels, *late), late[0] if late else step.front)
        if step.page is not None and (late or not step.panels_after):
            self.press_wanted.emit(step.page)
        play = ("play_button",) if phase == "run" and step.run is not None else ()
        self.guided.emit(() if asks else (*step.light, *play), (*step.lock, *(RUN_CONTROLS if asks else ())), asks)
        if phase == "done" and self.lesson is not None and self._review is None:
            self.progress = self.progress.with_done(self.lesson.id, step.id)
            self.progressed.emit(self.progress)

    def _release(self) -> None:
        self.session.is_held = False
        self.guided.emit((), (), False)

    def _show_buttons(self) -> None:
        lesson, attempt = self.lesson, self.attempt
        if lesson is None or attempt is None:
            return
        is_first, is_last = self.index == 0, self.index + 1 == len(lesson.steps)
        if self._review is not None:
            is_first, is_last = True, self._review.is_last
        self._view.show_ways(is_away=self.is_away, is_first=is_first, is_last=is_last)
        can_solve = bool(attempt.step.solution) and attempt.phase in ("act", "run") and not self.is_away
        given = len(self.hints()) if self.is_away else self._hints
        self._view.show_help(given=given, hints=len(self.hints()), can_solve=can_solve)

    def _reveal(self, readings: dict[str, float], snapshot: Snapshot) -> None:
        attempt, curve = self.attempt, None
        assert attempt is not None
        question = attempt.step.question
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
        if attempt.guess is not None and self.lesson is not None:
            known = self.progress.of(self.lesson.id).answers.get(attempt.step.id, Answer())
            score = attempt.score
            was = score.was if score is not None and not isinstance(question, Drawn) else None
            right = None if score is None else score.right
            now = datetime.now(UTC).isoformat(timespec="seconds")
            if self._review is None:
                self._keep(Answer(attempt.guess.said, attempt.guess.sure, was, right, known.hands, now))
            else:
                self._review.right += bool(right)
                self._keep(msgspec.structs.replace(known, again=bool(right), when=now))
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
        if self.lesson is None or self.is_away or self._missing_data:
            return
        if self.lesson.configs == self.lesson.other_configs:
            return
        self._missing_data = name
        QTimer.singleShot(0, self, lambda: self.enter(self.index))

"""Plays a lesson in the real window by its own solution: every question skipped."""

import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from traceback import format_exception

from PySide6.QtCore import QCoreApplication, QEventLoop, QMessageLogContext, QtMsgType, qInstallMessageHandler
from PySide6.QtWidgets import QAbstractButton

from playground import language
from playground.experiment.lessons import files
from playground.experiment.lessons.attempt import Attempt
from playground.experiment.lessons.files import Lesson
from playground.experiment.lessons.report import LessonReport
from playground.experiment.lessons.schema import Step
from playground.language import _
from playground.registry import UserError, one_line
from playground.ui.lessons.panel import LessonPanel
from playground.ui.shell.main_window import MainWindow

PATIENCE_S = 300.0
"""For one run of a step."""


class Rehearsal:
    """Plays lessons in a window.

    Parameters
    ----------
    window
        The window, shown; it trains as fast as can be.
    problems
        Where Qt's warnings and the tracebacks of errors are collected, see `collected_problems`.
    """

    def __init__(self, window: MainWindow, problems: list[str]) -> None:
        self._window, self._failures = window, problems
        problems.clear()  # of the window before
        for signal in (window.session.failed, window.session.refused):
            signal.connect(self._failures.append)
        self._wait(lambda: window.area.is_complete and self._is_idle())

    def play(self, folder: Path) -> LessonReport:
        """Play the lesson of a folder from its first step to its last, and return what came of it."""
        report = LessonReport(folder.name, language.current())
        began = time.monotonic()
        self._failures.clear()
        try:
            lesson = files.load(folder)
        except UserError as error:
            report.faults.append(str(error))
            return report
        panel = self._window.lessons.panel
        panel.open(lesson, lesson.steps[0].id)
        for k, step in enumerate(lesson.steps):
            try:
                self._play_step(panel, lesson, k, report)
            except UserError as error:
                report.problems.append(_("step {id}: {what}").format(id=step.id, what=error))
            for message in self._failures:
                report.problems.append(_("step {id}: {what}").format(id=step.id, what=one_line(message[-300:])))
            self._failures.clear()
            report.steps += 1
        panel.close_lesson()
        self._settle()
        report.seconds = time.monotonic() - began
        return report

    def _play_step(self, panel: LessonPanel, lesson: Lesson, index: int, report: LessonReport) -> None:
        """Go through one step, its question skipped."""
        step = lesson.steps[index]
        if panel.at is None or panel.at.index != index or panel.at.lesson is not lesson:
            panel.enter(index)
        self._settle()
        if step.question is not None:
            self._click("guess_skip")
        self._run(panel, step)
        attempt = panel.attempt
        assert attempt is not None
        self._expect(attempt.is_revealed, _("the result does not come."))
        self._note_figures(step, attempt, report)
        if step.goal:
            self._expect(not attempt.is_reached, _("the goal is reached before anything is done."))
            self._solve(panel, step)
        self._expect(panel.phase == "done", _("the step does not come to its end."))
        panel.go_on()
        self._settle()

    def _run(self, panel: LessonPanel, step: Step) -> None:
        if panel.phase == "compare":
            self._click("lesson_compare")
            self._wait(lambda: panel.phase != "compare")
        if panel.phase == "run" and step.run is not None:
            self._settle()
            self._window.transport.play_button.click()
            self._wait(lambda: not self._window.session.is_running)
        self._settle()
        if panel.phase == "run":
            self._wait(lambda: panel.phase != "run", 5.0)

    def _solve(self, panel: LessonPanel, step: Step) -> None:
        """Use all hints and the solution, as a learner who does not find it."""
        assert panel.at is not None
        for _hint in panel.at.hints:
            self._click("lesson_hint")
        self._click("lesson_solution")
        for k in range(len(step.solution)):
            self._click(f"lesson_do_{k + 1}")
            self._wait(lambda: not self._window.session.is_running)
            self._settle()
        self._wait(lambda: panel.phase == "done", 5.0)
        self._expect(panel.phase == "done", _("the solution does not reach the goal."))

    def _note_figures(self, step: Step, attempt: Attempt, report: LessonReport) -> None:
        for it in attempt.figures:
            line = {"step": step.id, "id": it.figure.id, "claimed": it.claimed, "measured": it.measured}
            line |= {"tolerance": it.figure.tolerance, "holds": it.holds}
            report.figures.append(line)
            if not it.holds:
                sentence = _("step {step}, figure {id}: {claimed} ± {tolerance} is claimed, {measured} came out.")
                report.problems.append(sentence.format(**line))

    def _click(self, name: str) -> None:
        found = [it for it in self._window.findChildren(QAbstractButton, name) if it.isVisible() and it.isEnabled()]
        self._expect(bool(found), _("{name} cannot be pressed.").format(name=name))
        found[0].click()
        QCoreApplication.processEvents()

    def _expect(self, holds: bool, sentence: str) -> None:
        if not holds:
            raise UserError(sentence)

    def _is_idle(self) -> bool:
        session = self._window.session
        is_there = session.is_current or session.has_failed
        return is_there and self._window.refresh_loop.is_idle and not session.is_running

    def _settle(self) -> None:
        self._wait(self._is_idle)
        QCoreApplication.processEvents()

    def _wait(self, holds: Callable[[], bool], seconds: float = PATIENCE_S) -> None:
        """Process events until a condition holds, something fails, or the time is over."""
        end = time.monotonic() + seconds
        while not (holds() or self._failures) and time.monotonic() < end:
            QCoreApplication.processEvents(QEventLoop.ProcessEventsFlag.AllEvents, 20)
            time.sleep(0.001)


@contextmanager
def collected_problems() -> Iterator[list[str]]:
    """Collect Qt's warnings, but for those about a missing screen, and the tracebacks of errors in slots."""
    problems: list[str] = []

    def on_message(_kind: QtMsgType, _context: QMessageLogContext, message: str) -> None:
        if not message.startswith("This plugin does not support"):
            problems.append(message)

    hook = sys.excepthook
    handler = qInstallMessageHandler(on_message)
    sys.excepthook = lambda kind, error, trace: problems.append("".join(format_exception(kind, error, trace)))
    try:
        yield problems
    finally:
        sys.excepthook = hook
        qInstallMessageHandler(handler)

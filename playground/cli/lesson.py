"""``playground lesson``: opens a lesson, lists them, or checks that they can be played and their figures come out."""

import argparse
import os
import sys
from dataclasses import asdict
from pathlib import Path

from playground import language, preflight
from playground.cli.command import BAD_INPUT, DONE, FAILED, Window, tell
from playground.cli.tables import to_json
from playground.experiment.lessons import files
from playground.experiment.lessons.report import LessonReport
from playground.language import N_, _
from playground.registry import UserError, printable

NAME = "lesson"
SENTENCE = N_("Opens a lesson; “lesson list” names them, “lesson check” plays them by their own solutions.")


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Add the command's arguments."""
    parser.add_argument("words", metavar=_("ID|FILE"), nargs="*", help=_("a lesson; or: list; or: check [ID|FILE]…"))
    parser.add_argument("--language", choices=tuple(language.LANGUAGES), help=_("check in one language only"))
    parser.add_argument("--json", action="store_true", help=_("print one JSON object"))


def command(arguments: argparse.Namespace, window: Window) -> int:
    """Open, list or check lessons."""
    words = arguments.words
    if not words or words == ["list"]:
        return _list(arguments.json)
    if words[0] == "check":
        return _check(words[1:], arguments, window)
    if len(words) > 1:
        raise UserError(_("One lesson at a time: playground lesson ID|FILE."))
    folder = files.find(words[0])
    files.load(folder)
    if not preflight.has_display():
        raise UserError(_("There is no display to open a lesson on; “playground lesson check” needs none."))
    return window.open(None, None, folder)


def _list(as_json: bool) -> int:
    lessons = [files.load(folder) for folder in files.shipped()]
    lessons.sort(key=lambda it: (it.structure.position, it.id))
    if as_json:
        facts = [
            {
                "id": it.id,
                "title": it.text.title,
                "summary": it.text.summary,
                "articles": list(it.structure.articles),
                "steps": [step.id for step in it.steps],
            }
            for it in lessons
        ]
        print(to_json(facts))
        return DONE
    for it in lessons:
        print(f"{it.id:24} {it.text.title}\n{'':24} {it.text.summary}")
    return DONE


def _check(names: list[str], arguments: argparse.Namespace, window: Window) -> int:
    folders: list[Path] = [files.find(name) for name in names] or files.shipped()
    codes = [arguments.language] if arguments.language else list(language.LANGUAGES)
    os.environ["QT_QPA_PLATFORM"] = "offscreen"
    if sentence := preflight.missing_libraries():
        raise UserError(sentence)
    reports: list[LessonReport] = []
    for report in window.check_lessons(folders, codes):
        reports.append(report)
        if not arguments.json:
            _print(report)
    if arguments.json:
        print(to_json([asdict(it) for it in reports]))
    if any(it.faults for it in reports):
        return BAD_INPUT
    return DONE if all(it.is_sound for it in reports) else FAILED


def _print(report: LessonReport) -> None:
    sentence = _("{sign} {lesson} ({language}): {steps} steps, {figures} figures, {seconds:.1f} s")
    line = sentence.format(
        sign="✓" if report.is_sound else "✗",
        lesson=report.lesson,
        language=report.language,
        steps=report.steps,
        figures=len(report.figures),
        seconds=report.seconds,
    )
    print(printable(line), flush=True)
    for problem in (*report.faults, *report.problems):
        print(f"    {printable(problem)}", flush=True)
    sys.stdout.flush()
    if report.faults:
        tell(_("A lesson with a mistake in its files is not played."))

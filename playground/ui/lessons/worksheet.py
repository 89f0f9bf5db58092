"""A lesson on paper: its words, questions and room for answers, or with the answers, as PDF."""

from pathlib import Path

from PySide6.QtCore import QMarginsF
from PySide6.QtGui import QPageLayout, QPageSize, QPdfWriter, QTextDocument

from playground.experiment.config import files as config_files
from playground.experiment.lessons.files import Lesson
from playground.experiment.lessons.schema import Choice, Drawn, Explain, Number, Ranking, Step
from playground.experiment.lessons.texts import with_figures
from playground.language import _
from playground.ui.canvas.pictures import whole_file
from playground.ui.core import theme
from playground.ui.forms.guess_text import number, plain
from playground.ui.lessons import solution
from playground.ui.widgets.markdown_text import place_formulas

LINE = "\\_" * 44
MARGIN_MM = 18.0
TYPE_PT = 11
PICTURE_RATIO = 6  # dots of a formula per pixel of the text: it is printed


def write(lesson: Lesson, path: Path, *, answers: bool) -> None:
    """Write a worksheet.

    Raises
    ------
    UserError
        If the file cannot be written.
    """
    config_files.check_writable(path)
    document = QTextDocument()
    font = theme.font()
    font.setPointSize(TYPE_PT)
    document.setDefaultFont(font)
    document.setMarkdown(markdown(lesson, answers=answers), QTextDocument.MarkdownFeature.MarkdownNoHTML)
    place_formulas(document, theme.LIGHT.text, PICTURE_RATIO)
    with whole_file(path) as device:
        writer = QPdfWriter(device)
        writer.setTitle(lesson.text.title)
        writer.setCreator("Playground")
        writer.setPageSize(QPageSize(QPageSize.PageSizeId.A4))
        margins = QMarginsF(MARGIN_MM, MARGIN_MM, MARGIN_MM, MARGIN_MM)
        writer.setPageMargins(margins, QPageLayout.Unit.Millimeter)
        document.print_(writer)


def markdown(lesson: Lesson, *, answers: bool) -> str:
    """Return a worksheet as Markdown; with the answers what the lesson says once the guess is made."""
    words = lesson.text
    parts = [f"# {words.title}", words.summary]
    if not answers:
        parts.append(_("Name: {line}").format(line=LINE))
    for k, step in enumerate(lesson.steps, 1):
        parts += [f"## {k}", *_step(lesson, step, answers)]
    return "\n\n".join(parts)


def _step(lesson: Lesson, step: Step, answers: bool) -> list[str]:
    words = lesson.text.steps[step.id]
    data = lesson.configs[lesson.index_of(step.id)].data.name
    parts = [with_figures(words.text, {})]
    question = step.question
    if question is not None:
        parts.append(f"**{words.part('Question', data)}**")
        options = words.entries("Options")
        if isinstance(question, Choice | Ranking):
            mark = "☐" if isinstance(question, Choice) else "\\_\\_"
            parts.append("\n\n".join(f"{mark} {options[key]}" for key in question.options))
        if not answers:
            lines = 3 if isinstance(question, Explain | Drawn) else 1
            parts += [LINE] * (lines if not isinstance(question, Choice | Ranking) else 0)
    if answers:
        given = _answer(step, words.entries("Options"))
        parts += [_("Answer: {answer}").format(answer=given)] if given else []
        figures = {it.id: number(it.value, it.digits) for it in step.figures if isinstance(it.value, float | int)}
        parts.append(with_figures(words.part("Why", data), figures))
    if step.goal:
        parts.append(words.part("Goal", data))
        parts += [f"- {solution.words(it)}" for it in step.solution] if answers else [LINE] * 2
    return [part for part in parts if part]


def _answer(step: Step, options: dict[str, str]) -> str:
    question = step.question
    if isinstance(question, Number) and isinstance(question.answer, float | int):
        return number(question.answer)
    if isinstance(question, Choice) and question.answer:
        return options[question.answer]
    if isinstance(question, Ranking) and question.answer:
        return " › ".join(plain(options[key]) for key in question.answer)
    return ""

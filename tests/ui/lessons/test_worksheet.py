"""A lesson on paper."""

import re
from collections.abc import Mapping
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QImage

from playground import language
from playground.experiment.lessons import files, playing
from playground.experiment.lessons.schema import Drawn, Explain
from playground.registry import UserError
from playground.ui.lessons import pages, worksheet
from tests.experiment.lessons.conftest import STRUCTURE, TEXT, played, write
from tests.ui.lessons.test_pages import a4, page_of

SAID = {
    "how-weights-start": ("It outputs 0.9577 for two ones", "\nIt is 0.00052. ", "Loss at step 0: here **0.09889**"),
    "what-a-gradient-is": ("In between it is 1.11e-11",),
    "museum-of-faults": (
        "\n0.0091  0.1226  0.3683\n0.0091  0.1226  0.3683\n```\n\nLine 3 adds up *all six*",
        "\n−6.11e-10   8.15e-10\n```\n\nLine 2 copies nothing",
    ),
    "what-a-loss-is": ("\n0.0182\n0.2452\n0.7366\n```",),
}
"""What the answers of a lesson say of its runs."""


def test_a_worksheet_asks_and_does_not_answer(tmp_path: Path) -> None:
    lesson = files.load(write(tmp_path / "mine", STRUCTURE))
    asked, answered = worksheet.markdown(lesson), worksheet.markdown(lesson, playing.play(lesson))
    for words in ("# A lesson", "### Up or down?", "☐ Down", "*In the window:* Set a larger rate."):
        assert words in asked
        assert words in answered
    assert "Sixteen" not in asked
    assert "Answer: Down" in answered
    assert "Answer: 16" in answered
    assert "Sixteen" in answered
    assert "Set Learning rate to 0.3" in answered


@pytest.mark.parametrize("folder", files.shipped(), ids=lambda it: it.name)
def test_every_question_has_its_answer_from_the_run_and_what_belongs_together_is_on_one_page(folder: Path) -> None:
    lesson = files.load(folder)
    attempts = played(folder.name)
    sheet = worksheet.markdown(lesson, attempts)
    assert [it for it in SAID.get(folder.name, ()) if it not in sheet] == []
    for code, answer in (("en", "Answer: "), ("zh_CN", "答案：")):
        language.use(code)
        sheets = worksheet.markdown(lesson), worksheet.markdown(lesson, attempts)
        no_figure_is_left_out_and_every_question_has_its_answer(lesson, sheets, answer)
        for sheet in sheets:
            what_belongs_together_is_on_one_page(sheet, worksheet.pictures(lesson))


def no_figure_is_left_out_and_every_question_has_its_answer(
    lesson: files.Lesson, sheets: tuple[str, str], answer: str
) -> None:
    for sheet in sheets:
        assert not re.search(r"[{}]", re.sub(r"`[^`]*`", "", sheet))
    _title, *steps = re.split(r"^## \d+$", sheets[1], flags=re.MULTILINE)
    for step, text in zip(lesson.steps, steps, strict=True):
        assert bool(re.search(rf"^{answer}\S", text, re.MULTILINE)) is not isinstance(step.question, Explain), step.id
        assert "**–**" not in text
        assert "\\_\\_ " not in text


def what_belongs_together_is_on_one_page(sheet: str, pictures: Mapping[str, QImage]) -> None:
    document = pages.laid_out(sheet, a4(), pictures)
    block, step = document.begin().next(), document.begin()
    while block.isValid():
        if block.blockFormat().headingLevel() == 2:
            step = block
        assert page_of(document, block) == page_of(document, step), block.text()
        block = block.next()


def test_a_worksheet_has_the_formulas(tmp_path: Path) -> None:
    file, plain = tmp_path / "sheet.pdf", TEXT.replace("Look.", "![s](formula:sigmoid)")
    for text, pictures in ((TEXT, False), (plain, True)):
        worksheet.write(files.load(write(tmp_path / "mine", STRUCTURE, text)), file)
        assert file.read_bytes().startswith(b"%PDF")
        assert (b"/Subtype /Image" in file.read_bytes()) is pictures


def test_a_worksheet_holds_no_file_that_a_lesson_names_as_a_picture(tmp_path: Path) -> None:
    file, picture = tmp_path / "sheet.pdf", tmp_path / "red.png"
    image = QImage(60, 60, QImage.Format.Format_RGB32)
    image.fill(Qt.GlobalColor.red)
    assert image.save(str(picture))
    text = TEXT.replace("Look.", f"![s]({picture.as_posix()}) ![]({picture.as_uri()})")
    worksheet.write(files.load(write(tmp_path / "mine", STRUCTURE, text)), file)
    assert b"/Width 60" not in file.read_bytes()


def test_a_worksheet_that_cannot_be_written_is_said(tmp_path: Path) -> None:
    lesson = files.load(write(tmp_path / "mine", STRUCTURE))
    with pytest.raises(UserError):
        worksheet.write(lesson, tmp_path)


def test_an_order_is_numbered_and_a_curve_drawn_into_axes_and_played_they_are_there_with_their_values(
    tmp_path: Path,
) -> None:
    lesson, attempts = files.load(files.find("one-neuron")), played("one-neuron")
    k = next(k for k, step in enumerate(lesson.steps) if isinstance(step.question, Drawn))
    asked, answered = worksheet.markdown(lesson), worksheet.markdown(lesson, attempts)
    numbered = "Number them from 1 to 3"
    assert (numbered in asked, numbered in answered) == (True, False)
    score = attempts[k].score
    assert score is not None
    measured = dict(zip(*score.was, strict=True))
    said = re.findall(r"([\d.]+) at step (\d+)", answered)
    assert len(said) == worksheet.CURVE_PLACES
    assert (said[0][1], said[-1][1]) == ("0", "400")
    assert [step for value, step in said if abs(measured[float(step)] - float(value)) > 5e-5] == []
    name = f"axes:{lesson.steps[k].id}"
    assert f"({name})" in asked
    empty, full = worksheet.pictures(lesson), worksheet.pictures(lesson, attempts)
    assert list(empty) == list(full) == [name]
    assert empty[name] != full[name]
    worksheet.write(lesson, tmp_path / "sheet.pdf")
    assert f"/Width {empty[name].width()}".encode() in (tmp_path / "sheet.pdf").read_bytes()

"""A lesson on paper."""

import re
from collections.abc import Iterator, Sequence
from pathlib import Path

import pytest

from playground import language
from playground.experiment.lessons import files, playing
from playground.experiment.lessons.attempt import Attempt
from playground.experiment.lessons.schema import Explain
from playground.registry import UserError
from playground.ui.lessons import pages, worksheet
from tests.experiment.lessons.conftest import STRUCTURE, TEXT, write
from tests.ui.lessons.test_pages import a4, page_of

FOLDERS = files.shipped()


@pytest.fixture(scope="module", params=FOLDERS, ids=[it.name for it in FOLDERS])
def played(request: pytest.FixtureRequest) -> tuple[files.Lesson, Sequence[Attempt]]:
    lesson = files.load(request.param)
    return lesson, playing.play(lesson)


@pytest.fixture(params=list(language.LANGUAGES))
def code(request: pytest.FixtureRequest) -> Iterator[str]:
    language.use(request.param)
    yield request.param
    language.use("en")


def test_a_worksheet_asks_and_does_not_answer(tmp_path: Path) -> None:
    lesson = files.load(write(tmp_path / "mine", STRUCTURE))
    asked, answered = worksheet.markdown(lesson), worksheet.markdown(lesson, playing.play(lesson))
    for words in ("# A lesson", "### Up or down?", "☐ Down", "Set a larger rate."):
        assert words in asked
        assert words in answered
    assert "Sixteen" not in asked
    assert "Answer: Down" in answered
    assert "Answer: 16" in answered
    assert "Sixteen" in answered
    assert "Set Learning rate to 0.3" in answered


def test_every_question_has_its_answer_and_no_figure_is_left_out(
    played: tuple[files.Lesson, Sequence[Attempt]], code: str
) -> None:
    lesson, attempts = played
    for sheet in (worksheet.markdown(lesson), worksheet.markdown(lesson, attempts)):
        assert not re.search(r"[{}]", re.sub(r"`[^`]*`", "", sheet))
    said = {"en": "Answer: ", "zh_CN": "答案："}[code]
    _title, *steps = re.split(r"^## \d+$", worksheet.markdown(lesson, attempts), flags=re.MULTILINE)
    for step, text in zip(lesson.steps, steps, strict=True):
        assert bool(re.search(rf"^{said}\S", text, re.MULTILINE)) is not isinstance(step.question, Explain), step.id
        assert "**–**" not in text
        assert "\\_\\_ " not in text


@pytest.mark.parametrize(
    ("lesson", "words"),
    [
        (
            "how-weights-start",
            ["It outputs 0.9577 for two ones", "\nIt is 0.00052. ", "Loss at step 0: here **0.09889**"],
        ),
        ("what-a-gradient-is", ["In between it is 1.11e-11"]),
    ],
)
def test_the_answers_are_those_of_the_run(lesson: str, words: list[str]) -> None:
    found = files.load(files.find(lesson))
    sheet = worksheet.markdown(found, playing.play(found))
    for it in words:
        assert it in sheet


def test_what_belongs_together_is_on_one_page(played: tuple[files.Lesson, Sequence[Attempt]], code: str) -> None:
    lesson, attempts = played
    for given in ((), attempts):
        writer = a4()
        document = pages.laid_out(worksheet.markdown(lesson, given), writer)
        block, step = document.begin().next(), document.begin()
        while block.isValid():
            if block.blockFormat().headingLevel() == 2:
                step = block
            assert page_of(document, block) == page_of(document, step), (code, block.text())
            block = block.next()


def test_a_worksheet_has_the_formulas(tmp_path: Path) -> None:
    file, plain = tmp_path / "sheet.pdf", TEXT.replace("Look.", "![s](formula:sigmoid)")
    for text, pictures in ((TEXT, False), (plain, True)):
        worksheet.write(files.load(write(tmp_path / "mine", STRUCTURE, text)), file)
        assert file.read_bytes().startswith(b"%PDF")
        assert (b"/Subtype /Image" in file.read_bytes()) is pictures


def test_a_worksheet_that_cannot_be_written_is_said(tmp_path: Path) -> None:
    lesson = files.load(write(tmp_path / "mine", STRUCTURE))
    with pytest.raises(UserError):
        worksheet.write(lesson, tmp_path)

"""A lesson on paper."""

from pathlib import Path

import pytest

from playground.experiment.lessons import files
from playground.registry import UserError
from playground.ui.lessons import worksheet
from tests.experiment.lessons.conftest import STRUCTURE, TEXT, write


def test_a_worksheet_asks_and_does_not_answer(tmp_path: Path) -> None:
    lesson = files.load(write(tmp_path / "mine", STRUCTURE))
    asked, answered = (worksheet.markdown(lesson, answers=answers) for answers in (False, True))
    for words in ("# A lesson", "**Up or down?**", "☐ Down", "Set a larger rate."):
        assert words in asked
        assert words in answered
    assert "Sixteen" not in asked
    assert "Answer: Down" in answered
    assert "Sixteen" in answered
    assert "Set Learning rate to 0.3" in answered
    for answers in (False, True):
        file = tmp_path / "sheet.pdf"
        worksheet.write(lesson, file, answers=answers)
        assert file.read_bytes().startswith(b"%PDF")


def test_a_worksheet_has_the_formulas(tmp_path: Path) -> None:
    file, plain = tmp_path / "sheet.pdf", TEXT.replace("Look.", "![s](formula:sigmoid)")
    for text, pictures in ((TEXT, False), (plain, True)):
        worksheet.write(files.load(write(tmp_path / "mine", STRUCTURE, text)), file, answers=False)
        assert (b"/Subtype /Image" in file.read_bytes()) is pictures


def test_a_worksheet_that_cannot_be_written_is_said(tmp_path: Path) -> None:
    lesson = files.load(write(tmp_path / "mine", STRUCTURE))
    with pytest.raises(UserError):
        worksheet.write(lesson, tmp_path, answers=False)

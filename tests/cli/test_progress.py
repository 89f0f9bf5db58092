"""The progress bar of slow commands: on stderr, and never in the way."""

import errno
import sys
from contextlib import closing

import pytest

from playground.cli import progress


def test_nothing_is_shown_before_the_first_step(capsys: pytest.CaptureFixture[str]) -> None:
    with closing(progress.Bar("step")) as shown:
        shown.say("beside the bar")
    assert capsys.readouterr() == ("beside the bar\n", "")


def test_the_bar_counts_on_stderr_and_words_go_to_stdout(capsys: pytest.CaptureFixture[str]) -> None:
    with closing(progress.Bar("step")) as shown:
        shown.advance(0, 20)
        shown.advance(20, 20)
        shown.say("beside the bar")
    out, err = capsys.readouterr()
    assert "beside the bar\n" in out
    assert "20/20" in err


@pytest.mark.filterwarnings("ignore::pytest.PytestUnraisableExceptionWarning")  # tqdm before 4.70 closes half a bar
def test_on_a_full_disk_the_work_goes_on_without_a_bar(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    def full(_text: str) -> int:
        raise OSError(errno.ENOSPC, "No space left on device")

    monkeypatch.setattr(sys.stderr, "write", full)
    with closing(progress.Bar("step")) as shown:
        for done in range(3):
            shown.advance(done, 3)
        shown.say("done all the same")
    assert capsys.readouterr().out == "done all the same\n"

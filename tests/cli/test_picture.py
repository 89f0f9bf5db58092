"""What the commands answer, other than `run` and `replay`."""

from pathlib import Path

import pytest

from tests.cli.conftest import Playground
from tests.without_qt import needs_qt


@needs_qt
def test_picture_hands_on_what_was_asked(playground: Playground, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("QT_QPA_PLATFORM", "xcb")
    argv = ("--out", "a.png", "--steps", "500", "--size", "1920x1080", "--theme", "dark", "--language", "zh_CN")
    answer = playground("picture", "xor-gate", "--set", "seed=7", *argv)
    config, *others = answer.opened[0]
    assert (config.name, config.seed) == ("xor-gate", 7)
    assert others == [Path("a.png"), 500, 1920, 1080, "dark", "zh_CN"]

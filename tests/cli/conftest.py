"""The command line as a test calls it: in this process, with a window that only notes what it is asked."""

import json
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

import pytest

from playground.cli.command import Window
from playground.cli.main import main


@dataclass
class Answer:
    """What a command line came to."""

    status: int
    out: str
    err: str
    opened: list[Any] = field(default_factory=list)

    @property
    def json(self) -> Any:
        return json.loads(self.out, parse_constant=pytest.fail)


@pytest.fixture
def playground(capsys: pytest.CaptureFixture[str]) -> Callable[..., Answer]:
    """Return what runs a command line and gives its exit status and both outputs."""

    def run(*argv: str) -> Answer:
        opened: list[Any] = []
        window = Window(
            open=lambda config: opened.append(config) or 0,
            take_picture=lambda *asked: opened.append(asked),
        )
        status = main(argv, window)
        captured = capsys.readouterr()
        return Answer(status, captured.out, captured.err, opened)

    return run

"""The command line as a test calls it: in this process, with a window that only notes what it is asked."""

import json
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import pytest

from playground.cli.command import Window
from playground.cli.main import main
from playground.experiment.lessons.report import LessonReport


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


STOPS_AT = 5000
"""The step at which the run of every picture ends by itself."""

Playground = Callable[..., Answer]


def no_window(**functions: Callable[..., Any]) -> Window:
    """Return a window that does nothing but what is given."""
    nothing = {name: lambda *_asked: None for name in ("open", "take_picture", "check_lessons")}
    return Window(**{**nothing, **functions})


@pytest.fixture
def playground(capsys: pytest.CaptureFixture[str]) -> Playground:
    """Return what runs a command line and gives its exit status and both outputs."""

    def run(*argv: str) -> Answer:
        opened: list[Any] = []
        window = no_window(
            open=lambda *about: opened.append(about[0] if len(about) == 1 else about) or 0,
            take_picture=lambda *asked: opened.append(asked) or min(asked[2], STOPS_AT),
            check_lessons=lambda folders, codes: iter(
                [LessonReport(it.name, code) for it in folders for code in codes]
            ),
        )
        status = main(argv, window)
        captured = capsys.readouterr()
        return Answer(status, captured.out, captured.err, opened)

    return run


BUYS = "income,age,day,buys\n" + "".join(
    f'"{k + 1},234",{20 + k % 3},2024-01-{k + 1:02},{"no" if k < 12 else "yes"}\n' for k in range(24)
)


@pytest.fixture
def table(tmp_path: Path) -> Path:
    path = tmp_path / "buys.csv"
    path.write_text(BUYS, encoding="utf-8")
    return path

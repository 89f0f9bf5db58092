"""A small lesson to be spoilt, and the shipped ones."""

import copy
import json
from collections.abc import Callable
from functools import cache
from pathlib import Path
from typing import Any

import pytest

from playground.experiment.lessons import files, playing
from playground.experiment.lessons.attempt import Attempt
from playground.experiment.lessons.checking import LessonError

STRUCTURE: dict[str, Any] = {
    "format": 1,
    "articles": ["D"],
    "steps": [
        {
            "id": "guess",
            "set_up": {"experiment": "height-weight", "edits": {"seed": 116}},
            "panels": ["boundary_panel", "loss_panel"],
            "front": "boundary_panel",
            "light": ["play_button"],
            "lock": ["network_panel"],
            "run": {"steps": 100},
            "question": {"kind": "choice", "options": ["up", "down"], "answer": "down"},
            "figures": [{"id": "loss", "of": {"quantity": "train_loss"}, "value": 0.0282, "tolerance": 0.01}],
        },
        {
            "id": "count",
            "question": {
                "kind": "number",
                "answer": {"computation": "broadcast_size", "arguments": {"first": [4, 1], "second": [4]}},
                "tolerance": 0,
            },
            "calculation": {
                "computation": "softmax",
                "arguments": {"values": [0.3, 2.9, 4.0], "subtract_maximum": True},
                "editable": ["values"],
                "show": "bars",
            },
            "goal": [{"setting": "training.learning_rate", "above": 0.2}],
            "solution": [{"set": "training.learning_rate", "value": 0.3}],
        },
        {
            "id": "order",
            "set_up": {"experiment": "and-gate", "edits": {}},
            "variants": {
                "edits": {"slow": {"training.learning_rate": 0.01}, "fast": {"training.learning_rate": 1.0}},
                "run": {"steps": 200},
                "quantity": "train_loss",
                "curve": "train_loss",
            },
            "question": {"kind": "order", "options": ["fast", "slow"], "pick": "largest"},
            "solution": [{"weight": "weight[1][0][0]", "value": 1.5}, {"press": "reset_button"}, {"run": {"steps": 5}}],
        },
    ],
}

TEXT = """# A lesson
What it is about.

## guess
Look.

### Question
Up or down?

### Options
- up: Up
- down: Down

### Why
It is {loss} now.

### Figures
- loss: The loss

## count
Count.

### Question
How many?

### Why
Sixteen.

### Goal
Set a larger rate.

### Hint
It stands under Training.

### Arguments
- values: Three numbers

## order
Compare.

### Question
Which is larger?

### Options
- fast: The fast one
- slow: The slow one

### Why
So.
"""


@pytest.fixture
def structure() -> dict[str, Any]:
    return copy.deepcopy(STRUCTURE)


def write(folder: Path, structure: object, text: str = TEXT) -> Path:
    folder.mkdir(exist_ok=True)
    (folder / files.FILE).write_text(json.dumps(structure), encoding="utf-8")
    (folder / "text.en.md").write_text(text, encoding="utf-8")
    return folder


@cache
def played(name: str) -> tuple[Attempt, ...]:
    """Return what comes out at each step of a shipped lesson, on data that are always here; it is not to be changed."""
    return playing.play(files.load(files.find(name)))


@pytest.fixture
def refusal(tmp_path: Path) -> Callable[..., str]:
    """Return a function that loads a lesson and returns the sentence it is refused with, or an empty one."""

    def load(structure: object, text: str = TEXT) -> str:
        try:
            files.load(write(tmp_path / "mine", structure, text))
        except LessonError as error:
            return str(error)
        return ""

    return load

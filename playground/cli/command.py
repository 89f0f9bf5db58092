"""What every command has in common: how it ends, and what it may ask of the window."""

import sys
from collections.abc import Callable, Iterator, Sequence
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from playground.registry import one_line

if TYPE_CHECKING:  # what this is imported for must not take long: see `playground.__main__`
    from playground.experiment.config.schema import ExperimentConfig
    from playground.experiment.lessons.report import LessonReport

DONE, FAILED, BAD_INPUT, INTERRUPTED = 0, 1, 2, 130
"""Exit statuses: done; a run that failed or a figure that does not match; bad input or data that cannot be had;
broken off with Ctrl-C before there was anything to report (what shells expect of it: 128 + the signal's number)."""


def tell(sentence: str) -> None:
    """Write a sentence to stderr, where that can be written to."""
    with suppress(OSError):
        print(one_line(sentence), file=sys.stderr, flush=True)


@dataclass(frozen=True)
class Window:
    """What the commands ask of the window, which stands beside them, not below.

    Attributes
    ----------
    open
        Opens the window on an experiment (None for the last one) and returns the exit status. With a table as second
        argument it asks what to learn from that; with a lesson's folder as third it opens that.
    take_picture
        Writes a picture of the window: experiment, file, steps, width, height, theme, language; returns the steps made.
    check_lessons
        Plays the lessons of some folders by their own solutions in some languages; yields what came of each.
    """

    open: Callable[..., int]
    take_picture: Callable[["ExperimentConfig", Path, int, int, int, str, str], int]
    check_lessons: Callable[[Sequence[Path], Sequence[str]], Iterator["LessonReport"]]

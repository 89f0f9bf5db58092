"""The object names of the window's panels and controls, out of the page that lists them."""

import re
from functools import cache

from playground import paths
from playground.suggestions import did_you_mean

NOT_TO_BE_PRESSED = ("action_", "settings_", "error_", "csv_", "download_", "recent_", "lesson_", "guess_")
"""A lesson presses controls of the experiment only, not of menus, files or the lesson itself."""


@cache
def names() -> tuple[str, ...]:
    """Return every name of the table in ``resources/pages/testing.en.md``; ``<…>`` stands for any word or number."""
    page = paths.resource("pages", "testing.en.md").read_text(encoding="utf-8")
    rows = re.findall(r"^\| (`.+?) \|", page, re.MULTILINE)
    return tuple(name for row in rows for name in re.findall(r"`([^`]+)`", row))


@cache
def panels() -> tuple[str, ...]:
    """Return the names of the panels that a lesson can show."""
    return tuple(name for name in names() if re.fullmatch(r"\w+_panel", name) and name != "lesson_panel")


def is_control(name: str) -> bool:
    """Return whether the window has a control of this name."""
    return _pattern().fullmatch(name) is not None


def suggestion(name: str) -> str:
    """Return the question for the control that was probably meant, or an empty text."""
    return did_you_mean(name, [known for known in names() if "<" not in known])


@cache
def _pattern() -> re.Pattern[str]:
    return re.compile("|".join(r"[\w*.-]+".join(map(re.escape, re.split(r"<[^>]+>", name))) for name in names()))

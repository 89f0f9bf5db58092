"""A word that was probably meant by one that nothing is called."""

import difflib
from collections.abc import Iterable

from playground.language import _, gap

LONGEST = 100
"""Letters; nobody meant a longer word, and it would take long to compare."""


SIMILAR = 0.6
"""From 0 to 1, the same letters; `difflib` counts them."""


def nearest(word: object, known: Iterable[str], least: float = SIMILAR) -> str | None:
    """Return the known word most similar to `word`, ignoring case; None if none is as similar as `least`."""
    if len(str(word)) > LONGEST:
        return None
    small = {name.lower(): name for name in known}
    found = difflib.get_close_matches(str(word).lower(), small, n=1, cutoff=least)
    return small[found[0]] if found else None


def did_you_mean(word: object, known: Iterable[str], least: float = SIMILAR) -> str:
    """Return the question for the known word that was probably meant, a space before it, or an empty text."""
    near = nearest(word, known, least)
    return "" if near is None else gap() + _("Did you mean {name}?").format(name=near)

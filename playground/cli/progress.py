"""A bar on stderr for what takes a while."""

import sys
from collections.abc import Iterator
from contextlib import contextmanager

from tqdm import tqdm

SLOW_S, QUICK_S = 10.0, 0.1


class Bar:
    """A bar that is told how far things are."""

    def __init__(self, unit: str, scale: bool) -> None:
        tqdm.monitor_interval = 0  # no thread of its own
        interval = QUICK_S if sys.stderr.isatty() else SLOW_S
        self._bar = tqdm(unit=unit, unit_scale=scale, mininterval=interval, maxinterval=interval, miniters=1)

    def advance(self, done: int, total: int | None) -> None:
        """Show how much is done, and of how much, None where that is not known."""
        self._bar.total = total
        self._bar.update(done - self._bar.n)

    def say(self, text: str) -> None:
        """Write to stdout without running into the bar."""
        tqdm.write(text, file=sys.stdout)

    def close(self) -> None:
        """Leave the bar as it is."""
        self._bar.close()


@contextmanager
def bar(unit: str, *, scale: bool = False) -> Iterator[Bar]:
    """Show a bar while the block runs; `scale` writes thousands and millions short.

    Where stderr is not a terminal, a line every ten seconds will do.
    """
    shown = Bar(unit, scale)
    try:
        yield shown
    finally:
        shown.close()

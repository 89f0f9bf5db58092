"""A bar on stderr for what takes a while."""

import sys
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from tqdm import tqdm

SLOW_S, QUICK_S = 10.0, 0.1


class Bar:
    """A bar that is told how far things are; it shows nothing before there is something to tell."""

    def __init__(self, unit: str, scale: bool) -> None:
        self._unit, self._scale = unit, scale
        self._bar: tqdm[Any] | None = None
        self._is_broken = False

    def advance(self, done: int, total: int | None) -> None:
        """Show how much is done, and of how much, None where that is not known."""
        if self._is_broken:
            return
        try:
            if self._bar is None:
                self._bar = self._begin()
            self._bar.total = total
            self._bar.update(done - self._bar.n)
        except OSError:  # nobody can read it, as on a full disk; what it tells of goes on
            self._is_broken = True

    def say(self, text: str) -> None:
        """Write to stdout without running into the bar."""
        from tqdm import tqdm  # where a bar is shown, and not whenever a window is opened

        try:
            with tqdm.external_write_mode(file=sys.stdout):
                pass
        except OSError:
            self._is_broken = True
        if not self._is_broken:
            try:
                with tqdm.external_write_mode(file=sys.stdout):  # takes the bar away, and draws it again
                    print(text)
            except BrokenPipeError:
                raise
            except OSError:
                self._is_broken = True
            else:
                return
        print(text)

    def close(self) -> None:
        """Leave the bar as it is."""
        if self._bar is not None:
            with suppress(OSError):
                self._bar.close()

    def _begin(self) -> "tqdm[Any]":
        from tqdm import tqdm

        tqdm.monitor_interval = 0  # no thread of its own
        interval = QUICK_S if sys.stderr.isatty() else SLOW_S
        return tqdm(unit=self._unit, unit_scale=self._scale, mininterval=interval, maxinterval=interval, miniters=1)


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

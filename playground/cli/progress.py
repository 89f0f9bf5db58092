"""A progress bar on stderr for slow commands."""

import sys
from contextlib import suppress
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from tqdm import tqdm

SLOW_S, QUICK_S = 10.0, 0.1


class Bar:
    """A progress bar; nothing is shown before the first step.

    Where stderr is not a terminal, a line every ten seconds will do. `scale` writes thousands and millions short.
    """

    def __init__(self, unit: str, *, scale: bool = False) -> None:
        self._unit, self._scale = unit, scale
        self._bar: tqdm[Any] | None = None
        self._is_broken = False  # nobody can read it, as on a full disk; what it tells of goes on

    def advance(self, done: int, total: int | None) -> None:
        """Show that `done` of `total` (None if unknown) are done, such as steps or bytes."""
        if self._is_broken:
            return
        try:
            if self._bar is None:
                self._bar = self._begin()
            self._bar.total = total
            self._bar.update(done - self._bar.n)
        except OSError:
            self._is_broken = True

    def say(self, text: str) -> None:
        """Write to stdout without running into the bar, which is taken away and drawn again."""
        if self._bar is None or self._is_broken:
            print(text)
        else:
            self._bar.write(text)

    def _begin(self) -> "tqdm[Any]":
        from tqdm import tqdm  # where a bar is shown, and not whenever a window is opened

        tqdm.monitor_interval = 0  # no thread of its own
        interval = QUICK_S if sys.stderr.isatty() else SLOW_S
        return tqdm(unit=self._unit, unit_scale=self._scale, mininterval=interval, maxinterval=interval, miniters=1)

    def close(self) -> None:
        """Leave the bar as it is."""
        if self._bar is not None:
            with suppress(OSError):
                self._bar.close()

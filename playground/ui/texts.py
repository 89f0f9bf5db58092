"""Numbers as the window writes them, so that the same thing looks the same everywhere and never jumps."""

import math

from playground.language import _

SPEEDS: tuple[float | None, ...] = (1, 2, 5, 10, 20, 50, 100, 200, 500, 1_000, 2_000, 5_000, 10_000, None)
"""The speeds of the slider and the menu, in steps a second; None is unlimited."""


def count(value: float) -> str:
    """Return a whole number with separators, shortened above ten million: ``10,000``, ``12.3 M``."""
    if value >= 1e9:
        return f"{value / 1e9:.2f} G"
    if value >= 1e7:
        return f"{value / 1e6:.1f} M"
    return f"{round(value):,}"


def epoch(value: float, *, moves: bool = False) -> str:
    """Return the number of passes, with one decimal while it is small; a whole one too, where it `moves` on at once."""
    return f"{value:.1f}" if value < 100 and (moves or value != int(value)) else count(math.floor(value))


def rate(value: float) -> str:
    """Return steps a second."""
    if value <= 0:
        return "–"
    return f"{value:.1f}" if value < 10 else f"{value / 1e3:.0f} k" if value >= 1e6 else count(value)


def loss(value: float | None) -> str:
    """Return a loss in at most eight characters: ``0.5484``, ``3.22e-4``."""
    if value is None:
        return "–"
    if math.isnan(value):
        return "NaN"
    if math.isinf(value):
        return "∞"
    if value == 0:
        return "0"
    if abs(value) < 1e-3 or abs(value) >= 1e5:
        return scientific(value, 3)
    digits = max(0, min(5, 4 - math.floor(math.log10(abs(value)))))
    return f"{value:.{digits}f}"


def scientific(value: float, digits: int) -> str:
    """Return a number with an exponent and so many significant digits: ``3.22e-4``, ``1.2e15``, ``−5.0e-12``."""
    mantissa, exponent = f"{value:.{digits - 1}e}".split("e")
    return f"{mantissa}e{int(exponent)}".replace("-", "−", int(value < 0))


def share(value: float | None) -> str:
    """Return a share as percent: ``94.5 %``."""
    return "–" if value is None else "100 %" if value == 1 else f"{100 * value:.1f} %"


def duration(seconds: float) -> str:
    """Return how long something takes, in words as few as will do."""
    if seconds < 1:
        return _("less than a second")
    if seconds < 60:
        return _("{seconds:.0f} s").format(seconds=seconds)
    if seconds < 3600:
        return _("{minutes:.0f} min {seconds:02.0f} s").format(minutes=seconds // 60, seconds=math.floor(seconds % 60))
    if seconds < 86400:
        return _("{hours:.0f} h {minutes:02.0f} min").format(hours=seconds // 3600, minutes=seconds % 3600 // 60)
    return _("more than a day")


def speed_text(speed: float | None) -> str:
    """Return a speed in words."""
    if speed is None:
        return _("unlimited")
    return _("1 step/s") if speed == 1 else _("{speed:,g} steps/s").format(speed=speed)

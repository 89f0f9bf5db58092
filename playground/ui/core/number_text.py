"""Numbers as the window writes them, so that the same thing looks the same everywhere and never jumps."""

import math

from playground.experiment.explain import number_text
from playground.language import _
from playground.runtime.speed import AUTO, Speed

loss, share = number_text.loss_text, number_text.share_text
scientific, significant, not_finite = number_text.scientific, number_text.significant, number_text.not_finite

SPEEDS: tuple[float | None, ...] = (1, 2, 5, 10, 20, 50, 100, 200, 500, 1_000, 2_000, 5_000, 10_000, None)
"""The speeds of the slider, in steps per second; None is unlimited."""

SPEED_CHOICES: tuple[Speed, ...] = (AUTO, *SPEEDS)
"""The speeds of the menu."""


def count(value: float) -> str:
    """Return a count in few characters: 1.97 M."""
    if value >= 1e9:
        return f"{value / 1e9:.2f} G"
    if value >= 1e7:
        return f"{value / 1e6:.1f} M"
    return f"{round(value):,}"


def epoch(value: float, *, moves: bool = False) -> str:
    """Return the number of passes, with one decimal while it is small; a whole one too, where it `moves` on at once."""
    return f"{value:.1f}" if value < 100 and (moves or value != int(value)) else count(math.floor(value))


def calm(value: float, a_second: float) -> float:
    """Return a count rounded down, so that its last digit but zeros can be read while it grows so fast."""
    unit = 10 ** max(0, math.floor(math.log10(a_second / 10))) if a_second >= 10 else 1
    return value // unit * unit if unit > 1 else value


def rate(value: float) -> str:
    """Return a speed in steps per second as text: ``1,200``."""
    if value <= 0:
        return "–"
    if value < 1:
        return significant(value, 2)
    return f"{value:.1f}" if value < 10 else f"{value / 1e3:.0f} k" if value >= 1e6 else count(value)


def duration(seconds: float) -> str:
    """Return how long something takes, in words as few as will do."""
    if seconds < 1:
        return _("less than a second")
    if seconds < 60:
        return _("{seconds:.0f} s").format(seconds=seconds)
    if seconds < 3600:
        return _("{minutes:.0f} min {seconds:02.0f} s").format(minutes=seconds // 60, seconds=math.floor(seconds % 60))
    if seconds < 36_000:
        return _("{hours:.0f} h {minutes:02.0f} min").format(hours=seconds // 3600, minutes=seconds % 3600 // 60)
    if seconds < 360_000:
        return _("{hours:.0f} h").format(hours=seconds / 3600)
    return _("{days} days").format(days=count(seconds / 86_400))


def speed_key(speed: Speed) -> str:
    """Return the name of a speed, as in ``action_speed_100``."""
    return "unlimited" if speed is None else speed if speed == AUTO else f"{speed:g}"


def speed_text(speed: Speed) -> str:
    """Return a speed in words."""
    if speed == AUTO:
        return _("automatic: about 10 seconds a run")
    if speed is None:
        return _("unlimited")
    return _("1 step/s") if speed == 1 else _("{speed:,g} steps/s").format(speed=speed)


def automatic_speed(limit: float | None) -> str:
    """Return the speed that was found for a run, in words."""
    if limit is None:
        return _("automatic")
    return _("auto, {speed}/s").format(speed=count(limit) if limit >= 10 else significant(limit, 3))

"""Losses, shares and other numbers as they are written wherever a person reads them: counters, cards, tables."""

import math


def not_finite(value: float) -> str:
    """Return what is written for a number that is infinite or none."""
    return "NaN" if math.isnan(value) else "∞" if value > 0 else "−∞"


def loss_text(value: float | None) -> str:
    """Return a loss in at most eight characters: ``0.5484``, ``3.22e-4``."""
    if value is None:
        return "–"
    if not math.isfinite(value):
        return not_finite(value)
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


def significant(value: float, digits: int = 6, *, padded: bool = False) -> str:
    """Return a number with at most so many significant digits: ``0.25``, ``1e-5``, ``−3``; `padded`, with them all."""
    text = f"{value:#.{digits}g}" if padded else f"{value:.{digits}g}"
    mantissa, e, exponent = text.partition("e")
    mantissa = mantissa.removesuffix(".")
    return mantissa.replace("-", "−") + (f"e{int(exponent)}" if e else "")


def share_text(value: float | None) -> str:
    """Return a share as percent: ``94.5 %``."""
    return "–" if value is None else "100 %" if value == 1 else f"{100 * value:.1f} %"

"""Losses and shares as they are written wherever a person reads them: counters, cards, tables."""

import math


def loss_text(value: float | None) -> str:
    """Return a loss in at most seven characters."""
    if value is None:
        return "–"
    if math.isnan(value):
        return "NaN"
    if math.isinf(value):
        return "∞"
    if value == 0:
        return "0"
    if abs(value) < 1e-4 or abs(value) >= 1e5:
        return f"{value:.1e}".replace("e-0", "e-").replace("e+0", "e").replace("e+", "e")
    digits = max(0, min(5, 4 - math.floor(math.log10(abs(value)))))
    return f"{value:.{digits}f}"


def share_text(value: float | None) -> str:
    """Return a share as percent: ``94.5 %``."""
    return "–" if value is None else "100 %" if value == 1 else f"{100 * value:.1f} %"

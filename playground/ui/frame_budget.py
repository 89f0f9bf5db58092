"""How often each panel may be drawn, so that all of them together leave the time to the training."""

import math
import time
from collections.abc import Sequence

# Processor time where it is counted finely (not on Windows): on a busy machine the wall clock would
# charge a panel with the work of other programs.
clock = time.thread_time if time.get_clock_info("thread_time").resolution < 1e-4 else time.perf_counter


def periods(costs: Sequence[float], shortest: Sequence[float], longest: float, share: float) -> list[float]:
    """Return the seconds between two drawings of each panel.

    They are as short as the budget allows: the sum of cost by period is at most `share`. A panel that costs
    four times as much is drawn half as often, which makes the sum of all periods the smallest possible.

    Parameters
    ----------
    costs
        Seconds that a drawing of each panel takes.
    shortest
        Seconds below which each panel's period need not go.
    longest
        Seconds above which no period goes; where that is too much for the budget, it is exceeded.
    share
        The budget: a share of all time.
    """
    result = list(shortest)
    limited = set(range(len(costs)))
    while limited:
        left = share - sum(costs[k] / result[k] for k in range(len(costs)) if k not in limited)
        scale = sum(math.sqrt(costs[k]) for k in limited) / left if left > 0 else math.inf
        content = {k for k in limited if costs[k] == 0 or scale * math.sqrt(costs[k]) <= shortest[k]}
        if not content:
            for k in limited:
                result[k] = min(longest, max(shortest[k], scale * math.sqrt(costs[k])))
            break
        limited -= content
    return result

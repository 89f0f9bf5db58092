"""How wide the columns of the window are: set-up, middle, results."""

from playground.ui.core import theme

SETUP_WIDTH, MIDDLE_WIDTH, RIGHT_WIDTH = 290, 460, 350
RIGHT_SHARE = 0.34  # of the whole width, at most: in presenter mode everything is larger
NOT_DRAWN = 8
"""Columns off by so many pixels at most were drawn by nobody: in the smallest windows not all have their width."""


def usual_widths(width: int, gap: int, least: int, *, has_setup: bool) -> list[int]:
    """Return the width of each column, in pixels: set-up and results get what they need, the middle gets the rest.

    Parameters
    ----------
    width, gap
        The whole width, and what lies between two columns.
    least
        What the results need at least.
    has_setup
        Whether there is a column for the set-up.
    """
    setup = theme.px(SETUP_WIDTH) + gap if has_setup else 0
    spare = width - setup - theme.px(MIDDLE_WIDTH)  # what a narrow window leaves beside the middle
    results = max(min(theme.px(RIGHT_WIDTH), round(width * RIGHT_SHARE), spare), least)
    middle = max(width - setup - results - gap, 100)
    return [*([setup - gap] if has_setup else []), middle, results]

"""How close together the set-up stands: all of it should be seen at once, even in a low window."""

from enum import IntEnum

from playground.ui.core import theme

ROOMY_FROM, DENSE_FROM = 820, 680
"""Heights of the column, at scale 1, from which on it is roomy, and from which on it is only dense."""


class Density(IntEnum):
    """One choice a line; several choices a line; and in the lowest windows small pictures, too."""

    ROOMY = 0
    DENSE = 1
    TIGHT = 2


def density_for(height: int) -> Density:
    """Return how close together things must stand to be seen within this height."""
    usual = height / theme.scale()
    if usual >= ROOMY_FROM:
        return Density.ROOMY
    return Density.DENSE if usual >= DENSE_FROM else Density.TIGHT

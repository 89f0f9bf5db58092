"""What a data set asks of a network: its task, its classes, whether its rows are images."""

from dataclasses import dataclass
from functools import lru_cache

from playground.data.catalog import CATALOG
from playground.experiment.choices import DataChoice
from playground.registry import UserError


@dataclass(frozen=True)
class Traits:
    """The facts about a data set that decide which network and which training suit it.

    `classes` is 0 for regression, `rows` how many there are before the test part is split off.
    """

    classes: int
    image: bool
    rows: int

    @property
    def kind(self) -> str:
        """``"images"``, ``"numbers"`` (regression), ``"two classes"`` or ``"many classes"``."""
        if self.image:
            return "images"
        if self.classes == 0:
            return "numbers"
        return "two classes" if self.classes <= 2 else "many classes"


WELL_KNOWN = {
    "mnist": Traits(classes=10, image=True, rows=60_000),
    "fashion-mnist": Traits(classes=10, image=True, rows=60_000),
}
"""Told without opening 47 MB, or where they are not here yet."""


def traits_of(data: DataChoice, seed: int) -> Traits | None:
    """Return what is known of a data set, or None where it cannot be read."""
    if data.name in WELL_KNOWN:
        return WELL_KNOWN[data.name]
    try:
        return _read(data, seed)
    except (UserError, OSError):
        return None


@lru_cache(maxsize=32)
def _read(data: DataChoice, seed: int) -> Traits:
    """Make the data set and look at it."""
    dataset = CATALOG[data.name].make(data.options(), seed)
    return Traits(classes=len(dataset.class_names), image=dataset.image_shape is not None, rows=len(dataset.x))

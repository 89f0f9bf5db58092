"""What a data set asks of a network: its task, its classes, whether its rows are images."""

from dataclasses import dataclass
from functools import lru_cache

from playground.data.catalog import CATALOG
from playground.data.dataset import Dataset
from playground.experiment.config.choices import DataChoice
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
"""Known without opening 47 MB, or before they are downloaded."""


TABLE = "csv"
"""What the data of a table of one's own are called in the catalogue."""

_IRRELEVANT = ("train_share", "standardise", "scale_target")
_tables: dict[DataChoice, Traits] = {}


def traits_of(data: DataChoice, seed: int) -> Traits | None:
    """Return what is known of a data set, or None where it cannot be made.

    A table is never read for this, which may take seconds and is asked for in the window's thread: what is known of
    it is what `remember` was told when it was read.
    """
    if data.name in WELL_KNOWN:
        return WELL_KNOWN[data.name]
    if data.name == TABLE:
        return _tables.get(as_read(data))
    try:
        return _read(data, seed)
    except (UserError, OSError):
        return None


@lru_cache(maxsize=32)
def _read(data: DataChoice, seed: int) -> Traits:
    return traits_of_dataset(CATALOG[data.name].make(data.options(), seed))


def remember(data: DataChoice, traits: Traits) -> None:
    """Store the traits of a table that was just read; those of other data sets are always known."""
    if data.name == TABLE:
        _tables[as_read(data)] = traits


def traits_of_dataset(dataset: Dataset) -> Traits:
    """Return the traits of a data set that was made."""
    return Traits(classes=len(dataset.class_names), image=dataset.image_shape is not None, rows=len(dataset.x))


def as_read(data: DataChoice) -> DataChoice:
    """Return a table without the options that say what becomes of its rows: its traits do not depend on them."""
    return DataChoice(data.name, **{key: value for key, value in data.given.items() if key not in _IRRELEVANT})

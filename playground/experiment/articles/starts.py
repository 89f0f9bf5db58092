"""The runs from many random starts that come with the program, made by ``tests/experiment/articles/measure.py``."""

import json
from collections.abc import Callable
from dataclasses import dataclass
from functools import cache

import numpy as np
from numpy.typing import NDArray

from playground import paths
from playground.experiment.articles.figures import (
    ACCURACY_COUNT,
    ACCURACY_STEPS,
    BOOK_MEASUREMENTS,
    GATE_COUNT,
    GATE_STEPS,
)
from playground.experiment.articles.runs import BOOK_EPOCHS
from playground.language import _

Floats = NDArray[np.float64]

FILE = "article_runs.json"


@dataclass(frozen=True)
class Band:
    """What a figure is compared with: the same numbers of many runs.

    Attributes
    ----------
    case
        Whose runs, a key of `CASES`.
    of
        Selects the figure's numbers from runs: (…, recorded) to (…, n).
    keep
        Which runs count, (runs, recorded) to (runs,) of bool; all where it is None.
    """

    case: str
    of: Callable[[Floats], Floats]
    keep: Callable[[Floats], NDArray[np.bool_]] | None = None

    def starts(self) -> Floats:
        """Return the figure's numbers for each run that counts, (runs, n)."""
        runs = measured(self.case)
        return self.of(runs if self.keep is None else runs[self.keep(runs)])

    def note(self) -> str:
        """Return a remark on Nielsen's runs, of which not all count, in the user's language; else nothing."""
        if self.keep is None:
            return ""
        runs = measured(self.case)
        note = _("The book has the best of three runs. Here {kept} of {n} starts: the others lose a digit at first.")
        return note.format(kept=int(self.keep(runs).sum()), n=len(runs))


@cache
def _runs() -> dict[str, Floats]:
    runs = json.loads(paths.resource(FILE).read_text(encoding="utf-8"))["runs"]
    return {case: np.array(list(by_seed.values())) for case, by_seed in runs.items()}


def measured(case: str) -> Floats:
    """Return the runs of a case, (runs, recorded), one a seed."""
    return _runs()[case]


def distance(curves: Floats, starts: Floats) -> Floats:
    """Return how far curves (…, n) are from the mean of others (runs, n): root mean square, in standard deviations."""
    apart = (curves - starts.mean(axis=0)) / starts.std(axis=0, ddof=1)
    far: Floats = np.sqrt(np.mean(apart**2, axis=-1))
    return far


def distances_apart(starts: Floats) -> Floats:
    """Return for each of the runs (runs, n) how far it is from the mean of the others, (runs,)."""
    return np.array([distance(one, np.delete(starts, k, axis=0)) for k, one in enumerate(starts)])


def _columns(*places: int) -> Callable[[Floats], Floats]:
    return lambda runs: runs[..., list(places)]


ALL_DIGITS = 8_600
"""Of 10,000 test images: with fewer right, a network of Nielsen's never predicts one of the ten digits.

One start in six drives an output unit so far into saturation that it is silent for an epoch, or for good; the others
lie apart from them, by some 600 images.
"""


def _says_all_digits(runs: Floats) -> NDArray[np.bool_]:
    kept: NDArray[np.bool_] = runs[:, 0] >= ALL_DIGITS
    return kept


_LAST = 2 * (ACCURACY_COUNT - 1)
_GATE_END = GATE_COUNT + 4 * GATE_COUNT

BANDS: dict[str, Band] = {
    "mnist-loss": Band("mnist-two-layer", _columns(_LAST + 2)),
    "mnist-accuracies": Band("mnist-two-layer", _columns(_LAST, _LAST + 1)),
    "mnist-accuracies-0": Band("mnist-first-step", _columns(0, 1)),
    **{
        f"mnist-accuracies-{k * ACCURACY_STEPS}": Band("mnist-two-layer", _columns(2 * k, 2 * k + 1))
        for k in range(1, ACCURACY_COUNT)
    },
    "mnist-curve": Band("mnist-two-layer", _columns(*range(2, _LAST + 2))),
    "and-gaussian-losses": Band("and-gate", _columns(*range(GATE_COUNT))),
    **{
        f"and-gaussian-outputs-{GATE_STEPS * k}": Band(
            "and-gate", _columns(*range(GATE_COUNT + 4 * k, GATE_COUNT + 4 * k + 4))
        )
        for k in range(GATE_COUNT)
    },
    "and-gaussian-outputs": Band("and-gate", _columns(*range(_GATE_END, _GATE_END + 4))),
    "height-weight-starts": Band("height-weight", _columns(0)),
    "nielsen-first-epoch": Band("mnist-nielsen", _columns(0), _says_all_digits),
    "nielsen-epochs": Band("mnist-nielsen", _columns(*BOOK_MEASUREMENTS), _says_all_digits),
    "nielsen-best-epoch": Band(
        "mnist-nielsen", lambda runs: runs[..., :BOOK_EPOCHS].max(axis=-1, keepdims=True), _says_all_digits
    ),
}
"""By figure; all from a random start are here."""

"""How much memory the training of a network needs, estimated before it is allocated.

Linux grants any memory and ends the process later, when it is used: what cannot end well is refused beforehand. Where
memory is refused when it is asked for, as on Windows and under ``ulimit -v``, that is a `MemoryError` in time.
"""

import os
from collections.abc import Sequence
from contextlib import suppress
from itertools import pairwise
from pathlib import Path

from playground.experiment.config.schema import ConfigError
from playground.language import _

COPIES, COPIES_OF_STATE = 7, 3
"""Arrays as large as all parameters, and as each state of the optimiser: themselves, gradient, start, the checkpoints
that a divergence can go back to, snapshots and statistics."""

BUFFERS, EVALUATED_ROWS = 4, 1_000
"""Arrays as large as all activations of a batch; rows that are evaluated at once."""

_MEMINFO = Path("/proc/meminfo")
_CONTAINER = Path("/sys/fs/cgroup")


def needed(sizes: Sequence[int], rows: int, states: int, itemsize: int) -> int:
    """Return an estimate of the memory of a network in training, in bytes.

    `sizes` include the inputs, `rows` are those of a batch; `states` is how many arrays the optimiser keeps for each
    parameter (2 for Adam), `itemsize` the bytes of a number.
    """
    blocks = [(n_in + 1) * n_out for n_in, n_out in pairwise(sizes)]
    copies = COPIES + COPIES_OF_STATE * states
    activations = sum(sizes) * (BUFFERS * rows + EVALUATED_ROWS)
    return (copies * sum(blocks) + activations) * itemsize + 8 * max(blocks)


def check(wanted: int) -> None:
    """Raise `ConfigError` if a network needs more memory, in bytes, than is free."""
    there = free()
    if there is not None and wanted > there:
        sentence = _("This network needs about {needed} of memory; {free} are free. Make its layers smaller.")
        raise ConfigError("$.network.hidden", sentence.format(needed=_in_words(wanted), free=_in_words(there)))


def free() -> int | None:
    """Return how many bytes are free on the machine and in the container; None if unknown."""
    known = []
    with suppress(AttributeError, OSError, ValueError):
        known.append(os.sysconf("SC_PHYS_PAGES") * os.sysconf("SC_PAGE_SIZE"))
    with suppress(OSError, ValueError):
        lines = _MEMINFO.read_text(encoding="ascii").splitlines()
        known += [int(line.split()[1]) << 10 for line in lines if line.startswith("MemAvailable:")]
    with suppress(OSError, ValueError):  # "max" is no number: there is no limit
        most = int((_CONTAINER / "memory.max").read_text(encoding="ascii"))
        known.append(most - int((_CONTAINER / "memory.current").read_text(encoding="ascii")))
    return max(0, min(known)) if known else None


def _in_words(size: int) -> str:
    return f"{size / 1e9:.1f} GB" if size >= 1e9 else f"{size / 1e6:.0f} MB"

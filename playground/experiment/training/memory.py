"""How much memory a network takes while it is trained, reckoned before it is taken.

Linux grants any memory and ends the process later, when it is used: what cannot end well is refused beforehand.
"""

import ctypes
import os
import sys
from collections.abc import Sequence
from contextlib import suppress
from itertools import pairwise
from pathlib import Path

from playground.language import _
from playground.registry import UserError

COPIES, COPIES_OF_STATE = 6, 2
"""Arrays as large as all parameters, and as each state of the optimiser: themselves, gradient, start, the checkpoint
that a divergence goes back to, what is drawn and looked at. Measured on networks of 16 to 100 MB."""

BUFFERS, LOOKED_AT = 4, 1_000
"""Arrays as large as all activations of a batch; rows that are looked at or evaluated at once."""

_MEMINFO = Path("/proc/meminfo")
_GROUP = Path("/sys/fs/cgroup")


def needed(sizes: Sequence[int], rows: int, states: int, itemsize: int) -> int:
    """Return about how many bytes a network takes.

    Parameters
    ----------
    sizes
        Units of each layer, the inputs included.
    rows
        Rows of a batch.
    states
        Arrays that the optimiser keeps for each parameter: 2 for Adam.
    itemsize
        Bytes of a number.
    """
    blocks = [(n_in + 1) * n_out for n_in, n_out in pairwise(sizes)]
    copies = COPIES + COPIES_OF_STATE * states
    activations = sum(sizes) * (BUFFERS * rows + LOOKED_AT)
    return (copies * sum(blocks) + activations) * itemsize + 8 * max(blocks)


def check(sizes: Sequence[int], rows: int, states: int, itemsize: int) -> None:
    """Raise `UserError` where a network takes more memory than is free; see `needed`."""
    wanted, there = needed(sizes, rows, states, itemsize), free()
    if there is not None and wanted > there:
        sentence = _("This network needs about {needed} of memory; {free} are free. Make its layers smaller.")
        raise UserError(sentence.format(needed=_in_words(wanted), free=_in_words(there)))


def free() -> int | None:
    """Return how many bytes this process may still take; None where the system does not say."""
    known = [it for it in (_of_system(), _of_group(), _of_process()) if it is not None]
    return max(0, min(known)) if known else None


def _of_system() -> int | None:
    """Return what the machine has free, or where it says no more, what it has in all."""
    if sys.platform == "win32":
        return _of_windows()
    with suppress(OSError, ValueError):
        for line in _MEMINFO.read_text(encoding="ascii").splitlines():
            if line.startswith("MemAvailable:"):
                return int(line.split()[1]) << 10
    with suppress(OSError, ValueError):
        return os.sysconf("SC_PHYS_PAGES") * os.sysconf("SC_PAGE_SIZE")
    return None


def _of_group() -> int | None:
    """Return what is left of the limit of a container."""
    with suppress(OSError, ValueError):  # "max" is no number: there is no limit
        most = int((_GROUP / "memory.max").read_text(encoding="ascii"))
        return most - int((_GROUP / "memory.current").read_text(encoding="ascii"))
    return None


def _of_process() -> int | None:
    """Return what is left of the limit of this process, as ``ulimit -v`` sets it."""
    if sys.platform == "win32":
        return None
    import resource

    most = resource.getrlimit(resource.RLIMIT_AS)[0]
    if most == resource.RLIM_INFINITY:
        return None
    with suppress(OSError, ValueError):
        pages = int(Path("/proc/self/statm").read_text(encoding="ascii").split()[0])
        return most - pages * resource.getpagesize()
    return most


def _of_windows() -> int | None:
    """Return what Windows has free."""
    names = ("total", "free", "total_page", "free_page", "total_virtual", "free_virtual", "extended")
    fields = [("length", ctypes.c_uint32), ("load", ctypes.c_uint32), *((name, ctypes.c_uint64) for name in names)]
    kind = type("Status", (ctypes.Structure,), {"_fields_": fields})
    status = kind(length=ctypes.sizeof(kind))
    with suppress(AttributeError, OSError):
        if vars(ctypes)["windll"].kernel32.GlobalMemoryStatusEx(ctypes.byref(status)):
            return int(status.free_page)
    return None


def _in_words(size: int) -> str:
    """Return a number of bytes in GB, or in MB where it is small."""
    return f"{size / 1e9:.1f} GB" if size >= 1e9 else f"{size / 1e6:.0f} MB"

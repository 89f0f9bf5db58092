"""How long threads of this process had a processor, and how long they waited for one (Linux tells; others do not)."""

import os
from pathlib import Path


class Thread:
    """One thread of this process, by its native id."""

    def __init__(self, native_id: int) -> None:
        self._path = Path(f"/proc/self/task/{native_id}/schedstat")
        self._file = os.open(self._path, os.O_RDONLY) if self._path.exists() else None

    @property
    def is_known(self) -> bool:
        """Whether the system tells."""
        return self._file is not None

    def waited(self) -> float:
        """Return the seconds for which it could have run but had no processor; 0 where the system does not tell."""
        return self._read(1)

    def ran(self) -> float:
        """Return the seconds for which it had a processor."""
        return self._read(0)

    def close(self) -> None:
        """Close the file."""
        if self._file is not None:
            os.close(self._file)
            self._file = None

    def _read(self, column: int) -> float:
        if self._file is None:
            return 0.0
        return int(os.pread(self._file, 80, 0).split()[column]) / 1e9

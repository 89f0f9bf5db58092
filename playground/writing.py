"""Files written whole or not at all."""

import os
import secrets
import shutil
import time
from contextlib import suppress
from pathlib import Path

TEMPORARY, RANDOM_BYTES = ".playground-", 6
STALE_SECONDS = 24 * 3600
"""What a process that was killed while it wrote has left is removed after so long."""


def replace_file(path: Path, content: bytes) -> None:
    """Write a file that is there whole, or stays as it was; one that is replaced keeps its mode.

    Raises
    ------
    OSError
        Where the disk is full, or the folder takes no new files.
    """
    _remove_stale(path.parent)
    temporary = path.with_name(TEMPORARY + secrets.token_hex(RANDOM_BYTES))
    try:
        with temporary.open("xb") as file:
            file.write(content)
            file.flush()
            os.fsync(file.fileno())
        if path.exists():
            shutil.copymode(path, temporary)
        temporary.replace(path)
    except BaseException:
        temporary.unlink(missing_ok=True)
        raise


def _remove_stale(folder: Path) -> None:
    with suppress(OSError):
        for leftover in folder.glob(TEMPORARY + "[0-9a-f]" * 2 * RANDOM_BYTES):
            if time.time() - leftover.stat().st_mtime > STALE_SECONDS:
                leftover.unlink()

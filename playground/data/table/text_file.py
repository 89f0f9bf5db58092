"""The text of a file: a regular file of bearable size, in one of the encodings that tables are saved in."""

import re
import stat
from pathlib import Path

from playground import paths
from playground.data.errors import DataError
from playground.language import _
from playground.registry import shown

LARGEST_BYTES = 64 * 1024 * 1024
"""The largest file that is read: a few seconds' work."""

_PAIRS = re.compile(rb"(?:[\x80-\xff])+")
_COMMON_LEAD = range(0xB0, 0xD8)  # first bytes of the 3,755 usual Chinese characters in GB 2312


class TableMissing(DataError):  # noqa: N818 - a state of the machine, which the window offers to mend
    """A table whose file is not there."""


def read_text(path: Path) -> tuple[str, str]:
    """Return a file's text without byte-order mark, and the encoding it was in (a name of Python's).

    UTF-8 and UTF-16 are told by their form. What is neither is GB 18030 where its bytes are pairs of usual Chinese
    characters, else Windows-1252, in which Excel saves in western Europe.

    Raises
    ------
    DataError
        Where there is no such file, or it is not a regular file, too large, or no text; `TableMissing` for the first.
    """
    raw = _bytes(path)
    if raw.startswith((b"\xff\xfe", b"\xfe\xff")):
        encodings = ["utf-16"]
    elif len(raw) > 3 and raw[1:400:2].count(0) > 0.4 * len(raw[1:400:2]):
        encodings = ["utf-16-le"]
    else:
        encodings = ["utf-8-sig", "gb18030" if _is_chinese(raw) else "cp1252"]
    for encoding in encodings:
        try:
            text = raw.decode(encoding)
        except UnicodeDecodeError as error:
            line = raw.count(b"\n", 0, error.start) + 1
            continue
        if "\0" in text:
            break
        return text, encoding.removesuffix("-sig")
    if b"\0" in raw[:1000]:
        sentence = _("{path} is not a text file: save the table as CSV.")
        if raw.startswith(b"PK\3\4"):
            sentence = _("{path} is not a text file but looks like a workbook: save the table as CSV.")
        raise DataError(sentence.format(path=shown(path, 200)))
    sentence = _("{path}, line {line}, is not text in UTF-8 or Windows-1252: save it again as “CSV UTF-8”.")
    raise DataError(sentence.format(path=shown(path, 200), line=line))


def find_table(path: str | Path) -> Path:
    """Return the path of a regular file, ``~`` replaced.

    Raises
    ------
    DataError
        Where it is no regular file of this machine; `TableMissing` where there is none, with the folders searched.
    """
    if paths.is_remote(path):
        sentence = _("{path} lies on another machine: copy it to this one, or connect that folder as a drive.")
        raise DataError(sentence.format(path=shown(path, 200)))
    try:
        found = Path(path).expanduser()
        kind = found.stat().st_mode
    except (FileNotFoundError, NotADirectoryError, ValueError, RuntimeError) as error:  # zero bytes; ~nobody
        raise _missing(Path(path)) from error
    except OSError as error:
        raise _unreadable(Path(path), error) from error
    if stat.S_ISDIR(kind):
        raise DataError(_("{path} is a folder, not a file.").format(path=shown(found, 200)))
    if not stat.S_ISREG(kind):  # to open a pipe that nobody writes to would wait for good
        raise DataError(_("{path} is a device or a pipe, not a file.").format(path=shown(found, 200)))
    return found


def _missing(path: Path) -> TableMissing:
    """Return the error that there is no file, with the folders that were searched."""
    here = Path.cwd()
    folder = path.parent if path.is_absolute() else here / path.parent
    if folder == here:
        sentence = _("There is no file {name} in {folder}.")
        return TableMissing(sentence.format(name=shown(path.name, 200), folder=shown(folder, 200)))
    sentence = _("There is no file {name} in {folder}, nor in {here}.")
    try:
        if (here / path.name).is_file():
            sentence = _("There is no file {name} in {folder}; there is one in {here}.")
    except (OSError, ValueError):
        pass
    return TableMissing(sentence.format(name=shown(path.name, 200), folder=shown(folder, 200), here=shown(here, 200)))


def _unreadable(path: Path, error: OSError) -> DataError:
    sentence = _("{path} cannot be read: {error}.")
    return DataError(sentence.format(path=shown(path, 200), error=error.strerror or error))


def _bytes(path: Path) -> bytes:
    found = find_table(path)
    try:
        size = found.stat().st_size
        raw = found.read_bytes() if size <= LARGEST_BYTES else b""
    except OSError as error:
        raise _unreadable(path, error) from error
    size = max(size, len(raw))
    if size > LARGEST_BYTES:
        sentence = _("{path} is {size} MB large; at most {most} MB can be read: keep a part of its rows.")
        raise DataError(sentence.format(path=shown(path, 200), size=size >> 20, most=LARGEST_BYTES >> 20))
    return raw


def _is_chinese(raw: bytes) -> bool:
    """Return whether the bytes beyond ASCII come in pairs, most of which are usual Chinese characters."""
    usual = pairs = 0
    for run in _PAIRS.findall(raw[:200_000]):
        if len(run) % 2:
            return False
        pairs += len(run) // 2
        usual += sum(byte in _COMMON_LEAD for byte in run[::2])
    return usual > pairs / 2

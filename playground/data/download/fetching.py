"""Getting MNIST and Fashion-MNIST: from the user's files, a folder, an address, or the mirrors; always verified.

No Qt: the command line calls `fetch`, the window calls it in a thread. What was fetched is kept decoded in the
cache folder, whole or not at all.
"""

import re
import zipfile
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from playground import paths
from playground.data.download.transfer import (
    NoNetwork,
    NotThere,
    TransferError,
    check_stop,
    shown_address,
    transfer,
)
from playground.data.errors import DataError, FetchFailed, Stopped
from playground.data.sets import idx, image_cache, mnist, published
from playground.data.sets.image_cache import Arrays
from playground.data.sets.image_sets import IMAGE_SETS, ImageSet
from playground.language import _, sentences
from playground.suggestions import did_you_mean

TIMEOUT_SECONDS = 15.0
"""How long a server is waited for, see `transfer`."""

LARGEST_FILE = idx.LARGEST
"""Most bytes that one file may be on its way."""

_ADDRESS = re.compile(r"([a-z][a-z0-9+.-]+)://", re.IGNORECASE)


def fetch(
    name: str,
    source: str | Path | None = None,
    *,
    progress: Callable[[int, int], None] = lambda _done, _total: None,
    should_stop: Callable[[], bool] = lambda: False,
) -> Path:
    """Fetch a data set, verify it, and store it decoded in the cache folder, which is returned.

    Parameters
    ----------
    name
        ``"mnist"`` or ``"fashion-mnist"``.
    source
        A folder, Keras's ``mnist.npz``, or the address of a folder; without it, the folders in which data are searched
        for and then the mirrors.
    progress
        Called with bytes done and bytes in all.
    should_stop
        Asked between two pieces of a file; True stops, and nothing is kept.

    Raises
    ------
    DataError
        With a sentence: an unknown name, no such folder, a wrong file or checksum, no mirror that answers, a full disk.
    Stopped
        If `should_stop` returned True.
    """
    which = IMAGE_SETS.get(name)
    if which is None:
        sentence = _("{name} cannot be fetched; {known} can.").format(name=name, known=", ".join(IMAGE_SETS))
        raise DataError(sentence + did_you_mean(name, IMAGE_SETS))
    folder = image_cache.fetched_folder(name)
    if source is None:
        if image_cache.load(folder) is not None:
            return folder
        arrays = _from_this_machine(which)
        if arrays is None:
            arrays = _Download(which, list(which.mirrors), progress, should_stop).run()
    elif scheme := _ADDRESS.match(str(source)):
        if scheme[1].lower() not in ("http", "https"):
            sentence = _("{address} cannot be fetched: an address begins with http:// or https://.")
            raise DataError(sentence.format(address=shown_address(str(source))))
        address = str(source) if str(source).endswith("/") else f"{source}/"
        arrays = _Download(which, [address], progress, should_stop).run()
    else:
        arrays = _from_place(which, paths.expanded(Path(source)))
    check_stop(should_stop)
    image_cache.save(folder, arrays)
    return folder


def download_size(name: str) -> int:
    """Return about how many bytes a data set is to download; `name` is a key of `IMAGE_SETS`."""
    return sum(file.size for file in IMAGE_SETS[name].files)


def _from_this_machine(which: ImageSet) -> Arrays | None:
    """Return the published data set where some folder holds exactly that; damaged or other files are skipped."""
    for folder in mnist.search_folders():
        try:
            found = mnist.read_folder(which, folder)
            if found is not None:
                return published.verified(which, found.arrays, str(folder))
        except DataError:
            continue
    return None


def _from_place(which: ImageSet, place: Path) -> Arrays:
    if place.is_file():
        if not zipfile.is_zipfile(place):
            raise DataError(_single_file(which, place))
        return published.verified(which, mnist.read_archive(which, place), str(place))
    if not place.is_dir():
        raise DataError(_("{place} is neither a folder nor an address.").format(place=place))
    found = mnist.read_folder(which, place)
    if found is None:
        names = ", ".join(file.name for file in which.files)
        sentence = _("{place} does not contain {name}: it needs the files {names}, each compressed (.gz) or not.")
        raise DataError(sentence.format(place=place, name=which.label, names=names))
    return published.verified(which, found.arrays, str(place))


def _single_file(which: ImageSet, place: Path) -> str:
    names = ", ".join(file.name for file in which.files)
    if which.archive:
        sentence = _("{place} is one file; give the folder that holds {names}, or Keras's {archive}.")
    else:
        sentence = _("{place} is one file; give the folder that holds {names}.")
    sentence = sentence.format(place=place, names=names, archive=which.archive)
    if place.suffix.lower() in (".csv", ".tsv", ".txt"):
        sentence = sentences(
            sentence, _("A table is not an image set: use it with the data set csv (data.name=csv, data.path=…).")
        )
    return sentence


@dataclass
class _Download:
    """The four files from addresses that are tried in turn."""

    which: ImageSet
    mirrors: list[str]
    progress: Callable[[int, int], None]
    should_stop: Callable[[], bool]

    def run(self) -> Arrays:
        """Return the arrays of the four files."""
        self._sizes = [file.size for file in self.which.files]
        return mnist.checked(self.which, [self._file(k) for k in range(4)], [file.name for file in self.which.files])

    def _file(self, k: int) -> NDArray[np.uint8]:
        """Return one file from the first mirror that has it whole; that mirror comes first from then on."""
        reasons = []
        is_offline = True
        for mirror in tuple(self.mirrors):
            try:
                array = self._from_mirror(mirror, k)
            except Stopped:
                raise
            except TransferError as error:
                is_offline = is_offline and isinstance(error, NoNetwork)
                reasons.append(f"{shown_address(mirror)}: {error}.")
            except DataError as error:
                is_offline = False
                reasons.append(str(error))
            else:
                self.mirrors.remove(mirror)
                self.mirrors.insert(0, mirror)
                return array
        sentence = _("{name} could not be fetched. {reasons} Try again later, or give a folder that holds its files.")
        summary = _("{name} could not be downloaded: none of the addresses tried has it now.")
        if is_offline:
            summary = _("{name} could not be downloaded: there seems to be no connection to the network.")
        hint = _("Try again later, or choose a folder that holds its files.")
        name = self.which.label
        raise FetchFailed(
            sentences(summary.format(name=name), hint), sentence.format(name=name, reasons=sentences(*reasons))
        )

    def _from_mirror(self, mirror: str, k: int) -> NDArray[np.uint8]:
        """Return one file from one mirror, packed or else as it is."""
        file = self.which.files[k]
        url = f"{mirror}{file.name}.gz"
        try:
            packed = self._transfer(url, k)
        except NotThere:
            url = mirror + file.name
            packed = self._transfer(url, k)
        name = shown_address(url)
        raw = idx.unpacked(packed, name)
        published.verify_bytes(file, raw, name)
        self._sizes[k] = len(packed)
        return idx.parse(raw, name, image_cache.DIMENSIONS[k])

    def _transfer(self, url: str, k: int) -> bytes:
        def report(received: int, length: int | None) -> None:
            if length is not None:
                self._sizes[k] = length
            done = sum(self._sizes[:k]) + received
            self.progress(done, max(sum(self._sizes), done))

        return transfer(url, timeout=TIMEOUT_SECONDS, limit=LARGEST_FILE, progress=report, should_stop=self.should_stop)

"""One file over HTTP: progress, cancel at once, an end to waiting, and a sentence for every failure."""

from __future__ import annotations

import contextlib
import errno
import queue
import re
import socket
import threading
import time
from collections.abc import Callable, Iterator

from playground.data.errors import FetchCancelled
from playground.language import _
from playground.registry import shown

Cancelled = Callable[[], bool]

CHUNK = 64 * 1024
POLL_SECONDS = 0.05
LONGEST_REASON = 120
SLOWEST = 1024
"""Fewer bytes than this within the timeout count as no answer."""


class TransferError(Exception):
    """Why an address did not give its file; the text follows the address in a sentence."""


class NotThere(TransferError):  # noqa: N818 - an answer, after which another name is tried
    """The address answers that it has no such file."""


class NoNetwork(TransferError):  # noqa: N818 - what is the matter
    """The address cannot be reached at all, as where there is no network."""


class _Reader(threading.Thread):
    """Reads an address in the background, so that the caller can stop waiting at any time."""

    def __init__(self, url: str, timeout: float) -> None:
        super().__init__(name="transfer", daemon=True)
        self.parts: queue.Queue[bytes | Exception | None] = queue.Queue(maxsize=16)
        self.length: int | None = None
        self._url = url
        self._timeout = timeout
        self._stopped = threading.Event()
        self._lock = threading.Lock()
        self._lines: list[socket.socket] = []

    def run(self) -> None:
        """Put the file's parts into the queue, then None, or what went wrong."""
        from playground.data.download.opener import (
            opened,
            # only now: what it imports would hold up the start of the window,
        )

        try:
            with opened(self._url, self._timeout, self._hold_line) as response:
                length = response.headers.get("Content-Length", "")
                self.length = int(length) if length.isdecimal() and len(length) < 19 else None
                while part := response.read1(CHUNK):
                    if not self._put(part):
                        return
            self._put(None)
        except Exception as error:  # noqa: BLE001 - it is told to the caller, who waits in another thread
            self._put(error)
        finally:
            self._close_lines()

    def _put(self, part: bytes | Exception | None) -> bool:
        """Hand a part over; return False where nobody waits for it any more."""
        while not self._stopped.is_set():
            try:
                self.parts.put(part, timeout=POLL_SECONDS)
            except queue.Full:
                continue
            return True
        return False

    def _hold_line(self, line: socket.socket) -> None:
        """Keep a connection's socket at hand for `stop`, from before it connects."""
        with self._lock:
            if self._stopped.is_set():
                raise ConnectionAbortedError
            self._lines.append(line.dup())

    def _close_lines(self, cut: bool = False) -> None:
        """Forget the sockets; cut the connections first where they may still be waited for."""
        with self._lock:
            lines, self._lines = self._lines, []
        for line in lines:
            with line, contextlib.suppress(OSError):
                if cut:
                    line.shutdown(socket.SHUT_RDWR)

    def stop(self) -> None:
        """Stop reading: cut the connection, which wakes whoever connects, waits for an answer, or reads."""
        with self._lock:
            self._stopped.set()
        self._close_lines(cut=True)
        self.join(POLL_SECONDS)


def shown_address(url: str) -> str:
    """Return an address as a sentence shows it: without a password."""
    return re.sub(r"//[^/?#]*@", "//…@", url)


def transfer(
    url: str,
    *,
    timeout: float,
    limit: int,
    progress: Callable[[int, int | None], None] | None = None,
    cancelled: Cancelled | None = None,
) -> bytes:
    """Return the bytes at an address.

    Parameters
    ----------
    url
        ``http://`` or ``https://``.
    timeout
        Seconds: the longest wait for an answer, and for each following kilobyte.
    limit
        Most bytes that are accepted.
    progress
        Called with the bytes received and the bytes in all (None where the server does not say).
    cancelled
        Asked some twenty times a second.

    Raises
    ------
    NotThere
        For HTTP 404 and 403 (which some stores answer for a file they do not have).
    TransferError
        For everything else that goes wrong.
    FetchCancelled
        Where `cancelled` says so.
    """
    reader = _Reader(url, timeout)
    reader.start()
    received = bytearray()
    try:
        for part in _received(reader, timeout, cancelled):
            received += part
            if len(received) > limit:
                raise TransferError(
                    _("it sends more than {n} bytes, which is no file of this data set").format(n=limit)
                )
            if progress is not None:
                progress(len(received), reader.length)
    finally:
        reader.stop()
    if reader.length is not None and len(received) != reader.length:
        sentence = _("the connection broke off after {n} of {total} bytes")
        raise TransferError(sentence.format(n=len(received), total=reader.length))
    return bytes(received)


def _received(reader: _Reader, timeout: float, cancelled: Cancelled | None) -> Iterator[bytes]:
    """Yield the parts of a file as they come, as long as enough of them come and nobody cancels."""
    since, lately = time.monotonic(), 0
    while True:
        if cancelled is not None and cancelled():
            raise cancellation()
        try:
            part = reader.parts.get(timeout=POLL_SECONDS)
        except queue.Empty:
            part = b""
        if part is None:
            return
        if isinstance(part, Exception):
            raise _reason(part, timeout) from part
        if part:
            yield part
        lately += len(part)
        if time.monotonic() - since > timeout:
            if lately < SLOWEST:
                raise _silence(timeout)
            since, lately = time.monotonic(), 0


def cancellation() -> FetchCancelled:
    """Return what is raised where the user stops a download."""
    return FetchCancelled(_("The download was cancelled; nothing was stored."))


def _silence(timeout: float) -> TransferError:
    return TransferError(_("no answer within {seconds:g} s").format(seconds=timeout))


def _reason(error: Exception, timeout: float) -> TransferError:
    """Turn what the library raised into the end of a sentence."""
    from http.client import IncompleteRead, RemoteDisconnected
    from urllib.error import HTTPError, URLError

    if isinstance(error, HTTPError):
        text = _("it answers {code} {reason}").format(code=error.code, reason=shown(error.reason, LONGEST_REASON))
        error.close()
        return (NotThere if error.code in (403, 404) else TransferError)(text)
    cause = error.reason if isinstance(error, URLError) else error
    if isinstance(cause, TimeoutError):
        return _silence(timeout)
    if isinstance(cause, socket.gaierror):
        return NoNetwork(_("its name is not known (is there a connection to the network?)"))
    if isinstance(cause, OSError) and cause.errno in (errno.ENETUNREACH, errno.EHOSTUNREACH, errno.ENETDOWN):
        return NoNetwork(_("it cannot be reached (is there a connection to the network?)"))
    if isinstance(cause, ConnectionRefusedError):
        return TransferError(_("it refuses the connection"))
    if isinstance(cause, IncompleteRead | ConnectionError | RemoteDisconnected):
        return TransferError(_("the connection broke off"))
    return TransferError(_("it cannot be read ({error})").format(error=shown(cause, LONGEST_REASON)))

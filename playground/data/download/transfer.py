"""One file over HTTP: its progress, an end to waiting, and a sentence for every failure."""

import base64
import errno
import re
import socket
import time
import urllib.request
from collections.abc import Callable
from http.client import HTTPResponse, IncompleteRead
from urllib.error import HTTPError, URLError
from urllib.parse import unquote, urlsplit

from playground.data.errors import Stopped
from playground.language import _
from playground.registry import shown

CHUNK = 64 * 1024
LONGEST_REASON = 120
SLOWEST = 1024
"""Fewer bytes than this within the timeout count as no answer."""


class TransferError(Exception):
    """Why an address did not give its file; the text follows the address in a sentence."""


class NotThere(TransferError):  # noqa: N818 - an answer, after which another name is tried
    """The address answers that it has no such file."""


class NoNetwork(TransferError):  # noqa: N818 - what is the matter
    """The address cannot be reached at all, as where there is no network."""


def shown_address(url: str) -> str:
    """Return an address as a sentence shows it: without a password."""
    return re.sub(r"//[^/?#]*@", "//…@", url)


def transfer(
    url: str,
    *,
    timeout: float,
    limit: int,
    progress: Callable[[int, int | None], None],
    should_stop: Callable[[], bool],
) -> bytes:
    """Return the bytes at an address.

    Parameters
    ----------
    url
        ``http://`` or ``https://``; with ``user:password@`` they are sent as HTTP's basic authentication.
    timeout
        Seconds: the longest wait for an answer, and for each following kilobyte.
    limit
        Most bytes that are accepted.
    progress
        Called with the bytes received and the bytes in all (None where the server does not say).
    should_stop
        Asked before each piece of 64 kB; a server that is silent is waited for until the timeout.

    Raises
    ------
    NotThere
        For HTTP 404 and 403 (which some stores answer for a file they do not have).
    TransferError
        For everything else that goes wrong.
    Stopped
        If `should_stop` returned True.
    """
    try:
        with _opened(url, timeout) as response:
            return _received(response, timeout, limit, progress, should_stop)
    except (Stopped, TransferError):
        raise
    except Exception as error:  # the library raises its own, the system's, and ValueError for an odd address
        raise _reason(error, timeout) from error


def check_stop(should_stop: Callable[[], bool]) -> None:
    """Raise `Stopped` if `should_stop` returns True."""
    if should_stop():
        raise Stopped(_("The download was cancelled; nothing was stored."))


def _opened(url: str, timeout: float) -> HTTPResponse:
    parts = urlsplit(url)
    login, _at, server = parts.netloc.rpartition("@")
    request = urllib.request.Request(parts._replace(netloc=server).geturl(), headers={"User-Agent": "playground"})
    if login:
        token = base64.b64encode(unquote(login).encode()).decode("ascii")
        request.add_unredirected_header("Authorization", f"Basic {token}")
    response: HTTPResponse = urllib.request.urlopen(request, timeout=timeout)  # which follows to no file
    return response


def _received(
    response: HTTPResponse,
    timeout: float,
    limit: int,
    progress: Callable[[int, int | None], None],
    should_stop: Callable[[], bool],
) -> bytes:
    """Return what a response holds, as long as enough of it comes and nobody stops it."""
    told = response.headers.get("Content-Length", "")
    length = int(told) if told.isdecimal() and len(told) < 19 else None
    received = bytearray()
    since, before = time.monotonic(), 0
    while True:
        check_stop(should_stop)
        part = response.read1(CHUNK)
        if not part:
            break
        received += part
        if len(received) > limit:
            sentence = _("it sends more than {n} bytes, which is no file of this data set")
            raise TransferError(sentence.format(n=limit))
        progress(len(received), length)
        if time.monotonic() - since > timeout:
            if len(received) - before < SLOWEST:
                raise TimeoutError
            since, before = time.monotonic(), len(received)
    if length is not None and len(received) != length:
        sentence = _("the connection broke off after {n} of {total} bytes")
        raise TransferError(sentence.format(n=len(received), total=length))
    return bytes(received)


def _reason(error: Exception, timeout: float) -> TransferError:
    """Return the end of a sentence for what the library raised."""
    if isinstance(error, HTTPError):
        text = _("it answers {code} {reason}").format(code=error.code, reason=shown(error.reason, LONGEST_REASON))
        error.close()
        return (NotThere if error.code in (403, 404) else TransferError)(text)
    cause = error.reason if isinstance(error, URLError) else error
    if isinstance(cause, TimeoutError):
        return TransferError(_("no answer within {seconds:g} s").format(seconds=timeout))
    if isinstance(cause, socket.gaierror):
        return NoNetwork(_("its name is not known (is there a connection to the network?)"))
    if isinstance(cause, OSError) and cause.errno in (errno.ENETUNREACH, errno.EHOSTUNREACH, errno.ENETDOWN):
        return NoNetwork(_("it cannot be reached (is there a connection to the network?)"))
    if isinstance(cause, ConnectionRefusedError):
        return TransferError(_("it refuses the connection"))
    if isinstance(cause, IncompleteRead | ConnectionError):  # RemoteDisconnected is a ConnectionError
        return TransferError(_("the connection broke off"))
    return TransferError(_("it cannot be read ({error})").format(error=shown(cause, LONGEST_REASON)))

"""Opens an address over HTTP, with each socket told of before it connects; nothing but HTTP, redirects included."""

import base64
import socket
import ssl
import urllib.request
from collections.abc import Callable
from functools import partial
from http.client import HTTPConnection, HTTPResponse, HTTPSConnection
from typing import Any
from urllib.parse import unquote, urlsplit

Hold = Callable[[socket.socket], None]


def opened(url: str, timeout: float, hold: Hold) -> HTTPResponse:
    """Return the response to a request for an address.

    Parameters
    ----------
    url
        With ``user:password@`` they are sent as HTTP's basic authentication, to that server only.
    timeout
        Seconds for each wait.
    hold
        Told of each socket before it connects, so that another thread can cut it.
    """
    parts = urlsplit(url)
    login, _at, server = parts.netloc.rpartition("@")
    request = urllib.request.Request(parts._replace(netloc=server).geturl(), headers={"User-Agent": "playground"})
    if login:
        token = base64.b64encode(unquote(login).encode()).decode("ascii")
        request.add_unredirected_header("Authorization", f"Basic {token}")
    director = urllib.request.OpenerDirector()
    for handler in (
        urllib.request.ProxyHandler(),
        urllib.request.UnknownHandler(),
        _Http(hold),
        _Https(hold),
        urllib.request.HTTPDefaultErrorHandler(),
        urllib.request.HTTPRedirectHandler(),
        urllib.request.HTTPErrorProcessor(),
    ):
        director.add_handler(handler)
    response: HTTPResponse = director.open(request, timeout=timeout)
    return response


class _Http(urllib.request.HTTPHandler):
    """Opens http:// with sockets that are told of."""

    def __init__(self, hold: Hold) -> None:
        super().__init__()
        self._hold = hold

    def http_open(self, req: urllib.request.Request) -> HTTPResponse:
        return self.do_open(partial(_connection, HTTPConnection, self._hold), req)


class _Https(urllib.request.HTTPSHandler):
    """Opens https:// with sockets that are told of."""

    def __init__(self, hold: Hold) -> None:
        super().__init__()
        self._hold = hold

    def https_open(self, req: urllib.request.Request) -> HTTPResponse:
        context = ssl.create_default_context()
        return self.do_open(partial(_connection, HTTPSConnection, self._hold), req, context=context)


def _connection(kind: type[HTTPConnection], hold: Hold, host: str, **named: Any) -> HTTPConnection:
    """Return a connection that makes its socket with `_connected`."""
    made = kind(host, **named)
    vars(made)["_create_connection"] = partial(_connected, hold)
    return made


def _connected(hold: Hold, address: tuple[str, int], timeout: Any, _source: object = None) -> socket.socket:
    """Return a socket that is connected, as `socket.create_connection` does."""
    problem: OSError | None = None
    for family, kind, protocol, _name, place in socket.getaddrinfo(*address, type=socket.SOCK_STREAM):
        line = None
        try:
            line = socket.socket(family, kind, protocol)
            line.settimeout(timeout)
            hold(line)
            line.connect(place)
        except OSError as error:
            problem = problem or error
            if line is not None:
                line.close()
        else:
            return line
    raise problem or OSError("no address")

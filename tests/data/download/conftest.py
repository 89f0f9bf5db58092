"""A server on this machine that behaves well or badly, as each test asks."""

import gzip
import http.server
import threading
from collections.abc import Callable, Iterator
from pathlib import Path

import numpy as np
import pytest

from playground.data.catalog import CATALOG
from playground.data.sets import image_cache
from playground.data.sets.image_sets import IMAGE_SETS, MNIST
from tests.data.conftest import published, small_arrays

Files = dict[str, bytes]


Answer = Callable[["Handler"], None]


IMAGES = "train-images-idx3-ubyte"


class Handler(http.server.BaseHTTPRequestHandler):
    """Answers a path with what the server's table holds for it: bytes, or a function."""

    server: "Server"

    def do_GET(self) -> None:
        self.server.asked.append(self.path)
        answer = self.server.answers.get(self.path)
        if answer is None:
            self.send_error(404)
        elif isinstance(answer, bytes):
            self.give(answer, len(answer))
        else:
            answer(self)

    def give(self, body: bytes, length: int) -> None:
        self.send_response(200)
        self.send_header("Content-Length", str(length))
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, format: str, *args: object) -> None:  # noqa: A002 - the library's name
        """Stay silent."""


class Server(http.server.ThreadingHTTPServer):
    daemon_threads = True
    block_on_close = False

    def __init__(self) -> None:
        super().__init__(("127.0.0.1", 0), Handler)
        self.answers: dict[str, bytes | Answer] = {}
        self.asked: list[str] = []
        self.release = threading.Event()

    def handle_error(self, request: object, client_address: object) -> None:
        """A client that leaves in the middle is what some tests are about."""

    def address(self, folder: str) -> str:
        return f"http://127.0.0.1:{self.server_address[1]}/{folder}/"

    def offer(self, folder: str, files: Files, packed: bool = True) -> str:
        for name, raw in files.items():
            path = f"/{folder}/{name}" + (".gz" if packed else "")
            self.answers[path] = gzip.compress(raw, 1) if packed else raw
        return self.address(folder)


@pytest.fixture
def server() -> Iterator[Server]:
    with Server() as running:
        thread = threading.Thread(target=running.serve_forever, kwargs={"poll_interval": 0.02})
        thread.start()
        yield running
        running.release.set()
        running.shutdown()
        thread.join()


@pytest.fixture
def files(mnist_files: Files, monkeypatch: pytest.MonkeyPatch) -> Files:
    """Twenty images that count as the published MNIST, with no mirror that is not on this machine."""
    monkeypatch.setitem(IMAGE_SETS, "mnist", published(MNIST, mnist_files))
    return mnist_files


def assert_fetched(folder: Path) -> None:
    arrays = image_cache.load(folder)
    assert arrays is not None
    for expected, array in zip(small_arrays(), arrays, strict=True):
        assert np.array_equal(expected, array)
    assert CATALOG["mnist"].make({"samples": None}, 1).y.tolist() == small_arrays()[1].tolist()


def assert_nothing_kept() -> None:
    folder = image_cache.fetched_folder("mnist").parent
    assert not folder.exists() or list(folder.iterdir()) == []

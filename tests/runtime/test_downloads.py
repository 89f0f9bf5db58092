import http.server
import socket
import threading
from contextlib import contextmanager

import pytest

from playground.data.sets import image_cache
from playground.runtime.downloads import Downloads


@pytest.fixture
def downloads(qapp):
    downloads = Downloads()
    yield downloads
    downloads.close()


@contextmanager
def silent_server():
    """Accept connections and never answer."""
    with socket.create_server(("127.0.0.1", 0)) as server:
        yield f"http://127.0.0.1:{server.getsockname()[1]}/"


@contextmanager
def dripping_server(released):
    """Promise a large file, send a part of it, and wait."""

    class Handler(http.server.BaseHTTPRequestHandler):
        def do_GET(self):
            self.send_response(200)
            self.send_header("Content-Length", str(5_000_000))
            self.end_headers()
            self.wfile.write(bytes(300_000))
            self.wfile.flush()
            released.wait(20)

        def log_message(self, *arguments):
            pass

    server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.02})
    thread.start()
    try:
        yield f"http://127.0.0.1:{server.server_port}/"
    finally:
        released.set()
        server.shutdown()
        server.server_close()
        thread.join()


def test_a_folder_of_files_arrives(downloads, qtbot, mnist_folder):
    with qtbot.waitSignal(downloads.finished) as arrived:
        downloads.start("mnist", mnist_folder)
        assert downloads.name == "mnist"
    assert arrived.args == ["mnist"]
    assert downloads.name is None
    assert image_cache.load(image_cache.fetched_folder("mnist")) is not None


def test_progress_counts_bytes_and_cancel_stops(downloads, qtbot):
    with dripping_server(threading.Event()) as address:
        with qtbot.waitSignal(downloads.progress) as progress:
            downloads.start("mnist", address)
        done, total = progress.args
        assert 0 < done < total
        with qtbot.waitSignal(downloads.cancelled, timeout=2_000) as cancelled:
            downloads.cancel()
        assert cancelled.args == ["mnist"]
    assert image_cache.load(image_cache.fetched_folder("mnist")) is None


def test_what_cannot_be_had_is_told_in_a_sentence(downloads, qtbot, tmp_path):
    with qtbot.waitSignal(downloads.failed) as failed:
        downloads.start("mnist", tmp_path)
    name, summary, sentence = failed.args
    assert name == "mnist"
    assert str(tmp_path) in sentence
    assert summary == sentence
    assert "Traceback" not in sentence


def test_a_fault_of_the_program_reaches_the_window(downloads, qtbot, monkeypatch):
    def broken(*arguments, **keywords):
        raise RuntimeError("a fault")

    monkeypatch.setattr("playground.runtime.downloads.fetch", broken)
    with qtbot.waitSignal(downloads.broke) as broke:
        downloads.start("mnist")
    assert "RuntimeError: a fault" in broke.args[0]
    assert downloads.name is None


def test_closing_in_mid_download_stops_at_once_and_tells_nobody(downloads, qtbot):
    told = []
    downloads.cancelled.connect(told.append)
    downloads.failed.connect(lambda name, _summary, _sentence: told.append(name))
    with silent_server() as address:
        downloads.start("mnist", address)
        downloads.close()  # the server would be silent for ever
    qtbot.wait(1)
    assert told == []


def test_one_at_a_time(downloads, qtbot):
    with silent_server() as address:
        downloads.start("mnist", address)
        downloads.start("fashion-mnist", address)
        assert downloads.name == "mnist"
        with qtbot.waitSignal(downloads.cancelled, timeout=2_000):
            downloads.cancel()
        with qtbot.waitSignal(downloads.started):
            downloads.start("fashion-mnist", address)

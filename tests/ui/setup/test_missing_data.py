"""Data that are not on this machine: downloaded, chosen in a folder, or replaced."""

import contextlib
import threading
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

import pytest
from PySide6.QtWidgets import QApplication, QFileDialog, QLabel, QPushButton, QWidget

from playground.data.errors import FetchFailed
from playground.ui.setup.data_panel import DataPanel
from tests.ui.bench import Bench

PANEL = DataPanel


def test_missing_data_are_offered_and_the_digits_instead(bench: Bench, tmp_path: Path) -> None:
    notice = bench.find(QWidget, "missing_data")
    assert not notice.isVisible()
    bench.click("data_mnist")
    bench.qtbot.waitUntil(notice.isVisible)
    assert "MNIST" in " ".join(label.text() for label in notice.findChildren(QLabel))
    assert bench.find(QPushButton, "download_button").text() == "Download 11 MB"
    choose_folder(bench, tmp_path)  # without the files
    problem = bench.find(QLabel, "download_problem")
    bench.qtbot.waitUntil(problem.isVisible)
    assert str(tmp_path) in problem.text()
    assert bench.find(QPushButton, "download_button").isVisible()
    bench.click("use_digits")
    assert bench.config.data.name == "digits"
    assert not notice.isVisible()
    bench.wait_for_run()


def test_a_failed_download_is_said_in_short_and_copied_whole(
    bench: Bench, qapp: QApplication, monkeypatch: pytest.MonkeyPatch
) -> None:
    def failing(*_arguments: object, **_options: object) -> None:
        raise FetchFailed("None has it now.", "http://a/: it answers 404. http://b/: it refuses the connection.")

    monkeypatch.setattr("playground.ui.setup.missing_data.fetch", failing)
    bench.click("data_mnist")
    bench.qtbot.waitUntil(bench.find(QWidget, "missing_data").isVisible)
    copy = bench.find(QPushButton, "copy_download_problem")
    assert not copy.isVisible()
    bench.click("download_button")
    bench.qtbot.waitUntil(copy.isVisible)
    assert bench.find(QLabel, "download_problem").text() == "None has it now."
    bench.click("copy_download_problem")
    assert qapp.clipboard().text() == "http://a/: it answers 404. http://b/: it refuses the connection."


def test_a_folder_with_the_files_starts_the_run(
    bench: Bench, mnist_folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.delenv("PLAYGROUND_DATA")
    bench.click("data_mnist")
    notice = bench.find(QWidget, "missing_data")
    bench.qtbot.waitUntil(notice.isVisible)
    choose_folder(bench, mnist_folder)
    bench.qtbot.waitUntil(lambda: not notice.isVisible())
    summary = bench.find(QLabel, "data_summary")
    bench.qtbot.waitUntil(lambda: summary.text() == "60,000 train · 10,000 test · 28×28 · 10 classes")


def choose_folder(bench: Bench, folder: Path) -> None:
    """Choose a folder in the dialog that the notice opens."""
    bench.click("choose_data_folder")
    asking = bench.find(QFileDialog, "data_folder_dialog")
    asking.fileSelected.emit(str(folder))
    asking.close()


class Dribble(BaseHTTPRequestHandler):
    """Promises a megabyte and sends it byte by byte until the other side has had enough."""

    def do_GET(self) -> None:
        self.send_response(200)
        self.send_header("Content-Length", "1000000")
        self.end_headers()
        with contextlib.suppress(OSError):
            while not self.server.has_to_stop.wait(0.01):  # type: ignore[attr-defined]
                self.wfile.write(b"x")

    def log_message(self, format: str, *args: object) -> None:  # noqa: A002
        """Say nothing."""


@pytest.fixture
def slow_mirror() -> Iterator[str]:
    server = ThreadingHTTPServer(("127.0.0.1", 0), Dribble)
    server.has_to_stop = threading.Event()  # type: ignore[attr-defined]
    thread = threading.Thread(target=server.serve_forever, args=(0.01,))
    thread.start()
    yield f"http://127.0.0.1:{server.server_port}/"
    server.has_to_stop.set()  # type: ignore[attr-defined]
    server.shutdown()
    server.server_close()
    thread.join()


def test_a_download_shows_its_progress_others_wait_and_it_is_cancelled(bench: Bench, slow_mirror: str) -> None:
    bench.click("data_mnist")
    bench.qtbot.waitUntil(bench.find(QWidget, "missing_data").isVisible)
    bench.panel.missing.fetch(slow_mirror)
    amount = bench.find(QLabel, "download_bytes")
    bench.qtbot.waitUntil(lambda: amount.text().startswith("0.0 of"))
    assert not bench.find(QPushButton, "download_button").isVisible()
    bench.click("data_fashion-mnist")  # waits for the one on its way
    bench.qtbot.waitUntil(bench.find(QPushButton, "download_button").isVisible)
    assert not bench.find(QPushButton, "download_button").isEnabled()
    bench.click("data_mnist")
    bench.qtbot.waitUntil(amount.isVisible)
    bench.click("cancel_download")
    bench.qtbot.waitUntil(bench.find(QPushButton, "download_button").isVisible)
    assert not amount.isVisible()
    assert not bench.find(QLabel, "download_problem").isVisible()
    assert bench.find(QPushButton, "download_button").isEnabled()

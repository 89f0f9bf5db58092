"""The guards of ``conftest.py`` themselves: a test that leaves something behind fails, the others do not."""

import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).parents[2]

LEAKS = """
import threading
import time

from PySide6.QtCore import QThread, QTimer
from PySide6.QtWidgets import QWidget

from tests import conftest

conftest._WAIT_S = 0.3
kept = []

def test_thread():
    threading.Thread(target=time.sleep, args=(1.0,)).start()

def test_qt_thread(qapp):
    kept.append(QThread())
    kept[-1].start()

def test_timer(qapp):
    kept.append(QTimer())
    kept[-1].start(1000)

def test_window(qapp):
    kept.append(QWidget())
    kept[-1].show()

def test_everything_closed(qtbot):
    timer = QTimer()
    timer.start(1000)
    widget = QWidget()
    qtbot.addWidget(widget)
    widget.show()
    thread = QThread()
    thread.start()
    thread.quit()
    thread.wait()
    worker = threading.Thread(target=time.sleep, args=(0.05,))
    worker.start()

def test_tidy_up():
    kept[0].quit()
    kept[0].wait()
"""


def test_what_a_test_leaves_behind_fails_it(tmp_path: Path) -> None:
    (tmp_path / "test_leaks.py").write_text(LEAKS)
    command = [sys.executable, "-m", "pytest", "-p", "tests.conftest", "-p", "no:cacheprovider", "-rA", "-q"]
    options = ["--rootdir", str(tmp_path), "-c", str(ROOT / "pyproject.toml"), str(tmp_path)]
    ran = subprocess.run([*command, *options], cwd=ROOT, capture_output=True, text=True, timeout=60, check=False)
    lines = ran.stdout.splitlines()
    errors = {line.split("::")[1].split()[0] for line in lines if line.startswith("ERROR")}
    assert errors == {"test_thread", "test_qt_thread", "test_timer", "test_window"}, ran.stdout
    assert "6 passed, 4 errors" in lines[-1]

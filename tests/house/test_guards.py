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


STRAYS = """
import contextlib
import os

from tests import conftest

NOWHERE = os.path.abspath(os.sep + "nowhere") + os.sep
conftest._BESIDE, conftest._OURS = NOWHERE, (NOWHERE + "ours" + os.sep,)

def test_beside():
    with contextlib.suppress(OSError):
        open(NOWHERE + "shared.txt")

def test_folder_beside():
    with contextlib.suppress(OSError):
        os.listdir(NOWHERE + "shared")

def test_inside(tmp_path):
    with contextlib.suppress(OSError):
        open(NOWHERE + "ours" + os.sep + "mine.txt")
    (tmp_path / "mine.txt").write_text("")
"""


def test_what_a_test_leaves_behind_or_reads_beside_the_repository_fails_it(tmp_path: Path) -> None:
    (tmp_path / "test_leaks.py").write_text(LEAKS)
    (tmp_path / "test_strays.py").write_text(STRAYS)
    plugins = ["-p", "tests.conftest", "-p", "no:cacheprovider", "-p", "no:randomly"]
    command = [sys.executable, "-m", "pytest", *plugins, "-rA", "-q"]
    options = ["--rootdir", str(tmp_path), "-c", str(ROOT / "pyproject.toml"), str(tmp_path)]
    ran = subprocess.run([*command, *options], cwd=ROOT, capture_output=True, text=True, timeout=60, check=False)
    lines = ran.stdout.splitlines()
    errors = {line.split("::")[1].split()[0] for line in lines if line.startswith("ERROR")}
    leaks = {"test_thread", "test_qt_thread", "test_timer", "test_window"}
    assert errors == {*leaks, "test_beside", "test_folder_beside"}, lines[-1]
    assert "9 passed, 6 errors" in lines[-1]

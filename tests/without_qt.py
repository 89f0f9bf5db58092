"""Where Qt's system libraries are missing, the tests that need no Qt run, and it is said once what could not.

`tests/conftest.py` takes these hooks over then.
"""

import re
from pathlib import Path
from typing import Any

import pytest

from playground import preflight

__all__ = ["pytest_ignore_collect", "pytest_plugin_registered", "pytest_terminal_summary"]

LACKING = preflight.missing_libraries()
"""What is missing, as a sentence; None where nothing is."""

needs_qt = pytest.mark.skipif(LACKING is not None, reason="needs Qt")
"""For single tests, such as those that take a picture of the window."""

_FOLDERS = {"ui", "runtime", "scenarios", "benchmarks"}
_NEEDS_QT = re.compile(
    r"^\s*(from|import) (PySide6|pytestqt|shiboken6|pyqtgraph)\b"
    r"|^\s*(from|import) (playground\.(ui|runtime|app)|tests\.(ui|runtime|benchmarks))\b"
    r"|^from playground import .*\bapp\b|\b(qtbot|qapp)\b",
    re.MULTILINE,
)
_TESTS = Path(__file__).parent


def pytest_plugin_registered(manager: Any) -> None:
    """Do without pytest-qt, which imports Qt as soon as the tests are configured."""
    if manager.hasplugin("pytest-qt"):
        manager.unregister(name="pytest-qt")


def pytest_ignore_collect(collection_path: Path) -> bool | None:
    """Leave out the files whose tests, or what they import, need Qt."""
    return True if _needs_qt(collection_path) else None


def pytest_terminal_summary(terminalreporter: "pytest.TerminalReporter") -> None:
    """Say what is missing, and what was left out for it."""
    left_out = [path.relative_to(_TESTS) for path in _TESTS.rglob("test_*.py") if _needs_qt(path)]
    names = {path.parts[0] if path.parts[0] in _FOLDERS else path.as_posix() for path in left_out}
    terminalreporter.write_sep("-", "without Qt")
    terminalreporter.write_line(f"{LACKING}. Left out, since it needs Qt: {', '.join(sorted(names))}.")


def _needs_qt(path: Path) -> bool:
    if _TESTS not in path.parents:
        return False
    if path.relative_to(_TESTS).parts[0] in _FOLDERS:
        return True
    return path.name.startswith("test_") and bool(_NEEDS_QT.search(path.read_text(encoding="utf-8")))

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
_left_out: list[str] = []


def pytest_plugin_registered(manager: Any) -> None:
    """Do without pytest-qt, which imports Qt as soon as the tests are configured."""
    if manager.hasplugin("pytest-qt"):
        manager.unregister(name="pytest-qt")


def pytest_ignore_collect(collection_path: Path) -> bool | None:
    """Leave out the files whose tests, or what they import, need Qt."""
    parts = collection_path.relative_to(Path(__file__).parent).parts if _is_ours(collection_path) else ()
    needs = bool(_FOLDERS & set(parts[:1]))
    if not needs and collection_path.name.startswith("test_"):
        needs = bool(_NEEDS_QT.search(collection_path.read_text(encoding="utf-8")))
    if needs and (len(parts) > 1 or collection_path.is_dir()):
        _left_out.append("/".join(parts))
    return True if needs else None


def pytest_terminal_summary(terminalreporter: "pytest.TerminalReporter") -> None:
    """Say what is missing, and what was left out for it."""
    terminalreporter.write_sep("-", "without Qt")
    terminalreporter.write_line(f"{LACKING}. Left out, since it needs Qt: {', '.join(sorted(_left_out))}.")


def _is_ours(path: Path) -> bool:
    """Return whether a path lies below the tests."""
    return Path(__file__).parent in path.parents

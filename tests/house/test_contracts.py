"""The contracts of the house, in ``pyproject.toml``: imports go down only, no circles, Qt only where it belongs."""

import tomllib

import pytest

from tests.house.source import PACKAGE, ROOT

SHARED = {"shell", "forms", "widgets", "canvas", "core"}


def test_import_linter_keeps_the_contracts() -> None:
    use_cases = pytest.importorskip("importlinter.application.use_cases", reason="needs import-linter")
    from importlinter.cli import EXIT_STATUS_SUCCESS, lint_imports

    assert use_cases
    assert lint_imports(no_cache=True) == EXIT_STATUS_SUCCESS


def test_a_new_folder_of_the_window_needs_no_line_in_a_contract() -> None:
    tools = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["tool"]
    inside = [one for one in tools["importlinter"]["contracts"] if one["name"].startswith("Inside the window")]
    assert len(inside) == 2
    folders = {path.parent.name for path in (PACKAGE / "ui").glob("*/__init__.py")} - SHARED
    assert folders
    assert [name for name in folders if name in str(inside)] == []

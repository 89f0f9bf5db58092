"""The contracts of the house, in ``pyproject.toml``: imports go down only, no circles, Qt only where it belongs."""

import pytest


def test_import_linter_keeps_the_contracts() -> None:
    use_cases = pytest.importorskip("importlinter.application.use_cases", reason="needs import-linter")
    from importlinter.cli import EXIT_STATUS_SUCCESS, lint_imports

    assert use_cases
    assert lint_imports(no_cache=True) == EXIT_STATUS_SUCCESS

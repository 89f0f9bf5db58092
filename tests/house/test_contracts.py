"""The contracts of the house: imports go down only, no circles, Qt only where it belongs."""

import graphlib
import re

import pytest

from tests.house.source import imports, modules, settings

CONTRACTS = settings()["tool"]["importlinter"]["contracts"]
FLOORS = [[name.strip() for name in re.split(r"[|:]", layer)] for layer in CONTRACTS[0]["layers"]][::-1]
FLOOR_OF = {name: number for number, names in enumerate(FLOORS) for name in names}
QT = re.compile(r"(PySide6|shiboken6|pyqtgraph)\b")


def test_every_top_level_module_has_chosen_a_floor() -> None:
    top = {name.split(".")[1] for name in modules() if "." in name}
    assert top <= set(FLOOR_OF), top - set(FLOOR_OF)


def test_imports_go_down_only() -> None:
    wrong = []
    for name, tree in modules().items():
        for imported in imports(tree):
            if name.count(".") and imported.startswith("playground."):
                here, there = name.split(".")[1], imported.split(".")[1]
                if here != there and FLOOR_OF[there] >= FLOOR_OF[here]:
                    wrong.append(f"{name} imports {imported}")
    assert not wrong


def test_there_are_no_circles_not_even_for_types() -> None:
    trees = modules()
    graph = {name: {it for it in imports(tree, for_types=True) if it in trees} - {name} for name, tree in trees.items()}
    for name, imported in graph.items():  # a package's __init__ is run before each of its modules, not the other way
        imported.discard(name.rpartition(".")[0])
    graphlib.TopologicalSorter(graph).prepare()


def test_no_qt_below_the_runtime() -> None:
    low = ("engine", "data", "experiment", "cli", "paths", "language", "registry", "preflight")
    wrong = [
        f"{name} imports {imported}"
        for name, tree in modules().items()
        for imported in imports(tree)
        if name.count(".") and name.split(".")[1] in low and QT.match(imported)
    ]
    assert not wrong


def test_import_linter_keeps_the_contracts(monkeypatch: pytest.MonkeyPatch) -> None:
    use_cases = pytest.importorskip("importlinter.application.use_cases", reason="import-linter is in the dev extra")
    from importlinter.cli import EXIT_STATUS_SUCCESS, lint_imports

    assert use_cases
    assert lint_imports(no_cache=True) == EXIT_STATUS_SUCCESS

"""Tests stand where a reader looks for them: playground/ui/weights/panel.py ↔ tests/ui/weights/test_panel.py."""

from tests.house.source import PACKAGE, ROOT

FLOOR = 0.85
"""The share of modules, at least, that have a test module of the same place and name."""


def test_most_modules_have_a_test_module_of_the_same_place_and_name() -> None:
    modules = [path.relative_to(PACKAGE) for path in PACKAGE.rglob("*.py") if not path.stem.startswith("__")]
    without = [it for it in modules if not (ROOT / "tests" / it.parent / f"test_{it.name}").exists()]
    share = 1 - len(without) / len(modules)
    assert share >= FLOOR, f"{share:.0%}; without one: {', '.join(map(str, sorted(without)))}"

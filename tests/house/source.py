"""The program's own source, as the tests of the house read it."""

import ast
import functools
from pathlib import Path

ROOT = Path(__file__).parents[2]
PACKAGE = ROOT / "playground"


@functools.cache
def modules() -> dict[str, ast.Module]:
    """Return the syntax tree of each module of the program by its dotted name."""
    trees = {}
    for path in sorted(PACKAGE.rglob("*.py")):
        parts = path.relative_to(ROOT).with_suffix("").parts
        name = ".".join(parts[:-1] if parts[-1] == "__init__" else parts)
        trees[name] = ast.parse(path.read_text(encoding="utf-8"), str(path))
    return trees


@functools.cache
def nodes() -> tuple[tuple[str, ast.AST], ...]:
    """Return every node of every module with the module's name; to walk the trees takes a second."""
    return tuple((module, node) for module, tree in modules().items() for node in ast.walk(tree))

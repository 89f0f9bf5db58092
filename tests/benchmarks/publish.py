"""Puts measured figures into the help's page on performance and into the README.

Run ``python -m tests.benchmarks.publish [FILE …] [--machine TEXT]`` with what the benchmarks wrote under ``--json``,
in any order: ``step``, ``growth`` and ``live_window`` are told by what is in them. What a file has takes the place of
the same case or axis, or of the same experiment with the same view and hand;
the rest stays. Without files the README is written anew from the resource.
"""

import argparse
import json
import sys
import textwrap
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any

from playground import language
from playground.ui.shell.performance import Section, Table, figures, sections

WIDTH = 130
ROOT = Path(__file__).parents[2]
RESOURCE = ROOT / "resources" / "performance.json"
README = ROOT / "README.md"
BEGIN, END = "<!-- performance: made by tests.benchmarks.publish -->\n", "<!-- performance: end -->\n"


class UnknownResultsError(Exception):
    """A file that is none of the benchmarks'."""


def merged(known: dict[str, Any], found: Any) -> dict[str, Any]:
    """Return the figures with those of one benchmark's output in their place.

    Raises
    ------
    UnknownResultsError
        Where it is the output of none.
    """
    if isinstance(found, dict) and "cases" in found:
        return {**known, "steps": {**known["steps"], **_steps(found["cases"])}}
    if isinstance(found, list) and found and all("latency_ms" in row for row in found):
        new = [_window(row) for row in found]
        places = {place for row in new for place in _places(row)}
        kept = [row for row in known["window"] if places.isdisjoint(_places(row))]
        return {**known, "window": [*kept, *new]}
    if isinstance(found, dict) and found and all(isinstance(points, list) for points in found.values()):
        axes = {axis: _growth(points) for axis, points in found.items() if axis != "memory"}
        return {**known, "growth": {**known["growth"], **axes}}
    raise UnknownResultsError


def _steps(cases: dict[str, list[dict[str, Any]]]) -> dict[str, list[list[Any]]]:
    """Return microseconds by case and contender, as the page knows them."""
    return {
        case: [[row["contender"], _short(row["cpu"]["median"])] for row in rows if row["cpu"]]
        for case, rows in cases.items()
    }


def _growth(points: list[dict[str, Any]]) -> list[list[float]]:
    """Return size, step, products and their ratio for each point of an axis."""
    return [
        [point["value"], _short(point["gathering"]), _short(point["products"]), _short(point["ratio_gathering"])]
        for point in points
    ]


def _window(row: dict[str, Any]) -> dict[str, Any]:
    """Return a line of the window's table."""
    late = row["latency_ms"]
    return {
        "experiments": [row["experiment"]],
        "view": row["view"],
        "hand": row["hand"],
        "p99": [round(late["p99"], 1)] * 2,
        "throughput": round(row["throughput"], 3),
        "steps_per_second": row["steps_per_second"],
    }


def _places(row: dict[str, Any]) -> set[tuple[str, str, str]]:
    """Return what a line of the window's table is about: experiment, view and hand."""
    return {(name, row["view"], row["hand"]) for name in row["experiments"]}


def _short(value: float) -> float:
    """Return a number with four digits that mean something."""
    return float(f"{value:.4g}")


def markdown(parts: Iterable[Section]) -> str:
    """Return the page as the README has it."""
    return "\n".join(line for part in parts for line in _lines(part))


def _lines(part: Section) -> Iterator[str]:
    """Yield the lines of a section."""
    yield from (f"### {part.title}", "")
    for paragraph in part.paragraphs:
        yield from (*textwrap.wrap(paragraph, WIDTH, break_long_words=False, break_on_hyphens=False), "")
    if part.table is not None:
        yield from (*_table(part.table), "")
    if part.commands:
        yield "```sh"
        for command, sentence in part.commands:
            yield from (f"# {sentence}", command)
        yield from ("```", "")


def _table(table: Table) -> Iterator[str]:
    """Yield the lines of a table, numbers to the right."""
    yield f"| {' | '.join(table.headings)} |"
    yield f"|---|{'---:|' * (len(table.headings) - 1)}"
    for row in table.rows:
        cells = row if any(row[1:]) else (f"**{row[0]}**", *row[1:])
        yield f"| {' | '.join(cells)} |"


def with_page(readme: str) -> str:
    """Return the README with the page in its place."""
    head, begin, rest = readme.partition(BEGIN)
    _old, end, tail = rest.partition(END)
    if not begin or not end:
        raise ValueError("the README has lost the marks around its section on performance")
    language.use("en")
    return f"{head}{BEGIN}\n{markdown(sections())}\n{END}{tail}"


def written(value: dict[str, Any]) -> str:
    """Return the figures as JSON, a line for each case, axis or experiment."""
    lines = [f"  {json.dumps(key)}: {_block(part)}" for key, part in value.items()]
    return "{\n" + ",\n".join(lines) + "\n}\n"


def _block(part: Any) -> str:
    """Return one part as JSON over several lines."""
    if isinstance(part, dict) and part:
        return "{\n" + ",\n".join(f"    {json.dumps(key)}: {json.dumps(it)}" for key, it in part.items()) + "\n  }"
    if isinstance(part, list) and part:
        return "[\n" + ",\n".join(f"    {json.dumps(it)}" for it in part) + "\n  ]"
    return json.dumps(part)


def main() -> None:
    """Read the command line, take the figures, write both."""
    parser = argparse.ArgumentParser(prog="python -m tests.benchmarks.publish", description=__doc__)
    parser.add_argument("files", nargs="*", type=Path, metavar="FILE", help="what a benchmark wrote under --json")
    parser.add_argument("--machine", help="what they were made on: processor, Python, NumPy, peers")
    arguments = parser.parse_args()
    known = figures()
    for file in arguments.files:
        try:
            known = merged(known, json.loads(file.read_text(encoding="utf-8")))
        except (OSError, ValueError, KeyError, TypeError, UnknownResultsError) as error:
            sys.exit(f"{file} is not what a benchmark wrote under --json ({type(error).__name__}: {error}).")
    known["machine"] = arguments.machine or known["machine"]
    RESOURCE.write_text(written(known), encoding="utf-8", newline="\n")
    README.write_text(with_page(README.read_text(encoding="utf-8")), encoding="utf-8", newline="\n")


if __name__ == "__main__":
    main()

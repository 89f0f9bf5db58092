"""The figures of the page on performance stand in one place, and a benchmark's output goes there by one command."""

import json
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from playground import language
from playground.ui.shell import performance
from tests.benchmarks import publish
from tests.benchmarks.cases import CASES
from tests.benchmarks.contenders import CONTENDERS
from tests.house.source import ROOT


@pytest.fixture(autouse=True)
def in_english() -> Iterator[None]:
    before = language.current()
    language.use("en")
    yield
    language.use(before)


def _result(contender: str, median: float | None) -> dict[str, Any]:
    cpu = None if median is None else {"median": median, "low": median, "high": median}
    return {"contender": contender, "title": contender, "cpu": cpu, "turns": []}


STEP = {
    "cases": {
        "mnist": [_result("ours", 200.04), _result("floor", 150.0), _result("jax", None)],
        "spiral": [_result("ours", 15.0), _result("torch", 300.0)],
    },
    "goals": [],
}
POINT = {
    "axis": "hidden",
    "value": 2000,
    "step": 900.0,
    "gathering": 1000.0,
    "products": 800.0,
    "ratio_gathering": 1.25,
}
GROWTH = {"hidden": [POINT], "memory": [{"shape": "x", "peak": 1.0, "needed": 1.0}]}
WINDOW = [
    {
        "experiment": name,
        "view": "default",
        "hand": "drag",
        "latency_ms": {"p50": 0.0, "p99": 4.04},
        "throughput": 0.951,
        "steps_per_second": 80_000,
    }
    for name in ("and", "spiral", "mnist")
]


def test_the_readme_shows_the_figures_of_the_resource() -> None:
    readme = (ROOT / "README.md").read_text(encoding="utf-8")
    assert readme == publish.with_page(readme), "run `python -m tests.benchmarks.publish`"


def test_all_that_is_shown_has_a_name_and_is_measured() -> None:
    for case, times in performance.figures()["steps"].items():
        assert case in performance.CASES
        assert {who for who, _time in times} <= set(performance.CONTENDERS)
    assert set(performance.CASES) <= set(CASES)
    assert set(performance.CONTENDERS) <= set(CONTENDERS)


def test_the_commands_on_the_page_are_there() -> None:
    for command, _sentence in performance.COMMANDS:
        module = command.partition("python -m ")[2].split()[0]
        assert (ROOT / module.replace(".", "/")).with_suffix(".py").is_file()


def test_what_the_benchmarks_write_takes_the_place_of_the_same() -> None:
    batch = [[1, 27.1, 12.3, 2.2]]
    window = [
        {**publish.merged({"window": []}, WINDOW)["window"][0], "experiments": [name], "throughput": 0.5}
        for name in ("digits", "and")
    ]
    window.append({**window[1], "hand": "none"})
    known = {**performance.figures(), "growth": {"batch": batch, "hidden": batch}, "window": window}
    for output in (STEP, GROWTH, WINDOW):
        known = publish.merged(known, json.loads(json.dumps(output)))
    assert known["steps"]["mnist"] == [["ours", 200.0], ["floor", 150.0]]
    assert known["steps"]["and"] == performance.figures()["steps"]["and"]
    assert known["growth"] == {"batch": batch, "hidden": [[2000, 1000.0, 800.0, 1.25]]}
    assert [row["experiments"] for row in known["window"]] == [["digits"], ["and"], ["and"], ["spiral"], ["mnist"]]
    assert [row["hand"] for row in known["window"]] == ["drag", "none", "drag", "drag", "drag"]
    assert [row["throughput"] for row in known["window"]] == [0.5, 0.5, 0.951, 0.951, 0.951]


def test_the_page_shows_what_was_put_there(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    resource, readme = tmp_path / "performance.json", tmp_path / "README.md"
    resource.write_text((ROOT / "resources" / "performance.json").read_text(encoding="utf-8"), encoding="utf-8")
    readme.write_text(f"before\n{publish.BEGIN}old\n{publish.END}after\n", encoding="utf-8")
    monkeypatch.setattr(publish, "RESOURCE", resource)
    monkeypatch.setattr(publish, "README", readme)
    monkeypatch.setattr(performance.paths, "resource", lambda *_parts: resource)
    files = []
    for name, output in (("step", STEP), ("growth", GROWTH), ("window", WINDOW)):
        files.append(tmp_path / f"{name}.json")
        files[-1].write_text(json.dumps(output), encoding="utf-8")
    monkeypatch.setattr(sys, "argv", ["publish", *map(str, files), "--machine", "an abacus"])
    publish.main()
    page = readme.read_text(encoding="utf-8")
    assert page.startswith("before\n")
    assert page.endswith("after\n")
    assert "old\n" not in page
    for line in (
        "| – its matrix products alone | 150 | 0.75 |",
        "| – PyTorch, eager | 300 | 20 |",
        "| hidden units | 2,000 | 1,000 | 800 | 1.25 |",
        "| and | drags | 4.0 | 95% | 80,000 |",
        "On an abacus.",
    ):
        assert line in page
    assert page == publish.with_page(page)


@pytest.mark.parametrize("content", ["", "[]", "{}", '{"cases": {"mnist": [{}]}}', "[{}]", '{"hidden": [{}]}'])
def test_a_file_of_something_else_is_refused(content: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    file = tmp_path / "other.json"
    file.write_text(content, encoding="utf-8")
    monkeypatch.setattr(sys, "argv", ["publish", str(file)])
    with pytest.raises(SystemExit, match="is not what a benchmark wrote"):
        publish.main()

"""What the commands say of a table."""

from pathlib import Path

from tests.cli.conftest import Playground


def test_a_table_is_run_with_the_network_that_suits_it(table: Path, playground: Playground) -> None:
    answer = playground("run", str(table), "--set", "training.stop.epochs=5", "--json")
    assert answer.status == 0
    report = answer.json
    assert report["name"] == "buys"
    assert report["data"] == {
        "name": "csv",
        "rows": 24,
        "train_rows": 19,
        "task": "classification",
        "target": "buys",
        "classes": ["no", "yes"],
        "inputs": ["income", "age"],
        "left_out": {"day": "it holds dates or times, such as “2024-01-01”"},
        "notes": [],
    }


def test_the_report_for_people_says_the_same(table: Path, playground: Playground) -> None:
    answer = playground("run", str(table), "--set", "training.stop.epochs=5")
    assert answer.status == 0
    said = answer.out
    assert "24: 19 to learn from, 5 to test" in said
    assert "buys, a class: no, yes" in said
    assert "income, age" in said
    assert "day: it holds dates or times, such as “2024-01-01”" in said


def test_a_regression_gets_a_linear_output(tmp_path: Path, playground: Playground) -> None:
    table = tmp_path / "lines.tsv"
    table.write_text("x\ty\n" + "".join(f"{k / 4}\t{k / 3 + 1}\n" for k in range(40)), encoding="utf-8")
    answer = playground("run", str(table), "--json")
    assert answer.status == 0
    report = answer.json
    assert report["data"]["task"] == "regression"
    assert report["train"]["accuracy"] is None
    assert report["train"]["loss"] < 0.05  # of a target of deviation 1: half its square is 0.5 at the start


def test_ready_made_data_are_reported_too(playground: Playground) -> None:
    answer = playground("run", "xor-gate", "--set", "training.stop.steps=5", "--json")
    assert answer.status == 0
    data = answer.json["data"]
    assert (data["rows"], data["train_rows"], data["task"], data["classes"]) == (4, 4, "classification", ["0", "1"])
    assert data["left_out"] == {}
    answer = playground("run", "digits", "--set", "training.stop.steps=1", "--json")
    assert answer.status == 0
    assert answer.json["data"]["inputs"] == ["pictures of 8×8 pixels"]

"""``playground run``: trains without a window."""

import json
import os
import select
import signal
import subprocess
import sys
from pathlib import Path

import pytest

from tests.cli.conftest import Playground
from tests.house.source import ROOT

KEYS = {
    "name", "steps", "epochs", "seconds", "training_seconds", "evaluation_seconds", "steps_per_second", "stopped_by",
    "train", "test", "outputs", "weights", "biases", "diagnoses", "history", "seed",
}  # fmt: skip


def test_json_is_one_object_with_the_published_figures(playground: Playground) -> None:
    answer = playground("run", "and-gate-zeros", "--json")
    report = answer.json
    assert answer.status == 0
    assert set(report) >= KEYS
    assert (report["name"], report["steps"], report["stopped_by"]) == ("and-gate-zeros", 10_000, "steps")
    assert len(report["outputs"]) == 4
    assert [round(value, 8) for value in report["weights"][0][0]] == [-2.49072772] * 4


def test_json_carries_the_history_by_step_and_by_evaluation(playground: Playground) -> None:
    report = playground("run", "circle", "--json", "--set", "training.stop.epochs=40").json
    steps, evaluations = report["history"]["by_step"], report["history"]["by_evaluation"]
    assert steps["step"] == [float(k) for k in range(report["steps"])]
    assert len(steps["loss"]) == len(steps["step"])
    assert steps["stride"] == 1
    assert steps["loss"][0] > steps["loss"][-1] > 0
    assert set(evaluations) == {"step", "train_loss", "train_accuracy", "test_loss", "test_accuracy"}
    assert len({len(values) for values in evaluations.values()}) == 1
    assert evaluations["step"][0] == 0
    assert evaluations["step"][-1] == report["steps"]
    for part in ("train", "test"):
        for what in ("loss", "accuracy"):
            assert evaluations[f"{part}_{what}"][-1] == pytest.approx(report[part][what])


def test_the_history_of_a_long_run_stays_small(playground: Playground) -> None:
    answer = playground("run", "and-gate", "--json", "--set", "training.stop.steps=5000")
    steps, evaluations = answer.json["history"]["by_step"], answer.json["history"]["by_evaluation"]
    assert steps["stride"] == 8
    assert 512 < len(steps["step"]) <= 1024
    assert steps["step"][:2] == [3.5, 11.5]
    assert len(evaluations["step"]) <= 1024
    assert evaluations["test_loss"] == [None] * len(evaluations["step"])
    assert len(answer.out) < 100_000


def test_the_table_is_for_reading_and_the_file_has_lists_of_numbers_on_one_line(
    playground: Playground, tmp_path: Path
) -> None:
    file = tmp_path / "report.json"
    answer = playground("run", "height-weight", "--out", str(file))
    assert answer.status == 0
    assert answer.out.startswith("experiment")
    assert all(it in answer.out for it in ("steps       400\n", "100.00 %", "steps/s"))
    assert list(tmp_path.iterdir()) == [file]
    assert json.loads(file.read_text())["name"] == "height-weight"
    lines = file.read_text().splitlines()
    assert len(lines) < 100
    assert any(line.lstrip().startswith('"train_loss": [') and line.endswith("],") for line in lines)


def test_a_run_that_diverges_fails_and_says_so(playground: Playground) -> None:
    argv = ("--set", "training.learning_rate=1e8", "--set", "network.activation=relu", "--set", "network.output=linear")
    answer = playground("run", "and-gate", *argv, "--json")
    assert answer.status == 1
    assert answer.json["stopped_by"] == "diverged"
    assert "diverged" in {found["rule"] for found in answer.json["diagnoses"]}


def test_data_that_cannot_be_had_is_status_2(playground: Playground, tmp_path: Path) -> None:
    table = tmp_path / "ragged.csv"
    table.write_text("a,b,c\n1,2,3\n4,5\n")
    ragged = json.dumps({"name": "csv", "path": str(table)})
    for argv in (("run", "mnist-two-layer"), ("run", "spiral", "--set", f"data={ragged}")):
        answer = playground(*argv)
        assert (answer.status, answer.out) == (2, "")
        assert "Traceback" not in answer.err


@pytest.mark.skipif(sys.platform == "win32", reason="Windows cannot send Ctrl-C to one process")
def test_ctrl_c_stops_cleanly_and_still_reports() -> None:
    import pty
    import termios

    command = [sys.executable, "-m", "playground", "run", "spiral", "--json"]
    command += ["--set", 'training.stop={"steps": 1000000000}']
    reads, writes = pty.openpty()  # on a terminal the bar moves at once
    termios.tcsetwinsize(writes, (24, 100))
    shown = b""
    with subprocess.Popen(command, cwd=ROOT, stdout=subprocess.PIPE, stderr=writes, text=True) as running:
        try:
            while b"k/1.00G" not in shown:
                assert select.select([reads], [], [], 30)[0], shown
                shown += os.read(reads, 1000)
            running.send_signal(signal.SIGINT)
            out, _err = running.communicate(timeout=30)
        finally:
            running.kill()
    os.close(writes)
    shown += os.read(reads, 10_000)
    os.close(reads)
    assert running.returncode == 0, shown
    assert json.loads(out)["stopped_by"] == "interrupted"
    assert b"Traceback" not in shown


TITLE = "\x1b]0;taken over\x07\x9b31m\u202e"


def test_control_characters_out_of_a_file_never_reach_the_terminal(playground: Playground, tmp_path: Path) -> None:
    path = tmp_path / f"odd{TITLE.replace('/', '')}.json"
    rows = {
        "name": "rows",
        "x": [[0, 1], [1, 0], [1, 1], [0, 0]],
        "y": [TITLE, "b", TITLE, "c"],
        "columns": [TITLE, "x"],
    }
    stop = {"stop": {"steps": 300}}
    path.write_text(json.dumps({"name": f"a{TITLE}b", "data": rows, "training": stop}), encoding="utf-8")
    for argv in (("run", str(path)), ("run", str(path), "--json"), ("check", str(path))):
        answer = playground(*argv)
        assert answer.status in (0, 1)
        assert r"a\x1b" in answer.out or r"a\u001b" in answer.out
        assert all(letter.isprintable() or letter == "\n" for letter in answer.out)
    assert json.loads(playground("run", str(path), "--json").out)["name"] == f"a{TITLE}b"
    path.write_text("{", encoding="utf-8")
    for argv in (("run", str(path)), ("run", TITLE), ("run", "and-gate", "--set", f"{TITLE}=1"), ("fetch", TITLE)):
        answer = playground(*argv)
        assert answer.status == 2
        assert all(letter.isprintable() or letter == "\n" for letter in answer.err)


@pytest.mark.parametrize(
    "argv",
    [
        ("run", "x" * 100_000),
        ("run", "and-gate", "--set", "x" * 100_000),
        ("run", "and-gate", "--set", "data.noise=" + "1" * 5_000),
        ("run", "and-gate", "--set", f"network.hidden[{'1' * 5_000}]=3"),
        ("run", "and-gate", "--set", "network.activation=" + "x" * 100_000),
        ("run", "and-gate", "--out", "x" * 100_000),
        ("picture", "and-gate", "--out", "a.png", "--size", "9" * 5_000 + "x1"),
        ("fetch", "x" * 100_000),
        ("fetch", "mnist", "--from", "x" * 100_000),
        ("replay", "x" * 100_000),
        ("x" * 100_000,),
    ],
)
def test_a_word_of_any_length_is_refused_in_a_short_sentence(playground: Playground, argv: tuple[str, ...]) -> None:
    answer = playground(*argv)
    assert answer.status == 2
    assert answer.err.startswith("playground: ")
    assert len(answer.err) < 1_200


@pytest.mark.skipif(sys.platform == "win32", reason="sends a signal of POSIX")
def test_a_run_that_nothing_ends_says_so_at_its_start_and_keeps_the_json_clean() -> None:
    command = [sys.executable, "-m", "playground", "run", "and-gate", "--json", "--set", "training.stop={}"]
    with subprocess.Popen(command, cwd=ROOT, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True) as run:
        assert run.stderr is not None
        said = run.stderr.readline()
        assert said == "Nothing ends this run: Ctrl-C does, or --set training.stop.steps=1000.\n"
        run.stderr.readline()  # of the bar: it has begun to train
        run.send_signal(signal.SIGINT)
        out, _err = run.communicate(timeout=60)
    assert json.loads(out)["stopped_by"] == "interrupted"


def test_a_run_that_ends_by_itself_says_nothing_of_its_end(playground: Playground) -> None:
    for stop in ("steps=5", "epochs=5", "loss_below=1000"):
        assert "Nothing ends" not in playground("run", "and-gate-zeros", "--set", f"training.stop.{stop}").err


def test_classes_that_look_alike_or_have_commas_are_told_apart(playground: Playground, tmp_path: Path) -> None:
    file = tmp_path / "answers.csv"
    file.write_text('a,said\n1,Yes\n2,yes\n3,"no, thanks"\n4,Yes\n', encoding="utf-8")
    out = playground("run", str(file), "--set", "training.stop.steps=1").out
    assert "said, a class: “no, thanks”, “Yes”, “yes”\n" in out
    assert "classes that differ only in upper and lower case: Yes, yes\n" in out


@pytest.mark.skipif(not Path("/dev/stdout").exists(), reason="needs /dev/stdout")
def test_the_report_can_be_written_to_the_standard_output_that_is_a_pipe() -> None:
    command = [sys.executable, "-m", "playground", "run", "and-gate", "--set", "training.stop.steps=3"]
    ran = subprocess.run(
        [*command, "--out", "/dev/stdout"], cwd=ROOT, capture_output=True, text=True, timeout=100, check=False
    )
    assert ran.returncode == 0, ran.stderr
    assert ran.stdout.startswith("{")
    assert "and-gate" in ran.stdout


def test_a_table_is_run_with_the_network_that_suits_it(table: Path, playground: Playground) -> None:
    answer = playground("run", str(table), "--set", "training.stop.epochs=5", "--json")
    assert answer.status == 0
    report = answer.json
    assert report["name"] == "buys"
    given = report["data"]
    trained, scaling = given.pop("training_samples"), given.pop("input_scaling")
    assert len(set(trained)) == 19
    assert [len(scaling[key]) for key in ("mean", "deviation")] == [2, 2]
    assert given == {
        "name": "csv",
        "rows": 24,
        "train_rows": 19,
        "task": "classification",
        "target": "buys",
        "target_unit": "",
        "classes": ["no", "yes"],
        "inputs": ["income", "age"],
        "left_out": {"day": "it holds dates or times, such as “2024-01-01”"},
        "left_out_lines": [],
        "notes": [],
        "target_scaling": None,
    }


def test_the_report_for_people_says_the_same(table: Path, playground: Playground) -> None:
    answer = playground("run", str(table), "--set", "training.stop.epochs=5")
    assert answer.status == 0
    said = answer.out
    assert "24: 19 to learn from, 5 to test" in said
    assert "buys, a class: no, yes" in said
    assert "income, age" in said
    assert "day: it holds dates or times, such as “2024-01-01”" in said


def test_the_error_of_a_number_is_told_in_its_unit(playground: Playground, tmp_path: Path) -> None:
    table = tmp_path / "flats.csv"
    table.write_text("area,rooms,rent\n" + "".join(f"{k},{k % 5},€{400 + 9 * k + k % 7}\n" for k in range(60)), "utf-8")
    asked = ("run", str(table), "--set", "training.stop.epochs=5")
    report = playground(*asked, "--json").json
    deviation, errors = report["data"]["target_scaling"]["deviation"][0], []
    for part in ("train", "test"):
        assert report[part]["rmse"] == pytest.approx((2 * report[part]["loss"]) ** 0.5 * deviation)
        errors.append(f"{report[part]['rmse']:.6g}")
    assert report["data"]["target_unit"] == "€"
    lines = playground(*asked).out.splitlines()
    head = next(k for k, line in enumerate(lines) if line.endswith("RMSE (€)"))
    assert [line.split()[-1] for line in lines[head + 1 : head + 3]] == errors
    assert playground("run", "and-gate", "--set", "training.stop.steps=3", "--json").json["train"]["rmse"] is None


def test_rows_with_gaps_are_left_out_and_named(table: Path, playground: Playground) -> None:
    lines = table.read_text(encoding="utf-8").split("\n")
    table.write_text("\n".join([lines[0], *(line.replace(",20,", ",,") for line in lines[1:])]), encoding="utf-8")
    refused = playground("run", str(table))
    assert refused.status == 2
    assert "leave out the column or the rows with gaps (data.leave_out_gaps=true)." in refused.err
    asked = ("run", str(table), "--set", "data.leave_out_gaps=true", "--set", "training.stop.epochs=5")
    assert "8 rows with gaps (lines 2, 5, 8, 11, 14, …)" in playground(*asked).out
    data = playground(*asked, "--json").json["data"]
    assert data["rows"] == 16
    assert data["left_out_lines"] == [2, 5, 8, 11, 14, 17, 20, 23]


def test_a_table_is_read_as_the_changes_ask_for(table: Path, playground: Playground) -> None:
    """By itself it could not be read at all, and the network suits what is asked for."""
    table.write_text("a,price,when\n" + "".join(f"{k},{k / 3},\n" for k in range(30)), encoding="utf-8")
    with table.open("a", encoding="utf-8") as file:
        file.write("".join(f"{k},{k / 3},2024-01-{k:02}\n" for k in range(1, 30)))
    assert "holds dates" in playground("run", str(table)).err
    answer = playground("run", str(table), "--set", "data.target=price", "--set", "training.stop.epochs=5", "--json")
    assert answer.json["data"]["task"] == "regression"
    assert answer.json["train"]["accuracy"] is None


def test_ready_made_data_are_reported_too(playground: Playground) -> None:
    changes = ("--set", "data=xor", "--set", "training.stop.steps=5", "--set", "seed=3")
    answer = playground("run", "and-gate", *changes, "--json")
    assert (answer.status, answer.json["steps"], answer.json["seed"]) == (0, 5, 3)
    data = answer.json["data"]
    assert (data["rows"], data["train_rows"], data["task"], data["classes"]) == (4, 4, "classification", ["0", "1"])
    assert data["left_out"] == {}
    answer = playground("run", "digits", "--set", "training.stop.steps=1", "--json")
    assert answer.json["data"]["inputs"] == ["pictures of 8×8 pixels"]

import json
import signal

import numpy as np
import pytest

from playground.experiment.config import edits, tables
from playground.experiment.config.presets import PRESETS
from playground.experiment.config.schema import StopConfig
from playground.experiment.runner import RunReport, run_to_end


def test_the_report_has_what_the_documentation_says():
    report = run_to_end(PRESETS["and-gate-zeros"].config)
    assert set(report) == RunReport.__required_keys__
    assert (report["name"], report["steps"], report["epochs"]) == ("and-gate-zeros", 10_000, 10_000)
    assert (report["stopped_by"], report["seed"], report["test"]) == ("steps", 42, None)
    assert report["train"]["accuracy"] == 1
    assert [f"{row[0]:.8e}" for row in report["outputs"]] == [
        "3.22480024e-04",
        "2.22335711e-02",
        "2.22335711e-02",
        "9.57711099e-01",
    ]
    assert [len(rows) for rows in report["weights"]] == [2, 4]
    assert [len(row) for row in report["biases"]] == [4, 1]
    assert report["diagnoses"][0]["rule"] == "identical-units"
    assert report["steps_per_second"] == pytest.approx(report["steps"] / report["training_seconds"])
    assert report["seconds"] >= report["training_seconds"] + report["evaluation_seconds"]
    assert json.loads(json.dumps(report, allow_nan=False)) == report


def test_digits_are_learnt_and_outputs_end_at_a_hundred_rows():
    report = run_to_end(PRESETS["digits"].config)
    assert report["test"]["accuracy"] > 0.9
    assert len(report["outputs"]) == len(report["output_samples"]) == 100
    assert report["output_samples"][0] >= 1
    assert report["data"]["training_samples"] == []


def test_the_report_on_a_table_has_all_that_is_needed_to_predict_from_it(tmp_path):
    x = np.random.default_rng(5).normal(3.0, 2.0, (150, 2))
    y = 40.0 * x[:, 0] - 7.0 * x[:, 1] ** 2 + 1000.0
    path = tmp_path / "prices.csv"
    np.savetxt(path, np.column_stack([x, y]), delimiter=",", header="a,b,price", comments="", fmt="%.6f")
    report = run_to_end(edits.change(tables.opened(path), "training.stop.epochs", 5))
    data = report["data"]
    trained, inputs, target = data["training_samples"], data["input_scaling"], data["target_scaling"]
    assert report["output_samples"] == trained[:100]
    assert len(trained) == data["train_rows"] == 120
    np.testing.assert_allclose(x[np.array(trained) - 1].mean(axis=0), inputs["mean"], rtol=1e-5)
    a = (x[np.array(trained[:100]) - 1] - inputs["mean"]) / inputs["deviation"]
    a = np.tanh(a @ report["weights"][0] + report["biases"][0])
    predicted = (a @ report["weights"][1] + report["biases"][1]) * target["deviation"] + target["mean"]
    np.testing.assert_allclose(report["outputs"], predicted, rtol=1e-4)


def test_many_parameters_are_left_out():
    config = edits.change(edits.set_hidden(PRESETS["digits"].config, (200,)), "training.stop.steps", 1)
    report = run_to_end(config)
    assert report["weights"] is None
    assert report["biases"] is None


def test_a_diverged_run_is_reported_in_finite_numbers():
    config = edits.change(
        edits.change(PRESETS["hills"].config, "training.optimizer", "sgd"), "training.learning_rate", 100.0
    )
    report = run_to_end(config)
    assert report["stopped_by"] == "diverged"
    assert report["diagnoses"][0]["rule"] == "diverged"
    json.dumps(report, allow_nan=False)


def test_ctrl_c_stops_cleanly_and_still_reports():
    config = edits.change(PRESETS["spiral"].config, "training.stop", StopConfig())

    def press(done, total):
        assert total is None
        if done:
            signal.raise_signal(signal.SIGINT)

    before = signal.getsignal(signal.SIGINT)
    report = run_to_end(config, press)
    assert report["stopped_by"] == "interrupted"
    assert report["steps"] > 0
    assert signal.getsignal(signal.SIGINT) is before


def test_progress_knows_how_many_steps_there_will_be():
    told = []
    run_to_end(
        edits.change(PRESETS["moons"].config, "training.stop.epochs", 3), lambda done, total: told.append((done, total))
    )
    assert told[-1] == (75, 75)

"""The command that measures the runs."""

import json

from playground.experiment.articles.runs import CASES
from playground.experiment.articles.starts import FILE
from tests.experiment.articles import measure as measuring


def test_what_is_known_is_kept_and_what_is_missing_is_measured(capsys):
    case, seeds = CASES["height-weight"], measuring.SEEDS["height-weight"]
    known = {str(seed): [float(seed)] for seed in seeds if seed != seeds[1]}
    found = measuring.measure("height-weight", case, known)
    assert list(found) == [str(seed) for seed in seeds]
    assert found[str(seeds[0])] == [1001.0]
    assert len(found[str(seeds[1])]) == 2
    assert "seed 1002" in capsys.readouterr().err


def test_the_file_says_how_it_was_made(tmp_path):
    file = tmp_path / FILE
    runs = {"height-weight": {"1": [0.5, 0.25]}, "eta 1": {"2": [1.0]}}
    measuring.write(file, runs)
    held = json.loads(file.read_text())
    assert held["runs"] == runs
    assert "after 100 epochs" in held["made"]["recorded"]["height-weight"]
    assert held["made"]["command"] == measuring.COMMAND
    assert held["made"]["numpy"]

"""Measures the runs from many random starts that `replay` compares with: ``resources/article_runs.json``.

For developers, where an experiment, the engine or the random numbers change::

    OPENBLAS_NUM_THREADS=1 python -m tests.experiment.articles.measure [CASE …] [--again]

It needs MNIST and about a quarter of an hour. Runs that the file has already are kept unless ``--again`` is given; the
file is written after each case, so it can be broken off.
"""

import argparse
import json
import sys
from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path
from typing import Any

import numpy as np

from playground import paths
from playground.experiment.articles.runs import CASES, Case, book, nielsen, two_layer
from playground.experiment.articles.starts import FILE
from playground.experiment.config import edits
from playground.experiment.config.schema import ExperimentConfig, InitialChoice

COMMAND = "OPENBLAS_NUM_THREADS=1 python -m tests.experiment.articles.measure"
DIGITS = 7


def _gaussian(config: ExperimentConfig) -> ExperimentConfig:
    return edits.change(config, "network.initial", InitialChoice("gaussian", std=0.05))


TWINS: Mapping[str, Case] = {
    "20 hidden units": Case("mnist-two-layer", two_layer, lambda it: edits.set_hidden(it, (20,))),
    "rate 0.09": Case("mnist-two-layer", two_layer, lambda it: edits.change(it, "training.learning_rate", 0.09)),
    "standard deviation 0.05": Case("mnist-two-layer", two_layer, _gaussian),
    "15 hidden units": Case("mnist-nielsen", nielsen, lambda it: edits.set_hidden(book(it), (15,))),
    "eta 1": Case("mnist-nielsen", nielsen, lambda it: edits.change(book(it), "training.learning_rate", 1.0)),
}
"""Experiments that are nearly those of the articles: none of them may pass for one."""

SEEDS: Mapping[str, range] = {
    "mnist-two-layer": range(101, 151),
    "mnist-first-step": range(101, 501),
    "mnist-nielsen": range(101, 201),
    "and-gate": range(101, 201),
    "height-weight": range(1001, 3001),
    **dict.fromkeys(TWINS, range(101, 105)),
}
"""Those of the starts that are measured, by case."""


def main(argv: Sequence[str] | None = None) -> int:
    """Measure what is missing and write the file."""
    cases = {**CASES, **TWINS}
    parser = argparse.ArgumentParser(prog=COMMAND)
    parser.add_argument("cases", metavar="CASE", nargs="*", choices=[*cases, []])
    parser.add_argument("--again", action="store_true")
    asked = parser.parse_args(argv)
    file = paths.resource("pages").with_name(FILE)
    runs: dict[str, Any] = json.loads(file.read_text(encoding="utf-8"))["runs"] if file.exists() else {}
    for name in asked.cases or cases:
        known = {} if asked.again else runs.get(name, {})
        runs[name] = measure(name, cases[name], known)
        write(file, {known: runs[known] for known in cases if known in runs})
    return 0


def measure(name: str, case: Case, known: dict[str, list[float]]) -> dict[str, list[float]]:
    """Return the numbers of a case's runs by seed, those that are known as they are."""
    seeds = SEEDS[name]
    missing = [seed for seed in seeds if str(seed) not in known]
    found = dict(known)
    for seed in missing:
        found[str(seed)] = rounded(case.record(case.trainer(seed)))
        sys.stderr.write(f"\r{name}: seed {seed} of {seeds[-1]} ")
        sys.stderr.flush()
    return {str(seed): found[str(seed)] for seed in seeds}


def recorded(names: Iterable[str]) -> dict[str, str]:
    """Return for each case which numbers of a run there are, in one sentence."""
    cases = {**CASES, **TWINS}
    return {name: (cases[name].record.__doc__ or "").partition("\n")[0] for name in names}


def rounded(values: Sequence[float]) -> list[float]:
    """Return numbers with as many digits as are kept."""
    return [float(f"{value:.{DIGITS}g}") for value in values]


def write(file: Path, runs: dict[str, dict[str, list[float]]]) -> None:
    """Write the runs, one per line, and how they were made."""
    made = {"command": COMMAND, "numpy": np.__version__, "digits": DIGITS, "recorded": recorded(runs)}
    cases = [
        f"{json.dumps(name)}: {{\n"
        + ",\n".join(f"{json.dumps(seed)}: {json.dumps(run)}" for seed, run in by.items())
        + "}"
        for name, by in runs.items()
    ]
    text = f'{{"made": {json.dumps(made)},\n"runs": {{\n' + ",\n".join(cases) + "}}\n"
    file.write_text(text, encoding="utf-8")


if __name__ == "__main__":
    sys.exit(main())

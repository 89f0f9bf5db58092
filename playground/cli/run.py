"""``playground run``: trains without a window; progress on stderr, the result on stdout."""

import argparse
from collections.abc import Sequence
from contextlib import closing
from pathlib import Path

from playground.cli import experiments, progress, tables
from playground.cli.command import DONE, FAILED, Window, tell
from playground.data.table.table import gaps_text
from playground.experiment.config.files import check_writable, write_whole
from playground.experiment.config.schema import ExperimentConfig, StopConfig
from playground.experiment.runner import DataReport, RunReport, run_to_end
from playground.language import N_, _
from playground.registry import listed, printable, shown

NAME = "run"
SENTENCE = N_("Trains without a window and reports how it went.")

MOST_ROWS = 10
MOST_PARAMETERS = 60
"""More outputs, or weights and biases, than this are for ``--json``, not for reading."""

MOST_NAMES = 12
"""More columns or classes than this are counted; ``--json`` has them all."""

STOPPED_BY = {
    "steps": N_("the step limit"),
    "epochs": N_("the epoch limit"),
    "loss_below": N_("the target loss"),
    "accuracy_above": N_("the target accuracy"),
    "diverged": N_("divergence: the numbers overflowed"),
    "interrupted": N_("you"),
}


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Add the command's arguments."""
    experiments.add_arguments(parser)
    parser.add_argument("--json", action="store_true", help=_("print one JSON object"))
    parser.add_argument("--out", metavar=_("FILE"), type=Path, help=_("write the JSON object to a file"))


def command(arguments: argparse.Namespace, _window: Window) -> int:
    """Train the experiment, print the report, and return the exit status."""
    return train_and_report(experiments.asked(arguments), arguments.json, arguments.out)


def train_and_report(config: ExperimentConfig, as_json: bool = False, out: Path | None = None) -> int:
    """Train with progress on stderr, print the report, and write it where that is asked for; return the exit status."""
    if out is not None:
        check_writable(out)
    if config.training.stop == StopConfig():
        tell(_("Nothing ends this run: Ctrl-C does, or --set training.stop.steps=1000."))
    with closing(progress.Bar(_("step"), scale=True)) as bar:
        report = run_to_end(config, bar.advance)
    text = tables.to_json(report)
    try:
        if out is not None:
            write_whole(out, text + "\n")
    finally:  # the run may have taken hours: what came of it is told even where the file cannot be had
        print(text if as_json else printable(described(report)))
    return FAILED if report["stopped_by"] == "diverged" else DONE


def described(report: RunReport) -> str:
    """Return the report as people read it."""
    parts = [_facts(report), _described_data(report["data"]), _metrics(report)]
    parts += [_outputs(report), _weights(report)]
    parts += [f"• {diagnosis['sentence']}" for diagnosis in report["diagnoses"]]
    return "\n\n".join(part for part in parts if part)


def _facts(report: RunReport) -> str:
    seconds = _("{all:.2f} s: {training:.2f} s of training, {evaluation:.2f} s of evaluation").format(
        all=report["seconds"], training=report["training_seconds"], evaluation=report["evaluation_seconds"]
    )
    ended_by = STOPPED_BY[report["stopped_by"] or "interrupted"]
    rows = [
        [_("experiment"), report["name"]],
        [_("steps"), tables.number(report["steps"])],
        [_("epochs"), tables.number(report["epochs"])],
        [_("ended by"), _(ended_by)],
        [_("time"), seconds],
        [_("speed"), _("{rate} steps/s").format(rate=tables.number(report["steps_per_second"], 4))],
        [_("seed"), str(report["seed"])],
    ]
    return tables.table(rows)


def _described_data(data: DataReport) -> str:
    """Return rows, target, inputs, what was left out and why, one fact per line."""
    rows = [[_("rows"), tables.number(data["rows"])]]
    tested = data["rows"] - data["train_rows"]
    if tested:
        sentence = _("{rows}: {train} to learn from, {test} to test")
        counts = (tables.number(number) for number in (data["rows"], data["train_rows"], tested))
        rows[0][1] = sentence.format(**dict(zip(("rows", "train", "test"), counts, strict=True)))
    target = shown(data["target"])
    if data["task"] == "classification":
        sentence = _("{target}, a class: {names}")
        rows.append([_("predicted"), sentence.format(target=target, names=_listed(data["classes"]))])
    else:
        rows.append([_("predicted"), _("{target}, a number").format(target=target)])
    rows.append([_("from"), _listed(data["inputs"])])
    out = [f"{shown(column)}: {reason}" for column, reason in data["left_out"].items()]
    if len(out) > MOST_NAMES:
        more = _("and {n} more columns").format(n=tables.number(len(out) - MOST_NAMES))
        out = [*out[:MOST_NAMES], more]
    if data["left_out_lines"]:
        out.append(gaps_text(data["left_out_lines"]))
    rows += [[_("left out") if place == 0 else "", text] for place, text in enumerate(out)]
    rows += [[_("note") if place == 0 else "", note] for place, note in enumerate(data["notes"])]
    return tables.table(rows)


def _listed(names: Sequence[str]) -> str:
    """Return names in one line, the first of them where they are many."""
    few = listed(names[:MOST_NAMES])
    return few if len(names) <= MOST_NAMES else _("{names}, … ({n} in all)").format(names=few, n=f"{len(names):,}")


def _metrics(report: RunReport) -> str:
    columns = [[_("part"), _("training"), _("test")]]
    parts = [part for part in (report["train"], report["test"]) if part is not None]
    columns.append([_("loss"), *(tables.number(part["loss"]) for part in parts)])
    if report["train"]["accuracy"] is not None:
        columns.append([_("accuracy"), *(tables.percent(part["accuracy"]) for part in parts)])
    if report["train"]["rmse"] is not None:
        unit = report["data"]["target_unit"]
        heading = f"{_('RMSE')} ({shown(unit)})" if unit else _("RMSE")
        columns.append([heading, *(tables.number(part["rmse"]) for part in parts)])
    return tables.table(list(zip(*columns, strict=False)), numbers=(1, 2, 3))


def _outputs(report: RunReport) -> str:
    outputs = list(zip(report["output_samples"], report["outputs"], strict=True))
    if len(outputs) > MOST_ROWS:
        return ""
    rows = [[str(number), *(tables.number(value, 9) for value in row)] for number, row in outputs]
    return _("outputs, sample by sample") + "\n" + tables.table(rows, numbers=range(99), indent="  ")


def _weights(report: RunReport) -> str:
    layers = list(zip(report["weights"] or [], report["biases"] or [], strict=True))
    if not layers or sum((len(weight) + 1) * len(bias) for weight, bias in layers) > MOST_PARAMETERS:
        return ""
    lines = []
    for number, (weight, bias) in enumerate(layers, 1):
        lines.append(_("layer {k}: weights, one row per input, then biases").format(k=number))
        rows = [[tables.number(value, 9) for value in row] for row in [*weight, bias]]
        lines.append(tables.table(rows, numbers=range(99), indent="  "))
    return "\n".join(lines)

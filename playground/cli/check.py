"""``playground check``: backpropagation beside numerical differentiation, layer by layer."""

import argparse
from dataclasses import asdict
from typing import Any

from playground.cli import experiments, tables
from playground.cli.command import DONE, FAILED, Window
from playground.engine.activations import ACTIVATIONS
from playground.engine.gradient_check import CORNER, TOLERANCE, GradientCheck, WorstParameter, check_gradient
from playground.experiment.training.building import build_network, prepare_data
from playground.language import N_, _, ngettext
from playground.registry import printable

NAME = "check"
SENTENCE = N_("Checks backpropagation against numerical differentiation, layer by layer.")

ROWS = 10
"""So many rows of the training part are enough: a wrong formula is wrong for each."""


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Add the command's arguments."""
    experiments.add_arguments(parser)
    parser.add_argument("--json", action="store_true", help=_("print one JSON object"))


def command(arguments: argparse.Namespace, _window: Window) -> int:
    """Check the gradient at the start of the experiment."""
    config = experiments.asked(arguments)
    data = prepare_data(config)
    network = build_network(config, data)
    x, t = data.x_train[:ROWS], data.t_train[:ROWS]
    checked = check_gradient(network, x, t, config.training.loss)
    if arguments.json:
        print(tables.to_json({"name": config.name, "rows": len(x), **_as_object(checked)}))
    else:
        _show(config.name, len(x), checked)
    return DONE if checked.passes else FAILED


def _show(name: str, rows: int, checked: GradientCheck) -> None:
    title = ngettext("{name}: the gradient over {n} sample", "{name}: the gradient over {n} samples", rows)
    print(printable(title.format(name=name, n=rows)))
    headings = [_("layer"), "", _("relative error"), _("at"), _("backpropagation"), _("numerical"), ""]
    lines = [headings]
    for number, layer in enumerate(checked.layers, 1):
        lines.append([str(number), *_cells(_("weights"), layer.weight)])
        if layer.bias is not None:
            lines.append(["", *_cells(_("biases"), layer.bias)])
    print(tables.table(lines, numbers=(0, 2, 4, 5)))
    if checked.error <= TOLERANCE:
        sentence = _("They agree: the largest relative error is {error:.1e}; up to {tolerance:g} is allowed.")
    else:
        sentence = _("They differ: the largest relative error is {error:.1e}; only {tolerance:g} is allowed.")
    print(sentence.format(error=checked.error, tolerance=TOLERANCE))
    if checked.corner is not None:
        print(printable(_(CORNER).format(activation=_(ACTIVATIONS[checked.corner].label))))


def _cells(what: str, worst: WorstParameter) -> list[str]:
    place = "[" + ", ".join(map(str, worst.index)) + "]"
    verdict = "✓" if worst.error <= TOLERANCE else "✗"
    return [what, f"{worst.error:.1e}", place, f"{worst.backprop:.9g}", f"{worst.numerical:.9g}", verdict]


def _as_object(checked: GradientCheck) -> dict[str, Any]:
    layers = [
        {"weights": asdict(layer.weight), "biases": None if layer.bias is None else asdict(layer.bias)}
        for layer in checked.layers
    ]
    return {
        "passes": checked.passes,
        "error": checked.error,
        "tolerance": TOLERANCE,
        "corner": checked.corner,
        "layers": layers,
    }

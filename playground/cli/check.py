"""``playground check``: backpropagation beside numerical differentiation, layer by layer."""

import argparse
from typing import Any

import numpy as np

from playground.cli import experiments, tables
from playground.cli.command import DONE, FAILED, Window
from playground.engine.activations import ACTIVATIONS
from playground.engine.gradient_check import CORNER, TOLERANCE, GradientCheck, LayerCheck, check_gradient
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
        for k, (what, worst) in enumerate(_worst(layer).items()):
            lines.append(["" if k else str(number), *_cells(_(what), worst)])
    print(tables.table(lines, numbers=(0, 2, 4, 5)))
    if checked.agrees:
        sentence = _("They agree: the largest relative error is {error:.1e}; up to {tolerance:g} is allowed.")
    else:
        sentence = _("They differ: the largest relative error is {error:.1e}; only {tolerance:g} is allowed.")
    print(sentence.format(error=checked.error, tolerance=TOLERANCE))
    if checked.corner is not None:
        print(printable(_(CORNER).format(activation=_(ACTIVATIONS[checked.corner].label))))


def _worst(layer: LayerCheck) -> dict[str, dict[str, Any]]:
    """Return the weight and the bias whose two gradients differ most, each with its place; only what is trained."""
    parts: dict[str, Any] = {N_("weights"): slice(len(layer.inputs)), **({N_("biases"): -1} if layer.has_bias else {})}
    worst = {}
    for what, part in parts.items():
        error, backprop, numerical = (values[part] for values in (layer.error, layer.backprop, layer.numerical))
        place = np.unravel_index(int(error.argmax()), error.shape)
        numbers = {"backprop": float(backprop[place]), "numerical": float(numerical[place])}
        worst[what] = {"error": float(error[place]), "index": [int(k) for k in place], **numbers}
    return worst


def _cells(what: str, worst: dict[str, Any]) -> list[str]:
    verdict = "✓" if worst["error"] <= TOLERANCE else "✗"
    backprop, numerical = f"{worst['backprop']:.9g}", f"{worst['numerical']:.9g}"
    return [what, f"{worst['error']:.1e}", str(worst["index"]), backprop, numerical, verdict]


def _as_object(checked: GradientCheck) -> dict[str, Any]:
    worst = map(_worst, checked.layers)
    return {
        "passes": checked.passes,
        "error": checked.error,
        "tolerance": TOLERANCE,
        "corner": checked.corner,
        "layers": [{"weights": it["weights"], "biases": it.get("biases")} for it in worst],
    }

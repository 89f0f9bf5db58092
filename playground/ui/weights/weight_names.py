"""What layers, units and weights are called, and what is said about them."""

from itertools import pairwise

import numpy as np

from playground.data.dataset import translated
from playground.experiment.probes.snapshot import RunInfo
from playground.language import _
from playground.ui.canvas.images import Array
from playground.ui.core.labels import output_names
from playground.ui.core.ticks import value_label


def layer_title(info: RunInfo, layer: int) -> str:
    """Return the name of a layer, 0 being the inputs, such as ``"units of layer 1"``."""
    if layer == 0:
        return _("inputs")
    if layer == len(info.sizes) - 1:
        return _("outputs")
    return _("units of layer {k}").format(k=layer)


def short_titles(info: RunInfo) -> tuple[str, ...]:
    """Return what the layers with weights are called where there is little room: by number, the last one by name."""
    return (*(_("layer {k}").format(k=k) for k in range(1, len(info.sizes) - 1)), _("outputs"))


def step_titles(info: RunInfo) -> tuple[str, ...]:
    """Return what leads from each layer to the next: ``"inputs → layer 1"``."""
    names = (layer_title(info, 0), *short_titles(info))
    return tuple(f"{one} → {other}" for one, other in pairwise(names))


def unit_names(info: RunInfo, layer: int) -> tuple[str, ...]:
    """Return what the units of a layer are called."""
    data, sizes = info.data, info.sizes
    if layer == 0:
        return tuple(translated(name) for name in data.input_names)
    if layer == len(sizes) - 1:
        return output_names(data)
    return tuple(str(k + 1) for k in range(sizes[layer]))


def whole_layer(info: RunInfo, flat: Array, layer: int) -> Array:
    """Return the weights of a layer out of a flat vector, (n_in, n_out); biases, if any, as one more row."""
    weights, biases = info.layers_of(flat)
    return np.vstack([weights[layer], biases[layer]]) if info.config.network.has_biases else weights[layer]


def link_names(info: RunInfo, layer: int) -> tuple[str, ...]:
    """Return what each number of `whole_layer` is called, row by row: ``"x1 → 2"``, ``"bias → 2"``."""
    rows = (*unit_names(info, layer), *((_("bias"),) if info.config.network.has_biases else ()))
    return tuple(f"{row} → {unit}" for row in rows for unit in unit_names(info, layer + 1))


def describe_spread(now: Array, start: Array) -> str:
    """Return mean and standard deviation of the weights of a layer, now and at the start."""
    return _(
        "{count:,} weights with mean {mean} and standard deviation {std}; at the start {mean_start} and {std_start}, "
        "which the outline shows."
    ).format(
        count=now.size,
        mean=_short(float(now.mean())),
        std=_short(float(now.std())),
        mean_start=_short(float(start.mean())),
        std_start=_short(float(start.std())),
    )


def _short(value: float) -> str:
    """Write a number with three digits; what rounding alone has left of zero is zero."""
    return value_label(float(f"{value:.3g}")) if abs(value) > 1e-12 else "0"

"""What is at a place of the network diagram, in words and numbers that add up."""

import numpy as np

from playground.experiment.explain.formula import softmax_formula, unit_formula
from playground.language import _
from playground.ui.canvas.network_layout import Hit
from playground.ui.core import number_text
from playground.ui.core.ticks import number_label, value_label
from playground.ui.diagram.network_scene import Scene


def describe(scene: Scene, hit: Hit, shown: int = 0) -> str:
    """Return name and present value of a link, a bias, a unit, with the unit's formula for the current sample.

    `shown` is how many units of the layer are shown, for the line that says how many are not.
    """
    layer, unit = hit.layer, hit.unit
    if hit.kind == "image":
        return _("{n} inputs, one per pixel").format(n=scene.sizes[0])
    if hit.kind == "more":
        sentence = _("{shown} of {n} units, the most different first. Click for more.")
        return sentence.format(shown=shown, n=scene.sizes[layer])
    if hit.kind == "link":
        return _link(scene, hit)
    lines = [scene.unit_name(layer, unit)]
    if layer > 0 and scene.has_biases and len(scene.biases) >= layer:
        lines.append(_("bias {value}").format(value=value_label(float(scene.biases[layer - 1][unit]))))
    if hit.kind == "unit":
        lines += _unit(scene, layer, unit) + _picture(scene, layer)
    return "\n".join(lines)


def _link(scene: Scene, hit: Hit) -> str:
    if is_from_image(scene, hit):
        sentence = _("{n} weights, one per pixel: the picture in the unit")
        return "\n".join([scene.unit_name(hit.layer, hit.unit), sentence.format(n=scene.sizes[0])])
    ends = scene.unit_name(hit.layer - 1, hit.source), scene.unit_name(hit.layer, hit.unit)
    line = _("{source} → {target}").format(source=ends[0], target=ends[1])
    if len(scene.weights) < hit.layer:
        return line
    value = float(scene.weights[hit.layer - 1][hit.source, hit.unit])
    return line + "\n" + _("weight {value}").format(value=value_label(value))


def _unit(scene: Scene, layer: int, unit: int) -> list[str]:
    """Return the lines with a unit's output for the current sample, as a formula."""
    if scene.values is None or len(scene.weights) < layer:
        return []
    if layer == 0:
        return [_("input {value}").format(value=value_label(float(scene.values[0][unit])))]
    lines = [_unbroken(line) for line in formula(scene, layer, unit).split("\n")]
    if layer == scene.last and scene.in_units is not None:
        value = float(scene.in_units(scene.values[layer][None])[0, unit])
        lines.append(_("The target is scaled: in its own units this is {value}.").format(value=value_label(value)))
    return lines


def _picture(scene: Scene, layer: int) -> list[str]:
    """Return the line that says what the picture in a unit shows where that is not its output over the plane."""
    tiles, count = scene.tiles.get(layer), scene.sizes[layer - 1]
    if tiles is None or not tiles.are_weights:
        return []
    if layer == 1 and scene.image_shape is not None:
        return [_("Picture: the {n} weights, one per pixel").format(n=count)]
    if count == 1:
        return [_("Picture: the weight")]
    words = _("Picture: the {n} weights, from {first} (top) to {last}")
    if tiles.pixels.shape[2] > 1:
        words = _("Picture: the {n} weights, row by row from {first} to {last}")
    ends = scene.unit_name(layer - 1, 0), scene.unit_name(layer - 1, count - 1)
    return [words.format(n=count, first=ends[0], last=ends[1])]


def _unbroken(text: str) -> str:
    """Return a formula in which no line ends with a sign: it goes on with the number on the next."""
    for sign in "=≈+−":
        text = text.replace(f" {sign} ", f" {sign}\u00a0")
    return text


def formula(scene: Scene, layer: int, unit: int) -> str:
    """Return a unit's formula with the numbers of the current sample: ``σ(1.2·0.5 − 0.7·1 + 0.3) = σ(0.2) = 0.55``.

    For softmax, whose outputs depend on one another, there is a second line for what follows from all the sums.
    """
    assert scene.values is not None
    weight, bias, below = scene.weights[layer - 1], scene.biases[layer - 1], scene.values[layer - 1]
    output, function = float(scene.values[layer][unit]), scene.functions[layer - 1]
    own_bias = float(bias[unit]) if scene.has_biases else None
    sum_ = unit_formula(weight[:, unit], below, own_bias, function, output)
    if function != "softmax":
        return sum_.text
    z = below.astype(np.float64) @ weight.astype(np.float64) + bias
    return _("z = {sum}").format(sum=sum_.text) + "\n" + softmax_formula(z, unit, output).text


def is_from_image(scene: Scene, hit: Hit) -> bool:
    """Return whether a link stands for all the weights of a unit's inputs, one a pixel."""
    return hit.kind == "link" and hit.layer == 1 and scene.image_shape is not None


def short_value(value: float) -> str:
    """Return a unit's output in at most six characters: ``0.55``, ``−12.3``, ``4e-4``."""
    size = abs(value)
    if 0 < size < 0.005:
        return number_text.scientific(value, 1)
    if not size < 9999.5:
        return number_label(float(f"{value:.2g}")) if np.isfinite(value) else value_label(value)
    decimals = 2 if size < 9.995 else 1 if size < 99.95 else 0
    return f"{value:.{decimals}f}".replace("-", "−")

"""The formulas in the diagram, worked out by hand from what is shown."""

import numpy as np
import pytest

from playground.engine.activations import ACTIVATIONS, OUTPUTS
from playground.engine.network import Network
from playground.ui.canvas.network_layout import Hit
from playground.ui.diagram.network_scene import Scene
from playground.ui.diagram.network_text import describe, short_value
from tests.experiment.explain.test_formula import check


def scene_of(network: Network, sample: np.ndarray, biases: bool = True) -> Scene:
    names = tuple(f"x{k + 1}" for k in range(network.sizes[0]))
    outputs = tuple(f"y{k + 1}" for k in range(network.sizes[-1]))
    functions = (*network.activations, network.output)
    values = [layer[0] for layer in network.activations_of(sample[None])]
    parameters = (network.weights, network.biases)
    return Scene(network.sizes, names, outputs, functions, None, biases, *parameters, values=values)


def test_what_is_shown_of_a_unit_adds_up_in_random_networks() -> None:
    for seed in range(24):
        rng = np.random.default_rng(seed)
        sizes = tuple(int(k) for k in rng.integers(1, 12, rng.integers(2, 5)))
        activations = rng.choice(list(ACTIVATIONS), len(sizes) - 2).tolist()
        output = str(rng.choice(list(OUTPUTS)))
        bias = str(rng.choice(["unit", "layer", "none"]))
        network = Network(sizes, activations, output, bias, np.float32 if seed % 4 == 0 else np.float64)
        network.parameters[...] = rng.normal(0, 2, network.parameters.size)
        if bias == "none":
            for biases in network.biases:
                biases[...] = 0
        scene = scene_of(network, rng.normal(size=sizes[0]), bias != "none")
        for layer in range(1, len(sizes)):
            for unit in range(sizes[layer]):
                lines = describe(scene, Hit("unit", layer, unit)).replace("\u00a0", " ").split("\n")
                formulas = lines[2:] if bias != "none" else lines[1:]
                is_softmax = layer == len(sizes) - 1 and output == "softmax"
                assert len(formulas) == (2 if is_softmax else 1)
                for text in formulas:
                    check(text.removeprefix("z = "))
                shown = float(formulas[-1].rpartition(" ")[2].replace("−", "-"))
                assert shown == pytest.approx(float(scene.values[layer][unit]), rel=1e-3, abs=1e-12)


def test_the_formula_of_the_issue() -> None:
    network = Network((2, 1), [], "sigmoid")
    network.weights[0][:, 0], network.biases[0][0] = (1.2, -0.7), 0.3
    scene = scene_of(network, np.array([0.5, 1.0]))
    text = describe(scene, Hit("unit", 1, 0))
    assert text.replace("\u00a0", " ") == "output y1\nbias 0.3\nσ(1.2·0.5 − 0.7·1 + 0.3) = σ(0.2) = 0.5498"
    assert not any(part[-1] in "+−=" for part in text.split("\n")[2].split(" "))  # at the end of a line
    assert describe(scene, Hit("unit", 0, 1)) == "x2\ninput 1"


def test_a_long_sum_is_shortened() -> None:
    network = Network((784, 1), [], "sigmoid")
    network.parameters[...] = 0.01
    text = describe(scene_of(network, np.ones(784)), Hit("unit", 1, 0))
    assert "[781 more: " in text
    assert len(text) < 140


def test_without_a_sample_there_are_name_and_bias() -> None:
    scene = scene_of(Network((2, 3, 1)), np.zeros(2))
    scene.values = None
    assert describe(scene, Hit("unit", 1, 2)) == "layer 1, unit 3\nbias 0"
    assert describe(scene, Hit("unit", 0, 1)) == "x2"


@pytest.mark.parametrize(
    ("value", "text"),
    [
        (0.549, "0.55"),
        (-0.004, "−4e-3"),
        (0.00032, "3e-4"),
        (0.0, "0.00"),
        (-12.34, "−12.3"),
        (123.4, "123"),
        (12345.0, "12k"),
        (np.nan, "NaN"),
    ],
)
def test_the_numbers_beside_the_units_are_short(value: float, text: str) -> None:
    assert short_value(value) == text

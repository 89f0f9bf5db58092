import numpy as np
import pytest

from playground.engine.activations import ACTIVATIONS, OUTPUTS
from playground.engine.gradients import numerical_gradient
from playground.engine.network import Network
from playground.experiment.config import edits
from playground.experiment.config.presets import PRESETS
from playground.experiment.probes.drawing_probe import DrawingAnswer, input_gradient
from playground.experiment.training.trainer import Trainer

DIGITS = PRESETS["digits"].config


@pytest.fixture(scope="module")
def trainer():
    trained = Trainer(DIGITS)
    trained.run(300)
    return trained


def test_the_answer_to_a_sample_is_what_the_network_gives_for_it(trainer):
    image = trainer.data.raw_test[3]
    answer = DrawingAnswer(image.tobytes()).compute(trainer)
    expected = trainer.network.activations_of(trainer.data.x_test[3:4])[1:]
    assert len(answer.layers) == len(expected)
    for layer, other in zip(answer.layers, expected, strict=True):
        np.testing.assert_array_equal(layer, other[0])
    assert answer.winner == answer.outputs.argmax()
    assert answer.gradient is None
    assert DrawingAnswer(bytes(784)).compute(trainer) is None


def test_the_answer_stays_what_it_was_when_training_goes_on():
    trainer = Trainer(DIGITS)
    answer = DrawingAnswer(trainer.data.raw_test[0].tobytes(), with_gradient=True).compute(trainer)
    before = [array.copy() for array in (*answer.layers, answer.gradient)]
    trainer.run(50)
    for array, old in zip((*answer.layers, answer.gradient), before, strict=True):
        np.testing.assert_array_equal(array, old)
        assert not array.flags.writeable


@pytest.mark.parametrize("output", OUTPUTS)
@pytest.mark.parametrize("activation", ACTIVATIONS)
def test_the_gradient_by_the_inputs_is_the_numerical_one(activation, output):
    network = Network((6, 5, 4, 3), activation, output)
    network.input_scale = 0.25
    network.initialize([("gaussian", {"std": 0.7, "bias": "same"})] * 3, np.random.default_rng(5))
    x = np.random.default_rng(6).normal(size=6) * 3
    for k in range(3):
        expected = numerical_gradient(lambda v, k=k: float(network.predict(v[None])[0, k]), x, h=1e-5)
        np.testing.assert_allclose(input_gradient(network, x, k), expected, rtol=1e-6, atol=1e-9)


def test_the_gradient_counts_levels_of_a_pixel_even_where_inputs_are_standardised():
    trainer = Trainer(edits.change(edits.change(DIGITS, "data.standardise", True), "precision", "float64"))
    trainer.run(100)
    image = trainer.data.raw_test[0]
    answer = DrawingAnswer(image.tobytes(), with_gradient=True).compute(trainer)

    def winner(raw):
        return float(trainer.network.predict(trainer.data.inputs_of(raw[None]))[0, answer.winner])

    expected = numerical_gradient(winner, image.astype(float), h=1e-5)
    np.testing.assert_allclose(answer.gradient, expected, rtol=1e-5, atol=1e-8)


def test_a_sure_answer_still_says_which_pixels_matter(trainer):
    sure = Trainer(DIGITS)
    parameters = trainer.network.copy_parameters()
    sure.set_parameters(parameters * 30)
    answer = DrawingAnswer(trainer.data.raw_test[0].tobytes(), with_gradient=True).compute(sure)
    assert answer.outputs[answer.winner] == 1.0
    assert np.isfinite(answer.gradient).all()

"""Runs from random starts: what each article records on the way, as one list of numbers."""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from playground.engine.metrics import predicted_classes
from playground.experiment.articles.figures import ACCURACY_COUNT, ACCURACY_STEPS, GATE_COUNT, GATE_STEPS
from playground.experiment.config import edits
from playground.experiment.config.presets import PRESETS
from playground.experiment.config.schema import ExperimentConfig, InitialChoice
from playground.experiment.training.trainer import Trainer

BOOK_TRAINING_ROWS = 50_000
"""Nielsen's book keeps the last 10,000 training images for validation."""
BOOK_EPOCHS = 30

AND_ROWS = np.array([[0.0, 0.0], [0.0, 1.0], [1.0, 0.0], [1.0, 1.0]])

OUR_SEED = 42
"""That of the one run that is made beside a figure; it is none of those measured beforehand."""

Edit = Callable[[ExperimentConfig], ExperimentConfig]
Values = list[float]


@dataclass(frozen=True)
class Case:
    """Runs of a ready-made experiment, or of a changed one, from many random starts.

    `record` trains to the end and returns the numbers recorded on the way, (recorded,).
    """

    experiment: str
    record: Callable[[Trainer], Values]
    change: Edit = lambda config: config

    def trainer(self, seed: int) -> Trainer:
        """Return the untrained network for a seed; the data are the same for every seed."""
        return Trainer(edits.change(self.change(PRESETS[self.experiment].config), "seed", seed))


def two_layer(trainer: Trainer) -> Values:
    """Return training and test accuracy at each of the `accuracies`, and last the training loss there."""
    values = [value for both in accuracies(trainer) for value in both]
    return [*values, trainer.evaluate()[0].loss]


def accuracies(trainer: Trainer) -> Iterator[Values]:
    """Train and yield training and test accuracy of all rows after the steps 1, 601, …, 9,601.

    Articles A and B measure after the update of their iterations 0, 600, ….
    """
    trainer.run(1)
    yield _accuracies(trainer)
    for _ in range(ACCURACY_COUNT - 1):
        trainer.run(ACCURACY_STEPS)
        yield _accuracies(trainer)


def first_step(trainer: Trainer) -> Values:
    """Return training and test accuracy of all rows after one step."""
    return next(accuracies(trainer))


def nielsen(trainer: Trainer) -> Values:
    """Return the correct test images after each of the 30 `epochs`, and last how many digits are never predicted.

    From some starts an output unit is driven so far at the beginning that it never answers again.
    """
    rights = list(epochs(trainer))
    said = np.unique(predicted_classes(trainer.network.predict(_test_images(trainer)), trainer.network.output))
    return [*rights, float(trainer.data.n_outputs - len(said))]


def epochs(trainer: Trainer) -> Iterator[float]:
    """Train and yield after each epoch how many test images are classified correctly."""
    for _ in range(BOOK_EPOCHS):
        trainer.run(trainer.step_loop.steps_to_epoch_end)
        share = trainer.history.view().test_accuracy[-1]
        yield float(round(share * len(_test_images(trainer))))


def and_gate(trainer: Trainer) -> Values:
    """Return the loss before the steps 0, 1,000, …, 9,000, then the four outputs there and after 10,000."""
    losses, outputs = [], []
    for _ in range(GATE_COUNT):
        losses.append(trainer.evaluate()[0].loss)
        outputs += trainer.network.predict(AND_ROWS).ravel().tolist()
        trainer.run(GATE_STEPS)
    return [*losses, *outputs, *trainer.network.predict(AND_ROWS).ravel().tolist()]


def neuron(trainer: Trainer) -> Values:
    """Return the mean loss after 100 epochs, and what targets of the wrong shape give: the mean of 4×4 squares."""
    trainer.run(1 << 20)
    outputs, targets = trainer.network.predict(trainer.data.x_train), trainer.data.t_train
    return [float(np.mean((outputs - targets) ** 2)), float(np.mean((outputs - targets.T) ** 2))]


def _accuracies(trainer: Trainer) -> Values:
    return [part.accuracy for part in trainer.evaluate() if part is not None and part.accuracy is not None]


def _test_images(trainer: Trainer) -> NDArray[Any]:
    images = trainer.data.x_test
    assert images is not None
    return images


def book(config: ExperimentConfig) -> ExperimentConfig:
    """Return the experiment on the training images of the book."""
    return edits.change(config, "data.samples", BOOK_TRAINING_ROWS)


def _gaussian_neuron(config: ExperimentConfig) -> ExperimentConfig:
    """Return the experiment with weights and bias from N(0, 1), as the article has them."""
    return edits.change(config, "network.initial", InitialChoice("gaussian", std=1.0, bias="same"))


CASES: Mapping[str, Case] = {
    "mnist-two-layer": Case("mnist-two-layer", two_layer),
    "mnist-first-step": Case("mnist-two-layer", first_step),
    "mnist-nielsen": Case("mnist-nielsen", nielsen, book),
    "and-gate": Case("and-gate", and_gate),
    "height-weight": Case("height-weight", neuron, _gaussian_neuron),
}
"""What the figures from random starts are compared with; the seed of the one run beside them is in none."""

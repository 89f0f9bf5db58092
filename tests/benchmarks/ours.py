"""Playground's own trainer as a contender, and the matrix products of a step alone: nothing can be faster."""

import itertools

import numpy as np

from playground.data.dataset import Dataset
from playground.data.preparation import prepare
from playground.experiment.config.schema import from_builtins
from playground.experiment.training.trainer import Trainer
from tests.benchmarks.cases import Case, Work


def trainer(case: Case) -> Work:
    """Return the trainer that the window and the command line use; its evaluations for the curves do not count."""
    weights, biases = zip(*((w.tolist(), b.tolist()) for w, b in case.start), strict=True)
    config = from_builtins(
        {
            "network": {
                "hidden": list(case.sizes[1:-1]),
                "activation": case.activation,
                "output": case.output,
                "bias": "layer" if case.is_article_c else "unit",
                "initial": {"scheme": "given", "weights": weights, "biases": biases},
            },
            "training": {
                "loss": case.loss,
                "reduction": "sum" if case.is_article_c else "mean",
                "update": "layerwise" if case.is_article_c else "together",
                "learning_rate": case.rate,
                "batch_size": case.batch,
                "sampling": "in-order",
            },
            "precision": case.dtype,
        }
    )
    columns = tuple(f"x{k + 1}" for k in range(case.sizes[0]))
    classes = tuple(str(k) for k in range(max(2, case.sizes[-1])))
    scale = 1 / 255 if case.is_of_images else 1.0
    data = Dataset("made up", case.x, case.classes, "classification", columns, class_names=classes, x_scale=scale)
    ours = Trainer(config, prepare(data, {"train_share": 1.0}, 0, case.output, case.dtype))

    def run(steps: int) -> float:
        begin, end = ours.training_seconds, ours.step_count + steps
        while ours.step_count < end:
            ours.run(end - ours.step_count)
        return ours.training_seconds - begin

    def result() -> list[np.ndarray]:
        network = ours.network
        return [np.array(it) for pair in zip(network.weights, network.biases, strict=True) for it in pair]

    return Work(run, result)


def products(case: Case) -> Work:
    """Return the matrix products of a step, forward and back, on buffers that are made once."""
    rng, rows = np.random.default_rng(0), case.batch or case.rows
    pairs = list(itertools.pairwise(case.sizes))
    a, delta = ([rng.random((rows, n)).astype(case.dtype) for n in case.sizes] for _ in range(2))
    w, gradient = ([rng.random(shape).astype(case.dtype) for shape in pairs] for _ in range(2))
    calls = [(a[k], w[k], a[k + 1].copy()) for k in range(len(pairs))]
    calls += [(a[k].T, delta[k + 1], gradient[k]) for k in range(len(pairs))]
    calls += [(delta[k + 1], w[k].T, delta[k].copy()) for k in range(1, len(pairs))]

    def run(steps: int) -> None:
        for _ in range(steps):
            for left, right, out in calls:
                np.dot(left, right, out)

    return Work(run, list)

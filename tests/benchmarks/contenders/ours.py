"""Our own engine, as the trainer uses it, and its matrix products alone."""

from collections.abc import Callable

import numpy as np

from playground.engine.batches import BatchGatherer
from playground.engine.gradients import numerical_loss_gradient
from playground.engine.network import Network
from playground.engine.program import Call, link
from playground.engine.training_step import TrainingStep
from tests.benchmarks.cases import Case
from tests.benchmarks.contenders import UnsuitedError, Work

Setup = tuple[Network, TrainingStep]


def network_of(case: Case) -> Network:
    """Return our network with the case's first weights."""
    bias = "layer" if case.rule == "article C" else "unit"
    network = Network(case.sizes, case.activation, case.output, bias, np.dtype(case.dtype))
    if case.is_of_images:
        network.input_scale = 1 / 255
    for k, (weight, bias_row) in enumerate(case.start):
        network.weights[k][...], network.biases[k][...] = weight, bias_row
    return network


def set_up(case: Case) -> Setup:
    """Return a network and a step for its batches; one batch is in place."""
    network = network_of(case)
    x, t = case.data
    rows = case.batch or len(x)
    theirs = case.rule == "article C"
    step = TrainingStep(
        network,
        rows,
        case.loss,
        reduction="sum" if theirs else "mean",
        update="layerwise" if theirs else "together",
        learning_rate=case.rate,
    )
    gatherer = BatchGatherer(x, t.astype(case.dtype), step.inputs, step.targets)
    step.gather_with(gatherer)
    if case.batch is None:
        gatherer.fill_all()
    else:
        gatherer.fill(case.batches[0])
    return network, step


def parameters(network: Network) -> Callable[[], list[np.ndarray]]:
    """Return a function that returns weight and bias of each layer."""
    return lambda: [np.array(array) for pair in zip(network.weights, network.biases, strict=True) for array in pair]


def whole(network: Network, step: TrainingStep) -> Work:
    """Return steps on the batch that is in place, the loss noted."""
    losses = np.empty(1_000_000)

    def run(steps: int) -> None:
        with np.errstate(over="ignore"):
            step.repeat(losses[:steps])

    return Work(run, parameters(network))


def gathering(case: Case) -> Work:
    """Return our steps, each on the next batch, the loss noted."""
    if case.task != "training":
        return clever_gradient(case)
    network, step = set_up(case)
    if case.batch is None:
        return whole(network, step)
    losses = np.empty(1_000_000)
    batches = case.batches
    place = 0

    def run(steps: int) -> None:
        nonlocal place
        with np.errstate(over="ignore"):
            while steps:
                count = min(steps, len(batches) - place)
                step.learn(batches[place : place + count], losses[:count])
                place = (place + count) % len(batches)
                steps -= count

    return Work(run, parameters(network))


def filled(case: Case) -> Work:
    """Return our steps on one batch that is not gathered anew: arithmetic alone."""
    if case.task != "training" or case.batch is None:
        raise UnsuitedError("no batch is gathered in this case")
    network, step = set_up(case)
    return whole(network, step)


def is_matrix_product(one: Call) -> bool:
    """Say whether a call of a step multiplies two matrices (the loss is a product of two vectors)."""
    return one.function.__name__ in ("dot", "matmul") and np.ndim(one.arguments[0]) == 2  # type: ignore[arg-type]


def products(case: Case) -> Work:
    """Return the matrix products of our step, on its own buffers, and nothing else."""
    if case.task != "training":
        raise UnsuitedError("a numerical gradient has no fixed set of products")
    network, step = set_up(case)
    step.run()
    multiply = link([one for stage in step.stages() for one in stage.calls if is_matrix_product(one)])

    def run(steps: int) -> None:
        for _ in range(steps):
            multiply()

    return Work(run, parameters(network))


def clever_gradient(case: Case) -> Work:
    """Return numerical gradients the way that carries only what changes."""
    return _gradient(case, naive=False)


def naive_gradient(case: Case) -> Work:
    """Return numerical gradients with two whole forward passes for each parameter."""
    if case.task == "training":
        raise UnsuitedError("this is for the numerical gradient")
    return _gradient(case, naive=True)


def _gradient(case: Case, naive: bool) -> Work:
    network = network_of(case)
    x, t = case.data
    gradient = np.empty(0)

    def run(count: int) -> None:
        nonlocal gradient
        for _ in range(count):
            gradient = numerical_loss_gradient(network, x, t, case.loss, naive=naive)

    def result() -> list[np.ndarray]:
        return [part for block in network.blocks_of(gradient) for part in (block[:-1], block[-1])]

    return Work(run, result)

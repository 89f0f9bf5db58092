"""The way of Michael Nielsen's "Neural Networks and Deep Learning", chapter 1: one sample at a time, in columns.

Written anew after the book's ``network.py``; the loss is not recorded, since it does not do so either.
"""

import numpy as np

from tests.benchmarks.cases import Case
from tests.benchmarks.contenders import UnsuitedError, Work


def sigmoid(z: np.ndarray) -> np.ndarray:
    return 1.0 / (1.0 + np.exp(-z))


def sigmoid_prime(z: np.ndarray) -> np.ndarray:
    return sigmoid(z) * (1 - sigmoid(z))


class SampleBySample:
    """The book's network: weights (n_out, n_in), biases and samples in columns, a backpropagation a sample."""

    def __init__(self, weights: list[np.ndarray], biases: list[np.ndarray]) -> None:
        self.weights, self.biases = weights, biases
        self.num_layers = len(weights) + 1

    def update_mini_batch(self, mini_batch: list[tuple[np.ndarray, np.ndarray]], eta: float) -> None:
        nabla_b = [np.zeros_like(b) for b in self.biases]
        nabla_w = [np.zeros_like(w) for w in self.weights]
        for x, y in mini_batch:
            delta_nabla_b, delta_nabla_w = self.backprop(x, y)
            nabla_b = [nb + dnb for nb, dnb in zip(nabla_b, delta_nabla_b, strict=True)]
            nabla_w = [nw + dnw for nw, dnw in zip(nabla_w, delta_nabla_w, strict=True)]
        self.weights = [w - (eta / len(mini_batch)) * nw for w, nw in zip(self.weights, nabla_w, strict=True)]
        self.biases = [b - (eta / len(mini_batch)) * nb for b, nb in zip(self.biases, nabla_b, strict=True)]

    def backprop(self, x: np.ndarray, y: np.ndarray) -> tuple[list[np.ndarray], list[np.ndarray]]:
        nabla_b = [np.zeros_like(b) for b in self.biases]
        nabla_w = [np.zeros_like(w) for w in self.weights]
        activation, activations, zs = x, [x], []
        for b, w in zip(self.biases, self.weights, strict=True):
            z = np.dot(w, activation) + b
            zs.append(z)
            activation = sigmoid(z)
            activations.append(activation)
        delta = (activations[-1] - y) * sigmoid_prime(zs[-1])
        nabla_b[-1] = delta
        nabla_w[-1] = np.dot(delta, activations[-2].transpose())
        for layer in range(2, self.num_layers):
            delta = np.dot(self.weights[-layer + 1].transpose(), delta) * sigmoid_prime(zs[-layer])
            nabla_b[-layer] = delta
            nabla_w[-layer] = np.dot(delta, activations[-layer - 1].transpose())
        return nabla_b, nabla_w


def as_in_the_book(case: Case) -> Work:
    """Return it with weights in float64, as the book draws them, and pixels in the precision of the case."""
    return _work(case, "float64")


def in_single_precision(case: Case) -> Work:
    """Return it in float32 throughout."""
    if case.dtype != "float32":
        raise UnsuitedError("the case is in float64")
    return _work(case, "float32")


def _work(case: Case, dtype: str) -> Work:
    functions = {case.activation, case.output}
    if functions != {"sigmoid"} or case.loss != "squared" or case.rule != "textbook" or case.task != "training":
        raise UnsuitedError("it has sigmoid units, the squared error and the textbook's rule only")
    network = SampleBySample(
        [weight.T.astype(dtype) for weight, _ in case.start], [bias[:, None].astype(dtype) for _, bias in case.start]
    )
    x = case.pixels_as_numbers()
    t = case.data[1].astype(dtype)
    samples = [(x[k][:, None], t[k][:, None]) for k in range(len(x))]
    batches = np.arange(case.rows)[None] if case.batch is None else case.batches
    place = 0

    def run(steps: int) -> None:
        nonlocal place
        for _ in range(steps):
            network.update_mini_batch([samples[k] for k in batches[place % len(batches)]], case.rate)
            place += 1

    def result() -> list[np.ndarray]:
        pairs = zip(network.weights, network.biases, strict=True)
        return [array for weight, bias in pairs for array in (weight.T, bias[:, 0])]

    return Work(run, result)

"""The way of "Deep Learning from Scratch" (Koki Saito): layer objects in chapter 5, numerical gradients in chapter 4.

Written anew after the book's ``TwoLayerNet`` and its training loop, which works out the loss of each batch with a
forward pass of its own after the update.
"""

from collections.abc import Callable

import numpy as np

from tests.benchmarks.cases import Case
from tests.benchmarks.contenders import UnsuitedError, Work


def softmax(x: np.ndarray) -> np.ndarray:
    x = x.T
    x = x - np.max(x, axis=0)
    return (np.exp(x) / np.sum(np.exp(x), axis=0)).T


def cross_entropy_error(y: np.ndarray, t: np.ndarray) -> float:
    if t.size == y.size:
        t = t.argmax(axis=1)
    return float(-np.sum(np.log(y[np.arange(y.shape[0]), t] + 1e-7)) / y.shape[0])


def numerical_gradient(f: Callable[[np.ndarray], float], x: np.ndarray) -> np.ndarray:
    h = 1e-4
    grad = np.zeros_like(x)
    places = np.nditer(x, flags=["multi_index"], op_flags=[["readwrite"]])
    while not places.finished:
        at = places.multi_index
        kept = x[at]
        x[at] = kept + h
        above = f(x)
        x[at] = kept - h
        below = f(x)
        grad[at] = (above - below) / (2 * h)
        x[at] = kept
        places.iternext()
    return grad


class Sigmoid:
    def forward(self, x: np.ndarray) -> np.ndarray:
        self.out = 1 / (1 + np.exp(-x))
        return self.out

    def backward(self, dout: np.ndarray) -> np.ndarray:
        return dout * (1.0 - self.out) * self.out


class Affine:
    def __init__(self, w: np.ndarray, b: np.ndarray) -> None:
        self.w, self.b = w, b

    def forward(self, x: np.ndarray) -> np.ndarray:
        self.x = x
        return np.dot(self.x, self.w) + self.b

    def backward(self, dout: np.ndarray) -> np.ndarray:
        dx = np.dot(dout, self.w.T)
        self.dw = np.dot(self.x.T, dout)
        self.db = np.sum(dout, axis=0)
        return dx


class SoftmaxWithLoss:
    def forward(self, x: np.ndarray, t: np.ndarray) -> float:
        self.t, self.y = t, softmax(x)
        self.loss = cross_entropy_error(self.y, self.t)
        return self.loss

    def backward(self) -> np.ndarray:
        return (self.y - self.t) / self.t.shape[0]


class TwoLayerNet:
    """The book's network of chapter 5, with sigmoid units."""

    def __init__(self, params: dict[str, np.ndarray]) -> None:
        self.params = params
        self.layers = {
            "Affine1": Affine(params["W1"], params["b1"]),
            "Sigmoid1": Sigmoid(),
            "Affine2": Affine(params["W2"], params["b2"]),
        }
        self.last_layer = SoftmaxWithLoss()

    def predict(self, x: np.ndarray) -> np.ndarray:
        for layer in self.layers.values():
            x = layer.forward(x)
        return x

    def loss(self, x: np.ndarray, t: np.ndarray) -> float:
        return self.last_layer.forward(self.predict(x), t)

    def gradient(self, x: np.ndarray, t: np.ndarray) -> dict[str, np.ndarray]:
        self.loss(x, t)
        dout = self.last_layer.backward()
        for layer in reversed(self.layers.values()):
            dout = layer.backward(dout)
        first, second = self.layers["Affine1"], self.layers["Affine2"]
        return {"W1": first.dw, "b1": first.db, "W2": second.dw, "b2": second.db}

    def numerical_gradient(self, x: np.ndarray, t: np.ndarray) -> dict[str, np.ndarray]:
        def loss_w(_: np.ndarray) -> float:
            return self.loss(x, t)

        return {key: numerical_gradient(loss_w, array) for key, array in self.params.items()}


def as_in_the_book(case: Case) -> Work:
    """Return it with weights in float64, as the book draws them, and pixels in the precision of the case."""
    return _work(case, "float64", second_forward=True)


def made_lighter(case: Case) -> Work:
    """Return it in float32 throughout, with the loss taken from the forward pass that the gradient needs anyway."""
    if case.dtype != "float32":
        raise UnsuitedError("the case is in float64")
    return _work(case, "float32", second_forward=False)


def _work(case: Case, dtype: str, second_forward: bool) -> Work:
    if len(case.sizes) != 3 or case.activation != "sigmoid" or case.output != "softmax":
        raise UnsuitedError("it has two layers, sigmoid and softmax only")
    (w1, b1), (w2, b2) = case.start
    params = {key: array.astype(dtype) for key, array in (("W1", w1), ("b1", b1), ("W2", w2), ("b2", b2))}
    network = TwoLayerNet(params)
    x_train = case.pixels_as_numbers()
    t_train = case.data[1].astype(dtype)
    grads: dict[str, np.ndarray] = {}
    place = 0

    def train(steps: int) -> None:
        nonlocal place
        losses = []
        for _ in range(steps):
            batch_mask = case.batches[place % len(case.batches)]
            x_batch, t_batch = x_train[batch_mask], t_train[batch_mask]
            grad = network.gradient(x_batch, t_batch)
            for key in ("W1", "b1", "W2", "b2"):
                network.params[key] -= case.rate * grad[key]
            losses.append(network.loss(x_batch, t_batch) if second_forward else network.last_layer.loss)
            place += 1

    def differentiate(count: int) -> None:
        for _ in range(count):
            grads.update(network.numerical_gradient(x_train, t_train))

    if case.task == "training":
        return Work(train, lambda: list(network.params.values()))
    return Work(differentiate, lambda: list(grads.values()))

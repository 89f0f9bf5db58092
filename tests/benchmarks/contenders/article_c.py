"""Article C's own program: samples in columns, new arrays in every step, each layer updated on the way back.

Where a case asks for the textbook's rule, a second kind of layer keeps that, written in the same way.
"""

import numpy as np

from tests.benchmarks.cases import Case
from tests.benchmarks.contenders import UnsuitedError, Work


class SquareLoss:
    def forward(self, y: np.ndarray, t: np.ndarray) -> float:
        self.loss = y - t
        return np.sum(self.loss * self.loss) / self.loss.shape[1] / 2

    def backward(self) -> np.ndarray:
        return self.loss


class FullyConnected:
    def __init__(self, w: np.ndarray, b: np.ndarray, lr: float) -> None:
        self.w, self.b, self.lr = w, b, lr

    def _sigmoid(self, in_data: np.ndarray) -> np.ndarray:
        return 1 / (1 + np.exp(-in_data))

    def forward(self, in_data: np.ndarray) -> np.ndarray:
        self.top_val = self._sigmoid(np.dot(self.w.T, in_data) + self.b)
        self.bottom_val = in_data
        return self.top_val

    def backward(self, loss: np.ndarray) -> np.ndarray:
        residual_z = loss * self.top_val * (1 - self.top_val)
        grad_w = np.dot(self.bottom_val, residual_z.T)
        grad_b = np.sum(residual_z)
        self.w -= self.lr * grad_w
        self.b -= self.lr * grad_b
        return np.dot(self.w, residual_z)


class TextbookFullyConnected(FullyConnected):
    def backward(self, loss: np.ndarray) -> np.ndarray:
        residual_z = loss * self.top_val * (1 - self.top_val)
        grad_w = np.dot(self.bottom_val, residual_z.T)
        grad_b = np.sum(residual_z, axis=1, keepdims=True)
        residual_x = np.dot(self.w, residual_z)
        self.w -= self.lr * grad_w
        self.b -= self.lr * grad_b
        return residual_x


def as_in_the_article(case: Case) -> Work:
    """Return its training loop, the loss noted at every step as its figures need."""
    if {case.activation, case.output} != {"sigmoid"} or case.loss != "squared" or case.batch is not None:
        raise UnsuitedError("it has sigmoid units, the squared error, and all rows at every step")
    rows = len(case.data[0])
    kind, rate = (FullyConnected, case.rate) if case.rule == "article C" else (TextbookFullyConnected, case.rate / rows)
    layers = [kind(weight.copy(), bias[:, None].copy(), rate) for weight, bias in case.start]
    square = SquareLoss()
    x, t = (np.ascontiguousarray(array.T) for array in case.data)

    def run(steps: int) -> None:
        losses = []
        for _ in range(steps):
            out = x
            for layer in layers:
                out = layer.forward(out)
            losses.append(square.forward(out, t))
            back = square.backward()
            for layer in reversed(layers):
                back = layer.backward(back)

    return Work(run, lambda: [array for layer in layers for array in (layer.w, layer.b[:, 0])])

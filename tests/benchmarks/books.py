"""Programs of books and of article C, written anew after them: NumPy, with new arrays at every step."""

import itertools

import numpy as np

from tests.benchmarks.cases import Case, UnsuitedError, Work


class _ArticleLayer:
    """Article C's layer: samples in columns, one bias, updated on the way back."""

    def __init__(self, w: np.ndarray, b: float, lr: float) -> None:
        self.w, self.b, self.lr = w, b, lr

    def forward(self, in_data: np.ndarray) -> np.ndarray:
        self.bottom_val = in_data
        self.top_val = 1 / (1 + np.exp(-(np.dot(self.w.T, in_data) + self.b)))
        return self.top_val

    def backward(self, loss: np.ndarray) -> np.ndarray:
        residual_z = loss * self.top_val * (1 - self.top_val)
        self.w -= self.lr * np.dot(self.bottom_val, residual_z.T)
        self.b -= self.lr * np.sum(residual_z)
        return np.dot(self.w, residual_z)


def article_c(case: Case) -> Work:
    if not case.is_article_c:
        raise UnsuitedError
    layers = [_ArticleLayer(weight.copy(), float(bias[0]), case.rate) for weight, bias in case.start]
    x, t = np.ascontiguousarray(case.x.T), np.ascontiguousarray(case.t.T)

    def run(steps: int) -> None:
        losses = []
        for _ in range(steps):
            out = x
            for layer in layers:
                out = layer.forward(out)
            back = out - t
            losses.append(np.sum(back * back) / back.shape[1] / 2)
            for layer in reversed(layers):
                back = layer.backward(back)

    return Work(run, lambda: [it for layer in layers for it in (layer.w, np.full(layer.w.shape[1], layer.b))])


class _Sigmoid:
    def forward(self, x: np.ndarray) -> np.ndarray:
        self.out = 1 / (1 + np.exp(-x))
        return self.out

    def backward(self, dout: np.ndarray) -> np.ndarray:
        return dout * (1.0 - self.out) * self.out


class _Affine:
    def __init__(self, w: np.ndarray, b: np.ndarray) -> None:
        self.w, self.b = w, b

    def forward(self, x: np.ndarray) -> np.ndarray:
        self.x = x
        return np.dot(self.x, self.w) + self.b

    def backward(self, dout: np.ndarray) -> np.ndarray:
        self.dw, self.db = np.dot(self.x.T, dout), np.sum(dout, axis=0)
        return np.dot(dout, self.w.T)


class _SoftmaxWithLoss:
    def forward(self, x: np.ndarray, t: np.ndarray) -> float:
        x = x - np.max(x, axis=1, keepdims=True)
        self.t, self.y = t, np.exp(x) / np.sum(np.exp(x), axis=1, keepdims=True)
        return float(-np.sum(np.log(self.y[np.arange(len(t)), t.argmax(axis=1)] + 1e-7)) / len(t))

    def backward(self) -> np.ndarray:
        return (self.y - self.t) / self.t.shape[0]


def from_scratch(case: Case) -> Work:
    """Return "Deep Learning from Scratch" (Koki Saito), chapter 5: float64, the loss by a forward pass of its own."""
    return _from_scratch(case, "float64", second_forward=True)


def from_scratch_trimmed(case: Case) -> Work:
    """Return the same in float32, with the loss of the forward pass that the gradient needs anyway."""
    return _from_scratch(case, "float32", second_forward=False)


def _from_scratch(case: Case, dtype: str, second_forward: bool) -> Work:
    if case.output != "softmax":
        raise UnsuitedError
    affine = [_Affine(weight.astype(dtype), bias.astype(dtype)) for weight, bias in case.start]
    layers = [affine[0], _Sigmoid(), affine[1]]
    last = _SoftmaxWithLoss()
    x_train, t_train = case.numbers(), case.t.astype(dtype)
    batches = itertools.cycle(case.batches)

    def loss(x: np.ndarray, t: np.ndarray) -> float:
        for layer in layers:
            x = layer.forward(x)
        return last.forward(x, t)

    def run(steps: int) -> None:
        losses = []
        for batch_mask in itertools.islice(batches, steps):
            x, t = x_train[batch_mask], t_train[batch_mask]
            value = loss(x, t)
            dout = last.backward()
            for layer in reversed(layers):
                dout = layer.backward(dout)
            for layer in affine:
                layer.w -= case.rate * layer.dw
                layer.b -= case.rate * layer.db
            losses.append(loss(x, t) if second_forward else value)

    return Work(run, lambda: [it for layer in affine for it in (layer.w, layer.b)])


def nielsen(case: Case) -> Work:
    """Return Nielsen's network.py ("Neural Networks and Deep Learning", chapter 1) in float64: sample by sample."""
    if case.output != "sigmoid" or case.loss != "squared" or case.is_article_c:
        raise UnsuitedError
    weights = [weight.T.copy() for weight, _ in case.start]
    biases = [bias[:, None].copy() for _, bias in case.start]
    x, t = case.numbers(), case.t
    samples = [(x[k][:, None], t[k][:, None]) for k in range(len(x))]
    batches = itertools.cycle(case.batches)

    def backprop(x: np.ndarray, y: np.ndarray) -> tuple[list[np.ndarray], list[np.ndarray]]:
        activations = [x]
        for b, w in zip(biases, weights, strict=True):
            activations.append(1.0 / (1.0 + np.exp(-(np.dot(w, activations[-1]) + b))))
        delta = (activations[-1] - y) * activations[-1] * (1 - activations[-1])
        nabla_b, nabla_w = [delta], [np.dot(delta, activations[-2].transpose())]
        for layer in range(2, len(weights) + 1):
            a = activations[-layer]
            delta = np.dot(weights[-layer + 1].transpose(), delta) * a * (1 - a)
            nabla_b.insert(0, delta)
            nabla_w.insert(0, np.dot(delta, activations[-layer - 1].transpose()))
        return nabla_b, nabla_w

    def run(steps: int) -> None:
        for batch in itertools.islice(batches, steps):
            nabla_b, nabla_w = [np.zeros_like(b) for b in biases], [np.zeros_like(w) for w in weights]
            for k in batch:
                delta_b, delta_w = backprop(*samples[k])
                nabla_b = [nb + db for nb, db in zip(nabla_b, delta_b, strict=True)]
                nabla_w = [nw + dw for nw, dw in zip(nabla_w, delta_w, strict=True)]
            rate = case.rate / len(batch)
            weights[:] = [w - rate * nw for w, nw in zip(weights, nabla_w, strict=True)]
            biases[:] = [b - rate * nb for b, nb in zip(biases, nabla_b, strict=True)]

    return Work(run, lambda: [it for w, b in zip(weights, biases, strict=True) for it in (w.T, b[:, 0])])

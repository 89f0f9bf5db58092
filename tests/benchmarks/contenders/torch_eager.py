"""PyTorch on the processor, one operation after the other, as its tutorials train."""

import itertools

import numpy as np

from tests.benchmarks.cases import Case
from tests.benchmarks.contenders import UnsuitedError, Work


def eager(case: Case) -> Work:
    """Return nn.Sequential, a loss, backward and torch.optim.SGD, with the loss read at every step."""
    if case.rule != "textbook" or case.task != "training":
        raise UnsuitedError("autograd and an optimiser follow the textbook's rule only")
    import torch

    torch.set_num_threads(1)
    kind = getattr(torch, case.dtype)
    functions = {"sigmoid": torch.nn.Sigmoid, "tanh": torch.nn.Tanh}
    layers: list[torch.nn.Module] = []
    for k, (n_in, n_out) in enumerate(itertools.pairwise(case.sizes)):
        layers.append(torch.nn.Linear(n_in, n_out, dtype=kind))
        if k < len(case.sizes) - 2:
            layers.append(functions[case.activation]())
    if case.loss != "cross-entropy":
        layers.append(functions[case.output]())
    model = torch.nn.Sequential(*layers)
    linear = [layer for layer in layers if isinstance(layer, torch.nn.Linear)]
    with torch.no_grad():
        for layer, (weight, bias) in zip(linear, case.start, strict=True):
            layer.weight.copy_(torch.tensor(weight.T))
            layer.bias.copy_(torch.tensor(bias))
    optimizer = torch.optim.SGD(model.parameters(), lr=case.rate)
    t = case.data[1]
    inputs = torch.from_numpy(case.pixels_as_numbers())
    targets = torch.tensor(t.argmax(1)) if case.output == "softmax" else torch.tensor(t, dtype=kind)
    if case.loss == "squared":
        half_square = torch.nn.MSELoss(reduction="sum")
        measure = lambda y, wanted: half_square(y, wanted) / (2 * len(y))  # noqa: E731
    else:
        measure = torch.nn.CrossEntropyLoss() if case.output == "softmax" else torch.nn.BCEWithLogitsLoss()
    batches = None if case.batch is None else torch.from_numpy(case.batches)
    place = 0

    def run(steps: int) -> None:
        nonlocal place
        losses = []
        for _ in range(steps):
            x, wanted = inputs, targets
            if batches is not None:
                chosen = batches[place % len(batches)]
                x, wanted = inputs[chosen], targets[chosen]
            optimizer.zero_grad()
            loss = measure(model(x), wanted)
            loss.backward()
            optimizer.step()
            losses.append(loss.item())
            place += 1

    def result() -> list[np.ndarray]:
        return [array for layer in linear for array in (layer.weight.detach().numpy().T, layer.bias.detach().numpy())]

    return Work(run, result)

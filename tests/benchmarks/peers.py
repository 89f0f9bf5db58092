"""PyTorch, JAX and scikit-learn on the processor, each as its tutorials train; imported where they are asked for."""

import itertools
import warnings
from typing import Any

import numpy as np

from tests.benchmarks.cases import Case, UnsuitedError, Work


def _textbook_only(case: Case) -> None:
    if case.is_article_c:
        raise UnsuitedError


def torch_eager(case: Case) -> Work:
    """Return nn.Sequential, a loss, backward and torch.optim.SGD, with the loss read at every step."""
    _textbook_only(case)
    import torch

    torch.set_num_threads(1)
    kind = getattr(torch, case.dtype)
    functions = {"sigmoid": torch.nn.Sigmoid, "tanh": torch.nn.Tanh}
    layers: list[Any] = []
    for n_in, n_out in itertools.pairwise(case.sizes):
        layers += [torch.nn.Linear(n_in, n_out, dtype=kind), functions[case.activation]()]
    layers.pop()
    if case.loss == "squared":
        layers.append(functions[case.output]())
    model = torch.nn.Sequential(*layers)
    linear = [layer for layer in layers if isinstance(layer, torch.nn.Linear)]
    with torch.no_grad():
        for layer, (weight, bias) in zip(linear, case.start, strict=True):
            layer.weight.copy_(torch.tensor(weight.T))
            layer.bias.copy_(torch.tensor(bias))
    optimizer = torch.optim.SGD(model.parameters(), lr=case.rate)
    inputs = torch.from_numpy(case.numbers())
    targets = torch.tensor(case.classes) if case.output == "softmax" else torch.tensor(case.t, dtype=kind)
    half_square = torch.nn.MSELoss(reduction="sum")
    measures = {"softmax": torch.nn.CrossEntropyLoss(), "sigmoid": torch.nn.BCEWithLogitsLoss()}
    measure = measures[case.output] if case.loss != "squared" else lambda y, t: half_square(y, t) / (2 * len(y))
    batches = itertools.cycle(torch.from_numpy(case.batches))

    def run(steps: int) -> None:
        losses = []
        for chosen in itertools.islice(batches, steps):
            x, t = (inputs, targets) if case.batch is None else (inputs[chosen], targets[chosen])
            optimizer.zero_grad()
            loss = measure(model(x), t)
            loss.backward()
            optimizer.step()
            losses.append(loss.item())

    return Work(run, lambda: [it.detach().numpy() for layer in linear for it in (layer.weight.T, layer.bias)])


def _jax_step(case: Case) -> tuple[Any, Any, Any]:
    """Return the initial parameters, the data, and a step: (parameters, data, chosen rows) → (parameters, loss)."""
    _textbook_only(case)
    import jax
    import jax.numpy as jnp

    jax.config.update("jax_enable_x64", case.dtype == "float64")
    activation = {"sigmoid": jax.nn.sigmoid, "tanh": jnp.tanh}[case.activation]
    start = [(jnp.asarray(weight, case.dtype), jnp.asarray(bias, case.dtype)) for weight, bias in case.start]
    # Pixels stay bytes until they are in the batch: that is faster here too.
    data = jnp.asarray(case.x if case.is_of_images else case.numbers()), jnp.asarray(case.t, case.dtype)

    def loss_of(parameters: Any, a: Any, t: Any) -> Any:
        for weight, bias in parameters[:-1]:
            a = activation(a @ weight + bias)
        weight, bias = parameters[-1]
        z = a @ weight + bias
        if case.loss == "squared":
            return 0.5 * jnp.sum((jax.nn.sigmoid(z) - t) ** 2) / len(z)
        if case.output == "softmax":
            return -jnp.mean(jnp.sum(t * jax.nn.log_softmax(z), axis=1))
        return -jnp.mean(t * jax.nn.log_sigmoid(z) + (1 - t) * jax.nn.log_sigmoid(-z))

    def step(parameters: Any, data: Any, chosen: Any) -> tuple[Any, Any]:
        a, t = data if case.batch is None else (data[0][chosen], data[1][chosen])
        if case.is_of_images:
            a = a.astype(case.dtype) / 255
        loss, gradient = jax.value_and_grad(loss_of)(parameters, a, t)
        return jax.tree.map(lambda p, g: p - case.rate * g, parameters, gradient), loss

    return start, data, step


def jax_jit(case: Case) -> Work:
    """Return a compiled step that Python calls again and again; losses stay on the device until the end."""
    parameters, data, step = _jax_step(case)
    import jax

    compiled, batches = jax.jit(step), itertools.cycle(case.batches)

    def run(steps: int) -> None:
        nonlocal parameters
        losses = []
        for chosen in itertools.islice(batches, steps):
            parameters, loss = compiled(parameters, data, chosen)
            losses.append(loss)
        jax.block_until_ready((parameters, losses))

    return Work(run, lambda: [np.asarray(it) for pair in parameters for it in pair])


def jax_scan(case: Case) -> Work:
    parameters, data, step = _jax_step(case)
    import jax

    train = jax.jit(lambda p, data, batches: jax.lax.scan(lambda now, rows: step(now, data, rows), p, batches))
    place = 0

    def run(steps: int) -> None:
        nonlocal parameters, place
        chosen = case.batches[np.arange(place, place + steps) % len(case.batches)]
        parameters, losses = jax.block_until_ready(train(parameters, data, chosen))
        np.asarray(losses)
        place += steps

    return Work(run, lambda: [np.asarray(it) for pair in parameters for it in pair])


def scikit_learn(case: Case) -> Work:
    """Return MLPClassifier.partial_fit with plain gradient descent, many batches in each call."""
    if case.loss != "cross-entropy":
        raise UnsuitedError
    from sklearn.exceptions import ConvergenceWarning
    from sklearn.neural_network import MLPClassifier

    warnings.simplefilter("ignore", ConvergenceWarning)
    x, t = case.numbers(), case.classes
    model = MLPClassifier(
        case.sizes[1:-1],
        activation={"sigmoid": "logistic", "tanh": "tanh"}[case.activation],
        solver="sgd",
        alpha=0.0,
        batch_size=case.batch or case.rows,
        learning_rate_init=case.rate,
        momentum=0.0,
        nesterovs_momentum=False,
        shuffle=False,
    )
    model.partial_fit(x[: model.batch_size], t[: model.batch_size], classes=np.arange(max(2, case.sizes[-1])))
    for k, (weight, bias) in enumerate(case.start):
        model.coefs_[k][...], model.intercepts_[k][...] = weight, bias
    place = 0

    def run(steps: int) -> None:
        nonlocal place
        while steps > 0:
            count = min(steps, 600)
            rows = case.batches[np.arange(place, place + count) % len(case.batches)].ravel()
            model.partial_fit(x[rows], t[rows])
            place += count
            steps -= count

    return Work(run, lambda: [np.array(a) for pair in zip(model.coefs_, model.intercepts_, strict=True) for a in pair])

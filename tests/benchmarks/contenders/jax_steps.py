"""JAX on the processor: a compiled step called from Python, and a compiled loop of steps (`lax.scan`)."""

from collections.abc import Callable
from typing import Any

import numpy as np

from tests.benchmarks.cases import Case
from tests.benchmarks.contenders import UnsuitedError, Work


def _prepare(case: Case) -> tuple[Any, Any, Callable[..., Any]]:
    """Return the first parameters, the data, and a step: (parameters, data, chosen rows) → (parameters, loss)."""
    if case.rule != "textbook" or case.task != "training":
        raise UnsuitedError("grad follows the textbook's rule only")
    import jax
    import jax.numpy as jnp

    jax.config.update("jax_enable_x64", case.dtype == "float64")
    activation = {"sigmoid": jax.nn.sigmoid, "tanh": jnp.tanh}[case.activation]
    start = [(jnp.asarray(weight, case.dtype), jnp.asarray(bias, case.dtype)) for weight, bias in case.start]
    x, t = case.data
    # Pixels stay bytes until they are in the batch, as in our own trainer: it is the faster way here too.
    data = (jnp.asarray(x if case.is_of_images else x.astype(case.dtype)), jnp.asarray(t, case.dtype))

    def loss_of(parameters: Any, a: Any, wanted: Any) -> Any:
        for weight, bias in parameters[:-1]:
            a = activation(a @ weight + bias)
        weight, bias = parameters[-1]
        z = a @ weight + bias
        if case.loss == "squared":
            return 0.5 * jnp.sum((jax.nn.sigmoid(z) - wanted) ** 2) / len(z)
        if case.output == "softmax":
            return -jnp.mean(jnp.sum(wanted * jax.nn.log_softmax(z), axis=1))
        return -jnp.mean(wanted * jax.nn.log_sigmoid(z) + (1 - wanted) * jax.nn.log_sigmoid(-z))

    def step(parameters: Any, data: Any, chosen: Any) -> tuple[Any, Any]:
        a, wanted = data
        if chosen is not None:
            a, wanted = a[chosen], wanted[chosen]
        if case.is_of_images:
            a = a.astype(case.dtype) / 255
        loss, gradient = jax.value_and_grad(loss_of)(parameters, a, wanted)
        moved = jax.tree.map(lambda p, g: p - case.rate * g, parameters, gradient)
        return moved, loss

    return start, data, step


def _flat(parameters: Any) -> list[np.ndarray]:
    return [np.asarray(array) for pair in parameters for array in pair]


def each_step(case: Case) -> Work:
    """Return a compiled step that Python calls again and again; losses stay on the device until the end."""
    parameters, data, step = _prepare(case)
    import jax

    compiled = jax.jit(step)
    batches = None if case.batch is None else case.batches
    place = 0

    def run(steps: int) -> None:
        nonlocal parameters, place
        losses = []
        for _ in range(steps):
            chosen = None if batches is None else batches[place % len(batches)]
            parameters, loss = compiled(parameters, data, chosen)
            losses.append(loss)
            place += 1
        jax.block_until_ready((parameters, losses))

    return Work(run, lambda: _flat(parameters))


def scan(case: Case) -> Work:
    """Return all steps of a run as one compiled loop, which returns their losses as one array."""
    parameters, data, step = _prepare(case)
    import jax

    @jax.jit
    def train(parameters: Any, data: Any, chosen: Any) -> tuple[Any, Any]:
        return jax.lax.scan(lambda now, rows: step(now, data, rows), parameters, chosen)

    @jax.jit
    def train_whole(parameters: Any, data: Any, numbers: Any) -> tuple[Any, Any]:
        return jax.lax.scan(lambda now, _: step(now, data, None), parameters, numbers)

    place = 0

    def run(steps: int) -> None:
        nonlocal parameters, place
        if case.batch is None:
            parameters, losses = train_whole(parameters, data, np.arange(steps))
        else:
            chosen = case.batches[np.arange(place, place + steps) % len(case.batches)]
            parameters, losses = train(parameters, data, chosen)
            place += steps
        np.asarray(jax.block_until_ready((parameters, losses))[1])

    return Work(run, lambda: _flat(parameters))

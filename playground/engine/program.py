"""Programs: lists of prepared calls on buffers that exist already, linked into one plain function.

A training step on a small network is some twenty NumPy calls of a quarter of a microsecond each, so what
Python does between them matters as much as the arithmetic. Each part of the engine therefore says *which*
calls it needs, once (``call(np.exp, z, z)``), and `link` writes them out as one function without loops,
look-ups or allocation. The list itself stays readable: `Stage` groups calls under a name and a formula.
"""

from collections.abc import Callable, Iterable, Sequence
from typing import Any, NamedTuple

import numpy as np
from numpy.typing import NDArray

Array = NDArray[Any]


class Call(NamedTuple):
    """A function and the arguments with which each step calls it."""

    function: Callable[..., object]
    arguments: tuple[object, ...]
    out: object | None = None


class Stage(NamedTuple):
    """The calls of one part of a step, such as the forward pass of one layer.

    Attributes
    ----------
    name
        ``"forward"``, ``"loss"``, ``"backward"`` or ``"update"``.
    layer
        The index of the layer, as in ``network.weights[layer]``; ``None`` for all of them.
    formula
        What is computed, for a reader.
    calls
        The calls, in order.
    """

    name: str
    layer: int | None
    formula: str
    calls: list[Call]


def call(function: Callable[..., object], *arguments: object, out: object | None = None) -> Call:
    """Prepare ``function(*arguments)`` to be called in each step.

    NumPy is quicker where the output stands among the arguments; `out` names it for the few functions
    (np.maximum, np.minimum) that want it named.
    """
    return Call(function, arguments, out)


def copy(source: Array, out: Array) -> Call:
    """Prepare ``out[...] = source``, as a method, which takes two thirds of the time of ``np.copyto``."""
    return Call(out.__setitem__, (..., source))


def constant(value: float, like: Array) -> Array:
    """Return `value` as a 0-d array of the type of `like`.

    NumPy takes such an array as it is, where a Python number would be converted anew in every call; and
    writing into it changes the value in a program that is linked already.
    """
    return np.array(value, like.dtype)


def link(calls: Iterable[Call], varying: Sequence[object] = ()) -> Callable[..., None]:
    """Return one function that makes all the calls, in order.

    It is written as source text, one line a call: ``def run(): v0(v1, v2, v1); v3(v1, v4); …``.

    Parameters
    ----------
    calls
        What to call.
    varying
        Arguments of calls that are another object in each round. The function then takes a sequence for each
        of them, and makes all calls once for each set of items: ``def run(s0, s1): for v2, v7 in zip(s0, s1): …``.
    """
    names: dict[int, str] = {}
    namespace: dict[str, Any] = {}

    def name(value: object) -> str:
        if id(value) not in names:
            names[id(value)] = f"v{len(names)}"
            namespace[names[id(value)]] = value
        return names[id(value)]

    def line(one: Call) -> str:
        arguments = [name(value) for value in one.arguments]
        named = [] if one.out is None else [f"out={name(one.out)}"]
        return f"{name(one.function)}({', '.join(arguments + named)})"

    lines = [line(one) for one in calls] or ["pass"]
    items, sequences = [name(value) for value in varying], [f"s{k}" for k in range(len(varying))]
    # As default values the objects become local variables, the quickest to look up; and the function, taken out of
    # its namespace, is freed with all its buffers as soon as nobody holds it.
    defaults = [f"{one}={one}" for one in namespace if one not in items]
    head = f"def run({', '.join(sequences + defaults)}):\n"
    if varying:
        rounds = sequences[0] if len(sequences) == 1 else f"zip({', '.join(sequences)})"
        head += f" for {', '.join(items)} in {rounds}:\n"
    exec(head + "\n".join(f"  {text}" for text in lines), namespace)
    run: Callable[..., None] = namespace.pop("run")
    return run


def execute(calls: Iterable[Call]) -> None:
    """Make the calls once, without linking them."""
    for function, arguments, out in calls:
        function(*arguments) if out is None else function(*arguments, out=out)

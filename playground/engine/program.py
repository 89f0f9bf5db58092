"""Programs: lists of prepared calls on buffers that exist already, linked into one plain function.

A training step on a small network is some twenty NumPy calls of a quarter of a microsecond each, so what
Python does between them matters as much as the arithmetic. Each part of the engine therefore says *which*
calls it needs, once (``call(np.exp, z, z)``), and `link` writes them out as one function without loops,
look-ups or allocation. Formulas of activations and optimisers are plain NumPy functions; `calls_of` finds
out which calls they make. `Stage` groups them under a name.
"""

from collections.abc import Callable, Iterable, Sequence
from functools import lru_cache
from types import CodeType
from typing import Any, NamedTuple

import numpy as np
from numpy.lib.mixins import NDArrayOperatorsMixin
from numpy.typing import NDArray

Array = NDArray[Any]


class Call(NamedTuple):
    """A function and the arguments with which each step calls it; `out` is the named argument ``out``, if any."""

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
    calls
        The calls, in order.
    """

    name: str
    layer: int | None
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


def dot(left: Array, right: Array, out: Array) -> Call:
    """Prepare the product ``out = left @ right`` of two vectors or matrices.

    It goes straight to BLAS, transposed views too, as long as `out` is contiguous. As a method it is spared
    the search for other array types in which ``np.dot`` spends a third of its time on small arrays.
    """
    return Call(left.dot, (right, out))


def constant(value: float, like: Array) -> Array:
    """Return `value` as a 0-d array of the type of `like`.

    NumPy takes such an array as it is, where a Python number would be converted again in every call; and
    writing into it changes the value in a program that is linked already.
    """
    return np.array(value, like.dtype)


class _Symbol(NDArrayOperatorsMixin):
    """Stands for an array while a formula is traced; records each operation in a list of all operations."""

    def __init__(self, operations: list[Any], buffer: Array | None = None) -> None:
        self.operations = operations
        self.buffer = buffer

    def __array_ufunc__(self, function: np.ufunc, method: str, *inputs: object, **options: object) -> Any:
        if method != "__call__" or options:
            return NotImplemented
        made = _Symbol(self.operations)
        self.operations.append((function, inputs, made))
        return made


def calls_of(formula: Callable[..., Any], arguments: Sequence[Array], outputs: Sequence[Array]) -> list[Call]:
    """Return the calls that compute a formula on buffers, with nothing allocated when they are made.

    Parameters
    ----------
    formula
        A function of arrays made of operators and NumPy's elementwise functions, such as ``lambda z: 1 / (1 +
        np.exp(-z))``; it returns one array or a tuple.
    arguments
        The arrays that it is to be called with.
    outputs
        Where each of its results is put; may be the same buffers as some of the arguments.

    Raises
    ------
    ValueError
        Where a result would overwrite an argument before it is read for the last time.
    """
    operations: list[tuple[np.ufunc, tuple[Any, ...], _Symbol]] = []
    found = formula(*(_Symbol(operations, array) for array in arguments))
    results = found if isinstance(found, tuple) else (found,)
    spare, calls = list(outputs), []
    for place, (function, inputs, made) in enumerate(operations):
        values = [_array_of(one, outputs[0]) for one in inputs]
        read_later = [*(one for later in operations[place + 1 :] for one in later[1]), *results]
        needed = [one.buffer for one in read_later if isinstance(one, _Symbol) and one.buffer is not None]
        wanted = [out for out, result in zip(outputs, results, strict=True) if result is made]
        shape = np.broadcast_shapes(*(value.shape for value in values))
        for buffer in wanted or spare:
            if buffer.shape == shape and not any(np.may_share_memory(buffer, other) for other in needed):
                made.buffer = buffer
                break
        else:
            if wanted:
                raise ValueError("a result would overwrite what is still to be read")
            made.buffer = np.empty(shape, outputs[0].dtype)
            spare.append(made.buffer)
        if function in (np.maximum, np.minimum):
            calls.append(call(function, *values, out=made.buffer))
        else:
            calls.append(call(function, *values, made.buffer))
    calls += [copy(one.buffer, out) for one, out in zip(results, outputs, strict=True) if one.buffer is not out]
    return calls


def _array_of(value: Any, like: Array) -> Array:
    """Return the buffer of a symbol, an array as it is, and a number as a constant."""
    if isinstance(value, _Symbol):
        value = value.buffer
    return value if isinstance(value, np.ndarray) else constant(value, like)


def link(calls: Iterable[Call], varying: Sequence[object] = ()) -> Callable[..., None]:
    """Return one function that makes all the calls, in order.

    It is written as source text, one line a call: ``def run(): v0(v1, v2, v1); v3(v1, v4); …``.

    Parameters
    ----------
    calls
        What to call.
    varying
        Arguments of calls that are another object in each round. The function then takes an iterable for each
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
    exec(_compiled(head + "\n".join(f"  {text}" for text in lines)), namespace)
    run: Callable[..., None] = namespace.pop("run")
    return run


@lru_cache(maxsize=64)  # networks of one shape are linked alike: those of a race, say, and those of each reset
def _compiled(source: str) -> CodeType:
    return compile(source, "<linked calls>", "exec")


def execute(calls: Iterable[Call]) -> None:
    """Make the calls once, without linking them."""
    for function, arguments, out in calls:
        function(*arguments) if out is None else function(*arguments, out=out)

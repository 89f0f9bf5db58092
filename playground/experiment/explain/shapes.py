"""The shapes of the matrices in a stage of a step, with samples in rows (as here) or in columns (as some articles).

Letters: ``X`` inputs, ``W`` and ``b`` weights and biases of a layer, ``Z`` weighted sums, ``A`` outputs, ``δ`` deltas,
``T`` targets, ``L`` the loss, ``η`` the learning rate.
"""

from collections.abc import Callable, Iterable, Iterator, Sequence

from playground.experiment.explain.step_trace import TraceEvent

_SUBSCRIPTS = str.maketrans("0123456789", "₀₁₂₃₄₅₆₇₈₉")


class _Shapes:
    """Writes each matrix of a network with its shape."""

    def __init__(self, sizes: Sequence[int], samples: int, *, by_rows: bool) -> None:
        self._sizes, self._samples = sizes, samples
        self.is_by_rows = by_rows

    def samples(self, name: str, layer: int, *, turned: bool = False) -> str:
        """Return a matrix that has a number for each sample and unit of a layer; -1 are the inputs."""
        shape = (self._samples, self._sizes[layer + 1])
        called = "X" if (name, layer) == ("A", -1) else "T" if name == "T" else _numbered(name, layer)
        return f"{called}{'ᵀ' if turned else ''} {_shape(shape, self.is_by_rows != turned)}"

    def weight(self, layer: int, name: str = "W", *, turned: bool = False) -> str:
        """Return the weights into a layer, or their gradient."""
        shape = (self._sizes[layer], self._sizes[layer + 1])
        return f"{_numbered(name, layer)}{'ᵀ' if turned else ''} {_shape(shape, self.is_by_rows != turned)}"

    def bias(self, layer: int, name: str = "b") -> str:
        """Return the biases of a layer, or their gradient."""
        units = self._sizes[layer + 1]
        return f"{_numbered(name, layer)} " + (f"({units},)" if self.is_by_rows else f"({units}, 1)")

    def product(self, first: str, second: str) -> str:
        """Return a product that stands the other way round where samples are columns."""
        return f"{first} · {second}" if self.is_by_rows else f"{second} · {first}"


def shape_lines(sizes: Sequence[int], samples: int, events: Iterable[TraceEvent], *, by_rows: bool) -> tuple[str, ...]:
    """Return an equation of matrices for what the events compute, each matrix with its shape.

    Parameters
    ----------
    sizes
        Units of each layer, inputs first.
    samples
        How many the step learns from.
    events
        Those of a stage; of several of one layer and kind there is one equation.
    by_rows
        Whether each sample is a row; else it is a column.
    """
    shapes, last = _Shapes(sizes, samples, by_rows=by_rows), len(sizes) - 2
    kinds = dict.fromkeys((event.kind, event.layer) for event in events)
    return tuple(dict.fromkeys(line for kind, layer in kinds for line in _LINES[kind](shapes, layer, last)))


def _sum(shapes: _Shapes, layer: int, _last: int) -> Iterator[str]:
    product = shapes.product(shapes.samples("A", layer - 1), shapes.weight(layer))
    yield f"{shapes.samples('Z', layer)} = {product} + {shapes.bias(layer)}"


def _activation(shapes: _Shapes, layer: int, _last: int) -> Iterator[str]:
    yield f"{shapes.samples('A', layer)} = f({shapes.samples('Z', layer)})"


def _unit(shapes: _Shapes, layer: int, last: int) -> Iterator[str]:
    yield from _sum(shapes, layer, last)
    yield from _activation(shapes, layer, last)


def _loss(shapes: _Shapes, _layer: int, last: int) -> Iterator[str]:
    yield f"L = L({shapes.samples('A', last)}, {shapes.samples('T', last)})"


def _delta(shapes: _Shapes, layer: int, last: int) -> Iterator[str]:
    if layer == last:
        yield f"{shapes.samples('δ', layer)} = ∂L/∂{shapes.samples('Z', layer)}"
    else:
        product = shapes.product(shapes.samples("δ", layer + 1), shapes.weight(layer + 1, turned=True))
        yield f"{shapes.samples('δ', layer)} = {product} ⊙ f′({shapes.samples('Z', layer)})"


def _gradient(shapes: _Shapes, layer: int, last: int) -> Iterator[str]:
    product = shapes.product(shapes.samples("A", layer - 1, turned=True), shapes.samples("δ", layer))
    yield f"{shapes.weight(layer, '∂L/∂W')} = {product}"
    yield from _bias_gradient(shapes, layer, last)


def _bias_gradient(shapes: _Shapes, layer: int, _last: int) -> Iterator[str]:
    yield f"{shapes.bias(layer, '∂L/∂b')} = Σ {shapes.samples('δ', layer)}"


def _update(shapes: _Shapes, layer: int, _last: int) -> Iterator[str]:
    yield f"{shapes.weight(layer)} − η · {shapes.weight(layer, '∂L/∂W')} → {_numbered('W', layer)}"


def _bias_update(shapes: _Shapes, layer: int, _last: int) -> Iterator[str]:
    yield f"{shapes.bias(layer)} − η · {shapes.bias(layer, '∂L/∂b')} → {_numbered('b', layer)}"


_LINES: dict[str, Callable[[_Shapes, int, int], Iterator[str]]] = {
    "sum": _sum,
    "activation": _activation,
    "unit": _unit,
    "loss": _loss,
    "delta": _delta,
    "gradient": _gradient,
    "bias gradient": _bias_gradient,
    "update": _update,
    "bias update": _bias_update,
}


def _numbered(name: str, layer: int) -> str:
    return name + str(layer + 1).translate(_SUBSCRIPTS)


def _shape(shape: tuple[int, int], is_kept: bool) -> str:
    first, second = shape if is_kept else shape[::-1]
    return f"({first}, {second})"

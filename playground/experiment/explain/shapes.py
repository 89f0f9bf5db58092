"""The shapes of the matrices in a stage of a step, with samples in rows (as here) or in columns (as some articles).

Letters: ``X`` inputs, ``W`` and ``b`` weights and biases of a layer, ``Z`` weighted sums, ``A`` outputs, ``δ`` deltas,
``T`` targets, ``L`` the loss, ``η`` the learning rate.
"""

from collections.abc import Iterable, Sequence

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
    """Return an equation of matrices for what the events of a stage compute, each matrix with its shape.

    `sizes` are the units of each layer, inputs first. Of several events of one layer and kind there is one equation.
    Each sample is a row, or else a column.
    """
    shapes, last = _Shapes(sizes, samples, by_rows=by_rows), len(sizes) - 2
    kinds = dict.fromkeys((event.kind, event.layer) for event in events)
    return tuple(dict.fromkeys(line for kind, layer in kinds for line in _lines(shapes, kind, layer, last)))


def _lines(shapes: _Shapes, kind: str, layer: int, last: int) -> list[str]:
    """Return the equations of an event of this kind."""
    below, turned = shapes.samples("A", layer - 1), shapes.samples("A", layer - 1, turned=True)
    z, a, delta = (shapes.samples(name, layer) for name in ("Z", "A", "δ"))
    weight, weight_gradient = shapes.weight(layer), shapes.weight(layer, "∂L/∂W")
    bias, bias_gradient = shapes.bias(layer), shapes.bias(layer, "∂L/∂b")
    if kind == "loss":
        return [f"L = L({shapes.samples('A', last)}, {shapes.samples('T', last)})"]
    if kind == "delta" and layer == last:
        return [f"{delta} = ∂L/∂{z}"]
    if kind == "delta":
        product = shapes.product(shapes.samples("δ", layer + 1), shapes.weight(layer + 1, turned=True))
        return [f"{delta} = {product} ⊙ f′({z})"]
    forward = [f"{z} = {shapes.product(below, weight)} + {bias}", f"{a} = f({z})"]
    gradients = [f"{weight_gradient} = {shapes.product(turned, delta)}", f"{bias_gradient} = Σ {delta}"]
    return {
        "sum": forward[:1],
        "activation": forward[1:],
        "unit": forward,
        "gradient": gradients,
        "bias gradient": gradients[1:],
        "update": [f"{weight} − η · {weight_gradient} → {_numbered('W', layer)}"],
        "bias update": [f"{bias} − η · {bias_gradient} → {_numbered('b', layer)}"],
    }[kind]


def _numbered(name: str, layer: int) -> str:
    return name + str(layer + 1).translate(_SUBSCRIPTS)


def _shape(shape: tuple[int, int], is_kept: bool) -> str:
    first, second = shape if is_kept else shape[::-1]
    return f"({first}, {second})"

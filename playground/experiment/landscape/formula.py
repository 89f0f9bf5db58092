"""Formulas that a user types: read into a closed set of operations, and evaluated with their derivatives.

Nothing of a formula is run as Python: its syntax tree is translated, node by node, into the operations below. Partial
derivatives are exact, by forward-mode automatic differentiation: each part of a formula is evaluated to its value and
its derivative by each variable (None: it does not depend on it).
"""

import ast
import math
import re
import warnings
from collections.abc import Callable, Sequence

import numpy as np
from numpy.typing import ArrayLike, NDArray

from playground.engine.activations import ACTIVATIONS, Activation
from playground.language import _
from playground.registry import UserError, quoted

Array = NDArray[np.float64]
Partials = tuple[Array | None, ...]
Jet = tuple[Array, Partials]
"""A value, and its derivative by each variable."""
Part = Callable[[Sequence[Jet]], Jet]
Operation = Callable[[Array, Array], tuple[Array, Array | float, Array | float]]

LONGEST = 200

CONSTANTS = {"pi": math.pi, "e": math.e}

_WRITTEN = {
    **{letter: str(digit) for digit, letter in enumerate("₀₁₂₃₄₅₆₇₈₉")},
    **dict(zip("×·−÷（）\n\t", "**-/()  ", strict=True)),
    "²": "**2",
    "³": "**3",
    "^": "**",
    "π": "pi",
}
"""How letters of formulas as people write them are read."""

_BEFORE_LETTER = re.compile(r"(?<![\w.])(?>\d+\.?\d*(?:[eE][+-]?\d+)?)(?=\s*[A-Za-z(])")
"""A number that stands before a variable, a function or a parenthesis, as in 2x."""


def _of_activation(function: type[Activation]) -> tuple[Callable[[Array], Array], Callable[[Array], Array]]:
    return function.formula, lambda z: function.derivative(z, function.formula(z))


FUNCTIONS: dict[str, tuple[Callable[[Array], Array], Callable[[Array], Array]]] = {
    "sin": (np.sin, np.cos),
    "cos": (np.cos, lambda x: -np.sin(x)),
    "tan": (np.tan, lambda x: 1 + np.square(np.tan(x))),
    "exp": (np.exp, np.exp),
    "log": (np.log, lambda x: 1 / x),
    "ln": (np.log, lambda x: 1 / x),
    "sqrt": (np.sqrt, lambda x: 0.5 / np.sqrt(x)),
    "abs": (np.abs, np.sign),
    **{name.replace("-", "_"): _of_activation(entry.make) for name, entry in ACTIVATIONS.items() if name != "linear"},
}
"""The functions of formulas, each with its derivative; activations are those of networks."""


class Formula:
    """A formula of one or more variables, as it was typed: ``"0.01x² + 0.1x"``; ``^`` and ``**`` are powers.

    Raises
    ------
    UserError
        With a sentence that names the place of the mistake.
    """

    def __init__(self, text: str, variables: tuple[str, ...] = ("x",)) -> None:
        self.text = text
        self.variables = variables
        self._part = _Reader(text, variables).read()

    def value(self, *at: ArrayLike) -> Array:
        """Return the value, of the common shape of the variables' values `at`; NaN where there is none."""
        return self.derivatives(*at)[0]

    def derivatives(self, *at: ArrayLike) -> tuple[Array, tuple[Array, ...]]:
        """Return the value and its derivative by each variable, all of the common shape of `at`."""
        places = [np.asarray(one, np.float64) for one in at]
        shape = np.broadcast_shapes(*(place.shape for place in places))
        one = np.ones(shape)
        variables = range(len(places))
        jets = [(place, tuple(one if k == other else None for other in variables)) for k, place in enumerate(places)]
        with np.errstate(all="ignore"):
            value, partials = self._part(jets)
        return _shaped(value, shape), tuple(_shaped(partial, shape) for partial in partials)


def _shaped(values: Array | None, shape: tuple[int, ...]) -> Array:
    """Return the values in this shape; None for zeros."""
    if values is None:
        return np.zeros(shape)
    return values if values.shape == shape else np.broadcast_to(values, shape)


class _Reader:
    """Translates the text of a formula into a function of jets."""

    def __init__(self, text: str, variables: tuple[str, ...]) -> None:
        self._text, self._variables = text, variables
        self._places: list[int] = []  # where each letter of what is parsed stands in the text
        letters: list[str] = []
        for place, letter in enumerate(text):
            written = _WRITTEN.get(letter, letter)
            letters.append(written)
            self._places += [place] * len(written)
        self._source = "".join(letters)
        for end in sorted((found.end() for found in _BEFORE_LETTER.finditer(self._source)), reverse=True):
            self._source = f"{self._source[:end]}*{self._source[end:]}"
            self._places.insert(end, self._places[end])

    def read(self) -> Part:
        if not self._source.strip():
            raise UserError(_("Type a formula, such as sin(x) + x²."))
        if len(self._text) > LONGEST:
            sentence = _("The formula has {n} characters; at most {most} are allowed.")
            raise UserError(sentence.format(n=len(self._text), most=LONGEST))
        blanks = len(self._source) - len(self._source.lstrip())
        self._source, self._places = self._source[blanks:], self._places[blanks:]
        try:
            with warnings.catch_warnings():
                warnings.simplefilter("ignore")
                tree = ast.parse(self._source, mode="eval")
        except SyntaxError as error:
            sentence = _("The formula cannot be read at character {place}: a number, a sign or a parenthesis is wrong.")
            is_at_end = not error.offset or error.lineno != 1
            place = self._place(len(self._source) if is_at_end else (error.offset or 1) - 1)
            raise UserError(sentence.format(place=place)) from None
        except (ValueError, MemoryError, RecursionError):
            raise UserError(_("The formula cannot be read.")) from None
        return self._part(tree.body)

    def _place(self, offset: int) -> int:
        """Return the number, from 1, of the letter of the text that an offset in the source belongs to."""
        return 1 + (self._places[offset] if offset < len(self._places) else len(self._text))

    def _refuse(self, node: ast.expr, sentence: str, **values: object) -> UserError:
        offset = len(self._source.encode()[: node.col_offset].decode(errors="ignore"))
        what = quoted(ast.get_source_segment(self._source, node) or "", 20)
        return UserError(sentence.format(place=self._place(offset), what=what, **values))

    def _part(self, node: ast.expr) -> Part:
        if isinstance(node, ast.BinOp) and isinstance(node.op, ast.Pow) and isinstance(node.right, ast.Constant):
            self._part(node.right)  # refuses what is no number
            inner, exponent = self._part(node.left), float(node.right.value)  # type: ignore[arg-type]
            return lambda at: _chain(inner(at), lambda u: u**exponent, lambda u: exponent * u ** (exponent - 1))
        if isinstance(node, ast.BinOp) and type(node.op) in _OPERATIONS:
            operation, left, right = _OPERATIONS[type(node.op)], self._part(node.left), self._part(node.right)
            return lambda at: _combined(operation, left(at), right(at))
        if isinstance(node, ast.UnaryOp) and isinstance(node.op, ast.USub | ast.UAdd):
            operand, sign = self._part(node.operand), -1.0 if isinstance(node.op, ast.USub) else 1.0
            return lambda at: _chain(operand(at), lambda x: sign * x, lambda x: np.full_like(x, sign))
        if isinstance(node, ast.Call):
            return self._call(node)
        if isinstance(node, ast.Name):
            return self._name(node)
        if isinstance(node, ast.Constant):
            value = node.value
            if isinstance(value, int | float) and not isinstance(value, bool) and math.isfinite(value):
                return self._number(float(value))
        raise self._refuse(
            node, _("At character {place}, {what} cannot be computed: use numbers, + − * / ^ and parentheses.")
        )

    def _number(self, value: float) -> Part:
        jet = (np.array(value), (None,) * len(self._variables))
        return lambda _at: jet

    def _name(self, node: ast.Name) -> Part:
        if node.id in self._variables:
            place = self._variables.index(node.id)
            return lambda at: at[place]
        if node.id in CONSTANTS:
            return self._number(CONSTANTS[node.id])
        if node.id in FUNCTIONS:
            raise self._refuse(node, _("At character {place}, the function {what} needs parentheses, as in sin(x)."))
        names = ", ".join((*self._variables, *CONSTANTS))
        raise self._refuse(node, _("At character {place}, {what} is unknown; there are {names}."), names=names)

    def _call(self, node: ast.Call) -> Part:
        if not isinstance(node.func, ast.Name) or node.func.id not in FUNCTIONS:
            names = ", ".join(FUNCTIONS)
            sentence = _("At character {place}, {what} is no function; there are {names}. A product needs a *.")
            raise self._refuse(node.func, sentence, names=names)
        if len(node.args) != 1 or node.keywords:
            raise self._refuse(node, _("At character {place}, {what} needs exactly one number in its parentheses."))
        inner, (function, derivative) = self._part(node.args[0]), FUNCTIONS[node.func.id]
        return lambda at: _chain(inner(at), function, derivative)


def _chain(inner: Jet, function: Callable[[Array], Array], derivative: Callable[[Array], Array]) -> Jet:
    """Return f(u) and f'(u) · u' by each variable."""
    value, partials = inner
    if all(one is None for one in partials):
        return function(value), partials
    slope = derivative(value)
    return function(value), tuple(None if one is None else slope * one for one in partials)


def _combined(operation: Operation, left: Jet, right: Jet) -> Jet:
    """Return the value of an operation, and by the chain rule its derivative by each variable."""
    value, by_left, by_right = operation(left[0], right[0])
    partials: list[Array | None] = []
    for a, b in zip(left[1], right[1], strict=True):
        known = [factor * one for factor, one in ((by_left, a), (by_right, b)) if one is not None]
        partials.append(sum(known[1:], known[0]) if known else None)
    return value, tuple(partials)


_OPERATIONS: dict[type[ast.operator], Operation] = {
    ast.Add: lambda u, v: (u + v, 1.0, 1.0),
    ast.Sub: lambda u, v: (u - v, 1.0, -1.0),
    ast.Mult: lambda u, v: (u * v, v, u),
    ast.Div: lambda u, v: (u / v, 1 / v, -(u / v) / v),
    ast.Pow: lambda u, v: (np.power(u, v), v * np.power(u, v - 1), np.power(u, v) * np.log(u)),
}
"""The value of each operation, and its derivatives by the left and by the right operand."""

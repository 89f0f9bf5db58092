"""One colour a layer, from light for the first to dark for the outputs."""

from PySide6.QtGui import QColor

from playground.ui.canvas.painted_view import blend
from playground.ui.core import theme


def layer_colour(layer: int, layers: int) -> QColor:
    """Return the colour of a layer, counted from 0, out of `layers`, in the theme in use."""
    first, middle, last = (theme.color(f"layer_{name}") for name in ("first", "middle", "last"))
    place = 2 * layer / (layers - 1) if layers > 1 else 0.0
    return blend(first, middle, place) if place <= 1 else blend(middle, last, place - 1)

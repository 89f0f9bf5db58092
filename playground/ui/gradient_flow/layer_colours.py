"""One colour a layer, from light for the first to dark for the outputs."""

from PySide6.QtGui import QColor

from playground.ui.core import theme


def layer_colour(layer: int, layers: int) -> QColor:
    """Return the colour of a layer, counted from 0, out of `layers`, in the theme in use."""
    place = layer / (layers - 1) if layers > 1 else 0.0
    stops = [theme.color("layer_first"), theme.color("layer_middle"), theme.color("layer_last")]
    at = place * (len(stops) - 1)
    k = min(int(at), len(stops) - 2)
    return blended(stops[k], stops[k + 1], at - k)


def blended(first: QColor, second: QColor, share: float) -> QColor:
    """Return a colour between two: `share` of the second, the rest of the first."""

    def mixed(a: int, b: int) -> int:
        return round(a + (b - a) * share)

    return QColor(
        mixed(first.red(), second.red()), mixed(first.green(), second.green()), mixed(first.blue(), second.blue())
    )

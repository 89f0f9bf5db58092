"""Small pictures for lists: each activation with its derivative, each loss over the output."""

from collections.abc import Callable, Mapping

import numpy as np
from numpy.typing import NDArray
from PySide6.QtCore import QPointF, QSize, Qt
from PySide6.QtGui import QIcon, QPainter, QPen, QPixmap, QPolygonF

from playground.engine.activations import Activation
from playground.engine.losses import LOSSES
from playground.registry import Registry
from playground.ui.core import theme
from playground.ui.widgets.combo import ComboBox

Array = NDArray[np.float64]
Curve = tuple[Array, Array, Array]
"""Places along the axis, values, and derivatives there, (n,) each."""

WIDTH, HEIGHT = 60, 34
Z_END, A_END, LOSS_END = 4.0, 1.9, 3.0
"""Ends of the axes: weighted sums, what activations output, and losses."""

_POINTS = 101
_SMALLEST = 0.01
"""The smallest output that a loss is drawn for: the logarithm of 0 is infinite."""


def activation_curves(registry: Registry[type[Activation]]) -> dict[str, Curve]:
    """Return the curve of each activation that depends on one weighted sum alone."""
    z = np.linspace(-Z_END, Z_END, _POINTS)
    curves = {}
    for name, entry in registry.items():
        if entry.make.elementwise:
            a = entry.make.formula(z)
            curves[name] = (z, a, entry.make.derivative(z, a))
    return curves


def loss_curves() -> dict[str, Curve]:
    """Return the curve of each loss of one output whose target is 1, over that output from 0 to 1."""
    y = np.linspace(_SMALLEST, 1, _POINTS)
    curves = {}
    for name, entry in LOSSES.items():
        losses = entry.make.formula(y[:, None], np.ones((_POINTS, 1)))
        curves[name] = (y, losses, np.gradient(losses, y))
    return curves


def show_curves(combo: ComboBox, curves: Callable[[], Mapping[str, Curve]], end: float) -> None:
    """Have a list show a picture of each curve beside its name when it opens, with values from −`end` to `end`."""

    def paint() -> None:
        combo.view().setIconSize(QSize(theme.px(WIDTH), theme.px(HEIGHT)))
        found = curves()
        for place in range(combo.count()):
            curve = found.get(combo.itemData(place))
            combo.setItemIcon(place, QIcon(picture(curve, end, combo.devicePixelRatioF())))

    combo.opening.connect(paint)


def picture(curve: Curve | None, end: float, density: float) -> QPixmap:
    """Return a picture of a curve, its derivative dashed, over two axes; an empty one where there is no curve."""
    width, height = theme.px(WIDTH), theme.px(HEIGHT)
    made = QPixmap(round(width * density), round(height * density))
    made.setDevicePixelRatio(density)
    made.fill(Qt.GlobalColor.transparent)
    if curve is None:
        return made
    x, values, derivatives = curve
    low, high = float(x[0]), float(x[-1])
    across = (x - low) / (high - low) * (width - 2) + 1
    with QPainter(made) as painter:
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(QPen(theme.color("strong_border"), 1))
        painter.drawLine(QPointF(0, height / 2), QPointF(width, height / 2))
        zero = 1 + max(0.0, -low / (high - low)) * (width - 2)
        painter.drawLine(QPointF(zero, 0), QPointF(zero, height))
        for heights, pen in (
            (derivatives, QPen(theme.color("test"), 1.3, Qt.PenStyle.DashLine)),
            (values, QPen(theme.color("accent"), 1.8)),
        ):
            painter.setPen(pen)
            down = np.clip(height / 2 * (1 - heights / end), -height, 2 * height)
            painter.drawPolyline(QPolygonF([QPointF(*at) for at in np.column_stack([across, down]).tolist()]))
    return made

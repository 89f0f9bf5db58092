"""The pictures in the lists of activations and losses."""

from itertools import pairwise

import numpy as np
import pytest
from PySide6.QtWidgets import QComboBox

from playground.engine.activations import ACTIVATIONS, OUTPUTS
from playground.engine.losses import LOSSES
from playground.experiment.config.schema import ExperimentConfig
from playground.ui.setup.curve_icons import Curve, activation_curves, loss_curves, picture
from playground.ui.setup.network_panel import NetworkPanel
from tests.ui.conftest import PanelBench

CURVES = {**activation_curves(ACTIVATIONS), **loss_curves()}


@pytest.mark.parametrize("name", CURVES)
def test_the_dashed_curve_is_the_derivative(name: str) -> None:
    x, values, derivatives = CURVES[name]
    smooth = np.abs(x) > 0.1  # ReLU has a corner at 0, and so steep is the logarithm there
    expected = np.gradient(values, x)
    assert derivatives[smooth][1:-1] == pytest.approx(expected[smooth][1:-1], abs=0.05)


def test_all_but_softmax_have_a_curve() -> None:
    assert set(activation_curves(OUTPUTS)) == set(OUTPUTS) - {"softmax"}
    assert set(loss_curves()) == set(LOSSES)
    y, losses, _derivatives = loss_curves()["cross-entropy"]
    assert losses.tolist() == pytest.approx((-np.log(y)).tolist())


def test_each_item_gets_its_picture_when_the_list_opens(panel_bench: PanelBench) -> None:
    bench = panel_bench(NetworkPanel, ExperimentConfig(), size=(292, 700))
    for name in ("activation", "output", "loss"):
        combo = bench.find(QComboBox, name)
        size, before = combo.size(), combo.grab().toImage()
        combo.showPopup()
        combo.hidePopup()
        images = [combo.itemIcon(k).pixmap(60, 34).toImage() for k in range(combo.count())]
        assert all(not image.isNull() for image in images)
        assert all(first != second for first, second in pairwise(images))
        assert combo.size() == size
        assert combo.grab().toImage() == before  # the closed list shows none


def test_without_a_curve_the_picture_is_empty() -> None:
    curve: Curve = CURVES["sigmoid"]
    assert picture(None, 1.0, 1.0).toImage() != picture(curve, 1.0, 1.0).toImage()
    assert picture(curve, 1.0, 2.0).size() == 2 * picture(curve, 1.0, 1.0).size()

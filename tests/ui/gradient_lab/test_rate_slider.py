"""The slider of the learning rate: logarithmic, with the stable range marked."""

import pytest
from pytestqt.qtbot import QtBot

from playground.ui.gradient_lab.rate_slider import RateSlider


@pytest.mark.parametrize("rate", [0.0001, 0.001, 0.1, 1.0, 10.0])
def test_round_rates_are_kept(qtbot: QtBot, rate: float) -> None:
    slider = RateSlider("rate")
    qtbot.addWidget(slider)
    slider.show_rate(rate)
    assert slider.rate() == rate


def test_the_stable_range_is_painted(qtbot: QtBot) -> None:
    slider = RateSlider("rate")
    qtbot.addWidget(slider)
    slider.resize(150, 20)
    slider.show()
    plain = slider.grab().toImage()
    slider.set_stable(0.5)
    marked = slider.grab().toImage()
    assert marked != plain
    slider.set_stable(5.0)
    assert slider.grab().toImage() != marked
    slider.set_stable(None)
    assert slider.grab().toImage() == plain

"""Histograms of weights, now and at the start."""

import numpy as np
from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot

from playground.ui.weights.weight_histograms import WeightHistograms, spread


def test_a_spread_counts_all_numbers_in_the_same_bins() -> None:
    one = spread("a", np.array([-1.0, 0.0, 0.5]), np.array([-4.0, 0.0, 0.0]))
    assert -5.5 <= one.low <= -5.0
    assert one.high == -one.low
    assert one.counts.sum() == one.outline.sum() == 3
    assert one.outline[len(one.outline) // 2] == 2
    assert len(spread("a", np.zeros(1000), np.zeros(1000)).counts) > len(one.counts)


def test_numbers_that_are_none_do_not_break_a_spread() -> None:
    one = spread("a", np.array([np.nan, np.inf, 1.0]), np.zeros(3))
    assert one.counts.sum() == 3


def test_histograms_stand_side_by_side_and_tell_what_is_in_a_bin(qtbot: QtBot) -> None:
    grid = WeightHistograms()
    qtbot.addWidget(grid)
    grid.resize(600, 200)
    grid.show_bars(tuple(spread(title, np.ones(4), np.zeros(4)) for title in "abc"))
    grid.show()
    qtbot.waitExposed(grid)
    boxes = [cell.geometry() for cell in grid.cells]
    assert not any(one.intersects(other) for one in boxes for other in boxes if one is not other)
    chart = grid.cells[1]
    assert chart.describe(0.0, 1.0).endswith("0.0 % of the weights, 100.0 % at the start")
    assert chart.describe(99.0, 1.0) == ""
    assert chart.numbers()["bars"][1].sum() == 4


def test_the_arrows_choose_a_layer_and_a_click_does_too(qtbot: QtBot) -> None:
    grid = WeightHistograms()
    qtbot.addWidget(grid)
    grid.resize(600, 200)
    grid.show_bars(tuple(spread(title, np.ones(4), np.zeros(4)) for title in "abc"))
    grid.show()
    chosen: list[int] = []
    grid.chosen.connect(chosen.append)
    grid.chosen.connect(grid.select)
    qtbot.keyClick(grid, Qt.Key.Key_Right)
    qtbot.mouseClick(grid.cells[2].viewport(), Qt.MouseButton.LeftButton)
    qtbot.keyClick(grid.cells[2], Qt.Key.Key_Left)
    assert chosen == [1, 2, 1]


def test_fewer_layers_leave_none_behind(qtbot: QtBot) -> None:
    grid = WeightHistograms()
    qtbot.addWidget(grid)
    grid.resize(600, 200)
    grid.show()
    for count in (5, 2, 3):
        grid.show_bars(tuple(spread("a", np.ones(4), np.zeros(4)) for _k in range(count)))
        assert [cell.isVisible() for cell in grid.cells] == [k < count for k in range(5)]

"""Heat maps of matrices."""

import numpy as np
import pytest
from PySide6.QtCore import QPointF, Qt
from PySide6.QtGui import QColor
from pytestqt.qtbot import QtBot

from playground.ui.canvas.matrix_view import ConfusionView, Frame, MatrixView, shares, short_number, shown
from playground.ui.core import theme


@pytest.fixture
def matrix(qtbot: QtBot) -> MatrixView:
    made = MatrixView("matrix")
    qtbot.addWidget(made)
    made.resize(420, 260)
    made.set_frame(Frame(("x1", "x2", "bias"), ("1", "2"), "inputs", "units", apart="row"))
    made.set_values(np.array([[4.0, -4.0], [0.0, 1.0], [2.0, 3.0]]))
    return made


def test_the_largest_weight_has_the_positive_colour_and_nothing_but_zeros_is_grey(matrix: MatrixView) -> None:
    def corners() -> list[QColor]:
        image = matrix.grab().toImage()
        return [image.pixelColor((matrix.grid().box(k).topLeft() + QPointF(4, 4)).toPoint()) for k in (0, 1)]

    assert [it.name() for it in corners()] == [theme.current().positive, theme.current().negative]
    matrix.set_values(np.zeros((3, 2)))
    assert all(max(it.getRgb()[:3]) - min(it.getRgb()[:3]) < 8 for it in corners())


def test_the_biases_stand_apart_and_can_be_hovered(matrix: MatrixView) -> None:
    image, bias = matrix.grab().toImage(), matrix.grid().box(4)
    gap = [image.pixelColor(round(bias.left()) + 9, round(bias.top()) + k).name() for k in (-2, 0, 1)]
    assert gap == [theme.current().panel] * 3
    assert matrix.describe(matrix.grid().box(5).center()) == "bias · 2\n3"


def test_numbers_are_written_into_few_cells_and_not_into_many(matrix: MatrixView) -> None:
    def colours(view: MatrixView) -> int:
        part = view.grab().toImage().copy(view.grid().box(0).toRect().adjusted(2, 2, -2, -2))
        return len({part.pixel(x, y) for x in range(part.width()) for y in range(part.height())})

    assert colours(matrix) > 1
    matrix.set_frame(Frame((), ()))
    matrix.set_values(np.full((20, 20), 0.5))
    assert colours(matrix) == 1


@pytest.mark.parametrize(
    ("value", "text"),
    [
        (0.0, "0.00"),
        (-1.234, "−1.23"),
        (0.0012, "1.2e-3"),
        (-0.0031, "−3.1e-3"),
        (3e-5, "3.0e-5"),
        (float("nan"), "NaN"),
        (12.5, "12.50"),
    ],
)
def test_a_weight_is_written_short(value: float, text: str) -> None:
    assert short_number(value) == text


def test_names_are_thinned_where_they_do_not_fit() -> None:
    names = [str(k) for k in range(51)]
    assert shown(names, 20.0, 14.0, keeps_last=False) == list(range(51))
    some = shown(names, 5.0, 14.0, keeps_last=True)
    assert some[-1] == 50
    assert len(some) < 20


def test_a_confusion_view_that_is_only_to_be_seen_opens_nothing(qtbot: QtBot) -> None:
    view = ConfusionView("matrix", selectable=False)
    qtbot.addWidget(view)
    view.resize(300, 200)
    view.set_classes(("a", "b"))
    view.set_counts(np.array([[3, 1], [0, 4]]))
    opened: list[int] = []
    view.opened.connect(opened.append)
    place = view.grid().box(1).center()
    qtbot.mouseClick(view, Qt.MouseButton.LeftButton, pos=place.toPoint())
    qtbot.keyClick(view, Qt.Key.Key_Return)
    assert opened == []
    assert view.describe(place) == "true class a, output b\n1 sample, 25.0 % of the class"
    assert view.describe(QPointF(-5, -5)) == ""
    view.grab()


def test_mistakes_are_orange_beside_a_blue_diagonal() -> None:
    assert shares(np.array([[8, 2], [4, 0]])).tolist() == [[0.8, -0.5], [-1.0, 0.0]]
    assert shares(np.zeros((2, 2), np.int64)).tolist() == [[0.0, 0.0], [0.0, 0.0]]

"""Cells in rows: found under the mouse, and walked through with the keys."""

import pytest
from PySide6.QtCore import QPointF, Qt
from PySide6.QtGui import QColor, QImage, QPainter
from pytestqt.qtbot import QtBot

from playground.ui.canvas.grid_view import Grid, GridView
from playground.ui.core import theme

GRID = Grid(10, 20, 30, 15, columns=3, count=8)


class Cells(GridView):
    def grid(self) -> Grid:
        return GRID

    def draw(self, painter: QPainter) -> None:
        GRID.draw_gaps(painter, 1)


class CellList(Cells):
    is_list = True


def test_every_cell_is_found_and_nothing_beside_them() -> None:
    assert [GRID.at(GRID.box(k).center()) for k in range(9)] == [*range(8), None]
    assert [GRID.at(QPointF(*place)) for place in ((9, 25), (11, 19), (101, 25), (11, 66))] == [None] * 4


@pytest.mark.parametrize(("kind", "reached"), [(Cells, [1, 2, 2, 5, 5, 4, 1, 1]), (CellList, [1, 2, 3, 6, 6, 5, 2, 2])])
def test_the_arrows_walk_and_go_on_in_the_next_row_of_a_list(
    qtbot: QtBot, kind: type[GridView], reached: list[int]
) -> None:
    view = kind("cells", selectable=True)
    qtbot.addWidget(view)
    view.explain = lambda index: f"cell {index}"
    view.set_current(0)
    found = []
    right, down, left, up = Qt.Key.Key_Right, Qt.Key.Key_Down, Qt.Key.Key_Left, Qt.Key.Key_Up
    for key in (right, right, right, down, down, left, up, up):
        qtbot.keyClick(view, key)
        found.append(view.current)
    assert found == reached
    assert view.accessibleDescription() == f"cell {reached[-1]}"


def test_a_click_points_at_a_cell_and_opens_it_and_enter_opens_it_again(qtbot: QtBot) -> None:
    view = Cells("cells", selectable=True)
    qtbot.addWidget(view)
    pointed: list[int] = []
    opened: list[int] = []
    view.pointed.connect(pointed.append)
    view.opened.connect(opened.append)
    qtbot.mouseClick(view, Qt.MouseButton.LeftButton, pos=GRID.box(4).center().toPoint())
    qtbot.keyClick(view, Qt.Key.Key_Return)
    qtbot.mouseClick(view, Qt.MouseButton.LeftButton, pos=GRID.box(8).center().toPoint())
    assert (pointed, opened) == ([4], [4, 4])


@pytest.mark.parametrize("left", [0, 0.3, 0.5, 0.77])
def test_a_gap_lies_on_the_edge_of_the_cells_of_an_image(left: float) -> None:
    image, grid = QImage(60, 20, QImage.Format.Format_RGB32), Grid(left, 0, 5.37, 20, columns=9, count=9)
    cells = QImage(9, 1, QImage.Format.Format_RGB32)
    for k in range(9):
        cells.setPixelColor(k, 0, QColor("black" if k % 2 else "red"))
    with QPainter(image) as painter:
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.drawImage(grid.area, cells)
        grid.draw_gaps(painter, 1)
    names = {"#000000": "k", "#ff0000": "r", theme.color("panel").name(): "-"}
    row = "".join(names.get(image.pixelColor(x, 10).name(), "?") for x in range(1, 46))
    assert all(set(part) in ({"r"}, {"k"}) for part in row.split("-")), row
    assert [part[0] for part in row.split("-")] == list("rkrkrkrkr")

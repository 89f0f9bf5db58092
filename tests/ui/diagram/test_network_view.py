"""The network diagram: where things are, what is under the mouse, which colours they have."""

from dataclasses import replace
from itertools import pairwise
from pathlib import Path

import numpy as np
import pytest
from PySide6.QtCore import QPoint, QPointF, QRectF
from PySide6.QtGui import QImage, QPainter
from PySide6.QtSvg import QSvgRenderer
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from playground.ui.canvas.network_layout import MOST_UNITS, Hit, lay_out
from playground.ui.canvas.pictures import save_drawing
from playground.ui.core import theme
from playground.ui.diagram.network_scene import Scene, Tiles, receptive_fields
from playground.ui.diagram.network_view import NetworkView


def shown(qtbot: QtBot, *sizes: int, image: tuple[int, int] | None = None, biases: bool = True) -> NetworkView:
    view = NetworkView()
    qtbot.addWidget(view)
    view.resize(640, 340)
    inputs = () if image else tuple(f"x{k + 1}" for k in range(sizes[0]))
    outputs = tuple(f"y{k + 1}" for k in range(sizes[-1]))
    view.set_scene(Scene(sizes, inputs, outputs, ("sigmoid",) * (len(sizes) - 1), image, biases))
    view.set_parameters([np.full((a, b), 0.5) for a, b in pairwise(sizes)], [np.full(b, -0.25) for b in sizes[1:]])
    with qtbot.waitExposed(view):
        view.show()
    return view


def middle_of_link(view: NetworkView, layer: int, link: int) -> QPointF:
    points = view.layout_.links[layer].points[link]
    return QPointF(*points[len(points) // 2])


def pixel(view: NetworkView, place: QPointF) -> str:
    image: QImage = view.grab().toImage()
    return str(image.pixelColor(place.toPoint()).name())


def test_hovering_a_link_shows_its_weight_live(qtbot: QtBot) -> None:
    view = shown(qtbot, 2, 1)
    place = middle_of_link(view, 0, 0)
    QTest.mouseMove(view, place.toPoint())
    qtbot.waitUntil(lambda: view.mouse is not None)
    assert view.describe(view.mouse) == "x1 → output y1\nweight 0.5"
    view.set_parameters([np.array([[-3.25], [1.0]])], [np.zeros(1)])
    assert view.describe(view.mouse).endswith("weight −3.25")


def test_hovering_a_bias_or_its_unit_shows_the_bias(qtbot: QtBot) -> None:
    view = shown(qtbot, 2, 8, 8, 1)
    bias = view.layout_.bias_of(view.layout_.boxes[1][2])
    assert view.hit(bias) == Hit("bias", 1, 2)
    assert view.describe(bias) == "layer 1, unit 3\nbias −0.25"
    assert view.describe(view.layout_.boxes[3][0].center()) == "output y1\nbias −0.25"
    for dx, dy in ((8, 0), (-8, 0), (0, 8), (0, -8)):  # it is large enough to hit
        assert view.hit(bias + QPointF(dx, dy)) == Hit("bias", 1, 2)


def test_the_nearest_link_is_found_whatever_their_courses(qtbot: QtBot) -> None:
    view = shown(qtbot, 2, 4, 3, 1)
    for links in view.layout_.links:
        fine = np.linspace(0, 1, 400)[:, None]
        courses = [np.concatenate([a + fine * (b - a) for a, b in pairwise(course)]) for course in links.points]
        for x, y in np.random.default_rng(1).uniform((0, 0), (640, 340), (50, 2)):
            distances = [float(np.hypot(*(course - (x, y)).T).min()) for course in courses]
            link, distance = links.nearest(x, y)
            assert distance == pytest.approx(min(distances), abs=0.3)
            assert distances[link] == pytest.approx(min(distances), abs=0.3)


@pytest.mark.parametrize("kind", ["unit", "bias", "link"])
def test_what_is_pointed_at_can_be_painted_before_the_first_weights_of_a_run(qtbot: QtBot, kind: str) -> None:
    view = shown(qtbot, 2, 3, 1)
    box = view.layout_.boxes[1][2]
    place = {"unit": box.center(), "bias": view.layout_.bias_of(box), "link": middle_of_link(view, 1, 0)}[kind]
    QTest.mouseMove(view, place.toPoint())
    qtbot.waitUntil(lambda: view.pointed is not None and view.pointed.kind == kind)
    assert view.scene is not None
    scene = replace(view.scene, weights=(), biases=())  # that of a new run, whose first numbers may follow
    view.set_scene(scene)
    assert view.pointed is not None
    assert not view.grab().isNull()  # an error in it fails the test


def test_without_biases_there_is_none_to_hit(qtbot: QtBot) -> None:
    view = shown(qtbot, 2, 3, 1, biases=False)
    place = view.layout_.boxes[1][0].bottomLeft() + QPointF(2, -2)
    assert view.hit(place) == Hit("unit", 1, 0)
    assert "bias" not in view.describe(place)


def test_links_have_the_colour_of_their_sign_and_those_that_are_no_number_do_not_stop_the_picture(qtbot: QtBot) -> None:
    view = shown(qtbot, 2, 1)
    view.set_parameters([np.array([[5.0], [-5.0]])], [np.zeros(1)])
    positive, negative = (view.grab().toImage().pixelColor(middle_of_link(view, 0, k).toPoint()) for k in (0, 1))
    assert positive.green() > positive.red() + 80  # teal
    assert negative.red() > negative.green() + 50  # purple
    view.set_parameters([np.array([[np.nan], [np.inf]])], [np.full(1, np.nan)])
    view.grab()
    assert view.describe(middle_of_link(view, 0, 0)).endswith("NaN")


def test_a_heavier_link_is_wider(qtbot: QtBot) -> None:
    def width(weight: float) -> int:
        view.set_parameters([np.array([[weight]])], [np.zeros(1)])
        image, place = view.grab().toImage(), middle_of_link(view, 0, 0).toPoint()
        ground = image.pixelColor(place + QPoint(0, 20))
        return sum(image.pixelColor(place + QPoint(0, dy)) != ground for dy in range(-15, 16))

    view = shown(qtbot, 1, 1)
    assert width(0.1) < width(2.0) < width(5.0)


def test_a_wide_layer_shows_its_first_units_and_how_many_more(qtbot: QtBot) -> None:
    view = shown(qtbot, 784, 50, 10, image=(28, 28))
    assert [len(boxes) for boxes in view.layout_.boxes] == [1, MOST_UNITS - 1, 10]
    more = view.layout_.more[1]
    assert view.hit(more.center()) == Hit("more", 1)
    assert view.describe(more.center()) == "9 of 50 units, the most different first. Click for more."
    assert view.hit(view.layout_.boxes[0][0].center()) == Hit("image", 0)


@pytest.mark.parametrize("sizes", [(2, 1), (2, 4, 1), (2, 8, 8, 1), (784, 50, 10), (12, 30, 20, 3), (1, *(6,) * 14, 1)])
def test_everything_lies_inside_and_nothing_overlaps(sizes: tuple[int, ...]) -> None:
    for size in ((320, 200), (640, 340), (1400, 700)):
        room = QRectF(0, 0, *size)
        layout = lay_out(sizes, room, image=sizes[0] == 784)
        boxes = [box for column in layout.boxes for box in column]
        assert all(room.adjusted(-1, -1, 1, 1).contains(box) for box in boxes)
        assert not any(a.intersects(b) for k, a in enumerate(boxes) for b in boxes[k + 1 :])


def test_the_pictures_of_the_units_fill_their_boxes_in_both_themes(
    qtbot: QtBot, qapp: QApplication, tmp_path: Path
) -> None:
    view = shown(qtbot, 2, 2, 1)
    view.set_tiles({1: Tiles(np.stack([np.full((4, 4), 1.0), np.full((4, 4), -1.0)]), -1.0, 1.0)})
    boxes = view.layout_.boxes[1]
    assert [pixel(view, box.center()) for box in boxes] == [theme.current().positive, theme.current().negative]
    save_drawing(view.size(), view.draw_alone, tmp_path / "network.svg")
    drawing = QImage(view.size(), QImage.Format.Format_RGB32)
    with QPainter(drawing) as painter:
        QSvgRenderer(str(tmp_path / "network.svg")).render(painter)
    drawn = [drawing.pixelColor(box.center().toPoint()).name() for box in boxes]
    assert drawn == [theme.current().positive, theme.current().negative]
    theme.apply(qapp, "dark")
    assert [pixel(view, box.center()) for box in boxes] == [theme.current().positive, theme.current().negative]


def test_receptive_fields_are_one_picture_a_unit_on_one_scale() -> None:
    weight = np.arange(12.0).reshape(6, 2) - 20
    tiles = receptive_fields(weight, (2, 3), (0, 1))
    assert np.array_equal(tiles.pixels[1], weight[:, 1].reshape(2, 3))
    assert (tiles.low, tiles.high) == (-20, 20)


def test_there_is_a_sentence_before_there_is_a_network(qtbot: QtBot) -> None:
    view = NetworkView()
    qtbot.addWidget(view)
    view.set_message("Nothing yet.")
    view.resize(300, 200)
    image = view.grab().toImage()
    assert len({image.pixelColor(x, 100).name() for x in range(300)}) > 1


def test_what_a_smaller_network_lacks_is_nowhere() -> None:
    layout = lay_out((2, 3, 1), QRectF(0, 0, 600, 400))
    assert layout.centre(Hit("link", 2, 0, 0)) is not None
    for gone in (Hit("link", 3, 0, 0), Hit("unit", 3, 0), Hit("bias", 3, 0), Hit("more", 3), Hit("link", 2, 0, 7)):
        assert layout.centre(gone) is None

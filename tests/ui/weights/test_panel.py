"""The views of the weights: what each shows, and that the layer chosen holds in all of them."""

import numpy as np
import pytest
from PySide6.QtCore import QPointF, Qt
from PySide6.QtWidgets import QAbstractButton, QComboBox, QLabel, QWidget
from pytestqt.qtbot import QtBot

from playground.experiment.config import edits
from playground.experiment.config import schema as configs
from playground.experiment.config.choices import InitialChoice
from playground.experiment.probes.probe import Parameters
from playground.experiment.probes.probe import WeightCurves as Followed
from playground.experiment.training.trainer import Trainer
from playground.ui.canvas.histogram_grid import Bars, HistogramGrid
from playground.ui.core import theme
from playground.ui.weights.panel import MOST_TILES, MosaicView, WeightsPanel, explain, spread
from tests.ui.bench import Bench
from tests.ui.conftest import PanelBench, experiment


def choose_layer(stage: Bench, layer: int) -> None:
    box = stage.card.findChild(QComboBox, "weights_layer")
    box.setFocus()
    while box.currentIndex() != layer:
        stage.qtbot.keyClick(box, Qt.Key.Key_Down if box.currentIndex() < layer else Qt.Key.Key_Up)
    stage.settle()


def visible_view(stage: Bench) -> str:
    panel = stage.panel
    views = (panel.matrix, panel.mosaic, panel.histograms, panel.curves, panel.reason)
    return next(view.objectName() for view in views if view.isVisible())


def text(stage: Bench, name: str) -> str:
    label = stage.card.findChild(QLabel, name)
    return label.text()


def parameters(stage: Bench) -> np.ndarray:
    trainer = Trainer(stage.panel.store.config)
    trainer.run(stage.session.step_count)
    return trainer.network.copy_parameters()


def test_each_view_is_one_click_away_asks_for_what_it_shows_and_stays_through_a_reset(panel_bench: PanelBench) -> None:
    stage = panel_bench(WeightsPanel, experiment("circle", [3, 2]))
    choose_layer(stage, 1)
    for view, shown in (
        ("histograms", "weights_histograms"),
        ("history", "weights_curves"),
        ("change", "weights_matrix"),
        ("values", "weights_matrix"),
    ):
        stage.click(f"weights_view_{view}")
        stage.step(20)
        for _reset in range(2):
            assert (stage.panel.view, stage.panel.layer, visible_view(stage)) == (view, 1, shown)
            assert stage.panel.findChild(QWidget, shown).accessibleName()
            assert stage.panel.requested_probes() == ((Followed() if view == "history" else Parameters()),)
            stage.session.reset()
            stage.settle()
        if view == "history":
            assert stage.panel.curves.curves[0].tolist() == [0]
    weights, biases = stage.session.info.layers_of(stage.session.info.start)
    for k, (weight, bias) in enumerate(zip(weights, biases, strict=True)):
        choose_layer(stage, k)
        whole = np.vstack([weight, bias])
        values = stage.panel.matrix.values
        assert np.array_equal(values, whole) or np.array_equal(values, whole.T)
    button = stage.card.findChild(QAbstractButton, "weights_view_values")
    button.setFocus()
    stage.qtbot.keyClick(button, Qt.Key.Key_Right)
    assert stage.panel.view == "histograms"


def test_images_get_one_receptive_field_a_unit_and_histograms_but_no_history(panel_bench: PanelBench) -> None:
    stage = panel_bench(WeightsPanel, experiment("digits", [12], "softmax", batch_size=50, learning_rate=0.5))
    mosaic, info = stage.panel.mosaic, stage.session.info
    weights, _biases = info.layers_of(info.start)
    assert mosaic.isVisible()
    assert mosaic.grid().count == 12
    assert mosaic.limit == pytest.approx(np.abs(weights[0]).max())
    assert mosaic.explain_pixel(4, 2, 3).startswith("unit 5\npixel in row 3, column 4: weight ")
    said = text(stage, "weights_caption")
    assert said.startswith("The weights of each of the 12 units, drawn as an image. Shared scale ±")
    stage.click("weights_view_history")
    assert visible_view(stage) == "weights_reason"
    assert "910 weights and biases" in text(stage, "weights_reason")
    assert stage.panel.requested_probes() == ()
    stage.click("weights_view_histograms")
    first = stage.panel.histograms.bars
    assert [int(one.counts.sum()) for one in first] == [64 * 12, 120]
    assert all((one.counts == one.outline).all() for one in first)
    stage.step(40)
    assert any((one.counts != one.outline).any() for one in stage.panel.histograms.bars)
    assert "at the start" in text(stage, "weights_caption")
    stage.click("weights_view_change")
    assert visible_view(stage) == "mosaic_view"
    now = info.layers_of(parameters(stage))[0]
    words = mosaic.explain_pixel(4, 2, 3)
    assert words.startswith("unit 5\npixel in row 3, column 4\nchange ")
    change = float(words.split("change ")[1].split(":")[0].replace("−", "-"))
    assert change == pytest.approx(now[0][19, 4] - weights[0][19, 4], rel=1e-3)


def test_the_history_names_the_curve_under_the_mouse_its_colour_and_its_numbers(panel_bench: PanelBench) -> None:
    stage = panel_bench(WeightsPanel, experiment("circle", [3]))
    stage.click("weights_view_history")
    stage.step(60)
    curves = stage.panel.curves
    steps, values = curves.curves
    for curve in range(values.shape[1]):
        words = curves.describe(float(steps[-1]), float(values[-1, curve]))
        row, unit = divmod(curve, 3)
        assert words.startswith(f"{('x1', 'x2', 'bias')[row]} → {unit + 1}\nstep 60: ")
    x, y = curves.data("start")
    assert (x == 0).all()
    np.testing.assert_array_equal(y, values[0])
    heads, rows = curves.table()
    assert heads == ("series", "step", "weight or bias")
    assert list(rows)[:2] == [("layer 1: x1 → 1", float(k), values[k, 0]) for k in range(2)]
    assert [row[0] for row in rows[:: len(steps)]][-3:] == [f"layer 1: bias → {k}" for k in (1, 2, 3)]
    assert [words for _colour, words in stage.panel.legend.entries] == ["1", "2", "3"]
    choose_layer(stage, 1)
    assert curves.table()[1][0][0] == "outputs: 1 → y"
    assert [words for _colour, words in stage.panel.legend.entries] == ["1", "2", "3", "bias"]
    assert curves.legend == stage.panel.legend.entries
    assert "each input" in text(stage, "weights_caption")


def test_the_history_shows_the_whole_past_when_it_is_opened(panel_bench: PanelBench) -> None:
    stage = panel_bench(WeightsPanel, experiment("circle", [3, 2]))
    stage.step(150)
    stage.click("weights_view_history")
    weights, biases = stage.session.info.layers_of(stage.session.info.start)
    now, now_biases = stage.session.info.layers_of(parameters(stage))
    for layer in range(3):
        choose_layer(stage, layer)
        steps, values = stage.panel.curves.curves
        assert (steps[0], steps[-1]) == (0, 150)
        np.testing.assert_array_equal(values[0], np.vstack([weights[layer], biases[layer]]).ravel())
        np.testing.assert_array_equal(values[-1], np.vstack([now[layer], now_biases[layer]]).ravel())


def test_a_click_on_a_histogram_or_an_arrow_chooses_its_layer(panel_bench: PanelBench) -> None:
    stage = panel_bench(WeightsPanel, experiment("circle", [3, 2]))
    stage.click("weights_view_histograms")
    grid = stage.panel.histograms
    stage.qtbot.mouseClick(grid.cells[2].viewport(), Qt.MouseButton.LeftButton)
    assert stage.panel.layer == grid.selected == 2
    assert text(stage, "weights_caption").startswith("2 weights")
    stage.qtbot.keyClick(grid.cells[2], Qt.Key.Key_Left)
    assert stage.panel.layer == 1
    stage.qtbot.keyClick(grid, Qt.Key.Key_Right)
    assert stage.panel.layer == 2


def test_the_change_is_now_minus_start_on_a_symmetric_scale(panel_bench: PanelBench) -> None:
    stage = panel_bench(WeightsPanel, experiment("circle", [3, 2]))
    stage.click("weights_view_change")
    assert text(stage, "weights_caption") == "Nothing has changed since the start."
    stage.step(80)
    info = stage.session.info
    weights, biases = info.layers_of(parameters(stage) - info.start)
    for layer in range(3):
        choose_layer(stage, layer)
        whole = np.vstack([weights[layer], biases[layer]])
        shown = stage.panel.matrix.values
        np.testing.assert_allclose(shown if shown.shape == whole.shape else shown.T, whole)
        assert stage.panel.matrix.limit == np.abs(whole).max()
        assert stage.panel.bars.winner == layer
        assert stage.panel.bars.values[layer] == pytest.approx(np.linalg.norm(whole))


def test_a_network_without_biases_has_none_in_any_view(panel_bench: PanelBench) -> None:
    part = configs.to_builtins(experiment("circle", [3]))
    stage = panel_bench(WeightsPanel, configs.from_builtins({**part, "network": {**part["network"], "bias": "none"}}))
    assert stage.panel.matrix.values.size == 6
    stage.click("weights_view_history")
    assert stage.panel.curves.curves[1].shape[1] == 6
    stage.click("weights_view_change")
    assert stage.panel.matrix.values.size == 6


@pytest.mark.parametrize("view", ["values", "history"])
def test_a_layer_chosen_as_a_run_without_it_begins_does_no_harm(panel_bench: PanelBench, view: str) -> None:
    stage = panel_bench(WeightsPanel, experiment("xor", [3, 3, 3]))
    stage.click(f"weights_view_{view}")
    smaller = experiment("xor", [2])
    chosen: list[int] = []

    def choose() -> None:
        stage.panel.choice.setCurrentIndex(3)
        stage.panel.choice.chosen.emit("3")
        chosen.append(stage.panel.layer)

    stage.session.run_started.connect(choose)
    stage.panel.store.apply(smaller)
    stage.qtbot.waitUntil(lambda: stage.session.info.config == smaller)
    stage.settle()
    assert chosen == [0]
    assert stage.panel.layer == 0


@pytest.mark.parametrize(("at_zero", "room", "is_cut"), [(3, 3, False), (30, 30, False), (300, 30, True)])
def test_there_is_room_for_the_start_unless_it_is_all_in_one_bin(at_zero: int, room: int, is_cut: bool) -> None:
    start = np.zeros(21, int)
    start[10] = at_zero
    now = np.full(21, 10 if at_zero > 3 else 3)
    bars = Bars("a", now, -1.0, 1.0, outline=start)
    assert (bars.room(), bars.is_cut) == (room, is_cut)


def test_the_caption_says_where_the_start_is_cut_off(panel_bench: PanelBench) -> None:
    config = edits.set_initial(experiment("digits", [12], "softmax"), InitialChoice("zeros"), None)
    stage = panel_bench(WeightsPanel, config)
    stage.click("weights_view_histograms")
    assert "cut off" not in text(stage, "weights_caption")
    stage.session.change_parameters(lambda old: np.linspace(-1, 1, old.size), range(64 * 12))
    stage.settle()
    assert text(stage, "weights_caption").endswith("which the outline shows. It is cut off at the top.")


def test_a_spread_counts_all_numbers_in_the_same_bins() -> None:
    one = spread("a", np.array([-1.0, 0.0, 0.5]), np.array([-4.0, 0.0, 0.0]))
    assert one.outline is not None
    assert -5.5 <= one.low <= -5.0
    assert one.high == -one.low
    assert one.counts.sum() == one.outline.sum() == 3
    assert one.outline[len(one.outline) // 2] == 2
    many = spread("a", np.zeros(30_000), np.zeros(30_000))
    assert len(many.counts) > len(one.counts)
    assert many.counts.sum() == 30_000
    assert spread("a", np.array([np.nan, np.inf, 1.0]), np.zeros(3)).counts.sum() == 3
    near = spread("a", np.array([3.3e38, 1.0], np.float32), np.zeros(2, np.float32))
    assert near.counts[len(near.counts) // 2 :].tolist() == [1, 0, 0, 1, 0, 0]
    huge = spread("a", np.array([-1.7e308, 1.2e308, 1.0]), np.zeros(3))
    assert np.isfinite(huge.high - huge.low)
    assert (huge.counts.sum(), huge.counts[0], huge.counts[-1]) == (3, 1, 1)


def test_the_picture_of_a_run_that_is_gone_can_still_be_pointed_at(panel_bench: PanelBench) -> None:
    stage = panel_bench(WeightsPanel, "digits", size=(700, 400))
    stage.step(1)
    assert stage.panel.mosaic.explain_pixel(4, 2, 3) != ""
    stage.session.run_discarded.emit()
    assert stage.panel.mosaic.explain_pixel(4, 2, 3) == ""
    stage.click("weights_view_change")


@pytest.fixture
def grid(qtbot: QtBot) -> HistogramGrid:
    grid = HistogramGrid("weights_histograms", ("value", "weights"), explain)
    qtbot.addWidget(grid)
    grid.selected = 0
    grid.resize(600, 200)
    grid.show_bars(tuple(spread(title, np.ones(4), np.zeros(4)) for title in "abc"))
    grid.show()
    qtbot.waitExposed(grid)
    return grid


def test_histograms_stand_side_by_side_and_tell_what_is_in_a_bin(grid: HistogramGrid) -> None:
    boxes = [cell.geometry() for cell in grid.cells]
    assert not any(one.intersects(other) for one in boxes for other in boxes if one is not other)
    chart = grid.cells[1]
    assert chart.describe(0.0, 1.0).endswith("0.0 % of the weights, 100 % at the start")
    assert chart.describe(99.0, 1.0) == ""
    assert chart.numbers()["bars"][1].sum() == 4


def test_fewer_layers_leave_none_behind(grid: HistogramGrid) -> None:
    for count in (5, 2, 3):
        grid.show_bars(tuple(spread("a", np.ones(4), np.zeros(4)) for _k in range(count)))
        assert [cell.isVisible() for cell in grid.cells] == [k < count for k in range(5)]


@pytest.fixture
def mosaic(qtbot: QtBot) -> MosaicView:
    made = MosaicView(lambda tile, row, column: f"{tile} {row} {column}")
    qtbot.addWidget(made)
    made.resize(600, 300)
    return made


def test_the_mosaic_has_one_tile_a_unit(mosaic: MosaicView) -> None:
    tiles = np.zeros((50, 8, 8))
    for k in range(50):
        tiles[k] = (k + 1) / 50
    mosaic.set_tiles(tiles)
    grid = mosaic.grid()
    assert [grid.at(grid.box(k).center()) for k in range(51)] == [*range(50), None]
    assert mosaic.grab().toImage().pixelColor(grid.box(49).center().toPoint()).name() == theme.current().positive


def test_hovering_a_tile_names_its_unit_and_pixel(mosaic: MosaicView) -> None:
    mosaic.set_tiles(np.zeros((4, 3, 5)))
    tile = mosaic.grid().box(2)
    assert mosaic.describe(tile.topLeft() + QPointF(0.9 * tile.width(), 0.5 * tile.height())) == "2 1 4"
    assert mosaic.describe(QPointF(-3, -3)) == ""


def test_the_tiles_share_one_symmetric_scale(mosaic: MosaicView) -> None:
    tiles = np.zeros((2, 4, 4))
    tiles[0], tiles[1] = -0.5, 0.25
    mosaic.set_tiles(tiles)
    assert mosaic.limit == 0.5
    image = mosaic.grab().toImage()
    assert image.pixelColor(mosaic.grid().box(0).center().toPoint()).name() == theme.current().negative
    assert image.pixelColor(mosaic.grid().box(1).center().toPoint()).name() != theme.current().positive
    mosaic.set_tiles(np.ones((2000, 4, 4)))  # of a very wide layer the first units are shown
    assert mosaic.grid().count == MOST_TILES

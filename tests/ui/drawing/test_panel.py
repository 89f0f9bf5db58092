import numpy as np
import pytest
from PySide6.QtCore import QPointF, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QCheckBox, QLabel, QPushButton, QSlider

from playground.experiment.config import edits
from playground.experiment.config.presets import PRESETS
from playground.ui.drawing.panel import DrawingPanel
from tests.ui.drawing.conftest import ACROSS, BAR, Hand, place_of


@pytest.fixture
def planar(panel_bench):
    return panel_bench(DrawingPanel, "spiral", size=(620, 320), bench=Hand)


def test_a_stroke_of_the_mouse_is_answered_while_the_run_is_paused(bench):
    assert bench.find(QLabel, "draw_verdict").text() == "Nothing drawn yet"
    assert bench.panel.bars.values is None
    bench.stroke()
    bench.settle()
    bars = bench.panel.bars
    assert bars.values.sum() == pytest.approx(1, abs=1e-5)
    assert bars.names[bars.winner] in bench.find(QLabel, "draw_verdict").text()
    assert bench.find(QLabel, "draw_origin").text() == "Your drawing"
    assert [len(layer) for layer in bench.panel.strips.layers] == [32]


def test_the_answer_follows_the_hand_and_the_training_but_not_while_the_panel_is_hidden(bench):
    canvas, panel = bench.panel.canvas, bench.panel
    QTest.mousePress(canvas, Qt.MouseButton.LeftButton, pos=place_of(canvas, 75, 75).toPoint())
    bench.settle()
    first = panel.bars.values
    QTest.mouseMove(canvas, place_of(canvas, 205, 72).toPoint())  # the button is still down
    bench.settle()
    assert not np.array_equal(panel.bars.values, first)
    QTest.mouseRelease(canvas, Qt.MouseButton.LeftButton, pos=place_of(canvas, 205, 72).toPoint())
    ink, shown = canvas.drawing.ink.copy(), panel.bars.values
    QTest.mouseMove(canvas, place_of(canvas, 100, 250).toPoint())
    np.testing.assert_array_equal(canvas.drawing.ink, ink)
    panel.hide()
    bench.session.step(20)
    bench.qtbot.waitUntil(lambda: bench.session.step_count == 20 and bench.refresh_loop.is_idle)
    assert panel.bars.values is shown
    panel.show()
    bench.settle()
    assert not np.array_equal(panel.bars.values, shown)
    shown = panel.bars.values
    bench.step(20)
    assert not np.array_equal(panel.bars.values, shown)


def test_a_drawing_outlives_a_new_run_of_the_same_data_and_every_unit_can_be_pointed_at(bench):
    bench.stroke()
    strips = bench.panel.strips
    for hidden in ((50,), (7, 5), (64, 32, 16), (3,) * 6):
        bench.store.apply(edits.set_hidden(bench.store.config, hidden))
        bench.settle()
        assert [len(layer) for layer in strips.layers] == list(hidden)
        assert bench.panel.bars.values is not None
        before = -1.0
        for k, units in enumerate(hidden):
            grid = strips.grid(k)
            assert grid.width >= 3
            assert grid.area.top() > before
            assert grid.area.bottom() <= strips.height()
            before = grid.area.bottom()
            for unit in (0, units - 1):
                value = float(strips.layers[k][unit])
                assert strips.describe(grid.box(unit).center()) == f"layer {k + 1}, unit {unit + 1}: {value:.4g}"


def test_the_paper_says_that_the_small_sevens_have_a_bar_and_one_with_a_bar_is_read_as_a_seven(bench):
    said = bench.panel.canvas.hint
    assert said.endswith("Draw a 7 with a bar: nearly all here have one.")
    bench.session.set_speed(None)
    with bench.qtbot.waitSignal(bench.session.finished, timeout=60_000):
        bench.session.play()
    bench.stroke()
    bench.stroke(ACROSS)
    bench.qtbot.waitUntil(lambda: bench.find(QLabel, "draw_verdict").text() == "The network says: 7")


def test_a_sample_is_answered_altered_by_drawing_and_rubbing_out_and_undone(bench):
    data = bench.session.info.data
    for row in (0, 1):
        bench.click("draw_load_sample")
        bench.settle()
        np.testing.assert_array_equal(bench.panel.prepared.pixels.ravel(), data.raw_test[row])
        truth = data.dataset.class_names[data.labels_test[row]]
        assert bench.find(QLabel, "draw_origin").text() == f"Test sample {row + 1}, true class {truth}"
        assert bench.panel.bars.truth == data.labels_test[row]
    original, answer = bench.panel.prepared.pixels.copy(), bench.panel.bars.values
    bench.stroke(BAR)
    bench.settle()
    changed = np.flatnonzero((bench.panel.prepared.pixels != original).any(axis=1))
    assert set(changed) <= {4, 5, 6}
    assert bench.find(QLabel, "draw_origin").text().endswith(", edited")
    assert bench.panel.bars.truth is None
    assert not np.array_equal(bench.panel.bars.values, answer)
    bench.click("draw_undo")
    bench.settle()
    np.testing.assert_array_equal(bench.panel.prepared.pixels, original)
    np.testing.assert_array_equal(bench.panel.bars.values, answer)
    bench.stroke(((0, 140), (280, 140)), Qt.MouseButton.RightButton)
    assert bench.panel.prepared.pixels[3:5].sum() < original[3:5].sum()


def test_the_overlay_shows_which_pixels_matter(bench):
    bench.session.step(100)
    bench.click("draw_load_sample")
    bench.settle()
    plain = bench.panel.prepared.grab().toImage()
    assert bench.panel.prepared.gradient is None
    assert not bench.panel.legend.isVisible()
    overlay = bench.find(QCheckBox, "draw_overlay")
    overlay.setFocus()
    bench.qtbot.keyClick(overlay, Qt.Key.Key_Space)
    bench.settle()
    assert bench.panel.prepared.gradient.shape == (8, 8)
    assert np.abs(bench.panel.prepared.gradient).max() > 0
    assert bench.panel.prepared.grab().toImage() != plain
    assert "output" in bench.panel.prepared.describe(QPointF(20, 20))
    assert bench.panel.legend.isVisible()
    bench.qtbot.keyClick(overlay, Qt.Key.Key_Space)
    bench.settle()
    assert bench.panel.prepared.grab().toImage() == plain


def test_data_that_are_not_images_say_so_and_one_click_brings_digits(planar):
    sentence = planar.find(QLabel, "draw_excuse")
    assert sentence.isVisible()
    assert "images" in sentence.text()
    assert not planar.panel.canvas.isVisible()
    planar.click("draw_use_digits")
    planar.settle()
    assert planar.store.config.data.name == "digits"
    assert planar.panel.canvas.isVisible()
    planar.stroke()
    planar.settle()
    assert planar.panel.bars.winner is not None
    planar.store.undo()
    planar.settle()
    assert sentence.isVisible()


def test_every_control_has_a_name_and_a_sentence(bench):
    buttons = [*bench.panel.findChildren(QPushButton), *bench.panel.findChildren(QCheckBox)]
    for control in (*buttons, bench.find(QSlider, "draw_brush")):
        assert control.accessibleName()
        assert control.toolTip()
    for view in (bench.panel.canvas, bench.panel.prepared, bench.panel.bars, bench.panel.strips):
        assert view.accessibleName()


@pytest.mark.parametrize("does", ["load", "draw"])
def test_what_is_put_on_the_paper_as_a_run_of_other_data_begins_is_not_taken_for_its(bench, does):
    bench.click("draw_load_sample")
    bench.settle()
    panel, seen = bench.panel, []

    def act():
        panel.load_button.click() if does == "load" else panel.canvas.drawn.emit()
        seen.append(bench.find(QLabel, "draw_origin").text())

    bench.session.run_started.connect(act)
    bench.store.apply(PRESETS["spiral"].config)
    bench.settle()
    assert len(seen) == 1
    assert not panel.canvas.isVisible()

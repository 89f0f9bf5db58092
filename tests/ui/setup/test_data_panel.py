from pathlib import Path

import pytest
from PySide6.QtWidgets import QCheckBox, QLabel, QPushButton, QSlider

from playground.experiment.config import edits
from playground.experiment.config.schema import DataChoice
from playground.ui.setup.data_gallery import Tile
from playground.ui.setup.data_panel import DataPanel
from tests.ui.bench import Bench

PANEL = DataPanel


def chosen(bench: Bench) -> list[str]:
    return [tile.name for tile in bench.panel.findChildren(Tile) if tile.isChecked()]


def test_a_chosen_data_set_is_marked_its_samples_are_counted_and_it_is_undone(bench: Bench) -> None:
    bench.wait_for_run()
    summary = bench.find(QLabel, "data_summary")
    assert summary.text() == "4 samples · 2 inputs · 1 output"
    bench.click("data_spiral")
    assert bench.config.data == DataChoice("spiral")
    assert chosen(bench) == ["spiral"]
    bench.wait_for_run()
    assert summary.text() == "250 train · 250 test · 2 inputs · 1 output"
    bench.click("data_digits")
    bench.wait_for_run()
    assert summary.text() == "1,438 train · 359 test · 8×8 · 10 classes"
    bench.store.undo()
    bench.store.undo()
    assert chosen(bench) == ["and"]


def test_a_new_sample_and_a_drag_of_the_noise_are_one_step_of_undo_each(bench: Bench) -> None:
    bench.click("data_spiral")
    bench.click("data_options")
    bench.click("new_sample")  # is another seed
    assert bench.config.seed != 42
    bench.store.undo()
    assert bench.config.seed == 42
    slider = bench.find(QSlider, "noise")
    for _drag, end in (("first", 4), ("second", 6)):
        slider.sliderPressed.emit()
        slider.setSliderDown(True)
        for position in range(slider.value() + 1, end + 1):
            slider.setValue(position)
        slider.setSliderDown(False)
    assert bench.config.data["noise"] == pytest.approx(0.3)
    bench.store.undo()
    assert bench.config.data["noise"] == pytest.approx(0.2)
    assert slider.value() == 4
    bench.store.undo()
    assert bench.config.data["noise"] == 0


def test_options_follow_the_data_set_and_one_input_stays(bench: Bench) -> None:
    bench.click("data_options")
    assert bench.panel.findChild(QSlider, "noise") is None
    bench.click("data_people")
    bench.qtbot.waitUntil(bench.find(QSlider, "noise").isVisible)
    assert bench.find(QCheckBox, "standardise").isChecked()
    bench.click("standardise")
    assert bench.config.data["standardise"] is False
    bench.type("samples", "50")
    assert bench.config.data["samples"] == 50
    field = bench.type("samples", "many")
    assert bench.config.data["samples"] == 50
    assert field.property("problem") is True
    bench.click("features_x1^2")
    assert set(bench.config.data["features"]) == {"x1", "x2", "x1^2"}
    for name in ("x1", "x2", "x1^2"):
        bench.click(f"features_{name}")
    assert bench.config.data["features"] == ("x1^2",)
    assert bench.find(QPushButton, "features_x1^2").isChecked()


def test_points_of_ones_own_have_a_tile_while_they_are_in_use(bench: Bench) -> None:
    own = DataChoice("rows", x=[[0.0, 1.0], [1.0, 0.0]], y=[0, 1])
    bench.store.apply(edits.set_data(bench.config, own))
    assert bench.find(Tile, "data_rows").isVisible()
    assert chosen(bench) == ["rows"]
    bench.wait_for_run()
    assert bench.panel.findChild(QCheckBox, "scale_target") is None


def a_table(tmp_path: Path, task: str, rows: int = 10) -> DataChoice:
    file = tmp_path / "table.csv"
    file.write_text("a,b,y\n" + "".join(f"{k},{k * k % 7},{k % 2}\n" for k in range(rows)), encoding="utf-8")
    return DataChoice("csv", path=str(file), target="y", task=task)


def test_the_target_can_be_scaled_where_it_is_a_number(bench: Bench, tmp_path: Path) -> None:
    bench.click("data_options")
    for task, is_offered in (("regression", True), ("classification", False), ("regression", True)):
        bench.store.apply(edits.set_data(bench.config, a_table(tmp_path, task)))
        bench.wait_for_run()
        assert (bench.panel.findChild(QCheckBox, "scale_target") is not None) is is_offered


def test_where_the_training_share_leaves_nothing_to_test_on_that_is_said(bench: Bench, tmp_path: Path) -> None:
    bench.store.apply(edits.set_data(bench.config, a_table(tmp_path, "classification", rows=2)))
    bench.wait_for_run()
    summary = bench.find(QLabel, "data_summary")
    assert summary.text().startswith("2 samples, too few for a test part · 2 inputs")
    bench.store.apply(edits.change(bench.config, "data.train_share", 1.0))
    bench.wait_for_run()
    assert summary.text().startswith("2 samples · 2 inputs")
    bench.store.apply(edits.change(bench.config, "data.train_share", 0.5))
    bench.wait_for_run()
    assert summary.text().startswith("1 train · 1 test")

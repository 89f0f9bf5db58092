"""The page of the next step: where the learning rate leads, and the plane with the path."""

import re

import pytest

from playground.experiment.config import edits
from playground.experiment.config.presets import PRESETS
from playground.experiment.config.schema import ExperimentConfig
from playground.ui.gradient_lab.panel import GradientLabPanel
from tests.ui.conftest import PanelBench, text


@pytest.fixture
def bench(panel_bench: PanelBench):
    bench = panel_bench(GradientLabPanel, "and-gate", size=(1000, 460))
    bench.click("lab_page_step")
    bench.step(40)
    return bench


def test_the_line_shows_where_the_next_step_leads_and_the_plane_the_path_from_the_start_to_now(bench) -> None:
    line, plane = bench.panel.page.line, bench.panel.page.plane
    x, y = plane.data("path")
    assert (x[-1], y[-1]) == pytest.approx((0, 0))
    assert len(x) > 20
    assert len(plane.data("contours")[0]) > 50
    assert plane.describe(0.0, 0.0).startswith("loss 0.")
    assert plane.describe(1e6, 0.0) == ""
    assert "% of the movement" in text(bench.card, "lab_step_text")
    rate, loss = (float(values[0]) for values in line.data("next"))
    assert rate == 0.1
    assert line.data("others")[0].tolist() == pytest.approx([0.05, 0.2, 1.0])
    now = float(line.data("now")[1][0])
    bench.step(1)
    assert float(line.data("now")[1][0]) == pytest.approx(loss)
    assert loss < now
    assert "learning rate 0.1 (× 1)" in line.describe(0.1, 0.0)
    assert "Loss of the next batch: now" in text(bench.card, "lab_step_text")
    bench.click("lab_far")
    assert line.data("loss")[0].max() == pytest.approx(0.25)
    assert line.data("others")[0].tolist() == pytest.approx([0.05, 0.2])


def test_a_step_of_nothing_a_small_one_and_one_of_a_large_batch_are_told_too(bench) -> None:
    def said(config: ExperimentConfig) -> str:
        bench.store.apply(config)
        bench.settle()
        words: str = text(bench.card, "lab_step_text")
        return words

    small = said(edits.change(bench.config, "training.learning_rate", 1e-5))
    assert len(set(re.findall(r"\d\.\d+(?=[;,.])", small.partition("leads to")[2])[:4])) == 4  # with as many digits
    assert "Loss of the next batch: now" in said(edits.change(bench.config, "training.learning_rate", 0.0))
    large = said(edits.change(PRESETS["digits"].config, "training.batch_size", None))
    assert "Computed on 500 of the" in large


def test_the_best_step_can_be_guessed_before_it_is_seen(bench) -> None:
    page = bench.panel.page
    height = page.cover.height()
    bench.click("lab_guess")
    bench.qtbot.waitUntil(lambda: page.cover.height() >= height + page.foot.height())  # the question has all the room
    assert not page.line.isVisible()
    assert text(bench.card, "lab_step_text") == ""
    bench.step(1)
    assert text(bench.card, "lab_step_text") == ""  # nothing that follows answers it
    bench.click("guess_option_0.5")
    bench.click("guess_lock")
    assert page.line.isVisible()
    assert page.foot.isVisible()
    assert "You said: learning rate 0.05 (× 0.5). It was: learning rate 1 (× 10)." in text(bench.card, "lab_step_text")
    bench.step(1)
    assert "You said" not in text(bench.card, "lab_step_text")
    bench.click("lab_guess")
    bench.click("guess_skip")
    assert page.line.isVisible()
    assert "You said" not in text(bench.card, "lab_step_text")

"""A race on its bench: seen, guessed, kept and ended. The window begins one from a card in the stories."""

import numpy as np
import pytest
from PySide6.QtWidgets import QAbstractButton, QLabel

from playground.experiment.config.presets import PRESETS
from playground.experiment.config.schema import InitialChoice
from playground.experiment.runs.comparison import ComparisonProbe
from playground.experiment.runs.initial_weights import fitting_gaussian
from playground.ui.comparison.panel import ComparisonPanel
from tests.ui.bench import Bench
from tests.ui.conftest import PanelBench, text

ZEROS = PRESETS["and-gate-zeros"].config
GATE = fitting_gaussian((2, 4, 1))


@pytest.fixture
def bench(panel_bench: PanelBench) -> Bench:
    return panel_bench(ComparisonPanel, ZEROS, size=(900, 320))


def button(bench: Bench, name: str) -> QAbstractButton:
    return bench.find(QAbstractButton, name)


def race_to_the_end(bench: Bench) -> ComparisonPanel:
    """Race the zeros of the gate against a Gaussian start."""
    with bench.qtbot.waitSignal(bench.session.finished):
        bench.session.race([GATE])
    bench.settle()
    panel: ComparisonPanel = bench.panel
    return panel


def test_a_race_shows_all_at_the_same_steps(bench: Bench) -> None:
    panel = race_to_the_end(bench)
    for plot in (panel.loss, panel.accuracy):
        ours, competitor, nobody = (plot.data(f"racer_{k}") for k in range(3))
        assert np.array_equal(ours[0], competitor[0])
        assert ours[0][-1] >= 9_900
        assert not np.array_equal(ours[1], competitor[1])
        assert len(nobody[0]) == 0
    inks = {panel.loss.drawn[f"racer_{k}"].opts["pen"].color().name() for k in range(2)}
    assert len(inks) == 2
    assert [panel.legends[k].entries[0][1] for k in range(2)] == ["Zeros (this run)", "Gaussian, σ = 0.71, 0.5"]
    assert panel.legends[2].entries == ()
    assert text(bench.card, "racer_0_units") == "distinct units: 1 of 4"
    assert text(bench.card, "racer_1_units") == "distinct units: 4 of 4"
    assert "100.0 % right" in text(bench.card, "racer_1_figures")
    assert not panel.cards[2].isVisible()
    assert "Gaussian, σ = 0.71, 0.5  " in panel.loss.describe(9_000, 0.0)


def test_a_rival_is_kept_and_the_start_can_be_undone(bench: Bench) -> None:
    panel = race_to_the_end(bench)
    bench.click("race_keep_1")
    assert bench.config.network.initial == GATE
    assert bench.session.step_count == 10_000
    assert panel.chooser.isVisible()
    bench.store.undo()
    assert bench.config == ZEROS
    bench.qtbot.waitUntil(lambda: bench.session.step_count == 0)


def test_a_race_that_is_ended_leaves_the_run(bench: Bench) -> None:
    panel = race_to_the_end(bench)
    bench.click("race_end")
    assert bench.session.competitors == ()
    assert bench.session.step_count == 10_000
    assert bench.config == ZEROS
    assert panel.chooser.isVisible()


def test_a_guess_is_locked_by_the_start_and_its_outcome_said_at_the_end(bench: Bench) -> None:
    said = bench.find(QLabel, "race_said")
    assert not said.isVisible()
    button(bench, "guess_option_racer_0").click()
    button(bench, "race_start_he").click()
    assert button(bench, "guess_option_racer_0").isChecked()
    assert button(bench, "guess_option_racer_2").isEnabled()
    button(bench, "guess_sure_certain").click()
    with bench.qtbot.waitSignal(bench.session.finished):
        button(bench, "race_begin").click()
        assert said.text() == "Your guess: Zeros (this run)"
    bench.qtbot.waitUntil(lambda: said.text().startswith("You said: Zeros (this run). It was: "))
    panel, ended = bench.panel, said.text()
    assert "Below" not in ended
    losses = {panel._name_of(k): panel.loss.data(f"racer_{k}")[1][-1] for k in range(3)}
    assert f"It was: {min(losses, key=lambda it: losses[it])}." in ended
    button(bench, "race_end").click()
    assert panel.chooser.isVisible()
    assert said.text() == ended
    assert not button(bench, "guess_option_racer_0").isChecked()
    bench.store.apply(PRESETS["xor-gate"].config)
    assert not said.isVisible()


def test_a_race_that_is_ended_early_says_who_was_ahead(bench: Bench) -> None:
    button(bench, "guess_option_racer_1").click()
    button(bench, "race_begin").click()
    bench.session.pause()
    bench.session.step(300)
    bench.qtbot.waitUntil(lambda: bench.session.step_count >= 300 and bench.loop.is_idle)
    assert text(bench.card, "race_said") == "Your guess: Gaussian, σ = 0.71, 0.5"
    button(bench, "race_keep_1").click()
    assert text(bench.card, "race_said") == "You said: Gaussian, σ = 0.71, 0.5. So it is."


def test_a_race_of_numbers_has_no_accuracy(panel_bench: PanelBench) -> None:
    bench = panel_bench(ComparisonPanel, "sine-curve", size=(900, 320))
    bench.session.race([InitialChoice("zeros")])
    bench.qtbot.waitUntil(lambda: len(bench.panel.loss.data("racer_1")[0]) > 0)
    assert bench.panel.loss.isVisible()
    assert not bench.panel.accuracy.isVisible()
    assert "right" not in text(bench.card, "racer_0_figures")
    bench.session.pause()


def test_a_hidden_race_is_not_asked_for(bench: Bench) -> None:
    asked: list[bool] = []
    request = bench.session.request

    def note(probes: tuple[object, ...] = ()) -> None:
        asked.append(ComparisonProbe() in probes)
        request(probes)  # type: ignore[arg-type]

    bench.session.request = note  # type: ignore[method-assign, assignment]
    bench.session.race([GATE])
    bench.session.pause()
    bench.qtbot.waitUntil(lambda: any(asked))
    bench.settle()
    bench.card.hide()
    asked.clear()
    reached = bench.session.step_count + 100
    bench.session.step(100)
    bench.qtbot.waitUntil(lambda: bench.session.step_count == reached and bench.loop.is_idle)
    assert not any(asked)


def test_another_experiment_is_taken_over_when_the_race_is_seen(bench: Bench) -> None:
    assert text(bench.card, "race_words").endswith("starts from: Zeros.")
    bench.card.hide()
    config = PRESETS["and-gate-constant"].config
    bench.store.apply(config)
    bench.qtbot.waitUntil(lambda: bench.session.info.config == config and bench.loop.is_idle)
    assert text(bench.card, "race_words").endswith("starts from: Zeros.")
    bench.card.show()
    bench.settle()
    assert text(bench.card, "race_words").endswith("starts from: Constant 1 · Zeros.")
    assert not button(bench, "race_start_zeros").isHidden()

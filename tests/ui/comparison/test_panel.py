"""Races in the real window: begun from a card, from the menu and by keys; seen, kept and ended."""

import numpy as np
import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QCheckBox, QLabel, QScrollArea
from pytestqt.qtbot import QtBot

from playground.experiment.config import edits
from playground.experiment.config.presets import PRESETS
from playground.experiment.config.schema import InitialChoice
from playground.experiment.runs.comparison import ComparisonProbe
from playground.experiment.runs.initial_weights import fitting_gaussian, usual_starts
from playground.ui.comparison.panel import ComparisonPanel, ComparisonPlot, RunCard
from playground.ui.core import number_text, theme
from playground.ui.core.number_text import significant
from playground.ui.shell.main_window import SMALLEST, MainWindow
from playground.ui.widgets.markdown_text import MarkdownText
from tests.ui.conftest import OpenWindow, endless, part, settle, text

LEFT = Qt.MouseButton.LeftButton
GATE = fitting_gaussian((2, 4, 1))


def panel_of(window: MainWindow) -> ComparisonPanel:
    panel = window.area.panels["race_panel"]
    assert isinstance(panel, ComparisonPanel)
    return panel


def box(window: MainWindow, start: str) -> QCheckBox:
    found = window.findChild(QCheckBox, f"race_start_{start}")
    assert found is not None, start
    return found


ZEROS = edits.change(PRESETS["and-gate-zeros"].config, "training.stop.steps", 2_000)


def ended_race(window: MainWindow, qtbot: QtBot) -> ComparisonPanel:
    """Race the zeros of the gate against a Gaussian start to the end, from the card."""
    window.session.step(100)
    qtbot.waitUntil(lambda: part(window, "identical_units_notice").isVisible())
    with qtbot.waitSignal(window.session.finished):
        QTest.mouseClick(part(window, "identical_units_race"), LEFT)
    qtbot.waitUntil(lambda: window.refresh_loop.is_idle)
    return panel_of(window)


def test_a_card_starts_a_race_that_shows_all_at_the_same_steps_and_leaves_the_run_at_its_end(
    kept_window: OpenWindow, qtbot: QtBot
) -> None:
    window = kept_window(ZEROS)
    assert not window.area.docks["race_panel"].isVisible()
    panel = ended_race(window, qtbot)
    assert panel.isVisible()
    for plot in (panel.loss, panel.accuracy):
        ours, competitor, nobody = (plot.data(f"racer_{k}") for k in range(3))
        assert np.array_equal(ours[0], competitor[0])
        assert ours[0][-1] >= 1_980
        assert not np.array_equal(ours[1], competitor[1])
        assert len(nobody[0]) == 0
    inks = {panel.loss.drawn[f"racer_{k}"].opts["pen"].color().name() for k in range(2)}
    assert len(inks) == 2
    assert [panel.cards[k].legend.entries[0][1] for k in range(2)] == ["Zeros (this run)", "Gaussian, σ = 0.71, 0.5"]
    assert panel.cards[2].legend.entries == ()
    assert text(window, "racer_0_units") == "distinct units: 1/4"
    assert text(window, "racer_1_units") == "distinct units: 4/4"
    assert "100 % right" in text(window, "racer_1_figures")
    assert not part(window, "racer_2").isVisible()
    assert "Gaussian, σ = 0.71, 0.5  " in panel.loss.describe(1_900, 0.0)
    for k in range(2):
        loss = text(window, f"racer_{k}_figures").partition(" ·")[0].removeprefix("loss ")
        assert len(loss.lstrip("0.").replace(".", "")) == 4
    QTest.mouseClick(part(window, "race_end"), LEFT)
    assert window.session.competitors == ()
    assert window.session.step_count == 2_000
    assert window.store.config == ZEROS
    assert panel.chooser.isVisible()
    window.area.docks["race_panel"].hide()
    window.store.apply(PRESETS["sine-curve"].config)
    qtbot.waitUntil(lambda: window.session.is_current)
    assert [len(plot.data("racer_1")[0]) for plot in (panel.loss, panel.accuracy)] == [0, 0]  # nor for the next race


def test_a_rival_is_kept_and_the_start_can_be_undone(kept_window: OpenWindow, qtbot: QtBot) -> None:
    window = kept_window(ZEROS)
    panel = ended_race(window, qtbot)
    QTest.mouseClick(part(window, "race_keep_1"), LEFT)
    qtbot.waitUntil(lambda: window.session.info is not None and window.session.info.config == window.store.config)
    qtbot.waitUntil(lambda: window.refresh_loop.is_idle)
    assert window.store.config.network.initial == GATE
    assert window.session.step_count == 2_000
    assert panel.chooser.isVisible()
    assert not part(window, "identical_units_notice").isVisible()
    QTest.keyClick(window, Qt.Key.Key_Z, Qt.KeyboardModifier.ControlModifier)
    assert window.store.config == ZEROS
    qtbot.waitUntil(lambda: window.session.is_current)
    assert window.session.step_count == 2_000


def test_a_guess_is_locked_by_the_start_and_its_outcome_said_at_the_end(kept_window: OpenWindow, qtbot: QtBot) -> None:
    window = kept_window(ZEROS)
    window.actions_["race"].trigger()
    said = part(window, "race_said")
    assert not said.isVisible()
    QApplication.processEvents()
    place = part(window, "race_begin").y()
    part(panel_of(window), "guess_option_racer_0").click()  # type: ignore[attr-defined]
    QApplication.processEvents()
    assert part(panel_of(window), "guess_sure").isVisible()
    assert part(window, "race_begin").y() == place  # a guess moves no button
    box(window, "he").click()
    assert part(panel_of(window), "guess_option_racer_0").isChecked()  # type: ignore[attr-defined]
    assert part(panel_of(window), "guess_option_racer_2").isEnabled()
    part(panel_of(window), "guess_sure_certain").click()  # type: ignore[attr-defined]
    with qtbot.waitSignal(window.session.finished):
        part(window, "race_begin").click()  # type: ignore[attr-defined]
        assert text(window, "race_said") == "Your guess: Zeros (this run)"
    qtbot.waitUntil(lambda: text(window, "race_said").startswith("You said: Zeros (this run). It was: "))
    panel, ended = panel_of(window), text(window, "race_said")
    assert "Below" not in ended
    losses = {name: panel.loss.data(colour)[1][-1] for colour, name in panel.loss.names.items()}
    best = min(losses, key=lambda it: losses[it])
    assert f"It was: {best}." in ended
    assert ended.endswith(f"Smallest train loss: {significant(losses[best], 4, padded=True)}.")
    assert said.isVisible()
    part(window, "race_end").click()  # type: ignore[attr-defined]
    assert panel.chooser.isVisible()
    assert not said.isVisible()  # it has been read, and another race is set up now
    assert not part(panel_of(window), "guess_option_racer_0").isChecked()  # type: ignore[attr-defined]


def test_who_is_the_first_to_reach_the_loss_wins_a_race_to_it_whatever_its_loss_is(
    kept_window: OpenWindow, qtbot: QtBot
) -> None:
    window = kept_window("spiral")
    window.actions_["race"].trigger()
    panel = panel_of(window)
    question = part(panel, "guess_question", MarkdownText)
    assert "first to reach a train loss below 0.02" in question.toPlainText()
    part(panel, "guess_option_racer_0").click()  # type: ignore[attr-defined]
    with qtbot.waitSignal(window.session.finished, timeout=30_000):
        part(window, "race_begin").click()  # type: ignore[attr-defined]
    qtbot.waitUntil(lambda: text(window, "race_said").startswith("You said: Xavier (this run). It was: Gaussian"))
    ends = [panel.loss.data(f"racer_{k}") for k in range(2)]
    (steps, ours), (fewer, theirs) = ((int(x[-1]), y[-1]) for x, y in ends)
    assert fewer < steps
    assert text(window, "race_said").endswith(f"First below a train loss of 0.02: after {fewer:,} steps.")
    for k, (step, loss) in enumerate(((steps, ours), (fewer, theirs))):
        assert text(window, f"racer_{k}_figures").startswith(f"loss {significant(loss, 4, padded=True)} · ")
        assert text(window, f"racer_{k}_end") == f"{step:,} steps"
    assert text(window, "train_loss_value") == number_text.loss(ours)  # in the bar


def test_the_question_follows_the_stop_conditions(kept_window: OpenWindow) -> None:
    window = kept_window("spiral")
    window.actions_["race"].trigger()
    part(panel_of(window), "guess_option_racer_1").click()  # type: ignore[attr-defined]
    window.store.apply(edits.change(window.store.config, "training.stop.loss_below", None))
    question = part(panel_of(window), "guess_question", MarkdownText).toPlainText()
    assert question.endswith("which one will have the smallest train loss at the end?")
    assert part(panel_of(window), "guess_option_racer_1").isChecked()  # type: ignore[attr-defined]


def test_a_saved_table_and_a_saved_picture_call_the_curves_as_the_window_does(
    kept_window: OpenWindow, qtbot: QtBot
) -> None:
    window = kept_window(ZEROS)
    panel = ended_race(window, qtbot)
    shown = [label.text() for label in panel.findChildren(QLabel) if label.isVisible()]
    for plot, name in ((panel.loss, "Train loss"), (panel.accuracy, "Train accuracy")):
        assert name in shown
        assert plot.accessibleName() == name
        assert list(plot.table()[0]) == ["series", "step", name]


@pytest.mark.parametrize("begins", ["start", "data"])
def test_a_race_that_is_ended_early_says_who_was_ahead_until_another_is_set_up(
    begins: str, kept_window: OpenWindow, qtbot: QtBot
) -> None:
    window = kept_window("and-gate-zeros")
    window.actions_["race"].trigger()
    part(panel_of(window), "guess_option_racer_1").click()  # type: ignore[attr-defined]
    part(window, "race_begin").click()  # type: ignore[attr-defined]
    window.session.pause()
    window.session.step(300)
    qtbot.waitUntil(lambda: window.session.step_count >= 300 and window.refresh_loop.is_idle)
    assert text(window, "race_said") == "Your guess: Gaussian, σ = 0.71, 0.5"
    part(window, "race_keep_1").click()  # type: ignore[attr-defined]
    assert text(window, "race_said").startswith("You said: Gaussian, σ = 0.71, 0.5. So it is. Smallest train loss: ")
    qtbot.waitUntil(lambda: window.session.is_current and window.refresh_loop.is_idle)
    assert part(window, "race_said").isVisible()
    if begins == "start":
        box(window, "he").click()
    else:
        window.store.apply(PRESETS["xor-gate"].config)
    assert not part(window, "race_said").isVisible()


def test_losses_side_by_side_have_the_same_number_of_digits(qtbot: QtBot) -> None:
    plot = ComparisonPlot("race_loss", "Loss")
    qtbot.addWidget(plot)
    losses = np.array([1.0, 0.00122]), np.array([1.0, 0.0010951])
    plot.names = {"racer_0": "zeros", "racer_1": "ones"}
    plot.set_curves([(np.array([0.0, 1.0]), it) for it in losses])
    shown = [line.rpartition("  ")[2] for line in plot.describe(1, 0.0).splitlines()[1:]]
    assert shown == ["0.001220", "0.001095"]


def test_a_race_of_numbers_has_no_accuracy(kept_window: OpenWindow, qtbot: QtBot) -> None:
    window = kept_window("sine-curve")
    window.session.race([InitialChoice("zeros")])
    panel = panel_of(window)
    qtbot.waitUntil(lambda: not panel.accuracy.isVisible())  # before that it shows the race of a test before
    qtbot.waitUntil(lambda: len(panel.loss.data("racer_1")[0]) > 0)
    assert panel.loss.isVisible()
    assert "right" not in text(window, "racer_0_figures")
    window.session.pause()


def test_a_hidden_race_is_not_asked_for(kept_window: OpenWindow, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch) -> None:
    window = kept_window("and-gate-zeros")
    asked: list[bool] = []
    request = window.session.request

    def note(probes: tuple[object, ...] = ()) -> None:
        asked.append(ComparisonProbe() in probes)
        request(probes)  # type: ignore[arg-type]

    monkeypatch.setattr(window.session, "request", note)
    window.session.step(100)
    qtbot.waitUntil(lambda: window.session.step_count == 100 and window.refresh_loop.is_idle)
    window.session.race([GATE])
    window.session.pause()
    qtbot.waitUntil(lambda: any(asked))
    qtbot.waitUntil(lambda: window.refresh_loop.is_idle)
    window.area.docks["race_panel"].hide()
    asked.clear()
    window.session.step(100)
    qtbot.waitUntil(lambda: len(asked) > 0 and window.refresh_loop.is_idle)
    assert not any(asked)


def test_another_experiment_is_taken_over_when_the_race_is_seen(kept_window: OpenWindow, qtbot: QtBot) -> None:
    window = kept_window("and-gate-zeros")
    window.actions_["race"].trigger()
    qtbot.waitUntil(lambda: text(window, "race_words").endswith("starts from: Zeros."))
    window.area.show_panel("boundary_panel")
    QApplication.processEvents()
    config = PRESETS["and-gate-constant"].config
    window.experiment_menu.chosen.emit(config)
    qtbot.waitUntil(lambda: window.session.info is not None and window.session.info.config == config)
    qtbot.waitUntil(lambda: window.refresh_loop.is_idle)
    assert text(window, "race_words").endswith("starts from: Zeros.")
    window.actions_["race"].trigger()
    assert text(window, "race_words").endswith("starts from: Constant 1 · Zeros.")
    assert not box(window, "zeros").isHidden()


def test_a_race_is_chosen_and_begun_with_the_keyboard(
    kept_window: OpenWindow, qtbot: QtBot, qapp: QApplication
) -> None:
    window = kept_window(endless(PRESETS["spiral"].config))
    QTest.keyClick(window, Qt.Key.Key_R, Qt.KeyboardModifier.ControlModifier)
    qtbot.waitUntil(lambda: box(window, "zeros").hasFocus())
    assert "which starts from: Xavier." in text(window, "race_words")
    assert not box(window, "xavier").isVisible()
    assert [key for key in usual_starts((2, 1)) if box(window, key).isChecked()] == ["fitting"]
    QTest.keyClick(box(window, "zeros"), Qt.Key.Key_Space)
    box(window, "he").setFocus()
    QTest.keyClick(box(window, "he"), Qt.Key.Key_Space)
    assert not box(window, "wide").isEnabled()
    begin = part(window, "race_begin")
    begin.setFocus()
    QTest.keyClick(begin, Qt.Key.Key_Space)
    starts = usual_starts((2, 8, 8, 1))
    assert window.session.competitors == (starts["zeros"], starts["fitting"], starts["he"])
    qtbot.waitUntil(lambda: "distinct units: 8/8, 8/8" in text(window, "racer_3_units"))
    assert text(window, "racer_1_units") == "distinct units: 1/8, 1/8"
    assert window.session.is_running
    window.session.pause()
    everything_is_seen_in_the_smallest_window(window, qapp)


def everything_is_seen_in_the_smallest_window(window: MainWindow, qapp: QApplication) -> None:
    usual = window.size()
    window.resize(*SMALLEST)
    settle(qapp)
    assert not part(window, "ground", QScrollArea).horizontalScrollBar().isVisible()
    assert part(window, "race_loss").width() >= 160
    for k in range(4):
        assert part(window, f"racer_{k}_figures").width() >= part(window, f"racer_{k}_figures").sizeHint().width()
    assert not part(window, "race_accuracy").isVisible()
    window.resize(usual)
    settle(qapp)
    assert part(window, "race_accuracy").isVisible()


def test_another_run_offers_other_starts_and_nothing_is_begun_without_a_rival(
    kept_window: OpenWindow, qtbot: QtBot
) -> None:
    window = kept_window("and-gate")
    window.actions_["race"].trigger()
    assert box(window, "fitting").text() == "Gaussian, σ = 0.71, 0.5"
    assert "(1/√2 = 0.71, 1/√4 = 0.5)" in box(window, "fitting").toolTip()  # why it is proposed
    assert part(window, "race_begin").isEnabled()
    box(window, "fitting").setFocus()
    QTest.keyClick(box(window, "fitting"), Qt.Key.Key_Space)
    assert not part(window, "race_begin").isEnabled()
    window.store.apply(PRESETS["digits"].config)
    qtbot.waitUntil(lambda: box(window, "fitting").text() == "Gaussian, σ = 0.12, 0.18")
    assert not box(window, "he").isVisible()
    assert box(window, "wide").isVisible()


def test_the_figures_grow_with_the_type(qtbot: QtBot) -> None:
    card = RunCard(0, lambda: None)
    qtbot.addWidget(card)
    usual = card.figures.font().pixelSize()
    theme.set_scale(1.7)
    assert card.figures.font().pixelSize() == round(1.7 * usual)

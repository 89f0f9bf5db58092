"""A learner goes through a lesson: the guess first, then the run, the reason, and an act of their own."""

import copy
from dataclasses import replace
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtWidgets import QAbstractButton, QLabel, QLineEdit

from playground.experiment.config import edits
from playground.experiment.lessons import files, progress
from playground.experiment.lessons.files import Lesson
from playground.experiment.lessons.progress import Answer, Attended, Progress
from playground.ui.core import theme
from playground.ui.lessons.guidance import RUN_CONTROLS
from playground.ui.lessons.panel import LessonPanel
from playground.ui.widgets.markdown_text import MarkdownText
from tests.experiment.lessons.conftest import STRUCTURE, TEXT, played, write
from tests.ui.bench import Bench
from tests.ui.conftest import PanelBench


class Scene:
    """The panel on its own, and what it has asked of the window."""

    def __init__(self, bench: Bench, lesson: Lesson) -> None:
        self.bench, self.lesson = bench, lesson
        self.panel: LessonPanel = bench.panel
        self.asked: dict[str, list[Any]] = {}
        for name in ("opened", "closed", "arranged", "guided", "proposed", "progressed"):
            self.asked[name] = []
            source = self.panel if hasattr(self.panel, name) else self.panel.guidance
            getattr(source, name).connect(lambda *it, name=name: self.asked[name].append(it))

    def last(self, name: str) -> Any:
        """Return what was asked for last; of what guides the learner, the part of a name."""
        parts = ("marked", "held", "questioned")
        return self.asked["guided"][-1][parts.index(name)] if name in parts else self.asked[name][-1][0]

    def open(self, step: str) -> None:
        self.panel.open(self.lesson, step)
        self.bench.settle()

    def click(self, name: str) -> None:
        self.bench.find(QAbstractButton, name).click()
        self.bench.qtbot.waitUntil(lambda: not self.bench.session.is_running and self.bench.loop.is_idle)

    def words(self, name: str) -> str:
        return self.bench.find(MarkdownText, name).toPlainText()

    def label(self, name: str) -> str:
        return self.bench.find(QLabel, name).text()


@pytest.fixture
def scene(panel_bench: PanelBench, tmp_path: Path) -> Scene:
    folder = write(tmp_path / "mine", STRUCTURE)
    return Scene(panel_bench(LessonPanel, "and-gate", size=(360, 560)), files.load(folder))


def test_nothing_moves_before_the_guess_which_then_stays_beside_what_happened(scene: Scene) -> None:
    scene.open("guess")
    session = scene.bench.session
    assert set(RUN_CONTROLS) < set(scene.last("held"))
    assert scene.last("questioned")
    session.play()
    session.step(3)
    session.step_epoch()
    scene.bench.settle()
    assert (session.is_running, session.step_count) == (False, 0)
    scene.click("guess_option_up")
    scene.click("guess_sure_certain")
    scene.click("guess_lock")
    assert scene.last("held") == ("network_panel",)
    assert "play_button" in scene.last("marked")
    assert scene.panel.phase == "run"
    session.play()
    scene.bench.qtbot.waitUntil(lambda: scene.panel.phase == "done")
    assert session.step_count == 100
    assert scene.label("guess_said").startswith("You said: Up. It was: Down. You were certain")
    assert scene.words("lesson_why").startswith("It is 0.02")
    assert scene.words("lesson_figures").startswith("The loss: here 0.02")
    kept = scene.last("progressed").of("mine")
    answer = kept.answers["guess"]
    assert (answer.said, answer.sure, answer.was, answer.right) == ("up", "certain", "down", False)
    assert kept.done == ("guess",)


def test_skipping_is_recorded_and_hints_come_with_their_count_and_then_the_solution(scene: Scene) -> None:
    scene.open("count")
    scene.click("guess_skip")
    assert scene.label("guess_said") == "You skipped this one. It was: 16"
    assert scene.last("progressed").of("mine").answers["count"].said is None
    assert scene.panel.phase == "act"
    hint, solution = (scene.bench.find(QAbstractButton, f"lesson_{name}") for name in ("hint", "solution"))
    assert hint.text() == "Hint 1/1"
    assert not solution.isVisible()
    scene.click("lesson_hint")
    assert "under Training" in scene.words("lesson_hint_1")
    scene.click("lesson_solution")
    assert scene.asked["proposed"] == [("learning_rate", "0.3")]
    assert scene.last("marked") == ("learning_rate",)
    assert scene.bench.config.training.learning_rate == 0.1
    scene.click("lesson_do_1")
    assert scene.bench.config.training.learning_rate == 0.3
    assert scene.panel.phase == "done"


def test_hints_come_with_the_goal_and_never_beside_an_open_question(scene: Scene, tmp_path: Path) -> None:
    steps = [{**STRUCTURE["steps"][1], "set_up": {"experiment": "and-gate"}, "run": {"steps": 5}}]
    words = TEXT.partition("## guess")[0] + "## count" + TEXT.partition("## count")[2].partition("## order")[0]
    scene.lesson = files.load(write(tmp_path / "run", {**STRUCTURE, "steps": steps}, words))
    scene.open("count")
    hint = scene.bench.find(QAbstractButton, "lesson_hint")
    assert not hint.isVisible()
    scene.click("guess_skip")
    assert (scene.panel.phase, hint.isVisible()) == ("run", False)
    scene.bench.session.play()
    scene.bench.qtbot.waitUntil(lambda: scene.panel.phase == "act")
    assert hint.isVisible()


def test_the_goal_is_reached_by_the_learners_own_act(scene: Scene) -> None:
    scene.open("count")
    scene.click("guess_skip")
    scene.bench.store.apply(edits.change(scene.bench.config, "training.learning_rate", 0.25))
    assert scene.panel.phase == "done"
    assert scene.label("lesson_reached") == "✓ Done."


def test_variants_are_run_and_put_in_order(scene: Scene, tmp_path: Path) -> None:
    steps = [*STRUCTURE["steps"][:2], {**STRUCTURE["steps"][2], "light": ["learning_rate"]}]
    scene.lesson = files.load(write(tmp_path / "lit", {**STRUCTURE, "steps": steps}))
    scene.open("order")
    scene.click("guess_down")
    scene.click("guess_lock")
    assert (scene.panel.phase, scene.last("marked")) == ("compare", ())  # its settings are not asked for yet
    assert set(RUN_CONTROLS) <= set(scene.last("held"))  # Play would train something else
    assert scene.bench.session.is_held
    scene.click("lesson_compare")
    scene.bench.qtbot.waitUntil(lambda: scene.panel.phase == "done")
    assert (scene.bench.session.is_held, scene.last("held")) == (False, ())
    assert scene.last("marked") == ("learning_rate",)
    assert scene.label("guess_said") == "You said: The slow one › The fast one. So it is."
    chart = scene.panel.page.variants if scene.panel.page else None
    assert chart.plot.data("fast")[0][-1] == 200


def test_numbers_of_a_calculation_can_be_changed_in_fields_that_are_wider_with_larger_type(scene: Scene) -> None:
    scene.open("count")
    numbers = [it.text() for it in scene.panel.findChildren(QLabel, "lesson_number")]
    assert numbers == ["0.0182", "0.2452", "0.7366"]
    field = scene.bench.find(QLineEdit, "lesson_argument_values_0")
    scene.bench.qtbot.mouseClick(field, Qt.MouseButton.LeftButton)
    field.selectAll()
    scene.bench.qtbot.keyClicks(field, "2.9\r")
    calculation = scene.panel.page.calculation if scene.panel.page else None
    assert calculation.result()[0] == calculation.result()[1]
    usual = field.width()
    theme.set_scale(1.7)
    assert field.width() > 1.4 * usual


def test_a_calculation_that_would_answer_the_question_comes_with_the_result_that_explains_it(
    scene: Scene, tmp_path: Path
) -> None:
    count, guess = STRUCTURE["steps"][1], STRUCTURE["steps"][0]
    steps = [{**guess, "calculation": {**count["calculation"], "editable": [], "after_guess": True}}]
    scene.lesson = files.load(write(tmp_path / "later", {**STRUCTURE, "steps": steps}, TEXT.partition("## count")[0]))
    scene.open("guess")
    assert scene.panel.page.calculation.isHidden()
    scene.panel.lock("up")
    assert (scene.panel.phase, scene.panel.page.calculation.isHidden()) == ("run", True)
    scene.bench.session.play()
    scene.bench.qtbot.waitUntil(lambda: scene.panel.phase == "done")
    assert not scene.panel.page.calculation.isHidden()


def test_a_panel_that_would_answer_the_question_comes_after_the_guess(scene: Scene, tmp_path: Path) -> None:
    guess = {**STRUCTURE["steps"][0], "panels": ["boundary_panel"], "panels_after": ["loss_panel"], "page": "loss_log"}
    words = TEXT.partition("## count")[0]
    pressed: list[str] = []
    scene.panel.guidance.press_wanted.connect(pressed.append)
    scene.panel.open(files.load(write(tmp_path / "later", {**STRUCTURE, "steps": [guess]}, words)), "guess")
    assert scene.asked["arranged"][-1] == (("boundary_panel",), "boundary_panel")
    assert not pressed
    scene.panel.lock("up")
    assert scene.asked["arranged"][-1] == (("boundary_panel", "loss_panel"), "loss_panel")
    assert pressed == ["loss_log"]


def test_a_lesson_that_is_left_gives_nothing_away_and_is_found_again_at_the_same_point(scene: Scene) -> None:
    store, own = scene.bench.store, scene.bench.config
    scene.open("guess")
    config = scene.bench.config
    scene.click("lesson_away")
    assert scene.last("questioned")
    assert scene.last("held") == ()
    assert len(scene.asked["closed"]) == 1
    store.apply(own)
    assert store.last_with(own.data.name) == own
    assert store.last_with(config.data.name) is None  # what the step set up was lent
    scene.click("lesson_away")
    scene.click("guess_skip")
    scene.bench.session.step(40)
    scene.bench.settle()
    scene.click("lesson_away")
    store.apply(edits.change(config, "seed", 5))
    scene.bench.settle()
    scene.click("lesson_away")
    assert scene.bench.config == config
    assert scene.bench.session.step_count == 40
    assert scene.panel.phase == "run"
    scene.panel.close_lesson()
    assert not scene.last("questioned")


def test_a_locked_guess_is_there_again_after_a_restart(scene: Scene, panel_bench: PanelBench, tmp_path: Path) -> None:
    scene.open("guess")
    scene.click("guess_option_up")
    scene.click("guess_sure_certain")
    scene.click("guess_lock")
    kept = progress.decode(progress.encode(scene.last("progressed")))
    again = Scene(panel_bench(LessonPanel, "and-gate", size=(360, 560)), scene.lesson)
    again.panel.set_progress(kept)
    again.panel.open(scene.lesson)
    assert again.panel.phase == "run"
    assert again.bench.find(QAbstractButton, "guess_option_up").isChecked()
    assert not again.bench.find(QAbstractButton, "guess_lock").isVisible()


def test_a_step_that_continues_trains_up_to_its_beginning(scene: Scene, tmp_path: Path) -> None:
    steps = [STRUCTURE["steps"][0], {**STRUCTURE["steps"][1], "id": "count"}, STRUCTURE["steps"][2]]
    lesson = files.load(write(tmp_path / "mine", {**STRUCTURE, "steps": steps}))
    scene.panel.open(lesson, "count")
    scene.bench.qtbot.waitUntil(lambda: scene.bench.session.step_count == 100)
    assert scene.panel.phase == "ask"


STRAYS = ("further", "not run", "by hand")
READING = [
    *(("backpropagation-by-hand", "step", it) for it in STRAYS),
    *(("one-neuron", "average", it) for it in STRAYS),
    ("learning-digits", "confusion", "not run"),
    ("museum-of-faults", "broadcast-mended", "further"),
]
"""Steps without a set-up that measure the run they find, and how the step before is left."""


@pytest.mark.parametrize(("name", "step", "strays"), READING)
def test_a_step_finds_the_run_where_it_begins_however_the_step_before_was_left(
    scene: Scene, name: str, step: str, strays: str
) -> None:
    lesson = files.load(files.find(name))
    lesson = replace(lesson, configs=lesson.other_configs)
    panel, session, index = scene.panel, scene.bench.session, lesson.index_of(step)
    figures = [it.measured for it in played(name)[index].figures]
    panel.open(lesson, lesson.steps[index - 1].id)
    scene.bench.settle()
    begin = panel.at.begins_at(index, session.info)
    if strays != "not run":
        panel.lock(None)
        session.step(begin + 1 if strays == "further" else begin)
        scene.bench.settle()
    if strays == "by hand":
        session.change_parameters(np.negative)
    panel.go_on()
    panel.lock(None)
    if panel.at.step.run is not None:
        session.play()
    scene.bench.qtbot.waitUntil(lambda: panel.attempt.is_revealed)
    assert [it.measured for it in panel.attempt.figures] == pytest.approx(figures)


def test_next_and_back_go_through_the_steps_and_out_at_the_end(scene: Scene) -> None:
    scene.open("guess")
    assert scene.label("lesson_place") == "1 of 3"
    names = [scene.bench.find(QAbstractButton, f"lesson_{way}").text() for way in ("back", "next")]
    assert names == ["Step back", "Next step"]  # slow motion has “Back” and “Next”
    for place in ("2 of 3", "3 of 3"):
        scene.click("lesson_next")
        assert scene.label("lesson_place") == place
    scene.click("lesson_back")
    assert scene.label("lesson_place") == "2 of 3"
    scene.click("lesson_next")
    scene.click("lesson_next")
    assert scene.panel.at is None
    assert scene.panel.progress.of("mine").at == "order"
    assert not scene.bench.session.is_held


def test_going_back_shows_the_guess_and_what_came_out_with_its_run(scene: Scene) -> None:
    scene.open("guess")
    scene.panel.lock("up", "certain")
    scene.bench.session.play()
    scene.bench.qtbot.waitUntil(lambda: scene.panel.phase == "done")
    said, why = scene.label("guess_said"), scene.words("lesson_why")
    scene.click("lesson_next")
    scene.panel.lock(16)
    scene.click("lesson_next")
    scene.panel.lock(["slow", "fast"])
    scene.click("lesson_compare")
    scene.bench.qtbot.waitUntil(lambda: scene.panel.phase == "done")
    curve = scene.panel.page.variants.plot.data("fast")[1].tolist()
    scene.panel.enter(0)
    scene.bench.qtbot.waitUntil(lambda: scene.bench.session.step_count == 100)
    assert (scene.panel.phase, scene.label("guess_said"), scene.words("lesson_why")) == ("done", said, why)
    assert scene.bench.find(QAbstractButton, "guess_sure_certain").isChecked()
    scene.panel.enter(2)
    scene.bench.settle()
    assert scene.panel.page.variants.plot.data("fast")[1].tolist() == curve
    scene.panel.open(scene.lesson, "guess")  # for the next class
    assert scene.panel.phase == "ask"


def test_a_lesson_that_was_left_at_its_end_begins_again(scene: Scene) -> None:
    last = scene.lesson.steps[-1].id
    for done, place in (((), "3 of 3"), ((last,), "1 of 3")):
        scene.panel.set_progress(Progress({"mine": Attended(last, done=done)}))
        scene.panel.open(scene.lesson)
        assert scene.label("lesson_place") == place


def test_missing_data_are_replaced_and_that_is_said(scene: Scene, tmp_path: Path) -> None:
    other = {"experiment": "mnist-zeros", "otherwise": {"experiment": "digits"}}
    steps = [{**STRUCTURE["steps"][0], "set_up": other}, *STRUCTURE["steps"][1:]]
    lesson = files.load(write(tmp_path / "mine", {**STRUCTURE, "steps": steps}))
    own = scene.bench.store.own
    scene.panel.open(lesson, "guess")
    scene.bench.qtbot.waitUntil(lambda: scene.bench.config.data.name == "digits")
    scene.bench.settle()
    assert "MNIST is not on this machine" in scene.label("lesson_missing_text")
    assert scene.bench.find(QLabel, "lesson_missing_text").isVisible()
    assert scene.panel.phase == "ask"
    scene.bench.find(QAbstractButton, "lesson_get_data").click()  # to the set-up, which has the download
    assert scene.panel.is_away
    assert scene.bench.config.data.name == "mnist"
    assert scene.bench.store.own == own
    scene.bench.find(QAbstractButton, "lesson_away").click()  # back without it
    scene.bench.qtbot.waitUntil(lambda: scene.bench.config.data.name == "digits")
    scene.bench.settle()
    assert scene.bench.find(QLabel, "lesson_missing_text").isVisible()
    scene.bench.find(QAbstractButton, "lesson_get_data").click()
    scene.panel.close_lesson()
    scene.panel.open(scene.lesson, "guess")
    attempt = scene.panel.attempt
    scene.panel.toggle_away()
    scene.panel.toggle_away()
    assert scene.panel.attempt is attempt  # the same point: nothing was sought this time
    scene.panel.open(lesson, "guess")
    scene.bench.settle()
    scene.panel.enter(2)
    assert scene.bench.config.data.name == "and"
    assert not scene.bench.find(QLabel, "lesson_missing_text").isVisible()


def test_the_index_finds_lessons_articles_and_authors(scene: Scene) -> None:
    scene.panel.show_index()
    search = scene.bench.find(QLineEdit, "lesson_search")

    def shown() -> set[str]:
        names = ("lesson_open_", "lesson_article_", "lesson_nothing")
        found = [*scene.panel.findChildren(QAbstractButton), *scene.panel.findChildren(QLabel)]
        return {it.objectName() for it in found if it.isVisible() and it.objectName().startswith(names)}

    assert {"lesson_open_one-neuron", "lesson_article_A", "lesson_article_E"} <= shown()
    notes = {it.text().rpartition(" · ")[2] for it in scene.panel.findChildren(QLabel) if " · article" in it.text()}
    assert {"article C", "articles B, A"} <= notes
    search.setText("mazur")
    assert "lesson_article_C" in shown()
    assert not {"lesson_article_A", "lesson_open_one-neuron"} & shown()
    search.setText("four people")
    assert "lesson_open_one-neuron" in shown()
    search.setText("xyzzy")
    assert shown() == {"lesson_nothing_found"}


def test_a_click_anywhere_on_a_lesson_opens_it_and_a_link_starts_it_again(
    scene: Scene, monkeypatch: pytest.MonkeyPatch
) -> None:
    qtbot, panel = scene.bench.qtbot, scene.panel
    panel.set_progress(Progress({"one-neuron": Attended("curve")}))
    panel.show_index()
    monkeypatch.setattr(files, "load", pytest.fail)  # they are read once
    scene.bench.settle()
    for part in ("title", "summary", "card"):
        title = scene.bench.find(QAbstractButton, "lesson_open_one-neuron")
        card = title.parentWidget()
        summary = next(it for it in card.findChildren(QLabel) if it.wordWrap())
        target = {"title": title, "summary": summary, "card": card}[part]
        place = QPoint(card.width() - 4, 4) if target is card else target.rect().center()
        qtbot.mouseClick(target, Qt.MouseButton.LeftButton, pos=place)
        assert scene.label("lesson_place") == "3 of 9", part
        panel.close_lesson()
        scene.bench.settle()
    assert not scene.bench.find(QAbstractButton, "lesson_again_what-a-loss-is").isVisible()
    scene.click("lesson_again_one-neuron")
    assert scene.label("lesson_place") == "1 of 9"


def test_three_old_questions_are_asked_again_and_those_that_came_to_their_outcome_are_counted(
    scene: Scene, tmp_path: Path
) -> None:
    structure = copy.deepcopy(STRUCTURE)
    structure["steps"][2]["any_seed"] = True
    lesson, panel = files.load(write(tmp_path / "mine", structure)), scene.panel
    panel.index.lessons = [lesson]
    panel.show_index()
    assert not scene.bench.find(QAbstractButton, "lesson_review").isVisible()
    wrong, unsure, certain = Answer(7, None, 8, False), Answer(7, "guess", 7, True), Answer(7, "certain", 7, True)
    answers = {"order": certain, "count": unsure, "guess": wrong}
    panel.set_progress(Progress({"mine": Attended("guess", answers)}))
    panel.review()
    for _ in answers:
        panel.go_on()
    assert (panel.at, scene.bench.find(QLabel, "lesson_review_said").isVisible()) == (None, False)
    scene.bench.settle()
    scene.click("lesson_review")
    scene.bench.settle()
    assert panel.attempt.step.id == "guess"
    assert scene.label("lesson_place") == "Old question 1 of 3"
    assert (scene.bench.config.seed, panel.at.hints) == (116, ())
    assert not scene.bench.find(QAbstractButton, "lesson_back").isEnabled()
    panel.lock("down")  # rightly, but it is not run
    scene.click("lesson_next")
    assert panel.attempt.step.id == "count"
    scene.click("guess_skip")
    scene.bench.qtbot.waitUntil(lambda: panel.phase == "done")
    scene.click("lesson_next")
    assert scene.label("lesson_place") == "Old question 3 of 3, another seed"
    assert panel.attempt.start.seed == scene.bench.config.seed != lesson.configs[2].seed
    panel.lock(["slow", "fast"])
    scene.click("lesson_compare")
    scene.bench.qtbot.waitUntil(lambda: panel.phase == "done")
    scene.click("lesson_next")
    assert panel.at is None
    assert scene.label("lesson_review_said") == "1 of 2 old questions right."
    kept = panel.progress.of("mine")
    assert [kept.answers[name].again for name in ("guess", "count", "order")] == [None, False, True]
    assert (kept.answers["guess"].right, kept.at, kept.done) == (False, "guess", ())
    panel.open(lesson)
    assert scene.label("lesson_place") == "1 of 3"

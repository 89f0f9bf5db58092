"""What the benchmarks rest on, apart from time: same work, same arithmetic, fair verdicts."""

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest

from tests.benchmarks import goals, growth, step
from tests.benchmarks.agreement import difference, tolerance
from tests.benchmarks.cases import AND, CASES, GRADIENT, MNIST, NIELSEN, SPIRAL, Case
from tests.benchmarks.child import Answer, units_in_a_turn
from tests.benchmarks.contenders import CONTENDERS, Contender, UnsuitedError, Work
from tests.benchmarks.goals import GOALS, Goal, Verdict, verdicts
from tests.benchmarks.rounds import Result, Running, compare_results, comparison
from tests.benchmarks.statistics_of_turns import Spread, bounds_of_median, ratios
from tests.benchmarks.tables import amount, case_table

FEW_IMAGES = replace(MNIST, rows=400)
FEW_IMAGES_BY_TEN = replace(NIELSEN, rows=100)
OF_NUMPY_ALONE = [contender for contender in CONTENDERS.values() if contender.package is None]


def after(case: Case, contender: str, count: int) -> list[np.ndarray]:
    work = CONTENDERS[contender].make(case)
    work.run(count)
    return work.result()


def first_weights(case: Case) -> list[np.ndarray]:
    return [array for pair in case.start for array in pair]


@pytest.mark.parametrize(
    ("case", "contender"),
    [
        (AND, "nielsen"),
        (AND, "article"),
        (CASES["article"], "article"),
        (FEW_IMAGES, "scratch"),
        (FEW_IMAGES, "scratch32"),
        (replace(FEW_IMAGES, dtype="float64"), "scratch"),
        (FEW_IMAGES_BY_TEN, "nielsen"),
        (replace(FEW_IMAGES_BY_TEN, dtype="float64"), "nielsen"),
        (FEW_IMAGES_BY_TEN, "nielsen32"),
    ],
)
def test_the_books_programs_come_to_the_same_weights_as_ours(case: Case, contender: str) -> None:
    ours, theirs = after(case, "ours", case.checked), after(case, contender, case.checked)
    assert difference(ours, theirs, first_weights(case)) < tolerance(case.dtype, case.task)


def test_the_books_rule_is_not_that_of_article_c() -> None:
    textbook, article = after(AND, "ours", 50), after(replace(AND, rule="article C"), "ours", 50)
    assert difference(textbook, article, first_weights(AND)) > 0.1


def test_all_ways_to_a_numerical_gradient_come_to_the_same() -> None:
    case = replace(GRADIENT, sizes=(6, 4, 3))
    clever, naive, book = (after(case, name, 1) for name in ("ours", "ours-naive", "scratch"))
    zeros = [np.zeros_like(array) for array in clever]
    assert difference(clever, naive, zeros) < 1e-8
    assert difference(clever, book, zeros) < tolerance(case.dtype, case.task)


def test_a_run_goes_on_with_the_next_batch() -> None:
    in_one, in_two = CONTENDERS["ours"].make(SPIRAL), CONTENDERS["ours"].make(SPIRAL)
    in_one.run(40)
    in_two.run(13)
    in_two.run(27)
    for one, two in zip(in_one.result(), in_two.result(), strict=True):
        np.testing.assert_array_equal(one, two)


def test_contenders_decline_what_they_cannot_do() -> None:
    for name, case in (("article", SPIRAL), ("nielsen", MNIST), ("scratch", NIELSEN), ("ours-naive", AND)):
        with pytest.raises(UnsuitedError, match=r"it has|this is for"):
            CONTENDERS[name].make(case)


def test_every_case_has_ours_first_and_batches_that_differ() -> None:
    assert next(iter(CONTENDERS)) == goals.OURS
    for case in CASES.values():
        if case.batch is not None:
            rows = case.batches
            assert rows.shape == (case.rows // case.batch, case.batch)
            assert len(np.unique(rows)) == rows.size


def test_made_up_images_look_like_digits_to_a_processor() -> None:
    x, t = FEW_IMAGES.data
    assert x.dtype == np.uint8
    assert 0.1 < (x > 0).mean() < 0.3
    assert len(np.unique(t.argmax(1))) == 10
    assert float(FEW_IMAGES.pixels_as_numbers().max()) == 1.0


def test_a_difference_is_a_share_of_the_movement() -> None:
    start, ours = [np.zeros(2), np.ones(1)], [np.array([2.0, -4.0]), np.array([1.5])]
    assert difference(ours, ours, start) == 0
    assert difference(ours, start, start) == 1
    assert difference(ours, [ours[0], np.array([1.55])], start) == pytest.approx(0.1)
    assert difference(ours, [np.array([2.0, np.nan]), ours[1]], start) == np.inf
    assert difference(ours, [ours[0][:1], ours[1]], start) == np.inf
    assert difference(ours, ours[:1], start) == np.inf
    assert difference([start[0]], [np.array([1e-9, 0])], [start[0]]) == np.inf


def test_the_bounds_of_a_median_are_those_of_the_sign_test() -> None:
    assert bounds_of_median(range(1, 7)) == (1, 6)
    assert bounds_of_median(range(1, 12)) == (2, 10)
    assert bounds_of_median([*range(25, 0, -1)]) == (8, 18)
    assert bounds_of_median([3.0, 1.0, 2.0]) == (1.0, 3.0)


def test_a_spread_has_the_quartiles() -> None:
    assert Spread.of([5.0, 1.0, 4.0, 2.0, 3.0]) == Spread(3.0, 2.0, 4.0)
    assert Spread.of([7.0]) == Spread(7.0, 7.0, 7.0)
    assert ratios([2.0, 9.0], [1.0, 3.0]) == [2.0, 3.0]


@pytest.mark.parametrize(
    ("goal", "value", "met"),
    [
        (Goal("and", None, 6.0), 6.01, False),
        (Goal("and", None, 6.0), 6.0, True),
        (Goal("mnist", "floor", 1.25), 1.3, False),
        (Goal("mnist", "torch", 2.4), 2.3, False),
        (Goal("mnist", "torch", 2.4), 2.5, True),
        (Goal("mnist", "torch", 2.4), None, None),
    ],
)
def test_a_goal_is_a_bound_from_the_right_side(goal: Goal, value: float | None, met: bool | None) -> None:
    verdict = Verdict(goal, value)
    assert verdict.is_met is met
    assert ("MISSED" in verdict.sentence, "not measured" in verdict.sentence) == (met is False, met is None)


def test_goals_name_cases_and_contenders_that_there_are() -> None:
    for goal in GOALS:
        assert goal.case in CASES
        assert goal.contender in CONTENDERS
        assert goal.than is None or goal.than in CONTENDERS


def result(name: str, *turns: float, note: str = "") -> Result:
    spread = Spread.of(turns) if turns else None
    return Result(name, CONTENDERS[name].title, note, 0.0, spread, spread, spread, list(turns))


def test_contenders_are_compared_turn_by_turn() -> None:
    # The machine is twice as slow in the second round: a ratio of medians would say 3, the turns say 2.
    rows = [result("ours", 1.0, 4.0, 1.0), result("torch", 2.0, 8.0, 3.0), result("jax", note="not installed")]
    assert comparison(rows, "torch", "ours") == 2.0
    assert comparison(rows, "jax", "ours") is None
    assert comparison(rows, "sklearn", "ours") is None


def test_the_verdicts_are_about_what_was_measured() -> None:
    rows = [
        result("ours", 125.0, 125.0),
        result("floor", 100.0, 100.0),
        result("torch", 250.0, 250.0),
        result("sklearn", note="DISAGREES"),
    ]
    said = step.judge({"mnist": rows})
    assert len(said) == sum(goal.case == "mnist" for goal in GOALS)
    assert said[0] == "mnist: our step takes at most 1.25 × its matrix products: 1.25 ×, reached"
    assert any(line.startswith("mnist: torch") and "2.00 ×, MISSED" in line for line in said)
    assert any(line.startswith("mnist: sklearn") and line.endswith("not measured") for line in said)
    assert verdicts({}, {}) == []


def test_the_table_shows_who_has_no_time_and_why() -> None:
    rows = [result("ours", 1.0, 1.0), result("jax", note="not installed"), result("torch", note="DISAGREES: 1 of")]
    lines = case_table("and", "step", rows).splitlines()
    assert lines[2].split()[:3] == ["playground", "1.00", "µs"]
    assert lines[3].split(maxsplit=5)[-1] == "not installed"
    assert "DISAGREES" in lines[4]
    assert [amount(value) for value in (1.234, 123.4, 12_345.0, 2.5e6)] == ["1.23 µs", "123 µs", "12.3 ms", "2.50 s"]


class Answering(Running):
    """A contender that came to a certain result, and starts no process."""

    def __init__(self, name: str, answer: list[np.ndarray]) -> None:
        self.contender, self.answer = CONTENDERS[name], answer

    def ask(self, **order: object) -> Answer:
        np.savez(str(order["to"]), *self.answer)
        return {"done": True}


def test_who_disagrees_is_shown_so_and_not_timed(tmp_path: Path) -> None:
    start = first_weights(AND)
    ours = [array + 1 for array in start]
    near, far = [array + 1e-12 for array in ours], [array + 1e-3 for array in ours]
    running = [Answering("ours", ours), Answering("jax", near), Answering("torch", far)]
    results: dict[str, Result] = {}
    apart = compare_results(AND, running, tmp_path, results)
    assert list(results) == ["torch"]
    assert results["torch"].note == "DISAGREES: 0.001 of the way from our result"
    assert results["torch"].cpu is None
    assert 0 < apart["jax"] < 1e-11


class Clockwork(Running):
    """A contender that takes what it is told to, and starts no process."""

    def __init__(self, milliseconds: Callable[[int], float]) -> None:
        self.milliseconds = milliseconds
        self.asked: list[int] = []

    def ask(self, **order: object) -> Answer:
        self.asked.append(int(str(order["time"])))
        return {"cpu": int(1e6 * self.milliseconds(self.asked[-1])), "wall": 0}


@pytest.mark.parametrize(("each_ms", "units"), [(0.004, 10_000), (0.25, 160), (70.0, 1), (0.0, 200_000)])
def test_a_turn_is_filled_and_warmed_up(each_ms: float, units: int) -> None:
    one = Clockwork(lambda count: each_ms * count)
    assert units_in_a_turn(one, 40.0) == units
    assert one.asked[-1] == units


def test_numpy_alone_is_enough_to_import_the_contenders() -> None:
    assert {contender.name for contender in OF_NUMPY_ALONE} >= {"ours", "floor", "scratch", "nielsen", "article"}
    for contender in OF_NUMPY_ALONE:
        assert contender.is_installed
    absent = Contender("absent", "absent", "nowhere:nothing", "a_package_that_nobody_has")
    assert not absent.is_installed
    assert isinstance(CONTENDERS["floor"].make(AND), Work)


def test_the_axes_go_as_far_as_they_say() -> None:
    ends = {axis: (values[0], values[-1]) for axis, (_, _, values, _) in growth.AXES.items()}
    assert ends == {
        "hidden": (10, 2000),
        "depth": (1, 8),
        "batch": (1, 60_000),
        "rows": (4, 60_000),
        "table": (4, 60_000),
    }
    assert growth.with_hidden(2000).sizes == (784, 2000, 10)
    assert len(growth.with_layers(8).sizes) == 10
    assert growth.with_batch(60_000).batches.shape == (1, 60_000)
    assert growth.with_images(4).batches.shape == (1, 4)


def test_growth_is_judged_where_a_goal_is_meant() -> None:
    point = growth.Point("hidden", 50, 125.0, 140.0, 100.0, 1.25, 1.4, has_goal=True)
    assert growth.point_line(point).endswith(
        "1.25        1.40   reached (at most 1.3 ×); with gathering MISSED (at most 1.3 ×)"
    )
    assert growth.point_line(replace(point, has_goal=False)).endswith("1.40")
    assert "MISSED" in growth.memory_line(growth.Memory("784-50-10", 16.0, 10.0))
    assert "reached" in growth.memory_line(growth.Memory("784-50-10", 15.0, 10.0))

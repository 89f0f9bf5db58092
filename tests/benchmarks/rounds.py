"""Contenders in processes of their own, first compared by what they compute, then timed in turns.

In every round each contender works for a short turn, one after the other, so that whatever else the machine does
hits all alike; what is compared is one turn with its neighbours in the same round.
"""

import statistics
from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import Path
from tempfile import TemporaryDirectory

import numpy as np

from tests.benchmarks.agreement import difference, tolerance
from tests.benchmarks.cases import Case
from tests.benchmarks.child import Child, ChildError, units_in_a_turn
from tests.benchmarks.contenders import Contender
from tests.benchmarks.statistics_of_turns import Spread, ratios


@dataclass(frozen=True)
class Result:
    """What one contender did in one case.

    Attributes
    ----------
    note
        Why there are no times: not installed, disagreeing, failed; empty where there are.
    apart
        How far its result is from ours after the checked steps, as a share of the movement; None for a floor.
    cpu, wall
        Microseconds a unit of work, processor and wall time.
    ratio
        Processor time as a multiple of ours in the same round.
    turns
        Microseconds of processor time in each round.
    """

    contender: str
    title: str
    note: str = ""
    apart: float | None = None
    cpu: Spread | None = None
    wall: Spread | None = None
    ratio: Spread | None = None
    turns: list[float] = field(default_factory=list, repr=False)


class Running(Child):
    """A contender's process."""

    def __init__(self, case: Case, contender: Contender, folder: Path) -> None:
        self.contender = contender
        command = ["-m", "tests.benchmarks.contender_process", case.name, contender.name]
        super().__init__(command, folder / f"{contender.name}.log")


UNSUITED = "unsuited"


def contest(case: Case, contenders: Sequence[Contender], rounds: int, turn_ms: float) -> list[Result]:
    """Compare and time the contenders in a case, the first being ours; those that it is not for are left out."""
    results: dict[str, Result] = {}
    running: list[Running] = []
    with TemporaryDirectory() as name:
        folder = Path(name)
        try:
            for contender in contenders:
                if not contender.is_installed:
                    results[contender.name] = Result(contender.name, contender.title, "not installed")
                    continue
                one = Running(case, contender, folder)
                running.append(one)
                _begin(one, results)
            running = [one for one in running if one.contender.name not in results]
            apart = compare_results(case, running, folder, results)
            first = contenders[0].name
            if first in results:
                raise SystemExit(f"{case.name}: {first}, with which the others are compared, {results[first].note}")
            able = [one for one in running if one.contender.name not in results]
            _time(able, apart, rounds, turn_ms, results)
        finally:
            for one in running:
                one.close()
    kept = [results[one.name] for one in contenders if one.name in results]
    return [result for result in kept if result.note != UNSUITED]


def _begin(one: Running, results: dict[str, Result]) -> None:
    """Wait until a contender is ready, or note why it is not."""
    contender = one.contender
    try:
        if "unsuited" not in one.read():
            return
        results[contender.name] = Result(contender.name, contender.title, UNSUITED)
    except ChildError as failure:
        results[contender.name] = _failed(contender, failure)
    one.close()


def compare_results(
    case: Case, running: Sequence[Running], folder: Path, results: dict[str, Result]
) -> dict[str, float]:
    """Let each make the same first steps, and note who comes to another result than ours."""
    start = [array for pair in case.start for array in pair]
    if case.task != "training":
        start = [np.zeros_like(array) for array in start]
    ours: list[np.ndarray] | None = None
    apart = {}
    for one in running:
        contender, path = one.contender, folder / f"{one.contender.name}.npz"
        if contender.is_floor:
            continue
        try:
            one.ask(check=case.checked, to=str(path))
        except ChildError as failure:
            results[contender.name] = _failed(contender, failure)
            continue
        with np.load(path) as saved:
            result = [saved[key] for key in saved.files]
        if ours is None:
            ours = result
        if contender.name == "ours-filled":
            continue  # it stays with one batch
        apart[contender.name] = difference(ours, result, start)
        if apart[contender.name] > tolerance(case.dtype, case.task):
            note = f"DISAGREES: {apart[contender.name]:.2g} of the way from our result"
            results[contender.name] = Result(contender.name, contender.title, note, apart[contender.name])
    return apart


def _time(
    running: Sequence[Running], apart: dict[str, float], rounds: int, turn_ms: float, results: dict[str, Result]
) -> None:
    """Time the contenders in turns."""
    counts: dict[Running, int] = {}
    cpu: dict[Running, list[float]] = {one: [] for one in running}
    wall: dict[Running, list[float]] = {one: [] for one in running}
    for turn in range(rounds + 1):
        for one in running:
            if one.contender.name in results:
                continue
            try:
                if turn == 0:
                    counts[one] = units_in_a_turn(one, turn_ms)
                    continue
                taken = one.ask(time=counts[one])
            except ChildError as failure:
                results[one.contender.name] = _failed(one.contender, failure)
                continue
            cpu[one].append(int(taken["cpu"]) / counts[one] / 1000)
            wall[one].append(int(taken["wall"]) / counts[one] / 1000)
    for one in running:
        name, title = one.contender.name, one.contender.title
        if name not in results:
            ratio = Spread.of(ratios(cpu[one], cpu[running[0]]))
            spreads = Spread.of(cpu[one]), Spread.of(wall[one])
            results[name] = Result(name, title, "", apart.get(name), *spreads, ratio, cpu[one])


def _failed(contender: Contender, failure: ChildError) -> Result:
    return Result(contender.name, contender.title, f"failed: {failure}")


def comparison(results: Sequence[Result], first: str, second: str) -> float | None:
    """Return how many times as long as `second` `first` takes, turn by turn; None where either has no times."""
    by_name = {result.contender: result.turns for result in results}
    if not by_name.get(first) or not by_name.get(second):
        return None
    return statistics.median(ratios(by_name[first], by_name[second]))

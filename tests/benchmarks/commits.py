"""Whether one commit is slower than another: ``python -m tests.benchmarks.commits BASE [HEAD]``.

Both are checked out into temporary git worktrees, which are removed afterwards; your own checkout is not touched.
Steps of training and frames of the window are then measured for both in turns, in processor time, several pairs of
processes each. It ends with status 1 and a sentence where a step has become slower by a fifth or a frame by 2 ms,
and with status 2 where nothing has but something could not be measured: bare steps are made by this checkout's
benchmark, which a much older engine may not fit; the trainers' steps and the frames need less of it.
To tell that from noise, the bounds lie at half of it: the median of the paired turns must be beyond, and the bound
below which that median lies with a chance of 2.5 % must show that it is slower at all.
"""

import argparse
import contextlib
import json
import subprocess
import sys
from collections.abc import Iterator, Sequence
from dataclasses import asdict, dataclass
from pathlib import Path
from statistics import median
from tempfile import TemporaryDirectory

from tests.benchmarks.child import ROOT, Child, ChildError, units_in_a_turn
from tests.benchmarks.commit_probe import PROBES
from tests.benchmarks.statistics_of_turns import bounds_of_median
from tests.benchmarks.tables import amount

PROBE = Path(__file__).with_name("commit_probe.py")
STEP_BOUND, STEP_SURE = 0.10, 0.05
FRAME_BOUND, FRAME_SURE = 1000.0, 500.0  # µs
FRAME_TURNS = 6  # turns of one frame for each turn of steps: a frame is short, and its cost varies more
WARMING_FRAMES = 8


@dataclass(frozen=True)
class Comparison:
    """What was measured of one probe.

    Attributes
    ----------
    base, head
        Microseconds of processor time a unit, by turn; those at the same place were taken one after the other.
    note
        Why nothing was measured; empty where something was.
    """

    probe: str
    base: tuple[float, ...] = ()
    head: tuple[float, ...] = ()
    note: str = ""

    @property
    def is_of_frames(self) -> bool:
        """Whether it is judged by milliseconds, not by its share."""
        return self.probe.startswith("frame:")

    @property
    def changes(self) -> list[float]:
        """By how much HEAD is slower, by turn: microseconds for frames, a share for steps."""
        pairs = zip(self.base, self.head, strict=True)
        if self.is_of_frames:
            return [head - base for base, head in pairs]
        return [head / base - 1 for base, head in pairs]

    @property
    def is_slower(self) -> bool:
        """Whether HEAD is slower by more than noise."""
        if self.note:
            return False
        bound, sure = (FRAME_BOUND, FRAME_SURE) if self.is_of_frames else (STEP_BOUND, STEP_SURE)
        return median(self.changes) > bound and bounds_of_median(self.changes)[0] > sure

    @property
    def change(self) -> str:
        """The change in words, with the bounds of its median."""
        values = (median(self.changes), *bounds_of_median(self.changes))
        form = "{:+.2f} ms" if self.is_of_frames else "{:+.1%}"
        middle, low, high = (form.format(value / 1000 if self.is_of_frames else value) for value in values)
        return f"{middle} ({low} to {high})"

    @property
    def line(self) -> str:
        """A line of the table."""
        if self.note:
            return f"{self.probe:24}{self.note}"
        times = f"{amount(median(self.base)):>12}{amount(median(self.head)):>12}"
        return f"{self.probe:24}{times}   {self.change:36}{'SLOWER' if self.is_slower else ''}".rstrip()


def sentence(found: Sequence[Comparison], base: str, head: str) -> str:
    """Return what is to be said in the end."""
    slower = [one for one in found if one.is_slower]
    if slower:
        return f"{head} is slower than {base}: " + "; ".join(f"{one.probe} by {one.change}" for one in slower) + "."
    if missing := [one.probe for one in found if one.note]:
        return f"{head} is not slower than {base} in what could be measured; not measured: {', '.join(missing)}."
    return f"{head} is not slower than {base}."


def status(found: Sequence[Comparison]) -> int:
    """Return the exit status: 1 where something is slower, 2 where something was not measured, else 0."""
    if any(one.is_slower for one in found):
        return 1
    return 2 if any(one.note for one in found) else 0


def git(*arguments: str) -> str:
    """Return what git answers."""
    done = subprocess.run(["git", *arguments], cwd=ROOT, capture_output=True, text=True, check=False)
    if done.returncode:
        raise SystemExit(f"git {arguments[0]}: {done.stderr.strip().splitlines()[0]}")
    return done.stdout.strip()


def commit_of(name: str) -> str:
    """Return the hash of a commit; where there is no such commit, end with a sentence that says so."""
    try:
        return git("rev-parse", "--verify", f"{name}^{{commit}}")
    except SystemExit as failure:
        raise SystemExit(f"There is no commit {name!r} here ({failure}).") from None


@contextlib.contextmanager
def checked_out(commits: Sequence[str]) -> Iterator[list[Path]]:
    """Give a temporary worktree for each commit, and remove them afterwards."""
    trees: list[Path] = []
    with TemporaryDirectory(prefix="playground-commits-") as name:
        try:
            for number, commit in enumerate(commits):
                tree = Path(name).resolve() / f"{number}-{commit[:10]}"
                git("worktree", "add", "--detach", str(tree), commit)
                trees.append(tree)
            yield trees
        finally:
            for tree in trees:
                git("worktree", "remove", "--force", str(tree))


def compare(probe: str, trees: Sequence[Path], pairs: int, rounds: int, turn_ms: float) -> Comparison:
    """Measure a probe of both commits in turns: `pairs` times two fresh processes, `rounds` turns each."""
    base: list[float] = []
    head: list[float] = []
    for pair in range(pairs):
        try:
            for first, second in turns_of_a_pair(probe, trees, rounds, turn_ms, swapped=bool(pair % 2)):
                base.append(first)
                head.append(second)
        except ChildError as failure:
            return Comparison(probe, note=f"not measured: {failure}")
    return Comparison(probe, tuple(base), tuple(head))


def turns_of_a_pair(
    probe: str, trees: Sequence[Path], rounds: int, turn_ms: float, swapped: bool
) -> list[tuple[float, float]]:
    """Return the microseconds a unit of BASE and HEAD, turn by turn, in two fresh processes."""
    with TemporaryDirectory() as name, contextlib.ExitStack() as stack:
        children = []
        for number in (1, 0) if swapped else (0, 1):
            environment = {"QT_QPA_PLATFORM": "offscreen", "PYTHONPATH": "", "PYTHONHASHSEED": "0"}
            child = Child(["-P", str(PROBE), str(trees[number]), probe], Path(name) / f"{number}.log", environment)
            stack.callback(child.close)
            child.read()
            children.append(child)
        if swapped:
            children.reverse()
        asked = Recorder(children[0])
        if probe.startswith("frame:"):
            asked.ask(time=WARMING_FRAMES)
            count, rounds = 1, rounds * FRAME_TURNS
        else:
            count = units_in_a_turn(asked, turn_ms)
        # Both make the same steps, or one would be further on in its training than the other.
        for earlier in asked.counts:
            children[1].ask(time=earlier)
        found = []
        for turn in range(rounds):
            order = (0, 1) if turn % 2 else (1, 0)
            taken = {number: int(children[number].ask(time=count)["cpu"]) / count / 1000 for number in order}
            found.append((taken[0], taken[1]))
    return found


class Recorder(Child):
    """A process whose orders are noted."""

    def __init__(self, child: Child) -> None:
        self._child = child
        self.counts: list[int] = []

    def ask(self, **order: object) -> dict[str, int | str | bool]:
        """Pass an order on."""
        self.counts.append(int(str(order["time"])))
        return self._child.ask(**order)


def main() -> int:
    """Read the command line, measure, print; return the exit status."""
    parser = argparse.ArgumentParser(prog="python -m tests.benchmarks.commits", description=__doc__)
    parser.add_argument("base", metavar="BASE", help="the commit to compare with")
    parser.add_argument("head", metavar="HEAD", nargs="?", default="HEAD", help="the commit to judge (HEAD)")
    parser.add_argument("--probes", nargs="+", choices=PROBES, default=PROBES, help="what to measure (all)")
    parser.add_argument("--pairs", type=int, default=3, help="pairs of processes for each probe (3)")
    parser.add_argument("--rounds", type=int, default=9, help="turns of each pair (9)")
    parser.add_argument(
        "--turn", type=float, default=40.0, metavar="MS", help="how long a turn of steps is, in ms (40)"
    )
    parser.add_argument("--json", action="store_true", help="print JSON instead of a table")
    arguments = parser.parse_args()
    names = [arguments.base, arguments.head]
    commits = [commit_of(name) for name in names]
    found = []
    if not arguments.json:
        print(f"{'':24}{'base':>12}{'head':>12}   change (bounds of its median)")  # noqa: T201
    with checked_out(commits) as trees:
        for probe in arguments.probes:
            found.append(compare(probe, trees, arguments.pairs, arguments.rounds, arguments.turn))
            if not arguments.json:
                print(found[-1].line, flush=True)  # noqa: T201
    said = sentence(found, *(f"{name} ({commit[:10]})" for name, commit in zip(names, commits, strict=True)))
    if arguments.json:
        json.dump({"comparisons": [asdict(one) for one in found], "sentence": said}, sys.stdout, indent=2)
    else:
        print(said)  # noqa: T201
    return status(found)


if __name__ == "__main__":
    sys.exit(main())

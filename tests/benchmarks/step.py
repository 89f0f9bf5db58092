"""How long a training step takes, beside its own matrix products and the peers, each in its own idiomatic way.

Run ``python -m tests.benchmarks.step [CASE …] [--json]``; without names it measures every case, in some minutes.
Each contender is a process of its own and computes on one thread. First all of them make the same 50 steps, from
the same start on the same batches: one that comes to other weights is shown as disagreeing, and not timed. Then
they are timed in turns; the figures are medians of processor time, and what is compared is turn by turn, so compare
within a table only. The peers are in the extra ``bench``; one that is not installed is shown so.
"""

import argparse
import json
import sys
from dataclasses import asdict

from tests.benchmarks.cases import CASES
from tests.benchmarks.contenders import CONTENDERS
from tests.benchmarks.goals import GOALS, verdicts
from tests.benchmarks.rounds import Result, comparison, contest
from tests.benchmarks.tables import case_table

HOW = (
    "Processor time, medians; one thread for everybody. Wall: the same in wall time. Apart: how far the result is "
    "from ours after the first steps, as a share of the movement."
)


def judge(results: dict[str, list[Result]]) -> list[str]:
    """Return a sentence for each goal."""
    times = {
        (case, result.contender): result.cpu.median for case, found in results.items() for result in found if result.cpu
    }
    comparisons = {}
    for goal in GOALS:
        if goal.than is None or goal.case not in results:
            continue
        pair = (goal.contender, "floor") if goal.than == "floor" else (goal.than, goal.contender)
        value = comparison(results[goal.case], *pair)
        if value is not None:
            comparisons[goal.case, *pair] = value
    return [verdict.sentence for verdict in verdicts(times, comparisons)]


def main() -> None:
    """Read the command line, measure, print."""
    parser = argparse.ArgumentParser(prog="python -m tests.benchmarks.step", description=__doc__)
    parser.add_argument("cases", nargs="*", metavar="CASE", help=f"what to measure: {', '.join(CASES)} (all)")
    parser.add_argument("--contenders", nargs="+", choices=CONTENDERS, help="who takes part, beside ours (all)")
    parser.add_argument("--rounds", type=int, default=21, help="how many turns each contender has (21)")
    parser.add_argument("--turn", type=float, default=40.0, metavar="MS", help="how long a turn is, in ms (40)")
    parser.add_argument("--json", action="store_true", help="print JSON instead of tables")
    arguments = parser.parse_args()
    if unknown := [name for name in arguments.cases if name not in CASES]:
        parser.error(f"there is no case {unknown[0]!r}; there are {', '.join(CASES)}")
    chosen = [one for one in CONTENDERS.values() if one.name in ("ours", *(arguments.contenders or CONTENDERS))]
    results = {}
    if not arguments.json:
        print(HOW)  # noqa: T201
    for name in dict.fromkeys(arguments.cases or CASES):
        case = CASES[name]
        results[name] = contest(case, chosen, arguments.rounds, arguments.turn)
        if not arguments.json:
            print("\n" + case_table(f"{name}: {case.title}, {case.dtype}", case.unit, results[name]), flush=True)  # noqa: T201
    goals = judge(results)
    if arguments.json:
        found = {name: [asdict(result) for result in rows] for name, rows in results.items()}
        json.dump({"cases": found, "goals": goals}, sys.stdout, indent=2)
        return
    print("\nGoals", *goals, sep="\n")  # noqa: T201


if __name__ == "__main__":
    main()

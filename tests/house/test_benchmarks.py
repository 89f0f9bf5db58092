"""The programs of the books, which the benchmark of a step has beside ours, come to the same weights as ours."""

from dataclasses import replace

import pytest

from tests.benchmarks import ours
from tests.benchmarks.cases import CASES
from tests.benchmarks.step import CONTENDERS, TOLERANCES, difference

SMALL = {name: replace(case, rows=min(case.rows, 400)) for name, case in CASES.items()}


@pytest.mark.parametrize(
    ("name", "contender"),
    [
        ("mnist", "Deep Learning from Scratch"),
        ("mnist", "Deep Learning from Scratch, trimmed"),
        ("nielsen", "Nielsen, row by row"),
        ("and", "Nielsen, row by row"),
        ("article", "article C's program"),
    ],
)
def test_the_programs_of_the_books_come_to_our_weights(name: str, contender: str) -> None:
    case = SMALL[name]
    start = [array for pair in case.start for array in pair]
    works = ours.trainer(case), CONTENDERS[contender][0](case)
    for work in works:
        work.run(50)
    expected, theirs = (work.result() for work in works)
    assert difference(expected, theirs, start) < TOLERANCES[case.dtype]

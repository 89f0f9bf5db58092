"""Results as lines of text."""

from collections.abc import Sequence

from tests.benchmarks.rounds import Result
from tests.benchmarks.statistics_of_turns import Spread


def amount(microseconds: float) -> str:
    """Return a time with three or four digits that mean something."""
    if microseconds >= 1e6:
        return f"{microseconds / 1e6:.2f} s"
    if microseconds >= 1e4:
        return f"{microseconds / 1e3:.1f} ms"
    return f"{microseconds:.0f} µs" if microseconds >= 100 else f"{microseconds:.2f} µs"


def between(spread: Spread) -> str:
    """Return the quartiles."""
    return f"{amount(spread.low)} – {amount(spread.high)}"


def case_table(heading: str, unit: str, results: Sequence[Result]) -> str:
    """Return the table of one case."""
    lines = [heading, f"{'':32}{f'a {unit}':>12}{'quartiles':>24}{'wall':>12}{'× ours':>9}{'apart':>10}"]
    for result in results:
        if result.cpu is None or result.wall is None or result.ratio is None:
            lines.append(f"{result.title:32}  {result.note}")
            continue
        apart = "" if result.apart is None else f"{result.apart:.0e}"
        lines.append(
            f"{result.title:32}{amount(result.cpu.median):>12}{between(result.cpu):>24}"
            f"{amount(result.wall.median):>12}{result.ratio.median:9.2f}{apart:>10}"
        )
    return "\n".join(lines)

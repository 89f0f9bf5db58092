"""The page on performance: its words and tables, made of the measured figures that stand in one resource.

The dialog shows it in the language in use, the README in English. The figures are put into the resource by
``python -m tests.benchmarks.publish``.
"""

import json
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from playground import paths
from playground.language import N_, _

WINDOW = "python -m tests.benchmarks.live_window and spiral digits mnist --seconds 12"
COMMANDS = (
    ("python -m tests.benchmarks.step --json > step.json", N_("a step beside its matrix products and the peers")),
    ("python -m tests.benchmarks.growth --json > growth.json", N_("how a step grows with the network and the data")),
    (
        f"{WINDOW} --json > window.json",
        N_("how fast the window answers while it trains"),
    ),
    (
        f"{WINDOW} --hand drag --json > drag.json",
        N_("the same while the mouse drags"),
    ),
    (
        f"xvfb-run -a env QT_QPA_PLATFORM=xcb {WINDOW} --hand mouse --json > mouse.json",
        N_("the same with the mouse of an X server, moved by another process"),
    ),
    (
        "python -m tests.benchmarks.publish step.json growth.json window.json drag.json mouse.json",
        N_("puts the figures here"),
    ),
)
"""What makes the figures, in this order, and what each measures."""

CASES = {
    "mnist": N_("MNIST 784-50-10, 100 rows a step, float32"),
    "mnist64": N_("MNIST 784-50-10, 100 rows a step, float64"),
    "nielsen": N_("MNIST 784-30-10, 10 rows a step, float32"),
    "nielsen64": N_("MNIST 784-30-10, 10 rows a step, float64"),
    "and": N_("AND gate 2-4-1, 4 rows a step, float64"),
    "and32": N_("AND gate 2-4-1, 4 rows a step, float32"),
    "article": N_("AND gate 2-4-1 in the manner of article C"),
    "spiral": N_("Spiral 2-8-8-1, 10 rows a step, float64"),
    "spiral32": N_("Spiral 2-8-8-1, 10 rows a step, float32"),
    "gradient": N_("One numerical gradient of 64-16-10, 10 rows"),
}
CONTENDERS = {
    "ours": "Playground",
    "ours-filled": N_("Playground, the batch in place already"),
    "floor": N_("its matrix products alone"),
    "products": N_("its products as it makes them"),
    "ours-naive": N_("Playground, the naive way"),
    "jax-scan": "JAX, lax.scan",
    "jax": "JAX, jit",
    "sklearn": "scikit-learn",
    "torch": "PyTorch, eager",
    "scratch": "Deep Learning from Scratch",
    "scratch32": N_("Deep Learning from Scratch, made lighter"),
    "nielsen": N_("Nielsen, row by row"),
    "nielsen32": N_("Nielsen, row by row, float32"),
    "article": N_("article C's program"),
}
AXES = {
    "hidden": N_("hidden units"),
    "depth": N_("hidden layers"),
    "batch": N_("rows a step"),
    "rows": N_("rows of data"),
    "table": N_("rows of a small table, all in every step"),
}
HANDS = {
    "none": N_("nothing"),
    "drag": N_("drags"),
    "mouse": N_("drags, a real one"),
    "resize": N_("resizes"),
    "theme": N_("changes the colours"),
    "data": N_("changes the data"),
}


@dataclass(frozen=True)
class Table:
    """Cells below headings; the first column is text, the others are numbers."""

    headings: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]


@dataclass(frozen=True)
class Section:
    """A part of the page, in the language in use."""

    title: str
    paragraphs: tuple[str, ...]
    table: Table | None = None
    commands: tuple[tuple[str, str], ...] = ()


def figures() -> dict[str, Any]:
    """Return the measured figures."""
    read: dict[str, Any] = json.loads(paths.resource("performance.json").read_text(encoding="utf-8"))
    return read


def sections() -> Iterator[Section]:
    """Yield the page from top to bottom, in the language in use."""
    measured = figures()
    yield _reasons()
    yield Section(
        _("A step of training"),
        (
            _(
                "Microseconds of processor time for one step, its loss noted; everybody on one thread, from the same "
                "start, on the same rows. The last column says how many times as long as Playground's step it takes."
            ),
        ),
        _steps_table(measured["steps"]),
    )
    if measured["growth"]:
        yield Section(
            _("As networks and data grow"),
            (_("A step as a multiple of its own matrix products: 1 would be nothing but them."),),
            _growth_table(measured["growth"]),
        )
    yield Section(
        _("The window while it trains"),
        (
            _(
                "How late the window answers, in milliseconds, and what training keeps of the speed that it has "
                "without a window. A frame of a usual screen lasts 16 ms. On a machine that is shared, single rounds "
                "of a second scatter widely; these are medians, and more than 100 % is chance."
            ),
            _(
                "Drags are moves 125 times a second over the diagram of the network. Those that the benchmark makes in "
                "the window's own thread take something from the training themselves; a real mouse does not."
            ),
        ),
        _window_table(measured["window"]),
    )
    yield _ahead(measured["browser"])
    yield _limits()
    yield Section(
        _("How the figures were made"),
        (
            _(
                "On {machine}. Compare figures within a table only: other machines, and other days, have other "
                "times; what takes how many times as long stays much the same."
            ).format(machine=measured["machine"]),
        ),
        commands=tuple((command, _(sentence)) for command, sentence in COMMANDS),
    )


def _reasons() -> Section:
    """Say what is fast, and why."""
    return Section(
        _("What is fast, and why"),
        (
            _(
                "A step of training is a few products of matrices (five, with one hidden layer) and a little "
                "besides. They are done by NumPy's BLAS, which uses the processor to the full; so what Playground"
                " can do is to keep the rest small. Its memory is asked for once, before the first step. All "
                "weights stand in one long row of numbers, so the update is one command. Pixels stay bytes until "
                "their batch is needed. Images are computed in float32; small tables, whose published digits must"
                " come out, in float64."
            ),
            _(
                "BLAS works on one thread: with two, matrices of these sizes took 1.8 to 26 times as long, and "
                "the window needs the other core."
            ),
            _(
                "The window trains in a thread of its own and asks it for numbers only when it is ready to draw. What "
                "is not visible costs nothing."
            ),
        ),
    )


def _ahead(browser: Mapping[str, Any]) -> Section:
    """Say where a peer is ahead."""
    rows = tuple(
        (_("{n} rows").format(n=n), micro(ours), micro(theirs), _times(theirs / ours))
        for n, ours, theirs in browser["steps"]
    )
    return Section(
        _("Where another is ahead"),
        (
            _(
                "On a handful of rows TensorFlow Playground is several times as fast: its loops are JavaScript, which "
                "the browser compiles for just this network, while NumPy is called some twenty times a step and each "
                "call costs a third of a microsecond, however little it has to do. From about twenty rows on NumPy is "
                "ahead. (Both measured together: its nn.ts under node beside an early engine of Playground's, 2-4-1.)"
            ),
            _(
                "In the browser one sees less of it: TensorFlow Playground draws after every epoch, about {rate} "
                "steps a second on the spiral with ten rows a step."
            ).format(rate=f"{browser['steps_per_second']:,}"),
            _(
                "JAX can compile many steps into one program without a call between them (its scan). On the AND gate "
                "and the spiral that is several times as fast as Playground, which goes back to Python for every "
                "product; on MNIST, where the products count, Playground is ahead. The tables above have both."
            ),
        ),
        Table((_("rows a step"), _("Playground, µs"), _("TensorFlow Playground, µs"), _("× ours")), rows),
    )


def _limits() -> Section:
    """Say what the limits are."""
    return Section(
        _("The limits"),
        (
            _(
                "No step can be faster than its own matrix products, and those of large layers are most of it: there "
                "only a faster processor helps. Graphics cards are not used. Steps of tiny networks are made of calls, "
                "not of numbers. A network has at most 16 hidden layers of 10,000 units; a table at most 64 MB."
            ),
            _(
                "The numerical gradient computes the loss anew for every weight. Playground computes only what that "
                "weight changes; the naive way, which the articles teach, is there to be compared: on MNIST it takes "
                "seconds for a single step."
            ),
        ),
    )


def _steps_table(cases: Mapping[str, Sequence[Sequence[Any]]]) -> Table:
    """Return what a step takes, case by case."""
    rows: list[tuple[str, ...]] = []
    for case, times in cases.items():
        ours = dict(map(tuple, times))["ours"]
        rows.append((_(CASES.get(case, case)), "", ""))
        rows += [(f"– {_(CONTENDERS.get(who, who))}", micro(time), _times(time / ours)) for who, time in times]
    return Table((_("who"), _("µs a step"), _("× ours")), tuple(rows))


def _growth_table(axes: Mapping[str, Sequence[Sequence[float]]]) -> Table:
    """Return how a step grows along each axis."""
    rows = [
        (_(AXES.get(axis, axis)) if k == 0 else "", f"{value:,}", micro(step), micro(products), f"{ratio:.2f}")
        for axis, points in axes.items()
        for k, (value, step, products, ratio) in enumerate(points)
    ]
    headings = (_("what grows"), _("size"), _("µs a step"), _("µs its products"), _("× products"))
    return Table(headings, tuple(rows))


def _window_table(measured: Sequence[Mapping[str, Any]]) -> Table:
    """Return how the window answers and what training keeps."""
    rows = []
    for row in measured:
        low, high = row["p99"]
        rows.append(
            (
                ", ".join(row["experiments"]) + ("" if row["view"] == "default" else f" · {row['view']}"),
                _(HANDS.get(row["hand"], row["hand"])),
                f"{low:.1f}" if low == high else f"{low:g} – {high:g}",
                "–" if row["throughput"] is None else f"{row['throughput']:.0%}",
                "–" if row["steps_per_second"] is None else f"{row['steps_per_second']:,}",
            )
        )
    headings = (_("experiment"), _("the mouse"), _("99 % within, ms"), _("training keeps"), _("steps a second"))
    return Table(headings, tuple(rows))


def micro(microseconds: float) -> str:
    """Return a time in microseconds with three digits that mean something."""
    if microseconds >= 100:
        return f"{microseconds:,.0f}"
    return f"{microseconds:.1f}" if microseconds >= 10 else f"{microseconds:.2f}"


def _times(ratio: float) -> str:
    """Return how many times as long as ours."""
    return f"{ratio:.0f}" if ratio >= 10 else f"{ratio:.2g}" if ratio < 1 else f"{ratio:.1f}"

"""The sentences of the lesson player: moments, figures, curves."""

from playground.experiment.lessons.attempt import FigureResult
from playground.experiment.lessons.schema import StopAt
from playground.language import _
from playground.ui.forms.guess_text import number


def moment(run: StopAt | None) -> str:
    """Return until when the run goes, as what is to be done."""
    if run is None or run.stop:
        return _("Now press Play, and watch until it stops.")
    if run.steps is not None:
        return _("Now press Play: it trains to step {n:,} and stops.").format(n=run.steps)
    return _("Now press Play: it trains to epoch {n:,} and stops.").format(n=run.epochs or 0)


def figure(result: FigureResult, label: str) -> str:
    """Return a line of Markdown: what a figure is, what came out here, and what is published."""
    here = "–" if result.measured is None else number(result.measured, result.figure.digits)
    line = _("{what}: here **{here}**").format(what=label, here=here)
    if result.figure.source == "published" and result.claimed is not None:
        line += _(", published {value}").format(value=number(result.claimed, result.figure.digits))
    return f"- {line}"


def curve_words(curve: str) -> str:
    """Return what a curve shows."""
    words = {
        "train_loss": _("training loss"),
        "test_loss": _("test loss"),
        "train_accuracy": _("training accuracy"),
        "test_accuracy": _("test accuracy"),
    }
    return words[curve]

"""The sentences of the lesson player: what was said beside what happened, moments, actions, numbers."""

import math
from collections.abc import Mapping, Sequence
from typing import Any

from playground.engine.initializers import INITIALIZERS
from playground.experiment.lessons.attempt import FigureResult
from playground.experiment.lessons.schema import Action, Drawn, Number, Question, Ranking, StopAt
from playground.experiment.lessons.scoring import Guess, Score, curve_distance
from playground.language import _
from playground.ui.forms.number_field import format_number

SMALL_DIGITS = 4


def number(value: float, digits: int = SMALL_DIGITS) -> str:
    """Return a number with so many digits after the point; a smaller one with as many digits that count."""
    if math.isinf(value):
        return "∞" if value > 0 else "−∞"
    if math.isnan(value):
        return "NaN"
    if value == int(value) and abs(value) < 1e15:
        return f"{int(value):,}".replace("-", "−")
    is_small = abs(value) < 10.0**-digits
    return (f"{value:.3g}" if is_small else f"{value:,.{digits}f}").replace("-", "−")


def result(question: Question, guess: Guess, score: Score, options: Mapping[str, str]) -> str:
    """Return what was guessed beside what happened, without a reproach."""
    if isinstance(question, Drawn):
        return _drawn_result(question, guess, score)
    was = _shown(question, score.was, options)
    if score.said is None:
        return _("You skipped this one. It was: {was}").format(was=was) if score.was is not None else ""
    if score.right is None:
        return ""
    said = _shown(question, score.said, options)
    if score.right and not isinstance(question, Number):
        return _("You said: {said}. So it is.").format(said=said)
    both = _("You said: {said}. It was: {was}.").format(said=said, was=was)
    return f"{both} {_remark(guess, score)}".strip()


def _remark(guess: Guess, score: Score) -> str:
    if score.right:
        return _("Well estimated.")
    if score.near:
        return _("That is near.")
    if guess.sure == "certain":
        return _("You were certain, so this one is worth a second look: it will stay with you.")
    return _("Below is why.")


def _drawn_result(question: Drawn, guess: Guess, score: Score) -> str:
    if score.said is None:
        return _("You skipped this one. The curve of the run is drawn above.")
    off = curve_distance(score.said, score.was, question)
    sentence = _("On the average your curve is off by {share} of the height.")
    return f"{sentence.format(share=f'{100 * off:.0f} %')} {_remark(guess, score)}"


def _shown(question: Question, value: Any, options: Mapping[str, str]) -> str:
    if value is None:
        return "–"
    if isinstance(question, Number):
        return format_number(value) if math.isfinite(value) and len(format_number(value)) < 9 else number(value)
    if isinstance(question, Ranking):
        return " › ".join(plain(options.get(key, key)) for key in value)
    return plain(options.get(value, str(value)))


def plain(markdown: str) -> str:
    """Return the words of a short text in Markdown, without its marks; in code a ``*`` is none."""
    parts = markdown.split("`")
    words = "".join(part if k % 2 else part.replace("*", "") for k, part in enumerate(parts))
    return words.removesuffix(".").removesuffix("。")


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


def action(act: Action) -> str:
    """Return what an action of a solution does."""
    if act.set is not None:
        return _("Set {setting} to {value}").format(setting=setting_words(act.set), value=_value(act.value))
    if act.weight is not None:
        return _("Set {weight} to {value}").format(weight=_parameter(act.weight), value=_value(act.value))
    if act.press is not None:
        return _("Press Reset") if act.press == "reset_button" else _("Press the marked control")
    return moment(act.run)


def setting_words(path: str) -> str:
    """Return what the window calls a setting."""
    known = {
        "seed": _("Seed"),
        "data.name": _("Data"),
        "data.noise": _("Noise"),
        "data.samples": _("Samples"),
        "network.hidden": _("Hidden layers"),
        "network.activation": _("Activation"),
        "network.output": _("Output"),
        "network.bias": _("Bias"),
        "network.initial": _("Initial weights"),
        "training.learning_rate": _("Learning rate"),
        "training.batch_size": _("Batch size"),
        "training.loss": _("Loss"),
        "training.optimizer": _("Optimiser"),
        "training.gradient": _("Gradient"),
        "training.update": _("Update"),
        "training.sampling": _("Sampling"),
        "training.reduction": _("Reduction"),
    }
    nearest = [key for key in known if path.startswith(key)]
    return known[max(nearest, key=len)] if nearest else path


def control_of(act: Action) -> str:
    """Return the object name of the control that an action uses."""
    if act.press is not None:
        return act.press
    if act.weight is not None:
        return "network_view"
    if act.run is not None:
        return "play_button"
    path = act.set or ""
    scheme = act.value.get("scheme") if isinstance(act.value, dict) else act.value
    if path in ("data", "data.name"):
        return f"data_{act.value.get('name') if isinstance(act.value, dict) else act.value}"
    if path.startswith("network.initial"):
        return f"initial_scheme_{scheme}" if isinstance(scheme, str) else "network_panel"
    if path.startswith("network.hidden"):
        return "hidden_layer_1"
    if path.startswith("training.stop."):
        return f"stop_{path.rpartition('.')[2]}"
    if path.startswith("training.optimizer"):
        return "optimizer"
    return path.rpartition(".")[2]


def typed(value: Any) -> str:
    """Return a value as it would be typed into its field; empty where it is not typed."""
    if isinstance(value, bool) or not isinstance(value, int | float):
        return ""
    return format_number(value)


def _value(value: Any) -> str:
    if isinstance(value, int | float) and not isinstance(value, bool):
        return format_number(value).replace("-", "−")
    if isinstance(value, dict) and value.get("scheme") in INITIALIZERS:
        entry = INITIALIZERS[value["scheme"]]
        options = [f"{_(it.label)} {_value(value[it.name])}" for it in entry.options if it.name in value]
        return ", ".join((_(entry.label), *options))
    if isinstance(value, dict):
        return str(value.get("name") or value)
    if isinstance(value, Sequence) and not isinstance(value, str):
        return ", ".join(map(_value, value))
    known = {
        None: _("all"),
        True: _("on"),
        False: _("off"),
        "together": _("at the end"),
        "layerwise": _("layer by layer"),
        "shuffle": _("shuffled"),
        "unit": _("per unit"),
        "layer": _("per layer"),
    }
    return known.get(value, str(value))


def _parameter(name: str) -> str:
    kind, *places = name.replace("]", "").split("[")
    if kind == "bias":
        layer, unit = (int(it) for it in places)
        return _("the bias of unit {unit} in layer {layer}").format(unit=unit + 1, layer=layer)
    layer, source, unit = (int(it) for it in places)
    sentence = _("the weight from unit {source} to unit {unit} in layer {layer}")
    if layer == 1:
        sentence = _("the weight from input {source} to unit {unit} in layer {layer}")
    return sentence.format(source=source + 1, unit=unit + 1, layer=layer)


def curve_words(curve: str) -> str:
    """Return what a curve shows."""
    words = {
        "train_loss": _("training loss"),
        "test_loss": _("test loss"),
        "train_accuracy": _("training accuracy"),
        "test_accuracy": _("test accuracy"),
    }
    return words[curve]

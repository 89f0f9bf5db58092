"""The sentences of the lesson player: moments, figures, the actions of a solution."""

from typing import Any

from playground.experiment.lessons.attempt import FigureResult
from playground.experiment.lessons.schema import Action, StopAt
from playground.language import _
from playground.ui.forms.experiment_fields import FIELDS, setting_label, value_label
from playground.ui.forms.guess_text import number
from playground.ui.forms.number_field import format_number


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
        setting, value = setting_label(act.set), value_label(act.set, act.value)
        return _("Set {setting} to {value}").format(setting=setting, value=value)
    if act.weight is not None:
        return _("Set {weight} to {value}").format(weight=_parameter(act.weight), value=format_number(act.value))
    if act.press is not None:
        return _("Press the marked control")
    return moment(act.run)


def control_of(act: Action) -> str:
    """Return the object name of the control that an action uses."""
    if act.press is not None:
        return act.press
    if act.weight is not None:
        return "network_view"
    if act.run is not None:
        return "play_button"
    path = act.set or ""
    field = FIELDS.get(path)
    if field is not None:
        return field.object_name
    option = path.rpartition(".")[2]
    name = act.value if isinstance(act.value, str) else ""
    if isinstance(act.value, dict):
        name = str(act.value.get("name") or act.value.get("scheme"))
    if path in ("data", "data.name"):
        return f"data_{name}"
    if path in ("network.initial", "network.initial.scheme"):
        return f"initial_scheme_{name}" if name else "network_panel"
    if path.startswith("network.initial"):
        return f"initial_{option}"
    if path.startswith("network.hidden"):
        return "hidden_layer_1"
    return "optimizer" if path.startswith("training.optimizer") else option


def typed(value: Any) -> str:
    """Return a value as it would be typed into its field; empty where it is not typed."""
    if isinstance(value, bool) or not isinstance(value, int | float):
        return ""
    return format_number(value)


def _parameter(name: str) -> str:
    kind, *places = name.replace("]", "").split("[")
    if kind == "bias":
        layer, unit = (int(it) for it in places)
        return _("the bias of unit {unit} in layer {layer}").format(unit=unit + 1, layer=layer)
    layer, source, unit = (int(it) for it in places)
    sentence = _("the weight from {source} to unit {unit} in layer {layer}")
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

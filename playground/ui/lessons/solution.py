"""The actions of a solution: what they are called, which control they use, and how they are done for the learner."""

from collections.abc import Sequence
from functools import partial
from typing import Any

from PySide6.QtCore import Signal

from playground.experiment.config import raw_edits
from playground.experiment.lessons import quantities, set_ups
from playground.experiment.lessons.schema import Action, StopAt
from playground.experiment.probes.snapshot import RunInfo
from playground.language import _
from playground.runtime.session import Session
from playground.runtime.store import Store
from playground.ui.core import layouts
from playground.ui.forms.experiment_fields import FIELDS, setting_label, value_label
from playground.ui.forms.guess_text import number
from playground.ui.forms.number_field import format_number
from playground.ui.widgets.card import StyledFrame
from playground.ui.widgets.icons import Button
from playground.ui.widgets.labels import text_label


def moment(run: StopAt | None) -> str:
    """Return until when the run goes, as what is to be done."""
    if run is None or run.stop:
        return _("Now press Play, and watch until it stops.")
    if run.steps is not None:
        return _("Now press Play: it trains to step {n:,} and stops.").format(n=run.steps)
    return _("Now press Play: it trains to epoch {n:,} and stops.").format(n=run.epochs or 0)


class SolutionView(StyledFrame):
    """The actions of a solution, each with a button that does it; ``act_wanted(place)`` asks for that."""

    act_wanted = Signal(int)

    def __init__(self, actions: Sequence[Action]) -> None:
        super().__init__("lesson_solution_steps", "notice")
        heading = text_label(role="strong", text=_("The solution: the control is marked; use it, or press the button."))
        rows = []
        for k, action in enumerate(actions):
            button = Button(name=f"lesson_do_{k + 1}", role="small", text=_("Do it"))
            button.clicked.connect(partial(self.act_wanted.emit, k))
            rows.append(layouts.row((text_label(role="", text=f"{k + 1}. {words(action)}"), 1), button, gap=6))
        layouts.column(heading, *rows, parent=self, gap=6, margins=(12, 8, 12, 8))
        self.hide()


def words(act: Action) -> str:
    """Return what an action of a solution does."""
    if act.set is not None:
        setting, value = setting_label(act.set), value_label(act.set, act.value)
        return _("Set {setting} to {value}").format(setting=setting, value=value)
    if act.weight is not None:
        return _("Set {weight} to {value}").format(weight=_parameter(act.weight), value=number(act.value))
    if act.press is not None:
        return _("Press Reset") if act.press == "reset_button" else _("Press the marked control")
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
    kind, indices = quantities.parse(name)
    if kind == "bias":
        layer, unit = indices
        return _("the bias of unit {unit} in layer {layer}").format(unit=unit + 1, layer=layer)
    layer, source, unit = indices
    sentence = _("the weight from unit {source} to unit {unit} in layer {layer}")
    if layer == 1:
        sentence = _("the weight from input {source} to unit {unit} in layer {layer}")
    return sentence.format(source=source + 1, unit=unit + 1, layer=layer)


def do(act: Action, store: Store, session: Session, info: RunInfo) -> None:
    """Set what an action sets, or train to its moment."""
    if act.set is not None:
        store.apply(raw_edits.with_values(store.config, {act.set: act.value}))
    elif act.weight is not None:
        name, indices = quantities.parse(act.weight)
        places = info.bias_places(*indices) if name == "bias" else (info.weight_index(*indices),)
        session.set_numbers(places, float(act.value))
    elif act.run is not None:
        store.apply(set_ups.with_moment(store.config, act.run))
        session.play()

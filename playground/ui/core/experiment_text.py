"""What an experiment is called on the screen, what opening one brings, and what a change of one is about."""

from playground.data.catalog import CATALOG
from playground.engine.activations import ACTIVATIONS
from playground.engine.losses import LOSSES
from playground.engine.optimizers import OPTIMIZERS
from playground.experiment.config import opening
from playground.experiment.config.change_kind import changed_fields
from playground.experiment.config.choices import InitialChoice
from playground.experiment.config.presets import PRESETS
from playground.experiment.config.schema import ExperimentConfig
from playground.experiment.config.traits import TABLE
from playground.experiment.runs.initial_weights import InitialWeights
from playground.language import N_, _
from playground.runtime.store import Change
from playground.ui.core.number_text import significant

_ABOUT = (
    ("network.hidden", N_("hidden layers")),
    ("network.activation", N_("activation function")),
    ("network.output", N_("output")),
    ("network.bias", N_("bias")),
    ("network.initial", N_("initial weights")),
    ("training.loss", N_("loss")),
    ("training.learning_rate", N_("learning rate")),
    ("training.batch_size", N_("batch")),
    ("training.optimizer", N_("optimiser")),
    ("training.gradient", N_("gradient")),
    ("training.update", N_("update")),
    ("training.sampling", N_("sampling")),
    ("training.reduction", N_("mean or sum")),
    ("training.l1", N_("L1")),
    ("training.l2", N_("L2")),
    ("training.stop", N_("stop condition")),
    ("seed", N_("seed")),
    ("precision", N_("precision")),
    ("data", N_("data")),
    ("name", N_("name")),
)
"""Beginnings of the paths of fields, and what a change of them is called; the first that fits counts."""


def shown_name(config: ExperimentConfig, saved: ExperimentConfig | None = None) -> str:
    """Return what an experiment is called on the screen; a dot marks one that was changed.

    `saved` is how it is in its file; one without a file is compared with the ready-made one of its name, if any.
    """
    label, ready_made = _labelled(config)
    return label if config == (saved or ready_made) else label + " •"


def _labelled(config: ExperimentConfig) -> tuple[str, ExperimentConfig | None]:
    """Return the label of an experiment, and how it was before it was changed: as its name opens, or its table.

    A table keeps its own name; what is known of it is known once it has been read. None for one's own points.
    """
    if config.data.name == TABLE:
        return config.name, opening.as_opened(config)
    preset = PRESETS.get(config.name)
    if preset is not None:
        return _(preset.label), preset.config
    if config.name in CATALOG:
        is_of_its_data = config.name == config.data.name
        return _(CATALOG[config.name].label), opening.opened(config.name) if is_of_its_data else None
    label = _("Untitled") if config.name == "untitled" else config.name
    return label, None if config.data.name == "rows" else config


def network_words(config: ExperimentConfig) -> str:
    """Return network and training in a few words: ``8 – 8 Tanh, cross-entropy, Adam 0.01``."""
    network, training = config.network, config.training
    names = dict.fromkeys(network.activations)
    hidden = _("no hidden layer")
    if network.hidden:
        sizes = " – ".join(str(size) for size in network.hidden)
        activations = ", ".join(_(ACTIVATIONS[name].label) for name in names)
        hidden = _("hidden {sizes} {activation}").format(sizes=sizes, activation=activations)
    rate = f"{_(OPTIMIZERS[training.optimizer.name].label)} {significant(training.learning_rate)}"
    return " · ".join((hidden, _(LOSSES[training.loss].label), rate))


def start_name(start: InitialWeights) -> str:
    """Return the name of initial weights; of several, one a layer, with the numbers in which they differ."""
    choices = start if isinstance(start, tuple) else (start,)
    schemes = {choice.name for choice in choices}
    if len(schemes) > 1:
        return " · ".join(_with_numbers(choice, _numbers_of(choice)) for choice in choices)
    numbers = dict.fromkeys(_numbers_of(choice) for choice in choices)
    return _with_numbers(choices[0], ", ".join(number for number in numbers if number))


def _with_numbers(choice: InitialChoice, numbers: str) -> str:
    label = _(choice.entry.label)
    if choice.name == "gaussian":
        return _("{scheme}, σ = {numbers}").format(scheme=label, numbers=numbers)
    return f"{label} {numbers}".strip()


def _numbers_of(choice: InitialChoice) -> str:
    match choice.name:
        case "gaussian":
            return significant(choice["std"])
        case "constant":
            return significant(choice["value"])
        case "uniform":
            return f"{significant(choice['low'])} … {significant(choice['high'])}"
        case _:
            return ""


def opening_words(data_name: str, last: ExperimentConfig | None) -> str:
    """Return what a click on a data set opens: the experiment that was left `last` with it, or one that suits it."""
    if data_name == TABLE and last is None:
        return _("Asks for a file first.")
    if last is None:
        if any(option.required for option in CATALOG[data_name].options):
            return ""  # one's own points: they cannot be opened before they are there
        new = opening.opened(data_name)
        text = _("Opens “{name}”: {network}.").format(name=shown_name(new), network=network_words(new))
    else:
        text = _("Goes back to “{name}”: {network}.").format(name=shown_name(last), network=network_words(last))
    if data_name in (TABLE, "rows"):
        return text
    return text + "\n" + _("Ctrl+click changes the data only and keeps the network.")


def change_words(before: ExperimentConfig | Change | None, now: ExperimentConfig) -> str:
    """Return what differs between two experiments, in a word or two; empty where there is nothing to name."""
    if before is None:
        return ""
    if not isinstance(before, ExperimentConfig):
        return before.name or _("numbers set by hand")
    changed = changed_fields(before, now)
    if "name" in changed and any(path != "name" for path in changed):
        return _("opening an experiment")
    found = list(dict.fromkeys(_(_label(path)) for path in changed))
    return ", ".join(found[:2]) + ("…" if len(found) > 2 else "")


def _label(path: str) -> str:
    return next((text for start, text in _ABOUT if path.startswith(start)), N_("settings"))

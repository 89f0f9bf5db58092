"""Every fixed setting of an experiment as a field, and what the window calls any setting and its values."""

from collections.abc import Sequence
from typing import Any

from playground.data.catalog import CATALOG
from playground.engine.activations import ACTIVATIONS, OUTPUTS
from playground.engine.initializers import INITIALIZERS
from playground.engine.losses import LOSSES, CrossEntropy
from playground.engine.optimizers import OPTIMIZERS
from playground.experiment.config import raw_edits
from playground.experiment.config.choices import InitialChoice
from playground.experiment.config.schema import ExperimentConfig
from playground.experiment.config.traits import traits_of
from playground.language import N_, _
from playground.registry import Registry
from playground.ui.core.experiment_text import start_name
from playground.ui.forms.field import Field, Item, Line, choice_label, feature_label, items_of, setting
from playground.ui.forms.number_field import format_number

DATA = N_("Data")
HIDDEN_LAYERS = N_("Hidden layers")
INITIAL_WEIGHTS = N_("Initial weights")

LEARNING_RATES = (0.00001, 0.0001, 0.001, 0.003, 0.01, 0.03, 0.1, 0.3, 1, 3, 10)
REGULARISATION_RATES = (0, 0.00001, 0.0001, 0.001, 0.003, 0.01, 0.03, 0.1, 0.3, 1)
LARGEST_BATCH = 1_000_000
BATCH_SIZES = (None, 1, 2, 4, 10, 20, 50, 100, 200, 500, 1000)
LARGEST_SEED = 2**31 - 1

GRADIENTS = (
    Item(
        "backprop",
        N_("backprop"),
        N_("One forward and one backward pass give the derivatives with respect to all weights."),
    ),
    Item(
        "numerical",
        N_("numerical"),
        N_("Each weight is changed by ±0.0001, and only what depends on it is computed again. Slow."),
    ),
    Item(
        "numerical-naive",
        N_("numerical, naive"),
        N_("Each weight is changed by ±0.0001 with two full forward passes: 2 × parameters per step. Very slow."),
    ),
)
SAMPLINGS = (
    Item("shuffle", N_("shuffled"), N_("Each epoch the samples are shuffled and split into batches.")),
    Item(
        "replacement",
        N_("with replacement"),
        N_("Each batch is drawn at random from all samples; a sample can come up twice."),
        short=N_("replacing"),
    ),
    Item("in-order", N_("in order"), N_("The samples are used in the order of the data, again and again.")),
)
REDUCTIONS = (
    Item("mean", N_("mean"), N_("The size of a step does not depend on the batch size.")),
    Item("sum", N_("sum"), N_("The size of a step grows with the batch size.")),
)
UPDATES = (
    Item(
        "together",
        N_("after the backward pass"),
        N_("All weights change after the whole backward pass, as in textbooks."),
        short=N_("after backward"),
    ),
    Item(
        "layerwise",
        N_("layer by layer"),
        N_("Each layer is updated before the gradient is passed back to the layer before it."),
    ),
)
PRECISIONS = (
    Item("float64", N_("64 bits"), N_("About 16 digits.")),
    Item("float32", N_("32 bits"), N_("About 7 digits; twice as fast for large networks.")),
)
BIASES = (
    Item("unit", N_("per unit"), N_("Each unit learns a bias of its own.")),
    Item("layer", N_("per layer"), N_("The units of a layer share one bias, updated by the errors of all of them.")),
    Item("fixed", N_("fixed"), N_("Each unit keeps its initial bias, which is not trained.")),
    Item("none", N_("none"), N_("No biases: if all inputs are 0, every weighted sum is 0.")),
)


def refused_output(config: ExperimentConfig, output: str) -> str:
    """Return why an output cannot be, or an empty text."""
    if output == "softmax" and _is_regression(config):
        return _("Softmax gives probabilities of classes; these data have numbers to predict.")
    return ""


def refused_loss(config: ExperimentConfig, loss: str) -> str:
    """Return why a loss cannot be, or an empty text."""
    if loss != "cross-entropy":
        return ""
    if _is_regression(config):
        return _("Cross-entropy compares classes; these data have numbers to predict.")
    output = config.network.output
    if output in CrossEntropy.fused:
        return ""
    return _("Cross-entropy needs a sigmoid or softmax output, not {output}.").format(output=_(OUTPUTS[output].label))


def _is_regression(config: ExperimentConfig) -> bool:
    traits = traits_of(config.data, config.seed)
    return traits is not None and traits.classes == 0


NEVER = N_("never")

_SETTINGS = (
    setting(
        "network.activation",
        N_("Activation"),
        N_(
            "The function that each hidden unit applies to its weighted sum; without one, many layers "
            "can do no more than one. The list shows each function, and its derivative dashed."
        ),
        items=items_of(ACTIVATIONS),
    ),
    setting(
        "network.output",
        N_("Output"),
        N_(
            "The function at the outputs: sigmoid and softmax give probabilities, linear gives any number. "
            "The list shows each function, and its derivative dashed."
        ),
        items=items_of(OUTPUTS),
        refusal=refused_output,
    ),
    setting(
        "training.loss",
        N_("Loss"),
        N_(
            "How far the outputs are from the targets, as one number; training makes it smaller. The list shows the "
            "loss of an output from 0 to 1 whose target is 1, and its derivative dashed."
        ),
        items=items_of(LOSSES, mse=N_("MSE")),
        refusal=refused_loss,
    ),
    setting(
        "network.bias",
        N_("Bias"),
        N_("The number that a unit adds to its weighted sum."),
        items=BIASES,
    ),
    setting(
        "training.learning_rate",
        N_("Learning rate"),
        N_("How far each step goes downhill. Too small learns slowly, too large overshoots. Takes effect at once."),
        suggestions=LEARNING_RATES,
    ),
    setting(
        "training.batch_size",
        N_("Batch size"),
        N_("How many samples each step uses; empty means all. Takes effect at once."),
        high=LARGEST_BATCH,
        suggestions=BATCH_SIZES,
        empty=N_("all"),
    ),
    setting(
        "seed",
        N_("Seed"),
        N_("Seeds every random choice: the same seed gives the same samples, initial weights and batches."),
        high=LARGEST_SEED,
    ),
    setting(
        "training.gradient",
        N_("Gradient"),
        N_("How the derivative of the loss with respect to each weight is computed."),
        items=GRADIENTS,
    ),
    Field(
        "training.optimizer.name",
        N_("Optimiser"),
        N_("The rule that turns gradients into steps."),
        "choice",
        name="optimizer",
        items=items_of(OPTIMIZERS, sgd=N_("SGD")),
    ),
    setting(
        "training.l1",
        N_("L1"),
        N_(
            "Regularisation that pulls every weight towards 0 by the same amount: adds L1 · Σ|w| to the loss. The loss "
            "shown is without it. Takes effect at once."
        ),
        suggestions=REGULARISATION_RATES,
    ),
    setting(
        "training.l2",
        N_("L2"),
        N_(
            "Regularisation that pulls large weights towards 0 the most: adds L2 · ½ Σw² to the loss. The loss shown "
            "is without it. Takes effect at once."
        ),
        suggestions=REGULARISATION_RATES,
    ),
    setting(
        "training.sampling",
        N_("Sampling"),
        N_("How the samples of a batch are chosen."),
        items=SAMPLINGS,
    ),
    setting(
        "training.reduction",
        N_("Batch gradient"),
        N_("Whether a step uses the mean or the sum of the gradients of the batch's samples."),
        items=REDUCTIONS,
    ),
    setting(
        "training.update",
        N_("Update"),
        N_("When the weights change: after the whole backward pass, or layer by layer during it."),
        items=UPDATES,
    ),
    setting(
        "precision",
        N_("Precision"),
        N_("How precise the numbers are: 64 bits for small tables, 32 bits for speed with images."),
        items=PRECISIONS,
    ),
    setting(
        "training.stop.steps",
        N_("Steps"),
        N_("Training stops after this many steps; empty: never."),
        name="stop_steps",
        step=1000,
        empty=NEVER,
    ),
    setting(
        "training.stop.epochs",
        N_("Epochs"),
        N_("Training stops after this many passes over the training samples; empty: never."),
        name="stop_epochs",
        empty=NEVER,
    ),
    setting(
        "training.stop.loss_below",
        N_("Loss below"),
        N_("Training stops when the training loss is below this; empty: never."),
        name="stop_loss_below",
        empty=NEVER,
    ),
    setting(
        "training.stop.accuracy_above",
        N_("Accuracy above"),
        N_(
            "Training stops when this share of the training samples is predicted correctly, such as 0.95; empty: never."
        ),
        name="stop_accuracy_above",
        empty=NEVER,
    ),
)

FIELDS = {field.path: field for field in _SETTINGS}
"""Every fixed setting by its path."""

CHOICES: dict[str, tuple[str, Registry[Any]]] = {
    "data": (DATA, CATALOG),
    "network.initial": (INITIAL_WEIGHTS, INITIALIZERS),
    "training.optimizer": (FIELDS["training.optimizer.name"].label, OPTIMIZERS),
}
"""What is chosen with options out of a registry, by its path."""


def lines(*rows: tuple[str, ...]) -> tuple[Line, ...]:
    """Return the fields of some settings, given by their paths, for a form."""
    return tuple(tuple(FIELDS[path] for path in row) for row in rows)


def setting_label(path: str) -> str:
    """Return what the window calls the setting at a path such as ``"training.sampling"`` or ``"data.noise"``."""
    keys = [key for key in raw_edits.keys_of(path) if not key.isdecimal()]
    if keys == ["network", "hidden"]:
        return _(HIDDEN_LAYERS)
    field = FIELDS.get(".".join(keys))
    if field is not None:
        return _(field.label)
    label, registry = CHOICES.get(".".join(keys[: 1 if keys[:1] == ["data"] else 2]), (path, Registry("nothing")))
    options = {option.name: option.label for entry in registry.values() for option in entry.options}
    return _(options.get(keys[-1], label))


def value_label(path: str, value: Any) -> str:
    """Return what the window calls a value of a setting, which is given as JSON holds it."""
    if path == "network.initial":
        starts = value if isinstance(value, list) else [value]
        return start_name(tuple(InitialChoice.decode(it) for it in starts))
    if isinstance(value, dict):
        inside = {f"{path}.{key}": it for key, it in value.items() if key != "name"}
        options = [f"{setting_label(below)} {value_label(below, it)}" for below, it in inside.items()]
        return ", ".join([value_label(path, value["name"]), *options])
    if isinstance(value, Sequence) and not isinstance(value, str):
        return ", ".join(value_label(path, it) for it in value) or _("none")
    if value is None or isinstance(value, bool):
        field = FIELDS.get(path)
        return {None: _(field.empty if field else N_("all")), True: _("on"), False: _("off")}[value]
    if not isinstance(value, str):
        return format_number(value)
    return _known_label(path, value)


def _known_label(path: str, name: str) -> str:
    """Return the label of a choice that has a name; the name where there is no such choice."""
    items = {item.key: item.label for item in FIELDS[path].items} if path in FIELDS else {}
    for stem, (_label, registry) in CHOICES.items():
        if path in (stem, f"{stem}.name", f"{stem}.scheme"):
            items = {key: entry.label for key, entry in registry.items()}
    return _(items[name]) if name in items else feature_label(choice_label(name))

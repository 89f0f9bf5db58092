"""How the network learns: learning rate, batches, optimiser, gradient, regularisation, stop conditions, seed."""

from playground.engine.optimizers import OPTIMIZERS
from playground.experiment.config import edits
from playground.experiment.config.schema import ExperimentConfig
from playground.language import N_, _
from playground.runtime.session import Session
from playground.runtime.store import Store
from playground.ui.core import layouts
from playground.ui.core.panel import Panel
from playground.ui.forms.field import Field, Item, Line, fields_of, in_lines, items_of, setting
from playground.ui.forms.form import Form
from playground.ui.widgets.disclosure import Disclosure
from playground.ui.widgets.icons import IconButton
from playground.ui.widgets.labels import text_label

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
        short=N_("at the end"),
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


LEARNING_RATE = setting(
    "training.learning_rate",
    N_("Learning rate"),
    N_("How far each step goes downhill. Too small learns slowly, too large overshoots. Takes effect at once."),
    suggestions=LEARNING_RATES,
)
BATCH = setting(
    "training.batch_size",
    N_("Batch size"),
    N_("How many samples each step uses; empty means all. Takes effect at once."),
    high=LARGEST_BATCH,
    suggestions=BATCH_SIZES,
    empty=N_("all"),
)
SEED = setting(
    "seed",
    N_("Seed"),
    N_("Seeds every random choice: the same seed gives the same samples, initial weights and batches."),
    high=LARGEST_SEED,
)
GRADIENT = setting(
    "training.gradient",
    N_("Gradient"),
    N_("How the derivative of the loss with respect to each weight is computed."),
    items=GRADIENTS,
)
OPTIMIZER = Field(
    "training.optimizer.name",
    N_("Optimiser"),
    N_("The rule that turns gradients into steps."),
    "choice",
    name="optimizer",
    items=items_of(OPTIMIZERS, sgd=N_("SGD")),
)
L1 = setting(
    "training.l1",
    N_("L1"),
    N_("Pulls every weight towards 0 by the same amount: adds L1 · Σ|w| to the loss. Takes effect at once."),
    suggestions=REGULARISATION_RATES,
)
L2 = setting(
    "training.l2",
    N_("L2"),
    N_("Pulls large weights towards 0 the most: adds L2 · ½ Σw² to the loss. Takes effect at once."),
    suggestions=REGULARISATION_RATES,
)
SAMPLING = setting(
    "training.sampling",
    N_("Sampling"),
    N_("How the samples of a batch are chosen."),
    items=SAMPLINGS,
)
REDUCTION = setting(
    "training.reduction",
    N_("Batch gradient"),
    N_("Whether a step uses the mean or the sum of the gradients of the batch's samples."),
    items=REDUCTIONS,
)
UPDATE = setting(
    "training.update",
    N_("Update"),
    N_("When the weights change: after the whole backward pass, or layer by layer during it."),
    items=UPDATES,
)
PRECISION = setting(
    "precision",
    N_("Precision"),
    N_("How precise the numbers are: 64 bits for small tables, 32 bits for speed with images."),
    items=PRECISIONS,
)
NEVER = N_("never")
STOP_STEPS = setting(
    "training.stop.steps",
    N_("Steps"),
    N_("Training stops after this many steps; empty: never."),
    name="stop_steps",
    step=1000,
    empty=NEVER,
)
STOP_EPOCHS = setting(
    "training.stop.epochs",
    N_("Epochs"),
    N_("Training stops after this many passes over the training samples; empty: never."),
    name="stop_epochs",
    empty=NEVER,
)
STOP_LOSS = setting(
    "training.stop.loss_below",
    N_("Loss below"),
    N_("Training stops when the training loss is below this; empty: never."),
    name="stop_loss_below",
    empty=NEVER,
)
STOP_ACCURACY = setting(
    "training.stop.accuracy_above",
    N_("Accuracy above"),
    N_("Training stops when this share of the training samples is predicted correctly, such as 0.95; empty: never."),
    name="stop_accuracy_above",
    empty=NEVER,
)

MAIN = ((LEARNING_RATE, BATCH, SEED), (GRADIENT, OPTIMIZER))
MORE = ((L1, L2), (SAMPLING, REDUCTION), (UPDATE, PRECISION))
STOPS = ((STOP_STEPS, STOP_EPOCHS), (STOP_LOSS, STOP_ACCURACY))


class TrainingPanel(Panel):
    """Shows and edits the training of the experiment."""

    name = "training_panel"

    def __init__(self, store: Store, session: Session) -> None:
        super().__init__(store, session)
        form = Form(store, MAIN)
        tip = _("Draw another seed: other samples, other initial weights, other batches")
        dice = IconButton("dice", name="new_seed", text=tip, size=16)
        dice.clicked.connect(lambda: store.apply(edits.with_another_seed(store.config)))
        form.controls[SEED.object_name].put_beside(dice)

        constants = Form(store, _constants, depends_on="training.optimizer.name")
        stops = (text_label(text=_("Stop conditions"), wraps=False), Form(store, STOPS))
        advanced = layouts.box(layouts.column(constants, Form(store, MORE), *stops, gap=3))
        tip = _("Constants of the optimiser, regularisation, sampling, order of updates, stop conditions, precision")
        self.header = Disclosure("training_more", advanced, _("More"), tip)
        layouts.column(form, advanced, parent=self, gap=3)


def _constants(config: ExperimentConfig) -> tuple[Line, ...]:
    return in_lines(fields_of(config.training.optimizer.entry, "training.optimizer", prefix="optimizer_"))

"""How the network learns: learning rate, batches, optimiser, gradient, regularisation, stop conditions, seed."""

import random
from typing import Any

from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from playground.engine.optimizers import OPTIMIZERS
from playground.experiment.config import edits
from playground.experiment.config.schema import ExperimentConfig
from playground.experiment.probes.snapshot import RunInfo
from playground.language import N_, _
from playground.runtime.session import Session
from playground.runtime.store import Store
from playground.ui.core import plain_text, theme
from playground.ui.core.density import Density
from playground.ui.core.panel import Panel
from playground.ui.forms.config_rows import CONTROL_WIDTH, ChoiceRow, ConfigRow, Field, Item, NumberRow, items_of
from playground.ui.forms.number_field import FloatField, IntField
from playground.ui.forms.option_editor import OptionEditor
from playground.ui.forms.row_grid import RowGrid
from playground.ui.widgets.disclosure import Disclosure
from playground.ui.widgets.icons import IconButton
from playground.ui.widgets.scaled import set_least_width

LEARNING_RATES = (0.00001, 0.0001, 0.001, 0.003, 0.01, 0.03, 0.1, 0.3, 1, 3, 10)
REGULARISATION_RATES = (0, 0.00001, 0.0001, 0.001, 0.003, 0.01, 0.03, 0.1, 0.3, 1)
LARGEST_BATCH = 1_000_000
BATCH_SIZES = (None, 1, 2, 4, 10, 20, 50, 100, 200, 500, 1000)
LARGEST_SEED = 2**31 - 1
DRAWN_SEEDS = 10_000

LEARNING_RATE = Field(
    "learning_rate",
    N_("Learning rate"),
    N_("How far each step goes downhill. Too small learns slowly, too large overshoots. Takes effect at once."),
    lambda config: config.training.learning_rate,
    edits.set_learning_rate,
)
BATCH = Field(
    "batch_size",
    N_("Batch size"),
    N_("How many samples each step uses; empty means all. Takes effect at once."),
    lambda config: config.training.batch_size,
    edits.set_batch_size,
)
OPTIMIZER = Field(
    "optimizer",
    N_("Optimiser"),
    N_("The rule that turns gradients into steps."),
    lambda config: config.training.optimizer.name,
    edits.set_optimizer,
)
GRADIENT = Field(
    "gradient",
    N_("Gradient"),
    N_("How the derivative of the loss with respect to each weight is computed."),
    lambda config: config.training.gradient,
    edits.set_gradient,
)
SEED = Field(
    "seed",
    N_("Seed"),
    N_("Seeds every random choice: the same seed gives the same samples, initial weights and batches."),
    lambda config: config.seed,
    edits.set_seed,
)
L1 = Field(
    "l1",
    N_("L1"),
    N_("Pulls every weight towards 0 by the same amount: adds L1 · Σ|w| to the loss. Takes effect at once."),
    lambda config: config.training.l1,
    edits.set_l1,
)
L2 = Field(
    "l2",
    N_("L2"),
    N_("Pulls large weights towards 0 the most: adds L2 · ½ Σw² to the loss. Takes effect at once."),
    lambda config: config.training.l2,
    edits.set_l2,
)
SAMPLING = Field(
    "sampling",
    N_("Sampling"),
    N_("How the samples of a batch are chosen."),
    lambda config: config.training.sampling,
    edits.set_sampling,
)
REDUCTION = Field(
    "reduction",
    N_("Batch gradient"),
    N_("Whether a step uses the mean or the sum of the gradients of the batch's samples."),
    lambda config: config.training.reduction,
    edits.set_reduction,
)
UPDATE = Field(
    "update",
    N_("Update"),
    N_("When the weights change: after the whole backward pass, or layer by layer during it."),
    lambda config: config.training.update,
    edits.set_update,
)
PRECISION = Field(
    "precision",
    N_("Precision"),
    N_("How precise the numbers are: 64 bits for small tables, 32 bits for speed with images."),
    lambda config: config.precision,
    edits.set_precision,
)
STOPS = (
    Field(
        "stop_steps",
        N_("Steps"),
        N_("Training stops after this many steps; empty: never."),
        lambda config: config.training.stop.steps,
        lambda config, value: edits.set_stop(config, steps=value),
    ),
    Field(
        "stop_epochs",
        N_("Epochs"),
        N_("Training stops after this many passes over the training samples; empty: never."),
        lambda config: config.training.stop.epochs,
        lambda config, value: edits.set_stop(config, epochs=value),
    ),
    Field(
        "stop_loss_below",
        N_("Loss below"),
        N_("Training stops when the training loss is below this; empty: never."),
        lambda config: config.training.stop.loss_below,
        lambda config, value: edits.set_stop(config, loss_below=value),
    ),
    Field(
        "stop_accuracy_above",
        N_("Accuracy above"),
        N_(
            "Training stops when this share of the training samples is predicted correctly, such as 0.95; empty: never."
        ),
        lambda config: config.training.stop.accuracy_above,
        lambda config, value: edits.set_stop(config, accuracy_above=value),
    ),
)

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


class SeedRow(ConfigRow):
    """The seed, and a die that draws another one."""

    def __init__(self, store: Store) -> None:
        box = QWidget()
        super().__init__(store, SEED, box)
        self.number = IntField(SEED.name, low=0, high=LARGEST_SEED)
        set_least_width(self.number, 36)
        self.dice = IconButton("dice", name="new_seed", size=16)
        line = QHBoxLayout(box)
        line.setContentsMargins(0, 0, 0, 0)
        line.setSpacing(2)
        line.addWidget(self.number, 1)
        line.addWidget(self.dice)
        self.number.committed.connect(self.apply)
        self.number.problem_changed.connect(self.set_problem)
        self.dice.clicked.connect(self._on_dice_clicked)
        self.label.setBuddy(self.number)
        self.retranslate()
        self.refresh()
        self.mark([store.config.seed + 1])

    def _update_size(self) -> None:
        """Be exactly as wide as the fields above, or as there is room."""
        super()._update_size()
        if not self.is_stacked:
            self.control.setFixedWidth(theme.px(CONTROL_WIDTH))

    def refresh(self) -> None:
        """Show the seed."""
        self.number.set_value(self.store.config.seed)

    def retranslate(self) -> None:
        """Set every text in the language in use."""
        super().retranslate()
        self.number.setToolTip(_(SEED.sentence))
        self.number.setAccessibleName(_(SEED.label))
        self.number.setAccessibleDescription(_(SEED.sentence))
        self.dice.set_text(_("Draw another seed: other samples, other initial weights, other batches"))

    def _on_dice_clicked(self) -> None:
        """Take a seed that is not the present one."""
        drawn = random.randrange(DRAWN_SEEDS - 1)
        self.apply(drawn + (drawn >= self.store.config.seed))


class TrainingPanel(Panel):
    """Shows and edits the training of the experiment."""

    name = "training_panel"

    def __init__(self, store: Store, session: Session) -> None:
        super().__init__(store, session)
        self._is_dense = False
        rate = FloatField(LEARNING_RATE.name, low=0, suggestions=LEARNING_RATES)
        self._batch = IntField(
            BATCH.name, low=1, high=LARGEST_BATCH, step=None, suggestions=BATCH_SIZES, empty=_("all")
        )
        self._batch.setProperty("role", "optional")
        self._constants = OptionEditor("optimizer_")
        self._constants.changed.connect(self._on_constant_changed)
        self.rows: list[ConfigRow] = [
            NumberRow(store, LEARNING_RATE, rate, other=store.config.training.learning_rate + 1),
            NumberRow(store, BATCH, self._batch, other=(store.config.training.batch_size or 0) + 1),
            ChoiceRow(store, OPTIMIZER, items_of(OPTIMIZERS)),
            ChoiceRow(store, GRADIENT, GRADIENTS),
            SeedRow(store),
        ]
        rate_row, batch, optimizer, gradient, seed = self.rows
        self._grids = [RowGrid([[rate_row, batch, seed]]), RowGrid([[gradient, optimizer]])]
        advanced = QWidget()
        self._stop_label = plain_text.label()
        self._stop_label.setProperty("role", "muted")
        self._fill_advanced(advanced)
        self._more = Disclosure("training_more", advanced)
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 0, 0, 0)
        self._column.setSpacing(3)
        for widget in (*self._grids[:2], advanced):
            self._column.addWidget(widget)
        store.changed.connect(self._on_store_changed)
        self._refresh()
        self.retranslate()

    def title(self) -> str:
        """Return the heading."""
        return _("Training")

    def header(self) -> QWidget:
        """Return what opens the rows that are seldom needed."""
        return self._more

    def show_run(self, info: RunInfo) -> None:
        """Say how many rows "all" is."""
        super().show_run(info)
        text = _("all") if self._is_dense else _("all ({rows})").format(rows=f"{len(info.data.x_train):,}")
        self._batch.set_empty(text)

    def set_density(self, density: Density) -> None:
        """Let choices share lines where there is little height."""
        dense = density is not Density.ROOMY
        for grid in self._grids:
            grid.set_dense(dense)
        self._constants.set_dense(dense)
        self._is_dense = dense
        self._show_rows_of_all()

    def retranslate(self) -> None:
        """Set every text in the language in use."""
        for row in self.rows:
            row.retranslate()
        self._constants.retranslate()
        self._stop_label.setText(_("Stop conditions"))
        self._more.set_text(
            _("More"),
            _("Constants of the optimiser, regularisation, sampling, order of updates, stop conditions, precision"),
        )
        self._show_rows_of_all()

    def _fill_advanced(self, box: QWidget) -> None:
        """Put the rows that are seldom needed into a box."""
        store = self.store
        rows: list[ConfigRow] = [
            NumberRow(store, L1, FloatField("l1", low=0, suggestions=REGULARISATION_RATES), other=0.123),
            NumberRow(store, L2, FloatField("l2", low=0, suggestions=REGULARISATION_RATES), other=0.123),
            ChoiceRow(store, SAMPLING, SAMPLINGS),
            ChoiceRow(store, REDUCTION, REDUCTIONS),
            ChoiceRow(store, UPDATE, UPDATES),
            ChoiceRow(store, PRECISION, PRECISIONS),
        ]
        steps, epochs, loss, accuracy = STOPS
        stops: list[ConfigRow] = [
            NumberRow(store, steps, IntField(steps.name, low=1, step=1000, empty=_("never")), other=123),
            NumberRow(store, epochs, IntField(epochs.name, low=1, empty=_("never")), other=123),
            NumberRow(store, loss, FloatField(loss.name, low=0, empty=_("never")), other=0.123),
            NumberRow(store, accuracy, FloatField(accuracy.name, low=0, high=1, empty=_("never")), other=0.123),
        ]
        grids = [RowGrid([rows[:2], rows[2:4], rows[4:]]), RowGrid([stops[:2], stops[2:]])]
        column = QVBoxLayout(box)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(3)
        column.addWidget(self._constants)
        column.addWidget(grids[0])
        column.addSpacing(4)
        column.addWidget(self._stop_label)
        column.addWidget(grids[1])
        self._grids += grids
        self.rows += [*rows, *stops]

    def _refresh(self) -> None:
        for row in self.rows:
            row.refresh()
        optimizer = self.store.config.training.optimizer
        self._constants.show_options(optimizer.entry, optimizer.options())

    def _show_rows_of_all(self) -> None:
        """Write how many rows "all" is, where that is known, and the words for "never"."""
        info = self.session.info
        if info is None:
            self._batch.set_empty(_("all"))
        else:
            self.show_run(info)
        for row in self.rows:
            if isinstance(row, NumberRow) and row.field in STOPS:
                row.number.set_empty(_("never"))

    def _on_store_changed(self, new: ExperimentConfig, old: ExperimentConfig) -> None:  # noqa: ARG002 - the signal's
        self._refresh()

    def _on_constant_changed(self, option: str, value: object, merge: str) -> None:
        optimizer: Any = self.store.config.training.optimizer
        config = edits.set_optimizer(self.store.config, optimizer.with_options(**{option: value}))
        self.store.apply(config, merge=merge or None)

"""How the network learns: learning rate, batches, optimiser, gradient, regularisation, stop conditions, seed."""

from playground.experiment.config import edits
from playground.experiment.config.schema import ExperimentConfig
from playground.language import _
from playground.ui.core import layouts
from playground.ui.core.panel import Panel
from playground.ui.forms.experiment_fields import (
    BATCH,
    GRADIENT,
    L1,
    L2,
    LEARNING_RATE,
    OPTIMIZER,
    PRECISION,
    REDUCTION,
    SAMPLING,
    SEED,
    STOP_ACCURACY,
    STOP_EPOCHS,
    STOP_LOSS,
    STOP_STEPS,
    UPDATE,
)
from playground.ui.forms.field import Line, fields_of, in_lines
from playground.ui.forms.form import Form
from playground.ui.widgets.icons import IconButton
from playground.ui.widgets.labels import text_label
from playground.ui.widgets.switches import Disclosure

MAIN = ((LEARNING_RATE, BATCH, SEED), (GRADIENT, OPTIMIZER))
MORE = ((L1, L2), (SAMPLING, REDUCTION), (UPDATE, PRECISION))
STOPS = ((STOP_STEPS, STOP_EPOCHS), (STOP_LOSS, STOP_ACCURACY))


class TrainingPanel(Panel):
    """Shows and edits the training of the experiment."""

    name = "training_panel"

    def build(self) -> None:
        form = Form(self.store, MAIN)
        tip = _("Draw another seed: other samples, other initial weights, other batches")
        dice = IconButton("dice", name="new_seed", text=tip, size=16)
        dice.clicked.connect(lambda: self.store.apply(edits.with_another_seed(self.store.config)))
        form.controls[SEED.object_name].put_beside(dice)

        constants = Form(self.store, _constants)
        stops = (text_label(text=_("Stop conditions"), wraps=False), Form(self.store, STOPS))
        advanced = layouts.box(layouts.column(constants, Form(self.store, MORE), *stops, gap=3))
        tip = _("Constants of the optimiser, regularisation, sampling, order of updates, stop conditions, precision")
        self.header = Disclosure("training_more", advanced, _("More"), tip)
        layouts.column(form, advanced, parent=self, gap=3)


def _constants(config: ExperimentConfig) -> tuple[Line, ...]:
    return in_lines(fields_of(config.training.optimizer.entry, "training.optimizer", prefix="optimizer_"))

"""How the network learns: learning rate, batches, optimiser, gradient, regularisation, stop conditions, seed."""

from playground.experiment.config import edits
from playground.experiment.config.schema import ExperimentConfig
from playground.language import _
from playground.runtime.session import Session
from playground.runtime.store import Store
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
from playground.ui.widgets.disclosure import Disclosure
from playground.ui.widgets.icons import IconButton
from playground.ui.widgets.labels import text_label

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

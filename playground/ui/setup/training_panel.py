"""How the network learns: learning rate, batches, optimiser, gradient, regularisation, stop conditions, seed."""

from playground.experiment.config import edits
from playground.experiment.config.schema import ExperimentConfig
from playground.language import _
from playground.ui.core import layouts
from playground.ui.core.panel import Panel
from playground.ui.forms.experiment_fields import lines
from playground.ui.forms.field import Line, fields_of, in_lines
from playground.ui.forms.form import Form
from playground.ui.widgets.icons import IconButton
from playground.ui.widgets.labels import text_label
from playground.ui.widgets.switches import Disclosure

MAIN = lines(
    ("training.learning_rate", "training.batch_size", "seed"), ("training.gradient", "training.optimizer.name")
)
MORE = lines(
    ("training.l1", "training.l2"), ("training.sampling", "training.reduction"), ("training.update", "precision")
)
STOPS = lines(
    ("training.stop.steps", "training.stop.epochs"), ("training.stop.loss_below", "training.stop.accuracy_above")
)


class TrainingPanel(Panel):
    """Shows and edits the training of the experiment."""

    name = "training_panel"

    def build(self) -> None:
        form = Form(self.store, MAIN)
        tip = _("Draw another seed: other samples, other initial weights, other batches")
        dice = IconButton("dice", name="new_seed", text=tip, size=16)
        dice.clicked.connect(lambda: self.store.apply(edits.with_another_seed(self.store.config)))
        form.controls["seed"].put_beside(dice)

        constants = Form(self.store, _constants, part="training")
        stops = (text_label(text=_("Stop conditions"), wraps=False), Form(self.store, STOPS))
        advanced = layouts.box(layouts.column(constants, Form(self.store, MORE), *stops, gap=3))
        tip = _("Constants of the optimiser, regularisation, sampling, order of updates, stop conditions, precision")
        self.header = Disclosure("training_more", advanced, _("More"), tip)
        layouts.column(form, advanced, parent=self, gap=3)


def _constants(config: ExperimentConfig) -> tuple[Line, ...]:
    return in_lines(fields_of(config.training.optimizer.entry, "training.optimizer", prefix="optimizer_"))

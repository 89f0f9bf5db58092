"""What the network is: hidden layers, activation, output, loss, biases, and the weights it starts from."""

from playground.engine.activations import ACTIVATIONS, OUTPUTS
from playground.engine.losses import LOSSES
from playground.engine.network import Network
from playground.experiment.config import edits
from playground.experiment.config.schema import ExperimentConfig
from playground.experiment.config.traits import traits_of
from playground.experiment.probes.snapshot import RunInfo
from playground.language import N_, _
from playground.runtime.session import Session
from playground.runtime.store import Store
from playground.ui.core import layouts
from playground.ui.core.panel import Panel
from playground.ui.core.watch import Watch
from playground.ui.forms.field import Field, Item, items_of, setting
from playground.ui.forms.form import RESTARTS, ChoiceControl, Form
from playground.ui.setup.curve_icons import A_END, LOSS_END, activation_curves, loss_curves, show_curves
from playground.ui.setup.initial_editor import InitialEditor, Layer
from playground.ui.setup.layer_editor import LayerEditor
from playground.ui.widgets.combo import ComboBox
from playground.ui.widgets.labels import text_label


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
    if output in edits.LIKELIHOOD_OUTPUTS:
        return ""
    return _("Cross-entropy needs a sigmoid or softmax output, not {output}.").format(output=_(OUTPUTS[output].label))


def _is_regression(config: ExperimentConfig) -> bool:
    traits = traits_of(config.data, config.seed)
    return traits is not None and traits.classes == 0


BIASES = (
    Item("unit", N_("per unit"), N_("Each unit learns a bias of its own.")),
    Item("layer", N_("per layer"), N_("The units of a layer share one bias, updated by the errors of all of them.")),
    Item("fixed", N_("fixed"), N_("Each unit keeps its initial bias, which is not trained.")),
    Item("none", N_("none"), N_("No biases: if all inputs are 0, every weighted sum is 0.")),
)

ACTIVATION = setting(
    "network.activation",
    N_("Activation"),
    N_(
        "The function that each hidden unit applies to its weighted sum; without one, many layers "
        "can do no more than one. The list shows each function, and its derivative dashed."
    ),
    items=items_of(ACTIVATIONS),
)
OUTPUT = setting(
    "network.output",
    N_("Output"),
    N_(
        "The function at the outputs: sigmoid and softmax give probabilities, linear gives any number. "
        "The list shows each function, and its derivative dashed."
    ),
    items=items_of(OUTPUTS),
    refusal=refused_output,
)
LOSS = setting(
    "training.loss",
    N_("Loss"),
    N_(
        "How far the outputs are from the targets, as one number; training makes it smaller. The list shows the loss "
        "of an output from 0 to 1 whose target is 1, and its derivative dashed."
    ),
    items=items_of(LOSSES, mse=N_("MSE")),
    refusal=refused_loss,
)
BIAS = setting(
    "network.bias",
    N_("Bias"),
    N_("The number that a unit adds to its weighted sum."),
    items=BIASES,
)


def layers_of(info: RunInfo) -> list[Layer]:
    """Return the weights and biases that each layer of a run starts from."""
    config = info.config.network
    network = Network(info.sizes, config.activations, config.output, config.bias, info.start.dtype)
    network.restore(info.start)
    return list(zip(network.weights, network.biases, strict=True))


class NetworkPanel(Panel):
    """Shows and edits the network of the experiment."""

    name = "network_panel"

    def __init__(self, store: Store, session: Session) -> None:
        super().__init__(store, session)
        self.setToolTip(_(RESTARTS))
        self.header = self._shape = text_label("network_shape", "strong", wraps=False)
        self._shape.setToolTip(_("Units of each layer, from the inputs to the outputs"))

        form = Form(store, ((ACTIVATION, OUTPUT), (LOSS, BIAS)))
        activation, output, loss = (self._list_of(form, field) for field in (ACTIVATION, OUTPUT, LOSS))
        activation.setPlaceholderText(_("mixed"))
        self._activation = activation
        show_curves(activation, lambda: activation_curves(ACTIVATIONS), A_END)
        show_curves(output, lambda: activation_curves(OUTPUTS), A_END)
        show_curves(loss, loss_curves, LOSS_END)
        self._initial = InitialEditor(store)
        layouts.column(LayerEditor(store), form, 2, self._initial, parent=self, gap=3)
        Watch(store, ("network.hidden", "data"), self._refresh, self)
        self._refresh()

    @staticmethod
    def _list_of(form: Form, field: Field) -> ComboBox:
        control = form.controls[field.object_name]
        assert isinstance(control, ChoiceControl)
        return control.combo

    def show_run(self, info: RunInfo) -> None:
        super().show_run(info)
        self._refresh()
        self._initial.show_start(layers_of(info))

    def show_nothing(self) -> None:
        super().show_nothing()
        self._initial.show_start([])

    def _refresh(self) -> None:
        config, info = self.store.config, self.session.info
        self._activation.setEnabled(bool(config.network.hidden))
        known = info is not None and info.config.data == config.data
        first, last = (info.sizes[0], info.sizes[-1]) if info is not None and known else ("…", "…")
        sizes = [str(size) for size in (first, *config.network.hidden, last)]
        if len(sizes) > 6:
            sizes = [*sizes[:3], "…", *sizes[-2:]]
        self._shape.setText(" – ".join(sizes))

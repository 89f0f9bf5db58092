"""What the network is: hidden layers, activation, output, loss, biases, and the weights it starts from."""

from playground.engine.activations import ACTIVATIONS, OUTPUTS
from playground.engine.network import Network
from playground.experiment.probes.snapshot import RunInfo
from playground.language import _
from playground.runtime.session import Session
from playground.runtime.store import Store
from playground.ui.core import layouts
from playground.ui.core.panel import Panel
from playground.ui.core.watch import Watch
from playground.ui.forms.experiment_fields import ACTIVATION, BIAS, LOSS, OUTPUT
from playground.ui.forms.field import Field
from playground.ui.forms.form import RESTARTS, ChoiceControl, Form
from playground.ui.setup.curve_icons import A_END, LOSS_END, activation_curves, loss_curves, show_curves
from playground.ui.setup.initial_editor import InitialEditor, Layer
from playground.ui.setup.layer_editor import LayerEditor
from playground.ui.widgets.combo import ComboBox
from playground.ui.widgets.labels import text_label


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

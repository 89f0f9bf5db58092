"""Fields of the experiment in a form."""

from collections.abc import Callable
from functools import partial

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QComboBox, QLabel, QLineEdit, QPushButton, QSlider
from pytestqt.qtbot import QtBot

from playground.data.catalog import CATALOG
from playground.experiment.config import edits
from playground.experiment.config.schema import ExperimentConfig
from playground.runtime.store import Store
from playground.ui.forms.field import Field, Item, fields_of, in_lines
from playground.ui.forms.form import Form
from tests.ui.conftest import type_into

RATE = Field("training.learning_rate", "Rate", "How far.", low=0)
BATCH = Field("training.batch_size", "Batch", "How many.", "int", low=1, empty="all")
SAMPLING = Field("training.sampling", "Sampling", "How.", "choice", items=(Item("shuffle", "S"), Item("in-order", "O")))
MakeForm = Callable[..., Form]


@pytest.fixture
def make(qtbot: QtBot) -> MakeForm:
    """Return a function that shows a form on an experiment."""

    def made(*lines: object, config: ExperimentConfig | None = None) -> Form:
        form = Form(Store(config or ExperimentConfig()), lines[0] if callable(lines[0]) else lines)
        qtbot.addWidget(form)
        form.resize(300, 400)
        form.show()
        return form

    return made


@pytest.fixture
def data_form(make: MakeForm) -> Form:
    """Return a form for the options of the data set."""
    return make(lambda config: in_lines(fields_of(config.data.entry, "data", slides=True)))


def use(form: Form, name: str, **options: object) -> None:
    form.store.apply(edits.set_data(form.store.config, edits.DataChoice(name, **options)))


def find(form: Form, kind: type, name: str) -> object:
    found = form.findChild(kind, name)
    assert found is not None, name
    return found


def problems(form: Form) -> list[str]:
    labels = [label for label in form.findChildren(QLabel) if label.property("role") == "problem"]
    return [label.text() for label in labels if label.isVisible()]


def stand(form: Form, wanted: list[str]) -> bool:
    """Return whether these chips are seen, from left to right, line by line, and no others."""
    seen = [chip for chip in form.findChildren(QPushButton) if chip.isVisible()]
    return [chip.objectName() for chip in sorted(seen, key=lambda it: (it.pos().y(), it.pos().x()))] == wanted


def test_a_typed_value_is_applied_and_one_from_elsewhere_is_shown(make: MakeForm) -> None:
    form = make((RATE, BATCH))
    field = find(form, QLineEdit, "learning_rate")
    type_into(field, "1e-3")
    assert form.store.config.training.learning_rate == 0.001
    form.store.undo()
    assert field.text() == "0.1"


def test_a_change_refreshes_only_what_shows_it(make: MakeForm, monkeypatch: pytest.MonkeyPatch) -> None:
    form = make((RATE, BATCH), (SAMPLING,))
    refreshed: list[str] = []
    for name, control in form.controls.items():
        monkeypatch.setattr(control, "refresh", partial(refreshed.append, name))
    form.store.apply(edits.change(form.store.config, RATE.path, 0.3))
    assert refreshed == ["learning_rate"]


def test_what_the_rules_refuse_is_answered_beside_the_field(make: MakeForm) -> None:
    unbounded = Field("training.learning_rate", "Rate", "How far.")
    form = make((unbounded, BATCH))
    field = find(form, QLineEdit, "learning_rate")
    type_into(field, "-1")
    assert field.text() == "0.1"
    assert len(problems(form)) == 1
    assert problems(form)[0].endswith(".")
    assert not problems(form)[0].startswith("$")
    form.store.apply(edits.change(form.store.config, BATCH.path, 2))
    assert problems(form) == []


def test_a_choice_that_is_refused_is_disabled_when_the_list_opens(make: MakeForm) -> None:
    refused = Field(
        SAMPLING.path,
        "S",
        "S.",
        "choice",
        items=SAMPLING.items,
        refusal=lambda _c, key: "no order." * (key != "shuffle"),
    )
    form = make((refused,))
    combo = find(form, QComboBox, "sampling")
    combo.showPopup()
    combo.hidePopup()
    assert [combo.model().item(k).isEnabled() for k in range(2)] == [True, False]
    assert combo.itemData(1, Qt.ItemDataRole.ToolTipRole) == "No order."
    combo.setCurrentIndex(1)
    combo.activated.emit(1)
    assert form.store.config.training.sampling == "shuffle"
    assert combo.currentData() == "shuffle"
    assert problems(form) == ["No order."]


def test_the_next_choice_is_shown_with_its_own_options_bounds_and_words(data_form: Form) -> None:
    use(data_form, "spiral")
    assert find(data_form, QLineEdit, "samples").text() == "500"
    type_into(find(data_form, QLineEdit, "samples"), "many")
    assert problems(data_form)
    use(data_form, "digits")
    samples = find(data_form, QLineEdit, "samples")
    assert problems(data_form) == []
    assert samples.text() == ""
    assert samples.placeholderText() == "all"
    assert samples.toolTip().startswith(CATALOG["digits"].option("samples").sentence)
    assert data_form.findChild(QSlider, "noise") is None
    with pytest.raises(ValueError, match="1797"):
        samples.read("1798")
    use(data_form, "people")
    samples = find(data_form, QLineEdit, "samples")
    assert samples.text() == "400"
    assert samples.placeholderText() == ""
    with pytest.raises(ValueError, match="A number is missing"):
        samples.read("")
    assert list(data_form.controls) == ["samples", "noise", "train_share", "features", "standardise"]
    assert data_form.isVisible()
    assert not Form(data_form.store, lambda _config: ()).isVisibleTo(data_form)  # without fields it takes no room


def test_a_slider_slides_between_its_bounds_and_a_drag_is_one_undo(data_form: Form) -> None:
    use(data_form, "spiral")
    slider = find(data_form, QSlider, "train_share")
    slider.setValue(slider.maximum())
    assert data_form.store.config.data["train_share"] == 1.0
    slider.setValue(0)
    assert data_form.store.config.data["train_share"] == 0.01
    slider.sliderPressed.emit()
    slider.setSliderDown(True)
    for position in (4, 6, 8):
        slider.setValue(position)
    slider.setSliderDown(False)
    assert data_form.store.config.data["train_share"] == pytest.approx(0.4)
    data_form.store.undo()
    assert data_form.store.config.data["train_share"] == 0.01


def test_chips_stand_in_the_order_of_the_choices_shown(data_form: Form, qtbot: QtBot) -> None:
    for name in ("sine", "spiral", "sine"):  # a few of the names first, then all of them
        use(data_form, name)
        wanted = [f"features_{value}" for value in CATALOG[name].option("features").choices]
        qtbot.waitUntil(partial(stand, data_form, wanted))

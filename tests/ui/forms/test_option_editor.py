"""Controls made once for the options of many choices."""

from functools import partial

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QPushButton
from pytestqt.qtbot import QtBot

from playground.data.catalog import CATALOG
from playground.engine.initializers import INITIALIZERS
from playground.registry import Entry, Option
from playground.ui.core import i18n, theme
from playground.ui.forms.option_controls import NamesControl, NumberControl, SelectControl, SliderControl
from playground.ui.forms.option_editor import OptionEditor


@pytest.fixture
def editor(qtbot: QtBot, qapp: QApplication) -> OptionEditor:
    theme.apply(qapp, "light")
    made = OptionEditor(sliders=True)
    qtbot.addWidget(made)
    made.resize(300, 400)
    made.show()
    return made


def show(editor: OptionEditor, name: str, **values: object) -> None:
    entry = CATALOG[name]
    editor.show_options(entry, entry.with_defaults(values))


def one(*options: Option) -> Entry[None]:
    return Entry("one", "One", "One.", None, options)


def number(editor: OptionEditor, name: str) -> NumberControl:
    control = editor.controls[name]
    assert isinstance(control, NumberControl)
    return control


def stand(control: NamesControl, wanted: list[str]) -> bool:
    """Return whether these chips are seen, from left to right, line by line, and no others."""
    seen = [chip for chip in control.findChildren(QPushButton) if chip.isVisible()]
    return [chip.objectName() for chip in sorted(seen, key=lambda it: (it.pos().y(), it.pos().x()))] == wanted


def test_a_control_shows_the_next_choice_with_its_own_bounds_and_words(editor: OptionEditor) -> None:
    show(editor, "spiral")
    samples = number(editor, "samples")
    assert samples.field.text() == "500"
    show(editor, "digits")
    assert number(editor, "samples") is samples
    assert samples.field.text() == ""
    assert samples.field.placeholderText() == "all"
    assert samples.row.label.toolTip() == CATALOG["digits"].option("samples").sentence
    assert "noise" not in editor.controls
    with pytest.raises(ValueError, match="1797"):
        samples.field.read("1798")
    show(editor, "people")
    assert samples.field.text() == "400"
    assert samples.field.placeholderText() == ""
    assert samples.field.read("1798") == 1798
    with pytest.raises(ValueError, match="not a number"):
        samples.field.read("")
    visible = [name for name, control in editor.controls.items() if control.isVisible()]
    assert visible == ["samples", "noise", "train_share", "features", "standardise"]


def test_up_and_down_follow_the_step_of_the_option_shown(editor: OptionEditor) -> None:
    for step, typed in ((0.1, 1.1), (None, 3.0)):
        editor.show_options(one(Option("size", "float", 1.0, "Size", "A size.", step=step)), {"size": 1.0})
        field = number(editor, "size").field
        QTest.keyClick(field, Qt.Key.Key_Up)
        assert field.value() == pytest.approx(typed)


def test_a_slider_slides_between_the_bounds_of_the_option_shown(editor: OptionEditor) -> None:
    heard: list[object] = []
    editor.changed.connect(lambda _name, value, _merge: heard.append(value))
    for high, step in ((1.0, 0.1), (8.0, 2.0)):
        option = Option("share", "float", 0.0, "Share", "A share.", low=0.0, high=high, step=step)
        editor.show_options(one(option), {"share": 0.0})
        control = editor.controls["share"]
        assert isinstance(control, SliderControl)
        control.slider.setValue(control.slider.maximum())
    assert heard == [1.0, 8.0]


def test_a_list_offers_the_values_of_the_option_shown(editor: OptionEditor) -> None:
    for values in (("yes", "no"), ("no", "auto", "yes")):
        editor.show_options(one(Option("way", "choice", "no", "Way", "A way.", choices=values)), {"way": "no"})
        control = editor.controls["way"]
        assert isinstance(control, SelectControl)
        assert [control.combo.itemData(k) for k in range(control.combo.count())] == list(values)
        assert control.combo.value() == "no"


def test_chips_stand_in_the_order_of_the_choices_shown(editor: OptionEditor, qtbot: QtBot) -> None:
    for name in ("sine", "spiral", "sine"):  # a few of the names first, then all of them
        show(editor, name)
        control = editor.controls["features"]
        assert isinstance(control, NamesControl)
        wanted = [f"features_{value}" for value in CATALOG[name].option("features").choices]
        qtbot.waitUntil(partial(stand, control, wanted))


def test_a_control_that_waited_speaks_the_language_in_use(editor: OptionEditor, qapp: QApplication) -> None:
    show(editor, "spiral")
    noise = editor.controls["noise"]
    assert isinstance(noise, SliderControl)
    show(editor, "mnist")
    assert not noise.isVisible()
    i18n.use(qapp, "zh_CN")
    try:
        show(editor, "spiral")
        assert editor.controls["noise"] is noise
        assert noise.label.text() == "噪声"
    finally:
        i18n.use(qapp, "en")


def test_nonsense_typed_for_one_choice_is_not_there_for_the_next(editor: OptionEditor) -> None:
    show(editor, "spiral")
    control = number(editor, "samples")
    control.field.setFocus()
    control.field.selectAll()
    QTest.keyClicks(control.field, "many")
    QTest.keyClick(control.field, Qt.Key.Key_Return)
    assert not control.row.problem.isHidden()
    show(editor, "people", samples=500)
    assert control.field.text() == "500"
    assert control.row.problem.isHidden()


def test_an_option_of_another_kind_has_a_control_of_its_own(editor: OptionEditor, qtbot: QtBot) -> None:
    editor.show_options(one(Option("size", "float", 1.5, "Size", "A size.")), {"size": 1.5})
    before = number(editor, "size")
    gone = []
    before.destroyed.connect(lambda: gone.append(True))
    editor.show_options(one(Option("size", "int", 2, "Size", "A size.")), {"size": 2})
    after = number(editor, "size")
    assert after is not before
    assert after.isVisible()
    with pytest.raises(ValueError, match="whole number"):
        after.field.read("1.5")
    qtbot.waitUntil(lambda: bool(gone))


def test_rows_share_a_line_and_part_again(editor: OptionEditor) -> None:
    editor.set_dense(True)
    for name, stacked in (("uniform", True), ("gaussian", False), ("uniform", True)):
        entry = INITIALIZERS[name]
        editor.show_options(entry, entry.with_defaults({}), ("bias",))
        rows = [number(editor, option).row for option in editor.controls]
        assert [row.is_stacked for row in rows] == [stacked] * len(rows)

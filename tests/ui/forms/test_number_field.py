"""Numbers typed into a field."""

from functools import partial

import pytest
from PySide6.QtCore import QCoreApplication, QEvent, QPoint, Qt
from PySide6.QtGui import QHelpEvent, QKeySequence, QShortcut
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QMenu, QToolTip, QWidget
from pytestqt.qtbot import QtBot

from playground.ui.core import layouts
from playground.ui.forms.number_field import NumberField, format_number
from tests.ui.conftest import type_into


def test_a_number_is_read_however_it_is_written(qtbot: QtBot) -> None:
    field, heard = NumberField("rate", low=0), []
    qtbot.addWidget(field)
    field.committed.connect(heard.append)
    for text in ("0.25", "1e-3", "0,5", " 3 ", "+2E2"):
        type_into(field, text)
        assert (field.value(), field.problem()) == (heard[-1], "")
    assert heard == [0.25, 0.001, 0.5, 3.0, 200.0]


def test_a_comma_before_three_digits_parts_thousands(qtbot: QtBot) -> None:
    field = NumberField("answer")
    qtbot.addWidget(field)
    texts = ("9,000", "−1,234,567", "10,000.5", "0,123", "1,5", "1000,125")
    assert [field.read(text) for text in texts] == [9000, -1234567, 10000.5, 0.123, 1.5, 1000.125]


def test_a_number_in_per_cent_may_have_its_sign(qtbot: QtBot) -> None:
    field = NumberField("answer", percent=True)
    qtbot.addWidget(field)
    assert {field.read(text) for text in ("30", "30%", "30 %", "30％")} == {30}
    with pytest.raises(ValueError, match=r"“a third” is not a number; try 30\."):
        field.read("a third")


def test_nonsense_gets_a_sentence_and_changes_nothing(qtbot: QtBot) -> None:
    field, heard = NumberField("rate", low=0, high=10), []
    qtbot.addWidget(field)
    field.show()
    field.set_value(0.1)
    field.committed.connect(heard.append)
    for text in ("abc", "", "1e", "--2", "nan", "inf", "-1", "1e400"):
        field.selectAll()
        QTest.keyClick(field, Qt.Key.Key_Delete)
        type_into(field, text)
        assert (heard, field.value()) == ([], 0.1), text
        assert field.problem().endswith(".")
        QTest.keyClick(field, Qt.Key.Key_Escape)
        assert (field.text(), field.problem()) == ("0.1", "")


@pytest.mark.parametrize("percent", [False, True])
def test_an_emptied_field_misses_a_number(qtbot: QtBot, percent: bool) -> None:
    field = NumberField("rate", percent=percent)
    qtbot.addWidget(field)
    with pytest.raises(ValueError, match=r"^A number is missing here\.$"):
        field.read(" ")


def test_the_complaint_goes_as_soon_as_the_number_is_mended(qtbot: QtBot) -> None:
    field = NumberField("rate")
    qtbot.addWidget(field)
    type_into(field, "1x")
    assert field.problem()
    field.show()
    QApplication.sendEvent(field, QHelpEvent(QEvent.Type.ToolTip, QPoint(), QPoint(5, 5)))
    assert "not a number" in QToolTip.text()
    QTest.keyClick(field, Qt.Key.Key_Backspace)
    assert field.problem() == ""
    QToolTip.hideText()


def test_a_whole_number_is_asked_for(qtbot: QtBot) -> None:
    field = NumberField("batch", low=1, whole=True, empty="all")
    qtbot.addWidget(field)
    field.set_value(10)
    type_into(field, "2.5")
    assert "2.5" in field.problem()
    type_into(field, "1e2")
    assert field.value() == 100
    assert isinstance(field.value(), int)
    field.selectAll()
    QTest.keyClick(field, Qt.Key.Key_Delete)
    QTest.keyClick(field, Qt.Key.Key_Return)
    assert field.value() is None


def test_up_and_down_step_by_about_three(qtbot: QtBot) -> None:
    field = NumberField("rate", low=1e-5, high=10)
    qtbot.addWidget(field)
    field.set_value(0.1)
    seen = []
    for _ in range(3):
        QTest.keyClick(field, Qt.Key.Key_Up)
        seen.append(field.value())
    assert seen == [0.3, 1.0, 3.0]
    for _ in range(4):
        QTest.keyClick(field, Qt.Key.Key_Down)
        seen.append(field.value())
    assert seen[3:] == [1.0, 0.3, 0.1, 0.03]


def test_a_new_value_does_not_disturb_typing(qtbot: QtBot) -> None:
    field = NumberField("rate")
    qtbot.addWidget(field)
    field.show()
    field.activateWindow()
    field.setFocus()
    qtbot.waitUntil(field.hasFocus)
    field.selectAll()
    QTest.keyClicks(field, "0.2")
    field.set_value(0.7)
    assert field.text() == "0.2"


CTRL = Qt.KeyboardModifier.ControlModifier
CTRL_SHIFT = CTRL | Qt.KeyboardModifier.ShiftModifier


def test_undo_takes_typing_back_and_is_the_windows_where_nothing_was_typed(qtbot: QtBot) -> None:
    window, field, heard = QWidget(), NumberField("rate", "Rate"), []
    qtbot.addWidget(window)
    layouts.column(field, parent=window)
    for keys in ("Ctrl+Z", "Ctrl+Shift+Z", "Ctrl+Y"):
        QShortcut(QKeySequence(keys), window).activated.connect(partial(heard.append, keys))
    field.set_value(0.1)
    window.show()
    window.activateWindow()
    field.setFocus()
    qtbot.waitUntil(field.hasFocus)
    type_into(field, "0.02")
    QTest.keyClick(field, Qt.Key.Key_Z, CTRL)
    QTest.keyClick(field, Qt.Key.Key_Z, CTRL_SHIFT)
    QTest.keyClick(field, Qt.Key.Key_Y, CTRL)
    assert heard == ["Ctrl+Z", "Ctrl+Shift+Z", "Ctrl+Y"]
    assert field.text() == "0.02"
    QTest.keyClicks(field, "5")
    QTest.keyClick(field, Qt.Key.Key_Z, CTRL)
    assert field.text() == "0.02"
    QTest.keyClick(field, Qt.Key.Key_Z, CTRL_SHIFT)
    assert field.text() == "0.025"
    assert len(heard) == 3


def test_numbers_are_written_short() -> None:
    numbers = (1.0, 0.1, 1e-5, 60000, 0.30000000000000004)
    assert list(map(format_number, numbers)) == ["1", "0.1", "1e-5", "60000", "0.3"]


def test_a_suggestion_is_chosen_in_a_menu_which_goes_with_its_field(qtbot: QtBot) -> None:
    field = NumberField("rate", suggestions=(0.1, 0.3))
    qtbot.addWidget(field)
    field.set_value(0.1)
    field.show()
    found: list[float | None] = []
    field.committed.connect(found.append)
    field._menu_action.trigger()
    menu = field.findChild(QMenu)
    assert [action.isChecked() for action in menu.actions()] == [True, False]
    menu.actions()[1].trigger()
    assert found == [0.3]
    menu.close()
    field._menu_action.trigger()
    field.deleteLater()  # while the menu is open: another language, say
    QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete.value)
    assert QApplication.activePopupWidget() is None

"""A switch of the language reaches every word that is on the screen."""

import gettext
import string
from functools import cache
from pathlib import Path

import numpy as np
import pytest
from PySide6.QtCore import QCoreApplication, QFileInfo, Qt
from PySide6.QtGui import QAction, QActionGroup, QPainter
from PySide6.QtTest import QTest
from PySide6.QtWidgets import (
    QAbstractButton,
    QApplication,
    QComboBox,
    QFileDialog,
    QFileIconProvider,
    QFileSystemModel,
    QLabel,
    QLineEdit,
    QTabBar,
    QWidget,
)
from pytestqt.qtbot import QtBot

from playground import language, paths
from playground.experiment.config import edits
from playground.experiment.config.presets import PRESETS
from playground.experiment.config.schema import InitialChoice
from playground.experiment.training.trainer import Trainer
from playground.runtime.selection import Sample
from playground.ui.canvas import output_bars
from playground.ui.core import i18n, theme
from playground.ui.shell.main_window import MainWindow
from playground.ui.widgets.combo import ComboBox
from playground.ui.widgets.switches import Disclosure
from tests.ui.conftest import OpenWindow, endless, part, settle
from tests.ui.shell.help_names import the_page_names_every_panel_figure_and_switch

KINDS = ("text", "title", "toolTip", "accessibleName", "accessibleDescription", "placeholderText", "toPlainText")


@cache
def _english() -> frozenset[str]:
    """Return the English texts that are other ones in Chinese, without those into which values are put."""
    with paths.resource("i18n", "zh_CN", "LC_MESSAGES", "playground.mo").open("rb") as file:
        entries = gettext.GNUTranslations(file)._catalog
    return frozenset(
        key
        for key, text in entries.items()
        if isinstance(key, str) and key and text != key and not any(part[1] for part in string.Formatter().parse(key))
    )


def _shown(window: MainWindow, within: QWidget) -> list[tuple[str, str]]:
    """Return the words of each widget of a part of the window that is in sight, with its name."""
    ground = window.area.rect()
    behind = [dock for dock in window.area.docks.values() if not dock.geometry().intersects(ground)]
    texts = []
    for widget in within.findChildren(QWidget):
        if not widget.isVisible() or widget.objectName().startswith("qt_"):
            continue
        if any(dock.isAncestorOf(widget) for dock in behind):
            continue  # its tab is not in front: it is loaded when it is uncovered
        words = [getattr(widget, kind)() for kind in KINDS if callable(getattr(widget, kind, None))]
        if isinstance(widget, QComboBox):
            words += [widget.itemText(k) for k in range(widget.count())]
        if isinstance(widget, QTabBar):
            words += [widget.tabText(k) for k in range(widget.count())]
        texts += [(widget.objectName() or type(widget).__name__, text) for text in words if text]
    return texts


def _uncover(qtbot: QtBot, window: MainWindow, dock: QWidget) -> None:
    """Bring a dock to the front and wait until it shows what is so now."""
    dock.show()
    dock.raise_()
    QCoreApplication.processEvents()
    qtbot.waitUntil(lambda: window.refresh_loop.is_idle)


@cache
def _left(text: str) -> bool:
    """Return whether a text is English still, or has an English sentence in it."""
    return text in _english() or any(len(one) > 20 and one in text for one in _english())


def _is_wrong(text: str) -> bool:
    """Return whether a text is not as Chinese is written: in English, or with a space between sentences."""
    return _left(text) or "。 " in text


def test_no_word_stays_english_when_the_language_changes_and_the_help_names_what_is_seen(
    kept_window: OpenWindow, qtbot: QtBot, qapp: QApplication
) -> None:
    window = kept_window("spiral")
    assert any(_left(text) for _name, text in _shown(window, window))
    the_page_names_every_panel_figure_and_switch(window, "en")
    i18n.use(qapp, "zh_CN")
    qtbot.waitUntil(lambda: window.area.is_complete)
    the_page_names_every_panel_figure_and_switch(window, "zh_CN")
    for preset in ("spiral", "digits", "sine-curve"):
        window.store.apply(PRESETS[preset].config)
        qtbot.waitUntil(lambda: window.session.is_current)
        for disclosure in window.findChildren(Disclosure):
            disclosure.setChecked(True)
        for name, dock in window.area.docks.items():
            if name != "notes_panel":
                _uncover(qtbot, window, dock)
                assert not [it for it in _shown(window, dock) if _is_wrong(it[1])], (preset, name)
        assert not [it for it in _shown(window, window) if _is_wrong(it[1])], preset


def test_another_theme_and_language_leave_the_run_the_layout_and_what_is_chosen_as_they_are(
    kept_window: OpenWindow, qtbot: QtBot, qapp: QApplication
) -> None:
    config = edits.set_initial(endless(PRESETS["spiral"].config), InitialChoice("zeros"), 1)
    window = kept_window(config, speed=100)
    window.session.play()
    it_trains_on(window, qtbot)
    chosen_before_it_changes_while_it_trains(window, qtbot, qapp)
    laid_out_by_hand_in_presenter_mode(window, qtbot)
    it_trains_on(window, qtbot)
    window.session.pause()
    taken: list[bytes] = []
    window.session.update_parameters(lambda flat: (taken.append(flat.tobytes()), flat)[1])
    qtbot.waitUntil(lambda: bool(taken))
    undisturbed = Trainer(config)
    undisturbed.run(window.session.step_count)
    assert taken[0] == undisturbed.network.parameters.tobytes()
    assert window.store.config == config
    assert len(window.findChildren(QAction, "action_new")) == 1


def it_trains_on(window: MainWindow, qtbot: QtBot) -> None:
    before = window.session.step_count
    qtbot.waitUntil(lambda: window.session.step_count > before + 5)


def choose_in_menu(group: QActionGroup, key: str) -> None:
    next(action for action in group.actions() if action.data() == key).trigger()


def chosen_before_it_changes_while_it_trains(window: MainWindow, qtbot: QtBot, qapp: QApplication) -> None:
    layer = part(window, "initial_layer", ComboBox)
    layer.set_value("1")
    layer.chosen.emit("1")
    assert part(window, "initial_scheme_zeros", QAbstractButton).isChecked()
    window.area.show_panel("race_panel")
    settle(qapp)
    part(window, "race_start_fitting", QAbstractButton).click()
    window.area.show_panel("gradient_lab_panel")
    formula = part(window, "lab_formula", QLineEdit)
    formula.selectAll()
    QTest.keyClicks(formula, "x^3 - x")
    chosen = ("training_more", "loss_log", "weights_view_change", "lab_page_check", "race_start_zeros", "race_start_he")
    for name in chosen:
        part(window, name, QAbstractButton).click()
    QCoreApplication.processEvents()
    window.area.column.verticalScrollBar().setValue(100)
    choose_in_menu(window.actions_.themes, "dark")
    choose_in_menu(window.actions_.languages, "zh_CN")
    assert theme.current() is theme.DARK
    assert language.current() == "zh_CN"
    assert window.actions_["new"].text() == "新建(&N)"
    assert part(window, "data_circle").accessibleName() == "圆环"
    qtbot.waitUntil(lambda: window.area.is_complete)
    settle(qapp)
    for name in chosen:
        assert part(window, name, QAbstractButton).isChecked(), name
    assert not part(window, "race_start_fitting", QAbstractButton).isChecked()
    assert part(window, "lab_formula", QLineEdit).text() == "x^3 - x"
    assert part(window, "lab_function", ComboBox).value() == "own"
    assert part(window, "l1").isVisible()
    assert window.area.column.verticalScrollBar().value() == 100


def laid_out_by_hand_in_presenter_mode(window: MainWindow, qtbot: QtBot) -> None:
    area = window.area
    area.docks["weights_panel"].raise_()
    area.docks["accuracy_panel"].close()
    area.fold(["training_panel"])
    window.session.selection.set_sample(Sample("train", 17))
    window.actions_["presenter"].setChecked(True)
    choose_in_menu(window.actions_.languages, "en")
    assert window.area is not area
    assert window.session.is_running
    assert window.isFullScreen()
    assert window.menuBar().isHidden()
    assert window.windowTitle().startswith("Spiral")
    window.actions_["presenter"].setChecked(False)
    qtbot.waitUntil(lambda: window.area.is_complete and window.area.docks["weights_panel"].is_in_front)
    assert window.area.docks["accuracy_panel"].isHidden()
    assert window.area.folded() == ["training_panel"]
    assert window.session.selection.sample == Sample("train", 17)


def test_the_texts_of_qt_follow_a_language_that_was_ours_before_there_was_an_application(qapp: QApplication) -> None:
    assert QCoreApplication.translate("QPlatformTheme", "Cancel") == "Cancel"
    language.use("zh_CN")  # as the command line does
    i18n.use(qapp, "zh_CN")
    assert QCoreApplication.translate("QPlatformTheme", "Cancel") == "取消"
    i18n.use(qapp, "en")
    assert QCoreApplication.translate("QPlatformTheme", "Cancel") == "Cancel"


def test_the_file_dialog_of_qt_has_no_english_word(qapp: QApplication, qtbot: QtBot, tmp_path: Path) -> None:
    i18n.use(qapp, "zh_CN")
    dialog = QFileDialog(None, "", str(tmp_path))
    qtbot.addWidget(dialog)
    dialog.setOption(QFileDialog.Option.DontUseNativeDialog)
    words = [label.text() for label in dialog.findChildren(QLabel)]
    assert len(words) >= 3
    assert not [word for word in words if word.isascii()]
    model = QFileSystemModel()
    heads = [model.headerData(k, Qt.Orientation.Horizontal) for k in range(model.columnCount())]
    assert heads[1] == "大小"
    assert QFileIconProvider().type(QFileInfo(str(tmp_path))) == "文件夹"


def test_the_bold_name_beside_a_bar_is_not_cut(qtbot: QtBot, monkeypatch: pytest.MonkeyPatch) -> None:
    drawn: list[str] = []

    def elide(painter: QPainter, text: str, width: float) -> str:
        drawn.append(real(painter, text, width))
        return drawn[-1]

    real = output_bars.elide
    monkeypatch.setattr(output_bars, "elide", elide)
    bars = output_bars.OutputBars("bars")
    qtbot.addWidget(bars)
    bars.resize(210, 160)
    names = ("www 1", "www 2", "out")
    bars.set_names(names)
    bars.set_values(np.array([7.47, 2.0, 4.26]), ("7.47", "2", "4.26"), 0, (0.0, 7.47))
    bars.grab()
    assert tuple(drawn[-3:]) == names

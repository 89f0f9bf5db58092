"""The real window, with real clicks and keys."""

from itertools import combinations

from PySide6.QtCore import QPoint, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLineEdit
from pytestqt.qtbot import QtBot

from playground import app
from playground.experiment.config import edits
from playground.experiment.config import schema as configs
from playground.experiment.config.presets import PRESETS
from playground.ui.core import theme
from tests.ui.conftest import OpenWindow, part, settle, text

LEFT = Qt.MouseButton.LeftButton


def test_mouse_and_keys_play_step_and_reset_unless_they_type_and_the_numbers_move_nothing(
    kept_window: OpenWindow, qtbot: QtBot
) -> None:
    window = kept_window("spiral")
    assert text(window, "steps_value") == "0"

    def places() -> list[QPoint]:
        names = ("train_loss_value", "accuracy_value", "play_button")
        return [part(window, name).mapTo(window, QPoint()) for name in names]

    before = places()
    QTest.mouseClick(part(window, "play_button"), LEFT)
    qtbot.waitUntil(lambda: window.session.step_count > 2_000)
    QTest.mouseClick(part(window, "play_button"), LEFT)
    assert not window.session.is_running
    qtbot.waitUntil(lambda: window.refresh_loop.is_idle)
    assert text(window, "steps_value") == f"{window.session.step_count:,}"
    assert places() == before
    QTest.keyClick(window, Qt.Key.Key_R)
    qtbot.waitUntil(lambda: window.session.step_count == 0)
    qtbot.waitUntil(lambda: text(window, "steps_value") == "0")
    field = QLineEdit(window)
    field.show()
    field.setFocus()
    qtbot.waitUntil(field.hasFocus)
    QTest.keyClicks(field, "r s")
    assert field.text() == "r s"
    assert (window.session.is_running, window.session.step_count) == (False, 0)
    field.deleteLater()
    QTest.keyClick(window, Qt.Key.Key_S)
    qtbot.waitUntil(lambda: window.session.step_count == 1)
    QTest.keyClick(window, Qt.Key.Key_S, Qt.KeyboardModifier.ShiftModifier)
    info = window.session.info
    qtbot.waitUntil(lambda: window.session.step_count == info.steps_per_epoch)
    QTest.keyClick(window, Qt.Key.Key_Space)
    assert window.session.is_running
    QTest.keyClick(window, Qt.Key.Key_Space)
    assert not window.session.is_running


def test_after_a_click_on_a_data_set_the_space_bar_plays(kept_window: OpenWindow, qtbot: QtBot) -> None:
    window = kept_window("spiral")
    QTest.mouseClick(part(window, "data_xor"), LEFT)
    assert window.store.config.data.name == "xor"
    QTest.keyClick(QApplication.focusWidget() or window, Qt.Key.Key_Space)
    assert window.session.is_running


def test_presenter_mode_fills_the_screen_with_large_type_and_hides_the_first_steps(
    kept_window: OpenWindow, qtbot: QtBot, qapp: QApplication
) -> None:
    window = kept_window()
    settle(qapp)
    window.move(60, 40)
    before, geometry = window.transport.play_button.width(), window.geometry()
    docks = [dock for dock in window.area.docks.values() if dock.is_in_front]
    columns = [(dock.x(), dock.width()) for dock in docks]
    window.first_steps.welcome()
    assert part(window, "first_steps").isVisible()
    QTest.keyClick(window, Qt.Key.Key_F11)
    assert window.isFullScreen()
    assert window.menuBar().isHidden()
    assert window.area.docks["setup"].isHidden()
    assert not part(window, "first_steps").isVisible()
    assert window.transport.play_button.width() > 1.1 * before
    QTest.keyClick(window, Qt.Key.Key_Space)
    assert window.session.is_running
    window.session.pause()
    QTest.keyClick(window, Qt.Key.Key_Escape)
    assert not window.isFullScreen()
    assert window.geometry() == geometry
    assert not window.menuBar().isHidden()
    assert window.area.docks["setup"].isVisible()
    assert window.transport.play_button.width() == before
    qtbot.waitUntil(lambda: [(dock.x(), dock.width()) for dock in docks] == columns)


def test_presenter_mode_comes_back_without_the_set_up(
    open_window: OpenWindow, qtbot: QtBot, qapp: QApplication
) -> None:
    first = open_window("and-gate")
    first.area.docks["accuracy_panel"].close()
    QTest.keyClick(first, Qt.Key.Key_F11)
    first.close()
    assert first.preferences.presenter
    again = app.create_window(None, first.preferences)
    qtbot.addWidget(again)
    again.show()
    again.actions_["presenter"].setChecked(True)  # at once, as at the start
    settle(qapp)
    docks = again.area.docks
    assert docks["setup"].isHidden()
    assert docks["accuracy_panel"].isHidden()
    shown = [dock for dock in docks.values() if not dock.visibleRegion().isEmpty()]
    assert not any(one.geometry().intersects(other.geometry()) for one, other in combinations(shown, 2))
    QTest.keyClick(again, Qt.Key.Key_Escape)
    qtbot.waitUntil(docks["setup"].isVisible)
    assert docks["accuracy_panel"].isHidden()


def test_presenter_mode_fits_a_projector_that_shows_little(kept_window: OpenWindow, qapp: QApplication) -> None:
    window = kept_window("spiral")
    room = window.screen().size()
    assert window.minimumWidth() <= room.width()
    assert window.minimumHeight() <= room.height()
    window.actions_["presenter"].setChecked(True)
    theme.set_scale(theme.presenter_scale(960, 540))
    window.showNormal()  # the screen of the tests is narrower
    window.resize(960, 540)
    tabs = [dock for dock in window.area.docks.values() if window.area.tabifiedDockWidgets(dock)]
    for experiment in ("spiral", "digits"):  # what is behind a tab takes room as well, once it has been seen
        window.store.apply(PRESETS[experiment].config)
        for dock in tabs:
            dock.raise_()
            settle(qapp)
            least = window.area.minimumSizeHint()
            assert least.width() <= window.area.width()
            assert least.height() <= part(window, "ground").height(), (experiment, dock.objectName())


def test_closing_stops_the_training_and_the_next_window_has_its_experiment_and_layout(
    open_window: OpenWindow, qtbot: QtBot, qapp: QApplication
) -> None:
    first = open_window("spiral")
    config = edits.set_hidden(PRESETS["circle"].config, (3, 2))
    first.store.apply(config)
    first.resize(800, 700)  # as wide as the screen that the tests are given
    for name in ("setup", "notes_panel"):
        first.area.docks[name].hide()
    settle(qapp)
    columns = ("network_diagram_panel", "loss_panel")
    docks = [first.area.docks[name] for name in columns]
    first.area.resizeDocks(docks, [464, 300], Qt.Orientation.Horizontal)
    settle(qapp)
    before, layout = [dock.geometry() for dock in docks], first.area.save()
    QTest.keyClick(first, Qt.Key.Key_Space)
    qtbot.waitUntil(lambda: first.session.is_current and first.session.step_count > 10)
    assert first.close()
    assert not first.session.is_running
    again = open_window(None, height=None)
    settle(qapp)
    assert again.store.config == config
    assert (again.width(), again.height()) == (800, 700)
    assert again.area.docks["notes_panel"].isHidden()
    assert [again.area.docks[name].geometry() for name in columns] == before
    again.resize(1600, 700)
    settle(qapp)
    again.area.restore(layout)
    settle(qapp)
    shown = [dock for dock in again.area.docks.values() if not dock.visibleRegion().isEmpty()]
    assert not any(one.geometry().intersects(other.geometry()) for one, other in combinations(shown, 2))
    again.actions_["reset_layout"].trigger()
    assert not again.area.docks["notes_panel"].isHidden()


def test_divergence_is_explained_and_mended_with_one_click(kept_window: OpenWindow, qtbot: QtBot) -> None:
    config = PRESETS["sine-curve"].config
    training = configs.replace(config.training, learning_rate=1e6, optimizer=configs.OptimizerChoice("sgd"))
    window = kept_window(configs.replace(config, training=training))
    notice = part(window, "diverged_notice")
    assert not notice.isVisible()
    QTest.keyClick(window, Qt.Key.Key_Space)
    qtbot.waitUntil(notice.isVisible)
    assert not window.session.is_running
    said = text(window, "diverged_notice_text")
    assert "Diverged at step 1: the loss grew without bound." in said
    assert "A learning rate of 1e6 is too large." in said
    QTest.mouseClick(part(window, "diverged_restart"), LEFT)
    assert window.store.config.training.learning_rate == 0.1
    qtbot.waitUntil(lambda: not notice.isVisible())
    qtbot.waitUntil(lambda: window.session.is_running and window.session.step_count > 0)

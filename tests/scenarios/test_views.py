"""From the first start, every view inside the network is two clicks away, or a key; on each kind of data it shows
something, or says why it does not."""

from collections.abc import Callable

from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QLabel, QTabBar
from pytestqt.qtbot import QtBot

from playground.ui.shell.main_window import MainWindow
from tests.ui.bench import colours
from tests.ui.conftest import OpenWindow, part, text

LEFT = Qt.MouseButton.LeftButton
DATA = ("and", "digits")  # on the plane, and pictures
STEPS = 40


def seen(window: MainWindow, name: str) -> str:
    return text(window, name) if part(window, name).isVisible() else ""


def is_picture(window: MainWindow, name: str) -> bool:
    widget = part(window, name)
    return widget.isVisible() and len(colours(widget, every=3)) > 12  # an empty one has few


def shows_diagram(window: MainWindow, _data: str) -> bool:
    return is_picture(window, "network_view")


def shows_decisions(window: MainWindow, data: str) -> bool:
    if data != "digits":
        return is_picture(window, "plane_plot")
    said = seen(window, "boundary_caption").startswith("With 64 inputs there is no plane to draw a boundary in.")
    return said and is_picture(window, "confusion_matrix")


def shows_hidden_space(window: MainWindow, data: str) -> bool:
    why = "there is no grid to bend" in seen(window, "space_caption")
    return is_picture(window, "space_view") and why is (data == "digits")


def shows_weights(window: MainWindow, data: str) -> bool:
    return is_picture(window, "mosaic_view" if data == "digits" else "weights_matrix")


def shows_predictions(window: MainWindow, data: str) -> bool:
    return is_picture(window, "gallery_view" if data == "digits" else "predictions_table")


def shows_drawing(window: MainWindow, data: str) -> bool:
    if data == "digits":
        return part(window, "draw_canvas").isVisible() and part(window, "draw_load_sample").isVisible()
    labels = part(window, "drawing_panel").findChildren(QLabel)
    return part(window, "draw_use_digits").isVisible() and any(
        label.isVisible() and "the current data are not images" in label.text() for label in labels
    )


def shows_slow_motion(window: MainWindow, _data: str) -> bool:
    formula = part(window, "slow_formula")
    return is_picture(window, "slow_view") and formula.isVisible() and any(map(str.isdigit, formula.toPlainText()))


def shows_flow(window: MainWindow, _data: str) -> bool:
    return all(is_picture(window, f"flow_{name}") for name in ("activations", "gradient", "ratio"))


VIEWS: dict[str, Callable[[MainWindow, str], bool]] = {
    "network_diagram_panel": shows_diagram,
    "boundary_panel": shows_decisions,
    "hidden_space_panel": shows_hidden_space,
    "weights_panel": shows_weights,
    "predictions_panel": shows_predictions,
    "drawing_panel": shows_drawing,
    "slow_motion_panel": shows_slow_motion,
    "flow_panel": shows_flow,
}
"""Panel -> whether it shows what it should. The cards are tested with the notes."""


def choose(window: MainWindow, qtbot: QtBot, data: str) -> None:
    """Click the tile of a data set and wait until a few steps have been made and shown."""
    QTest.mouseClick(part(window, f"data_{data}"), LEFT)
    qtbot.waitUntil(lambda: window.session.info is not None and window.session.info.config == window.store.config)
    window.session.step(STEPS)
    qtbot.waitUntil(lambda: window.session.step_count == STEPS and window.refresh_loop.is_idle)


def click_tab(window: MainWindow, panel: str) -> None:
    """Click the tab of a panel; one that has none stands there for all to see."""
    title = window.area.docks[panel].windowTitle()
    for bar in window.area.findChildren(QTabBar, options=Qt.FindChildOption.FindDirectChildrenOnly):
        for k in range(bar.count()):
            if bar.tabText(k) == title:
                QTest.mouseClick(bar, LEFT, pos=bar.tabRect(k).center())


def test_each_view_is_a_click_on_the_data_and_one_on_its_tab_away(kept_window: OpenWindow, qtbot: QtBot) -> None:
    window = kept_window("spiral")
    for data in DATA:
        choose(window, qtbot, data)
        for panel, shows in VIEWS.items():
            click_tab(window, panel)
            assert window.area.docks[panel].is_in_front, panel
            qtbot.waitUntil(lambda shows=shows, data=data: window.refresh_loop.is_idle and shows(window, data))


def test_each_view_is_one_key_away(kept_window: OpenWindow, qtbot: QtBot) -> None:
    window = kept_window("spiral")
    window.session.step(STEPS)
    qtbot.waitUntil(lambda: window.session.step_count == STEPS)
    for panel, shows in reversed(VIEWS.items()):
        dock = window.area.docks[panel]
        if dock.is_in_front:
            dock.close()  # as its key would do
        keys = dock.show_action.shortcut()
        assert keys.count() == 1, panel
        QTest.keyClick(window, keys[0].key(), keys[0].keyboardModifiers())
        qtbot.waitUntil(lambda panel=panel: window.area.docks[panel].is_in_front)
        qtbot.waitUntil(lambda shows=shows: window.refresh_loop.is_idle and shows(window, "spiral"))

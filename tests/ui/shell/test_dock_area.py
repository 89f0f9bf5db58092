"""The columns and docks of the window: nothing lies over anything, in small windows and in every dress."""

from itertools import combinations, product
from pathlib import Path

from PySide6.QtCore import QPoint, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QCheckBox, QLabel, QPushButton, QRadioButton, QScrollArea, QTabBar, QWidget
from pytestqt.qtbot import QtBot

from playground.experiment.config.presets import PRESETS
from playground.experiment.lessons import files
from playground.ui.canvas.legend import Legend
from playground.ui.core import i18n, theme
from playground.ui.shell.dock_area import DIGITS
from playground.ui.shell.main_window import SMALLEST, MainWindow
from playground.ui.widgets.segmented import SegmentedControl
from tests.ui.conftest import USUAL, OpenWindow, part, settle
from tests.ui.widgets.test_card import nothing_of_the_set_up_is_cut

COLUMNS = ("setup", "network_diagram_panel", "loss_panel")
TABS = (
    "boundary_panel",
    "hidden_space_panel",
    "weights_panel",
    "predictions_panel",
    "drawing_panel",
    "slow_motion_panel",
    "flow_panel",
)


def widths(window: MainWindow) -> list[int]:
    return [window.area.docks[name].width() for name in COLUMNS]


def test_the_columns_have_their_width_again_after_another_size_of_the_window_and_in_another_theme(
    kept_window: OpenWindow, qapp: QApplication
) -> None:
    window = kept_window("spiral")
    settle(qapp)
    setup, middle, results = usual = widths(window)
    window.resize(1600, 800)
    settle(qapp)
    assert widths(window) == [setup, middle + 320, results]
    window.resize(*SMALLEST)
    settle(qapp)
    assert widths(window)[1:] != usual[1:]
    QTest.mouseClick(window.area, Qt.MouseButton.LeftButton, pos=QPoint(2, 2))  # draws nothing wider
    window.resize(*USUAL)
    settle(qapp)
    assert widths(window) == usual
    docks = [window.area.docks[name] for name in COLUMNS]
    window.area.resizeDocks(docks, [300, 560, 372], Qt.Orientation.Horizontal)
    settle(qapp)
    drawn = widths(window)
    for name in ("dark", "light"):
        next(action for action in window.actions_.themes.actions() if action.data() == name).trigger()
        settle(qapp)
        assert widths(window) == drawn
        assert theme.current() is getattr(theme, name.upper())
        assert window.preferences.theme == name
        picture = window.grab().toImage()
        assert picture.pixelColor(4, picture.height() // 2).name() == theme.current().window


def test_in_each_language_nothing_is_cut_and_no_panel_lies_over_another(
    kept_window: OpenWindow, qtbot: QtBot, qapp: QApplication, tmp_path: Path
) -> None:
    window = kept_window()
    for language in ("en", "zh_CN"):
        i18n.use(qapp, language)
        window.resize(*USUAL)
        settle(qapp)  # the panels that come late
        nothing_of_the_set_up_is_cut(window, qtbot, qapp, tmp_path / "people.csv")
        every_tab_is_seen_whole(window, qapp)
        window.resize(*SMALLEST)
        no_panel_lies_over_another(window, qapp)
        assert not part(window, "ground", QScrollArea).verticalScrollBar().isVisible()
        what_can_be_guessed_in_a_race_is_seen_whole(window, qapp)


def every_tab_is_seen_whole(window: MainWindow, qapp: QApplication) -> None:
    for experiment in ("digits", "sine-curve"):
        window.store.apply(PRESETS[experiment].config)
        settle(qapp)
        bars = [bar for bar in window.area.findChildren(QTabBar) if bar.isVisible() and bar.count() > 1]
        assert bars
        for bar in bars:
            assert bar.tabRect(bar.count() - 1).right() <= bar.width(), experiment


def no_panel_lies_over_another(window: MainWindow, qapp: QApplication) -> None:
    for experiment, tab in product(("people", "digits"), TABS):
        window.store.apply(PRESETS[experiment].config)
        window.area.docks[tab].raise_()
        settle(qapp)
        shown = [dock for dock in window.area.docks.values() if not dock.visibleRegion().isEmpty()]
        assert window.area.docks[tab] in shown
        for one, other in combinations(shown, 2):
            assert not one.geometry().intersects(other.geometry()), (one.objectName(), other.objectName())
        assert all(window.area.rect().contains(dock.geometry()) for dock in shown)
        assert window.area.minimumSizeHint().width() <= window.area.width()
        assert parts_outside(window.area.docks[tab].widget()) == []
        keys = [key for key in window.findChildren(Legend) if not key.wordWrap() and not key.visibleRegion().isEmpty()]
        assert [key.objectName() for key in keys if key.width() < key.sizeHint().width()] == []


def what_can_be_guessed_in_a_race_is_seen_whole(window: MainWindow, qapp: QApplication) -> None:
    window.store.apply(PRESETS["and-gate"].config)
    window.resize(USUAL[0], 640)
    window.actions_["race"].trigger()
    settle(qapp)
    options = [it for it in window.area.panels["race_panel"].findChildren(QRadioButton) if it.isVisible()]
    assert len(options) == 2
    for option in options:
        assert option.visibleRegion().boundingRect().height() >= option.sizeHint().height()
    window.store.apply(PRESETS["spiral"].config)  # with longer names, of which not all are seen
    window.resize(*SMALLEST)
    settle(qapp)
    question, answers = part(window, "guess_question"), part(window, "guess_choice")
    assert question.height() >= question.sizeHint().height()
    assert question.geometry().bottom() < answers.geometry().top()
    window.area.docks["race_panel"].close()


def parts_outside(body: QWidget) -> list[str]:
    """Return the controls of a card that are cut off by its edge."""
    kinds = (QLabel, QPushButton, QCheckBox, SegmentedControl)
    parts = [part for kind in kinds for part in body.findChildren(kind) if part.isVisible()]
    room = body.rect()
    return [p.objectName() for p in parts if not room.contains(p.rect().translated(p.mapTo(body, p.rect().topLeft())))]


def test_the_keys_of_the_panels_work_without_the_menu_bar(kept_window: OpenWindow, qapp: QApplication) -> None:
    window = kept_window()
    window.menuBar().hide()
    key = DIGITS[list(window.area.docks).index("weights_panel")]
    weights = window.area.docks["weights_panel"]
    assert not weights.is_in_front
    QTest.keyClick(window, key, Qt.KeyboardModifier.ControlModifier)
    assert weights.is_in_front
    QTest.keyClick(window, key, Qt.KeyboardModifier.ControlModifier)
    assert weights.isHidden()
    window.menuBar().show()


def test_the_drawing_does_not_hold_its_column_wide(kept_window: OpenWindow, qapp: QApplication) -> None:
    window = kept_window("digits")
    dock = window.area.docks["drawing_panel"]
    dock.raise_()
    settle(qapp)
    least = dock.minimumSizeHint().width()
    window.resize(1900, 900)
    settle(qapp)
    assert dock.minimumSizeHint().width() == least


def test_in_the_smallest_window_the_boundary_takes_the_room_beside_its_switches_and_the_hint_on_editing_is_not_cut(
    kept_window: OpenWindow, qapp: QApplication
) -> None:
    window = kept_window("spiral")
    window.resize(*SMALLEST)
    settle(qapp)
    assert window.area.panels["boundary_panel"].plane.frame().width() >= 160
    switch = part(window, "show_test_points")
    assert switch.width() >= switch.sizeHint().width()
    part(window, "edit_points").click()
    settle(qapp)
    hint, button = part(window, "point_hint"), part(window, "edit_points")
    assert hint.height() >= hint.heightForWidth(hint.width())
    assert button.height() >= button.sizeHint().height()
    assert part(window, "boundary_side", QScrollArea).verticalScrollBar().isVisible()


def test_columns_that_were_drawn_wider_stay_so(kept_window: OpenWindow, qapp: QApplication) -> None:
    window = kept_window("spiral", height=900)
    window.resize(1920, 1080)
    settle(qapp)
    before = widths(window)
    draw_column(window, qapp, "setup", 110)
    settle(qapp)
    setup, _middle, results = drawn = widths(window)
    assert setup > before[0] + 90
    for size in ((1600, 900), (1920, 1080)):
        window.resize(*size)
        settle(qapp)
        assert [widths(window)[0], widths(window)[-1]] == [setup, results], size
    layout = window.area.save()
    window.area.arrange()
    settle(qapp)
    assert widths(window) == before
    window.area.restore(layout)
    settle(qapp)
    assert widths(window) == drawn
    window.resize(1600, 900)
    settle(qapp)
    assert widths(window)[0] == setup


def test_a_layout_that_comes_back_leaves_nothing_of_the_tabs_before_it(
    kept_window: OpenWindow, qapp: QApplication
) -> None:
    window = kept_window()

    def tab_bars() -> list[QTabBar]:
        return [bar for bar in window.area.findChildren(QTabBar) if bar.isVisible()]

    for goes_elsewhere in (presents, opens_a_lesson):
        for _twice in range(2):
            goes_elsewhere(window, qapp)
            (bar,) = tab_bars()
            assert [it for it in window.area.stops() if isinstance(it, QTabBar)] == [bar]


def presents(window: MainWindow, qapp: QApplication) -> None:
    for _there_and_back in range(2):
        QTest.keyClick(window, Qt.Key.Key_F11)
        settle(qapp)


def opens_a_lesson(window: MainWindow, qapp: QApplication) -> None:
    window.lessons.panel.open(files.load(files.find("one-neuron")))
    settle(qapp)
    window.lessons.leave()
    settle(qapp)


def draw_column(window: MainWindow, qapp: QApplication, name: str, by: int) -> None:
    """Drag the right edge of a column with the mouse."""
    area = window.area
    edge = area.docks[name].geometry().topRight() + QPoint(6, 100)
    QTest.mousePress(area, Qt.MouseButton.LeftButton, pos=edge)
    for step in range(1, 5):
        QTest.mouseMove(area, edge + QPoint(by * step // 4, 0))
        settle(qapp)
    QTest.mouseRelease(area, Qt.MouseButton.LeftButton, pos=edge + QPoint(by, 0))


def test_the_boundary_is_square_and_as_large_as_its_card_allows_and_the_table_beside_it_gives_way(
    kept_window: OpenWindow, qapp: QApplication, qtbot: QtBot
) -> None:
    window = kept_window("and-gate")
    panel = window.area.panels["boundary_panel"]
    settle(qapp)
    assert panel.table.isVisible()
    window.resize(*SMALLEST)
    qtbot.waitUntil(lambda: not panel.table.isVisible())
    window.resize(*USUAL)
    qtbot.waitUntil(panel.table.isVisible)
    qtbot.waitUntil(lambda: window.refresh_loop.is_idle)
    assert panel.table.model().index(0, 3).data() != ""
    for size, least in ((USUAL, 230), ((1920, 1080), 440)):
        window.resize(*size)
        settle(qapp)
        window.area.arrange()
        for experiment in ("spiral", "and-gate", "hills"):
            window.store.apply(PRESETS[experiment].config)
            qtbot.waitUntil(lambda: window.refresh_loop.is_idle)
            settle(qapp)
            assert not part(window, "boundary_side", QScrollArea).verticalScrollBar().isVisible(), experiment
            if experiment != "hills":  # whose plane is a little higher than wide
                plane = panel.plane.frame()
                assert plane.width() == plane.height() >= least
                assert panel.plane.width() - plane.width() <= 110, "no white margins beside it"
                assert panel.plane.height() - plane.height() <= 60


def test_a_tab_belongs_to_its_panel_whatever_others_are_called(
    kept_window: OpenWindow, qapp: QApplication, qtbot: QtBot
) -> None:
    window = kept_window("spiral")
    settle(qapp)
    docks = [window.area.docks[name] for name in ("weights_panel", "slow_motion_panel")]
    titles = [dock.windowTitle() for dock in docks]
    for dock in docks:
        dock.set_title("Twins")
    bar = next(bar for bar in window.area.findChildren(QTabBar) if bar.isVisible() and bar.tabText(2) == "Twins")
    try:
        qtbot.mouseClick(bar, Qt.MouseButton.LeftButton, pos=bar.tabRect(2).center())
        qtbot.waitUntil(lambda: docks[0].isAncestorOf(QApplication.focusWidget()))
        settle(qapp)
        assert docks[0].isAncestorOf(QApplication.focusWidget())
        assert [it for it in window.area.stops() if isinstance(it, QTabBar)] == [bar]
    finally:
        for dock, title in zip(docks, titles, strict=True):
            dock.set_title(title)


def test_a_panel_that_needs_more_room_is_not_cut_where_the_columns_were_drawn(
    kept_window: OpenWindow, qapp: QApplication
) -> None:
    window = kept_window("spiral")
    area, loss = window.area, window.area.docks["loss_panel"]
    settle(qapp)
    draw_column(window, qapp, "network_diagram_panel", 80)
    settle(qapp)
    area.panels["loss_panel"].setMinimumWidth(420)
    settle(qapp)
    assert loss.width() >= 420
    assert loss.geometry().right() <= area.width() <= window.width()
    area.panels["loss_panel"].setMinimumWidth(0)


def test_the_heights_are_those_of_before_where_a_window_manager_gives_the_old_size_late(
    open_window: OpenWindow, qapp: QApplication
) -> None:
    window = open_window()
    settle(qapp)
    before, layout, size = window.size(), window.area.save(), window.area.size()
    docks = [dock for dock in window.area.docks.values() if dock.is_in_front]
    heights = [dock.height() for dock in docks]
    for taller in (19, 60, 140):
        window.resize(before.width(), before.height() + taller)
        settle(qapp)
        window.area.restore(layout, size)
        window.resize(before)
        settle(qapp)
        assert [dock.height() for dock in docks] == heights

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QDockWidget, QMainWindow, QScrollArea, QVBoxLayout, QWidget

from playground.ui import sight as module
from playground.ui.sight import Sight


def widget():
    found = QWidget()
    found.setMinimumSize(40, 30)
    return found


@pytest.fixture
def looks(monkeypatch):
    """The widgets that were looked at, one entry a look."""
    found = []
    real = module._is_within_its_window
    monkeypatch.setattr(module, "_is_within_its_window", lambda widget: found.append(widget) or real(widget))
    return found


def test_it_looks_again_only_after_something_has_moved(qtbot, looks):
    window, inner = QWidget(), widget()
    QVBoxLayout(window).addWidget(inner)
    qtbot.addWidget(window)
    sight = Sight()
    assert not sight.sees(inner)
    window.show()
    qtbot.waitExposed(window)
    assert sight.sees(inner)
    before = len(looks)
    assert all(sight.sees(inner) for _ in range(5))
    assert len(looks) == before
    window.resize(window.width() + 10, window.height())
    assert sight.sees(inner)
    assert len(looks) == before + 1


def test_what_is_hidden_with_a_parent_or_minimised_is_not_seen(qtbot):
    window, middle, inner = QWidget(), QWidget(), widget()
    QVBoxLayout(window).addWidget(middle)
    QVBoxLayout(middle).addWidget(inner)
    qtbot.addWidget(window)
    window.show()
    qtbot.waitExposed(window)
    sight = Sight()
    assert sight.sees(inner)
    middle.hide()
    assert not sight.sees(inner)
    middle.show()
    assert sight.sees(inner)
    window.showMinimized()
    assert not sight.sees(inner)
    window.showNormal()
    qtbot.waitUntil(lambda: sight.sees(inner))


def test_a_dock_behind_anothers_tab_is_seen_when_it_is_raised(qtbot):
    window = QMainWindow()
    qtbot.addWidget(window)
    docks = []
    for _ in range(2):
        dock = QDockWidget(window)
        dock.setWidget(QWidget())
        window.addDockWidget(Qt.DockWidgetArea.LeftDockWidgetArea, dock)
        docks.append(dock)
    window.tabifyDockWidget(*docks)
    docks[0].raise_()
    window.show()
    qtbot.waitExposed(window)
    sight = Sight()
    qtbot.waitUntil(lambda: [sight.sees(dock.widget()) for dock in docks] == [True, False])
    docks[1].raise_()
    qtbot.waitUntil(lambda: [sight.sees(dock.widget()) for dock in docks] == [False, True])


def test_what_is_scrolled_out_of_its_area_is_not_seen(qtbot):
    area, ground = QScrollArea(), QWidget()
    qtbot.addWidget(area)
    ground.resize(100, 2000)
    low = QWidget(ground)
    low.setGeometry(0, 1800, 100, 50)
    area.setWidget(ground)
    area.resize(150, 200)
    area.show()
    qtbot.waitExposed(area)
    sight = Sight()
    assert not sight.sees(low)
    area.verticalScrollBar().setValue(1800)
    assert sight.sees(low)


def test_what_moves_into_another_window_is_looked_at_there(qtbot):
    first, second, inner = QWidget(), QWidget(), widget()
    for window in (first, second):
        QVBoxLayout(window)
        qtbot.addWidget(window)
    first.layout().addWidget(inner)
    first.show()
    qtbot.waitExposed(first)
    sight = Sight()
    assert sight.sees(inner)
    second.layout().addWidget(inner)
    assert not sight.sees(inner)
    second.show()
    qtbot.waitExposed(second)
    assert sight.sees(inner)

"""What the panels stand on, on a screen that is too small for them."""

from itertools import combinations

from PySide6.QtWidgets import QApplication, QScrollArea

from tests.ui.conftest import USUAL, OpenWindow, part, settle


def test_on_a_small_screen_the_panels_are_scrolled_up_and_down_and_not_cut(
    open_window: OpenWindow, qapp: QApplication
) -> None:
    window = open_window("spiral")  # one in which no panel was opened that needs more
    ground, area = part(window, "ground", QScrollArea), window.area
    assert not ground.verticalScrollBar().isVisible()
    least = window.minimumSize()
    window.setMinimumSize(0, 0)
    window.resize(960, 508)  # what a screen of 960 by 540 has for a window
    settle(qapp)
    assert ground.verticalScrollBar().isVisible()
    assert not ground.horizontalScrollBar().isVisible()
    shown = [dock for dock in area.docks.values() if not dock.isHidden() and dock.is_in_front]
    assert all(area.rect().contains(dock.geometry()) for dock in shown)
    assert not any(one.geometry().intersects(other.geometry()) for one, other in combinations(shown, 2))
    for dock in shown:
        assert dock.width() >= dock.minimumSizeHint().width(), dock.objectName()
        assert dock.height() >= dock.minimumSizeHint().height(), dock.objectName()
    window.resize(*USUAL)
    window.setMinimumSize(least)
    settle(qapp)
    assert not ground.verticalScrollBar().isVisible()

"""The confusion matrix alone."""

import numpy as np
from PySide6.QtCore import QPointF, Qt
from pytestqt.qtbot import QtBot

from playground.ui.canvas.matrix_view import ConfusionView, shares


def test_a_confusion_view_that_is_only_to_be_seen_opens_nothing(qtbot: QtBot) -> None:
    view = ConfusionView("matrix", selectable=False)
    qtbot.addWidget(view)
    view.resize(300, 200)
    view.set_classes(("a", "b"))
    view.set_counts(np.array([[3, 1], [0, 4]]))
    opened: list[int] = []
    view.opened.connect(opened.append)
    place = view.grid().box(1).center()
    qtbot.mouseClick(view, Qt.MouseButton.LeftButton, pos=place.toPoint())
    qtbot.keyClick(view, Qt.Key.Key_Return)
    assert opened == []
    assert view.describe(place) == "true class a, output b\n1 sample, 25.0 % of the class"
    assert view.describe(QPointF(-5, -5)) == ""
    view.grab()


def test_mistakes_are_orange_beside_a_blue_diagonal() -> None:
    assert shares(np.array([[8, 2], [4, 0]])).tolist() == [[0.8, -0.5], [-1.0, 0.0]]
    assert shares(np.zeros((2, 2), np.int64)).tolist() == [[0.0, 0.0], [0.0, 0.0]]

from PySide6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot

from playground.ui.widgets.flow_layout import FlowLayout


def test_a_flow_layout_reckons_anew_when_an_item_grows_or_hides(qtbot: QtBot) -> None:
    box = QWidget()
    qtbot.addWidget(box)
    flow = FlowLayout(box, gap=4)
    for _item in range(2):
        item = QWidget()
        item.setFixedSize(40, 20)
        flow.addWidget(item)
    box.show()
    assert flow.heightForWidth(90) == 20
    item.setFixedSize(60, 20)
    assert flow.heightForWidth(90) == 44
    item.hide()
    assert flow.heightForWidth(90) == 20

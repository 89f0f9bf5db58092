"""Units and layers added and removed above the diagram."""

from PySide6.QtWidgets import QApplication, QWidget

from tests.ui.diagram.conftest import OpenStage, experiment


def test_units_and_layers_are_added_and_removed_above_the_picture_by_buttons_that_do_not_overlap(
    stage: OpenStage,
) -> None:
    it = stage(experiment("xor", [3, 2]))

    def hidden() -> tuple[int, ...]:
        return it.store.config.network.hidden

    it.push("diagram_more_1")
    it.push("diagram_more_1")
    assert hidden() == (5, 2)
    it.push("diagram_fewer_2")
    assert hidden() == (5, 1)
    it.push("diagram_fewer_2")  # the last unit: the layer goes
    assert hidden() == (5,)
    it.push("diagram_add_1")
    assert hidden() == (5, 5)
    it.push("diagram_remove_1")
    it.push("diagram_remove_1")
    assert hidden() == ()
    it.push("diagram_add_1")
    assert hidden() == (4,)
    assert it.session.info.sizes == (2, 4, 1)
    for _change in range(8):
        it.store.undo()
    assert hidden() == (3, 2)

    for width in (420, 560, 900):
        it.card.resize(width, 420)
        QApplication.processEvents()
        buttons = [
            found
            for found in it.panel.heads.findChildren(QWidget)
            if found.isVisible() and found.objectName().startswith("diagram_")
        ]
        boxes = [button.geometry() for button in buttons]
        assert not any(a.intersects(b) for k, a in enumerate(boxes) for b in boxes[k + 1 :])
        assert all(it.panel.heads.rect().contains(box) for box in boxes)

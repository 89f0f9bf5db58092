"""A panel in its card, on a real store and a real session, and the fingers of a user."""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any, TypeVar

from PySide6.QtCore import QPoint, Qt
from PySide6.QtWidgets import QApplication, QCheckBox, QComboBox, QLineEdit, QWidget
from pytestqt.qtbot import QtBot

from playground.experiment.config.schema import ExperimentConfig
from playground.runtime.session import Session
from playground.runtime.store import Store
from playground.ui.core import theme
from playground.ui.core.panel import Panel
from playground.ui.widgets.card import Card

Found = TypeVar("Found", bound=QWidget)


class Bench:
    """The panel under test with what it was given."""

    def __init__(self, qtbot: QtBot, panel: Panel, store: Store, session: Session) -> None:
        self.qtbot, self.panel, self.store, self.session = qtbot, panel, store, session
        self.card = Card(f"{panel.name}_card")
        header = panel.header()
        if header is not None:
            self.card.set_header(header)
        self.card.set_content(panel)

    @property
    def config(self) -> ExperimentConfig:
        return self.store.config

    def find(self, kind: type[Found], name: str) -> Found:
        found = self.card.findChild(kind, name)
        assert found is not None, f"there is no {name}"
        return found

    def click(self, name: str) -> None:
        widget = self.find(QWidget, name)
        place = QPoint(8, widget.height() // 2) if isinstance(widget, QCheckBox) else widget.rect().center()
        self.qtbot.mouseClick(widget, Qt.MouseButton.LeftButton, pos=place)

    def choose(self, name: str, key: str) -> None:
        """Choose an item of a drop-down list with the keyboard, as far as it can be chosen."""
        combo = self.find(QComboBox, name)
        combo.setFocus()
        target = combo.findData(key)
        for _press in range(combo.count()):
            if combo.currentIndex() == target:
                break
            down = combo.currentIndex() < target
            self.qtbot.keyClick(combo, Qt.Key.Key_Down if down else Qt.Key.Key_Up)

    def type(self, name: str, text: str) -> QLineEdit:
        """Replace what stands in a field and press Enter."""
        field = self.find(QLineEdit, name)
        self.qtbot.mouseClick(field, Qt.MouseButton.LeftButton)
        field.selectAll()
        self.qtbot.keyClicks(field, text)
        self.qtbot.keyClick(field, Qt.Key.Key_Return)
        return field

    def wait_for_run(self) -> None:
        """Wait until the experiment as it is now has been built and shown."""
        self.qtbot.waitUntil(lambda: self.session.info is not None and self.session.info.config == self.store.config)
        QApplication.processEvents()


@contextmanager
def bench_of(qtbot: QtBot, kind: Any, config: ExperimentConfig) -> Iterator[Bench]:
    """Build a panel on an experiment, show it, and end its session after the test."""
    app = QApplication.instance()
    assert isinstance(app, QApplication)
    theme.apply(app, "light")
    store = Store(config)
    session = Session(store)
    panel = kind(store, session)
    session.run_started.connect(panel.show_run)
    try:
        bench = Bench(qtbot, panel, store, session)
        qtbot.addWidget(bench.card)
        bench.card.resize(292, 700)
        with qtbot.waitExposed(bench.card):
            bench.card.show()
        yield bench
    finally:
        session.close()

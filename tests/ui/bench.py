"""What is tested in its card, a panel on a real store and a real session, and the fingers of a user."""

import re
from pathlib import Path
from typing import Any, TypeVar

import numpy as np
from PySide6.QtCore import QPoint, QRect, Qt
from PySide6.QtGui import QColor, QImage
from PySide6.QtWidgets import QCheckBox, QComboBox, QLineEdit, QSizePolicy, QWidget
from pytestqt.qtbot import QtBot

from playground.experiment.config.schema import ExperimentConfig
from playground.runtime.session import Session
from playground.runtime.store import Store
from playground.ui.core.panel import Panel
from playground.ui.core.refresh_loop import RefreshLoop
from playground.ui.widgets.card import Card

Found = TypeVar("Found", bound=QWidget)


def colours(widget: QWidget, every: int = 1, within: QRect | None = None) -> set[int]:
    """Return the colours of the pixels of a widget, or of one in so many along both axes, as 0xffRRGGBB."""
    image = widget.grab(within or widget.rect()).toImage().convertToFormat(QImage.Format.Format_RGB32)
    pixels = np.frombuffer(image.constBits(), dtype=np.uint32).reshape(image.height(), -1)
    return set(np.unique(pixels[::every, : image.width() : every]).tolist())


def luminance(colour: QColor | str) -> float:
    """Return the relative luminance of a colour, as WCAG defines it."""
    parts = [it / 12.92 if it <= 0.04045 else ((it + 0.055) / 1.055) ** 2.4 for it in QColor(colour).getRgbF()[:3]]
    return 0.2126 * parts[0] + 0.7152 * parts[1] + 0.0722 * parts[2]


def contrast(one: QColor | str, other: QColor | str) -> float:
    """Return how well one colour can be read on another, from 1 to 21."""
    dark, light = sorted((luminance(one), luminance(other)))
    return (light + 0.05) / (dark + 0.05)


def copied_letters(file: Path) -> set[str]:
    """Return the letters that the fonts of a PDF name for their glyphs."""
    tables = re.findall(rb"beginbfrange(.*?)endbfrange", file.read_bytes(), re.DOTALL)
    listed = [row for table in tables for row in re.findall(rb"\[(.*?)\]", table, re.DOTALL)]
    return {chr(int(code, 16)) for row in listed for code in re.findall(rb"<(\w+)>", row)}


class CardBench:
    """A card with what is tested in it, and the fingers of a user."""

    def __init__(self, qtbot: QtBot, card: Card, content: QWidget, size: tuple[int, int]) -> None:
        self.qtbot = qtbot
        self.card = card
        self.card.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)
        self.card.set_content(content)
        self.card.resize(*size)
        qtbot.addWidget(self.card)

    def show(self) -> None:
        """Show the card, with the focus where the keys go."""
        self.card.show()
        self.card.activateWindow()
        self.qtbot.waitUntil(self.card.isActiveWindow)

    def find(self, kind: type[Found], name: str) -> Found:
        found = self.card.findChild(kind, name)
        assert found is not None, f"there is no {name}"
        return found

    def click(self, name: str) -> None:
        """Click a control."""
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


class Bench(CardBench):
    """The panel under test with what it was given: the fixture `panel_bench` makes it."""

    panel: Any

    def __init__(self, qtbot: QtBot, kind: type[Panel], config: ExperimentConfig, size: tuple[int, int]) -> None:
        self.store = Store(config)
        self.session = Session(self.store)
        self.panel = kind(self.store, self.session)
        card = Card(f"{self.panel.name}_card")
        if self.panel.header is not None:
            card.set_header(self.panel.header)
        super().__init__(qtbot, card, self.panel, size)
        self.loop = self.refresh_loop = RefreshLoop(self.session, self.card)
        self.loop.add(self.panel)

    @property
    def config(self) -> ExperimentConfig:
        return self.store.config

    def show(self) -> None:
        """Show the card, with the focus where the keys go, and wait for the run."""
        super().show()
        self.settle()

    def settle(self) -> None:
        """Wait until the experiment as it is now has been built and drawn."""
        self.qtbot.waitUntil(lambda: self.session.info is not None and self.loop.is_idle)

    def step(self, n: int) -> None:
        self.session.step(n)
        self.settle()

    def click(self, name: str) -> None:
        """Click a control and wait until what comes of it is drawn, unless that is training."""
        super().click(name)
        if not self.session.is_running:
            self.settle()

    wait_for_run = settle

"""Light, dark and presenter sizes."""

import shutil
from itertools import combinations
from pathlib import Path

import numpy as np
import pytest
from PySide6.QtGui import QColor, QImage, QPalette
from PySide6.QtWidgets import QApplication, QCheckBox, QLabel, QWidget
from pytestqt.qtbot import QtBot

from playground import paths
from playground.ui.core import theme
from tests.ui.bench import contrast


def test_the_theme_is_switched_live(qapp: QApplication) -> None:
    theme.apply(qapp, "dark")
    theme.apply(qapp, "light")
    theme.apply(qapp, "dark")
    assert theme.current() is theme.DARK
    assert qapp.palette().color(QPalette.ColorRole.Window) == QColor(theme.DARK.window)
    assert theme.DARK.accent in qapp.styleSheet()


def test_an_unknown_theme_is_refused(qapp: QApplication) -> None:
    with pytest.raises(ValueError, match="sepia"):
        theme.apply(qapp, "sepia")


def test_the_style_sheet_leaves_nothing_to_fill_in(qapp: QApplication) -> None:
    rules = qapp.styleSheet().split("*/", 1)[1]
    assert "$" not in rules
    assert "sp;" not in rules


def test_presenter_mode_enlarges_type(qapp: QApplication) -> None:
    assert "font-size: 15px" in qapp.styleSheet()
    theme.set_scale(2.0)
    assert "font-size: 30px" in qapp.styleSheet()
    assert qapp.font().pixelSize() == 2 * theme.BASE_SIZE
    assert theme.px(10) == 20


@pytest.mark.parametrize("colors", [theme.LIGHT, theme.DARK], ids=lambda it: it.name)
def test_text_can_be_read_on_every_ground(colors: theme.Theme) -> None:
    for ground in (colors.panel, colors.window, colors.bar, colors.field, colors.notice, colors.info, colors.bad_soft):
        assert contrast(colors.text, ground) >= 7
    for ground in (colors.panel, colors.bar):
        assert contrast(colors.muted, ground) >= 4.5
        assert contrast(colors.accent_text, ground) >= 4.5
        assert contrast(colors.bad, ground) >= 4.5
    assert contrast(colors.accent_text, colors.accent_soft) >= 4.5


@pytest.mark.parametrize("colors", [theme.LIGHT, theme.DARK], ids=lambda it: it.name)
def test_every_colour_is_a_colour(colors: theme.Theme) -> None:
    assert vars(colors).keys() == vars(theme.LIGHT).keys()
    assert all(QColor(value).isValid() for name, value in vars(colors).items() if name != "name")


def test_the_diverging_scale_leads_from_negative_over_zero_to_positive() -> None:
    table = theme.diverging()
    assert table.shape == (256, 3)
    assert table.dtype == np.uint8
    assert QColor(*table[0].tolist()) == QColor(theme.LIGHT.negative)
    assert QColor(*table[-1].tolist()) == QColor(theme.LIGHT.positive)
    assert np.abs(table[128].astype(int) - [246, 246, 246]).max() <= 2


def test_the_shipped_font_comes_first_and_is_the_programs_also_after_a_scale_set_before_it(qapp: QApplication) -> None:
    assert theme.font().families()[0] == "Inter"
    assert qapp.font().families()[0] == "Inter"


def test_type_for_presenting_leaves_room_for_all_columns() -> None:
    assert theme.presenter_scale(1920, 1080) == theme.PRESENTER_SCALE
    assert 1.2 < theme.presenter_scale(1280, 720) < theme.PRESENTER_SCALE
    assert theme.presenter_scale(1024, 768) == theme.LEAST_PRESENTER_SCALE
    assert 1 < theme.presenter_scale(1024, 600) < theme.LEAST_PRESENTER_SCALE
    assert theme.presenter_scale(960, 540) == theme.presenter_scale(640, 480) == 1


def test_pictures_of_the_style_are_found_in_folders_with_any_name(
    qapp: QApplication, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def drawn() -> QImage:
        theme.apply(qapp, "dark")
        theme.apply(qapp, "light")
        return box.grab().toImage()

    box = QCheckBox()
    box.setChecked(True)
    usual = drawn()
    folder = tmp_path / "My Icons (1), it's"
    shutil.copytree(paths.resource("icons"), folder)
    real = paths.resource
    monkeypatch.setattr(paths, "resource", lambda *parts: folder if parts == ("icons",) else real(*parts))
    assert drawn() == usual


def test_what_is_hidden_follows_the_theme_and_the_scale_too(qapp: QApplication, qtbot: QtBot) -> None:
    window = QWidget()
    qtbot.addWidget(window)
    labels = [QLabel(text, window) for text in ("seen", "unseen")]
    labels[1].hide()
    for label in labels:
        label.setProperty("role", "title")
    theme.apply(qapp, "light")
    window.show()
    theme.apply(qapp, "dark")
    assert {label.palette().color(QPalette.ColorRole.WindowText).name() for label in labels} == {theme.DARK.text}
    theme.set_scale(1.5)
    assert {label.font().pixelSize() for label in labels} == {26}
    assert window.updatesEnabled()


def test_widgets_with_colours_of_their_own_are_told(qapp: QApplication, qtbot: QtBot) -> None:
    class Painted(QLabel):
        def apply_theme(self) -> None:
            self.setText(f"{theme.current().name} {theme.scale()}")

    theme.apply(qapp, "light")
    label = Painted()
    qtbot.addWidget(label)
    theme.apply(qapp, "dark")
    assert label.text() == "dark 1.0"
    theme.set_scale(1.5)
    assert label.text() == "dark 1.5"


PAIRS = (("negative", "positive"), ("low", "high"), ("train", "test"), ("racer_0", "racer_1"), ("racer_2", "racer_3"))


@pytest.mark.parametrize("palette", [theme.LIGHT, theme.DARK], ids=["light", "dark"])
def test_each_pair_of_colours_means_one_thing(palette: theme.Theme) -> None:
    names = [*(name for pair in PAIRS for name in pair), "layer_first", "layer_middle", "layer_last"]
    colours = [QColor(getattr(palette, name)) for name in names]
    for (one, first), (other, second) in combinations(zip(names, colours, strict=True), 2):
        difference = max(
            abs(first.red() - second.red()), abs(first.green() - second.green()), abs(first.blue() - second.blue())
        )
        assert difference >= 24, f"{one} looks like {other}"
    assert np.array_equal(theme.outputs()[0], _rgb(theme.current().low))
    assert np.array_equal(theme.diverging()[0], _rgb(theme.current().negative))


def _rgb(text: str) -> list[int]:
    colour = QColor(text)
    return [colour.red(), colour.green(), colour.blue()]


def test_what_is_inside_has_the_theme_before_what_measures_it(qtbot: QtBot) -> None:
    seen: list[QWidget] = []

    class Themed(QWidget):
        def apply_theme(self) -> None:
            seen.append(self)

    outer = Themed()
    qtbot.addWidget(outer)
    nested = [outer]
    for _ in range(20):
        nested.append(Themed(nested[-1]))
    theme.set_scale(1.5)
    assert [it for it in seen if it in nested] == nested[::-1]

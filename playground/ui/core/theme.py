"""Colours, fonts and sizes of the window: one light and one dark palette, switched live.

Fusion style, a palette of our own and ``resources/styles/window.qss`` with the colours of ``light.json`` or
``dark.json`` and sizes filled in:
``$accent`` is a colour of `Theme`, ``13sp`` a size that grows in presenter mode.
"""

import json
import re
from collections.abc import Iterator
from contextlib import contextmanager
from functools import lru_cache
from string import Template
from types import SimpleNamespace

import numpy as np
from numpy.typing import NDArray
from PySide6.QtCore import Qt
from PySide6.QtGui import QColor, QFont, QFontDatabase, QGuiApplication, QPalette
from PySide6.QtWidgets import QApplication, QWidget

from playground import paths

CHOICES = ("system", "light", "dark")
PRESENTER_SCALE = 1.5
LEAST_PRESENTER_SCALE = 1.2
PRESENTER_SIZE = (960, 540)  # of the screen that has room for all columns in the usual size
BASE_SIZE = 13


class Theme(SimpleNamespace):
    """The colours of one theme, as ``#rrggbb``, by their names in ``light.json`` and ``dark.json``.

    Each pair means one thing. `negative` and `positive` are signs: of weights, biases, activations, gradients.
    `low` and `high` are the ends of the scale of outputs and targets, and the two classes. `zero` is the middle of
    both. `train` and `test` are the two parts of the data; `racer_0` to `racer_3` the networks of a race;
    `layer_first` to `layer_last` the layers of a network.
    """


def _read(name: str) -> Theme:
    return Theme(**json.loads(paths.resource("styles", f"{name}.json").read_text(encoding="utf-8")))


LIGHT, DARK = _read("light"), _read("dark")


class _State:
    def __init__(self) -> None:
        self.theme = LIGHT
        self.choice = "system"
        self.scale = 1.0
        self.applied: tuple[Theme, float] | None = None
        self.families: list[str] = []


_state = _State()


def current() -> Theme:
    """Return the colours in use."""
    return _state.theme


def color(name: str) -> QColor:
    """Return a colour of the theme in use, by its name."""
    return QColor(getattr(_state.theme, name))


def scale() -> float:
    """Return how much larger than usual everything is: 1, or more in presenter mode."""
    return _state.scale


def set_property(widget: QWidget, name: str, value: object) -> None:
    """Set a property that the style sheet goes by, and style the widget again."""
    widget.setProperty(name, value)
    widget.style().unpolish(widget)
    widget.style().polish(widget)


def px(size: float) -> int:
    """Return a size in pixels at the present scale."""
    return round(size * _state.scale)


def font(size: float = BASE_SIZE, weight: QFont.Weight = QFont.Weight.Normal, *, tabular: bool = False) -> QFont:
    """Return the window's font.

    Parameters
    ----------
    size
        Pixels at scale 1.
    weight
        How bold.
    tabular
        Whether all digits are equally wide, for numbers that change.
    """
    made = QFont()
    if _state.families:
        made.setFamilies(_state.families)
    made.setPixelSize(px(size))
    made.setWeight(weight)
    made.setFeature(QFont.Tag("calt"), 0)  # signs raised between digits have no letters in a PDF, and are not copied
    if tabular:
        made.setFeature(QFont.Tag("tnum"), 1)
    return made


def apply(app: QApplication, asked: str = "system") -> None:
    """Set the theme of the whole program: ``"light"``, ``"dark"`` or the operating system's choice of them.

    Every widget with a method ``apply_theme()`` is then called, for what palette and style sheet do not reach.
    """
    if asked not in CHOICES:
        raise ValueError(f"There is no theme {asked!r}; there are {', '.join(CHOICES)}.")
    if not _state.families:
        _load_fonts()
        _state.applied = None  # a scale set before had no fonts to apply
        app.setStyle("Fusion")
        app.styleHints().colorSchemeChanged.connect(_refresh)
        app.screenAdded.connect(_apply_to_widgets)
    _state.choice = asked
    _refresh()


def set_scale(factor: float) -> None:
    """Scale all fonts and sizes by `factor`; 1 is the usual size."""
    _state.scale = factor
    _refresh()


@contextmanager
def without_style_sheet(app: QApplication) -> Iterator[None]:
    """Leave the style sheet off while a window is made.

    Qt styles a widget again each time it joins another, and while a window grows from the leaves up every leaf is
    styled many times over: that takes twice as long as all else. To style everything once at the end is quick.
    """
    app.setStyleSheet("")
    try:
        yield
    finally:
        app.setStyleSheet(_stylesheet(_state.theme, _state.scale))
        widgets = app.allWidgets()
        for widget in widgets:
            widget.ensurePolished()
        for widget in widgets:
            widget.updateGeometry()  # the layouts have remembered sizes without the sheet


def presenter_scale(width: int, height: int) -> float:
    """Return how large type can be on a screen of this size, with all columns side by side and nothing cut."""
    across, down = width / PRESENTER_SIZE[0], height / PRESENTER_SIZE[1]
    return max(1.0, min(PRESENTER_SCALE, max(LEAST_PRESENTER_SCALE, across), down))


def diverging() -> NDArray[np.uint8]:
    """Return the scale of signs, from negative over zero to positive, (256, 3)."""
    theme = _state.theme
    return ramp(theme.negative, theme.zero, theme.positive)


def outputs() -> NDArray[np.uint8]:
    """Return the scale of outputs and targets, from low over the middle to high, (256, 3); its ends are two classes."""
    theme = _state.theme
    return ramp(theme.low, theme.zero, theme.high)


def _refresh() -> None:
    """Apply the state to the program, if it is not applied yet: that takes about 0.2 s."""
    app = QApplication.instance()
    if not isinstance(app, QApplication):
        return
    dark = _state.choice == "dark"
    if _state.choice == "system":
        dark = QGuiApplication.styleHints().colorScheme() == Qt.ColorScheme.Dark
    _state.theme = DARK if dark else LIGHT
    if _state.applied == (_state.theme, _state.scale):
        return
    _state.applied = (_state.theme, _state.scale)
    windows = [window for window in app.topLevelWidgets() if window.isVisible()]
    for window in windows:
        window.setUpdatesEnabled(False)
    app.setStyleSheet("")  # to go straight from one sheet to another takes four times as long
    app.setPalette(_palette(_state.theme))
    app.setFont(font())
    app.setStyleSheet(_stylesheet(_state.theme, _state.scale))
    _apply_to_widgets()
    for window in windows:
        window.setUpdatesEnabled(True)


def _apply_to_widgets() -> None:
    for widget in sorted(QApplication.allWidgets(), key=_depth, reverse=True):  # some measure what is in them
        if (apply_theme := getattr(widget, "apply_theme", None)) is not None:
            apply_theme()
            widget.update()


def _depth(widget: QWidget) -> int:
    parent = widget.parentWidget()
    return 0 if parent is None else 1 + _depth(parent)


def _load_fonts() -> None:
    app_font = QGuiApplication.font().family()
    shipped: list[str] = []
    for file in sorted(paths.resource("fonts").iterdir()):
        if file.suffix in (".ttf", ".otf", ".ttc"):
            number = QFontDatabase.addApplicationFont(str(file))
            shipped += QFontDatabase.applicationFontFamilies(number) if number >= 0 else []
    regular = [name for name in dict.fromkeys(shipped) if not name.startswith("Inter ")]  # "Inter Medium" is a weight
    _state.families = list(dict.fromkeys([*sorted(regular, key=lambda name: name != "Inter"), app_font]))


@lru_cache(maxsize=8)
def ramp(*stops: str) -> NDArray[np.uint8]:
    """Return 256 colours, (256, 3), interpolated between equally spaced stops (``#rrggbb``)."""
    points = np.array([[c.red(), c.green(), c.blue()] for c in map(QColor, stops)], dtype=float)
    at = np.linspace(0, len(stops) - 1, 256)
    table = np.stack([np.interp(at, np.arange(len(stops)), points[:, k]) for k in range(3)], axis=1)
    result = np.round(table).astype(np.uint8)
    result.setflags(write=False)
    return result


def _palette(theme: Theme) -> QPalette:
    role, group = QPalette.ColorRole, QPalette.ColorGroup
    palette = QPalette()
    pairs = {
        role.Window: theme.window,
        role.WindowText: theme.text,
        role.Base: theme.panel,
        role.AlternateBase: theme.field,
        role.Text: theme.text,
        role.Button: theme.panel,
        role.ButtonText: theme.text,
        role.ToolTipBase: theme.text,
        role.ToolTipText: theme.panel,
        role.PlaceholderText: theme.faint,
        role.Highlight: theme.accent,
        role.HighlightedText: theme.on_accent,
        role.Link: theme.accent_text,
        role.LinkVisited: theme.accent_text,
        role.BrightText: theme.bad,
        role.Light: theme.hover,
        role.Midlight: theme.hover,
        role.Mid: theme.border,
        role.Dark: theme.strong_border,
        role.Shadow: theme.strong_border,
    }
    for key, value in pairs.items():
        palette.setColor(key, QColor(value))
    for key in (role.WindowText, role.Text, role.ButtonText):
        palette.setColor(group.Disabled, key, QColor(theme.faint))
    return palette


def _stylesheet(theme: Theme, factor: float) -> str:
    text = paths.resource("styles", "window.qss").read_text(encoding="utf-8")
    filled = Template(text).substitute(vars(theme), icons=paths.resource("icons").as_posix())
    return re.sub(r"\b(\d+)sp\b", lambda match: f"{round(int(match[1]) * factor)}px", filled)

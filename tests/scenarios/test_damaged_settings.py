"""Whatever stands in the file of the settings, the window opens."""

import json
from pathlib import Path

import pytest
from PySide6.QtCore import QCoreApplication, QEvent
from pytestqt.qtbot import QtBot

from playground import app
from playground.runtime.preferences import Preferences

DEEP = "[" * 100_000
HUGE = json.dumps({"data": "spiral"})[:-1] + ', "training": {"batch_size": 1' + 400 * "0" + "}}"
VALUES = {
    "folded": [DEEP, "{}", '[[1], "nowhere", "data_panel"]', "\x00", '["' + "x" * 100_000 + '"]'],
    "last_experiment": [DEEP, HUGE, '{"seed": ' + "1" * 5_000 + "}", "\x1b[31m", '{"data": {"name": "csv"}}'],
    "recent_files": [DEEP, "{}", '[1, null, "/<img src=x>"]', '["' + "x" * 100_000 + '"]', '["\\u0000"]'],
    "speed": ["1e400", "-1", "nan", "1" * 5_000, DEEP],
    "geometry": ["AAAA", "%%%", "é", "A" * 100_000],
    "layout": ["AAAA", "%%%", "/////w==", "A" * 100_000],
    "theme": ["pink", DEEP],
    "language": ["xx", DEEP],
    "presenter": ["perhaps"],
    "file_folder": ["\x00", "x" * 100_000, "<img src=x>"],
}


@pytest.mark.parametrize("turn", range(max(map(len, VALUES.values()))))
def test_settings_that_make_no_sense_are_passed_over(qtbot: QtBot, tmp_path: Path, turn: int) -> None:
    settings = Preferences(tmp_path / "settings.ini")
    for name, values in VALUES.items():
        settings.file.setValue(name, values[turn % len(values)])
    settings.sync()
    window = app.create_window(None, Preferences(settings.path))
    try:
        window.show()
        qtbot.waitUntil(lambda: window.area.is_painted)
        assert window.isVisible()
    finally:
        window.close()
        window.deleteLater()
        QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete.value)

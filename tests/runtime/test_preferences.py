import pytest

from playground.runtime.preferences import Preferences
from playground.runtime.speed import AUTO


@pytest.fixture
def path(tmp_path):
    return tmp_path / "playground.ini"


def test_defaults_where_nothing_was_saved(path):
    preferences = Preferences(path)
    assert preferences.theme == "system"
    assert preferences.language == "system"
    assert preferences.geometry == b""
    assert preferences.speed == AUTO
    assert preferences.presenter is False


def test_what_is_set_is_there_in_the_next_program(path):
    first = Preferences(path)
    first.theme = "dark"
    first.language = "zh_CN"
    first.geometry = bytes(range(256))
    first.last_experiment = '{"name": "网络, a=1; @x \\"y\\""}\n'
    first.speed = 2.5
    first.presenter = True
    first.sync()
    second = Preferences(path)
    assert second.theme == "dark"
    assert second.language == "zh_CN"
    assert second.geometry == bytes(range(256))
    assert second.last_experiment == '{"name": "网络, a=1; @x \\"y\\""}\n'
    assert second.speed == 2.5
    assert second.presenter is True
    second.speed = None
    assert Preferences(path).speed is None


@pytest.mark.parametrize(
    ("name", "nonsense"),
    [
        ("theme", "purple"),
        ("theme", "dark, light"),
        ("language", "klingon"),
        ("geometry", "%%%"),
        ("layout", "@ByteArray(\\xff)"),
        ("speed", "nan"),
        ("speed", "-1"),
        ("speed", "fast"),
        ("presenter", "perhaps"),
    ],
)
def test_nonsense_in_the_file_counts_as_the_default(path, name, nonsense):
    path.write_text(f"[General]\n{name}={nonsense}\n", encoding="utf-8")
    assert getattr(Preferences(path), name) == vars(Preferences)[name].default


def test_a_file_of_noise_is_no_obstacle(path):
    path.write_bytes(bytes(range(256)) * 20)
    preferences = Preferences(path)
    assert preferences.theme == "system"
    preferences.theme = "light"
    assert preferences.theme == "light"


def test_a_folder_that_cannot_be_written_is_no_obstacle(tmp_path):
    (tmp_path / "file").write_text("not a folder", encoding="utf-8")
    preferences = Preferences(tmp_path / "file" / "playground.ini")
    preferences.theme = "dark"
    preferences.sync()
    assert preferences.theme == "dark"

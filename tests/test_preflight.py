"""What is asked before Qt is imported; each answer is a sentence, never an abort."""

import os
import shutil
import subprocess
import sys

import pytest

from playground import preflight
from tests.house.source import ROOT

linux = pytest.mark.skipif(not sys.platform.startswith("linux"), reason="only Linux has anything to check")


@pytest.fixture
def bare(monkeypatch: pytest.MonkeyPatch) -> pytest.MonkeyPatch:
    """Return a way to set the environment, from which all that names a display is gone."""
    for name in ("DISPLAY", "WAYLAND_DISPLAY", "XDG_SESSION_TYPE", "QT_QPA_PLATFORM"):
        monkeypatch.delenv(name, raising=False)
    for libraries in (preflight.LIBRARIES, preflight.X_LIBRARIES):
        for name in list(libraries):
            monkeypatch.delitem(libraries, name)  # whatever this machine has
    return monkeypatch


@linux
@pytest.mark.parametrize("platform", ["xcb", "wayland", "wayland;xcb"])
def test_no_display_and_one_that_does_not_answer_are_noticed(bare: pytest.MonkeyPatch, platform: str) -> None:
    assert not preflight.has_display()
    bare.setenv("QT_QPA_PLATFORM", platform)
    bare.setenv("DISPLAY", ":987")
    bare.setenv("WAYLAND_DISPLAY", "wayland-987")
    assert not preflight.has_display()


@pytest.mark.parametrize("platform", ["offscreen", "minimal", "offscreen:size=800x600"])
def test_a_platform_without_a_screen_needs_none(bare: pytest.MonkeyPatch, platform: str) -> None:
    bare.setenv("QT_QPA_PLATFORM", platform)
    assert preflight.has_display()
    assert preflight.missing_libraries() is None


@linux
def test_a_display_that_answers_is_found(bare: pytest.MonkeyPatch) -> None:
    server = shutil.which("Xvfb")
    if server is None:
        pytest.skip("needs Xvfb to ask")
    reads, writes = os.pipe()
    with subprocess.Popen([server, "-displayfd", str(writes)], pass_fds=[writes], stderr=subprocess.DEVNULL) as running:
        os.close(writes)
        with os.fdopen(reads) as answer:
            number = answer.readline().strip()
            if not number:
                pytest.skip("needs an Xvfb that starts")
            bare.setenv("DISPLAY", f":{number}")
        try:
            assert preflight.has_display()
        finally:
            running.terminate()


@linux
def test_a_missing_library_is_named_with_its_package_and_those_of_x_only_with_a_screen(
    bare: pytest.MonkeyPatch,
) -> None:
    bare.setitem(preflight.X_LIBRARIES, "libx.so.7", "libx7")
    assert preflight.missing() == {"libx.so.7": "libx7"}
    bare.setenv("QT_QPA_PLATFORM", "offscreen")
    bare.setitem(preflight.LIBRARIES, "libnowhere.so.7", "libnowhere7")
    bare.setitem(preflight.LIBRARIES, "libelsewhere.so.1", "libelsewhere1")
    sentence = preflight.missing_libraries()
    assert "libnowhere.so.7, libelsewhere.so.1" in sentence
    assert sentence.endswith("apt-get install libnowhere7 libelsewhere1")


def test_other_systems_bring_everything(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(preflight.LIBRARIES, "libnowhere.so.7", "libnowhere7")
    monkeypatch.setattr(preflight.sys, "platform", "win32")
    assert preflight.has_display()
    assert preflight.missing() == {}


def _alone(code: str, *arguments: str, **variables: str) -> subprocess.CompletedProcess[str]:
    """Run Python in a process for which a library is missing, so that Qt cannot be imported."""
    lacking = """
import sys
from playground import preflight
from tests.house.source import ROOT
preflight.LIBRARIES["libnowhere.so.7"] = "libnowhere7"
sys.modules["PySide6"] = sys.modules["shiboken6"] = None
"""
    environment = {**os.environ, "QT_QPA_PLATFORM": "offscreen", **variables}
    command = [sys.executable, "-c", lacking + code, *arguments]
    return subprocess.run(command, cwd=ROOT, env=environment, capture_output=True, text=True, timeout=100, check=False)


@linux
def test_without_qts_libraries_the_run_command_trains_in_the_terminal_and_names_the_packages() -> None:
    ran = _alone("""
from playground.__main__ import main
status = main(["and-gate"])
print("\\nthen a picture:", file=sys.stderr)
sys.exit((status, main(["picture", "and-gate", "--out", "x.png"])) != (0, 2))
""")
    assert ran.returncode == 0, ran.stderr
    trained, picture = ran.stderr.split("then a picture:")
    assert "and-gate is trained here instead" in trained
    assert "10,000" in ran.stdout
    for said in (trained, picture):
        assert "apt-get install libnowhere7" in said
        assert "Traceback" not in said


@linux
def test_without_qts_libraries_the_tests_that_need_no_qt_run() -> None:
    chosen = "'-k', 'riddle', 'tests/house/test_words.py'"
    options = f"['-q', '-p', 'no:cacheprovider', {chosen}]"
    ran = _alone(f"import pytest; sys.exit(pytest.main({options}))")
    assert ran.returncode == 0, ran.stdout
    assert "passed" in ran.stdout
    assert ran.stdout.count("apt-get install libnowhere7") == 1
    assert "house/test_translations.py" in ran.stdout.partition("Left out, since it needs Qt: ")[2]


@pytest.mark.parametrize("asked", ["nosuch", "nosuch;another:size=1x1", "<img src='x'>"])
def test_an_unknown_platform_is_a_sentence_with_those_there_are(bare: pytest.MonkeyPatch, asked: str) -> None:
    bare.setenv("QT_QPA_PLATFORM", asked)
    sentence = preflight.unknown_platform()
    assert sentence is not None
    assert "known are " in sentence
    assert "offscreen" in sentence


@pytest.mark.parametrize(
    "asked", ["", "offscreen", "OFFSCREEN", "minimal", "nosuch;offscreen", "offscreen:size=800x600"]
)
def test_a_platform_that_qt_has_is_none_to_complain_of(bare: pytest.MonkeyPatch, asked: str) -> None:
    bare.setenv("QT_QPA_PLATFORM", asked)
    assert preflight.unknown_platform() is None


@linux
def test_a_platform_that_does_not_start_is_a_sentence(bare: pytest.MonkeyPatch) -> None:
    bare.setenv("QT_QPA_PLATFORM", "eglfs")
    bare.setattr(preflight, "_starts", lambda: False)
    sentence = preflight.unknown_platform()
    assert sentence is not None
    assert "eglfs" in sentence
    assert "which does not start here" in sentence


def test_an_unknown_platform_ends_with_status_2_and_no_abort() -> None:
    command = [sys.executable, "-m", "playground", "xor-gate"]
    environment = {**os.environ, "QT_QPA_PLATFORM": "nosuch"}
    ran = subprocess.run(command, cwd=ROOT, env=environment, capture_output=True, text=True, timeout=60, check=False)
    assert ran.returncode == 2
    assert ran.stdout == ""
    assert ran.stderr.count("\n") == 1
    assert ran.stderr.startswith("playground: QT_QPA_PLATFORM asks for ")
    assert "nosuch" in ran.stderr

"""What is asked before Qt is imported; each answer is a sentence, never an abort."""

import os
import shutil
import subprocess
import sys

import pytest

from playground import preflight

linux = pytest.mark.skipif(not sys.platform.startswith("linux"), reason="only Linux has anything to check")


@pytest.fixture
def bare(monkeypatch: pytest.MonkeyPatch) -> pytest.MonkeyPatch:
    """Return a way to set the environment, from which all that names a display is gone."""
    for name in ("DISPLAY", "WAYLAND_DISPLAY", "XDG_SESSION_TYPE", "QT_QPA_PLATFORM"):
        monkeypatch.delenv(name, raising=False)
    return monkeypatch


@linux
def test_no_display_is_noticed(bare: pytest.MonkeyPatch) -> None:
    assert not preflight.has_display()


@linux
@pytest.mark.parametrize("platform", ["xcb", "wayland", "wayland;xcb"])
def test_a_display_that_does_not_answer_is_noticed(bare: pytest.MonkeyPatch, platform: str) -> None:
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
            bare.setenv("DISPLAY", f":{answer.readline().strip()}")
        try:
            assert preflight.has_display()
        finally:
            running.terminate()


@linux
def test_a_missing_library_is_named_with_its_package(bare: pytest.MonkeyPatch) -> None:
    bare.setenv("QT_QPA_PLATFORM", "offscreen")
    bare.setitem(preflight.LIBRARIES, "libnowhere.so.7", "libnowhere7")
    bare.setitem(preflight.LIBRARIES, "libelsewhere.so.1", "libelsewhere1")
    sentence = preflight.missing_libraries()
    assert sentence is not None
    assert "libnowhere.so.7, libelsewhere.so.1" in sentence
    assert sentence.endswith("apt-get install libnowhere7 libelsewhere1")


@linux
def test_the_libraries_of_x_are_asked_for_only_with_a_screen(bare: pytest.MonkeyPatch) -> None:
    bare.setitem(preflight.X_LIBRARIES, "libnowhere.so.7", "libnowhere7")
    assert "libnowhere.so.7" in preflight.missing()
    bare.setenv("QT_QPA_PLATFORM", "offscreen")
    assert "libnowhere.so.7" not in preflight.missing()


def test_other_systems_bring_everything(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(preflight.LIBRARIES, "libnowhere.so.7", "libnowhere7")
    monkeypatch.setattr(preflight.sys, "platform", "win32")
    assert preflight.has_display()
    assert preflight.missing() == {}

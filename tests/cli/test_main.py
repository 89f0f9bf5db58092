"""The way in: which command, which exit status, and an error as one sentence."""

import argparse
import errno
import os
import shlex
import signal
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from playground import __version__, language
from playground.cli import main as entry
from playground.registry import UserError
from tests.cli.conftest import Playground, no_window
from tests.house.source import ROOT
from tests.without_qt import needs_qt


def _process(*argv: str, **options: object) -> subprocess.CompletedProcess[str]:
    """Run the program in a process of its own."""
    command = [sys.executable, "-m", "playground", *argv]
    return subprocess.run(command, cwd=ROOT, capture_output=True, text=True, timeout=60, check=False, **options)


@pytest.mark.parametrize(
    "argv",
    [
        ("run", "nowhere"),
        ("run", "and-gate", "--set", "training.learning_rate=fast"),
        ("run", "and-gate", "--set", "network.hidden[3]=4"),
        ("run", "and-gate", "--set", "network.depth=4"),
        ("run", "and-gate", "--set", "training"),
        ("run", "and-gate", "--set", "seed.part=1"),
        ("run", "and-gate", "--speed", "9"),
        ("run",),
        ("check", "nowhere"),
        ("replay", "nowhere"),
        ("fetch", "spiral"),
        ("fetch", "mnist", "--from", "nowhere"),
        ("picture", "spiral"),
        ("picture", "spiral", "--out", "a.png", "--size", "big"),
        ("picture", "spiral", "--out", "a.png", "--size", "7681x900"),
        ("picture", "spiral", "--out", "a.png", "--steps", "-1"),
        ("picture", "spiral", "--out", "a.png", "--steps", "1e3"),
        ("picture", "spiral", "--out", "a.png", "--steps", "9" * 5_000),
        ("picture", "spiral", "--out", "a.png", "--theme", "pink"),
        ("nowhere",),
        ("--what",),
        ("runn", "and-gate"),
        ("run", "."),
        ("run", "and-gate", "--set", 'data={"name": "spiral", "noise": NaN}'),
        ("run", "and-gate", "--set", "data=[["),
        ("run", "and-gate", "--set", "name=\udcff"),
        ("run", "and-gate", "--set", ".".join("a" * 5000) + "=1"),
        ("run", "and-gate", "--set", 'data={"name": "csv", "path": "/nowhere.csv"}'),
        ("run", "and-gate", "--set", 'data={"name": "csv", "path": "a\\u0000b"}'),
        ("run", "and-gate", "--set", "training.stop.steps=1", "--out", "."),
        ("fetch", "mnist", "--from", "http://[::1"),
    ],
)
def test_bad_input_is_one_sentence_and_status_2(playground: Playground, argv: tuple[str, ...]) -> None:
    answer = playground(*argv)
    assert answer.status == 2
    assert answer.out == ""
    lines = [line for line in answer.err.splitlines() if line.startswith("playground: ")]
    assert len(lines) == 1
    assert "Traceback" not in answer.err


@pytest.mark.parametrize(
    ("argv", "meant"),
    [
        (("run", "AND-GATE"), "and-gate"),
        (("runn", "and-gate"), "run"),
        (("lst",), "list"),
        (("replay", "and-gat"), "and-gate"),
        (("fetch", "mnst"), "mnist"),
        (("run", "and-gate", "--set", "trainin.l1=0"), "training"),
        (("run", "and-gate", "--set", "network.activation=sigmod"), "sigmoid"),
    ],
)
def test_unknown_names_come_with_the_one_that_was_probably_meant(
    playground: Playground, argv: tuple[str, ...], meant: str
) -> None:
    assert f"Did you mean {meant}?" in playground(*argv).err


def test_debug_shows_where_an_error_came_from(playground: Playground) -> None:
    with pytest.raises(UserError):
        playground("run", "nowhere", "--debug")


def test_a_fault_of_the_program_is_a_sentence_and_status_1(
    playground: Playground, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(entry.listing, "GROUPS", None)
    answer = playground("list")
    assert answer.status == 1
    assert "--debug" in answer.err
    assert "Traceback" not in answer.err


def test_ctrl_c_is_no_traceback(playground: Playground, monkeypatch: pytest.MonkeyPatch) -> None:
    def interrupted(*_: object) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr(entry.listing, "_described", interrupted)
    answer = playground("list", "--json")
    assert (answer.status, answer.err) == (130, "playground: Stopped.\n")


@pytest.mark.skipif(sys.platform == "win32", reason="the exit status is that of POSIX")
def test_ctrl_c_while_modules_are_imported_ends_the_process_at_once() -> None:
    code = """
import signal, sys
class Interrupting:
    def find_spec(self, name, path=None, target=None):
        if name == "playground.experiment.config.presets":
            signal.raise_signal(signal.SIGINT)
sys.meta_path.insert(0, Interrupting())
from playground.__main__ import main
sys.exit(main(["run", "and-gate"]))
"""
    ran = subprocess.run([sys.executable, "-c", code], cwd=ROOT, capture_output=True, timeout=60, check=False)
    assert (ran.returncode, ran.stdout, ran.stderr) == (-signal.SIGINT, b"", b"")


def test_the_version_and_the_help_are_told(capsys: pytest.CaptureFixture[str]) -> None:
    shown = []
    for option in ("--version", "--help"):
        with pytest.raises(SystemExit) as end:
            entry.main([option], no_window())
        assert end.value.code == 0
        shown.append(capsys.readouterr().out)
    assert shown[0] == f"playground {__version__}\n"
    assert all(f"    {module.NAME} " in shown[1] for module in entry.COMMANDS)


def test_a_reader_that_has_had_enough_is_no_error() -> None:
    reads, writes = os.pipe()
    os.close(reads)
    command = [sys.executable, "-m", "playground", "list"]
    with os.fdopen(writes, "w") as closed:
        ran = subprocess.run(command, cwd=ROOT, stdout=closed, stderr=subprocess.PIPE, timeout=60, check=False)
    assert (ran.returncode, ran.stderr) == (0, b"")


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="needs a full device")
def test_a_full_disk_is_a_sentence() -> None:
    command = [sys.executable, "-m", "playground", "list"]
    with Path("/dev/full").open("w", encoding="utf-8") as full:
        ran = subprocess.run(command, cwd=ROOT, stdout=full, stderr=subprocess.PIPE, timeout=60, check=False)
    assert ran.returncode == 2
    assert ran.stderr == b"playground: The disk is full: make room, or write to another place.\n"


@pytest.mark.skipif(os.name != "posix", reason="closes its outputs as shells do")
def test_closed_outputs_are_no_error() -> None:
    line = f"{shlex.quote(sys.executable)} -m playground run and-gate --set training.stop.steps=2 1>&- 2>&-"
    ran = subprocess.run(["sh", "-c", line], cwd=ROOT, capture_output=True, timeout=60, check=False)
    assert ran.returncode == 0


def test_the_result_is_told_where_its_file_cannot_be_written(
    playground: Playground, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    out = tmp_path / "report.json"
    out.write_text("kept", encoding="utf-8")

    def full(_descriptor: int) -> None:
        raise OSError(errno.ENOSPC, "No space left on device")

    monkeypatch.setattr(os, "fsync", full)
    answer = playground("run", "and-gate", "--set", "training.stop.steps=2", "--out", str(out), "--json")
    assert answer.status == 2
    assert "No space left" in answer.err
    assert answer.json["steps"] == 2
    assert [(file.name, file.read_text(encoding="utf-8")) for file in tmp_path.iterdir()] == [("report.json", "kept")]


@needs_qt
def test_the_window_opens_where_no_command_is_named(playground: Playground, tmp_path: Path) -> None:
    file = tmp_path / "mine.json"
    file.write_text('{"name": "mine"}')
    assert playground().opened == [None]
    assert playground("xor-gate").opened[0].name == "xor-gate"
    assert playground(str(file)).opened[0].name == "mine"
    assert playground("window", "xor-gate").opened[0].name == "xor-gate"


@pytest.mark.skipif(not sys.platform.startswith("linux"), reason="elsewhere there always is a display")
def test_without_a_display_it_says_so_and_trains_in_the_terminal() -> None:
    unwanted = ("DISPLAY", "WAYLAND_DISPLAY", "XDG_SESSION_TYPE", "QT_QPA_PLATFORM")
    ran = _process(env={key: value for key, value in os.environ.items() if key not in unwanted})
    assert ran.returncode == 0
    assert "There is no display" in ran.stderr
    assert ran.stdout.startswith("experiment  spiral\nsteps")


def test_the_language_is_that_of_the_system(playground: Playground, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("LANG", "zh_CN.UTF-8")
    assert "学习" in playground("list").out


@pytest.fixture
def chinese(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    monkeypatch.setenv("LANGUAGE", "zh_CN")
    yield
    language.use("en")


@pytest.mark.parametrize("command", [(), *((module.NAME,) for module in entry.COMMANDS)])
def test_the_whole_help_is_in_the_language_in_use(
    chinese: None, command: tuple[str, ...], capsys: pytest.CaptureFixture[str]
) -> None:
    with pytest.raises(SystemExit) as end:
        entry.main([*command, "--help"], no_window())
    assert end.value.code == 0
    shown = capsys.readouterr().out
    assert shown.startswith("用法：playground")
    assert "选项:" in shown
    assert "显示这段帮助并退出" in shown
    assert not [text for text in (*entry.ARGPARSE_TEXTS, "show program's version number and exit") if text in shown]


@pytest.mark.parametrize(
    ("argv", "said"),
    [
        (("run",), "缺少以下参数：ID|文件；请看 playground run --help。"),
        (("picture", "spiral", "--out", "x.png", "--theme", "blue"), "参数 --theme：没有 'blue' 这个选项"),
        (
            ("picture", "spiral", "--out", "x.png", "--steps", "few"),
            "--steps 需要 0 到 1,000,000,000,000 之间的整数",
        ),
        (("run", "spiral", "--fast"), "无法识别的参数：--fast"),
        (("run", "spiral", "--set"), "参数 --set：需要一个值"),
        (("run", "spiral", "--json=5"), "参数 --json：此选项不接受值 '5'"),
    ],
)
def test_what_is_wrong_with_the_words_is_said_in_the_language_in_use(
    chinese: None, playground: Playground, argv: tuple[str, ...], said: str
) -> None:
    answer = playground(*argv)
    assert answer.status == 2
    assert answer.err.startswith(f"playground: {said}")


def test_argparse_keeps_its_own_language_for_others(chinese: None, playground: Playground) -> None:
    playground("run")
    assert "usage: " in argparse.ArgumentParser(prog="other").format_usage()

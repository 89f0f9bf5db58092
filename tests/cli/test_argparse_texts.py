"""What is said of wrong words, in the language in use."""

import argparse
from collections.abc import Iterator

import pytest

from playground import language
from playground.cli import main as entry
from playground.cli.argparse_texts import TEXTS
from tests.cli.conftest import Playground, no_window


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
    assert not [text for text in (*TEXTS, "show program's version number and exit") if text in shown]


@pytest.mark.parametrize(
    ("argv", "said"),
    [
        (("run",), "缺少以下参数：ID|文件；请看 playground run --help。"),
        (("picture", "spiral", "--out", "x.png", "--theme", "blue"), "参数 --theme：没有 'blue' 这个选项"),
        (("picture", "spiral", "--out", "x.png", "--steps", "few"), "参数 --steps：无效的 int 值：'few'"),
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

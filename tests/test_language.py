"""Texts in the language in use."""

import pytest

from playground import language
from playground.language import _, ngettext, sentences


def test_texts_follow_the_language_and_english_needs_no_catalogue() -> None:
    language.use("zh_CN")
    assert language.current() == "zh_CN"
    assert _("Loss") == "损失"
    language.use("en")
    assert _("Loss") == "Loss"
    assert [ngettext("{n} row", "{n} rows", n) for n in (1, 2)] == ["{n} row", "{n} rows"]


def test_sentences_follow_one_another_as_the_language_writes_them() -> None:
    assert sentences("One.", "", "Two.") == "One. Two."
    language.use("zh_CN")
    assert sentences("一。", "", "二。") == "一。二。"
    language.use("en")


@pytest.mark.parametrize(("asked", "code"), [("zh_CN.UTF-8", "zh_CN"), ("de_DE", "en"), ("C", "en")])
def test_the_system_s_language_is_understood(monkeypatch: pytest.MonkeyPatch, asked: str, code: str) -> None:
    monkeypatch.setenv("LANG", asked)
    assert language.system() == code


def test_an_unknown_language_is_refused_by_name() -> None:
    with pytest.raises(ValueError, match="no language 'xx'; there are en"):
        language.use("xx")

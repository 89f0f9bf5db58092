"""The word that was probably meant."""

from playground import language
from playground.suggestions import did_you_mean, nearest


def test_a_near_miss_is_found_whatever_its_capitals_and_nonsense_is_not() -> None:
    known = ("spiral", "xor-gate", "Digits")
    assert nearest("SPIRALL", known) == "spiral"
    assert nearest("digts", known) == "Digits"
    assert nearest("qqqq", known) is None
    assert nearest("spiral" * 100, known) is None
    assert did_you_mean("xor-gat", known) == " Did you mean xor-gate?"
    assert did_you_mean("qqqq", known) == ""
    language.use("zh_CN")
    assert did_you_mean("xor-gat", known) == "您是不是想用 xor-gate？"

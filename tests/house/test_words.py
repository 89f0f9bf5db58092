"""What a user reads is plain and uses one word for one thing: words that once stood there do not come back."""

import ast
import gettext
import re
from collections.abc import Iterator

from playground import paths
from tests.house.source import nodes

MARKS = {"_": 1, "N_": 1, "ngettext": 2}

ENGLISH = {
    r"\b(an?|one) (row|unit|weight|layer|pixel|column|step|sample|second) (a|an) \w+": "per",
    r"\b(number|row|list|text|weight|input|histogram)s?,? (one|\d+) an? (row|unit|pixel|layer|column|line)": "per",
    r"\bone an? (row|unit|pixel|layer|column|line)\b": "one per …",
    r"\b(steps|rows|weights|parameters|gradient|µs) an? (second|step|weight|layer)\b": "per",
    r"\b(training|test|train) rows?\b": "samples; rows are those of a table or a matrix",
    r"\brows? (at once|looked at|checked)\b": "samples",
    r"\bfirst weights\b": "initial weights",
    r"\bgives? out\b": "output",
    r"\btake apart\b|\btaken apart\b|\btakes one step apart\b": "show in slow motion",
    r"\bsurest\b|\bhow sure\b": "confident",
    r"\btruly\b": "true class",
    r"\bleft all bounds\b|\bgrew without bounds\b": "overflowed, grew without bound",
    r"\bdrawn anew\b": "with replacement",
    r"^step on$": "batch gradient",
    r"\bstray": "moved at random",
    r"\ball chance\b": "random",
    r"\bby itself\b": "automatically",
    r"(?<!are )\ball the same\b|\boff they go\b|\bbegins anew\b": "plain words",
    r"\bthrows? it about\b|\bshaky\b|\bkin\b|\bdrowns?\b": "plain words",
    r"\bsurprised\b": "−ln of a probability",
    r"\btells? the way\b|\bpromises\b": "a gradient points uphill",
    r"\bone answer for all\b": "always the same answer",
    r"\bends of (their|its|the) range\b": "saturated, flat",
    r"\bthe one over the other\b": "ratio",
    r"\bbelong there\b": "belong to it",
    r"\bweighs?\b(?! and height)": "direction",
    r"\bspreads? most beside\b": "widest other direction",
    r"\bpaper\b|\brubs? out\b": "drawing area, erase",
    r"\bhands? (it|its|the|over|down)\b": "pass",
    r"\bbeing told|\bis told\b": "plain words",
    r"(?<!\{)\boptimizer": "optimiser, as in the other words",
}
"""What must not stand in an English text, and what to write."""

CHINESE = {
    r"单元(?!格)": "神经元",
    r"与门|或门|异或门": "AND 门",
    r"(?<![a-zA-Z])[Dd]elta": "误差项 δ",
    r"慢动作": "逐步演示",
    r"隐藏空间": "隐藏层空间",
    r"比赛": "初值对比",
    r"感受野": "权重图案",
    r"按?播放(或重置|继续|开始|会|从)": "按“开始”",
    r"训练行|测试行|[一1单] ?行(做|数据做)": "样本",
    r"随机抽取（|^随机抽取$": "有放回抽取",
    r"用近期梯度的大小除以": "除以近期梯度的大小",
    r"向所有(单元|神经元)学习": "由误差共同更新",
    r"步长依据": "批内梯度",
}


def english() -> Iterator[tuple[str, str]]:
    """Yield every marked text with the module it stands in."""
    for name, node in nodes():
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id in MARKS:
            for text in node.args[: MARKS[node.func.id]]:
                if isinstance(text, ast.Constant) and isinstance(text.value, str):
                    yield name, text.value
    for page in paths.resource("pages").glob("*.en.md"):
        yield page.name, re.sub(r"`[^`]*`", "", page.read_text(encoding="utf-8"))


def chinese() -> Iterator[tuple[str, str]]:
    """Yield every translation with its English text."""
    with paths.resource("i18n", "zh_CN", "LC_MESSAGES", "playground.mo").open("rb") as file:
        for key, text in gettext.GNUTranslations(file)._catalog.items():
            if key:
                yield str(key), text
    for page in paths.resource("pages").glob("*.zh_CN.md"):
        yield page.name, re.sub(r"`[^`]*`", "", page.read_text(encoding="utf-8"))


def found(texts: Iterator[tuple[str, str]], forbidden: dict[str, str]) -> list[str]:
    """Return what is wrong, and what to write."""
    rules = [(re.compile(pattern, re.IGNORECASE), better) for pattern, better in forbidden.items()]
    return [
        f"{where}: “{hit[0]}” in “{text[:120]}” → {better}"
        for where, text in texts
        for rule, better in rules
        if (hit := rule.search(text))
    ]


def test_no_riddle_stands_in_an_english_text() -> None:
    riddles = (
        "784 weights, one a pixel",
        "Share of the test rows that come out right",
        "Step on",
        "What they give out",
    )
    assert all(found(iter([("somewhere", text)]), ENGLISH) for text in riddles)
    plain = ("4 rows of the table", "one sample per line", "a step downhill", "pass the error back")
    assert not found(iter([("somewhere", text) for text in plain]), ENGLISH)
    wrong = found(english(), ENGLISH)
    assert not wrong, "\n".join(wrong)


def test_chinese_has_one_word_for_one_thing_and_no_literal_turns() -> None:
    wrong = found(chinese(), CHINESE)
    assert not wrong, "\n".join(wrong)

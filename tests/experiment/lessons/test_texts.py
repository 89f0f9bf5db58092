"""The words of a lesson out of Markdown."""

from playground.experiment.lessons import texts

TEXT = """# Title
Summary.

## one
Some words with **marks**.

### Options
- a: First
- b：第二

### Why
On all data.

### Why: digits
On digits: {loss}, {other}.

### Hint
One.

### Hint
Two.
"""


def test_a_text_is_cut_at_its_headings() -> None:
    read = texts.read(TEXT)
    assert (read.title, read.summary) == ("Title", "Summary.")
    step = read.steps["one"]
    assert step.text == "Some words with **marks**."
    assert step.entries("Options") == {"a": "First", "b": "第二"}
    assert step.hints == ("One.", "Two.")
    assert step.part("Why") == "On all data."
    assert step.part("Why", "digits").startswith("On digits")
    assert step.part("Goal") == ""


def test_only_figures_are_put_into_a_text() -> None:
    words = "{loss} {other} {loss.__class__} {0}"
    assert texts.with_figures(words, {"loss": "0.1"}) == "0.1 {other} {loss.__class__} {0}"


def test_formulas_are_found_and_told_from_other_pictures() -> None:
    text = "![s of z](formula:sigmoid) ![](none.png) ![](formula:../he)"
    assert texts.named_formulas(text) == {"sigmoid": "s of z", "../he": ""}
    assert texts.is_formula(" ![s of z](formula:sigmoid)")
    assert not texts.is_formula(text)
    assert "sigmoid" in texts.formulas()

"""What is written below images."""

import numpy as np

from playground.ui.predictions.text import captions, percent


def test_what_is_not_wholly_sure_never_looks_so() -> None:
    assert [percent(value) for value in (12.3, 98.6, 99.4, 99.6, 100.0)] == [
        "12 %",
        "99 %",
        "99.4 %",
        "99.6 %",
        "100 %",
    ]


def test_captions_name_output_truth_and_confidence() -> None:
    words = captions(
        ("a", "b"), np.array([4, 9]), np.array([0, 1]), np.array([0, 0]), np.array([0.9, 0.75]), with_confidence=True
    )
    assert words[0] == ("a 90 %", "b (a) 75 %")
    assert words[2] == (False, True)
    assert words[1][1] == "sample 10: output b (75 %), true a"

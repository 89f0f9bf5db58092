"""The columns of a table of samples."""

import numpy as np

from playground.ui.canvas.sample_columns import column_texts


def test_whole_numbers_have_no_point() -> None:
    assert column_texts(np.array([0.0, 1.0, -2.0]))(2) == "−2"
    assert column_texts(np.array([0.5, 1.0]))(1) == "1.0"
    assert column_texts(np.array([0.12346, 1.0]))(0) == "0.123"
    assert column_texts(np.array([0.12346, 0.9]))(0) == "0.1235"
    assert column_texts(np.array([82.6, 73.445]))(0) == "82.60"
    assert column_texts(np.array([1234567.5, 1e-3]))(0) == "1.235e+06"
    assert column_texts(np.array([0.0, np.nan]))(0) == "0"

import numpy as np

from tests.data.conftest import made, make


def test_the_digits_come_with_the_program() -> None:
    data = make("digits")
    assert data.x.shape == (1797, 64)
    assert data.x.dtype == np.uint8
    assert data.x.max() == 16
    # The counts and the first row that scikit-learn documents for load_digits.
    assert np.bincount(data.y).tolist() == [178, 182, 177, 183, 181, 182, 181, 179, 174, 180]
    assert data.x[0, :8].tolist() == [0, 0, 5, 13, 9, 1, 0, 0]
    assert data.y[:10].tolist() == list(range(10))


def test_pixels_stay_bytes_when_they_are_prepared_unless_they_are_standardised() -> None:
    data = made("digits", "softmax", np.float32)
    assert data.x_train.dtype == np.uint8
    assert data.x_scale == 1 / 16
    assert data.x_train is data.raw_train
    assert data.x_train.shape == (1438, 64)
    assert data.x_test.shape == (359, 64)
    assert data.t_train.dtype == np.float32
    assert data.bounds[0] == (0.0, 16.0)
    data = made("digits", "softmax", np.float32, standardise=True)
    assert (data.x_train.dtype, data.x_scale, data.raw_train.dtype) == (np.float32, 1.0, np.uint8)
    assert np.isfinite(data.x_train).all()

import pytest

from playground.ui.core import number_text


@pytest.mark.parametrize(
    ("value", "moves", "text"),
    [(12.0, False, "12"), (12.0, True, "12.0"), (12.34, False, "12.3"), (12.34, True, "12.3"), (100.5, True, "100")],
)
def test_the_epoch_keeps_its_decimal_while_it_moves(value: float, moves: bool, text: str) -> None:
    assert number_text.epoch(value, moves=moves) == text


@pytest.mark.parametrize(
    ("value", "digits", "text"),
    [(0.25, 6, "0.25"), (1e-5, 6, "1e-5"), (-1e-5, 6, "−1e-5"), (-1.2345, 2, "−1.2"), (3e20, 6, "3e20"), (0.0, 6, "0")],
)
def test_a_power_of_ten_is_written_without_zeros_before_it(value: float, digits: int, text: str) -> None:
    assert number_text.significant(value, digits) == text


@pytest.mark.parametrize(
    ("value", "text"),
    [
        (0.00122, "0.001220"),
        (0.0010951, "0.001095"),
        (1.0, "1.000"),
        (2345.0, "2345"),
        (0.0, "0.000"),
        (1e-7, "1.000e-7"),
    ],
)
def test_a_padded_number_has_all_its_digits(value: float, text: str) -> None:
    assert number_text.significant(value, 4, padded=True) == text

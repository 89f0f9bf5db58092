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

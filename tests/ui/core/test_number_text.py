import pytest

from playground.ui.core import number_text


@pytest.mark.parametrize(
    ("value", "moves", "text"),
    [(12.0, False, "12"), (12.0, True, "12.0"), (12.34, False, "12.3"), (12.34, True, "12.3"), (100.5, True, "100")],
)
def test_the_epoch_keeps_its_decimal_while_it_moves(value: float, moves: bool, text: str) -> None:
    assert number_text.epoch(value, moves=moves) == text

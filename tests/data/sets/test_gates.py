import pytest

from tests.data.conftest import made


@pytest.mark.parametrize(
    ("name", "outputs"),
    [("and", [0, 0, 0, 1]), ("or", [0, 1, 1, 1]), ("nand", [1, 1, 1, 0]), ("xor", [0, 1, 1, 0])],
)
def test_a_gate_has_its_four_rows_in_order(name: str, outputs: list[int]) -> None:
    data = made(name)
    assert data.x_train.tolist() == [[0, 0], [0, 1], [1, 0], [1, 1]]
    assert data.t_train[:, 0].tolist() == outputs
    assert data.x_test is None
    assert data.mean is None

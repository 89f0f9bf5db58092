import pytest

from playground.data.catalog import CATALOG
from playground.data.preparation import prepare


@pytest.mark.parametrize(
    ("name", "outputs"),
    [("and", [0, 0, 0, 1]), ("or", [0, 1, 1, 1]), ("nand", [1, 1, 1, 0]), ("xor", [0, 1, 1, 0])],
)
def test_a_gate_has_its_four_rows_in_order(name: str, outputs: list[int]) -> None:
    entry = CATALOG[name]
    options = entry.with_defaults({})
    data = prepare(entry.make(options, 42), options, 42, "sigmoid")
    assert data.x_train.tolist() == [[0, 0], [0, 1], [1, 0], [1, 1]]
    assert data.t_train[:, 0].tolist() == outputs
    assert data.x_test is None
    assert data.mean is None

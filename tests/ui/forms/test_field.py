"""Fields, and the lines that they stand in."""

import pytest

from playground.registry import Entry, Option
from playground.ui.forms.field import Field, Item, fields_of, in_lines

RATE = Field("training.learning_rate", "Rate", "How far.", low=0)
BATCH = Field("training.batch_size", "Batch", "How many.", "int", low=1, empty="all")
SAMPLING = Field("training.sampling", "Sampling", "How.", "choice", items=(Item("shuffle", "S"), Item("in-order", "O")))


def test_numbers_and_lists_share_lines_up_to_three() -> None:
    other = Field("data.standardise", "Standardise", "Whether.", "bool")
    assert in_lines([RATE, BATCH, SAMPLING, RATE, other, BATCH]) == (
        (RATE, BATCH, SAMPLING),
        (RATE,),
        (other,),
        (BATCH,),
    )


@pytest.mark.parametrize(("step", "kind"), [(0.1, "slider"), (0.001, "float"), (None, "float")])
def test_a_number_with_bounds_and_few_steps_slides(step: float | None, kind: str) -> None:
    option = Option("size", "float", 0.5, "Size", "A size.", low=0.0, high=1.0, step=step)
    entry = Entry("one", "One", "One.", None, (option,))
    assert [field.kind for field in fields_of(entry, "data", slides=True)] == [kind]
    assert [field.kind for field in fields_of(entry, "data")] == ["float"]

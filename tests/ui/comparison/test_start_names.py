"""Names of initial weights."""

import pytest

from playground.experiment.config.schema import InitialChoice
from playground.ui.comparison.race_chooser import start_name


@pytest.mark.parametrize(
    ("start", "name"),
    [
        (InitialChoice("constant", value=-2.5), "Constant −2.5"),
        (InitialChoice("uniform"), "Uniform −1 … 1"),
        ((InitialChoice("constant"), InitialChoice("zeros")), "Constant 1 · Zeros"),
        ((InitialChoice("xavier"), InitialChoice("xavier", bias="same")), "Xavier"),
    ],
)
def test_starts_have_names(start: object, name: str) -> None:
    assert start_name(start) == name  # type: ignore[arg-type]

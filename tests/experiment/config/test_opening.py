"""Which experiment a data set is opened with."""

from pathlib import Path

import numpy as np
import pytest

from playground.data.catalog import CATALOG
from playground.experiment.config import edits, opening, tables
from playground.experiment.config.presets import PRESETS
from playground.experiment.config.schema import DataChoice, ExperimentConfig
from playground.experiment.config.traits import remember, traits_of, traits_of_dataset
from playground.experiment.training.trainer import Trainer

NEED_OPTIONS = ("csv", "rows")


@pytest.mark.parametrize(
    ("data", "preset"),
    [
        ("and", "and-gate"),
        ("xor", "xor-gate"),
        ("people-4", "height-weight"),
        ("spiral", "spiral"),
        ("multi-gauss", "hills"),
        ("digits", "digits"),
        ("mnist", "mnist-two-layer"),
        ("fashion-mnist", "fashion"),
    ],
)
def test_data_open_as_their_ready_made_experiment(data: str, preset: str) -> None:
    assert opening.opened(data) == PRESETS[preset].config


@pytest.mark.parametrize("data", [name for name in CATALOG if name not in NEED_OPTIONS])
def test_every_data_set_opens_with_an_output_and_a_loss_that_suit_it(data: str) -> None:
    config = opening.opened(data)
    traits = traits_of(config.data, config.seed)
    assert config.data.name == data
    assert (config.network.output == "linear") == (traits.classes == 0)
    assert config.network.output == "softmax" or traits.classes <= 2 or config.name == "mnist-nielsen"


@pytest.mark.parametrize(
    ("text", "output", "loss", "end"),
    [
        ("a,b,kind\n1,2,x\n2,1,y\n3,4,x\n4,3,y\n", "sigmoid", "cross-entropy", 0.02),
        ("a,b,kind\n1,2,x\n2,1,y\n3,4,z\n4,3,y\n", "softmax", "cross-entropy", 0.02),
        ("a,b,price\n1,2,1.5\n2,1,2.25\n3,4,8.125\n4,3,5.5\n", "linear", "squared", opening.NUMBERS_LOSS),
    ],
)
def test_a_table_opens_under_its_own_name_with_what_suits_its_task(
    tmp_path: Path, text: str, output: str, loss: str, end: float
) -> None:
    table = tmp_path / "my flowers.csv"
    table.write_text(text, encoding="utf-8")
    data = DataChoice("csv", path=str(table))
    remember(data, traits_of_dataset(CATALOG["csv"].make(data.options(), 0)))  # as the dialog does
    config = opening.opened(data)
    assert (config.name, config.network.output, config.training.loss) == ("my flowers", output, loss)
    assert config.training.stop.loss_below == end
    assert config.network.hidden == opening.TABLE_HIDDEN


def test_a_curve_that_no_straight_line_follows_is_learnt_before_its_run_ends(tmp_path: Path) -> None:
    table = tmp_path / "curve.csv"
    x = np.linspace(-1, 1, 60)
    rows = (f"{a:.6f},{b:.3f}" for a, b in zip(x, 1e6 * (x**3 + 0.5 * x), strict=True))
    table.write_text("x,y\n" + "\n".join(rows), encoding="utf-8")
    trainer = Trainer(tables.opened(table))
    trainer.run(100_000)
    t = trainer.data.t_train[:, 0]
    line = np.polynomial.Polynomial.fit(trainer.data.x_train[:, 0], t, 1)
    assert trainer.evaluate()[0].loss < 0.2 * 0.5 * np.mean((line(trainer.data.x_train[:, 0]) - t) ** 2)


def test_other_data_under_the_same_network_take_the_name_of_the_data() -> None:
    wide = edits.set_hidden(PRESETS["spiral"].config, (7, 5))
    config = opening.with_data(wide, "circle")
    assert (config.name, config.data.name, config.network.hidden) == ("circle", "circle", (7, 5))


@pytest.mark.parametrize("name", ["sine", "spiral", "Plane", "untitled", "and-gate"])
def test_a_table_does_not_take_the_name_of_something_else(name: str) -> None:
    assert opening.name_of(DataChoice("csv", path=f"/home/{name}.csv")) == f"{name}.csv"


def test_an_untitled_experiment_is_not_called_untitled_after_a_change_of_data() -> None:
    assert opening.with_data(ExperimentConfig(), "nand").name == "nand"

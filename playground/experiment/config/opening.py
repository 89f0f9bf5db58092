"""The experiment that belongs to a data set: the ready-made one, or one made of the network that suits the data."""

from pathlib import PurePath

from playground.data.catalog import CATALOG
from playground.experiment.config import edits
from playground.experiment.config.choices import DataChoice
from playground.experiment.config.presets import PRESETS, Preset
from playground.experiment.config.schema import ExperimentConfig, replace
from playground.experiment.config.traits import TABLE, as_read, traits_of

_LIKE = {"nand": "and-gate", "gauss": "circle", "plane": "hills"}
"""Data sets without a ready-made experiment, and the one whose network and training suit them."""

MOST_ROWS_SEEN = 2_000_000
"""A table is opened with so few epochs that no more rows than these are learnt from, epoch by epoch: some seconds."""

NUMBERS_LOSS = 0.001
"""A table of numbers to predict is learnt until its loss is below this: an error of some 4 % of the target's standard
deviation, beyond a straight line through most tables."""

TABLE_HIDDEN = (8,)
"""The hidden layers that a table is opened with."""


def preset_of(data_name: str) -> Preset | None:
    """Return the first ready-made experiment with these data, None where there is none."""
    return next((preset for preset in PRESETS.values() if preset.config.data.name == data_name), None)


def name_of(data: DataChoice) -> str:
    """Return what an experiment with these data is called until it is saved: by its preset, its table or its data."""
    if data.name == TABLE:
        path = PurePath(data["path"])
        is_taken = path.stem.lower() in {*PRESETS, *CATALOG, "untitled"}
        return (path.name if is_taken else path.stem) or "csv"
    preset = preset_of(data.name)
    return data.name if preset is None else preset.id


def opened(data: DataChoice | str) -> ExperimentConfig:
    """Return the experiment to open data with: a network and a training that suit them.

    A bare name opens the ready-made experiment as it is. A table is opened with one small hidden layer and with
    the output and the loss that suit its task.
    """
    if isinstance(data, str):
        preset = preset_of(data)
        if preset is not None:
            return preset.config
        data = DataChoice(data)
    base = PRESETS[_LIKE.get(data.name, "circle")].config
    if data.name not in _LIKE:
        base = edits.set_hidden(base, TABLE_HIDDEN)
    return replace(_with_suitable_end(edits.set_data(base, data)), name=name_of(data))


def as_opened(config: ExperimentConfig) -> ExperimentConfig:
    """Return the experiment of a table as it was opened; as it is where that is not known, or it has another name."""
    if config.name != name_of(config.data) or traits_of(config.data, config.seed) is None:
        return config
    return opened(as_read(config.data))


def _with_suitable_end(config: ExperimentConfig) -> ExperimentConfig:
    traits = traits_of(config.data, config.seed)
    epochs = config.training.stop.epochs
    if config.data.name != TABLE or traits is None or epochs is None:
        return config
    if traits.kind == "numbers":
        config = edits.change(config, "training.stop.loss_below", NUMBERS_LOSS)
    return edits.change(config, "training.stop.epochs", min(epochs, max(1, MOST_ROWS_SEEN // traits.rows)))


def with_data(config: ExperimentConfig, data: DataChoice | str) -> ExperimentConfig:
    """Return the experiment with other data, as much of its network and training as they allow, and the data's name."""
    changed = edits.set_data(config, data)
    return replace(changed, name=name_of(changed.data))

"""What outputs mean: the class they stand for, and the names of classes and axes in words."""

import re
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from playground.data.dataset import translated
from playground.data.preparation import PreparedData
from playground.experiment.probes.probe import Part
from playground.experiment.probes.snapshot import RunInfo
from playground.language import _

Array = NDArray[Any]


@dataclass(frozen=True, eq=False)
class Rows:
    """One part of the data: samples in their own units, targets as they are trained on, labels of classes."""

    raw: Array
    targets: Array
    labels: NDArray[np.int64] | None

    def __len__(self) -> int:
        return len(self.raw)


def rows_of(data: PreparedData, part: Part) -> Rows | None:
    """Return the samples, targets and class labels of one part of the data; None if there is no such part."""
    if part == "train":
        return Rows(data.raw_train, data.t_train, data.labels_train)
    if data.raw_test is None or data.t_test is None:
        return None
    return Rows(data.raw_test, data.t_test, data.labels_test)


def row_names(data: PreparedData, part: Part) -> tuple[str, ...]:
    """Return what the rows of one part are called, in the language in use; nothing where they have no names."""
    names, picked = data.dataset.row_names, data.rows_train if part == "train" else data.rows_test
    return tuple(translated(names[k]) for k in picked.tolist()) if names and picked is not None else ()


def axis_name(data: PreparedData, column: int) -> str:
    """Return the name of a column of the samples with its unit: ``"height (cm)"``."""
    dataset = data.dataset
    name = translated(dataset.feature_names[column])
    unit = dataset.feature_units[column] if dataset.feature_units else ""
    return with_unit(name, unit)


def with_unit(name: str, unit: str) -> str:
    """Return a name with a unit, ``"height (cm)"``, which is not added where the name ends with it already."""
    begins = r"(?<![^\W_])" if unit[:1].isalnum() else ""  # “problem” does not end with m
    says_it = re.search(f"{begins}{re.escape(unit)}$", name.rstrip(" )]）】"))
    return name if says_it else f"{name} ({unit})"


def unit_name(info: RunInfo, layer: int, unit: int) -> str:
    """Return what a unit is called: the name of an input or an output, else its number in its layer."""
    is_output = layer == len(info.sizes) - 1
    return name_of_unit(layer, unit, input_names(info.data), output_names(info.data) if is_output else None)


def name_of_unit(layer: int, unit: int, inputs: tuple[str, ...], outputs: tuple[str, ...] | None) -> str:
    """Return what a unit is called; `inputs` are the names of those, `outputs` those of an output layer."""
    if layer == 0:
        return inputs[unit] if unit < len(inputs) else _("input {n}").format(n=unit + 1)
    if outputs is not None:
        return _("output {name}").format(name=outputs[unit])
    return _("layer {layer}, unit {unit}").format(layer=layer, unit=unit + 1)


def input_names(data: PreparedData) -> tuple[str, ...]:
    """Return the names of the inputs in the language in use; none for the pixels of an image."""
    return () if data.dataset.image_shape is not None else tuple(translated(name) for name in data.input_names)


def output_names(data: PreparedData) -> tuple[str, ...]:
    """Return the names of the outputs in the language in use: of the classes where each has an output of its own."""
    names = data.dataset.class_names if data.n_outputs > 1 and data.dataset.class_names else data.output_names
    return tuple(translated(name) for name in names)


def output_labels(data: PreparedData, output: str) -> tuple[str, ...]:
    """Return `output_names`, each with what its number means: the probability of which class, or a scaled target."""
    names, of = output_names(data), probability_of(data, output)
    if of:
        return (_("{name}: P({class_name})").format(name=names[0], class_name=of),)
    return tuple(_("{name} (scaled)").format(name=name) for name in names) if data.target_mean is not None else names


def probability_of(data: PreparedData, output: str) -> str:
    """Return of which class the single output is the probability; empty where it is not, or the classes are 0 and 1."""
    names = class_names(data)
    return names[1] if output == "sigmoid" and data.n_outputs == 1 and names not in ((), ("0", "1")) else ""


def class_names(data: PreparedData) -> tuple[str, ...]:
    """Return the names of the classes in the language in use."""
    return tuple(translated(name) for name in data.dataset.class_names)

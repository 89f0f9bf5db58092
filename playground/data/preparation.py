"""From a data set to what a network is given: split, extra inputs, standardised, targets encoded."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import DTypeLike, NDArray

from playground.data.dataset import Dataset
from playground.data.errors import DataError
from playground.data.random_streams import split_stream
from playground.language import _

Array = NDArray[Any]
Labels = NDArray[np.int64]

FEATURES: dict[str, Callable[[Array], Array]] = {
    "x1": lambda x: x[:, 0],
    "x2": lambda x: x[:, 1],
    "x1^2": lambda x: x[:, 0] ** 2,
    "x2^2": lambda x: x[:, 1] ** 2,
    "x1*x2": lambda x: x[:, 0] * x[:, 1],
    "sin(x1)": lambda x: np.sin(x[:, 0]),
    "sin(x2)": lambda x: np.sin(x[:, 1]),
}
"""The inputs that can be made of one or two columns, by their names in a configuration."""

FEATURE_LABELS = {"x1^2": "x1²", "x2^2": "x2²", "x1*x2": "x1·x2", "sin(x1)": "sin x1", "sin(x2)": "sin x2"}
"""How those inputs are written on the screen; the others as they are."""

_MARGIN = 0.08


@dataclass(frozen=True, eq=False)
class PreparedData:
    """Rows as the network gets them, beside the rows as they are; every array is read-only.

    Attributes
    ----------
    dataset
        What it was prepared from: task, class names, image shape, units.
    x_train, x_test
        (n, n_inputs), of the network's dtype, or uint8 for images; `x_test` is None where there is no test part.
    t_train, t_test
        (n, n_outputs) targets, encoded for the output function.
    labels_train, labels_test
        Index of the class of each row; None for regression.
    raw_train, raw_test
        (n, n_features) rows in their own units, before extra inputs and standardising (for images the same
        object as `x_train`).
    rows_train, rows_test
        Which rows of the data set these are.
    features
        Names of the inputs made of the columns, empty where the columns are the inputs.
    mean, deviation
        Of each input over the *training* rows where they are standardised, else None.
    input_names, output_names
        One name per input and per output.
    x_scale
        What a network multiplies `x_train` with (1/255 for pixels).
    bounds
        (low, high) for each column of `raw_train`, padded, for plots.
    target_mean, target_deviation
        Of each target of a regression whose targets are standardised, else None.
    """

    dataset: Dataset
    x_train: Array
    t_train: Array
    labels_train: Labels | None
    x_test: Array | None
    t_test: Array | None
    labels_test: Labels | None
    raw_train: Array
    raw_test: Array | None
    rows_train: Labels
    rows_test: Labels | None
    features: tuple[str, ...]
    mean: NDArray[np.float64] | None
    deviation: NDArray[np.float64] | None
    input_names: tuple[str, ...]
    output_names: tuple[str, ...]
    x_scale: float
    bounds: tuple[tuple[float, float], ...]
    dtype: np.dtype[Any]
    target_mean: NDArray[np.float64] | None = None
    target_deviation: NDArray[np.float64] | None = None

    def __post_init__(self) -> None:
        for value in vars(self).values():
            if isinstance(value, np.ndarray):
                value.setflags(write=False)

    @property
    def n_inputs(self) -> int:
        """How many inputs the network has per row."""
        return int(self.x_train.shape[1])

    @property
    def n_outputs(self) -> int:
        """How many outputs the network has per row."""
        return int(self.t_train.shape[1])

    def inputs_of(self, raw: Array) -> Array:
        """Return rows like `raw_train`, (n, n_features), as the inputs of the network, (n, n_inputs) of its dtype.

        Pixels that are not standardised stay as they are.
        """
        return _inputs(np.asarray(raw), self.features, self.mean, self.deviation, self.dtype)

    def targets_in_units(self, outputs: Array) -> Array:
        """Return outputs or targets of a regression, (n, n_outputs), in the units of the data."""
        if self.target_mean is None or self.target_deviation is None:
            return outputs
        return outputs * self.target_deviation + self.target_mean


def prepare(
    dataset: Dataset, options: Mapping[str, Any], seed: int, output: str, dtype: DTypeLike = np.float64
) -> PreparedData:
    """Split, extend, standardise and encode a data set.

    Parameters
    ----------
    dataset
        As its loader made it.
    options
        The options of the data set; `train_share` (1.0: no test part), `standardise`, `features` and
        `scale_target` are used here, each only where it is there.
    seed
        Chooses the training rows: a simple random sample, not stratified. Both parts keep the data's order.
    output
        The output function: ``"softmax"`` gets one column per class; two classes get one column otherwise, 0 and
        1, or −1 and +1 for ``"tanh"``; more classes get one column per class with the same two numbers.
    dtype
        Of everything the network computes with.

    Raises
    ------
    DataError
        Where the data do not fit: one class only, fewer rows than parts, softmax for a single number.
    """
    number = np.dtype(dtype)
    rows_train, rows_test, raw_train, raw_test, y_train, y_test = _split(dataset, options, seed)
    features = _chosen_features(dataset, options)
    mean = deviation = None
    if options.get("standardise", False):
        mean, deviation = _moments(_expanded(raw_train, features))
    target_mean = target_deviation = None
    if dataset.task == "regression" and options.get("scale_target", False):
        target_mean, target_deviation = _moments(y_train)
        y_train = (y_train - target_mean) / target_deviation
        y_test = None if y_test is None else (y_test - target_mean) / target_deviation
    classes = dataset.task == "classification"
    t_train = _targets(dataset, y_train, output, number)
    return PreparedData(
        dataset=dataset,
        x_train=_inputs(raw_train, features, mean, deviation, number),
        t_train=t_train,
        labels_train=y_train if classes else None,
        x_test=None if raw_test is None else _inputs(raw_test, features, mean, deviation, number),
        t_test=None if y_test is None else _targets(dataset, y_test, output, number),
        labels_test=y_test if classes else None,
        raw_train=raw_train,
        raw_test=raw_test,
        rows_train=rows_train,
        rows_test=rows_test,
        features=features,
        mean=mean,
        deviation=deviation,
        input_names=tuple(FEATURE_LABELS.get(name, name) for name in features) or dataset.feature_names,
        output_names=dataset.class_names if t_train.shape[1] == len(dataset.class_names) else dataset.target_names,
        x_scale=dataset.x_scale if mean is None else 1.0,
        bounds=_bounds(dataset),
        dtype=number,
        target_mean=target_mean,
        target_deviation=target_deviation,
    )


def evenly_spaced(total: int, most: int) -> NDArray[np.intp]:
    """Return the numbers of all of `total` rows, or of `most` of them that are spaced evenly, (n,)."""
    return np.linspace(0, total - 1, min(total, most)).astype(np.intp)


def _split(
    dataset: Dataset, options: Mapping[str, Any], seed: int
) -> tuple[Labels, Labels | None, Array, Array | None, Array, Array | None]:
    """Return rows, samples and targets of both parts; the data's own test part where it has one."""
    everything = np.arange(len(dataset.x), dtype=np.int64)
    if dataset.x_test is not None and dataset.y_test is not None:
        rows_test = np.arange(len(dataset.x_test), dtype=np.int64)
        return everything, rows_test, dataset.x, dataset.x_test, dataset.y, dataset.y_test
    share = float(options.get("train_share", 1.0))
    count = min(max(round(share * len(everything)), 1), len(everything))
    if count == len(everything):
        return everything, None, dataset.x, None, dataset.y, None
    order = split_stream(seed).permutation(len(everything))
    train, test = np.sort(order[:count]), np.sort(order[count:])
    return train, test, dataset.x[train], dataset.x[test], dataset.y[train], dataset.y[test]


def _chosen_features(dataset: Dataset, options: Mapping[str, Any]) -> tuple[str, ...]:
    """Return the inputs to make of the columns; none where the columns are the inputs."""
    chosen: Sequence[str] = options.get("features") or ()
    columns = dataset.x.shape[1]
    if not chosen:
        return ()
    if columns > 2:
        raise DataError(_("The extra inputs are made of one or two columns; these data have {n}.").format(n=columns))
    for name in chosen:
        if columns == 1 and "x2" in name:
            raise DataError(_("The input {name} needs two columns; these data have one.").format(name=name))
    unique = tuple(dict.fromkeys(chosen))
    return () if unique == ("x1", "x2")[:columns] else unique


def _expanded(raw: Array, features: tuple[str, ...]) -> Array:
    return np.stack([FEATURES[name](raw) for name in features], axis=1) if features else raw


def _inputs(
    raw: Array,
    features: tuple[str, ...],
    mean: NDArray[np.float64] | None,
    deviation: NDArray[np.float64] | None,
    dtype: np.dtype[Any],
) -> Array:
    """Return rows as the network gets them; bytes stay bytes unless they are standardised."""
    x = _expanded(raw, features)
    if mean is not None and deviation is not None:
        return np.asarray((x - mean) / deviation, dtype=dtype)
    return x if x.dtype == np.uint8 else np.asarray(x, dtype=dtype)


def _moments(x: Array) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
    """Return mean and standard deviation of each column; 1 where a column never changes, so that it becomes 0."""
    mean = x.mean(axis=0, dtype=np.float64)
    deviation = x.std(axis=0, dtype=np.float64)
    still = deviation <= 1e-12 * np.maximum(np.abs(mean), 1e-300)
    return mean, np.where(still, 1.0, deviation)


def _targets(dataset: Dataset, y: Array, output: str, dtype: np.dtype[Any]) -> Array:
    """Return (n, n_outputs) targets for an output function."""
    if dataset.task == "regression":
        if output == "softmax" and y.shape[1] == 1:
            raise DataError(
                _("The target is one number, and softmax of one output is always 1: choose another output function.")
            )
        return np.asarray(y, dtype=dtype)
    classes = len(dataset.class_names)
    if classes < 2:
        raise DataError(_("Every sample is of the same class: there is nothing to tell apart."))
    low = -1.0 if output == "tanh" else 0.0
    if classes == 2 and output != "softmax":
        return np.where(y == 1, 1.0, low).astype(dtype)[:, None]
    table = np.full((classes, classes), low, dtype=dtype)
    np.fill_diagonal(table, 1.0)
    return table[y]


def _bounds(dataset: Dataset) -> tuple[tuple[float, float], ...]:
    """Return the range of each column that a plot shows: the samples with a margin, and at least `view`."""
    if dataset.image_shape is not None:
        return ((0.0, 1.0 / dataset.x_scale),) * len(dataset.feature_names)
    bounds: list[tuple[float, float]] = []
    for k in range(dataset.x.shape[1]):
        lowest, highest = float(dataset.x[:, k].min()), float(dataset.x[:, k].max())
        margin = _MARGIN * (highest - lowest) or max(1.0, abs(lowest)) * 0.5
        low, high = lowest - margin, highest + margin
        if dataset.view:
            view_low, view_high = dataset.view[k]
            inside = view_low <= lowest and highest <= view_high
            low, high = (view_low, view_high) if inside else (min(low, view_low), max(high, view_high))
        bounds.append((low, high))
    return tuple(bounds)

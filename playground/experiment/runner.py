"""Trains an experiment to its end, without a window, and reports: what ``run --json`` prints."""

import math
import signal
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import asdict
from time import perf_counter
from types import FrameType
from typing import Any, TypedDict

from playground.data.preparation import PreparedData
from playground.experiment.config.schema import ExperimentConfig
from playground.experiment.diagnosis import diagnose
from playground.experiment.training.history import Floats, HistoryView
from playground.experiment.training.metrics import Metrics, root_mean_square_error
from playground.experiment.training.trainer import Trainer
from playground.language import _

Progress = Callable[[int, int | None], None]
"""Called with the steps made, and all steps to make, None if unknown."""

MOST_OUTPUT_ROWS = 100
MOST_PARAMETERS = 10_000
REPORT_SECONDS = 0.05


class DataReport(TypedDict):
    """What a run learns from; the keys are those of ``data`` in ``run --json``.

    `rows` counts all of them, `train_rows` those trained on; `task` is ``"classification"`` or ``"regression"``;
    `target_unit` is the unit of a number, empty where there is none; `classes` is empty for numbers; `inputs` are the
    network's, in order (pictures are one entry); `left_out` gives the reason for each column of a table that is left
    out; `left_out_lines` are the lines of its file that are left out, since they have no value in a column that is
    used; `notes` are sentences on how a table was read.

    `training_samples` are the numbers of the rows trained on, of those that are used, from 1; empty for pictures.
    The network is given ``(input - mean) / deviation`` by `input_scaling`, and what it gives for a number becomes
    ``output * deviation + mean`` by `target_scaling`; null where there is no such scaling.
    """

    name: str
    rows: int
    train_rows: int
    task: str
    target: str
    target_unit: str
    classes: list[str]
    inputs: list[str]
    left_out: dict[str, str]
    left_out_lines: list[int]
    notes: list[str]
    training_samples: list[int]
    input_scaling: dict[str, list[float]] | None
    target_scaling: dict[str, list[float]] | None


class RunReport(TypedDict):
    """The report on a run; the keys are those of ``run --json``.

    `outputs` are those for the first `MOST_OUTPUT_ROWS` training samples, whose numbers are `output_samples`; numbers
    are in the unit of the target, not scaled. So is the root mean square error, `rmse` of `train` and `test`, which is
    null where the target is not one number, or the loss is not made of squared errors.
    """

    name: str
    steps: int
    epochs: float
    seconds: float
    training_seconds: float
    evaluation_seconds: float
    steps_per_second: float | None
    stopped_by: str | None
    train: dict[str, float | None]
    test: dict[str, float | None] | None
    outputs: list[list[float]]
    output_samples: list[int]
    weights: list[list[list[float]]] | None
    biases: list[list[float]] | None
    diagnoses: list[dict[str, Any]]
    history: dict[str, dict[str, Any]]
    seed: int
    data: DataReport


def run_to_end(config: ExperimentConfig, on_progress: Progress | None = None) -> RunReport:
    """Train until a stop condition holds, the numbers diverge, or Ctrl-C.

    Raises
    ------
    UserError
        If the experiment cannot be built.
    """
    began = perf_counter()
    trainer = Trainer(config)
    end = trainer.planned_end()
    total = None if end is None else round(end[0])
    with _interruptible() as interrupted:
        while trainer.stopped_by is None and not interrupted():
            slice_end = perf_counter() + REPORT_SECONDS
            trainer.run(1 << 40, lambda end=slice_end: interrupted() or perf_counter() > end)  # type: ignore[misc]
            if on_progress is not None:
                on_progress(trainer.step_count, total)
    trainer.evaluate()
    return _report_of(trainer, perf_counter() - began)


def _report_of(trainer: Trainer, seconds: float) -> RunReport:
    stopped_by = trainer.stopped_by or "interrupted"
    train, test = trainer.metrics_train, trainer.metrics_test
    assert train is not None
    network, data = trainer.network, trainer.data
    shows_parameters = network.parameters.size <= MOST_PARAMETERS
    return RunReport(
        name=trainer.config.name,
        steps=trainer.step_count,
        epochs=trainer.epoch,
        seconds=seconds,
        training_seconds=trainer.training_seconds,
        evaluation_seconds=trainer.evaluation_seconds,
        steps_per_second=trainer.step_count / trainer.training_seconds if trainer.training_seconds else None,
        stopped_by=stopped_by,
        train=_metrics(trainer, train),
        test=None if test is None else _metrics(trainer, test),
        outputs=data.targets_in_units(network.predict(data.x_train[:MOST_OUTPUT_ROWS])).tolist(),
        output_samples=(data.rows_train[:MOST_OUTPUT_ROWS] + 1).tolist(),
        weights=[weight.tolist() for weight in network.weights] if shows_parameters else None,
        biases=[bias.tolist() for bias in network.biases] if shows_parameters else None,
        diagnoses=[
            {"rule": found.rule, "layer": found.layer, "sentence": found.sentence, "evidence": dict(found.evidence)}
            for found in diagnose(trainer)
        ],
        history=_history(trainer.history.view()),
        seed=trainer.config.seed,
        data=data_report(data),
    )


def _metrics(trainer: Trainer, metrics: Metrics) -> dict[str, float | None]:
    error = root_mean_square_error(metrics, trainer.data, trainer.config.training.loss)
    return {**asdict(metrics), "rmse": error}


def data_report(data: PreparedData) -> DataReport:
    """Return the report on prepared data."""
    dataset = data.dataset
    inputs = list(data.input_names)
    if dataset.image_shape is not None:
        height, width = dataset.image_shape
        inputs = [_("pictures of {width}×{height} pixels").format(width=width, height=height)]
    train = len(data.x_train)
    return DataReport(
        name=dataset.name,
        rows=train + (0 if data.x_test is None else len(data.x_test)),
        train_rows=train,
        task=dataset.task,
        target=", ".join(dataset.target_names),
        target_unit=dataset.target_unit,
        classes=list(dataset.class_names),
        inputs=inputs,
        left_out=dict(dataset.left_out),
        left_out_lines=list(dataset.left_out_lines),
        notes=list(dataset.notes),
        training_samples=[] if dataset.image_shape is not None else (data.rows_train + 1).tolist(),
        input_scaling=_scaling(data.mean, data.deviation),
        target_scaling=_scaling(data.target_mean, data.target_deviation),
    )


def _scaling(mean: Floats | None, deviation: Floats | None) -> dict[str, list[float]] | None:
    if mean is None or deviation is None:
        return None
    return {"mean": mean.tolist(), "deviation": deviation.tolist()}


def _history(seen: HistoryView) -> dict[str, dict[str, Any]]:
    """Return the history as JSON shows it, in the bounded size it has.

    ``by_step``: batch losses, each the mean of `stride` steps, and how many steps were made before them, on average.
    ``by_evaluation``: what was evaluated, and after how many steps; null where there is none.
    """
    evaluations = {
        "step": seen.metric_steps.astype(int).tolist(),
        "train_loss": _known(seen.train_loss),
        "train_accuracy": _known(seen.train_accuracy),
        "test_loss": _known(seen.test_loss),
        "test_accuracy": _known(seen.test_accuracy),
    }
    steps = {"stride": seen.stride, "step": seen.steps.tolist(), "loss": _known(seen.mean)}
    return {"by_step": steps, "by_evaluation": evaluations}


def _known(values: Floats) -> list[float | None]:
    return [value if math.isfinite(value) else None for value in values.tolist()]


@contextmanager
def _interruptible() -> Iterator[Callable[[], bool]]:
    """Note the first Ctrl-C instead of breaking off in the middle of a step; a second one breaks off."""
    pressed = threading.Event()
    if threading.current_thread() is not threading.main_thread():
        yield pressed.is_set
        return

    def note(_number: int, _frame: FrameType | None) -> None:
        pressed.set()
        signal.signal(signal.SIGINT, before)

    before = signal.signal(signal.SIGINT, note)
    try:
        yield pressed.is_set
    finally:
        signal.signal(signal.SIGINT, before)

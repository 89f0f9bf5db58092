"""What was taken of the data: rows, task, target, classes, inputs, and what was left out and why."""

from typing import TypedDict

from playground.data.preparation import PreparedData
from playground.language import _


class DataReport(TypedDict):
    """What a run learns from; the keys are those of ``data`` in ``run --json``.

    `rows` counts all of them, `train_rows` those trained on; `task` is ``"classification"`` or ``"regression"``;
    `classes` is empty for the latter; `inputs` are the network's, in order (pictures are one entry); `left_out` gives
    the reason for each column of a table that is not learnt from; `notes` are sentences on how a table was read.
    """

    name: str
    rows: int
    train_rows: int
    task: str
    target: str
    classes: list[str]
    inputs: list[str]
    left_out: dict[str, str]
    notes: list[str]


def data_report(data: PreparedData) -> DataReport:
    """Return what was taken of prepared data."""
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
        classes=list(dataset.class_names),
        inputs=inputs,
        left_out=dict(dataset.left_out),
        notes=list(dataset.notes),
    )

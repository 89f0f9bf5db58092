"""scikit-learn's multilayer perceptron, where its loss and its rule are those of the case."""

import warnings

import numpy as np

from tests.benchmarks.cases import Case
from tests.benchmarks.contenders import UnsuitedError, Work

STEPS_IN_A_CALL = 600


def partial_fit(case: Case) -> Work:
    """Return MLPClassifier.partial_fit with plain gradient descent, an epoch of rows in each call.

    A call goes through its rows batch by batch and sums the loss, so what it checks first weighs little.
    """
    if case.loss != "cross-entropy" or case.rule != "textbook" or case.task != "training":
        raise UnsuitedError("its classifier has cross-entropy and the textbook's rule only")
    from sklearn.exceptions import ConvergenceWarning
    from sklearn.neural_network import MLPClassifier

    warnings.simplefilter("ignore", ConvergenceWarning)
    x, t = case.pixels_as_numbers(), case.data[1]
    labels = t.argmax(1) if case.output == "softmax" else t[:, 0].astype(int)
    model = MLPClassifier(
        case.sizes[1:-1],
        activation={"sigmoid": "logistic", "tanh": "tanh"}[case.activation],
        solver="sgd",
        alpha=0.0,
        batch_size=case.batch or case.rows,
        learning_rate_init=case.rate,
        momentum=0.0,
        nesterovs_momentum=False,
        shuffle=False,
    )
    model.partial_fit(x[: model.batch_size], labels[: model.batch_size], classes=np.arange(max(2, case.sizes[-1])))
    for k, (weight, bias) in enumerate(case.start):
        model.coefs_[k][...], model.intercepts_[k][...] = weight, bias
    batches = np.arange(case.rows)[None] if case.batch is None else case.batches
    place = 0

    def run(steps: int) -> None:
        nonlocal place
        while steps > 0:
            count = min(steps, STEPS_IN_A_CALL)
            rows = batches[np.arange(place, place + count) % len(batches)].ravel()
            model.partial_fit(x[rows], labels[rows])
            place += count
            steps -= count

    return Work(run, lambda: [np.array(a) for pair in zip(model.coefs_, model.intercepts_, strict=True) for a in pair])

"""The evidence that a rule examines, and the diagnosis that it returns."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import cached_property, partial
from typing import Any

import numpy as np
from numpy.typing import NDArray

from playground.experiment.config.schema import ExperimentConfig
from playground.experiment.explain.number_text import loss_text, share_text, significant
from playground.experiment.runs.initial_weights import InitialWeights
from playground.experiment.training.history import HistoryView
from playground.experiment.training.layer_statistics import NetworkStats
from playground.experiment.training.metrics import Divergence
from playground.language import N_, _, sentences

FIRST_STEPS = 20
"""Before so many steps nothing is said: a learner may want to guess first, and little has happened."""

LEARNT_ACCURACY = 0.95
LEARNT_LOSS = 0.1
"""From so good an accuracy on, or below such a part of the best constant answer's loss, nothing is called a failure."""

HIGH_START = 100.0
"""A first loss above this many times the baseline is due to the initial weights, not to the learning rate."""

LARGE = 30.0
"""Inputs of such a size saturate a unit even with weights as small as 0.1."""

UNEVEN = 100.0
"""Where one input is so many times as large as another, no learning rate suits both."""

SAME_LOSS = 0.03
"""Losses that lie closer together than such a part of them have not moved."""

RECENT = 5
"""A figure of the watched steps is the median of so many of the last ones: single batches are noisy."""

RECTIFIERS = ("relu", "leaky-relu", "elu", "swish", "softplus")
"""Activations that He's weights suit; Xavier's suit the others."""

ConfigEdit = Callable[[ExperimentConfig], ExperimentConfig]
ParameterEdit = Callable[[NDArray[Any]], NDArray[Any]]

count, number = "{:,.0f}".format, partial(significant, digits=4)

NUMBERS: Mapping[str, tuple[str, Callable[[float], str]]] = {
    "units": (N_("Units in the layer"), count),
    "distinct": (N_("Units that differ"), count),
    "share": (N_("Saturated outputs"), share_text),
    "dead": (N_("Units that output 0 for every sample"), count),
    "rows": (N_("Samples checked"), count),
    "step": (N_("Step that diverged"), count),
    "last_loss": (N_("Last good loss"), loss_text),
    "learning_rate": (N_("Learning rate"), number),
    "first_gradient": (N_("Gradient per weight, this layer"), number),
    "last_gradient": (N_("Gradient per weight, output layer"), number),
    "gradient": (N_("Gradient of the layer"), number),
    "weights": (N_("Weights of the layer"), number),
    "ratio": (N_("Ratio"), number),
    "loss": (N_("Training loss now"), loss_text),
    "loss_before": (N_("Training loss before"), loss_text),
    "baseline": (N_("Loss of always giving the same answer"), loss_text),
    "accuracy": (N_("Training accuracy now"), share_text),
    "neighbours": (N_("Share that a sample's nearest samples explain"), share_text),
    "steps": (N_("Steps"), count),
    "fall": (N_("Expected fall of the loss per step"), number),
    "halving": (N_("Steps to halve the loss at this pace"), count),
    "update_ratio": (N_("Largest step, as a multiple of the layer's weights"), number),
    "ruined": (N_("Share of the layer saturated or dead"), share_text),
    "turns": (N_("Changes of direction in the last evaluations"), count),
    "train_before": (N_("Training loss then"), loss_text),
    "test_loss": (N_("Test loss now"), loss_text),
    "test_best": (N_("Lowest test loss"), loss_text),
    "best_step": (N_("Step of the lowest test loss"), count),
    "class_rows": (N_("Samples of the class"), count),
    "predicted": (N_("Samples predicted as this class"), count),
    "largest": (N_("Largest input, root mean square"), number),
    "smallest": (N_("Smallest input, root mean square"), number),
    "low": (N_("Smallest target"), number),
    "high": (N_("Largest target"), number),
    "outside": (N_("Targets out of the output's range"), share_text),
    "lost": (N_("Share of the targets' spread that is lost there"), share_text),
}
"""Key of a number -> what it is called, and how it is written."""


@dataclass(frozen=True)
class Action:
    """Something to do about a finding: a button, identified within its rule by its `key`.

    Attributes
    ----------
    edit, parameters
        A change of the experiment, and one of the weights, after which training continues; None for no change.
    resets, plays, pauses
        Whether the run goes back to its start, plays afterwards, or is paused first so that what was done stays.
    competitors
        First weights to race against from the start.
    """

    key: str
    label: str
    tip: str
    edit: ConfigEdit | None = None
    parameters: ParameterEdit | None = None
    resets: bool = False
    plays: bool = False
    pauses: bool = False
    competitors: tuple[InitialWeights, ...] = ()


@dataclass(frozen=True)
class Diagnosis:
    """One finding, in the user's language.

    Attributes
    ----------
    headline, advice, why
        What was found, with its most telling numbers; what to try; its cause.
    evidence
        The numbers behind it, by their keys in `NUMBERS`.
    actions
        What can be done about it, the best first.
    layer, rule
        The layer, from 1, None for the whole run; the key of the rule, such as ``"stuck"``, put in by `examine`.
    is_hopeless, is_harmless
        Whether the run cannot succeed, a reason to pause; whether nothing is wrong.
    """

    headline: str
    advice: str
    why: str
    evidence: Mapping[str, float]
    actions: tuple[Action, ...] = ()
    layer: int | None = None
    rule: str = ""
    is_hopeless: bool = False
    is_harmless: bool = False

    @property
    def sentence(self) -> str:
        """Headline and advice."""
        return sentences(self.headline, self.advice)

    def table(self) -> list[tuple[str, str]]:
        """Return the evidence as names and written numbers."""
        return [(_(NUMBERS[key][0]), NUMBERS[key][1](value)) for key, value in self.evidence.items()]


@dataclass(frozen=True, eq=False)
class Case:
    """The evidence that the rules examine: the experiment as it is now, the state of the network, the losses so far."""

    config: ExperimentConfig
    evidence: NetworkStats
    history: HistoryView
    steps_per_epoch: float
    divergence: Divergence | None = None

    @property
    def since(self) -> int:
        """The step of the last change of settings or weights: the history before it does not count."""
        return self.evidence.changed_at

    @property
    def steps(self) -> int:
        """Steps made since the last change."""
        return self.evidence.step - self.since

    @cached_property
    def losses(self) -> NDArray[np.float64]:
        """Batch losses since the last change, oldest first, in equal buckets."""
        losses: NDArray[np.float64] = self.history.mean[self.history.steps >= self.since]
        return losses[np.isfinite(losses)]

    @cached_property
    def now(self) -> float:
        """The loss over the last quarter of the steps since the last change; NaN before there are any."""
        last = self.losses[-max(1, len(self.losses) // 4) :]
        return float(last.mean()) if last.size else float("nan")

    @cached_property
    def before(self) -> float:
        """The loss over the second quarter of the steps since the last change."""
        quarter = max(1, len(self.losses) // 4)
        second = self.losses[quarter : 2 * quarter]
        return float(second.mean()) if second.size else float("nan")

    @cached_property
    def first_loss(self) -> float:
        """The training loss at the start, or at the last evaluation before the steps since the last change."""
        return float(self.history.train_loss[self.history.metric_steps <= self.since][-1])

    @property
    def has_begun(self) -> bool:
        """Whether the run has made enough steps for any rule."""
        return self.evidence.step >= FIRST_STEPS or self.evidence.has_ended

    @property
    def loss(self) -> float:
        """The loss that the counters show: of all training rows, at the latest evaluation."""
        return float("nan") if self.evidence.train is None else self.evidence.train.loss

    @property
    def accuracy(self) -> float | None:
        """The training accuracy at the latest evaluation; None for regression."""
        return None if self.evidence.train is None else self.evidence.train.accuracy

    @property
    def is_current(self) -> bool:
        """Whether the last evaluation was in the later half of the steps since the last change."""
        return self.evidence.evaluated_at - self.since >= self.steps / 2

    @property
    def starts_high(self) -> bool:
        """Whether the initial weights are so large that the loss was huge before the first step."""
        return self.first_loss > HIGH_START * self.evidence.baseline > 0

    @cached_property
    def stood(self) -> int:
        """For how many steps the evaluated training loss has been what it is now."""
        known = self.history.metric_steps >= self.since
        steps, losses = self.history.metric_steps[known], self.history.train_loss[known]
        moved = np.flatnonzero(~(np.abs(losses - self.loss) <= SAME_LOSS * self.loss))
        first = moved[-1] + 1 if moved.size else 0
        return int(self.evidence.step - steps[first]) if first < len(steps) else 0

    @property
    def share(self) -> float:
        """How much of the task is done: the accuracy, or which part of the best constant answer's loss is gone."""
        if self.accuracy is not None:
            return self.accuracy
        return 1 - self.loss / self.evidence.baseline if self.evidence.baseline > 0 else 1.0

    @cached_property
    def is_learnt(self) -> bool:
        """Whether the network does what it should, or did at one of the last evaluations: single spikes are no failure.

        Nothing that it still lacks is worth a word then.
        """
        rows = [one.rows for one in self.evidence.classes]
        recent = self.history.metric_steps >= self.since
        if rows:
            mistakes = min(1 - LEARNT_ACCURACY, (1 - max(rows) / sum(rows)) / 2)
            seen = [*self.history.train_accuracy[recent][-RECENT:], self.accuracy or 0.0]
            return bool(np.nanmax(seen) >= 1 - mistakes)
        losses = [*self.history.train_loss[recent][-RECENT:], self.loss]
        return bool(np.nanmin(losses) <= LEARNT_LOSS * self.evidence.baseline)

    @cached_property
    def recent(self) -> slice:
        """The last few watched steps since the last change; none of them where there are fewer."""
        count = int(np.count_nonzero(self.evidence.flow.steps > self.since))
        total = len(self.evidence.flow.steps)
        return slice(total - RECENT, total) if count >= RECENT else slice(0, 0)

    @property
    def has_large_inputs(self) -> bool:
        """Whether inputs of a table are large, or of very different sizes."""
        inputs = self.evidence.inputs
        uneven = inputs.smallest > 0 and inputs.largest > UNEVEN * inputs.smallest and inputs.largest > 1
        return not self.evidence.is_image and (inputs.largest > LARGE or uneven)

    @property
    def rate(self) -> float:
        """The learning rate."""
        return self.config.training.learning_rate

    @property
    def sizes(self) -> tuple[int, ...]:
        """The units of each layer, inputs first."""
        return (self.evidence.n_inputs, *(layer.units for layer in self.evidence.layers))

    @property
    def rectifies(self) -> bool:
        """Whether He's weights suit some of its units."""
        return any(name in RECTIFIERS for name in self.config.network.activations)

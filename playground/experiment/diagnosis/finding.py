"""What a rule looks at, and what it finds."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import Any

import numpy as np
from numpy.typing import NDArray

from playground.experiment.config import ExperimentConfig
from playground.experiment.evidence import Evidence
from playground.experiment.history import HistoryView
from playground.experiment.outcome import Divergence
from playground.experiment.starts import Start
from playground.language import N_, _

LEARNT_ACCURACY = 0.95
LEARNT_LOSS = 0.1
"""From so good an accuracy on, or below such a part of the best constant answer's loss, nothing is called a failure."""

RECENT = 5
"""A figure of the watched steps is the median of so many of the last ones: single batches are noisy."""

ConfigEdit = Callable[[ExperimentConfig], ExperimentConfig]
ParameterEdit = Callable[[NDArray[Any]], NDArray[Any]]

COUNT, SHARE, NUMBER = "{:,.0f}", "{:.1%}", "{:.4g}"

NUMBERS: Mapping[str, tuple[str, str]] = {
    "units": (N_("Units in the layer"), COUNT),
    "distinct": (N_("Distinct units"), COUNT),
    "share": (N_("Outputs at the ends of their range"), SHARE),
    "dead": (N_("Units that give 0 for every row"), COUNT),
    "rows": (N_("Rows looked at"), COUNT),
    "step": (N_("Step that diverged"), COUNT),
    "last_loss": (N_("Last good loss"), NUMBER),
    "learning_rate": (N_("Learning rate"), NUMBER),
    "first_gradient": (N_("Gradient a weight, in this layer"), NUMBER),
    "last_gradient": (N_("Gradient a weight, in the output layer"), NUMBER),
    "gradient": (N_("Gradient of the layer"), NUMBER),
    "weights": (N_("Weights of the layer"), NUMBER),
    "ratio": (N_("The one over the other"), NUMBER),
    "loss": (N_("Loss now"), NUMBER),
    "loss_before": (N_("Loss before"), NUMBER),
    "baseline": (N_("Loss of the best constant answer"), NUMBER),
    "steps": (N_("Steps looked back on"), COUNT),
    "fall": (N_("What the gradient promises a step to take off the loss"), NUMBER),
    "halving": (N_("Steps to halve the loss at this pace"), COUNT),
    "update_ratio": (N_("Largest change of a layer's weights in a step"), NUMBER),
    "ruined": (N_("Of the layer saturated or dead"), SHARE),
    "turns": (N_("Turns from down to up or back in the last evaluations"), COUNT),
    "train_loss": (N_("Train loss now"), NUMBER),
    "train_before": (N_("Train loss then"), NUMBER),
    "test_loss": (N_("Test loss now"), NUMBER),
    "test_best": (N_("Lowest test loss"), NUMBER),
    "best_step": (N_("Step of the lowest test loss"), COUNT),
    "class_rows": (N_("Rows of the class"), COUNT),
    "predicted": (N_("Rows taken for it"), COUNT),
    "largest": (N_("Largest input, root mean square"), NUMBER),
    "smallest": (N_("Smallest input, root mean square"), NUMBER),
}
"""Key of a number -> what it is called, and how it is written."""


@dataclass(frozen=True)
class Action:
    """Something to do about it.

    Attributes
    ----------
    key
        Tells it from the others of its rule.
    label, tip
        What the button says, and what it does in a sentence.
    edit
        A change of the experiment, or None.
    parameters
        A change of the weights, from which training goes on, or None.
    resets
        Whether the run goes back to its start afterwards.
    plays
        Whether it goes on playing then.
    rivals
        First weights to race against from the start.
    """

    key: str
    label: str
    tip: str
    edit: ConfigEdit | None = None
    parameters: ParameterEdit | None = None
    resets: bool = False
    plays: bool = False
    rivals: tuple[Start, ...] = ()


@dataclass(frozen=True)
class Diagnosis:
    """One finding, in the user's language.

    Attributes
    ----------
    rule
        The key of the rule, such as ``"identical-units"``.
    layer
        Which layer, counted from 1; None where it is about the whole run.
    headline
        What was found, with its most telling numbers.
    advice
        What that means and what to try, in a sentence or two.
    why
        How it comes about, in a few plain sentences.
    evidence
        The numbers behind it; `NUMBERS` says what they are.
    actions
        What can be done about it, the best first.
    is_hopeless
        Whether nothing can come of going on like this: a reason to pause.
    """

    rule: str
    layer: int | None
    headline: str
    advice: str
    why: str
    evidence: Mapping[str, float]
    actions: tuple[Action, ...] = ()
    is_hopeless: bool = False

    @property
    def sentence(self) -> str:
        """Headline and advice."""
        return f"{self.headline} {self.advice}"

    def table(self) -> list[tuple[str, str]]:
        """Return the evidence as names and written numbers."""
        written = {key: NUMBERS[key][1].format(value).replace("%", " %") for key, value in self.evidence.items()}
        return [(_(NUMBERS[key][0]), text) for key, text in written.items()]


@dataclass(frozen=True, eq=False)
class Case:
    """What the rules look at.

    Attributes
    ----------
    config
        The experiment as it is now.
    evidence, history
        What was seen at the last look, and how the losses went.
    steps_per_epoch
        Steps that make one pass over the training rows.
    divergence
        Where the numbers stopped being numbers, or None.
    since
        The history before this step is not held against the run: its settings or weights were changed there.
    """

    config: ExperimentConfig
    evidence: Evidence
    history: HistoryView
    steps_per_epoch: float
    divergence: Divergence | None = None
    since: int = 0

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
        """The train loss at the start, or at the first evaluation after the last change."""
        known = self.history.train_loss[self.history.metric_steps >= self.since]
        return float(known[0]) if known.size else float("nan")

    @cached_property
    def is_learnt(self) -> bool:
        """Whether the network does what it should: nothing that it still lacks is worth a word."""
        accuracy = self.history.train_accuracy[-1:]
        if np.isfinite(accuracy).any():
            return bool(accuracy[0] >= LEARNT_ACCURACY)
        last = self.history.train_loss[-1:]
        return bool(last.size and last[0] <= LEARNT_LOSS * self.evidence.baseline)

    @cached_property
    def recent(self) -> slice:
        """The last few watched steps since the last change; none of them where there are fewer."""
        count = int(np.count_nonzero(self.evidence.flow.steps > self.since))
        total = len(self.evidence.flow.steps)
        return slice(total - RECENT, total) if count >= RECENT else slice(0, 0)

    @property
    def rate(self) -> float:
        """The learning rate."""
        return self.config.training.learning_rate

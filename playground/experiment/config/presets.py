"""The ready-made experiments: the articles', with their own choices, and others worth seeing.

They stand in ``resources/experiments.json``, by id: what they are called, what they show, and their configuration.
Those after article C step on the sum over the rows, share one bias in a layer and update it before the error goes back.
In given weights, rows are inputs and columns are units: w1, w2 of the worked example lead into h1, and w3, w4 into h2.
Seed 116 of the height and weight starts with one of the four right; about half of all starts have nothing left to
learn. Swish is smooth and does not saturate: nearly every start gets to the end where tanh stops half-way from some.
Adam at a steady rate throws a run back now and then: runs that end at a training loss do not end in a spike.
"""

from collections.abc import Mapping
from dataclasses import dataclass, fields
from typing import Any

import msgspec

from playground import paths
from playground.experiment.config.schema import ExperimentConfig, from_builtins


@dataclass(frozen=True)
class Preset:
    """A ready-made experiment.

    Texts are English, to be translated.

    Attributes
    ----------
    label, sentence
        What it is called, and what the run shows; a test holds that on many seeds.
    config
        The experiment.
    article
        The letter of the article it follows, empty where it follows none.
    question, claim
        Where the sentence gives the answer away: what to ask instead before it is seen, and what an article claims.
    learns
        Whether the run does learn what it should, other than claimed.
    """

    id: str
    label: str
    sentence: str
    config: ExperimentConfig
    article: str = ""
    question: str = ""
    claim: str = ""
    learns: bool = False


def _preset(name: str, raw: dict[str, Any]) -> Preset:
    about = {field.name: raw.pop(field.name) for field in fields(Preset) if field.name in raw}
    return Preset(id=name, config=from_builtins({"name": name, **raw}), **about)


PRESETS: Mapping[str, Preset] = {
    name: _preset(name, raw)
    for name, raw in msgspec.json.decode(paths.resource("experiments.json").read_bytes()).items()
}
"""The ready-made experiments by id, in the order in which they are offered."""

DEFAULT = "spiral"
"""What opens when nothing else is asked for."""

"""The contenders: each trains a case in its own idiomatic way, in a process of its own.

A module's function takes a `Case` and returns a `Work`, or raises `UnsuitedError` where it cannot do what the case
asks. One that is a peer's library imports it inside, so that it is missed only where it is asked for.
"""

import importlib.util
from collections.abc import Callable
from dataclasses import dataclass
from importlib import import_module

import numpy as np

from tests.benchmarks.cases import Case


class UnsuitedError(Exception):
    """A contender cannot do what a case asks; the message says why."""


@dataclass(frozen=True)
class Work:
    """What a contender does.

    Attributes
    ----------
    run
        Makes so many units of work, one after the other, going on from where it is.
    result
        Returns what came of it: weight (n_in, n_out) and bias (n_out,) of each layer, in turn; for a numerical
        gradient those of the gradient.
    """

    run: Callable[[int], None]
    result: Callable[[], list[np.ndarray]]


@dataclass(frozen=True)
class Contender:
    """Where a contender is found, what it is called in the table, and which package it needs."""

    name: str
    title: str
    place: str
    package: str | None = None
    is_floor: bool = False

    def make(self, case: Case) -> Work:
        """Build it for a case.

        Raises
        ------
        UnsuitedError
            Where it cannot do it.
        """
        module, function = self.place.split(":")
        work: Work = getattr(import_module(f"tests.benchmarks.contenders.{module}"), function)(case)
        return work

    @property
    def is_installed(self) -> bool:
        """Whether its package is there."""
        return self.package is None or importlib.util.find_spec(self.package) is not None


CONTENDERS = {
    contender.name: contender
    for contender in (
        Contender("ours", "playground", "ours:gathering"),
        Contender("ours-filled", "playground, batch in place", "ours:filled"),
        Contender("floor", "its matrix products alone", "ours:products", is_floor=True),
        Contender("products", "its products as it makes them", "ours:products", is_floor=True),
        Contender("ours-naive", "playground, naive", "ours:naive_gradient"),
        Contender("jax-scan", "JAX, jit of lax.scan", "jax_steps:scan", "jax"),
        Contender("jax", "JAX, jit of a step", "jax_steps:each_step", "jax"),
        Contender("sklearn", "scikit-learn partial_fit", "scikit_learn:partial_fit", "sklearn"),
        Contender("torch", "PyTorch eager", "torch_eager:eager", "torch"),
        Contender("scratch", "Deep Learning from Scratch", "from_scratch:as_in_the_book"),
        Contender("scratch32", "the same, float32, one forward", "from_scratch:made_lighter"),
        Contender("nielsen", "Nielsen's network.py", "nielsen:as_in_the_book"),
        Contender("nielsen32", "the same in float32", "nielsen:in_single_precision"),
        Contender("article", "article C's program", "article_c:as_in_the_article"),
    )
}
"""Ours comes first: the others are compared with it."""

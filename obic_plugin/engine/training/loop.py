"""The training loop, the only one: every method supplies an objective and batches."""

from __future__ import annotations

import math
from collections.abc import Callable, Iterator
from contextlib import nullcontext
from functools import partial
from typing import Protocol

from .. import threads
from ..progress import Progress, unwatched
from .adam import Adam
from .batch import Batch


class Objective(Protocol):
    """What a method wants of its network: a loss of named terms, and a say after each step."""

    def loss(self, batch: Batch) -> dict:
        """{name: scalar tensor}; the loop minimizes their sum and reports each."""

    def after_step(self, fraction: float) -> bool | None:
        """Called when ``fraction`` of the steps has been done; True ends the training."""

    def parameters(self) -> Iterator:
        """What is to be trained."""


def falling(fraction: float) -> float:
    """Share of the learning rate after ``fraction`` of the steps: a cosine from 1 down to 0.05."""
    return 0.05 + 0.95 * (0.5 + 0.5 * math.cos(math.pi * fraction))


def constant(fraction: float) -> float:
    """All of the learning rate, from the first step to the last."""
    return 1.0


def fit(
    objective: Objective,
    batches: Iterator,
    n_steps: int,
    learning_rate: float,
    progress: Progress,
    optimizer: Callable = Adam,
    schedule: Callable = falling,
    watch: Callable = unwatched,
    n_before: int = 0,
    steady: bool = True,
) -> list:
    """Train for ``n_steps``, or until the objective has enough; returns [(step, {term: value})].

    ``optimizer(parameters, learning_rate)`` makes what updates them, and ``schedule`` says how much of the
    learning rate is left after a fraction of the steps. ``watch(step, pause)`` is called after each step, and may
    draw what has been learned; those who look on count steps on from ``n_before``. A ``steady`` training computes with
    as many threads on every computer, so that the same comes out; where time decides, it does not in any case.
    """
    optimizer = optimizer(objective.parameters(), learning_rate)
    history = []
    with threads.two_threads() if steady else nullcontext():
        for step in range(n_steps):
            progress.at(step / n_steps)
            optimizer.learning_rate = learning_rate * schedule(step / n_steps)
            terms = objective.loss(next(batches))
            sum(terms.values()).backward()
            optimizer.step()
            done = (step + 1) / n_steps
            history.append((step + 1, {name: float(term.detach()) for name, term in terms.items()}))
            enough = objective.after_step(done)
            progress.curve(n_before + step + 1, history[-1][1])
            watch(n_before + step + 1, partial(progress.at, done))
            if enough:
                break
    return history

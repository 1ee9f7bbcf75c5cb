"""The training loop, the only one: every method supplies an objective and batches."""

from __future__ import annotations

import math
from collections.abc import Iterator
from typing import Protocol

from ..progress import Progress
from .adam import Adam
from .batch import Batch


class Objective(Protocol):
    """What a method wants of its network: a loss of named terms, and a say after each step."""

    def loss(self, batch: Batch) -> dict:
        """{name: scalar tensor}; the loop minimizes their sum and reports each."""

    def after_step(self, fraction: float) -> None:
        """Called when ``fraction`` of the steps has been done."""

    def parameters(self) -> Iterator:
        """What is to be trained."""


def fit(
    objective: Objective, batches: Iterator, n_steps: int, learning_rate: float, progress: Progress
) -> list:
    """Train for ``n_steps`` with Adam, the learning rate falling as a cosine; returns [(step, {term: value})]."""
    optimizer = Adam(objective.parameters(), learning_rate)
    history = []
    for step in range(n_steps):
        progress.at(step / n_steps)
        optimizer.learning_rate = learning_rate * (
            0.05 + 0.95 * (0.5 + 0.5 * math.cos(math.pi * step / n_steps))
        )
        terms = objective.loss(next(batches))
        sum(terms.values()).backward()
        optimizer.step()
        objective.after_step((step + 1) / n_steps)
        history.append((step + 1, {name: float(term.detach()) for name, term in terms.items()}))
    return history

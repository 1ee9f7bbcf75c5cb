"""The training loop, the only one: every method supplies an objective and batches."""

from __future__ import annotations

from typing import Iterator, Protocol

import torch

from ..progress import Progress
from .batch import Batch


class Objective(Protocol):
    """What a method wants of its network: a loss of named terms, and a say after each step."""

    def loss(self, batch: Batch) -> dict:
        """{name: scalar tensor}; the loop minimizes their sum and reports each."""

    def after_step(self, fraction: float) -> None:
        """Called when ``fraction`` of the steps has been done."""

    def parameters(self) -> Iterator:
        """What is to be trained."""


def fit(objective: Objective, batches: Iterator, n_steps: int, learning_rate: float, progress: Progress) -> list:
    """Train for ``n_steps`` with Adam and a cosine-decayed learning rate; returns [(step, {term: value})]."""
    optimizer = torch.optim.Adam(objective.parameters(), lr=learning_rate)
    schedule = torch.optim.lr_scheduler.CosineAnnealingLR(optimizer, n_steps, eta_min=learning_rate / 20)
    history = []
    for step in range(n_steps):
        progress.at(step / n_steps)
        terms = objective.loss(next(batches))
        optimizer.zero_grad(set_to_none=True)
        sum(terms.values()).backward()
        optimizer.step()
        schedule.step()
        objective.after_step((step + 1) / n_steps)
        history.append((step + 1, {name: float(term.detach()) for name, term in terms.items()}))
    return history

"""Stochastic gradient descent with momentum, as `torch.optim.SGD` computes it; why not that one, `Adam` says."""

from __future__ import annotations

from collections.abc import Iterable

import torch


class SGD:
    """One update a `step`, from the gradients that ``backward`` has left; they are cleared by it.

    ``learning_rate`` may be set between steps.
    """

    def __init__(self, parameters: Iterable, learning_rate: float, momentum: float = 0.9):
        self.parameters = [p for p in parameters if p.requires_grad]
        self.learning_rate, self._momentum = learning_rate, momentum
        self._velocity = [torch.zeros_like(p) for p in self.parameters]

    @torch.no_grad()
    def step(self) -> None:
        for parameter, velocity in zip(self.parameters, self._velocity):
            if parameter.grad is None:
                continue
            velocity.mul_(self._momentum).add_(parameter.grad)
            parameter.sub_(velocity, alpha=self.learning_rate)
            parameter.grad = None

"""Processes that train one network, each on views of its own: what is summed, or seen, over all of them.

Each computes a step from its own views. Shares of prototypes are balanced over those of all, what one of them sees is
told from what any other sees, and gradients are the means of all: the networks stay the same.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable

import torch
from torch import distributed

from ..errors import DeviceError
from .adam import Adam


class Alone:
    """One process: what there is over all of them is what it has."""

    number, count = 0, 1

    def total(self, tensor: torch.Tensor) -> torch.Tensor:
        """The sum of a tensor over all processes."""
        return tensor

    def gathered(self, rows: torch.Tensor) -> tuple:
        """Rows (n, D) of all processes, each of which may have another n; and the number of the own first one."""
        return rows, 0

    def first_says(self, value: float) -> float:
        """The value of process 0."""
        return value

    def pace(self, own: Callable) -> Callable:
        """What says how much of the training has been done, the same in all processes until the next `begin_step`."""
        return own

    def begin_step(self) -> None:
        """All processes are about to compute a step."""

    def even(self, parameters: Iterable) -> None:
        """Make the gradients of parameters the means over all processes."""


class Together(Alone):
    """All processes that torchrun has started; each calls the same in the same order."""

    def __init__(self):
        self.number, self.count = distributed.get_rank(), distributed.get_world_size()
        self._own_pace, self._done = lambda: 0.0, 0.0

    def total(self, tensor: torch.Tensor) -> torch.Tensor:
        summed = tensor.detach().cpu().clone()
        self._did(distributed.all_reduce, summed)
        return summed.to(tensor.device)

    def gathered(self, rows: torch.Tensor) -> tuple:
        counts = [torch.zeros(1, dtype=torch.long) for _ in range(self.count)]
        self._did(distributed.all_gather, counts, torch.tensor([len(rows)]))
        counts = [int(count) for count in counts]
        whole = rows.new_zeros(sum(counts), rows.shape[1])
        first = sum(counts[: self.number])
        whole[first : first + len(rows)] = rows.detach()
        return self.total(whole), first

    def first_says(self, value: float) -> float:
        told = torch.tensor(float(value), dtype=torch.float64)
        self._did(distributed.broadcast, told, 0)
        return float(told)

    def pace(self, own: Callable) -> Callable:
        self._own_pace = own
        return lambda: self._done

    def begin_step(self) -> None:
        self._done = self.first_says(self._own_pace())

    def even(self, parameters: Iterable) -> None:
        parameters = list(parameters)
        gradients = [torch.zeros_like(p) if p.grad is None else p.grad for p in parameters]
        mean = self.total(torch.cat([each.flatten() for each in gradients])) / self.count
        for parameter, part in zip(parameters, mean.split([p.numel() for p in parameters])):
            parameter.grad = part.view_as(parameter)

    def _did(self, what: Callable, *arguments) -> None:
        """Do something that needs all processes; refuses to go on where one of them is gone."""
        try:
            what(*arguments)
        except RuntimeError as error:
            raise DeviceError(
                f"One of {self.count} processes ended before the training was done, as happens where memory is short."
                " Use fewer processes, or a lower memory limit."
            ) from error


class EvenAdam(Adam):
    """Adam, with the mean gradients of all processes."""

    def __init__(self, together: Alone, parameters: Iterable, learning_rate: float):
        super().__init__(parameters, learning_rate)
        self._together = together

    def step(self) -> None:
        self._together.even(self.parameters)
        super().step()

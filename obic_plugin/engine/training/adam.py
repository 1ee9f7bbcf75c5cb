"""Adam (Kingma and Ba, ICLR 2015), as `torch.optim.Adam` computes it.

PyTorch's own class loads PyTorch's compiler when it is made: that takes seconds, and fails where QGIS brings an
older sympy than the compiler wants. This one needs neither.
"""

from __future__ import annotations

from collections.abc import Iterable

import torch

SLOWLY = 0.1  # share of the learning rate by which slower parameters change


class Adam:
    """One update a `step`, from the gradients that ``backward`` has left; they are cleared by it.

    ``learning_rate`` may be set between steps. Parameters among those that are ``slower`` change by a tenth of it.
    """

    def __init__(
        self,
        parameters: Iterable,
        learning_rate: float,
        betas: tuple = (0.9, 0.999),
        eps: float = 1e-8,
        slower: Iterable = (),
    ):
        self.parameters = [p for p in parameters if p.requires_grad]
        self.learning_rate, self._betas, self._eps, self._n_steps = learning_rate, betas, eps, 0
        slower = {id(parameter) for parameter in slower}
        self._share = [SLOWLY if id(p) in slower else 1.0 for p in self.parameters]
        self._mean = [torch.zeros_like(p) for p in self.parameters]
        self._square = [torch.zeros_like(p) for p in self.parameters]

    @torch.no_grad()
    def step(self) -> None:
        self._n_steps += 1
        first, second = self._betas
        size = self.learning_rate / (1 - first**self._n_steps)
        correction = (1 - second**self._n_steps) ** 0.5
        for parameter, share, mean, square in zip(self.parameters, self._share, self._mean, self._square):
            gradient = parameter.grad
            if gradient is None:
                continue
            mean.lerp_(gradient, 1 - first)
            square.mul_(second).addcmul_(gradient, gradient, value=1 - second)
            parameter.addcdiv_(mean, (square.sqrt() / correction).add_(self._eps), value=-share * size)
            parameter.grad = None

    def state(self) -> dict:
        """{name: tensor} of all that the next step depends on, beside the parameters."""
        found = {"n_steps": torch.tensor(self._n_steps)}
        for name, moments in (("mean", self._mean), ("square", self._square)):
            found.update({f"{name}.{number}": moment for number, moment in enumerate(moments)})
        return found

    def restore(self, state: dict) -> None:
        """Go on from what `state` has given."""
        self._n_steps = int(state["n_steps"])
        for name, moments in (("mean", self._mean), ("square", self._square)):
            for number, moment in enumerate(moments):
                moment.copy_(state[f"{name}.{number}"])

"""The training loop and its optimizers."""

from functools import partial

import numpy as np
import pytest
import torch

from obic_plugin.engine.progress import Silent
from obic_plugin.engine.training.loop import constant, falling, fit
from obic_plugin.engine.training.sgd import SGD


class Parabola:
    """|x - 3|^2, from x = 0."""

    def __init__(self, enough=None):
        self.x, self._enough = torch.nn.Parameter(torch.zeros(2)), enough
        self.seen = []

    def loss(self, batch):
        self.seen.append(self.x.detach().clone())
        return {"distance": ((self.x - 3) ** 2).sum()}

    def after_step(self, fraction):
        return self._enough is not None and len(self.seen) >= self._enough

    def parameters(self):
        return iter([self.x])


def run(objective, n_steps=20, **options):
    return fit(objective, iter(range(n_steps)), n_steps, 0.05, Silent(), **options)


@pytest.mark.parametrize("momentum", [0.0, 0.9])
@pytest.mark.parametrize("schedule", [constant, falling])
def test_gradient_descent_with_momentum_is_that_of_the_textbook(momentum, schedule):
    objective = Parabola()
    run(objective, optimizer=partial(SGD, momentum=momentum), schedule=schedule)
    x, velocity = np.zeros(2), np.zeros(2)
    for step, seen in enumerate(objective.seen):
        assert seen.numpy() == pytest.approx(x, rel=1e-4)
        velocity = momentum * velocity + 2 * (x - 3)
        x = x - 0.05 * schedule(step / 20) * velocity


def test_an_objective_ends_the_training():
    objective = Parabola(enough=7)
    assert [step for step, _ in run(objective)] == [1, 2, 3, 4, 5, 6, 7]


@pytest.mark.parametrize("options", [{}, {"optimizer": SGD}])
def test_the_loss_falls(options):
    history = run(Parabola(), **options)
    assert history[-1][1]["distance"] < history[0][1]["distance"]

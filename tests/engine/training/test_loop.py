"""The training loop and its optimizers."""

from functools import partial

import numpy as np
import pytest
import torch

from obic_plugin.engine.progress import Silent
from obic_plugin.engine.threads import use_threads
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


class Watched(Parabola):
    """Notes how many threads its loss is computed with."""

    def __init__(self):
        super().__init__()
        self.n_threads = []

    def loss(self, batch):
        self.n_threads.append(torch.get_num_threads())
        return super().loss(batch)


@pytest.fixture
def outside():
    """Sets how many threads there are outside of the training."""
    before = torch.get_num_threads()
    yield use_threads
    use_threads(before)


@pytest.mark.parametrize("n_outside", [1, 2, 3])
@pytest.mark.parametrize("steady", [True, False])
def test_a_steady_training_has_two_threads_whatever_there_are_outside(outside, n_outside, steady):
    outside(n_outside)
    objective = Watched()
    run(objective, 3, steady=steady)
    assert objective.n_threads == [2 if steady else n_outside] * 3
    assert torch.get_num_threads() == n_outside


def test_threads_are_as_they_were_after_a_training_that_fails(outside):
    outside(3)
    with pytest.raises(StopIteration):
        fit(Watched(), iter([0]), 2, 0.05, Silent())
    assert torch.get_num_threads() == 3

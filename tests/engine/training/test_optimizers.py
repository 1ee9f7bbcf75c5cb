"""Adam and gradient descent make the published updates."""

import numpy as np
import pytest
import torch

from obic_plugin.engine.training.adam import Adam
from obic_plugin.engine.training.sgd import SGD

RATES = [0.1, 0.1, 0.02, 0.3, 0.05, 0.05]


def gradients(seed=0):
    return np.random.default_rng(seed).normal(0, [1e-3, 1, 50], (len(RATES), 3))


def found(kind, **options) -> np.ndarray:
    """(steps, 3): where the optimizer is after each gradient."""
    parameter = torch.nn.Parameter(torch.tensor([1.0, -2.0, 0.5], dtype=torch.float64))
    optimizer, seen = kind([parameter], RATES[0], **options), []
    for rate, gradient in zip(RATES, gradients()):
        optimizer.learning_rate, parameter.grad = rate, torch.from_numpy(gradient)
        optimizer.step()
        assert parameter.grad is None
        seen.append(parameter.detach().numpy().copy())
    return np.array(seen)


def test_adam_is_algorithm_1_of_kingma_and_ba():
    x, mean, square = np.array([1.0, -2.0, 0.5]), np.zeros(3), np.zeros(3)
    for step, (rate, gradient, seen) in enumerate(zip(RATES, gradients(), found(Adam)), 1):
        mean = 0.9 * mean + 0.1 * gradient
        square = 0.999 * square + 0.001 * gradient**2
        x = x - rate * (mean / (1 - 0.9**step)) / (np.sqrt(square / (1 - 0.999**step)) + 1e-8)
        assert seen == pytest.approx(x, rel=1e-9)


@pytest.mark.parametrize("momentum", [0.0, 0.9])
def test_gradient_descent_is_that_of_polyak(momentum):
    x, velocity = np.array([1.0, -2.0, 0.5]), np.zeros(3)
    for rate, gradient, seen in zip(RATES, gradients(), found(SGD, momentum=momentum)):
        velocity = momentum * velocity + gradient
        x = x - rate * velocity
        assert seen == pytest.approx(x, rel=1e-12)


@pytest.mark.parametrize("kind", [Adam, SGD])
def test_what_is_not_to_be_trained_and_what_has_no_gradient_stay(kind):
    fixed, idle = torch.nn.Parameter(torch.ones(2), requires_grad=False), torch.nn.Parameter(torch.ones(2))
    optimizer = kind([fixed, idle], 0.1)
    optimizer.step()
    assert (fixed == 1).all() and (idle == 1).all()

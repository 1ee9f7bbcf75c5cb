"""The objective of unsupervised segmentation is the cross-entropy of a plain loop."""

import numpy as np
import pytest
import torch

from obic_plugin.engine.training.batch import Batch
from obic_plugin.engine.training.targets import IGNORE, Targets


class Fixed(torch.nn.Module):
    """A network that always says the same scores."""

    def __init__(self, said):
        super().__init__()
        self.said = torch.nn.Parameter(said)

    def scores(self, features, present):
        return self.said


def batch_of(seed, n_classes=5, shape=(2, 6, 7)):
    random = np.random.default_rng(seed)
    present = torch.from_numpy(random.random(shape) > 0.3)
    targets = torch.from_numpy(random.dirichlet(np.ones(n_classes), shape)).permute(0, 3, 1, 2)
    said = torch.from_numpy(random.normal(0, 3, (shape[0], n_classes, *shape[1:])))
    return Batch(torch.zeros(shape[0], 1, *shape[1:]), present, targets), said


@pytest.mark.parametrize("seed", range(3))
def test_it_is_the_mean_cross_entropy_of_the_superpixels_that_are_there(seed):
    batch, said = batch_of(seed)
    terms = []
    for image, row, col in batch.valid.nonzero().tolist():
        scores, wanted = said[image, :, row, col].numpy(), batch.targets[image, :, row, col].numpy()
        terms.append(-(wanted * (scores - np.log(np.exp(scores).sum()))).sum())
    assert Targets(Fixed(said)).loss(batch)["cross-entropy"].item() == pytest.approx(np.mean(terms), rel=1e-9)


def test_its_gradient_is_share_said_less_share_wanted():
    batch, said = batch_of(0)
    network = Fixed(said)
    Targets(network).loss(batch)["cross-entropy"].backward()
    wanted = (said.softmax(1) - batch.targets) * batch.valid[:, None] / batch.valid.sum()
    assert torch.allclose(network.said.grad, wanted, atol=1e-12)


def test_it_trains_all_of_the_network_in_training_mode():
    network = Fixed(batch_of(0)[1]).eval()
    objective = Targets(network)
    assert network.training and list(objective.parameters()) == list(network.parameters())


def test_classes_that_are_known_count_as_all_of_a_share():
    batch, said = batch_of(0)
    hard = batch.targets.argmax(1)
    soft = torch.nn.functional.one_hot(hard, 5).permute(0, 3, 1, 2).to(said.dtype)
    wanted = Targets(Fixed(said)).loss(batch._replace(targets=soft))["cross-entropy"].item()
    assert Targets(Fixed(said)).loss(batch._replace(targets=hard))["cross-entropy"].item() == pytest.approx(
        wanted
    )


def test_pixels_whose_class_is_not_known_do_not_count():
    batch, said = batch_of(0)
    hard = batch.targets.argmax(1)
    unknown = torch.rand(hard.shape) > 0.5
    found = Targets(Fixed(said)).loss(batch._replace(targets=hard.masked_fill(unknown, IGNORE)))
    there = Targets(Fixed(said)).loss(batch._replace(targets=hard, valid=batch.valid & ~unknown))
    assert found["cross-entropy"].item() == pytest.approx(there["cross-entropy"].item())

"""What a network knows before it is trained."""

import pytest
import torch

from obic_plugin.engine.nets.mixturenet import MixtureNetwork
from obic_plugin.engine.progress import Silent
from obic_plugin.engine.raster.patch import Patch
from obic_plugin.engine.training.prior import network_with_prior


def test_looks_are_measured_in_the_scatter_of_the_factors():
    torch.manual_seed(0)
    present = torch.rand(40, 40) > 0.1
    features = (torch.randn(7, 40, 40) + torch.arange(40) / 5) * present
    patch = Patch(features, present, torch.arange(1600).view(40, 40))
    network = network_with_prior(MixtureNetwork, [patch], 3, 6, 3, 0, Silent())
    factors = network.factor_grid(features[None], present[None])[0][:, present]
    assert float(network.scatter) == pytest.approx(
        factors.var(1, unbiased=False).sum().sqrt().item(), rel=1e-4
    )

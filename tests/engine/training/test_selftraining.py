"""A network that teaches itself learns what the mixture cannot tell apart, and forgets no class on the way."""

import numpy as np
import pytest
import torch

from obic_plugin.engine.nets.featurenet import N_SEEN, FeatureNetwork
from obic_plugin.engine.progress import Cancelled, Silent
from obic_plugin.engine.raster.patch import Patch
from obic_plugin.engine.training.selftraining import ROUNDS, teach_itself
from tests.progress import StopAt

SIDE = 40


def made(scatter: float = 1.0, share: float = 0.5):
    """A network whose mixture tells two classes by one feature, not well; what is seen tells them clearly."""
    random = np.random.default_rng(0)
    truth = np.arange(SIDE)[:, None] < share * SIDE
    truth = torch.from_numpy(np.repeat(truth, SIDE, 1))
    plain = torch.from_numpy(np.where(truth, -1.0, 1.0) + scatter * random.normal(size=(SIDE, SIDE)))
    looks = random.normal(size=(N_SEEN, SIDE, SIDE))
    looks[3] += 4 * truth.numpy()
    values = torch.cat([plain[None], torch.zeros(2, SIDE, SIDE), torch.from_numpy(looks)]).float()
    network = FeatureNetwork(3, 2, 1, encoder=True).eval()
    network.factors[0, 0] = 1.0
    network.slope[0, 0], network.slope[1, 0] = -2.0, 2.0
    network.scatter.fill_(100.0)  # no two look alike: neighbors say nothing
    return network, Patch(values, torch.ones(SIDE, SIDE, dtype=torch.bool)), truth


def right(said, patch, truth) -> float:
    winners = said(patch.values[None], patch.valid[None])[0].argmax(0)
    return (winners == (~truth).long()).float().mean().item()


def test_it_tells_apart_what_the_mixture_does_not():
    network, patch, truth = made(scatter=1.5)

    def mixture_alone(values, valid):
        return network.prior(network.factor_grid(values, valid), valid)

    assert right(mixture_alone, patch, truth) < 0.8
    history = teach_itself(network, [patch], 0, Silent())
    assert right(network, patch, truth) > 0.95
    assert [number for number, _ in history] == list(range(1, ROUNDS + 1))
    assert history[-1][1]["changed"] < history[0][1]["changed"]


def test_a_small_class_is_not_swallowed():
    network, patch, _ = made(scatter=0.7, share=0.1)
    teach_itself(network, [patch], 0, Silent())
    winners = network(patch.values[None], patch.valid[None])[0].argmax(0)
    assert 0.05 < (winners == 0).float().mean().item() < 0.15


def test_the_same_seed_teaches_the_same():
    found = []
    for _ in range(2):
        network, patch, _ = made()
        teach_itself(network, [patch], 7, Silent())
        found.append(network.head_slope.clone())
    assert (found[0] == found[1]).all()


def test_it_can_be_stopped():
    network, patch, _ = made()
    with pytest.raises(Cancelled):
        teach_itself(network, [patch], 0, StopAt(0.1))


def test_what_lies_around_a_superpixel_counts():
    """Seen in a single superpixel is mostly noise; without the head of its surroundings there is less to tell by."""
    network, patch, truth = made(scatter=1.5)
    patch.values[3:] += (
        2 * torch.from_numpy(np.random.default_rng(1).normal(size=(N_SEEN, SIDE, SIDE))).float()
    )
    teach_itself(network, [patch], 0, Silent())
    with_both = right(network, patch, truth)
    network.head_slope[:, N_SEEN:] = 0
    assert with_both > 0.9 and with_both > right(network, patch, truth) + 0.02


def test_the_mixture_follows_the_winners():
    """Told apart by what is seen, the classes lie where they are in the mixture's own features."""
    network, patch, _ = made(scatter=1.5)
    network.offset[0] = 4.0  # too often the first class
    teach_itself(network, [patch], 0, Silent())
    own = network.factor_grid(patch.values[None], patch.valid[None])
    shares = network.prior(own, patch.valid[None])[0].argmax(0)
    assert abs((shares == 0).float().mean().item() - 0.5) < 0.1

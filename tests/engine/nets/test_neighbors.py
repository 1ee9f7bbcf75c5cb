"""Neighbors that look alike agree, those that look different do not, and nothing comes from where nothing is."""

import pytest
import torch

from obic_plugin.engine.nets import neighbors
from obic_plugin.engine.nets.superpixelnet import SuperpixelNetwork

SIZE = 2 * neighbors.STEPS + 5
MIDDLE = SIZE // 2


def field(doubt=1.0):
    """Scores of two classes: the first everywhere, but in the middle the second, by a little."""
    scores = torch.zeros(1, 2, SIZE, SIZE)
    scores[:, 0] = 3.0
    scores[:, :, MIDDLE, MIDDLE] = torch.tensor([0.0, doubt])
    return scores, torch.zeros(1, 3, SIZE, SIZE), torch.ones(1, SIZE, SIZE, dtype=torch.bool)


def winner(scores, looks, present, scatter=1.0):
    return neighbors.agreed(scores, looks, present, torch.tensor(scatter))[0][0].argmax(0)


def test_one_in_doubt_follows_neighbors_that_look_the_same():
    assert (winner(*field()) == 0).all()


def test_one_that_is_sure_does_not():
    assert winner(*field(doubt=100.0))[MIDDLE, MIDDLE] == 1


def test_a_road_stays_a_road():
    scores, looks, present = field()
    scores[0, :, MIDDLE] = torch.tensor([0.0, 0.5])[:, None]
    looks[0, :, MIDDLE] = 10.0
    found = winner(scores, looks, present)
    assert (found[MIDDLE] == 1).all()
    assert (found.sum() == SIZE) and (winner(scores, looks * 0, present)[MIDDLE] == 0).all()


def test_looks_are_measured_in_their_scatter():
    scores, looks, present = field()
    looks[0, 0] = torch.randn(SIZE, SIZE)
    once, _ = neighbors.agreed(scores, looks, present, torch.tensor(1.5))
    again, _ = neighbors.agreed(scores, looks * 8, present, torch.tensor(12.0))
    assert torch.allclose(once, again)


def test_all_neighbors_that_look_the_same_are_heard():
    _, heard = neighbors.agreed(*field(), torch.tensor(1.0))
    assert heard[0, 0, MIDDLE, MIDDLE] == 8 and heard[0, 0, 0, 0] == 3


def test_absent_neighbors_say_nothing():
    scores, looks, present = field()
    present[:, MIDDLE - 1 : MIDDLE + 2, MIDDLE - 1 : MIDDLE + 2] = False
    present[:, MIDDLE, MIDDLE] = True
    assert winner(scores, looks, present)[MIDDLE, MIDDLE] == 1


@pytest.mark.parametrize("turn", [lambda grid: grid.flip(-1), lambda grid: grid.transpose(-1, -2)])
def test_no_direction_is_preferred(turn):
    torch.manual_seed(0)
    scores, looks, present = torch.randn(2, 4, 9, 9), torch.randn(2, 3, 9, 9), torch.rand(2, 9, 9) > 0.2
    plain, _ = neighbors.agreed(scores, looks, present, torch.tensor(1.0))
    turned, _ = neighbors.agreed(turn(scores), turn(looks), turn(present), torch.tensor(1.0))
    assert torch.allclose(turn(plain), turned, atol=1e-5)


def test_the_network_sees_as_far_as_it_says_and_no_farther():
    torch.manual_seed(0)
    network = SuperpixelNetwork(n_features=7, n_classes=4, n_factors=5).eval()
    for name, buffer in network.named_buffers():
        if name in ("factors", "slope"):
            buffer.normal_()
    network.scatter.fill_(100.0)  # all look alike: each asks all its neighbors
    size = 2 * network.reach_px + 5
    middle = size // 2
    features, present = torch.randn(1, 7, size, size), torch.ones(1, size, size, dtype=torch.bool)
    changed = features.clone()
    changed[0, :, middle, middle] += 5
    with torch.inference_mode():
        moved = (network(features, present) - network(changed, present)).abs().amax((0, 1))
    away = (torch.arange(size) - middle).abs()
    away = torch.maximum(away[:, None], away)
    assert (moved[away > network.reach_px] == 0).all()
    assert (moved[away == network.reach_px] > 0).any()


def test_many_who_are_not_sure_do_not_make_one_who_is():
    """Opinions of 60 percent, however many agree: all came from the same network."""
    network = SuperpixelNetwork(n_features=7, n_classes=2, n_factors=5).eval()
    opinion = torch.tensor([0.6, 0.4]).log()
    network.offset.copy_(opinion)
    for layer, bias in ((network.head, opinion), (network.short_cut, torch.zeros(2))):
        torch.nn.init.zeros_(layer.weight)
        layer.bias.data.copy_(bias)
    with torch.inference_mode():
        shares = network(torch.zeros(1, 7, SIZE, SIZE), torch.ones(1, SIZE, SIZE, dtype=torch.bool)).softmax(
            1
        )
    assert ((shares[:, 0] > 0.6) & (shares[:, 0] < 0.99)).all()

"""The published network is computed in other ways than it is written down: to the same numbers."""

from __future__ import annotations

import pytest
import torch
from torch import nn

from obic_plugin.engine.nets.convolution import generator
from obic_plugin.engine.nets.fcn import PLACES, PublishedNetwork, at_places

SHAPE = 24, 36


def plain(network: PublishedNetwork) -> nn.Sequential:
    """The network as the paper has it, of PyTorch's layers, with the same weights."""
    layers = []
    convolutions = iter(network.blocks)
    for layer in network.LAYERS:
        if layer == "3x3":
            layers += [*_copied(next(convolutions), 1), nn.ReLU()]
        else:
            layers.append(nn.MaxPool2d(2) if layer == "pool" else nn.Upsample(scale_factor=2, mode="nearest"))
    return nn.Sequential(*layers, *_copied(network.last, 0))


def _copied(block, padding: int) -> list:
    n_out, n_in, size, _ = block.conv.weight.shape
    conv, norm = nn.Conv2d(n_in, n_out, size, padding=padding), nn.BatchNorm2d(n_out)
    conv.load_state_dict(block.conv.state_dict())
    norm.load_state_dict(block.norm.state_dict())
    return [conv, norm]


def trained(n_bands: int = 3, n_classes: int = 5, width: int = 7) -> PublishedNetwork:
    """A network by chance whose normalizations have met something."""
    network, random = PublishedNetwork(n_bands, n_classes, width, generator(1)), generator(2)
    for block in (*network.blocks, network.last):
        for tensor in (block.norm.weight, block.norm.bias, block.norm.running_mean, block.norm.running_var):
            tensor.data.uniform_(0.5, 1.5, generator=random)
    return network.eval()


def image(n_bands: int = 3, seed: int = 0) -> torch.Tensor:
    return torch.rand(1, n_bands, *SHAPE, generator=generator(seed))


def everywhere() -> torch.Tensor:
    return torch.ones(1, *SHAPE, dtype=torch.bool)


def test_once_trained_it_gives_the_scores_of_the_paper():
    network = trained()
    with torch.inference_mode():
        expected = plain(network).eval()(image())
        assert torch.allclose(network(image(), everywhere()), expected, atol=1e-4)


@pytest.mark.parametrize("places", [*[(place,) for place in PLACES], PLACES])
def test_in_training_places_have_the_scores_and_the_slopes_that_they_would_have(places):
    """Of normalizations, the last two see these places alone: of all of them, the network is the paper's."""
    network = trained().train()
    reference = plain(network).train()
    before, after = reference[:-5], reference[-5:]
    features = before(image())
    conv, *rest = after
    expected = nn.Sequential(*rest)(at_places(conv(features), *places))
    if places == PLACES:
        assert torch.allclose(expected, at_places(plain(network).train()(image()), *places), atol=1e-4)
    found = network.head(network.features(image(), everywhere()), everywhere(), *places)
    assert torch.allclose(found, expected, atol=1e-4)
    wanted = torch.rand(found.shape, generator=generator(5))
    (found * wanted).sum().backward()
    (expected * wanted).sum().backward()
    assert torch.allclose(network.blocks[0].conv.weight.grad, reference[0].weight.grad, atol=1e-3, rtol=1e-3)
    assert torch.allclose(network.blocks[3].conv.weight.grad, reference[12].weight.grad, atol=1e-3, rtol=1e-3)
    norm = reference[1]
    assert torch.allclose(network.blocks[0].norm.running_mean, norm.running_mean, atol=1e-5)
    assert torch.allclose(network.blocks[0].norm.running_var, norm.running_var, atol=1e-5)
    assert network.blocks[0].norm.num_batches_tracked == norm.num_batches_tracked


@pytest.mark.parametrize("training", [False, True])
def test_invalid_pixels_are_as_if_the_image_ended_there(training):
    """The rows below are invalid, and hold something else each time."""
    network, valid = trained().train(training), everywhere()
    valid[:, 12:] = False
    cut = network(image()[:, :, :12], valid[:, :12])
    for filled in (-7.0, 1e4):
        values = image()
        values[:, :, 12:] = filled
        found = network(values, valid)
        assert torch.allclose(found[:, :, :12], cut, atol=1e-4)


def test_one_pixel_less_than_its_reach_would_not_do():
    network, block = trained(width=16), slice(16, 20)
    values = torch.rand(1, 3, 36, 36, generator=generator(0))
    values.requires_grad_(True)
    valid = torch.ones(1, 36, 36, dtype=torch.bool)
    seen = torch.zeros(36, dtype=torch.bool)
    for row in range(block.start, block.stop):
        (slope,) = torch.autograd.grad(network(values, valid)[0, :, row].sum(), values)
        seen |= (slope[0] != 0).any(0).any(1)
    rows = seen.nonzero().flatten()
    assert network.reach_px == 11
    assert (int(rows.min()), int(rows.max())) == (
        block.start - network.reach_px,
        block.stop - 1 + network.reach_px,
    )


def test_classes_change_places():
    network = trained()
    before = network(image(), everywhere())
    network.reorder([3, 1])
    assert torch.equal(network(image(), everywhere()), before[:, [3, 1, 0, 2, 4]])


def test_the_first_weights_follow_from_the_seed_alone():
    state = torch.random.get_rng_state()
    first, second = (PublishedNetwork(3, random=generator(4)).state_dict() for _ in range(2))
    other = PublishedNetwork(3, random=generator(5)).state_dict()
    assert all(torch.equal(first[name], second[name]) for name in first)
    assert any(not torch.equal(first[name], other[name]) for name in first)
    assert torch.equal(state, torch.random.get_rng_state())

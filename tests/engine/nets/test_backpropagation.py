"""The networks of segmentation by backpropagation: layer for layer as published, and blind to invalid pixels."""

import pytest
import torch
from torch import nn

from obic_plugin.engine.nets.backpropagation import FastNetwork, KanezakiNetwork

PUBLISHED = {
    KanezakiNetwork: [
        "3x3 5 100", "ReLU", "norm 100",
        "3x3 100 100", "ReLU", "norm 100",
        "1x1 100 100", "norm 100",
    ],
    FastNetwork: [
        "3x3 5 64", "norm 64", "ReLU",
        "1x1 64 32", "norm 32", "ReLU",
        "3x3 32 64", "norm 64", "ReLU",
        "1x1 64 32", "norm 32",
    ],
}  # fmt: skip


def described(layer):
    if isinstance(layer, nn.Conv2d):
        rows, cols = layer.kernel_size
        assert layer.padding == (rows // 2, cols // 2) and layer.bias is not None
        return f"{rows}x{cols} {layer.in_channels} {layer.out_channels}"
    if isinstance(layer, nn.BatchNorm2d):
        return f"norm {layer.num_features}"
    return type(layer).__name__


@pytest.mark.parametrize("kind", PUBLISHED)
def test_layers_are_those_of_the_paper(kind):
    assert [described(layer) for layer in kind(5).layers] == PUBLISHED[kind]


@pytest.mark.parametrize("kind", PUBLISHED)
def test_scores_are_those_of_plain_layers(kind):
    torch.manual_seed(0)
    network, image = kind(3, 12, 7), torch.rand(1, 3, 21, 17)
    plain = image
    for layer in network.layers:
        if isinstance(layer, nn.BatchNorm2d):
            plain = nn.functional.batch_norm(plain, None, None, layer.weight, layer.bias, True)
        else:
            plain = nn.functional.relu(plain) if isinstance(layer, nn.ReLU) else layer(plain)
    assert torch.allclose(network(image), plain, atol=1e-5)
    assert torch.allclose(network(image, torch.arange(21 * 17)), plain, atol=1e-5)


@pytest.mark.parametrize("kind", PUBLISHED)
def test_invalid_pixels_are_like_what_lies_beyond_the_border(kind):
    torch.manual_seed(0)
    network, image = kind(3, 12, 7), torch.rand(1, 3, 20, 30)
    padded = torch.zeros(1, 3, 26, 33)
    padded[..., 6:, :30] = image
    valid = torch.zeros(26, 33, dtype=torch.bool)
    valid[6:, :30] = True
    found = network(padded, valid.ravel().nonzero().ravel())[..., 6:, :30]
    assert torch.allclose(found, network(image), atol=1e-5)


@pytest.mark.parametrize("kind", PUBLISHED)
def test_a_single_pixel_has_scores(kind):
    assert kind(1)(torch.ones(1, 1, 1, 1)).isfinite().all()
    assert kind(1)(torch.ones(1, 1, 3, 3), torch.tensor([4])).isfinite().all()

"""The published objective is that of the paper, written down plainly: every pixel counts, and is taught by its like."""

import numpy as np
import pytest
import torch
from torch.nn import functional

from obic_plugin.engine.nets.convolution import generator
from obic_plugin.engine.nets.fcn import PublishedNetwork
from obic_plugin.engine.training.batch import Batch
from obic_plugin.engine.training.majority import Majority
from obic_plugin.engine.training.votes import IGNORE
from tests.engine.training.plain_votes import index_lists, majority_by_loop

SHAPE = 24, 32


def made(holes: bool) -> Batch:
    """Superpixels of 5 x 7 px, some of the pixels of none."""
    rows, cols = np.mgrid[: SHAPE[0], : SHAPE[1]]
    regions = torch.from_numpy((rows // 5 * 10 + cols // 7).astype(np.int32))
    valid = torch.ones(SHAPE, dtype=torch.bool)
    if holes:
        valid[3:9, 4:20] = False
    values = torch.rand(1, 3, *SHAPE, generator=generator(1)) * valid
    return Batch(values, valid[None], None, torch.where(valid, regions, -1)[None])


@pytest.mark.parametrize("holes", [False, True])
def test_loss_and_slopes_are_those_of_the_paper(holes):
    batch, found = made(holes), []
    for plainly in (False, True):
        network = PublishedNetwork(3, 6, 8, generator(2))
        if plainly:
            loss = by_loop(network.train(), batch)
        else:
            loss = Majority(network).loss(batch)["cross-entropy"]
        loss.backward()
        found.append([loss.detach(), *(each.grad for each in network.parameters() if each.grad is not None)])
    assert len(found[0]) == len(found[1])
    assert all(torch.allclose(ours, plain, atol=1e-5) for ours, plain in zip(*found))


def by_loop(network: PublishedNetwork, batch: Batch) -> torch.Tensor:
    """Scores of all pixels where they lie, normalized together; a loop over superpixels."""
    features = network.features(batch.values, batch.valid)
    fifth, last = network.blocks[-1], network.last
    image = fifth.conv(functional.interpolate(features, scale_factor=2))
    scores = normalized(last, last.conv(normalized(fifth, image, batch.valid).relu()), batch.valid)
    regions = batch.regions[0].numpy()
    labels = scores.detach()[0].argmax(0).numpy()
    target = np.where(regions >= 0, majority_by_loop(labels, index_lists(regions)), IGNORE)
    return functional.cross_entropy(scores, torch.from_numpy(target)[None], ignore_index=IGNORE)


def normalized(block, image: torch.Tensor, valid: torch.Tensor) -> torch.Tensor:
    """By mean and variance of the valid pixels; 0 elsewhere."""
    chosen = image[0][:, valid[0]]
    mean, variance = chosen.mean(1), chosen.var(1, unbiased=False)
    scale = block.norm.weight / (variance + block.norm.eps).sqrt()
    shift = block.norm.bias - mean * scale
    return (image * scale[:, None, None] + shift[:, None, None]) * valid[:, None]

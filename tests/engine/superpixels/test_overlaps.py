"""Means of coarse maps by superpixel are those of the map enlarged to all pixels."""

import numpy as np
import torch

from obic_plugin.engine.superpixels.overlaps import Overlaps


def test_means_are_those_of_the_map_enlarged_to_pixels():
    random = np.random.default_rng(0)
    ids = random.integers(-1, 6, (13, 18))
    image = torch.from_numpy(random.normal(size=(3, 4, 5)).astype(np.float32))
    overlaps = Overlaps(ids, 7, 4)
    fine = image.numpy().repeat(4, 1).repeat(4, 2)[:, :13, :18]
    means = overlaps.means(image)
    for region in range(6):
        assert np.allclose(means[region], fine[:, ids == region].mean(1), atol=1e-6)
    assert (means[6] == 0).all() and overlaps.count.tolist() == [*np.bincount(ids[ids >= 0]), 0]

"""The published method, as the benchmarks have it: its layers, its windows, and that it sees what is there."""

from __future__ import annotations

import numpy as np
import pytest
import torch
from torch import nn

from benchmarks.published import Settings, SuperpixelFCN, majority, published_map, sieved, window_starts


def test_layers_are_those_of_the_paper():
    """conv3x3 64, pool, conv3x3 64, pool, conv3x3 64, up, conv3x3 64, up, conv3x3 64, conv1x1 K, all normalized."""
    n_bands, n_classes = 4, 32
    found = []
    for layer in SuperpixelFCN(n_bands, n_classes).layers:
        if isinstance(layer, nn.Conv2d):
            found.append((layer.kernel_size[0], layer.in_channels, layer.out_channels))
        elif isinstance(layer, nn.BatchNorm2d):
            found.append(("normalize", layer.num_features))
        elif isinstance(layer, nn.Upsample):
            found.append((layer.mode, layer.scale_factor))
        else:
            found.append(type(layer).__name__)
    block = [("normalize", 64), "ReLU"]
    inner = [(3, 64, 64), *block]
    assert found == [
        *[(3, n_bands, 64), *block, "MaxPool2d"],
        *[*inner, "MaxPool2d"],
        *[*inner, ("nearest", 2)],
        *[*inner, ("nearest", 2)],
        *inner,
        *[(1, 64, n_classes), ("normalize", n_classes)],
    ]


def test_scores_have_the_size_of_the_image():
    network = SuperpixelFCN(3, 5, width=8).eval()
    assert network(torch.zeros(2, 3, 20, 36)).shape == (2, 5, 20, 36)


@pytest.mark.parametrize("size_px", [1, 100, 512, 513, 960, 961, 2000])
def test_windows_cover_and_stay_inside(size_px):
    starts = window_starts(size_px, 512, 448)
    covered = np.zeros(size_px, int)
    for start in starts:
        covered[start : start + 512] += 1
    assert covered.min() >= 1
    assert len(set(starts)) == len(starts)
    assert max(starts) == max(size_px - 512, 0)


def test_majority_is_the_commonest_label_of_a_region():
    labels = np.array([[3, 1, 1], [3, 2, 0]])
    regions = np.array([[7, 7, 7], [7, 9, 9]])
    assert majority(labels, regions, 4).tolist() == [[1, 1, 1], [1, 0, 0]]


def test_small_regions_are_sieved():
    labels = np.zeros((12, 12), np.uint8)
    labels[2:4, 2:4], labels[6:12, 0:6] = 1, 2
    expected = np.where(labels == 1, 0, labels)
    assert (sieved(labels, 20) == expected).all()


def test_same_seed_same_map_of_any_size():
    image = np.random.default_rng(0).random((3, 64, 66)).astype(np.float32)
    settings = Settings(epochs=2, width=8, window_px=48, stride_px=32)
    labels = published_map(image, 1, settings)
    assert labels.shape == (64, 66)
    assert labels.max() < settings.classes
    assert (labels == published_map(image, 1, settings)).all()

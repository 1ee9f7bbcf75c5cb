"""Votes of superpixels: the same as a plain loop over them, exactly."""

import numpy as np
import pytest
import torch

from obic_plugin.engine.training.votes import IGNORE, Vote, agreement
from tests.engine.training.plain_votes import index_lists, majority_by_loop


def scene(seed, n_regions, n_classes, shape=(37, 53), share_outside=0.1):
    random = np.random.default_rng(seed)
    regions = random.integers(0, n_regions, shape)
    regions[random.random(shape) < share_outside] = -1
    return random.integers(0, n_classes, shape), regions


def voted(labels, regions, n_regions, n_classes):
    return Vote(torch.from_numpy(regions), n_regions, n_classes)(torch.from_numpy(labels)).numpy()


@pytest.mark.parametrize("seed", range(6))
@pytest.mark.parametrize("n_regions, n_classes", [(1, 2), (9, 3), (60, 100), (1900, 2), (1900, 254)])
def test_targets_are_those_of_the_plain_loop(seed, n_regions, n_classes):
    labels, regions = scene(seed, n_regions, n_classes)
    expected = np.where(regions >= 0, majority_by_loop(labels, index_lists(regions)), IGNORE)
    assert (voted(labels, regions, n_regions, n_classes) == expected).all()


def test_of_equally_common_labels_the_lowest_wins():
    labels, regions = np.array([[3, 1, 2, 2, 1, 3, 0]]), np.array([[0, 0, 0, 0, 0, 0, -1]])
    assert voted(labels, regions, 1, 4).tolist() == [[1, 1, 1, 1, 1, 1, IGNORE]]
    assert voted(labels, regions, 1, 254).tolist() == [[1, 1, 1, 1, 1, 1, IGNORE]]


@pytest.mark.parametrize("dtype", [torch.int32, torch.int64])
def test_a_second_vote_changes_nothing(dtype):
    labels, regions = scene(1, 40, 7, share_outside=0)
    first = voted(labels, regions, 40, 7)
    vote = Vote(torch.from_numpy(regions).to(dtype), 40, 7)
    assert (vote(torch.from_numpy(first)).numpy() == first).all()


def test_agreement_is_the_share_of_pixels_that_said_so():
    said, regions = scene(2, 40, 7)
    labels = voted(said, regions, 40, 7)
    labels[regions < 0] = 0
    found = agreement(*(torch.from_numpy(each) for each in (labels, said, regions)), 40).numpy()
    for region in range(40):
        here = regions == region
        assert found[here] == pytest.approx((said[here] == labels[here]).mean())
    assert (found[regions < 0] == 0).all()

"""A network over pixels from a few labels: what it starts from, and what a step sees."""

from __future__ import annotations

import itertools

import numpy as np
import pytest
import torch

from obic_plugin.engine.nets.imagefeatures import ImageFeatures
from obic_plugin.engine.progress import Silent
from obic_plugin.engine.raster.groundtruth import LabeledPixels
from obic_plugin.engine.raster.patch import Patch
from obic_plugin.engine.raster.reader import RasterReader
from obic_plugin.engine.raster.scaling import Scaling
from obic_plugin.engine.training.adam import SLOWLY, Adam
from obic_plugin.engine.training.finetuning import (
    ScaledImage,
    Spot,
    crops_of_labels,
    spots_of,
    starting_from,
    told_by,
)
from obic_plugin.engine.training.targets import IGNORE
from tests.scenes import write_raster


def numbered(height, width) -> Patch:
    """A patch whose one channel is the number of its pixel."""
    number = torch.arange(height * width, dtype=torch.float32).view(1, height, width)
    return Patch(number, torch.ones(height, width, dtype=torch.bool))


def spot(rows, cols, classes, shape=(90, 120)) -> Spot:
    rows, cols, classes = (np.array(each) for each in (rows, cols, classes))
    numbers = np.arange(len(rows))
    return Spot(numbered(*shape), rows, cols, classes, numbers, numbers, numbers)


def test_crops_hold_labels_of_each_class_as_often_and_where_they_are():
    """Of 100 labeled pixels one has class 1."""
    rows, cols = np.repeat(np.arange(11), 9)[:99], np.tile(np.arange(9), 11)
    one = spot([*rows, 80], [*cols, 100], [0] * 99 + [1])
    seen = []
    for batch in itertools.islice(crops_of_labels([one], 0, 32, torch.device("cpu")), 40):
        for values, targets in zip(batch.values, batch.targets):
            known = targets != IGNORE
            assert known.any()
            seen.append(int(targets[known].max()))
            for number, label in zip(values[0][known].long().tolist(), targets[known].tolist()):
                row, col = divmod(number, 120)
                assert label == int((row, col) == (80, 100))
    assert 0.3 < np.mean(seen) < 0.7


def test_a_crop_of_what_is_smaller_is_continued_with_nothing():
    (batch,) = itertools.islice(
        crops_of_labels([spot([2], [3], [4], (20, 10))], 0, 32, torch.device("cpu")), 1
    )
    assert batch.values.shape[-2:] == (32, 32) and batch.valid.sum() == len(batch.valid) * 200
    assert (batch.targets[~batch.valid] == IGNORE).all()


def test_spots_know_their_labels_and_groups_of_two_images_are_different(tmp_path):
    values = np.arange(600 * 700, dtype=np.float32).reshape(600, 700)
    reader = RasterReader(write_raster(tmp_path / "a.tif", values))
    image = ScaledImage(reader, Scaling(1, (0,), np.zeros(1), np.ones(1) * 600 * 700))
    rows, cols = np.array([0, 10, 599]), np.array([3, 20, 699])
    known = LabeledPixels(rows, cols, np.array([0, 1, 1]), np.array([1, 2, 3]))
    spots = spots_of([image, image], [known, known], 16, Silent())
    assert len(spots) == 4 and len(np.unique(np.concatenate([s.groups for s in spots]))) == 6
    for each in spots:
        places = np.round(each.patch.values[0, each.rows, each.cols].numpy() * 600 * 700).astype(int)
        for place, label in zip(places, each.classes):
            at = list(zip(rows, cols)).index((place // 700, place % 700))
            assert known.labels[at] == label


@pytest.fixture(scope="module")
def features() -> ImageFeatures:
    """What sees a five-band image by three of its bands."""
    torch.manual_seed(0)
    return ImageFeatures(5, [2, 1, 0], True, 8)


def test_it_starts_from_the_encoder_and_sees_nothing_else_yet(features):
    network = starting_from(features, 4, 0)().eval()
    values, valid = torch.rand(1, 5, 32, 32), torch.ones(1, 32, 32, dtype=torch.bool)
    others = values.clone()
    others[:, 3:] = 0
    assert torch.allclose(network(values, valid), network(others, valid))
    others[:, 0] = 0
    assert not torch.allclose(network(values, valid), network(others, valid))
    assert network.score_px == 2 and network(values, valid).shape == (1, 4, 16, 16)
    enlarged = network.encoder(values[:, [2, 1, 0, 3, 4]], valid)
    assert torch.allclose(enlarged[0], features.encoder(values[:, [2, 1, 0]], valid)[0], atol=1e-5)


def test_the_same_seed_starts_from_the_same_weights(features):
    one, same, other = (starting_from(features, 4, seed)().head.weight for seed in (0, 0, 1))
    assert torch.equal(one, same) and not torch.equal(one, other)


def test_what_fills_invalid_pixels_does_not_matter(features):
    network = starting_from(features, 4, 0)().eval()
    values, valid = torch.rand(1, 5, 32, 32), torch.ones(1, 32, 32, dtype=torch.bool)
    valid[:, 10:20, 5:9] = False
    filled = values.masked_fill(~valid[:, None], 7.0)
    assert torch.equal(network(values, valid), network(filled, valid))


def test_labels_are_told_where_they_are(features):
    network = starting_from(features, 4, 0)().eval()
    network.scores = lambda values, valid: torch.cat([values[:, :1], 1 - values[:, :1]], 1)
    patch = Patch(torch.zeros(5, 20, 24), torch.ones(20, 24, dtype=torch.bool))
    patch.values[0, 3, 7] = 1
    known = Spot(patch, np.array([3, 4]), np.array([7, 7]), *[np.array([0, 1])] * 4)
    assert told_by(network, [known]).tolist() == [0, 1]


def test_slower_parameters_change_by_a_share():
    parameters = [torch.nn.Parameter(torch.zeros(())) for _ in range(2)]
    optimizer = Adam(parameters, 0.5, slower=parameters[1:])
    sum(parameters).backward()
    optimizer.step()
    first, second = (parameter.item() for parameter in parameters)
    assert first == pytest.approx(-0.5) and second == pytest.approx(-0.5 * SLOWLY)

"""What is known of an image around its pixels: the mean of what is seen in its mirrorings."""

from __future__ import annotations

import pytest
import torch

from obic_plugin.engine.nets.encoder import Encoder
from obic_plugin.engine.nets.imagefeatures import MIRRORED, ImageFeatures
from obic_plugin.engine.nets.parts import MapPart

from .test_encoder import prepared


@pytest.fixture
def image():
    random = torch.Generator().manual_seed(0)
    return torch.rand(1, 3, 64, 96, generator=random), torch.rand(1, 64, 96, generator=random) > 0.1


def features(views: int) -> ImageFeatures:
    torch.manual_seed(0)
    found = ImageFeatures(3, [0, 1, 2], True, 16, views)
    found.encoder = prepared(Encoder(3, 16))
    return found.eval()


def seen(views: int, values, valid) -> list:
    with torch.inference_mode():
        return features(views)(values, valid)


@pytest.mark.parametrize("axes", MIRRORED[1:], ids=str)
def test_a_mirrored_image_has_the_features_of_the_image_mirrored(image, axes):
    values, valid = image
    for stage, mirrored in zip(seen(4, values, valid), seen(4, values.flip(axes), valid.flip(axes))):
        assert torch.allclose(mirrored.flip(axes), stage, atol=1e-4)


def test_one_view_is_the_encoder_s_and_its_mirrorings_differ(image):
    values, valid = image
    one, flipped = seen(1, values, valid), seen(1, values.flip(-1), valid.flip(-1))
    with torch.inference_mode():
        deep = features(1).encoder(values, valid)
    for stage, other, encoded in zip(one, flipped, deep):
        assert torch.equal(stage[:, 6:], encoded)
        assert (other.flip(-1)[:, 6:] - stage[:, 6:]).abs().max() > 1e-2


def test_two_views_are_the_mean_of_the_image_and_of_the_image_turned_around(image):
    values, valid = image
    turned = seen(1, values.flip((-2, -1)), valid.flip((-2, -1)))
    for stage, one, other in zip(seen(2, values, valid), seen(1, values, valid), turned):
        assert torch.allclose(stage, (one + other.flip((-2, -1))) / 2, atol=1e-4)


@pytest.mark.parametrize("views", [1, 4])
def test_the_part_that_is_asked_for_is_that_of_the_whole(image, views):
    inner, network = MapPart(16, 32, 48, 80), features(views)
    with torch.inference_mode():
        whole, found = network(*image), network(*image, inner=inner)
    for stage, part, stride in zip(whole, found, network.strides):
        assert torch.allclose(part, stage[inner.over(stride).within(MapPart.whole(stage))], atol=1e-4)

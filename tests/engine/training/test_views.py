"""Two views of a place say the same at the same index, whatever was done to them."""

from __future__ import annotations

import numpy as np
import pytest
import torch

from obic_plugin.engine.nets.convolution import generator
from obic_plugin.engine.raster.patch import Patch
from obic_plugin.engine.training import views
from obic_plugin.engine.training.views import View, aligned, blurred, jittered, views_of


def plainly_aligned(image, box, flips, side):
    """(side, side) of one map (h, w): flips undone first, then between the four nearest pixels, one by one."""
    image = np.flip(image, [axis for axis in (0, 1) if flips[axis]])
    height, width = image.shape
    found = np.zeros((side, side))
    for i in range(side):
        for j in range(side):
            y = (box[0] + (box[2] - box[0]) * (i + 0.5) / side) * height - 0.5
            x = (box[1] + (box[3] - box[1]) * (j + 0.5) / side) * width - 0.5
            y, x = min(max(y, 0), height - 1), min(max(x, 0), width - 1)
            top, left = int(y), int(x)
            bottom, right = min(top + 1, height - 1), min(left + 1, width - 1)
            above = image[top, left] * (1 - x + left) + image[top, right] * (x - left)
            below = image[bottom, left] * (1 - x + left) + image[bottom, right] * (x - left)
            found[i, j] = above * (1 - y + top) + below * (y - top)
    return found


@pytest.mark.parametrize("flips", [(False, False), (True, False), (False, True), (True, True)])
def test_what_is_aligned_is_what_the_plain_version_finds(flips):
    maps = torch.rand(2, 3, 6, 6, generator=generator(0))
    boxes = torch.tensor([[0.1, 0.3, 0.7, 0.9], [0.0, 0.0, 1.0, 0.4]])
    view = View(maps, maps[:, 0] > 0, boxes, torch.tensor([flips, flips]))
    found = aligned(maps, view, 4)
    for n in range(2):
        for channel in range(3):
            plain = plainly_aligned(maps[n, channel].numpy(), boxes[n].tolist(), flips, 4)
            np.testing.assert_allclose(found[n, channel], plain, atol=1e-5)


def ramp(size=200):
    """Two bands: the row and the column of each pixel, as shares."""
    row, col = torch.meshgrid(torch.arange(size) / size, torch.arange(size) / size, indexing="ij")
    return Patch(torch.stack([row, col]), torch.ones(size, size, dtype=torch.bool))


def test_two_views_are_of_the_same_places(monkeypatch):
    monkeypatch.setattr(views, "JITTER_SHARE", 0)
    monkeypatch.setattr(views, "BLUR_SHARE", 0)
    first, second = next(views_of([ramp()], 64, 12, seed=3)).pair
    assert first.values.shape == (12, 2, views.VIEW_PX, views.VIEW_PX)
    assert {tuple(flip) for flip in torch.cat([first.flips, second.flips]).tolist()} > {(True, False)}
    assert (first.boxes - second.boxes).abs().max() > 0.1
    places = [aligned(view.values, view, 8) for view in (first, second)]
    assert (places[0] - places[1]).abs().max() < 0.01  # a pixel is 0.005


def test_a_flip_that_is_not_undone_is_seen(monkeypatch):
    monkeypatch.setattr(views, "JITTER_SHARE", 0)
    monkeypatch.setattr(views, "BLUR_SHARE", 0)
    first, second = next(views_of([ramp()], 64, 12, seed=3)).pair
    forgotten = second._replace(flips=torch.zeros_like(second.flips))
    assert (aligned(first.values, first, 8) - aligned(second.values, forgotten, 8)).abs().max() > 0.1


def test_a_later_step_is_what_would_have_come_there():
    all_of_them = views_of([ramp()], 64, 2, seed=5, n_local=1)
    next(all_of_them), next(all_of_them)
    third, resumed = next(all_of_them), next(views_of([ramp()], 64, 2, seed=5, first_step=2, n_local=1))
    views = [(*each.pair, each.local[0].view) for each in (third, resumed)]
    assert all((a == b).all() for one, other in zip(*views) for a, b in zip(one, other))
    other = next(views_of([ramp()], 64, 2, seed=6, first_step=2))
    assert (third.pair[0].values != other.pair[0].values).any()


def test_a_small_view_shows_what_the_view_that_it_lies_in_shows_there(monkeypatch):
    monkeypatch.setattr(views, "JITTER_SHARE", 0)
    monkeypatch.setattr(views, "BLUR_SHARE", 0)
    seen = next(views_of([ramp()], 64, 12, seed=3, n_local=3))
    assert [each.whole for each in seen.local] == [0, 1, 0]
    for view, whole, boxes in seen.local:
        assert view.values.shape == (12, 2, views.LOCAL_PX, views.LOCAL_PX)
        assert ((boxes >= 0) & (boxes <= 1)).all() and (boxes[:, 2:] - boxes[:, :2]).min() < 0.6
        around = seen.pair[whole]._replace(boxes=boxes)
        apart = aligned(view.values, view, 8) - aligned(around.values, around, 8)
        assert apart.abs().max() < 0.01  # a pixel is 0.005
        elsewhere = aligned(around.values, seen.pair[whole], 8)
        assert (aligned(view.values, view, 8) - elsewhere).abs().max() > 0.05


@pytest.mark.parametrize("n_bands", [1, 4, 7])
def test_values_stay_in_range_and_what_is_invalid_is_nothing(n_bands):
    values = torch.rand(n_bands, 150, 140, generator=generator(1))
    valid = torch.rand(150, 140, generator=generator(2)) > 0.4
    seen = next(views_of([Patch(values * valid, valid)], 64, 6, seed=0, n_local=1))
    for view in (*seen.pair, seen.local[0].view):
        assert view.values.min() >= 0 and view.values.max() <= 1
        assert not view.values.movedim(1, -1)[~view.valid].any()
        assert ((view.boxes >= 0) & (view.boxes <= 1)).all() and (view.boxes[:, 2:] > view.boxes[:, :2]).all()


def test_an_image_smaller_than_a_view_is_seen_whole_or_in_part():
    small = Patch(torch.rand(3, 20, 31, generator=generator(1)), torch.ones(20, 31, dtype=torch.bool))
    first, second = next(views_of([small], 64, 4, seed=0)).pair
    assert first.values.shape == second.values.shape == (4, 3, views.VIEW_PX, views.VIEW_PX)


def test_each_band_is_jittered_by_itself():
    values = torch.rand(1, 40, 40, generator=generator(1)).repeat(4, 1, 1)
    changed = [jittered(values, generator(seed)) for seed in range(12)]
    apart = [float((found - found[:1]).abs().max()) for found in changed]
    assert min(apart) == 0 and max(apart) > 0.05
    assert max(apart) < 0.5  # what they have in common is more


def test_what_fills_invalid_pixels_is_not_blurred_into_others(monkeypatch):
    monkeypatch.setattr(views, "BLUR_SHARE", 1)
    valid = torch.rand(30, 30, generator=generator(1)) > 0.3
    plain = torch.full((2, 30, 30), 0.25)
    found = blurred(torch.where(valid, plain, torch.tensor(9.0)), valid, generator(0))
    assert torch.allclose(found[:, valid], torch.tensor(0.25), atol=1e-6)

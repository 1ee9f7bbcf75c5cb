"""Colors: known CIELAB values, all told apart, and moved no more than needed."""

import numpy as np
import pytest
from skimage.color import rgb2lab

from obic_plugin.engine.errors import ParameterError
from obic_plugin.engine.raster.palette import another_color, distinct_colors, separate, to_lab


def closest_pair(colors):
    lab = to_lab(colors)
    apart = np.sqrt(((lab[:, None] - lab[None]) ** 2).sum(-1))
    return apart[np.triu_indices(len(colors), 1)].min()


def test_lab_is_that_of_scikit_image():
    rgb = np.random.default_rng(0).integers(0, 256, (500, 3))
    np.testing.assert_allclose(to_lab(rgb), rgb2lab(rgb / 255.0), atol=0.02)
    np.testing.assert_allclose(to_lab((255, 255, 255)), (100, 0, 0), atol=1e-9)


@pytest.mark.parametrize(("n", "distance"), [(2, 40), (12, 25), (16, 20), (64, 20), (254, 11)])
def test_distinct_colors_are_clearly_different(n, distance):
    colors = distinct_colors(n)
    assert len(colors) == len(set(colors)) == n
    assert closest_pair(colors) > distance
    assert all(isinstance(part, int) and 0 <= part <= 255 for color in colors for part in color)


def test_a_short_palette_begins_a_long_one():
    assert distinct_colors(254)[:30] == distinct_colors(30)
    assert distinct_colors(0) == []


@pytest.mark.parametrize("n", [-1, 255])
def test_a_byte_holds_no_more(n):
    with pytest.raises(ParameterError, match="254"):
        distinct_colors(n)


def test_colors_far_apart_stay():
    colors = distinct_colors(40)
    assert separate(colors) == colors


@pytest.mark.parametrize("n", [2, 16, 100, 254])
def test_equal_colors_are_told_apart_and_the_first_stays(n):
    moved = separate([(90, 110, 70)] * n)
    assert moved[0] == (90, 110, 70)
    assert closest_pair(moved) >= (20 if n <= 100 else 12)
    assert moved == separate([(90, 110, 70)] * n)


def test_like_colors_move_little():
    rng = np.random.default_rng(3)
    colors = np.clip(rng.normal((95, 110, 70), 25, (16, 3)), 0, 255)
    moved = separate(colors)
    assert closest_pair(moved) >= 20
    assert np.sqrt(((to_lab(moved) - to_lab(colors)) ** 2).sum(-1)).max() < 32


@pytest.mark.parametrize("seed", range(5))
def test_two_classes_of_a_legend_never_look_alike(seed):
    random = np.random.default_rng(seed)
    n = int(random.integers(2, 100))
    colors = random.normal(random.uniform(0, 255, 3), random.uniform(0, 60), (n, 3))
    assert closest_pair(separate(colors)) >= 20


def test_dark_and_missing_and_none():
    assert closest_pair(separate([(0, 0, 0), (-5, 1, 300), (float("nan"), 2, 2), (0, 0, 1)])) >= 10
    assert separate([]) == []
    assert separate(np.empty((0, 3))) == []


def test_an_impossible_distance_is_lowered():
    assert 0 < closest_pair(separate([(0, 0, 0)] * 100, 80)) < 80


@pytest.mark.parametrize("n", [0, 1, 16, 100, 254])
def test_another_color_is_clearly_different_from_all_that_are_taken(n):
    rng = np.random.default_rng(n)
    taken = [tuple(int(part) for part in color) for color in rng.integers(0, 256, (n, 3))]
    color = another_color(taken)
    assert color in distinct_colors(254) and color not in taken
    if n <= 16:
        assert n == 0 or closest_pair([color, min(taken, key=lambda t: closest_pair([color, t]))]) >= 20
        assert n or color == distinct_colors(1)[0]

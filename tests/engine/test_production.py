"""Superpixels as a map's companion: their numbers tell neighbors apart, and are one to one."""

from __future__ import annotations

import numpy as np
import pytest

from obic_plugin.engine.methods.unsupervised import METHOD
from obic_plugin.engine.production import strewn
from obic_plugin.engine.progress import Silent
from tests.scenes import quarters, read_raster, write_raster


@pytest.mark.parametrize("n_bits", [1, 2, 7, 12, 17])
def test_strewn_numbers_are_one_to_one_and_keep_0(n_bits):
    numbers = np.arange(2**n_bits, dtype=np.uint32)
    result = strewn(numbers, n_bits)
    assert result[0] == 0 and result.dtype == np.uint32
    assert (np.sort(result) == numbers).all()


@pytest.mark.parametrize("columns", [75, 89, 144, 233, 377, 512])
def test_whatever_the_width_numbers_of_neighbors_are_far_apart(columns):
    """Also where the width is a Fibonacci number, on which steps of the golden section would come back."""
    grid = strewn(np.arange(1, 90 * columns + 1, dtype=np.uint32), 23).reshape(90, columns) / 2**23
    for axis in (0, 1):
        far = np.abs(np.diff(grid, axis=axis))
        assert np.median(far) > 0.03 and (far < 1 / 256).mean() < 0.02


@pytest.mark.parametrize("kind", ["slic", "felzenszwalb"])
def test_the_companion_of_a_map_looks_like_superpixels(tmp_path, kind):
    out = str(tmp_path / "ids.tif")
    params = METHOD.params(
        input=write_raster(tmp_path / "a.tif", quarters(120, 150, n_bands=3)[0]),
        superpixels=kind,
        superpixel_size=10,
        effort="draft",
        output=str(tmp_path / "map.tif"),
        output_superpixels=out,
    )
    METHOD.execute(params, Silent())
    ids = read_raster(out).astype(float)
    steps = np.abs(np.concatenate([np.diff(ids, axis=0).ravel(), np.diff(ids, axis=1).ravel()]))
    span = ids.max() - ids.min()
    assert np.median(steps[steps > 0]) > 0.03 * span

"""How an encoder looks at an image follows from its size."""

from __future__ import annotations

import numpy as np
import pytest

from obic_plugin.engine.encoding import block_px, n_views
from obic_plugin.engine.raster.reader import RasterReader
from tests.scenes import write_raster

METER, TEN_METERS = (0.0, 1.0, 0.0, 0.0, 0.0, -1.0), (0.0, 10.0, 0.0, 0.0, 0.0, -10.0)


@pytest.mark.parametrize(
    ("shape", "grid", "block", "views"),
    [
        ((800, 800), METER, 8, 4),  # small, and so enlarged: 2.6 Mpx are looked at
        ((1000, 1000), METER, 16, 4),
        ((2000, 2000), METER, 16, 4),  # 4 Mpx, and not one more
        ((2000, 2001), METER, 16, 3),
        ((800, 800), TEN_METERS, 8, 4),
        ((1000, 1000), TEN_METERS, 16, 4),
    ],
)
def test_small_images_are_enlarged_and_large_ones_are_mapped_in_a_view_less(
    tmp_path, shape, grid, block, views
):
    reader = RasterReader(write_raster(tmp_path / "a.tif", np.zeros(shape, np.uint8), grid))
    assert (block_px(reader), n_views(reader, block)) == (block, views)


def test_what_a_model_of_a_small_image_enlarges_counts_as_it_is_looked_at(tmp_path):
    reader = RasterReader(write_raster(tmp_path / "a.tif", np.zeros((1000, 1001), np.uint8), METER))
    assert (n_views(reader, 16), n_views(reader, 8)) == (4, 3)

"""How an encoder looks at an image follows from its size."""

from __future__ import annotations

import numpy as np
import pytest

from obic_plugin.engine.encoding import block_px
from obic_plugin.engine.raster.reader import RasterReader
from tests.scenes import write_raster

METER, TEN_METERS = (0.0, 1.0, 0.0, 0.0, 0.0, -1.0), (0.0, 10.0, 0.0, 0.0, 0.0, -10.0)


@pytest.mark.parametrize(
    ("shape", "grid", "block"),
    [
        ((800, 800), METER, 8),
        ((1000, 1000), METER, 16),
        ((800, 800), TEN_METERS, 8),
        ((1000, 1000), TEN_METERS, 16),
    ],
)
def test_small_images_are_enlarged(tmp_path, shape, grid, block):
    reader = RasterReader(write_raster(tmp_path / "a.tif", np.zeros(shape, np.uint8), grid))
    assert block_px(reader) == block

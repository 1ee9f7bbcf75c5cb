"""What is learned of a pair without labels."""

from __future__ import annotations

import pytest
import torch

from obic_plugin.engine import encoding
from obic_plugin.engine.change.unlabeled import learn
from obic_plugin.engine.progress import Silent
from obic_plugin.engine.raster.display import Display
from obic_plugin.engine.raster.pair import ImagePair
from obic_plugin.engine.raster.reader import RasterReader
from tests.engine.methods.test_change import dates
from tests.scenes import NORTH_UP, write_raster


@pytest.mark.parametrize(("pixel_m", "side_px"), [(10.0, 4), (1.0, 8)])
def test_superpixels_of_coarse_images_are_smaller(tmp_path, monkeypatch, pixel_m, side_px):
    monkeypatch.setattr(encoding, "lacking", lambda loss: loss)  # quicker, and the same without an encoder
    transform = (NORTH_UP[0], pixel_m, 0.0, NORTH_UP[3], 0.0, -pixel_m)
    paths = [write_raster(tmp_path / f"{n}.tif", date, transform) for n, date in enumerate(dates())]
    reader = RasterReader(paths[0])
    pair = ImagePair(reader, paths[1])
    learned = learn(pair, Display.of(reader, None), torch.device("cpu"), 0, Silent())
    assert learned.labeler.cells.superpixels.size_px == side_px
    assert abs(learned.areas.mean() - side_px**2) < 0.2 * side_px**2

"""A tile is read with a margin as wide as it has to be."""

from __future__ import annotations

import numpy as np
import pytest
import torch

from obic_plugin.engine.labelers.cells import CellLabeler
from obic_plugin.engine.nets.superpixelnet import SuperpixelNetwork
from obic_plugin.engine.raster.reader import RasterReader
from obic_plugin.engine.raster.scaling import Scaling
from obic_plugin.engine.superpixels.cellreader import CellReader
from obic_plugin.engine.superpixels.felzenszwalb import Felzenszwalb
from obic_plugin.engine.superpixels.slic import Slic
from tests.scenes import write_raster

CLASSES = 12


def far_sighted():
    """A network by chance in which what lies far away counts as much as what is near."""
    torch.manual_seed(1)
    network = SuperpixelNetwork(3, CLASSES, 3).eval()
    with torch.no_grad():
        for name, parameter in network.named_parameters():
            parameter.normal_(0, 0.5 if name.endswith("weight") else 0.1)
        network.short_cut.weight.zero_()
        network.factors.copy_(torch.eye(3))
        network.slope.normal_()
        network.spread.fill_(0.2)
    return network


def labels(path, kind, tile_px):
    reader = RasterReader(path)
    scaling = Scaling(1, (0,), np.zeros(1), np.full(1, 255.0))
    cells = CellReader(reader, scaling, kind, torch.device("cpu"))
    out = np.zeros((2, reader.grid.height, reader.grid.width), np.uint8)
    for tile in CellLabeler(cells, far_sighted(), CLASSES).tiles(reader.work.tiles(tile_px)):
        out[(slice(None), *tile.window.slices)] = tile.planes["labels"], tile.planes["confidence"]
    return out


@pytest.fixture
def path(tmp_path):
    image = np.random.default_rng(0).integers(0, 256, (1, 150, 170)).astype(np.uint8)
    return write_raster(tmp_path / "a.tif", np.repeat(np.repeat(image, 2, 1), 2, 2))


@pytest.mark.parametrize(
    "kind", [Slic(8, 0.02), Slic(5, 0.02), Felzenszwalb(8)], ids=["slic 8", "slic 5", "f"]
)
def test_the_map_does_not_depend_on_the_tiles_even_if_far_things_matter(path, kind):
    whole, tiled = labels(path, kind, 512), labels(path, kind, 64)
    assert len(np.unique(whole[0])) > 3
    np.testing.assert_array_equal(tiled[0], whole[0])
    np.testing.assert_allclose(tiled[1], whole[1].astype(int), atol=1)  # percent, of sums in any order


@pytest.mark.parametrize("what", ["the network's reach", "the superpixels' origins"])
def test_one_cell_less_would_not_do(path, monkeypatch, what):
    kind = Slic(8, 0.02)
    whole = labels(path, kind, 512)
    if what == "the network's reach":
        monkeypatch.setattr(SuperpixelNetwork, "reach_px", SuperpixelNetwork.reach_px - 1)
    else:
        monkeypatch.setattr(Slic, "origins", lambda self, core, raster: core)
    assert (labels(path, kind, 64)[0] != whole[0]).any()

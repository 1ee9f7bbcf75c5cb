"""Labels fill the superpixels that they touch, and nothing else."""

from __future__ import annotations

import numpy as np
import pytest
import torch

from obic_plugin.engine.progress import Silent
from obic_plugin.engine.raster.groundtruth import LabeledPixels
from obic_plugin.engine.raster.reader import RasterReader
from obic_plugin.engine.raster.sample import read_sample
from obic_plugin.engine.raster.scaling import fit_scaling
from obic_plugin.engine.superpixels.cellreader import CellReader
from obic_plugin.engine.superpixels.slic import Slic
from obic_plugin.engine.training import spreading
from obic_plugin.engine.training.spreading import spread
from tests.scenes import quarters, write_raster


@pytest.fixture
def cells(tmp_path):
    image = np.maximum(quarters(100, 130, noise=40)[0], 1)
    image[:, :5] = 0
    reader = RasterReader(write_raster(tmp_path / "a.tif", image, nodata=0))
    scaling = fit_scaling(read_sample(reader, Silent()).values, Silent())
    return CellReader(reader, scaling, Slic(8), torch.device("cpu"))


def regions(cells) -> np.ndarray:
    """(h, w) the superpixel of each pixel of the whole raster, -1 where there is none."""
    found = cells.segmented(cells.scaled(cells.read(cells.raster)[1]), cells.raster)
    return found.ids.numpy()[cells.raster.within(found.window).slices]


def points(*rows) -> LabeledPixels:
    """Of (row, col, label, group)."""
    return LabeledPixels(*np.array(rows).T)


@pytest.mark.parametrize("tile_px", [384, 48])
def test_a_label_fills_its_superpixel_in_any_tiling(cells, tile_px, monkeypatch):
    monkeypatch.setattr(spreading, "TILE_PX", tile_px)
    known = points((20, 30, 4, 7), (47, 47, 2, 8), (90, 100, 2, 9))
    found, ids = spread(cells, known, 10**6, 0, Silent()), regions(cells)
    labels, groups = np.full(ids.shape, -1), np.full(ids.shape, -1)
    for row, col, label, group in zip(*known):
        labels[ids == ids[row, col]], groups[ids == ids[row, col]] = label, group
    assert len(found.rows) == (labels >= 0).sum() > 100
    assert (labels[found.rows, found.cols] == found.labels).all()
    assert (groups[found.rows, found.cols] == found.groups).all()


def test_a_superpixel_of_two_classes_says_nothing_and_keeps_its_labels(cells):
    ids = regions(cells)
    rows, cols = np.nonzero(ids == ids[50, 60])
    known = points((rows[0], cols[0], 1, 1), (rows[-1], cols[-1], 2, 2))
    found = spread(cells, known, 10**6, 0, Silent())
    assert sorted(zip(*found)) == sorted(zip(*known))


def test_of_each_class_at_most_so_many(cells):
    known = points((20, 30, 4, 7), (47, 47, 2, 8), (90, 100, 2, 9))
    found = spread(cells, known, 20, 0, Silent())
    assert [int((found.labels == label).sum()) for label in (2, 4)] == [20, 20]
    assert len(np.unique(found.groups[found.labels == 2])) == 2

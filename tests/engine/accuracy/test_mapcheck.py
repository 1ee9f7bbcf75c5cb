"""A map where somebody knows better: only classes of equal names count, each pixel the same."""

from __future__ import annotations

import numpy as np
import pytest
from osgeo import ogr

from obic_plugin.engine.accuracy.mapcheck import MapCheck
from obic_plugin.engine.errors import InputError
from obic_plugin.engine.methods import accuracy
from obic_plugin.engine.methods.accuracy import AccuracyParams
from obic_plugin.engine.progress import Silent
from obic_plugin.engine.raster.groundtruth import GroundTruth
from obic_plugin.engine.raster.reader import RasterReader
from tests.engine.methods.test_chips import names_raster
from tests.engine.raster.test_reference import box, write_features
from tests.progress import Record
from tests.scenes import write_raster

NAMES = ("Water", "wood", "town")


def check(tmp_path, reference, names, told=None):
    """Of a reference (h, w) whose values have such names, from 0."""
    image = RasterReader(write_raster(tmp_path / "image.tif", np.ones(reference.shape, np.uint8)))
    path = names_raster(tmp_path / "reference.tif", reference.astype(np.uint8), names)
    truth = GroundTruth(path, None, image.grid)
    return MapCheck(truth, image, NAMES, 0, told or Silent())


def test_every_pixel_counts_the_same(tmp_path):
    reference = np.zeros((8, 8), np.uint8)
    reference[:2], reference[2:5] = 1, 2
    mapped = np.zeros((8, 8), np.uint8)
    mapped[0], mapped[1], mapped[2:5] = 1, 2, 2  # half of the water is right, and all of the wood
    found = check(tmp_path, reference, ("", "water ", "wood"))
    scores = found.scores(write_raster(tmp_path / "map.tif", mapped, nodata=0), Silent())
    assert scores.overall_accuracy.value == pytest.approx(4 / 5)
    assert scores.table.tolist() == [[8, 8, 0], [0, 24, 0], [0, 0, 0]]


def test_it_says_what_accuracy_says_of_polygons_and_is_as_sure_as_there_are_many(tmp_path):
    random = np.random.default_rng(0)
    mapped = random.integers(1, 3, (300, 300)).astype(np.uint8)
    path = write_raster(tmp_path / "map.tif", mapped, nodata=0)
    names_raster(path, mapped, ("", "Water", "wood", "town"), nodata=0)
    grid = RasterReader(path).grid
    features = [
        (("water", "wood")[n % 2], box(70 * (n // 4), 70 * (n % 4), 4 + 20 * (n % 2), 20, grid))
        for n in range(12)
    ]
    polygons = write_features(tmp_path / "a.gpkg", features, ogr.OFTString)
    truth = GroundTruth(polygons, "kind", grid)
    found = MapCheck(truth, RasterReader(path), NAMES, 0, Silent()).scores(path, Silent()).overall_accuracy
    told = accuracy.METHOD.execute(AccuracyParams(input=path, reference=polygons, field="kind"), Silent())
    assert found.value == pytest.approx(told["overall_accuracy"], abs=1e-9)
    assert found.low < found.value < found.high


def test_pixels_that_the_map_has_not_do_not_count(tmp_path):
    reference = np.ones((4, 4), np.uint8)
    reference[2:] = 2
    mapped = reference.copy()
    mapped[0] = 0
    path = write_raster(tmp_path / "map.tif", mapped, nodata=0)
    scores = check(tmp_path, reference, ("", "water", "wood")).scores(path, Silent())
    assert scores.table.sum() == 12 and scores.overall_accuracy.value == 1


def test_a_map_without_any_of_the_reference_says_nothing_of_it(tmp_path):
    found = check(tmp_path, np.ones((4, 4), np.uint8), ("", "water"))
    path = write_raster(tmp_path / "map.tif", np.zeros((4, 4), np.uint8), nodata=0)
    assert found.scores(path, Silent()) is None


def test_other_classes_are_said_and_none_in_common_is_refused(tmp_path):
    reference = np.array([[1, 1, 2, 2]], np.uint8)
    told = Record()
    check(tmp_path, reference, ("", "wood", "swamp"), told)
    assert told.lines == ["Left out of the reference: 'swamp', which the map does not have."]
    with pytest.raises(InputError, match="it has 'moor', 'swamp', and the map 'Water', 'wood', 'town'"):
        check(tmp_path, reference, ("", "moor", "swamp"))

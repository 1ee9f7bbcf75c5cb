"""A map where somebody knows better: only classes of equal names count, each as much as it covers of the map."""

from __future__ import annotations

import numpy as np
import pytest

from obic_plugin.engine.accuracy.mapcheck import MapCheck
from obic_plugin.engine.errors import InputError
from obic_plugin.engine.progress import Silent
from obic_plugin.engine.raster.groundtruth import GroundTruth
from obic_plugin.engine.raster.reader import RasterReader
from tests.engine.methods.test_chips import names_raster
from tests.progress import Record
from tests.scenes import write_raster

NAMES = ("Water", "wood", "town")


def check(tmp_path, reference, names, told=None):
    """Of a reference (h, w) whose values have such names, from 0."""
    image = RasterReader(write_raster(tmp_path / "image.tif", np.ones(reference.shape, np.uint8)))
    path = names_raster(tmp_path / "reference.tif", reference.astype(np.uint8), names)
    truth = GroundTruth(path, None, image.grid)
    return MapCheck(truth, image, NAMES, 0, told or Silent())


def test_classes_count_as_much_as_they_cover_of_the_map(tmp_path):
    reference = np.zeros((8, 8), np.uint8)
    reference[:2], reference[2:4] = 1, 2
    mapped = np.zeros((8, 8), np.uint8)
    mapped[0], mapped[1], mapped[2:4] = 1, 2, 2  # half of the water is right, and all of the wood
    found = check(tmp_path, reference, ("", "water ", "wood"))
    path = write_raster(tmp_path / "map.tif", mapped, nodata=0)
    scores = found.scores(path, np.array([10, 30, 0]), Silent())
    assert scores.overall_accuracy.value == pytest.approx(0.25 * 0.5 + 0.75)
    assert scores.table.tolist() == [[8, 8, 0], [0, 16, 0], [0, 0, 0]]


def test_pixels_that_the_map_has_not_do_not_count(tmp_path):
    reference = np.ones((4, 4), np.uint8)
    reference[2:] = 2
    mapped = reference.copy()
    mapped[0] = 0
    path = write_raster(tmp_path / "map.tif", mapped, nodata=0)
    scores = check(tmp_path, reference, ("", "water", "wood")).scores(path, np.ones(3), Silent())
    assert scores.table.sum() == 12 and scores.overall_accuracy.value == 1


def test_other_classes_are_said_and_none_in_common_is_refused(tmp_path):
    reference = np.array([[1, 1, 2, 2]], np.uint8)
    told = Record()
    check(tmp_path, reference, ("", "wood", "swamp"), told)
    assert told.lines == ["Left out of the reference: 'swamp', which the map does not have."]
    with pytest.raises(InputError, match="it has 'moor', 'swamp', and the map 'Water', 'wood', 'town'"):
        check(tmp_path, reference, ("", "moor", "swamp"))

"""A score to masks of other thresholds."""

from __future__ import annotations

import numpy as np
import pytest

from obic_plugin.engine.errors import InputError, ParameterError
from obic_plugin.engine.methods.changemask import METHOD
from obic_plugin.engine.progress import Silent
from tests.scenes import read_raster, write_raster


def run(tmp_path, score, **settings):
    path = write_raster(tmp_path / "score.tif", score, nodata=0)
    params = METHOD.params(input=path, output=str(tmp_path / "mask.tif"), **settings)
    return METHOD.execute(params, Silent()), read_raster(tmp_path / "mask.tif")


def score():
    values = np.full((30, 40), 20, np.uint8)
    values[5:15, 5:15], values[20, 30], values[0] = 60, 90, 0
    return values


def test_thresholds_and_small_patches(tmp_path):
    polygons = str(tmp_path / "out.gpkg")
    numbers, mask = run(tmp_path, score(), min_area=0, output_polygons=polygons)
    assert (
        (mask[5:15, 5:15] == 2).all()
        and mask[20, 30] == 2
        and (mask[0] == 0).all()
        and (mask == 2).sum() == 101
    )
    assert numbers["changed_percent"] == pytest.approx(100 * 101 / (29 * 40))
    assert (run(tmp_path, score(), threshold=60, min_area=0)[1] == 2).sum() == 1
    for least in ({}, {"min_area": 5}):  # a single pixel is no patch, if nothing else is said
        assert (run(tmp_path, score(), **least)[1] == 2).sum() == 100


def test_a_raster_that_is_no_score_is_refused(tmp_path):
    for value in (101, 255):
        other = score()
        other[7, 7] = value
        with pytest.raises(InputError, match=f"score.tif holds {value}, and a score is 1 to 100"):
            run(tmp_path, other)


def test_refusals(tmp_path):
    with pytest.raises(InputError, match="holds no score"):
        run(tmp_path, score() * 0)
    with pytest.raises(ParameterError, match="Threshold must be a number between"):
        run(tmp_path, score(), threshold=101)

"""When images were taken, as far as their files tell."""

from __future__ import annotations

from datetime import date

import numpy as np
from osgeo import gdal

from obic_plugin.engine.change.acquisition import remarks, taken_on
from tests.scenes import write_raster


def image(path, kind=np.uint8, **metadata):
    path = write_raster(path, np.ones((3, 4, 5), kind))
    dataset = gdal.Open(path, gdal.GA_Update)
    dataset.SetMetadata(metadata)
    return path


def test_the_day_is_that_of_the_metadata_else_of_the_name(tmp_path):
    told = {
        "naip5m_20120731.tif": date(2012, 7, 31),
        "S2_2020-08-31_a.tif": date(2020, 8, 31),
        "99991231.tif": None,
    }
    for name, day in {**told, "20209931.tif": None, "120200831.tif": None}.items():
        assert taken_on(image(tmp_path / name)) == day
    assert taken_on(image(tmp_path / "20120731.tif", DATE_ACQUIRED="1999-11-18")) == date(1999, 11, 18)


def test_what_is_unknown_or_reversed_is_said(tmp_path):
    early, late, unknown = (image(tmp_path / f"{name}.tif") for name in ("20120731", "20200831", "image"))
    assert remarks(early, late) == []
    assert "goes back in time" in remarks(late, early)[0]
    assert "taken for the earlier one" in remarks(early, unknown)[0]
    other = image(tmp_path / "20210831.tif", np.uint16)
    assert "different types" in remarks(early, other)[0]
    assert "Both dates are the same image" in remarks(early, early)[0]

"""Formats of polygons: what does not fit becomes an error, not a traceback."""

from __future__ import annotations

import pytest
from osgeo import gdal

from obic_plugin.engine.errors import OutputError
from obic_plugin.engine.vector.formats import _format_of, create_layer, vector_format


@pytest.mark.parametrize("name", ["places", "places.", ".gpkg", "places.gpkg.", "places.xyz"])
def test_a_name_that_says_no_format_is_refused_with_those_that_do(name):
    with pytest.raises(OutputError, match=r"must end in one of \.gpkg"):
        vector_format(name)


class FullDisk:
    """A dataset that has no room for a layer."""

    def GetDriver(self):
        return gdal.GetDriverByName("GPKG")

    def CreateLayer(self, *_):
        return None


def test_a_layer_that_cannot_be_made_is_an_error():
    with pytest.raises(RuntimeError):
        create_layer(FullDisk(), "places", None, {"class": int})


@pytest.mark.parametrize("raising", [True, False])
def test_formats_are_found_whether_or_not_gdal_raises(raising):
    before = gdal.GetUseExceptions()
    (gdal.UseExceptions if raising else gdal.DontUseExceptions)()
    _format_of.cache_clear()
    try:
        assert vector_format("places.gpkg").driver == "GPKG"
    finally:
        (gdal.UseExceptions if before else gdal.DontUseExceptions)()

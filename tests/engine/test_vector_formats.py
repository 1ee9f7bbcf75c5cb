"""Formats of polygons: what does not fit becomes an error, not a traceback."""

from __future__ import annotations

import pytest
from osgeo import gdal

from obic_plugin.engine.vector.formats import create_layer


class FullDisk:
    """A dataset that has no room for a layer."""

    def GetDriver(self):
        return gdal.GetDriverByName("GPKG")

    def CreateLayer(self, *_):
        return None


def test_a_layer_that_cannot_be_made_is_an_error():
    with pytest.raises(RuntimeError):
        create_layer(FullDisk(), "places", None, {"class": int})

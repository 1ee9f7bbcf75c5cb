"""The way from one coordinate reference system to another, or that there is none."""

import pytest
from osgeo import gdal, osr

from obic_plugin.engine.raster.crs import transformation_to

OWN = 'LOCAL_CS["mine",UNIT["metre",1]]'


def utm(zone: int) -> osr.SpatialReference:
    reference = osr.SpatialReference()
    reference.ImportFromEPSG(32600 + zone)
    return reference


@pytest.mark.parametrize("raising", [True, False])
def test_where_there_is_no_way_it_raises_whether_or_not_gdal_does(raising):
    before = osr.GetUseExceptions()
    (osr.UseExceptions if raising else osr.DontUseExceptions)()
    gdal.PushErrorHandler("CPLQuietErrorHandler")
    try:
        with pytest.raises(RuntimeError):
            transformation_to(OWN, utm(32))
    finally:
        gdal.PopErrorHandler()
        (osr.UseExceptions if before else osr.DontUseExceptions)()


def test_the_same_or_none_needs_no_way():
    assert transformation_to(utm(32).ExportToWkt(), utm(32)) is None
    assert transformation_to("", utm(32)) is None and transformation_to(OWN, None) is None


def test_east_comes_first():
    x, y, _ = transformation_to(wgs84(), utm(32)).TransformPoint(500_000, 5_400_000)
    assert abs(x - 9) < 1e-6 and 48 < y < 49


def wgs84() -> str:
    reference = osr.SpatialReference()
    reference.SetWellKnownGeogCS("WGS84")
    return reference.ExportToWkt()

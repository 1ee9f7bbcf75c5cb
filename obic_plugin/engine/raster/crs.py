"""Coordinate reference systems as OGR's objects, x always east."""

from __future__ import annotations

from osgeo import osr

from ..errors import InputError
from ..sources import quiet_gdal


def spatial_reference(wkt: str) -> osr.SpatialReference | None:
    """The CRS that a WKT describes; None for an empty one. Refuses one that makes no sense."""
    if not wkt:
        return None
    reference = osr.SpatialReference()
    with quiet_gdal():
        try:
            failed = reference.ImportFromWkt(wkt)
        except RuntimeError:
            failed = True
    if failed:
        raise InputError(f"GDAL does not understand the CRS {wkt[:80]!r}. Give the file a known one.")
    # GDAL 3 would otherwise follow the authority's axis order, QGIS does not
    reference.SetAxisMappingStrategy(osr.OAMS_TRADITIONAL_GIS_ORDER)
    return reference


def transformation_to(
    target_wkt: str, source: osr.SpatialReference | None
) -> osr.CoordinateTransformation | None:
    """The way from one CRS to another; None where they are the same, or one is unknown.

    Raises `RuntimeError` where there is none, whether GDAL raises or not.
    """
    target = spatial_reference(target_wkt)
    if source is None or target is None:
        return None
    source = source.Clone()
    source.SetAxisMappingStrategy(osr.OAMS_TRADITIONAL_GIS_ORDER)
    if source.IsSame(target):
        return None
    found = osr.CoordinateTransformation(source, target)
    if found.this is None:
        raise RuntimeError("GDAL finds no way from one CRS to the other")
    return found

"""A second image on the grid of a first one: through GDAL's warped VRT, which a `RasterReader` opens as it is.

The VRT is a text, and nothing is written anywhere: parts are warped when they are read.
"""

from __future__ import annotations

import math
import re

from osgeo import gdal

from ..errors import InputError
from ..sources import quiet_gdal, said_by_gdal
from .crs import spatial_reference
from .grid import RasterGrid
from .reader import grid_of, open_raster

MOST_TIMES = 4  # as large, or as small, may the pixels of the second image be
COARSER = 1.5  # from there on pixels are means of those that they cover


def on_grid(source: str, grid: RasterGrid, first: str, fill: float | None = None) -> str:
    """What GDAL opens as ``source`` on the grid of the raster ``first``: itself where it lies there already.

    Pixels of ``fill`` in all bands are nodata, if the file declares none: they do not mix with others.
    Between pixels values are bilinear; where those of the grid are much larger, means; nearest ones of a palette.
    Refuses what cannot be brought there, or has nothing there.
    """
    dataset = open_raster(source)
    own = grid_of(dataset)
    if own.geotransform is None or grid.geotransform is None:
        return _by_pixels(source, own, grid, first)
    if _same_crs(own.crs_wkt, grid.crs_wkt) and grid.coincides_with(own):
        return source
    seen = _seen_from(dataset, own, grid, source, first)
    times = math.sqrt(seen.pixel_area / grid.pixel_area)
    if not 1 / MOST_TIMES <= times <= MOST_TIMES:
        raise InputError(
            f"The pixels of {source} are {max(times, 1 / times):.1f} times as {'large' if times > 1 else 'small'} as"
            f" those of {first}: more than {MOST_TIMES} times is too much. Resample one of the two first."
        )
    _refuse_apart(seen, grid, source, first)
    return _vrt(dataset, own, grid, _method(dataset, times), fill)


def _by_pixels(source: str, own: RasterGrid, grid: RasterGrid, first: str) -> str:
    """Images of which one has no georeference lie on each other if they have the same size."""
    if (own.height, own.width) != (grid.height, grid.width):
        raise InputError(
            f"{source} has {own.width} x {own.height} px, {first} {grid.width} x {grid.height}, and one of them has no"
            " georeference. Georeference it first."
        )
    return source


def _same_crs(one: str, other: str) -> bool:
    if not one or not other:
        return True
    return bool(spatial_reference(one).IsSame(spatial_reference(other)))


def _seen_from(
    dataset: gdal.Dataset, own: RasterGrid, grid: RasterGrid, source: str, first: str
) -> RasterGrid:
    """About the grid that the second image would have in the CRS of the first."""
    if _same_crs(own.crs_wkt, grid.crs_wkt):
        return own
    gdal.ErrorReset()
    with quiet_gdal():
        try:
            warped = gdal.AutoCreateWarpedVRT(dataset, own.crs_wkt, grid.crs_wkt)
        except RuntimeError:
            warped = None
    if warped is None:
        reason = said_by_gdal() or "GDAL finds no way from one CRS to the other"
        raise InputError(f"{source} cannot be brought into the CRS of {first}: {reason}. Reproject it first.")
    return grid_of(warped)


def _refuse_apart(seen: RasterGrid, grid: RasterGrid, source: str, first: str) -> None:
    (left, top, right, bottom), other = _bounds(seen), _bounds(grid)
    if right <= other[0] or other[2] <= left or bottom <= other[1] or other[3] <= top:
        raise InputError(
            f"{source} and {first} do not overlap: they show different places. Check the CRS of both."
        )


def _bounds(grid: RasterGrid) -> tuple:
    """(least x, least y, greatest x, greatest y) of the corners."""
    corners = [grid.to_map(row, col) for row in (0, grid.height) for col in (0, grid.width)]
    x, y = zip(*corners)
    return min(x), min(y), max(x), max(y)


def _method(dataset: gdal.Dataset, times: float) -> str:
    if dataset.GetRasterBand(1).GetRasterColorTable() is not None:
        return "near"
    return "average" if times < 1 / COARSER else "bilinear"


def _vrt(dataset: gdal.Dataset, own: RasterGrid, grid: RasterGrid, method: str, fill: float | None) -> str:
    """The text of the VRT. What the image does not cover is nodata, or transparent where it declares none."""
    nodata = [dataset.GetRasterBand(n).GetNoDataValue() for n in range(1, dataset.RasterCount + 1)]
    colors = [dataset.GetRasterBand(n).GetColorInterpretation() for n in range(1, dataset.RasterCount + 1)]
    declared = all(value is not None for value in nodata)
    crs = own.crs_wkt or grid.crs_wkt or None
    x0, y0, x1, y1 = _upright(grid)
    filled = {}
    if fill is not None and not any(value is not None for value in nodata):
        declared = True
        filled = {"srcNodata": fill, "dstNodata": fill, "warpOptions": ["UNIFIED_SRC_NODATA=YES"]}
    with quiet_gdal():
        warped = gdal.Warp(
            "",
            dataset,
            format="VRT",
            srcSRS=crs,
            dstSRS=grid.crs_wkt or crs,
            outputBounds=(x0, y0, x1, y1),
            width=grid.width,
            height=grid.height,
            resampleAlg=method,
            dstAlpha=not declared and gdal.GCI_AlphaBand not in colors,
            errorThreshold=0.1,
            **filled,
        )
        text = warped.GetMetadata("xml:VRT")[0]
    return text if (x0, y1) == grid.to_map(0, 0) and _is_upright(grid) else _placed(text, grid)


def _upright(grid: RasterGrid) -> tuple:
    """Bounds of as many pixels as a grid has, for GDAL: those of a grid that is not rotated."""
    if _is_upright(grid):
        x, y = zip(grid.to_map(0, 0), grid.to_map(grid.height, grid.width))
        return min(x), min(y), max(x), max(y)
    x, y, side = *grid.to_map(0, 0), math.sqrt(grid.pixel_area)
    return x, y - side * grid.height, x + side * grid.width, y


def _is_upright(grid: RasterGrid) -> bool:
    _, right, across, _, along, down = grid.transform
    return across == along == 0 and right > 0 > down


def _placed(text: str, grid: RasterGrid) -> str:
    """The text with another geotransform, of a grid that is rotated or whose rows go north: GDAL makes none itself."""
    there = list(grid.transform)
    inverse = gdal.InvGeoTransform(there)
    for tag, numbers in (
        ("GeoTransform", there),
        ("DstGeoTransform", there),
        ("DstInvGeoTransform", inverse),
    ):
        new = f"<{tag}>{','.join(f'{number:.17g}' for number in numbers)}</{tag}>"
        text = re.sub(f"<{tag}>.*?</{tag}>", new, text, count=1)
    return text

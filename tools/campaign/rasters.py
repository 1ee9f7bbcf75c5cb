"""Odd rasters: what they hold, where they lie, which format they are of, and how they are damaged."""

from __future__ import annotations

import math
import os
from collections.abc import Callable
from dataclasses import dataclass

import numpy as np
from osgeo import gdal, gdal_array, osr

from .damage import DAMAGES
from .odd import Odd, Place, Skipped
from .paths import PATHS

NORTH_UP = (500000.0, 10.0, 0.0, 5400000.0, 0.0, -10.0)
FORMATS = {  # ending: driver
    "tif": "GTiff",
    "png": "PNG",
    "jp2": "JP2OpenJPEG",
    "jpg": "JPEG",
    "vrt": "VRT",
    "gpkg": "GPKG",
    "img": "HFA",
    "asc": "AAIGrid",
    "nc": "netCDF",
    "bmp": "BMP",
}


def crs(code: int) -> str:
    reference = osr.SpatialReference()
    reference.ImportFromEPSG(code)
    return reference.ExportToWkt()


@dataclass
class Picture:
    """All of a small raster, to be changed and written: values (B, h, w)."""

    values: np.ndarray
    geotransform: tuple | None = NORTH_UP
    crs_wkt: str = ""
    nodata: float | None = None
    options: tuple = ()
    metadata: tuple = ()  # (text, domain)
    finish: Callable | None = None  # of the dataset

    @classmethod
    def of(cls, path: str) -> Picture:
        dataset = gdal.Open(path)
        values = dataset.ReadAsArray().reshape(-1, dataset.RasterYSize, dataset.RasterXSize)
        nodata = dataset.GetRasterBand(1).GetNoDataValue()
        return cls(values, dataset.GetGeoTransform(), dataset.GetProjection(), nodata)

    def save(self, path: str) -> str:
        n_bands, height, width = self.values.shape
        kind = gdal_array.NumericTypeCodeToGDALTypeCode(self.values.dtype)
        dataset = gdal.GetDriverByName("GTiff").Create(path, width, height, n_bands, kind, list(self.options))
        if self.geotransform:
            dataset.SetGeoTransform(self.geotransform)
        if self.crs_wkt:
            dataset.SetProjection(self.crs_wkt)
        for number, values in enumerate(self.values, 1):
            band = dataset.GetRasterBand(number)
            if self.nodata is not None:
                band.SetNoDataValue(self.nodata)
            if "SPARSE_OK=TRUE" not in self.options:
                band.WriteArray(values)
        for text, domain in self.metadata:
            dataset.SetMetadata(text, domain)
        if self.finish:
            self.finish(dataset)
        dataset.FlushCache()
        del dataset
        return path


def changed(name: str, change: Callable) -> Odd:
    """The good raster after ``change(picture, random)``."""

    def make(place: Place) -> str:
        picture = Picture.of(place.raster)
        change(picture, place.random)
        return picture.save(place.new("odd.tif"))

    return Odd(name, make)


def _values(function: Callable) -> Callable:
    def change(picture: Picture, random) -> None:
        picture.values = np.ascontiguousarray(function(picture.values))

    return change


def _filled(dtype, fill, share: float = 1.0, nodata=None) -> Callable:
    """All values, or a share of them, are ``fill``."""

    def change(picture: Picture, random) -> None:
        chance = np.random.default_rng(random.randrange(2**32)).random(picture.values.shape[1:])
        picture.values = picture.values.astype(dtype)
        picture.values[:, chance < share] = fill
        picture.nodata = nodata

    return change


def _setting(**settings) -> Callable:
    def change(picture: Picture, random) -> None:
        for name, value in settings.items():
            setattr(picture, name, value)

    return change


def _one_band_empty(picture: Picture, random) -> None:
    picture.values = picture.values.astype(np.int32)
    picture.values[-1] = -7
    picture.nodata = -7


def _one_pixel(picture: Picture, random) -> None:
    row, col = random.randrange(picture.values.shape[1]), random.randrange(picture.values.shape[2])
    kept = picture.values[:, row, col].copy()
    picture.values[:] = 0
    picture.nodata, picture.values[:, row, col] = 0, np.maximum(kept, 1)


def _scaled(factor: float, dtype) -> Callable:
    return _values(lambda values: values.astype(dtype) * factor)


def _mask_of_zeros(dataset) -> None:
    dataset.CreateMaskBand(gdal.GMF_PER_DATASET)
    dataset.GetRasterBand(1).GetMaskBand().Fill(0)


def _alpha_of_zeros(dataset) -> None:
    band = dataset.GetRasterBand(dataset.RasterCount)
    band.SetColorInterpretation(gdal.GCI_AlphaBand)
    band.Fill(0)


def _palette(dataset) -> None:
    table = gdal.ColorTable()
    for index in range(0, 256, 3):
        table.SetColorEntry(index, (index, 255 - index, 7, 255))
    dataset.GetRasterBand(1).SetColorTable(table)


def _control_points(dataset) -> None:
    corners = [(0, 0), (50, 0), (0, 50), (50, 50)]
    points = [gdal.GCP(500000 + 10 * x, 5400000 - 10 * y, 0, x, y) for x, y in corners]
    dataset.SetGCPs(points, crs(32632))


def _names(dataset) -> None:
    for number in range(1, dataset.RasterCount + 1):
        band = dataset.GetRasterBand(number)
        band.SetDescription("=HYPERLINK(1)\n<script>\u202e")
        band.SetRasterCategoryNames(["", "=1+1", "a,b\n\"c'", "<b>"] * 3)


CONTENTS = {
    "all zero": _values(np.zeros_like),
    "all nodata": _filled(np.uint8, 7, nodata=7),
    "all but one pixel nodata": _one_pixel,
    "99 % nodata": _filled(np.int16, -9999, 0.99, -9999),
    "99 % undeclared nodata": _filled(np.float32, -9999, 0.99),
    "one band nodata": _one_band_empty,
    "NaN": _filled(np.float32, math.nan),
    "some NaN": _filled(np.float32, math.nan, 0.3),
    "NaN declared as nodata": _filled(np.float64, math.nan, 0.3, math.nan),
    "some infinite": _filled(np.float32, math.inf, 0.2),
    "all minus infinity": _filled(np.float64, -math.inf),
    "nodata that no pixel can have": _setting(nodata=-9999.0),
    "infinite nodata": _setting(nodata=math.inf),
    "constant": _filled(np.uint8, 9),
    "float32 up to its limit": _scaled(1e36, np.float32),
    "float64 beyond float32": _scaled(1e300, np.float64),
    "tiny floats": _scaled(1e-320, np.float64),
    "fractions": _scaled(0.37, np.float32),
    "negative": _scaled(-1, np.int16),
    "int32 at its limit": _filled(np.int32, -(2**31), 0.5),
    "uint32 at its limit": _filled(np.uint32, 2**32 - 1, 0.5),
    "int64": _filled(np.int64, 2**62, 0.5),
    "uint64": _filled(np.uint64, 2**64 - 1, 0.5),
    "complex": _values(lambda values: values.astype(np.complex64)),
    "signed bytes": _setting(options=("PIXELTYPE=SIGNEDBYTE",)),
    "sparse": _setting(options=("SPARSE_OK=TRUE", "TILED=YES")),
    "one row": _values(lambda values: values[:, :1]),
    "one column": _values(lambda values: values[:, :, :1]),
    "one pixel": _values(lambda values: values[:, :1, :1]),
    "2 x 3 pixels": _values(lambda values: values[:, :2, :3]),
    "7 rows": _values(lambda values: values[:, :7]),
    "very long": _values(lambda values: np.tile(values[:, :2], (1, 1, 300))),
    "one band": _values(lambda values: values[:1]),
    "two bands": _values(lambda values: np.repeat(values[:1], 2, 0)),
    "40 bands": _values(lambda values: np.repeat(values[:1], 40, 0)),
    "noise": _values(lambda values: np.random.default_rng(0).integers(0, 255, values.shape, np.uint8)),
    "a label for each pixel": _values(lambda v: np.arange(v.size, dtype=np.int32).reshape(v.shape)),
    "checkerboard": _values(lambda v: (np.indices(v.shape).sum(0) % 2 + 1).astype(np.uint8)),
    "NODATA_VALUES": _setting(metadata=(({"NODATA_VALUES": "0 0 0 0"}, ""),)),
    "odd metadata": _setting(metadata=(({"": "", "a=b": "\n", "TIFFTAG_DATETIME": "\udc80x"[1:]}, ""),)),
    "a mask of zeros": _setting(finish=_mask_of_zeros),
    "an alpha of zeros": _setting(finish=_alpha_of_zeros),
    "a palette": _setting(finish=_palette, options=("PHOTOMETRIC=MINISBLACK",)),
    "odd names": _setting(finish=_names),
}
PLACES = {
    "rotated": _setting(geotransform=(500000.0, 8.0, 6.0, 5400000.0, 6.0, -8.0)),
    "south up": _setting(geotransform=(500000.0, 10.0, 0.0, 5400000.0, 0.0, 10.0)),
    "mirrored": _setting(geotransform=(500000.0, -10.0, 0.0, 5400000.0, 0.0, -10.0)),
    "on a line": _setting(geotransform=(500000.0, 10.0, 10.0, 5400000.0, 10.0, 10.0)),
    "of endless pixels": _setting(geotransform=(0.0, 1e300, 0.0, 0.0, 0.0, -1e300)),
    "of tiny pixels": _setting(geotransform=(0.0, 1e-300, 0.0, 0.0, 0.0, -1e-300)),
    "nowhere": _setting(geotransform=None, crs_wkt=""),
    "without a CRS": _setting(crs_wkt=""),
    "far away": _setting(geotransform=(1e7, 10.0, 0.0, -1e7, 0.0, -10.0)),
    "in degrees": _setting(geotransform=(9.0, 1e-4, 0.0, 48.0, 0.0, -1e-4), crs_wkt=crs(4326)),
    "beyond the pole": _setting(geotransform=(179.0, 0.1, 0.0, 95.0, 0.0, -0.1), crs_wkt=crs(4326)),
    "across the date line": _setting(geotransform=(179.999, 1e-4, 0.0, 9.0, 0.0, -1e-4), crs_wkt=crs(4326)),
    "in another CRS": _setting(crs_wkt=crs(3857)),
    "in a CRS of its own": _setting(crs_wkt='LOCAL_CS["mine",UNIT["metre",1]]'),
    "with control points": _setting(geotransform=None, crs_wkt="", finish=_control_points),
    "shifted by half a pixel": _setting(geotransform=(500005.0, 10.0, 0.0, 5400005.0, 0.0, -10.0)),
}
GEOTRANSFORMS = ("0,0,0,0,0,0", "nan,nan,nan,nan,nan,nan", "0,inf,0,0,0,-inf", "0,1,0,0,0,0", "a,b", "")
VRT = """<VRTDataset rasterXSize="{width}" rasterYSize="{height}">{head}
<VRTRasterBand dataType="{type}" band="1"{kind}>{extra}<SimpleSource>
<SourceFilename relativeToVRT="{relative}">{source}</SourceFilename><SourceBand>1</SourceBand>
<SrcRect xOff="0" yOff="0" xSize="50" ySize="50"/><DstRect xOff="0" yOff="0" xSize="50" ySize="50"/>
</SimpleSource></VRTRasterBand></VRTDataset>"""
PYTHON = "<PixelFunctionType>f</PixelFunctionType><PixelFunctionLanguage>Python</PixelFunctionLanguage>"


def virtual(name: str, source: Callable, **parts) -> Odd:
    """A VRT of what ``source(place)`` names."""
    filled = {"width": 50, "height": 50, "head": "", "type": "Byte", "kind": "", "extra": "", "relative": 0}

    def make(place: Place) -> str:
        path = place.new("odd.vrt")
        with open(path, "w") as file:
            file.write(VRT.format(**{**filled, **parts}, source=source(place)))
        return path

    return Odd(f"VRT {name}", make)


def _good(place: Place) -> str:
    return place.raster


VIRTUAL = [
    virtual("of a file that is not there", lambda place: place.new("gone.tif")),
    virtual("of itself", lambda place: place.new("odd.vrt")),
    virtual("of a remote file", lambda place: f"/vsicurl/{place.remote()}"),
    virtual("of a folder", lambda place: str(place.inputs)),
    virtual("of 2e9 x 2e9 pixels", _good, width=2_000_000_000, height=2_000_000_000),
    virtual("of 200 000 x 200 000 pixels", _good, width=200_000, height=200_000)._replace(long=True),
    virtual("of no pixels", _good, width=0, height=0),
    virtual("of -5 pixels", _good, width=-5, height=50),
    virtual("of complex numbers", _good, type="CFloat64"),
    virtual("of an unknown type", _good, type="Byteses"),
    virtual("with a function", _good, kind=' subClass="VRTDerivedRasterBand"', extra=PYTHON),
    *(
        virtual(f"with a geotransform of {text!r}", _good, head=f"<GeoTransform>{text}</GeoTransform>")
        for text in GEOTRANSFORMS
    ),
]


def formatted(ending: str, damage: str) -> Odd:
    """The good raster in another format, whole or damaged."""

    def make(place: Place) -> str:
        path = place.new(f"odd.{ending}")
        with_values = Picture.of(place.raster)
        n_bands = {"asc": 1, "jpg": min(3, len(with_values.values))}.get(ending, len(with_values.values))
        bands = [option for number in range(1, n_bands + 1) for option in ("-b", str(number))]
        gdal.Translate(path, place.raster, format=FORMATS[ending], options=bands)
        if not os.path.exists(path):
            raise Skipped(f"GDAL writes no {FORMATS[ending]} of such a raster")
        if damage:
            DAMAGES[damage](path, place.random)
        return path

    available = gdal.GetDriverByName(FORMATS[ending]) is not None
    name = f"{damage} {FORMATS[ending]}".strip()
    return Odd(name, make if available else _good, varied=bool(damage))


def rasters(spec) -> list:
    """Every odd raster."""
    odd = [changed(name, change) for name, change in CONTENTS.items()]
    odd += [changed(f"raster {name}", change) for name, change in PLACES.items()]
    odd += [formatted(ending, damage) for ending in FORMATS for damage in ("", *DAMAGES)]
    return [*odd, *VIRTUAL, *PATHS]

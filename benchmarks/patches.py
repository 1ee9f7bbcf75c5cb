"""A speckled map sieved and drawn as polygons: seconds and memory beside GDAL's sieve and polygonize.

    python -m benchmarks.patches [--size 7000x7000] [--specks 0.05] [--only sieve polygons simplified rounded] [--law]

A map of broad classes with specks everywhere, which is the worst that there is: millions of patches. Each way is a
process of its own, from file to file. GDAL's are its sieve filter and its polygonize, with four neighbors as ours.
``--law`` adds ours with four times the pixels, whose peak is to be about the same. Needs Linux.
"""

from __future__ import annotations

import argparse
import sys
import tempfile
from contextlib import closing
from pathlib import Path

import numpy as np
from osgeo import gdal, ogr, osr

from obic_plugin.engine.polygonize import write_polygons
from obic_plugin.engine.progress import Silent, Span
from obic_plugin.engine.raster.writer import RasterWriter
from obic_plugin.engine.vector.sieve import sieve
from obic_plugin.engine.vector.strips import LabelRaster

from . import BUILD
from .processes import Run, run
from .speed import judge

N_CLASSES, BROAD_PX, STRIP_PX, MIN_PX = 8, 200, 500, 20
PEAK_GROWTH_GOAL = 1.05
GENERALIZED = {"polygons": {}, "simplified": {"tolerance_px": 1.0}, "rounded": {"smoothing": 2}}
GDAL_CACHE_MB = 64


def make_map(path: Path, width: int, height: int, specks: float) -> None:
    """Write broad classes, a share of whose pixels have another class by chance."""
    options = ["TILED=YES", "BLOCKXSIZE=512", "BLOCKYSIZE=512", "COMPRESS=DEFLATE"]
    dataset = gdal.GetDriverByName("GTiff").Create(str(path), width, height, 1, gdal.GDT_Byte, options)
    system = osr.SpatialReference()
    system.ImportFromEPSG(32632)
    dataset.SetProjection(system.ExportToWkt())
    dataset.SetGeoTransform((320_000.0, 0.5, 0.0, 5_400_000.0, 0.0, -0.5))
    cols = np.arange(width)
    for top in range(0, height, STRIP_PX):
        rows, chance = np.arange(top, min(top + STRIP_PX, height)), np.random.default_rng(top)
        waves = np.sin(rows[:, None] / BROAD_PX) + np.cos(cols / BROAD_PX + rows[:, None] / 900)
        labels = np.clip((waves + 2) / 4 * N_CLASSES, 0, N_CLASSES - 1).astype(np.uint8) + 1
        other = chance.integers(1, N_CLASSES + 1, labels.shape, np.uint8)
        dataset.WriteArray(np.where(chance.random(labels.shape) < specks, other, labels), 0, top)


def sieve_ours(source: str, folder: Path) -> None:
    """As a map is sieved: labels in, labels out, not compressed."""
    raster = LabelRaster(source)
    with closing(raster), RasterWriter(str(folder / "o.tif"), raster.grid, compressed=False) as writer:
        sieve(
            raster,
            lambda window, codes: writer.write(window, codes.astype(np.uint8)),
            MIN_PX,
            str(folder / "patches.bin"),
            Span(Silent(), 0, 1),
        )


def sieve_gdal(source: str, folder: Path) -> None:
    image = gdal.Open(source)
    options = ["TILED=YES", "BLOCKXSIZE=512", "BLOCKYSIZE=512"]
    out = gdal.GetDriverByName("GTiff").Create(
        str(folder / "o.tif"), image.RasterXSize, image.RasterYSize, 1, gdal.GDT_Byte, options
    )
    gdal.SieveFilter(image.GetRasterBand(1), None, out.GetRasterBand(1), MIN_PX, 4)


def polygonize_gdal(source: str, folder: Path) -> None:
    image = gdal.Open(source)
    out = ogr.GetDriverByName("GPKG").CreateDataSource(str(folder / "o.gpkg"))
    system = osr.SpatialReference()
    system.ImportFromWkt(image.GetProjection())
    layer = out.CreateLayer("o", system, ogr.wkbPolygon)
    layer.CreateField(ogr.FieldDefn("class", ogr.OFTInteger))
    out.StartTransaction()
    gdal.Polygonize(image.GetRasterBand(1), None, layer, 0, [])
    out.CommitTransaction()


def polygons_ours(source: str, folder: Path, **style) -> None:
    write_polygons(source, str(folder / "o.gpkg"), statistics=(), **style)


WAYS = {
    "sieve, OBIC": sieve_ours,
    "sieve, GDAL": sieve_gdal,
    **{
        f"{name}, OBIC": lambda *files, style=style: polygons_ours(*files, **style)
        for name, style in GENERALIZED.items()
    },
    "polygons, GDAL": polygonize_gdal,
    "nothing": lambda source, folder: None,
}


def one(way: str, source: str) -> None:
    """What a process of its own does."""
    gdal.SetCacheMax(GDAL_CACHE_MB << 20)
    with tempfile.TemporaryDirectory(dir=BUILD) as folder:
        WAYS[way](source, Path(folder))


def measure(way: str, source: Path) -> Run:
    """Print what a way takes."""
    found = run([sys.executable, "-m", "benchmarks.patches", "--one", way, str(source)])
    print(f"{found.seconds:8.1f} s {found.peak_mb:6.0f} MB  {way}, {source.stem}", flush=True)
    return found


def map_of(size: list, specks: float) -> Path:
    path = BUILD / f"speckled_{size[0]}x{size[1]}_{specks:g}.tif"
    if not path.exists():
        BUILD.mkdir(parents=True, exist_ok=True)
        making = path.with_suffix(".new.tif")
        make_map(making, *size, specks)
        making.replace(path)
    return path


def main() -> None:
    arguments = _parser().parse_args()
    gdal.UseExceptions()
    if arguments.one:
        one(*arguments.one)
        return
    source = map_of(arguments.size, arguments.specks)
    measure("nothing", source)
    for way in WAYS:
        if way.partition(",")[0] not in arguments.only:
            continue
        found = measure(way, source)
        if arguments.law and way.endswith("OBIC"):
            large = map_of([2 * n for n in arguments.size], arguments.specks)
            ratio = measure(way, large).peak_mb / found.peak_mb
            judge(f"{way}: peak on four times the pixels", ratio, PEAK_GROWTH_GOAL)


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--size", type=lambda text: [int(n) for n in text.split("x")], default=[7000, 7000])
    parser.add_argument("--specks", type=float, default=0.05, help="share of pixels of another class")
    choices = ["sieve", *GENERALIZED]
    parser.add_argument("--only", nargs="+", choices=choices, default=choices)
    parser.add_argument("--law", action="store_true", help="also four times as many pixels")
    parser.add_argument("--one", nargs=2, help=argparse.SUPPRESS)
    return parser


if __name__ == "__main__":
    main()

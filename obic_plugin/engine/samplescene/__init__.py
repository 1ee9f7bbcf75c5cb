"""A landscape seen from the air, made up: for a first try, for the demo and the tests.

Fields in blocks, woods, a river and a lake, roads and villages, lit by a low sun and recorded through haze
by a slightly blurred and noisy sensor in four bands. What every pixel truly is comes with it.
"""

from __future__ import annotations

from typing import NamedTuple

import numpy as np
from osgeo import gdal, osr

from ..errors import ParameterError
from ..progress import Progress, Silent, Steps
from ..raster.classes import ClassTable
from ..writing import writing
from .canvas import CLASSES, Canvas
from .fields import Parcels, paint_fields
from .light import illuminate, record, swath
from .nature import hedge_spots, paint_forest, paint_water, plant, river_course
from .noise import fractal_noise
from .settlement import Plan, build, paint_gardens, paint_roads

__all__ = ["BANDS", "CLASSES", "make_sample_scene", "write_sample_scene"]

BANDS = ("Red", "Green", "Blue", "Near infrared")
COLORS = (gdal.GCI_RedBand, gdal.GCI_GreenBand, gdal.GCI_BlueBand, gdal.GCI_Undefined)
SIZE = (1000, 1200)  # height and width in px
MIN_SIZE_PX = 64
N_PARTS, N_STEPS = 10, 5


class SampleScene(NamedTuple):
    """``image`` (4, h, w) uint16, reflectance x 10000, and ``truth`` (h, w) uint8, values of `CLASSES`; 0 is nodata."""

    image: np.ndarray
    truth: np.ndarray


def make_sample_scene(seed: int = 0, size: tuple = SIZE, progress: Progress | None = None) -> SampleScene:
    """The scene of a seed, the same on any computer.

    ``size`` is height and width in px; a small scene is a smaller landscape that still holds every class.
    """
    height, width = (int(n) for n in size)
    if min(height, width) < MIN_SIZE_PX:
        raise ParameterError(
            f"A sample scene is at least {MIN_SIZE_PX} px wide and high, not {width} x {height} px."
        )
    canvas, steps = Canvas(height, width), Steps(progress or Silent(), N_STEPS)
    # A generator for each part: changing one leaves the others as they are.
    chance = [np.random.default_rng([int(seed), part]) for part in range(N_PARTS)]
    parcels = Parcels(canvas, chance[0])
    paint_fields(canvas, parcels, chance[1])
    steps.next()
    plan = Plan(canvas, chance[2])
    paint_gardens(canvas, plan, chance[3])
    steps.next()
    shore = paint_water(canvas, river_course(canvas, chance[4]), chance[4])
    paint_forest(canvas, parcels, plan.near(canvas, chance[5]) | (shore < 4), chance[5])
    paint_roads(canvas, plan, chance[6])
    steps.next()
    build(canvas, plan, chance[7])
    plant(canvas, hedge_spots(canvas, parcels, shore, chance[8]), chance[8])
    steps.next()
    relief_m = 14 * canvas.unit * fractal_noise(canvas.shape, 300 * canvas.unit, chance[9], 3, 0.35)
    image = record(illuminate(canvas, relief_m), chance[9])
    steps.next()
    seen = swath(canvas.shape, chance[9])
    return SampleScene(image * seen, canvas.classes * seen)


def write_sample_scene(
    image_path, truth_path=None, seed: int = 0, size: tuple = SIZE, progress: Progress | None = None
) -> None:
    """Write the scene of `make_sample_scene` as GeoTIFF, 1 m pixels in UTM zone 32 N; the truth where it has a path."""
    image, truth = make_sample_scene(seed, size, progress)
    with writing(str(image_path)):
        options = ["PHOTOMETRIC=RGB", "ALPHA=NO", "PREDICTOR=2"]
        raster = _create(image_path, image.shape, gdal.GDT_UInt16, options)
        for number, (values, name, color) in enumerate(zip(image, BANDS, COLORS), 1):
            band = raster.GetRasterBand(number)
            band.SetColorInterpretation(color)
            band.SetDescription(name)
            band.SetNoDataValue(0)
            band.WriteArray(values)
        del band, raster  # closes the file while failures are still caught
    if truth_path is None:
        return
    with writing(str(truth_path)):
        raster = _create(truth_path, (1, *truth.shape), gdal.GDT_Byte, [])
        band = raster.GetRasterBand(1)
        ClassTable.of([color for *_, color in CLASSES], [name for _, name, _ in CLASSES]).to_band(band)
        band.SetDescription("Land cover")
        band.SetNoDataValue(0)
        band.WriteArray(truth)
        del band, raster


def _create(path, shape: tuple, kind: int, options: list):
    n_bands, height, width = shape
    options = ["TILED=YES", "COMPRESS=DEFLATE", *options]
    raster = gdal.GetDriverByName("GTiff").Create(str(path), width, height, n_bands, kind, options)
    if raster is None:
        raise RuntimeError(gdal.GetLastErrorMsg())
    system = osr.SpatialReference()
    system.ImportFromEPSG(32632)
    raster.SetProjection(system.ExportToWkt())
    raster.SetGeoTransform((431_200.0, 1.0, 0.0, 5_512_800.0, 0.0, -1.0))
    return raster

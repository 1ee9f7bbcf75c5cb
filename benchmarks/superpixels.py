"""obic:superpixels beside scikit-image's slic: time on 16 Mpx, and how well both follow the objects of a reference.

    python -m benchmarks.superpixels [--size 4096x4096] [--repeat 3] [--no-speed] [--no-quality]

Ours is the whole run of the method: sample, reading, superpixels in one piece each, numbering, a compressed file with
overviews. The peer is the call of slic alone, with its own merging of fragments, on an array that is in memory.
Quality is boundary recall (2 px) and under-segmentation error on scenes with truth, with as many superpixels of either;
scikit-image's with its default compactness, and with the best of several.
"""

from __future__ import annotations

import argparse
import sys
import tempfile
import time
from pathlib import Path

import numpy as np
from osgeo import gdal
from skimage.segmentation import slic

from obic_plugin.engine.accuracy import contingency_of
from obic_plugin.engine.methods.superpixels import METHOD, SuperpixelsParams
from obic_plugin.engine.opening import open_image
from obic_plugin.engine.progress import Silent
from obic_plugin.engine.raster.scaling import fit_scaling

from . import BUILD
from .boundaries import boundary_recall, under_segmentation_error
from .scenes import UNLABELED, data_folder
from .speed import _raster, judge

SPEED_GOAL = 1 / 6
TOLERANCE = 0.002  # of recall and error: what a superpixel more or less does
SIZE_PX = 16
DEFAULT_COMPACTNESS = 10
COMPACTNESS = (1, 3, DEFAULT_COMPACTNESS, 30)
COMPACTNESS_OF_BANDS = (0.06, 0.1, 0.2)
SCENES = {  # image, reference, superpixel sizes
    "parcels": ("parcels/image_01.tif", "parcels/polygon_id_01.tif", (4, 8, 16)),
    "dubai_01": ("dubai/image_01.tif", "dubai/label_01.tif", (8, 16, 32)),
    "dubai_03": ("dubai/image_03.tif", "dubai/label_03.tif", (8, 16, 32)),
    "dubai_04": ("dubai/image_04.tif", "dubai/label_04.tif", (8, 16, 32)),
}


def ours(path: str, **settings) -> np.ndarray:
    """Ids (h, w) of the whole method, file to file."""
    with tempfile.TemporaryDirectory(dir=BUILD) as folder:
        out = str(Path(folder) / "ids.tif")
        METHOD.execute(METHOD.params(**{"input": path, "output": out, **settings}), Silent())
        return gdal.Open(out).ReadAsArray()


def scaled_image(path: str) -> np.ndarray:
    """(h, w, C) float32 0..1, as the plugin scales it; for data of more than a byte slic needs that too."""
    params = SuperpixelsParams(input=path, output="unused")
    reader, sample, _ = open_image(params, Silent())
    scaled = fit_scaling(sample, Silent())(reader.read(reader.work))
    return np.ascontiguousarray(np.moveaxis(scaled.values, 0, -1))


def peer(image: np.ndarray, count: int, compactness: float, in_lab: bool = True) -> np.ndarray:
    """Labels (h, w) of slic, of about ``count`` superpixels: it is asked again where it gives others. As it comes, it
    takes three bands for a photograph and looks at CIELAB; else (``in_lab`` false) at the bands themselves."""
    wanted = count
    for _ in range(3):
        labels = slic(image, n_segments=wanted, compactness=compactness, start_label=1, convert2lab=in_lab)
        found = int(labels.max())
        if abs(found - count) <= 0.02 * count:
            break
        wanted = max(1, round(wanted * count / found))
    return labels


def quality(ids: np.ndarray, truth: np.ndarray) -> tuple:
    """(boundary recall, under-segmentation error) where there is truth and an id."""
    valid = (truth != UNLABELED) & (ids > 0)
    return boundary_recall(truth, ids, 2, valid), under_segmentation_error(contingency_of(truth, ids, valid))


def truth_of(path: Path) -> np.ndarray:
    truth = gdal.Open(str(path)).ReadAsArray().astype(np.int64)
    # parcels: 0 is between the objects, a part of no one
    return np.where(truth == 0, UNLABELED, truth + 1000) if "polygon_id" in path.name else truth


def measure_speed(arguments: argparse.Namespace) -> None:
    width, height = arguments.size
    raster = str(_raster(width, height))
    image = np.ascontiguousarray(np.moveaxis(gdal.Open(raster).ReadAsArray(), 0, -1))
    times: dict = {"OBIC, file to file": [], "scikit-image slic, the call alone": []}
    for _ in range(arguments.repeat):
        started = time.monotonic()
        count = int(ours(raster, superpixel_size=SIZE_PX).max())
        middle = time.monotonic()
        slic(image, n_segments=count, start_label=1)
        for name, seconds in zip(times, (middle - started, time.monotonic() - middle)):
            times[name].append(seconds)
    for name, seconds in times.items():
        print(f"{min(seconds):8.2f} s  {min(seconds) / (width * height / 1e6):.3f} s/Mpx  {name}")
    first, second = (min(seconds) for seconds in times.values())
    judge(f"seconds as a share of slic's, {width} x {height}", first / second, SPEED_GOAL)


def measure_quality() -> None:
    folder = data_folder()
    if not (folder / "dubai").is_dir():
        sys.exit(f"The scenes with truth are not in {folder}: see benchmarks/README.md.")
    for name, (image_name, truth_name, sizes) in SCENES.items():
        image, truth = scaled_image(str(folder / image_name)), truth_of(folder / truth_name)
        for size_px in sizes:
            ids = ours(str(folder / image_name), superpixel_size=size_px)
            count = int(ids.max())
            own = quality(ids, truth)
            print(f"\n{name}, {size_px} px, {count} superpixels: recall {own[0]:.4f}, error {own[1]:.4f}")
            found = {c: quality(peer(image, count, c), truth) for c in COMPACTNESS}
            for compactness, (recall, error) in found.items():
                print(f"    scikit-image, compactness {compactness}: recall {recall:.4f}, error {error:.4f}")
            for compactness in COMPACTNESS_OF_BANDS:
                recall, error = quality(peer(image, count, compactness, False), truth)
                print(
                    f"    … of the bands, not in Lab, {compactness}: recall {recall:.4f}, error {error:.4f}"
                )
            recall, error = found[DEFAULT_COMPACTNESS]
            met = own[0] >= recall - TOLERANCE and own[1] <= error + TOLERANCE
            print(f"{'met   ' if met else 'missed'}  no worse than scikit-image's default")


def main() -> None:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--size", type=lambda text: [int(n) for n in text.split("x")], default=[4096, 4096])
    parser.add_argument("--repeat", type=int, default=3)
    parser.add_argument("--no-speed", action="store_true")
    parser.add_argument("--no-quality", action="store_true")
    arguments = parser.parse_args()
    gdal.UseExceptions()
    BUILD.mkdir(parents=True, exist_ok=True)
    if not arguments.no_speed:
        measure_speed(arguments)
    if not arguments.no_quality:
        measure_quality()


if __name__ == "__main__":
    main()

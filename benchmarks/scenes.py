"""The real scenes with pixel truth on which quality is measured.

They lie in ``../shared/data``, or in the folder that the variable ``OBIC_DATA`` names; what has to be made of
them (mosaics, crops) is written to build/benchmarks/scenes.
"""

from __future__ import annotations

import csv
import os
from dataclasses import dataclass
from pathlib import Path
from typing import NamedTuple

import numpy as np
from osgeo import gdal

from obic_plugin.engine.methods.unsupervised import UnsupervisedParams
from obic_plugin.engine.opening import open_image
from obic_plugin.engine.progress import Silent
from obic_plugin.engine.raster.scaling import Scaling, fit_scaling

from . import BUILD, ROOT

UNLABELED = 255
CROP_PX = 1024  # of the crops on which slow methods are measured too
CHIP_PX, CHIPS, MOSAICS = 224, 8, 5  # a mosaic is CHIPS x CHIPS of gid5's chips

# folder, prefix of image and label, the numbers that the scene has in its names
SETS = {
    "dubai": ("dubai", "", ("01", "03", "04")),
    "loveda": ("loveda", "", ("00", "01")),
    "potsdam": ("isprs", "potsdam_", ("01",)),
    "worldcover": ("s2_worldcover", "", ("01", "03", "04", "07")),
    "korea": ("s2_korea", "", ("01", "02", "03", "15", "22", "23", "29")),
    "naip": ("naip", "", ("02", "03", "05")),
}
FILLS = {"beaufort": 255.0}  # a white outside that the file does not declare


class Pixels(NamedTuple):
    """values (B, h, w) float32, valid (h, w) bool, labels (h, w) uint8 (255: none), the
    `Scaling` that the plugin would apply to the values, and the data type of the file."""

    values: np.ndarray
    valid: np.ndarray
    labels: np.ndarray
    scaling: Scaling
    data_type: str

    @property
    def varying(self) -> np.ndarray:
        """(b, h, w) float32: the bands that are not constant."""
        return self.values[list(self.scaling.keep)]

    @property
    def labeled(self) -> np.ndarray:
        """(h, w) bool: the pixels that count."""
        return self.valid & (self.labels != UNLABELED)


@dataclass(frozen=True)
class Scene:
    """A raster with its truth; ``fill`` is a value that means no data in all bands."""

    name: str
    image: Path
    label: Path
    fill: float | None = None

    @property
    def mpx(self) -> float:
        dataset = gdal.Open(str(self.image))
        return dataset.RasterXSize * dataset.RasterYSize / 1e6

    def read(self) -> Pixels:
        """All of the scene, as the plugin reads it: same bands, same nodata."""
        params = UnsupervisedParams(input=str(self.image), output=os.devnull, nodata=self.fill)
        reader, sample, _ = open_image(params, Silent())
        scaling = fit_scaling(sample, Silent())
        patch = reader.read(reader.work)
        labels = gdal.Open(str(self.label)).ReadAsArray()
        return Pixels(patch.values, patch.valid, labels, scaling, reader.data_type)


def data_folder() -> Path:
    """Where the scenes should lie, whether they do or not."""
    return Path(os.environ.get("OBIC_DATA") or ROOT.parent / "shared" / "data")


def _present_folder() -> Path:
    """Where the scenes lie; ends the program with a sentence if they are not there."""
    folder = data_folder()
    if not (folder / "dubai").is_dir():
        raise SystemExit(
            f"The scenes with truth are not in {folder}. Set OBIC_DATA to the folder that has dubai, loveda and"
            " so on (see benchmarks/README.md); without them quality cannot be measured."
        )
    return folder


def scenes(names: list | None = None) -> list:
    """All scenes, or those of the given names; a name that ends in ``_crop`` is the center of a scene."""
    gdal.UseExceptions()
    found = {scene.name: scene for scene in _all(_present_folder())}
    unknown = [name for name in names or () if name.removesuffix("_crop") not in found]
    if unknown:
        raise SystemExit(f"There is no scene {', '.join(unknown)}. There are {', '.join(found)}.")
    if not names:
        return list(found.values())
    return [cropped(found[name[:-5]]) if name.endswith("_crop") else found[name] for name in names]


def cropped(scene: Scene) -> Scene:
    """The center of a scene, `CROP_PX` wide and high; the scene itself where it is not larger."""
    dataset = gdal.Open(str(scene.image))
    width, height = (min(CROP_PX, size) for size in (dataset.RasterXSize, dataset.RasterYSize))
    if (width, height) == (dataset.RasterXSize, dataset.RasterYSize):
        return scene
    corner = [(dataset.RasterXSize - width) // 2, (dataset.RasterYSize - height) // 2, width, height]
    paths = []
    for kind, path in (("image", scene.image), ("label", scene.label)):
        paths.append(_folder() / f"{scene.name}_crop_{kind}.tif")
        gdal.Translate(str(paths[-1]), str(path), srcWin=corner, creationOptions=["TILED=YES"])
    return Scene(f"{scene.name}_crop", *paths, scene.fill)


def _all(data: Path):
    for name, (folder, prefix, numbers) in SETS.items():
        for number in numbers:
            full = name if len(numbers) == 1 else f"{name}_{number}"
            paths = (data / folder / f"{kind}_{prefix}{number}.tif" for kind in ("image", "label"))
            yield Scene(full, *paths)
    for index in range(MOSAICS):
        yield _mosaic(data / "gid5", index)
    for name in ("beaufort", "enmap"):
        yield Scene(name, data / name / "image_01.tif", data / name / "label_01.tif", FILLS.get(name))


def _mosaic(folder: Path, index: int) -> Scene:
    """64 chips of mixed tags side by side: 60 that no other mosaic has, and 4 that all have."""
    paths = [_folder() / f"gid_{index}_{kind}.tif" for kind in ("image", "label")]
    if not all(path.exists() for path in paths):
        with open(folder / "index.csv", newline="", encoding="utf-8") as file:
            rows = list(csv.DictReader(file))
        order = np.random.RandomState(0).permutation(len(rows))
        share = len(rows) // MOSAICS
        chips = [*order[index * share : (index + 1) * share], *order[: CHIPS**2 - share]]
        for kind, path in zip(("image", "label"), paths):
            _write(path, [gdal.Open(str(folder / rows[chip][kind])).ReadAsArray() for chip in chips])
    return Scene(f"gid_{index}", *paths)


def _write(path: Path, chips: list) -> None:
    bands = [np.atleast_3d(chip.T).T for chip in chips]  # labels have no axis of bands
    size = CHIPS * CHIP_PX
    whole = np.empty((len(bands[0]), size, size), np.uint8)
    for place, chip in enumerate(bands):
        row, col = (CHIP_PX * n for n in divmod(place, CHIPS))
        whole[:, row : row + CHIP_PX, col : col + CHIP_PX] = chip
    options = ["TILED=YES", "COMPRESS=DEFLATE"]
    dataset = gdal.GetDriverByName("GTiff").Create(str(path), size, size, len(whole), gdal.GDT_Byte, options)
    dataset.WriteArray(whole)


def _folder() -> Path:
    folder = BUILD / "scenes"
    folder.mkdir(parents=True, exist_ok=True)
    return folder

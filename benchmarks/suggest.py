"""What places that are suggested for labels are worth: ``python -m benchmarks suggest``.

A map from three squares of each class (see `few`), and maps from as many labels again: three more squares of each
class, which takes a user who knows where they are; squares at random, as large as the places that are suggested;
larger ones at random, drawn there as the first ones are, inside of what is there; and places that `suggestlabels` has
suggested, in one round or in two, which get a class, or where a user draws such a square. The answers are simulated
with the truth, of which something is known at each place: it gets the class that most of its pixels have, the others
being mislabeled. Mean IoU in percent, on all labeled pixels that no map has learnt from.
"""

from __future__ import annotations

import argparse
import sys
import tempfile
from pathlib import Path

import numpy as np
from osgeo import gdal, ogr
from scipy import ndimage

from obic_plugin.engine.methods import suggestlabels, train
from obic_plugin.engine.modelfile import ModelFile
from obic_plugin.engine.progress import Silent

from .few import HALVES, SCENES, chosen_scenes, protocol, said_by, write_labels

FIRST = 3  # squares of a class to begin with
WAYS = (
    "first",
    "more of each class",
    "random",
    "suggested",
    "in two rounds",
    "drawn at random",
    "drawn at suggested",
    "in two rounds",
)
GOALS = "over random and over more of each class: suggested {:.1f}, {:.1f}; drawn at suggested {:.1f}, {:.1f}"


class Session:
    """A user with a scene, who labels and maps again; ``answers`` the truth gives."""

    def __init__(self, few, scene, seed: int, folder: Path):
        self._few, self._scene, self._seed, self._folder = few, scene, seed, folder
        self.truth = few.truth(str(scene.label))
        self.classes = np.unique(self.truth[self.truth != few.NONE])
        self.first = few.draw(self.truth, FIRST, seed)
        self.n_more = FIRST * len(self.classes)

    def mapped(self, labels: np.ndarray) -> None:
        """A map, and its model."""
        write_labels(self._folder / "labels.tif", labels, gdal.Open(str(self._scene.image)))
        params = train.METHOD.params(
            input=str(self._scene.image),
            labels=str(self._folder / "labels.tif"),
            output=str(self._folder / "map.tif"),
            output_model=str(self._folder / "model.safetensors"),
            seed=self._seed,
            nodata=self._scene.fill,
        )
        train.METHOD.execute(params, Silent())

    def score(self, used: np.ndarray) -> float:
        """Mean IoU of the last map outside of what any map has used."""
        at = self._few.scored(self.truth, used)
        said = said_by(self._few, self._folder / "map.tif")
        return self._few.scores(self.truth.ravel()[at], said.ravel()[at], self.classes)[0]

    def answered(self, labels: np.ndarray, places: list) -> np.ndarray:
        """The labels, and those of places, (h, w) bool each."""
        labels = labels.copy()
        for place in places:
            there = self.truth[place]
            count = np.bincount(there[there != self._few.NONE], minlength=1)
            if count.sum() * 2 > len(there):
                labels[place] = count.argmax()
        return labels

    def _at_random(self, count: int) -> list:
        """(row, column) of random labeled pixels."""
        random = np.random.default_rng([self._seed, 7])
        chosen = random.choice(np.flatnonzero(self.truth != self._few.NONE), count, replace=False)
        return [np.unravel_index(index, self.truth.shape) for index in chosen]

    def at_random(self, count: int) -> list:
        """Squares around random labeled pixels, as large as what is suggested."""
        model = ModelFile.load(str(self._folder / "model.safetensors"))
        half, places = model.state["superpixels"]["size_px"] // 2, []
        for row, col in self._at_random(count):
            place = np.zeros(self.truth.shape, bool)
            place[max(0, row - half) : row + half, max(0, col - half) : col + half] = True
            places.append(place)
        return places

    def drawn_at_random(self, labels: np.ndarray, count: int) -> np.ndarray:
        """The labels, and squares inside of what is at random labeled pixels."""
        return self._drawn(labels, self._at_random(count))

    def drawn_at(self, labels: np.ndarray, places: list) -> np.ndarray:
        """The labels, and squares inside of what is in the middle of places, (h, w) bool each."""
        middles = []
        for place in places:
            rows, cols = np.nonzero(place & (self.truth != self._few.NONE))
            if len(rows):
                nearest = np.hypot(rows - rows.mean(), cols - cols.mean()).argmin()
                middles.append((rows[nearest], cols[nearest]))
        return self._drawn(labels, middles)

    def _drawn(self, labels: np.ndarray, pixels: list) -> np.ndarray:
        """The labels, and a square inside of what is at each of the pixels, as the protocol draws them."""
        labels, reach = labels.copy(), int(np.clip(round(self.truth.size**0.5 / 64), 3, 15))
        for row, col in pixels:
            label = self.truth[row, col]
            inside = ndimage.distance_transform_cdt(np.pad(self.truth == label, 1), metric="chessboard")
            inside = inside[1:-1, 1:-1]
            top, left = max(0, row - reach), max(0, col - reach)
            near = inside[top : row + reach + 1, left : col + reach + 1]
            down, right = np.unravel_index(near.argmax(), near.shape)
            row, col = top + down, left + right
            half = int(min(reach, inside[row, col] - 1))
            labels[row - half : row + half + 1, col - half : col + half + 1] = label
        return labels

    def suggested(self, labels: np.ndarray, count: int) -> list:
        """The places that are suggested after the last map."""
        write_labels(self._folder / "labels.tif", labels, gdal.Open(str(self._scene.image)))
        path = self._folder / "places.gpkg"
        path.unlink(missing_ok=True)
        params = suggestlabels.METHOD.params(
            input=str(self._scene.image),
            model=str(self._folder / "model.safetensors"),
            labels=str(self._folder / "labels.tif"),
            count=count,
            mask=str(self._known()),
            seed=self._seed,
            nodata=self._scene.fill,
            output=str(path),
        )
        suggestlabels.METHOD.execute(params, Silent())
        return self._burnt(path)

    def _known(self) -> Path:
        """Polygons of where something is known, which can be answered."""
        path = self._folder / "known.gpkg"
        if not path.exists():
            raster = self._raster()
            raster.WriteArray((self.truth != self._few.NONE).astype(np.uint8))
            target = gdal.GetDriverByName("GPKG").Create(str(path), 0, 0, 0, gdal.GDT_Unknown)
            layer = target.CreateLayer("known", raster.GetSpatialRef(), ogr.wkbPolygon)
            gdal.Polygonize(raster.GetRasterBand(1), raster.GetRasterBand(1), layer, -1)
        return path

    def _raster(self):
        """An empty one in memory, on the grid of the scene."""
        image = gdal.Open(str(self._scene.image))
        target = gdal.GetDriverByName("MEM").Create("", *self.truth.shape[::-1], 1, gdal.GDT_Byte)
        target.SetGeoTransform(image.GetGeoTransform(can_return_null=True) or (0, 1, 0, 0, 0, -1))
        target.SetProjection(image.GetProjection())
        return target

    def _burnt(self, path: Path) -> list:
        places, source = [], gdal.OpenEx(str(path), gdal.OF_VECTOR)
        layer = source.GetLayer(0)
        for number in [feature.GetField("number") for feature in layer]:
            layer.SetAttributeFilter(f"number = {number}")
            target = self._raster()
            gdal.RasterizeLayer(target, [1], layer, burn_values=[1])
            places.append(target.ReadAsArray() > 0)
        return places


def scores(few, scene, seed: int) -> list:
    """Mean IoU after each of the `WAYS`."""
    with tempfile.TemporaryDirectory() as folder:
        session = Session(few, scene, seed, Path(folder))
        first, n_more, found = session.first, session.n_more, []

        def mapped(labels: np.ndarray) -> None:
            session.mapped(labels)
            found.append(session.score(labels))

        mapped(first)
        places, some = (session.suggested(first, n) for n in (n_more, n_more // 2))
        mapped(few.draw(session.truth, 2 * FIRST, seed))
        for answered, at_random in (
            (session.answered, session.answered(first, session.at_random(n_more))),
            (session.drawn_at, session.drawn_at_random(first, n_more)),
        ):
            mapped(at_random)
            mapped(answered(first, places))
            half = answered(first, some)
            session.mapped(half)
            mapped(answered(half, session.suggested(half, n_more - n_more // 2)))
        return found


def main() -> int:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--scenes", nargs="*", default=SCENES)
    parser.add_argument("--seeds", type=int, nargs="*", default=[0, 1, 2, 3])
    options = parser.parse_args()
    gdal.UseExceptions()
    few, table = protocol(), {}
    print(f"{'':16s}" + "".join(f"{way:>22s}" for way in WAYS))
    for scene in chosen_scenes(options.scenes):
        table[scene.name] = np.mean([scores(few, scene, seed) for seed in options.seeds], 0)
        print(f"{scene.name:16s}" + "".join(f"{each:22.1f}" for each in table[scene.name]), flush=True)
    for name, names in {**HALVES, "all": SCENES}.items():
        there = [table[scene] for scene in names if scene in table]
        if there:
            mean = np.mean(there, 0)
            print(f"{name:16s}" + "".join(f"{each:22.1f}" for each in mean))
            apart = (mean[a] - mean[b] for a, b in ((3, 2), (3, 1), (6, 5), (6, 1)))
            print(f"{'':16s}{GOALS.format(*apart)}")
    return 0


if __name__ == "__main__":
    sys.exit(main())

"""Maps from a few polygons a class, beside what analysts use: ``python -m benchmarks few``.

Polygons are drawn, and maps are scored, by the protocol in ``../shared/protocols/few_labels.py`` (or in
``$OBIC_PROTOCOLS``): squares as a user digitizes them; mean IoU, overall accuracy and F1 in percent on all labeled
pixels outside of them. Peers are a random forest and an SVM on pixels, and a random forest on multi-scale filters.
"""

from __future__ import annotations

import argparse
import importlib.util
import json
import os
import sys
import tempfile
import time
from pathlib import Path

import numpy as np
from osgeo import gdal

from obic_plugin.engine.methods.train import METHOD
from obic_plugin.engine.progress import Silent
from obic_plugin.engine.raster.classes import ClassTable

from . import BUILD, ROOT
from .scenes import Scene, data_folder, scenes

PROTOCOL = Path(os.environ.get("OBIC_PROTOCOLS", ROOT.parent / "shared" / "protocols")) / "few_labels.py"
COUNTS = (1, 3, 10)
SCENES = (
    "dubai_01",
    "dubai_04",
    "loveda_00",
    "potsdam",
    "worldcover_01",
    "worldcover_04",
    "korea_01",
    "korea_15",
    "naip_02",
    "naip_05",
    "enmap",
    "parcels",
)


def protocol():
    """The module of the protocol."""
    spec = importlib.util.spec_from_file_location("few_labels", PROTOCOL)
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def own_scores(few, scene, n: int, seed: int, folder: Path, settings: dict) -> tuple:
    """(mean IoU, overall accuracy, F1) of a map by `train`, what it says of its own accuracy, and its seconds."""
    label = few.truth(str(scene.label))
    drawn, map_path = folder / "drawn.tif", folder / "map.tif"
    squares = few.draw(label, n, seed)
    _write(drawn, squares, gdal.Open(str(scene.image)))
    params = METHOD.params(
        input=str(scene.image),
        labels=str(drawn),
        output=str(map_path),
        seed=seed,
        nodata=scene.fill,
        **settings,
    )
    started = time.perf_counter()
    told = METHOD.execute(params, Silent())
    seconds = time.perf_counter() - started
    labels = np.full(256, few.NONE)  # of the map's values: their names
    for item in ClassTable.from_raster(str(map_path)):
        labels[item.value] = int(item.name or few.NONE)
    said = labels[gdal.Open(str(map_path)).ReadAsArray()]
    at = few.scored(label, squares)
    classes = np.unique(label[label != few.NONE])
    found = few.scores(label.ravel()[at], said.ravel()[at], classes)
    return [*found, 100 * told.get("overall_accuracy", float("nan")), seconds]


def peers(few, scene, counts: list, seeds: list) -> dict:
    """{n: {peer: [mean IoU, overall accuracy, F1]}} of the best that others do, means of the seeds; kept on disk."""
    kept = BUILD / "few" / f"{scene.name}_{'_'.join(map(str, seeds))}.json"
    if kept.exists():
        return json.loads(kept.read_text())
    label, found = few.truth(str(scene.label)), {}
    features = few.filters(few.scaled(str(scene.image)))
    for n in counts:
        runs = [few.peers(str(scene.image), label, n, seed, features) for seed in seeds]
        found[str(n)] = {name: np.mean([run[name] for run in runs], 0).tolist() for name in runs[0]}
    kept.parent.mkdir(parents=True, exist_ok=True)
    kept.write_text(json.dumps(found))
    return found


def _write(path: Path, labels: np.ndarray, like) -> None:
    target = gdal.GetDriverByName("GTiff").Create(str(path), *labels.shape[::-1], 1, gdal.GDT_Byte)
    if like.GetGeoTransform(can_return_null=True):
        target.SetGeoTransform(like.GetGeoTransform())
    target.SetProjection(like.GetProjection())
    target.GetRasterBand(1).SetNoDataValue(255)
    target.GetRasterBand(1).WriteArray(labels)


def cell(row) -> str:
    """Mean IoU, accuracy, the accuracy that was foretold, and seconds."""
    return f"{row[0]:22.1f} /{row[1]:5.1f} /{row[3]:5.1f} /{row[4]:5.1f}"


def main() -> int:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--scenes", nargs="*", default=SCENES)
    parser.add_argument("--seeds", type=int, nargs="*", default=[0, 1, 2, 3, 4])
    parser.add_argument("--counts", type=int, nargs="*", default=COUNTS)
    parser.add_argument("--peers", action="store_true", help="measure the peers too, which takes long")
    parser.add_argument("--set", nargs="*", default=[], metavar="NAME=VALUE", help="parameters of train")
    options = parser.parse_args()
    few, settings = protocol(), dict(pair.split("=") for pair in options.set)
    table: dict = {n: [] for n in options.counts}
    print(f"{'':14s}" + "".join(f"{f'{n} a class: mIoU / accuracy / own / s':>40s}" for n in options.counts))
    with tempfile.TemporaryDirectory() as folder:
        parcels = Scene(
            "parcels", *(data_folder() / "parcels" / f"{kind}_01.tif" for kind in ("image", "label"))
        )
        for scene in [scene for scene in [*scenes(), parcels] if scene.name in options.scenes]:
            rows = []
            for n in options.counts:
                runs = [own_scores(few, scene, n, seed, Path(folder), settings) for seed in options.seeds]
                rows.append(np.mean(runs, 0))
                table[n].append(rows[-1])
            print(
                f"{scene.name:14s}"
                + "".join(f"{r[0]:22.1f} /{r[1]:5.1f} /{r[3]:5.1f} /{r[4]:5.1f}" for r in rows),
                flush=True,
            )
            if options.peers:
                told = peers(few, scene, options.counts, options.seeds)
                for name in told[str(options.counts[0])]:
                    cells = (told[str(n)][name] for n in options.counts)
                    print(
                        f"  {name:12s}" + "".join(f"{c[0]:22.1f} /{c[1]:5.1f}" + " " * 14 for c in cells),
                        flush=True,
                    )
    means = (np.nanmean(table[n], 0) for n in options.counts)
    print(f"{'mean':14s}" + "".join(map(cell, means)))
    return 0


if __name__ == "__main__":
    sys.exit(main())

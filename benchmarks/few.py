"""Maps from a few polygons a class, beside what analysts use: ``python -m benchmarks few``.

Polygons are drawn, and maps are scored, by the protocol in ``../shared/protocols/few_labels.py`` (or in
``$OBIC_PROTOCOLS``): squares as a user digitizes them; mean IoU and overall accuracy in percent on all labeled pixels
outside of them. Peers are a random forest and an SVM on pixels, and a random forest on multi-scale filters; their
scores are kept on disk, for each scene, number of squares and seed. What was chosen by trial was chosen on the scenes
of the first half.
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
from obic_plugin.engine.opening import open_image
from obic_plugin.engine.progress import Silent
from obic_plugin.engine.raster.classes import ClassTable
from obic_plugin.engine.raster.display import Display

from . import BUILD, ROOT
from .scenes import Scene, data_folder, scenes

PROTOCOL = Path(os.environ.get("OBIC_PROTOCOLS", ROOT.parent / "shared" / "protocols")) / "few_labels.py"
COUNTS = (1, 3, 10)
HALVES = {
    "first": ("dubai_01", "loveda_00", "worldcover_01", "korea_01", "naip_02", "enmap"),
    "second": ("dubai_04", "potsdam", "worldcover_04", "korea_15", "naip_05", "parcels"),
}
SCENES = tuple(name for half in HALVES.values() for name in half)
HEAD = "mIoU / accuracy / foretold / s"


def protocol():
    """The module of the protocol."""
    spec = importlib.util.spec_from_file_location("few_labels", PROTOCOL)
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def chosen_scenes(names) -> list:
    """The scenes of the given names, among them those that only this benchmark has."""
    folder = data_folder() / "parcels"
    parcels = Scene("parcels", *(folder / f"{kind}_01.tif" for kind in ("image", "label")))
    known = {scene.name: scene for scene in [*scenes(), parcels]}
    return [known[name] for name in names]


def shown_bands(scene) -> tuple:
    """The numbers of the bands that a scene is shown with as red, green and blue."""
    params = METHOD.params(
        input=str(scene.image), labels=str(scene.label), output=os.devnull, nodata=scene.fill
    )
    image = open_image(params, Silent())
    shown = Display.of(image.reader, image.sample, params.display).bands
    return tuple(image.reader.bands[band] for band in shown)


def own_scores(few, scene, n: int, seed: int, folder: Path, settings: dict) -> list:
    """Mean IoU and overall accuracy of a map by `train`, what it says of its own accuracy, and its seconds."""
    label = few.truth(str(scene.label))
    drawn, map_path = folder / "drawn.tif", folder / "map.tif"
    squares = few.draw(label, n, seed)
    write_labels(drawn, squares, gdal.Open(str(scene.image)))
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
    at = few.scored(label, squares)
    classes = np.unique(label[label != few.NONE])
    found = few.scores(label.ravel()[at], said_by(few, map_path).ravel()[at], classes)
    return [*found[:2], 100 * told.get("overall_accuracy", float("nan")), seconds]


def said_by(few, map_path: Path) -> np.ndarray:
    """(H, W) the labels that a map's classes are named after."""
    labels = np.full(256, few.NONE)  # of the map's values
    for item in ClassTable.from_raster(str(map_path)):
        labels[item.value] = int(item.name or few.NONE)
    return labels[gdal.Open(str(map_path)).ReadAsArray()]


def write_labels(path: Path, labels: np.ndarray, like) -> None:
    """A label raster on the grid of a data set."""
    target = gdal.GetDriverByName("GTiff").Create(str(path), *labels.shape[::-1], 1, gdal.GDT_Byte)
    if like.GetGeoTransform(can_return_null=True):
        target.SetGeoTransform(like.GetGeoTransform())
    target.SetProjection(like.GetProjection())
    target.GetRasterBand(1).SetNoDataValue(255)
    target.GetRasterBand(1).WriteArray(labels)


def peers(few, scene, counts, seeds) -> dict:
    """{n: {peer: [mean IoU, overall accuracy]}}, means of the seeds, of what others do; kept on disk."""
    label, features, found = few.truth(str(scene.label)), None, {}
    for seed in seeds:
        for n in counts:
            kept = BUILD / "few" / f"{scene.name}_{n}_{seed}.json"
            if not kept.exists():
                if features is None:
                    features = few.filters(few.scaled(str(scene.image)))
                told = few.peers(str(scene.image), label, n, seed, features)
                kept.parent.mkdir(parents=True, exist_ok=True)
                kept.write_text(json.dumps(told))
            found.setdefault(n, []).append(json.loads(kept.read_text()))
    return {
        n: {name: np.mean([run[name][:2] for run in runs], 0) for name in runs[0]}
        for n, runs in found.items()
    }


def summary(name: str, names: list, own: dict, others: dict, counts) -> list:
    """Lines: means of some scenes, the best single peer, and how many times as good the maps are."""
    means = [np.mean([own[scene][n] for scene in names], 0) for n in counts]
    lines = [f"{name:16s}" + "".join(map(cell, means))]
    apart = [np.mean([own[scene][n][2] - own[scene][n][1] for scene in names]) for n in counts]
    lines.append(f"{'  foretold - true':16s}" + "".join(f"{value:32.1f}" for value in apart))
    if all(scene in others for scene in names):
        best = [best_peer(names, others, n) for n in counts]
        lines.append(
            f"{'  best peer':16s}"
            + "".join(f"{peer:>12s}{score[0]:13.1f} /{score[1]:5.1f}" for peer, score in best)
        )
        ratios = [mean[0] / score[0] for mean, (_, score) in zip(means, best)]
        lines.append(f"{'  ratio of mIoU':16s}" + "".join(f"{ratio:32.2f}" for ratio in ratios))
    return lines


def best_peer(names: list, others: dict, n: int) -> tuple:
    """Name and mean scores of the peer whose mean IoU over some scenes is the highest."""
    means = {peer: np.mean([others[scene][n][peer] for scene in names], 0) for peer in others[names[0]][n]}
    return max(means.items(), key=lambda item: item[1][0])


def cell(row) -> str:
    """Mean IoU, accuracy, the accuracy that was foretold, and seconds."""
    return f"{row[0]:11.1f} /{row[1]:5.1f} /{row[2]:5.1f} /{row[3]:5.1f}"


def main() -> int:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--scenes", nargs="*", default=SCENES)
    parser.add_argument("--seeds", type=int, nargs="*", default=[0, 1, 2, 3, 4])
    parser.add_argument("--counts", type=int, nargs="*", default=COUNTS)
    parser.add_argument("--peers", choices=("none", "too", "only"), default="too")
    parser.add_argument("--set", nargs="*", default=[], metavar="NAME=VALUE", help="parameters of train")
    parser.add_argument(
        "--rgb", action="store_true", help="only the bands that are shown as red, green and blue"
    )
    options = parser.parse_args()
    few, settings = protocol(), dict(pair.split("=") for pair in options.set)
    own: dict = {}
    others: dict = {}
    print(f"{'':16s}" + "".join(f"{f'{n}: {HEAD}':>33s}" for n in options.counts))
    for scene in chosen_scenes(options.scenes):
        if options.peers != "none":
            others[scene.name] = peers(few, scene, options.counts, options.seeds)
        if options.peers == "only":
            print(scene.name, flush=True)
            continue
        if options.rgb:
            settings["bands"] = shown_bands(scene)
        with tempfile.TemporaryDirectory() as folder:
            own[scene.name] = {
                n: np.mean(
                    [own_scores(few, scene, n, seed, Path(folder), settings) for seed in options.seeds], 0
                )
                for n in options.counts
            }
        print(f"{scene.name:16s}" + "".join(map(cell, own[scene.name].values())), flush=True)
        for name in others.get(scene.name, {}).get(options.counts[0], {}):
            scores = (others[scene.name][n][name] for n in options.counts)
            print(
                f"  {name:14s}" + "".join(f"{s[0]:11.1f} /{s[1]:5.1f}" + " " * 14 for s in scores), flush=True
            )
    for name, names in {**HALVES, "all": SCENES}.items():
        there = [scene for scene in names if scene in own]
        if there:
            print("\n".join(summary(name, there, own, others, options.counts)))
    return 0


if __name__ == "__main__":
    sys.exit(main())

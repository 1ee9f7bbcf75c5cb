"""What pretraining on a user's own imagery is worth: ``python -m benchmarks pretraining``.

Two questions, both from ImageNet weights on. *Chips*: an encoder that has learnt from all chips of gid5 and gid5_mixed,
without labels, takes the place of the frozen one in `fewchips`. *Maps*: for each scene, an encoder that has learnt from
the scene alone gives a cluster map of as many classes as the truth has, beside K-means of as many clusters on pixels:
adjusted mutual information with the truth. Models are kept in build/benchmarks/pretraining, by their minutes.
"""

from __future__ import annotations

import argparse
import csv
import sys
import tempfile
from pathlib import Path

import numpy as np
from osgeo import gdal

from obic_plugin.engine.methods import clustermap, kmeans, pretrain
from obic_plugin.engine.progress import Silent

from . import BUILD
from .few import SCENES, chosen_scenes, protocol
from .fewchips import chips, mosaic, own_scores, write_image
from .scenes import data_folder
from .scores import score


def model_of(name: str, image: str, minutes: float, seed: int, fill: float | None = None) -> str:
    """The path of the model that has learnt from an image for so long."""
    path = BUILD / "pretraining" / f"{name}_{minutes:g}_{seed}.safetensors"
    if not path.exists():
        path.parent.mkdir(parents=True, exist_ok=True)
        settings = {"input": (image,), "minutes": minutes, "seed": seed, "nodata": fill}
        pretrain.METHOD.execute(pretrain.METHOD.params(**settings, output_model=str(path)), Silent())
    return str(path)


def all_chips() -> list:
    """Paths of the images of gid5 and gid5_mixed."""
    folders = [data_folder() / name for name in ("gid5", "gid5_mixed")]
    found = []
    for folder in folders:
        with open(folder / "index.csv", newline="", encoding="utf-8") as file:
            found += [folder / row["image"] for row in csv.DictReader(file)]
    return found


def of_chips(minutes: float, n: int, seeds: list, folder: Path) -> None:
    """Print mean IoU and accuracy of maps from a few chips with both encoders."""
    model = model_of("gid5", write_image(folder / "chips.tif", mosaic(all_chips())), minutes, 0)
    few, rows = protocol(), chips()
    encoders = {"ImageNet": {}, "own": {"encoder": "own", "encoder_model": model}}
    print(f"{n} chips of each tag{'':6s}" + "".join(f"{name:>16s}" for name in encoders))
    found = []
    for seed in seeds:
        found.append([own_scores(few, rows, n, seed, settings)[:2] for settings in encoders.values()])
        print(f"{f'seed {seed}':24s}" + _cells(found[-1]), flush=True)
    print(f"{'mean':24s}" + _cells(np.mean(found, 0)))


def _cells(rows) -> str:
    return "".join(f"{mean_iou:9.1f} /{accuracy:5.1f}" for mean_iou, accuracy in rows)


def of_maps(minutes: float, names: list, folder: Path) -> None:
    """Print adjusted mutual information of cluster maps and of K-means."""
    print(f"{'cluster maps':24s}{'own':>9s}{'K-means':>9s}{'ratio':>9s}")
    found = []
    for scene in chosen_scenes(names):
        pixels = scene.read()
        n = len(np.unique(pixels.labels[pixels.labeled]))
        model = model_of(scene.name, str(scene.image), minutes, 0, scene.fill)
        given = {"input": str(scene.image), "classes": n, "nodata": scene.fill}
        scores = []
        for method, more in ((clustermap.METHOD, {"model": model}), (kmeans.METHOD, {})):
            path = str(folder / f"{method.name}.tif")
            method.execute(method.params(**given, **more, output=path), Silent())
            scores.append(score(gdal.Open(path).ReadAsArray(), pixels)[0])
        found.append(scores)
        print(f"{scene.name:24s}{scores[0]:9.3f}{scores[1]:9.3f}{scores[0] / scores[1]:9.2f}", flush=True)
    own, others = np.array(found).T
    print(f"{'mean':24s}{own.mean():9.3f}{others.mean():9.3f}{own.mean() / others.mean():9.2f}")
    print(f"better than K-means on {(own > others).sum()} of {len(own)} scenes (goal: two thirds)")


def main() -> int:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--minutes", type=float, default=20.0, help="of pretraining on chips")
    parser.add_argument("--scene-minutes", type=float, default=5.0, help="of pretraining on each scene")
    parser.add_argument("--chips", type=int, default=5, help="labeled chips of each tag")
    parser.add_argument("--seeds", type=int, nargs="*", default=[0, 1, 2, 3, 4])
    parser.add_argument("--scenes", nargs="*", default=list(SCENES))
    parser.add_argument("--only", choices=("chips", "maps"))
    options = parser.parse_args()
    gdal.UseExceptions()
    with tempfile.TemporaryDirectory() as name:
        if options.only != "maps":
            of_chips(options.minutes, options.chips, options.seeds, Path(name))
        if options.only != "chips":
            of_maps(options.scene_minutes, options.scenes, Path(name))
    return 0


if __name__ == "__main__":
    sys.exit(main())

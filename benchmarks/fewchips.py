"""Maps from a few labeled chips a class: ``python -m benchmarks fewchips``.

Of the 300 chips of gid5 (224 x 224 px of 4 m, five classes) as many of each tag as asked for are drawn at random and
given to `train` with all of their labels, side by side in one image; the others, side by side in another image, are
mapped in the same run, and all of their labeled pixels are scored. The peer is a random forest on multi-scale filters,
as in ``few_labels.py``, of 3000 pixels a class; its scores are kept on disk.
"""

from __future__ import annotations

import argparse
import csv
import json
import sys
import tempfile
import time
from pathlib import Path

import numpy as np
from osgeo import gdal

from obic_plugin.engine.methods.train import METHOD
from obic_plugin.engine.progress import Silent

from . import BUILD
from .few import protocol, said_by, write_labels
from .scenes import CHIP_PX, UNLABELED, data_folder

N_CLASSES = 5
TOLD_PX = 1000  # of a chip, on which the peer is scored


def chips() -> list:
    """(image path, label path, tag) of each chip."""
    folder = data_folder() / "gid5"
    with open(folder / "index.csv", newline="", encoding="utf-8") as file:
        return [
            (folder / row["image"], folder / row["label"], row["scene_tag"]) for row in csv.DictReader(file)
        ]


def split(rows: list, n: int, seed: int) -> tuple:
    """Indices of ``n`` chips of each tag, and of all others."""
    random, chosen = np.random.default_rng(seed), []
    for tag in sorted({tag for _, _, tag in rows}):
        chosen += random.permutation([i for i, row in enumerate(rows) if row[2] == tag])[:n].tolist()
    return chosen, [i for i in random.permutation(len(rows)).tolist() if i not in set(chosen)]


def mosaic(paths: list) -> np.ndarray:
    """(B, H, W) chips side by side, row by row, about as many columns as rows; 255 where there is none."""
    arrays = [np.atleast_3d(gdal.Open(str(path)).ReadAsArray().T).T for path in paths]
    n_cols = int(np.ceil(len(paths) ** 0.5))
    n_rows = -(-len(paths) // n_cols)
    whole = np.full((len(arrays[0]), n_rows * CHIP_PX, n_cols * CHIP_PX), UNLABELED, np.uint8)
    for place, array in enumerate(arrays):
        row, col = (CHIP_PX * each for each in divmod(place, n_cols))
        whole[:, row : row + CHIP_PX, col : col + CHIP_PX] = array
    return whole


def write_image(path: Path, values: np.ndarray) -> str:
    target = gdal.GetDriverByName("GTiff").Create(str(path), *values.shape[:0:-1], len(values), gdal.GDT_Byte)
    target.WriteArray(values)
    return str(path)


def own_scores(few, rows: list, n: int, seed: int, settings: dict) -> list:
    """Mean IoU and overall accuracy on the chips that were not drawn, and seconds."""
    drawn, others = split(rows, n, seed)
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        labels = [mosaic([rows[i][1] for i in part])[0] for part in (others, drawn)]
        images = [
            write_image(folder / f"{part}.tif", mosaic([rows[i][0] for i in index]))
            for part, index in (("others", others), ("drawn", drawn))
        ]
        nothing = np.full_like(labels[0], UNLABELED)
        for part, image, given in (("none", images[0], nothing), ("given", images[1], labels[1])):
            write_labels(folder / f"{part}.tif", given, gdal.Open(image))
        params = METHOD.params(
            input=tuple(images),
            labels=(str(folder / "none.tif"), str(folder / "given.tif")),
            output=str(folder / "map.tif"),
            seed=seed,
            **settings,
        )
        started = time.perf_counter()
        METHOD.execute(params, Silent())
        seconds = time.perf_counter() - started
        said = said_by(few, folder / "map.tif")
    there = labels[0] != UNLABELED
    return [*few.scores(labels[0][there], said[there], np.arange(N_CLASSES))[:2], seconds]


def peer_scores(few, rows: list, n: int, seed: int) -> list:
    """Mean IoU and overall accuracy of a random forest on multi-scale filters; kept on disk."""
    from sklearn.ensemble import RandomForestClassifier

    kept = BUILD / "few" / f"gid5_{n}_{seed}.json"
    if kept.exists():
        return json.loads(kept.read_text())
    drawn, others = split(rows, n, seed)
    random = np.random.default_rng(seed)

    def pixels(index: int, most: int | None) -> tuple:
        image = gdal.Open(str(rows[index][0])).ReadAsArray().astype(np.float32) / 255
        label = gdal.Open(str(rows[index][1])).ReadAsArray().ravel()
        at = np.flatnonzero(label != UNLABELED)
        at = at if most is None else few.cap(at, most, random)
        return few.filters(image).reshape(-1, label.size)[:, at].T, label[at]

    features, labels = map(np.concatenate, zip(*(pixels(index, None) for index in drawn)))
    at = np.concatenate([few.cap(np.flatnonzero(labels == k), 3000, random) for k in range(N_CLASSES)])
    forest = RandomForestClassifier(300, n_jobs=-1, random_state=seed).fit(features[at], labels[at])
    true, said = [], []
    for index in others:
        tested, own = pixels(index, TOLD_PX)
        if len(own):
            true.append(own)
            said.append(forest.predict(tested))
    found = few.scores(np.concatenate(true), np.concatenate(said), np.arange(N_CLASSES))[:2]
    kept.parent.mkdir(parents=True, exist_ok=True)
    kept.write_text(json.dumps(found))
    return found


def main() -> int:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--chips", type=int, default=5, help="labeled chips of each tag")
    parser.add_argument("--seeds", type=int, nargs="*", default=[0, 1, 2, 3, 4])
    parser.add_argument("--peers", choices=("none", "too", "only"), default="too")
    parser.add_argument("--set", nargs="*", default=[], metavar="NAME=VALUE", help="parameters of train")
    options = parser.parse_args()
    few, rows, settings = protocol(), chips(), dict(pair.split("=") for pair in options.set)
    gdal.UseExceptions()
    print(f"{'':24s}{'mIoU / accuracy / s':>28s}")
    own, others = [], []
    for seed in options.seeds:
        if options.peers != "only":
            own.append(own_scores(few, rows, options.chips, seed, settings))
            print(f"{f'seed {seed}':24s}{own[-1][0]:14.1f} /{own[-1][1]:5.1f} /{own[-1][2]:5.1f}", flush=True)
        if options.peers != "none":
            others.append(peer_scores(few, rows, options.chips, seed))
            print(f"{'  filters RF':24s}{others[-1][0]:14.1f} /{others[-1][1]:5.1f}", flush=True)
    for name, scores in (("mean", own), ("mean of filters RF", others)):
        if scores:
            mean, spread = np.mean(scores, 0), np.std(scores, 0)
            print(f"{name:24s}{mean[0]:14.1f} /{mean[1]:5.1f}   +-{spread[0]:5.1f} /{spread[1]:5.1f}")
    return 0


if __name__ == "__main__":
    sys.exit(main())

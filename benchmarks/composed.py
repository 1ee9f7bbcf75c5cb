"""From what to what, on pairs that are composed, so that their truth is exact: ``python -m benchmarks composed``.

obic:trainchange learns from train_01 and train_02 of ``../shared/data/change_semantic`` and obic:detectchange maps
test_01, as it is and with its second date moved. Beside it what people do: compare the maps of both dates, of a random
forest on multi-scale filters, of a network of the same size that has learned classes alone (cross-entropy), and of the
same network. Scores are those of ``../shared/protocols/change_scores.py``. Models are kept in the folder
build/benchmarks/composed.
"""

from __future__ import annotations

import argparse
import json
import os
import sys
import tempfile
import time
from pathlib import Path
from unittest import mock

import numpy as np
import torch
from osgeo import gdal

from obic_plugin.engine.change.shift import Shift
from obic_plugin.engine.change.unlabeled import looked_at, opened_pair
from obic_plugin.engine.labelers.pair import DatedClasses
from obic_plugin.engine.methods import detectchange, trainchange
from obic_plugin.engine.modelfile import ModelFile
from obic_plugin.engine.opening import open_image
from obic_plugin.engine.progress import Silent
from obic_plugin.engine.raster.classes import ClassTable
from obic_plugin.engine.raster.pair import StackedPair
from obic_plugin.engine.raster.sample import sample_windows

from . import BUILD
from .change import Pair, moved, protocol
from .few import protocol as few_protocol
from .scenes import UNLABELED, data_folder

TRAINING, TEST = ("train_01", "train_02"), "test_01"
TERMS = {
    "default": {},
    "without correlation": {"correlation": False},
    "without contrast of classes": {"local_contrast": False},
    "without contrast with earlier steps": {"global_contrast": False},
    "without made changes": {"made_changes": False},
    "without all of these": {
        "correlation": False,
        "local_contrast": False,
        "global_contrast": False,
        "made_changes": False,
    },
}
SWITCHES = {"true": True, "false": False}
PLAIN = {"learn": "classes", **TERMS["without all of these"]}
MOVED_PX = 2
FOREST_PX, N_TREES = 20_000, 100  # of a class and a pair, in the random forest
SHOWN = ("F1", "precision", "recall", "SeK", "F_scd", "mIoU", "inconsistent")


def files(name: str) -> dict:
    """{kind: path} of a pair: t1, t2, sem1, sem2, change."""
    folder = data_folder() / "change_semantic"
    return {kind: str(folder / f"{name}_{kind}.tif") for kind in ("t1", "t2", "sem1", "sem2", "change")}


class Test:
    """The test pair, as it is or moved, and the truth of both dates (h, w)."""

    def __init__(self, name: str, by_px: int, folder: str):
        paths = files(name)
        truth = [gdal.Open(paths[kind]).ReadAsArray() for kind in ("sem1", "sem2")]
        pair = Pair(0, paths["t1"], paths["t2"], truth[0])
        self.pair = moved(pair, by_px, folder) if by_px else pair
        self.truth = [each[by_px:, by_px:] for each in truth]
        self.folder = folder

    def scores(self, judge, one: np.ndarray, two: np.ndarray, said: np.ndarray) -> dict:
        known = (one != UNLABELED) & (two != UNLABELED)  # a moved date ends before the first
        truth = (np.where(known, each, UNLABELED).ravel() for each in self.truth)
        return judge.scores(one.ravel(), two.ravel(), said.ravel(), *truth)

    def detected(self, model: str) -> tuple:
        """Classes of both dates, where change is said, and seconds, by obic:detectchange from file to file."""
        names = ("output", "output_classes", "output_classes2")
        outputs = {name: os.path.join(self.folder, f"{name}.tif") for name in names}
        method = detectchange.METHOD
        params = method.params(model=model, input=self.pair.first, input2=self.pair.second, **outputs)
        started = time.perf_counter()
        method.execute(params, Silent())
        seconds = time.perf_counter() - started
        said = gdal.Open(outputs["output"]).ReadAsArray() > 1
        return *(numbers(outputs[name]) for name in names[1:]), said, seconds

    def apart(self, model: str) -> tuple:
        """Classes of both dates, each by itself, by the network of a model; change is where they differ."""
        params = detectchange.METHOD.params(
            model=model, input=self.pair.first, input2=self.pair.second, output=os.devnull
        )
        file, image = ModelFile.load(model), open_image(params, Silent())
        pair = opened_pair(image.reader, self.pair.second, None)
        look = looked_at(pair, sample_windows(image.reader.work, 512, 8, 0), Silent())
        file = file.scaled_to(np.concatenate(look.samples))
        found = Apart.from_state(StackedPair(look.pair), None, file.state, file.tensors)
        one, two = (np.full(self.truth[0].shape, UNLABELED) for _ in range(2))
        lookup = np.array([UNLABELED] + [int(row["name"]) for row in file.classes])
        for tile in found.tiles(image.reader.work.tiles(512)):
            for date, plane in ((one, "labels"), (two, "second")):
                date[tile.window.slices] = lookup[tile.planes[plane]]
        return one, two, (one != two)


class Apart(DatedClasses):
    """The classes of each date as if there were no other."""

    def decide(self, scores: torch.Tensor) -> tuple:
        n = (scores.shape[1] - 1) // 2
        dates = (scores[:, :n], scores[:, n:-1])
        labels = [date[:, : self.n_classes].argmax(1).to(torch.uint8) + 1 for date in dates]
        return *labels, torch.ones_like(labels[0])


def numbers(path: str) -> np.ndarray:
    """(h, w) of a class raster: the numbers that its classes are named by."""
    lookup = np.full(256, UNLABELED)
    for item in ClassTable.from_raster(path):
        lookup[item.value] = int(item.name)
    return lookup[gdal.Open(path).ReadAsArray()]


def model_of(settings: dict, seed: int, training: tuple) -> tuple:
    """The model of some settings, trained where it is not there yet, and the seconds that took."""
    parts = [*training, f"seed{seed}", *(f"{name}-{value}" for name, value in sorted(settings.items()))]
    path = BUILD / "composed" / ("_".join(parts) + ".safetensors")
    kept = path.with_suffix(".json")
    if not kept.exists():
        path.parent.mkdir(parents=True, exist_ok=True)
        of = [files(name) for name in training]
        inputs = {"input": "t1", "input2": "t2", "labels": "sem1", "labels2": "sem2"}
        given = {name: tuple(pair[kind] for pair in of) for name, kind in inputs.items()}
        method, started = trainchange.METHOD, time.perf_counter()
        method.execute(method.params(**given, **settings, seed=seed, output_model=str(path)), Silent())
        kept.write_text(json.dumps({"seconds": time.perf_counter() - started}))
    return str(path), json.loads(kept.read_text())["seconds"]


def forest(test: Test, training: tuple) -> tuple:
    """Maps of both dates by a random forest on multi-scale filters, compared."""
    from sklearn.ensemble import RandomForestClassifier

    few, random = few_protocol(), np.random.default_rng(0)
    rows, labels = [], []
    for name in training:
        paths = files(name)
        for date in ("1", "2"):
            features = few.filters(few.scaled(paths[f"t{date}"]))
            truth = gdal.Open(paths[f"sem{date}"]).ReadAsArray().ravel()
            for label in np.unique(truth[truth != UNLABELED]):
                at = few.cap(np.flatnonzero(truth == label), FOREST_PX // 2, random)
                rows.append(features.reshape(len(features), -1)[:, at].T)
                labels.append(truth[at])
    model = RandomForestClassifier(N_TREES, n_jobs=-1, random_state=0, min_samples_leaf=5)
    model.fit(np.concatenate(rows), np.concatenate(labels))
    maps = []
    for path in (test.pair.first, test.pair.second):
        features = few.filters(few.scaled(path))
        parts = np.array_split(features.reshape(len(features), -1), 20, axis=1)
        maps.append(np.concatenate([model.predict(part.T) for part in parts]).reshape(test.truth[0].shape))
    return *maps, maps[0] != maps[1]


def print_row(name: str, runs: list, more: str = "") -> None:
    """Means of some runs, and the worst F1."""
    cells = "".join(f"{np.mean([run[key] for run in runs]):10.3f}" for key in SHOWN)
    worst = f"{min(run['F1'] for run in runs):10.3f}" if len(runs) > 1 else f"{'':10s}"
    print(f"{name:44s}{cells}{worst}{more}", flush=True)


def main() -> int:
    gdal.UseExceptions()
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--seeds", type=int, nargs="*", default=[0, 1, 2])
    parser.add_argument("--terms", nargs="*", default=["default"], choices=list(TERMS))
    parser.add_argument("--training", nargs="*", default=list(TRAINING))
    parser.add_argument("--test", default=TEST)
    parser.add_argument("--no-peers", action="store_true", help="without the maps that are compared")
    parser.add_argument(
        "--set",
        nargs="*",
        default=[],
        metavar="NAME=VALUE",
        help="parameters of trainchange; true and false are switches",
    )
    options = parser.parse_args()
    if not Path(files(options.test)["t1"]).exists():
        raise SystemExit(f"The composed pairs are not in {data_folder()} (see benchmarks/README.md).")
    settings = {name: SWITCHES.get(value, value) for name, value in (each.split("=") for each in options.set)}
    training, judge = tuple(options.training), protocol()
    print(f"{'':44s}" + "".join(f"{name:>10s}" for name in SHOWN) + f"{'worst F1':>10s}")
    with tempfile.TemporaryDirectory() as folder:
        as_is, shifted = (Test(options.test, by_px, folder) for by_px in (0, MOVED_PX))
        if not options.no_peers:
            print_row("maps of a random forest", [as_is.scores(judge, *forest(as_is, training))])
            plain = [model_of({**settings, **PLAIN}, seed, training)[0] for seed in options.seeds]
            print_row(
                "maps of cross-entropy alone", [as_is.scores(judge, *as_is.apart(path)) for path in plain]
            )
        for name in options.terms:
            models = [model_of({**settings, **TERMS[name]}, seed, training) for seed in options.seeds]
            if name == "default" and not options.no_peers:
                print_row(
                    "maps of the same network",
                    [as_is.scores(judge, *as_is.apart(path)) for path, _ in models],
                )
            found = [as_is.detected(path) for path, _ in models]
            mpx = as_is.truth[0].size / 1e6
            speed = np.mean([each[-1] for each in found]) / mpx
            times = f"   training {np.mean([seconds for _, seconds in models]):.0f} s, {speed:.2f} s/Mpx"
            print_row(name, [as_is.scores(judge, *each[:-1]) for each in found], times)
            if name == "default":
                runs = [shifted.scores(judge, *shifted.detected(path)[:-1]) for path, _ in models]
                print_row(f"  moved by {MOVED_PX} px", runs)
                with mock.patch.object(Shift, "whole", (0, 0)):
                    runs = [shifted.scores(judge, *shifted.detected(path)[:-1]) for path, _ in models]
                print_row(f"  moved by {MOVED_PX} px, and taken as it lies", runs)
    return 0


if __name__ == "__main__":
    sys.exit(main())

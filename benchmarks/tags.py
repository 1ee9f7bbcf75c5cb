"""Maps from tags beside those of the same network with the labels of all pixels: ``python -m benchmarks tags``.

Splits, tags and controls are those of ``../shared/protocols/tags.md``. Each row is one setting of obic:trainfromtags,
mean of the seeds: mean IoU in percent of the pseudo labels, of all test chips, and of those with more than one class;
its share of the full supervision; seconds. Classes, activations and networks are learned on the training chips alone.
"""

from __future__ import annotations

import argparse
import csv
import sys
import time
from dataclasses import replace
from typing import NamedTuple

import numpy as np
import torch
from osgeo import gdal
from torch.nn import functional

from obic_plugin.engine.nets.imagefeatures import ImageFeatures
from obic_plugin.engine.nets.imagenet import pretrained_encoder
from obic_plugin.engine.progress import Silent
from obic_plugin.engine.raster.patch import Patch
from obic_plugin.engine.superpixelparams import COMPACTNESS
from obic_plugin.engine.superpixels.slic import Slic
from obic_plugin.engine.training import fromtags
from obic_plugin.engine.training.finetuning import starting_from
from obic_plugin.engine.training.fromtags import Chosen, OnStages, Settings, learn
from obic_plugin.engine.training.loop import fit
from obic_plugin.engine.training.pseudolabels import PseudoLabels
from obic_plugin.engine.training.taggedchips import TaggedChips
from obic_plugin.engine.training.targets import IGNORE, Targets

from .scenes import UNLABELED, data_folder

N_CLASSES, CHIP_PX, BAND_STEP_PX = 5, 224, 8
LEAST_PX = {"gid5": 2048, "dubai": 1024, "dubai56": 64}
DUBAI = "01", "03", "04"
PARTS = {
    "default": {},
    "mean activation": {"activation": "mean"},
    "SEAM": {"activation": "seam"},
    "scales": {"scales": "published"},
    "superpixels": {"superpixels": Slic(8, COMPACTNESS)},
    "uncertainty": {"weighted": True},
    "2 iterations": {"iterations": 2},
    "all published": {
        "activation": "seam",
        "scales": "published",
        "superpixels": Slic(8, COMPACTNESS),
        "weighted": True,
        "iterations": 2,
    },
}


class Set(NamedTuple):
    """Chips: values (n, 3, h, w) uint8 and labels (n, h, w) uint8, `UNLABELED` where nothing is known."""

    values: np.ndarray
    labels: np.ndarray

    def __getitem__(self, index) -> Set:
        return Set(self.values[index], self.labels[index])

    @property
    def counts(self) -> np.ndarray:
        """(n, K) pixels of each class."""
        return np.stack([(self.labels == k).sum((1, 2)) for k in range(N_CLASSES)], 1)


def gid5() -> tuple:
    """Training and test chips, gid5 and gid5_mixed together."""
    rows: dict = {}
    for name in ("gid5", "gid5_mixed"):
        with open(data_folder() / name / "index.csv", newline="", encoding="utf-8") as file:
            for row in csv.DictReader(file):
                rows.setdefault((name, row["scene_tag"]), []).append(data_folder() / name / row["image"])
    pool, test = [], []
    for paths in rows.values():
        n = len(paths)
        pool += paths[: int(np.ceil(0.55 * n))]
        test += paths[int(np.ceil(0.6 * n)) :]
    first, second = _read(pool), _read(test)
    known = {chip.tobytes() for chip in first.values}
    return first, second[[chip.tobytes() not in known for chip in second.values]]


def _read(paths: list) -> Set:
    labels = [str(path).replace("images/image", "labels/label") for path in paths]
    return Set(*(np.stack([gdal.Open(str(p)).ReadAsArray() for p in part]) for part in (paths, labels)))


def dubai(left_out: str) -> tuple:
    """Training and test chips of `CHIP_PX`, one scene left out; each scene stretched by itself to 0..255."""
    found = {}
    for scene in DUBAI:
        paths = (data_folder() / "dubai" / f"{kind}_{scene}.tif" for kind in ("image", "label"))
        values, labels = (gdal.Open(str(path)).ReadAsArray() for path in paths)
        values = np.clip(_scaled(values[:3], *_range(values[:3, None])) * 255, 0, 255).astype(np.uint8)
        corners = [
            (row, col)
            for row in range(0, labels.shape[0] - CHIP_PX + 1, CHIP_PX)
            for col in range(0, labels.shape[1] - CHIP_PX + 1, CHIP_PX)
        ]
        found[scene] = Set(
            np.stack([values[:, r : r + CHIP_PX, c : c + CHIP_PX] for r, c in corners]),
            np.stack([labels[r : r + CHIP_PX, c : c + CHIP_PX] for r, c in corners]),
        )
    train = [found[scene] for scene in DUBAI if scene != left_out]
    return Set(*map(np.concatenate, zip(*train))), found[left_out]


def _range(values: np.ndarray) -> tuple:
    few = values[..., ::BAND_STEP_PX, ::BAND_STEP_PX]
    return np.percentile(few.reshape(3, -1) if few.ndim == 4 else few, (1, 99), axis=1)


def _scaled(values: np.ndarray, low: np.ndarray, high: np.ndarray) -> np.ndarray:
    return (values - low[:, None, None]) / (high - low)[:, None, None]


class Trial:
    """A training and a test set, the scaling of the first, and the tags of its chips; ``part_px`` is the side of the
    windows that tags are of."""

    def __init__(self, train: Set, test: Set, least_px: int, filtered: bool, part_px: int = CHIP_PX):
        few = np.moveaxis(train.values[..., ::BAND_STEP_PX, ::BAND_STEP_PX], 1, 0).reshape(3, -1)
        self.low, self.high = np.percentile(few, (1, 99), axis=1)
        self.full, self.test, self.least_px = train, test, least_px * (CHIP_PX // part_px) ** 2
        parts = _cut(train, part_px)
        counts = parts.counts
        kept = (counts >= least_px).any(1)
        if filtered:
            kept &= ((counts > 0) == (counts >= least_px)).all(1)
        self.train, self.tags = parts[kept], torch.from_numpy(counts[kept] >= least_px)

    def tensor(self, values: np.ndarray) -> torch.Tensor:
        return torch.from_numpy(np.clip(_scaled(values, self.low, self.high), 0, 1).astype(np.float32))

    def chips(self, some: Set, tags: torch.Tensor, seed: int) -> TaggedChips:
        """The chips with a new network."""
        image = ImageFeatures(3, [0, 1, 2], True, 16)
        image.encoder = pretrained_encoder(3, 16).fold()
        network = starting_from(image, N_CLASSES, seed)()

        def read(number: int, margin_px: int, whole: tuple) -> Patch:
            height, width = some.labels.shape[1:]
            beyond = (0, whole[1] - width, 0, whole[0] - height)
            values = functional.pad(self.tensor(some.values[number]), beyond)
            return Patch(values, functional.pad(torch.ones(height, width, dtype=torch.bool), beyond))

        return TaggedChips(network, read, some.labels.shape[1:], tags, False)

    def from_tags(self, settings: Settings) -> tuple:
        """mIoU of the pseudo labels, of all and of the mixed test chips; seconds."""
        started = time.perf_counter()
        chips = self.chips(self.train, self.tags, settings.seed)
        learned = learn(chips, settings, Silent())
        seconds = time.perf_counter() - started
        truth = coarse(self.train.labels, chips)
        labels = learned.pseudo.labels.numpy()
        known = (truth != UNLABELED) & (labels != IGNORE)
        pseudo = miou(table_of(labels[known], truth[known]))
        return pseudo, *self.scores(learned.network), seconds

    def fully_supervised(self, seed: int) -> tuple:
        """The same with the labels of all pixels of all training chips."""
        started = time.perf_counter()
        chips = self.chips(self.full, torch.ones(len(self.full.labels), N_CLASSES, dtype=torch.bool), seed)
        chips.look(False, Silent())
        labels = torch.from_numpy(coarse(self.full.labels, chips))
        known = PseudoLabels(labels, torch.zeros(labels.shape))
        batches = chips.labeled_batches(Chosen(known), fromtags.N_LABELED, False, seed)
        objective = Targets(OnStages(chips.network))
        fit(objective, batches, fromtags.N_LABELED_STEPS, fromtags.LABELED_RATE, Silent())
        seconds = time.perf_counter() - started
        return 100.0, *self.scores(chips.network.eval()), seconds

    def scores(self, network) -> tuple:
        """mIoU of all test chips, and of those with more than one class."""

        def told(values: np.ndarray) -> np.ndarray:
            values = self.tensor(values)[None]
            valid = torch.ones(1, *values.shape[2:], dtype=torch.bool)
            with torch.inference_mode():
                return network.scores(values, valid)[0].argmax(0).numpy()

        return self.judged([told(values) for values in self.test.values])

    def controls(self, seed: int) -> dict:
        """What the true tags of test chips alone would give: the commonest class, and one by chance for each pixel."""
        random, counts = np.random.default_rng(seed), self.test.counts
        commonest = [np.full(label.shape, row.argmax()) for label, row in zip(self.test.labels, counts)]
        chance = [
            random.choice(np.flatnonzero(row >= min(self.least_px, row.max())), label.shape)
            for label, row in zip(self.test.labels, counts)
        ]
        return {"true commonest class": self.judged(commonest), "random true tag": self.judged(chance)}

    def judged(self, told: list) -> tuple:
        tables = [table_of(found, label) for found, label in zip(told, self.test.labels)]
        mixed = (self.test.counts > 0).sum(1) > 1
        return miou(sum(tables)), miou(sum(table for table, is_mixed in zip(tables, mixed) if is_mixed))


def _cut(some: Set, side: int) -> Set:
    """Chips cut into smaller ones."""
    if side == CHIP_PX:
        return some
    n = CHIP_PX // side
    values = some.values.reshape(-1, 3, n, side, n, side).transpose(0, 2, 4, 1, 3, 5)
    labels = some.labels.reshape(-1, n, side, n, side).transpose(0, 1, 3, 2, 4)
    return Set(values.reshape(-1, 3, side, side), labels.reshape(-1, side, side))


def coarse(labels: np.ndarray, chips: TaggedChips) -> np.ndarray:
    """Labels (n, h, w) in the middle of each score; `UNLABELED` beyond the chips."""
    unit, stride = chips.network.score_px, chips.network.stride_px
    beyond = [(0, 0), *((0, -n % stride) for n in labels.shape[1:])]
    return np.pad(labels, beyond, constant_values=UNLABELED)[:, unit // 2 :: unit, unit // 2 :: unit]


def table_of(told: np.ndarray, truth: np.ndarray) -> np.ndarray:
    """(K, K) pixels by their true class and by the one that was told."""
    known = truth != UNLABELED
    pairs = truth[known].astype(np.int64) * N_CLASSES + told[known]
    return np.bincount(pairs, minlength=N_CLASSES**2).reshape(N_CLASSES, N_CLASSES)


def miou(table: np.ndarray) -> float:
    """Mean IoU in percent of the classes that are there."""
    hits, there = np.diagonal(table), table.sum(1) > 0
    return 100 * float((hits / np.maximum(table.sum(0) + table.sum(1) - hits, 1))[there].mean())


def trials(name: str) -> dict:
    """{title: Trial} of a data set."""
    if name == "gid5":
        return {name: Trial(*gid5(), LEAST_PX[name], True)}
    side = 56 if name == "dubai56" else CHIP_PX
    return {f"{name} without {s}": Trial(*dubai(s), LEAST_PX[name], False, side) for s in DUBAI}


def report(title: str, trial: Trial, parts: list, seeds: list, once: list) -> dict:
    """Print the table of a trial; returns {row: scores}."""
    print(
        f"{title}: {len(trial.train.labels)} chips with tags, {len(trial.test.labels)} test chips", flush=True
    )
    print(f"  {'':22s}{'pseudo':>8s}{'all':>8s}{'mixed':>8s}{'share':>8s}{'mixed':>8s}{'s':>7s}")
    for name, (whole, mixed) in trial.controls(0).items():
        print(f"  {name:22s}{'':8s}{whole:8.1f}{mixed:8.1f}", flush=True)
    rows = {"full supervision": np.mean([trial.fully_supervised(seed) for seed in seeds], 0)}
    _print_row("full supervision", rows["full supervision"], rows["full supervision"])
    for name in parts:
        own = seeds[:1] if name in once else seeds
        settings = Settings(**PARTS[name])
        rows[name] = np.mean([trial.from_tags(replace(settings, seed=seed)) for seed in own], 0)
        _print_row(name, rows[name], rows["full supervision"])
    return rows


def _print_row(name: str, row: np.ndarray, full: np.ndarray) -> None:
    pseudo, whole, mixed, seconds = row
    shares = f"{100 * whole / full[1]:8.1f}{100 * mixed / full[2]:8.1f}"
    print(f"  {name:22s}{pseudo:8.1f}{whole:8.1f}{mixed:8.1f}{shares}{seconds:7.0f}", flush=True)


def main() -> int:
    gdal.UseExceptions()
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--sets", nargs="*", default=["gid5", "dubai", "dubai56"], choices=list(LEAST_PX))
    parser.add_argument("--parts", nargs="*", default=list(PARTS), choices=list(PARTS))
    parser.add_argument("--seeds", type=int, nargs="*", default=[0, 1, 2])
    parser.add_argument("--quick", action="store_true", help="all parts but the default with the first seed")
    options = parser.parse_args()
    once = [name for name in PARTS if name != "default"] if options.quick else []
    for name in options.sets:
        found = [report(*each, options.parts, options.seeds, once) for each in trials(name).items()]
        if len(found) > 1:
            print(f"{name}: means")
            for row in found[0]:
                full = np.mean([each["full supervision"] for each in found], 0)
                _print_row(row, np.mean([each[row] for each in found], 0), full)
    return 0


if __name__ == "__main__":
    sys.exit(main())

"""Maps from tags beside those of the same network with the labels of all pixels: ``python -m benchmarks tags``.

Splits, tags and controls are those of ``../shared/protocols/tags.md``. Each row is one setting of obic:trainfromtags,
mean of the seeds: mean IoU in percent of the pseudo labels, of all test chips, of those with more than one class, and
of the first and the second half of each scene (what is chosen is chosen on the first halves); the share of the full
supervision in each; seconds. Classes, activations and networks are learned on the training chips alone.
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
from obic_plugin.engine.training.fromtags import Chosen, OnStages, TagSettings, at_once, learn
from obic_plugin.engine.training.loop import fit
from obic_plugin.engine.training.pseudolabels import PseudoLabels
from obic_plugin.engine.training.taggedchips import SMALL_PX, TaggedChips
from obic_plugin.engine.training.targets import IGNORE, Targets

from .scenes import UNLABELED, data_folder

N_CLASSES, CHIP_PX, BAND_STEP_PX = 5, 224, 8
LEAST_PX = {"gid5": 2048, "dubai": 1024, "dubai56": 64}
DUBAI = "01", "03", "04"
LONGER = 3  # that full supervision is not a weak one
MORE = f"the same, {LONGER} x steps"
WHICH = "all", "mixed", "early", "late"  # of test chips
PARTS = {
    "default": {},
    "mean activation": {"activation": "mean"},
    "SEAM": {"activation": "seam"},
    "one scale": {"scales": "one"},
    "two scales": {"scales": "two"},
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
    """Chips: values (n, 3, h, w) uint8 and labels (n, h, w) uint8, `UNLABELED` where nothing is known.

    What is chosen is chosen on the ``early`` (n,) of the test chips alone: the first half of each scene. Where chips
    lie in ``scenes``, [(3, H, W) uint8], the ``corners`` (n, 3) are the scene, row and column of each.
    """

    values: np.ndarray
    labels: np.ndarray
    early: np.ndarray
    scenes: list
    corners: np.ndarray

    def __getitem__(self, index) -> Set:
        chips = (part[index] for part in (self.values, self.labels, self.early))
        return Set(*chips, self.scenes, self.corners[index])

    @classmethod
    def of(cls, values: np.ndarray, labels: np.ndarray, early: list) -> Set:
        """Chips that lie nowhere."""
        return cls(values, labels, np.array(early), [], np.zeros((len(values), 3), np.int64))

    @classmethod
    def of_scenes(cls, scenes: list, labels: list, side: int) -> Set:
        """All chips of a size, of some scenes (values and labels), side by side."""
        found = [
            (number, row, col)
            for number, label in enumerate(labels)
            for row in range(0, label.shape[0] - side + 1, side)
            for col in range(0, label.shape[1] - side + 1, side)
        ]

        def cut(wholes: list) -> np.ndarray:
            return np.stack([wholes[n][..., r : r + side, c : c + side] for n, r, c in found])

        early = [row + side <= labels[number].shape[0] / 2 for number, row, _ in found]
        return cls(cut(scenes), cut(labels), np.array(early), scenes, np.array(found))

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
    pool, test, early = [], [], []
    for paths in rows.values():
        n = len(paths)
        pool += paths[: int(np.ceil(0.55 * n))]
        last = paths[int(np.ceil(0.6 * n)) :]
        test += last
        early += [number < len(last) / 2 for number in range(len(last))]
    first, second = _read(pool, [True] * len(pool)), _read(test, early)
    known = {chip.tobytes() for chip in first.values}
    return first, second[[chip.tobytes() not in known for chip in second.values]]


def _read(paths: list, early: list) -> Set:
    labels = [str(path).replace("images/image", "labels/label") for path in paths]
    read = (np.stack([gdal.Open(str(p)).ReadAsArray() for p in part]) for part in (paths, labels))
    return Set.of(*read, early)


def dubai(left_out: str) -> tuple:
    """Training and test chips of `CHIP_PX`, one scene left out; each scene stretched by itself to 0..255."""
    found = {}
    for scene in DUBAI:
        paths = (data_folder() / "dubai" / f"{kind}_{scene}.tif" for kind in ("image", "label"))
        values, labels = (gdal.Open(str(path)).ReadAsArray() for path in paths)
        values = np.clip(_scaled(values[:3], *_range(values[:3, None])) * 255, 0, 255).astype(np.uint8)
        found[scene] = values, labels
    train = [each for scene, each in found.items() if scene != left_out]
    return Set.of_scenes(*map(list, zip(*train)), CHIP_PX), Set.of_scenes(
        *([part] for part in found[left_out]), CHIP_PX
    )


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
        parts = train if part_px == CHIP_PX else _cut(train, part_px)
        counts = parts.counts
        kept = (counts >= least_px).any(1)
        if filtered:
            kept &= ((counts > 0) == (counts >= least_px)).all(1)
        self.train, self.tags = parts[kept], torch.from_numpy(counts[kept] >= least_px)

    def tensor(self, values: np.ndarray) -> torch.Tensor:
        return torch.from_numpy(np.clip(_scaled(values, self.low, self.high), 0, 1).astype(np.float32))

    def chips(self, some: Set, tags: torch.Tensor, seed: int) -> TaggedChips:
        """The chips with a new network; small ones with what lies around them."""
        image = ImageFeatures(3, [0, 1, 2], True, 16)
        image.encoder = pretrained_encoder(3, 16).fold()
        network = starting_from(image, N_CLASSES, seed)()

        def read(number: int, margin_px: int, whole: tuple) -> Patch:
            chip, row, col = some.values[number], 0, 0
            if some.scenes:
                scene, row, col = some.corners[number].tolist()
                chip = some.scenes[scene]
            row, col = row - margin_px, col - margin_px
            here = chip[:, max(0, row) : row + whole[0], max(0, col) : col + whole[1]]
            before = max(0, -row), max(0, -col)
            beyond = [
                before[1],
                whole[1] - before[1] - here.shape[2],
                before[0],
                whole[0] - before[0] - here.shape[1],
            ]
            valid = torch.ones(here.shape[1:], dtype=torch.bool)
            return Patch(functional.pad(self.tensor(here), beyond), functional.pad(valid, beyond))

        shape = some.labels.shape[1:]
        context = bool(some.scenes) and max(shape) < SMALL_PX
        return TaggedChips(network, read, shape, tags, context)

    def from_tags(self, settings: TagSettings) -> tuple:
        """mIoU of the pseudo labels, and of test chips as `judged`; seconds."""
        started = time.perf_counter()
        chips = self.chips(self.train, self.tags, settings.seed)
        learned = learn(chips, settings, Silent())
        seconds = time.perf_counter() - started
        truth = coarse(self.train.labels, chips)
        labels = learned.pseudo.labels.numpy()
        known = (truth != UNLABELED) & (labels != IGNORE)
        pseudo = miou(table_of(labels[known], truth[known]))
        return pseudo, *self.scores(learned.network), seconds

    def fully_supervised(self, seed: int, times: int = 1) -> tuple:
        """The same with the labels of all pixels of all training chips, with so many times the steps."""
        started = time.perf_counter()
        chips = self.chips(self.full, torch.ones(len(self.full.labels), N_CLASSES, dtype=torch.bool), seed)
        chips.look(False, Silent())
        labels = torch.from_numpy(coarse(self.full.labels, chips))
        known = PseudoLabels(labels, torch.zeros(labels.shape))
        batches = chips.labeled_batches(Chosen(known), at_once(chips, fromtags.N_LABELED), False, seed)
        objective = Targets(OnStages(chips.network))
        fit(objective, batches, times * fromtags.N_LABELED_STEPS, fromtags.LABELED_RATE, Silent())
        seconds = time.perf_counter() - started
        return 100.0, *self.scores(chips.network.eval()), seconds

    def scores(self, network) -> tuple:
        """mIoU of test chips as `judged`."""

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
        """mIoU of all chips, of those with more than one class, of the early and of the late ones."""
        tables = np.stack([table_of(found, label) for found, label in zip(told, self.test.labels)])
        mixed, early = (self.test.counts > 0).sum(1) > 1, self.test.early
        return tuple(miou(tables[some].sum(0)) for some in (early | ~early, mixed, early, ~early))


def _cut(some: Set, side: int) -> Set:
    """Chips cut into smaller ones."""
    n = CHIP_PX // side
    values = some.values.reshape(-1, 3, n, side, n, side).transpose(0, 2, 4, 1, 3, 5)
    labels = some.labels.reshape(-1, n, side, n, side).transpose(0, 1, 3, 2, 4)
    within = np.array([(0, row * side, col * side) for row in range(n) for col in range(n)])
    corners = (some.corners[:, None] + within).reshape(-1, 3)
    early = some.early.repeat(n * n)
    return Set(values.reshape(-1, 3, side, side), labels.reshape(-1, side, side), early, some.scenes, corners)


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
    heads = ["pseudo", *WHICH, *(f"% {name}" for name in WHICH), "s"]
    print(f"  {'':22s}" + "".join(f"{head:>8s}" for head in heads))
    full = np.mean([trial.fully_supervised(seed) for seed in seeds], 0)
    rows = {name: np.array([np.nan, *scores, np.nan]) for name, scores in trial.controls(0).items()}
    rows["full supervision"] = full
    if MORE in parts:
        rows[MORE] = np.array(trial.fully_supervised(seeds[0], LONGER))
    for name, row in rows.items():
        _print_row(name, row, full)
    for name in (name for name in parts if name != MORE):
        own = seeds[:1] if name in once else seeds
        settings = TagSettings(**PARTS[name])
        rows[name] = np.mean([trial.from_tags(replace(settings, seed=seed)) for seed in own], 0)
        _print_row(name, rows[name], full)
    return rows


def _print_row(name: str, row: np.ndarray, full: np.ndarray) -> None:
    values = [*row[:-1], *(100 * row[1:-1] / full[1:-1]), row[-1]]
    told = (" " * 8 if np.isnan(value) else f"{value:8.1f}" for value in values)
    print(f"  {name:22s}" + "".join(told), flush=True)


def main() -> int:
    gdal.UseExceptions()
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--sets", nargs="*", default=["gid5", "dubai", "dubai56"], choices=list(LEAST_PX))
    parser.add_argument("--parts", nargs="*", default=[MORE, *PARTS], choices=[MORE, *PARTS])
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

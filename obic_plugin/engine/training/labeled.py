"""A linear head from a few labels: what is known of labeled pixels, the classes they tell, and how well.

How good the head is it tells by itself: fitted again without some of the polygons, it says what these are. Pixels of a
polygon are never on both sides, nor are polygons of a class that lie close to each other.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import NamedTuple

import numpy as np

from ..progress import Progress, Steps, no_pause
from ..raster.groundtruth import LabeledPixels
from ..superpixels.cellreader import CellReader
from ..workers import worked_ahead
from .linear import Linear
from .multinomial import Multinomial, Standard, log_softmax
from .product import product

RIDGE, N_STEPS = 0.01, 150
TEST_STEPS = 60  # of heads that only tell how good another is: 97 of 100 pixels are told as after all steps
TEST_PX = 5_000  # from which these learn: pixels of a polygon are much alike
TILE_PX = 384  # in which labels are looked at together
MOST_TILES = 32  # 4.7 Mpx, and perhaps a few more: more labels are not needed
FOLDS = 5


class Examples(NamedTuple):
    """Labeled pixels: their features (n, F) float32, classes (n,) from 0, groups (n,), see `GroundTruth`, and places
    (n,), see `raster.nearby`; and where they are, (n, 3): number of the image, row, column."""

    features: np.ndarray
    classes: np.ndarray
    groups: np.ndarray
    places: np.ndarray
    where: np.ndarray

    def __getitem__(self, index) -> Examples:
        return Examples(*(each[index] for each in self))

    @staticmethod
    def joined(parts: list) -> Examples:
        """Those of several images, in one."""
        features, classes, groups, places, where = zip(*parts)
        return Examples(
            np.concatenate(features),
            np.concatenate(classes),
            numbered_on(groups),
            numbered_on(places),
            np.concatenate(where),
        )


def whereabouts(image: int, pixels: LabeledPixels) -> np.ndarray:
    """(n, 3) number of the image, row, column of its labeled pixels."""
    return np.stack([np.full(len(pixels.rows), image), pixels.rows, pixels.cols], axis=1)


def numbered_on(parts) -> np.ndarray:
    """Numbers from 0 of several images, those of each beginning after those of the one before."""
    first, found = 0, []
    for part in parts:
        found.append(part + first)
        first = int(found[-1].max(initial=first - 1)) + 1
    return np.concatenate(found)


class SeenPixels(NamedTuple):
    """``features`` (n, F) of some of the labeled pixels, and ``index`` (n,) of them."""

    features: np.ndarray
    index: np.ndarray


def features_at(cells: CellReader, pixels: LabeledPixels, progress: Progress) -> SeenPixels:
    """Of the labeled pixels that lie in tiles that tell much."""
    tile = (pixels.rows // TILE_PX) << 32 | pixels.cols // TILE_PX
    _, where = np.unique(tile, return_inverse=True)
    chosen = telling_tiles(where, pixels.labels)
    steps = Steps(progress, len(chosen))

    def work(number, pause) -> tuple:
        here = np.flatnonzero(where == number)
        return _in_tile(cells, pixels.rows[here], pixels.cols[here], pause), here

    found = []
    for each in worked_ahead(work, chosen, cells.device, steps.pause):
        found.append(each)
        steps.next()
    features, index = zip(*found)
    return SeenPixels(np.concatenate(features), np.concatenate(index))


def telling_tiles(where: np.ndarray, labels: np.ndarray) -> np.ndarray:
    """The numbers of the `MOST_TILES` tiles whose pixels make up most of their classes, of pixels (n,) with the number
    of their tile; and of each class the tile that has most of it."""
    _, kind, count = np.unique(labels, return_inverse=True, return_counts=True)
    table = np.zeros((where.max() + 1, len(count)))
    np.add.at(table, (where, kind), 1 / count[kind])
    order = np.argsort(-table.sum(1), kind="stable")
    return np.union1d(order[:MOST_TILES], table.argmax(0))


def _in_tile(cells: CellReader, rows: np.ndarray, cols: np.ndarray, pause) -> np.ndarray:
    part = cells.encoder.window_of(rows, cols) & cells.raster
    window = cells.encoder.reading(part, cells.raster)
    scaled = cells.scaled(cells.reader.read(window))
    return cells.encoder.at(scaled, window, rows, cols, pause)


def fit_head(
    examples: Examples,
    n_classes: int,
    standard: Standard,
    balanced: bool,
    n_steps: int = N_STEPS,
    pause: Callable = no_pause,
) -> Linear:
    """The head that tells the classes best; each class counts as much as any other where that is ``balanced``.
    ``pause`` may raise, to stop."""
    count = np.bincount(examples.classes, minlength=n_classes)
    weights = (1 / np.maximum(count, 1))[examples.classes] if balanced else None
    head = Multinomial(examples.features, n_classes, RIDGE, weights, standard, np.float32)
    head.fit(np.eye(n_classes, dtype=np.float32)[examples.classes], n_steps, pause)
    return head.linear


def log_shares(head: Linear, features: np.ndarray) -> np.ndarray:
    """(n, K) log probabilities of the classes."""
    return log_softmax(product(features, head.slopes.T.astype(np.float32)) + head.offsets)


class Folds(NamedTuple):
    """(n,) the fold of each example, -1 for those that are never tested; the classes with one group alone, which are
    ``untested``, and those of which all groups lie ``close`` together: they are known too well."""

    numbers: np.ndarray
    untested: list
    close: list


def folds_of(examples: Examples, n_classes: int, seed: int) -> Folds:
    """Each class's places are dealt to `FOLDS` folds; of a class that has one place alone its groups."""
    random, found = np.random.default_rng(seed), Folds(np.full(len(examples.classes), -1), [], [])
    for label in range(n_classes):
        own = np.flatnonzero(examples.classes == label)
        parts = examples.places[own]
        if len(np.unique(parts)) < 2:
            parts = examples.groups[own]
            (found.close if len(np.unique(parts)) > 1 else found.untested).append(label)
        if label in found.untested:
            continue
        for number, part in enumerate(random.permutation(np.unique(parts))):
            found.numbers[own[parts == part]] = number % FOLDS
    return found


class Told(NamedTuple):
    """What heads that have not seen them say of examples: (m,) their ``index``, and (m, K) ``log_shares``, log
    probabilities of the classes."""

    index: np.ndarray
    log_shares: np.ndarray


def cross_validated(
    examples: Examples,
    folds: np.ndarray,
    n_classes: int,
    standard: Standard,
    balanced: bool,
    progress: Progress,
) -> Told:
    """Each of the folds (n,) is told by a head that was fitted on all others, on about `TEST_PX` of their pixels."""
    index, found = [np.empty(0, np.int64)], [np.empty((0, n_classes), np.float32)]
    steps, by_class = Steps(progress, FOLDS), np.argsort(examples.classes, kind="stable")
    for fold in range(FOLDS):
        tested = np.flatnonzero(folds == fold)
        steps.next()
        if not len(tested):
            continue
        others = by_class[folds[by_class] != fold]
        seen = examples[others[:: 1 + len(others) // TEST_PX]]
        head = fit_head(seen, n_classes, standard, balanced, TEST_STEPS, steps.pause)
        index.append(tested)
        found.append(log_shares(head, examples.features[tested]))
    return Told(np.concatenate(index), np.concatenate(found))


class Right(NamedTuple):
    """How rightly examples are told, means of the classes: the share of ``hits``, and the ``cross_entropy``."""

    hits: float
    cross_entropy: float


def right(told: Told, classes: np.ndarray) -> Right:
    """Of what is told of examples that have such ``classes`` (n,); no hits and no entropy where nothing is."""
    true = classes[told.index]
    if not len(true):
        return Right(0.0, 0.0)
    count = np.bincount(true)
    there = count > 0
    hit = np.bincount(true, told.log_shares.argmax(1) == true)
    log_share = np.bincount(true, told.log_shares[np.arange(len(true)), true])
    return Right(*(float((each[there] / count[there]).mean()) for each in (hit, -log_share)))

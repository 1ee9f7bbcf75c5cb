"""A network over pixels that starts from an image encoder, all of it trained on a few labels.

How good it is it tells by itself, as the linear head does (see labeled.py): trained first without a fifth of the
polygons, it says what these are.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from functools import partial
from typing import NamedTuple

import numpy as np
import torch
from torch.nn import functional

from ..nets.convolution import draw_weights, generator
from ..nets.densenet import LAST, DenseNetwork
from ..nets.imagefeatures import ImageFeatures
from ..progress import Progress, Span, Steps, unwatched
from ..raster.grid import Window
from ..raster.groundtruth import LabeledPixels
from ..raster.nearby import places_of
from ..raster.patch import Patch
from ..raster.reader import RasterReader
from ..raster.sample import training_windows
from ..raster.scaling import Scaling
from .adam import Adam
from .augment import flipped
from .batch import Batch
from .fromlabels import NEAR
from .labeled import TILE_PX, Examples, folds_of, numbered_on, telling_tiles, whereabouts
from .learnt import LearningSettings, Learnt, mistaken, scores_of
from .loop import fit
from .sampler import draw
from .shares import believed_shares
from .targets import IGNORE, Targets

WIDTH = 64  # channels of the decoder
SPOT_PX = 512  # windows around labels; a tile of them and what lies around it
CROP_PX, N_CROPS = 256, 2  # a step; pixels as the encoder sees them
N_STEPS, RATE = 250, 1e-3
N_WINDOWS = 12  # of the images, that tell how much of them each class covers


class ScaledImage(NamedTuple):
    """An image, and how its values are scaled."""

    reader: RasterReader
    scaling: Scaling

    def patch(self, window: Window) -> Patch:
        """A window, scaled, as tensors."""
        scaled = self.scaling(self.reader.read(window))
        return Patch(torch.from_numpy(scaled.values), torch.from_numpy(scaled.valid))


class Spot(NamedTuple):
    """A scaled window, and its labeled pixels: (n,) rows and columns from its corner, classes, groups, places, and
    where they are, see `Examples`."""

    patch: Patch
    rows: np.ndarray
    cols: np.ndarray
    classes: np.ndarray
    groups: np.ndarray
    places: np.ndarray
    where: np.ndarray

    def only(self, chosen: np.ndarray) -> Spot:
        """With the ``chosen`` (n,) of its labeled pixels."""
        return Spot(self.patch, *(each[chosen] for each in self[1:]))

    @property
    def targets(self) -> torch.Tensor:
        """(h, w) int64."""
        targets = np.full(self.patch.valid.shape, IGNORE)
        targets[self.rows, self.cols] = self.classes
        return torch.from_numpy(targets)


def starting_from(features: ImageFeatures, n_classes: int, seed: int) -> Callable:
    """What makes a `DenseNetwork` with the encoder of image features, and a decoder and head from chance."""
    plain = features.options
    zoom = 2 if plain["block_px"] < LAST else 1
    others = [band for band in range(plain["n_channels"]) if band not in plain["seen"]]

    def make() -> DenseNetwork:
        network = DenseNetwork(plain["n_channels"], n_classes, [*plain["seen"], *others], WIDTH, zoom)
        random = generator(seed)
        draw_weights(network.decoder, random)
        draw_weights(network.head, random)
        network.encoder.load_state_dict(widened(features.encoder.state_dict(), len(others)))
        return network

    return make


def widened(weights: dict, n_more: int) -> dict:
    """The weights of an encoder for so many more bands, of which it does not know anything yet."""
    first = weights["stem.conv.weight"]
    more = first.new_zeros((len(first), n_more, *first.shape[2:]))
    return {**weights, "stem.conv.weight": torch.cat([first, more], 1)}


def fine_tune(
    make: Callable,
    images: list,
    pixels: list,
    settings: LearningSettings,
    device: torch.device,
    progress: Progress,
    watching: Callable = lambda network: unwatched,
) -> Learnt:
    """A network that ``make()`` starts, for `ScaledImage`s of which some `LabeledPixels` are known; ``watching`` gives
    what looks at a network while it learns, as `fit` wants it."""
    network = make()
    spots = spots_of(images, pixels, NEAR * network.stride_px, Span(progress, 0.0, 0.05))
    known, n_classes = _joined(spots), network.options["n_classes"]
    folds = folds_of(known, n_classes, settings.seed)
    left_out = np.split(folds.numbers == 0, _ends(spots))
    tester = None
    if (folds.numbers == 0).any():
        tester, seen = make(), [spot.only(~left) for spot, left in zip(spots, left_out)]
        trained(tester, seen, settings, device, Span(progress, 0.05, 0.5))
    history = trained(network, spots, settings, device, Span(progress, 0.5, 0.95), watching(network))
    scene = log_shares_of_scene(network, images, settings.seed, Span(progress, 0.95, 1.0))
    shares = believed_shares(scene, known, n_classes, settings.balanced)
    _shift(network, shares.offsets)
    accuracy, mistakes = None, []
    if tester is not None:
        _shift(tester, shares.offsets)
        tests = [spot.only(left) for spot, left in zip(spots, left_out)]
        tested, told = _joined(tests), told_by(tester, tests)
        accuracy, mistakes = scores_of(tested, told, shares.believed, settings.seed), mistaken(tested, told)
    return Learnt(network.eval(), accuracy, mistakes, folds.untested, folds.close, history)


@torch.no_grad()
def _shift(network: DenseNetwork, offsets: np.ndarray) -> None:
    """Add offsets (K,) to all scores."""
    network.head.bias += torch.from_numpy(offsets).to(network.head.bias)


def spots_of(images: list, pixels: list, near_px: int, progress: Progress) -> list:
    """A `Spot` for each tile whose labels tell much, of all images."""
    groups = np.split(numbered_on([known.groups for known in pixels]), _ends(pixels))
    places = np.split(numbered_on([places_of(known, near_px) for known in pixels]), _ends(pixels))
    where = [whereabouts(number, known) for number, known in enumerate(pixels)]
    chosen = []
    for image, known, *numbers in zip(images, pixels, groups, places, where):
        if not len(known.rows):
            continue
        tiles = np.stack([known.rows // TILE_PX, known.cols // TILE_PX], 1)
        corners, tile_of = np.unique(tiles, axis=0, return_inverse=True)
        tile_of = tile_of.ravel()
        for tile in telling_tiles(tile_of, known.labels):
            here = tile_of == tile
            chosen.append((image, corners[tile], known[here], [each[here] for each in numbers]))
    steps, spots = Steps(progress, len(chosen)), []
    for each in chosen:
        spots.append(_spot(*each))
        steps.next()
    return spots


def _ends(parts: list) -> np.ndarray:
    """Where each of some parts but the last one ends, of all in a row."""
    return np.cumsum([len(part.rows) for part in parts])[:-1]


def _spot(image: ScaledImage, corner: np.ndarray, known: LabeledPixels, numbers: list) -> Spot:
    margin = (SPOT_PX - TILE_PX) // 2
    row, col = (int(n) * TILE_PX - margin for n in corner)
    window = Window(row, col, SPOT_PX, SPOT_PX).moved_into(image.reader.grid.window)
    return Spot(image.patch(window), known.rows - window.row, known.cols - window.col, known.labels, *numbers)


def _joined(spots: list) -> Examples:
    """The labeled pixels of all spots, without features."""
    names = ("classes", "groups", "places", "where")
    classes, *others = (np.concatenate([getattr(spot, name) for spot in spots]) for name in names)
    return Examples(np.empty((len(classes), 0), np.float32), classes, *others)


def trained(
    network,
    spots: list,
    settings: LearningSettings,
    device: torch.device,
    progress: Progress,
    watch: Callable = unwatched,
) -> list:
    """Train the network on all labels of the spots; returns the history of `fit`."""
    network.train().to(device, memory_format=torch.channels_last)
    weights = None
    if settings.balanced:
        count = np.bincount(_joined(spots).classes, minlength=network.options["n_classes"])
        there = np.maximum(count, 1)
        weights = torch.tensor(there.sum() / (len(there) * there), dtype=torch.float32, device=device)
    optimizer = partial(Adam, slower=list(network.encoder.parameters()))
    batches = crops_of_labels(spots, settings.seed, CROP_PX // network.options["zoom"], device)
    return fit(Targets(network, weights), batches, N_STEPS, RATE, progress, optimizer, watch=watch)


def crops_of_labels(spots: list, seed: int, side_px: int, device: torch.device) -> Iterator:
    """Batches of crops around labeled pixels, each class as often as another, flipped and turned, without end."""
    random = generator(seed)
    wholes = [Batch(spot.patch.values, spot.patch.valid, spot.targets) for spot in spots]
    places: dict = {}
    for number, spot in enumerate(spots):
        for row, col, label in zip(spot.rows.tolist(), spot.cols.tolist(), spot.classes.tolist()):
            places.setdefault(label, []).append((number, row, col))
    classes = sorted(places)
    while True:
        crops = []
        for _ in range(N_CROPS):
            own = places[classes[draw(len(classes), random)]]
            number, row, col = own[draw(len(own), random)]
            corner = (row - draw(side_px, random), col - draw(side_px, random))
            crops.append(flipped(_crop(wholes[number], *corner, side_px), random))
        yield Batch.stack(crops).map(lambda part: part.to(device))


def _crop(whole: Batch, row: int, col: int, side_px: int) -> Batch:
    """So many pixels each way, moved inside; what is smaller is continued with nothing."""
    height, width = whole.valid.shape
    row, col = (max(0, min(start, n - side_px)) for start, n in ((row, height), (col, width)))
    part = whole.map(lambda each: each[..., row : row + side_px, col : col + side_px])
    beyond = (0, side_px - part.valid.shape[1], 0, side_px - part.valid.shape[0])
    return Batch(
        functional.pad(part.values, beyond),
        functional.pad(part.valid, beyond),
        functional.pad(part.targets, beyond, value=IGNORE),
    )


def told_by(network, spots: list) -> np.ndarray:
    """(n,) the classes that the network gives the labeled pixels of all spots."""
    network.eval()
    found = []
    for spot in spots:
        if not len(spot.rows):
            continue
        scores = scores_of_patch(network, spot.patch)
        found.append(scores[:, spot.rows, spot.cols].argmax(0).cpu().numpy())
    return np.concatenate(found)


def log_shares_of_scene(network, images: list, seed: int, progress: Progress) -> np.ndarray:
    """(n, K) log probabilities of every fourth pixel each way of windows all over the images."""
    network.eval()
    count = max(1, N_WINDOWS // len(images))
    windows = [
        (image, window)
        for image in images
        for window in training_windows(image.reader.work, CROP_PX, count, seed, 1, image.reader.content)
    ]
    steps, found = Steps(progress, len(windows)), []
    for image, window in windows:
        patch = image.patch(window)
        shares = scores_of_patch(network, patch).log_softmax(0)[:, ::4, ::4]
        found.append(shares[:, patch.valid[::4, ::4]].T.cpu().numpy())
        steps.next()
    return np.concatenate(found)


def scores_of_patch(network, patch: Patch) -> torch.Tensor:
    """(K, h, w), on the network's device."""
    device = next(network.parameters()).device
    height, width = patch.valid.shape
    beyond = (0, -width % network.stride_px, 0, -height % network.stride_px)
    values, valid = (functional.pad(each, beyond)[None].to(device) for each in (patch.values, patch.valid))
    with torch.inference_mode():
        return network.scores(values, valid)[0, :, :height, :width]

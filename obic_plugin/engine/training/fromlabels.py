"""A linear head on image features, found from labeled pixels of some images: a network that maps scenes."""

from __future__ import annotations

from collections.abc import Callable
from typing import NamedTuple

import numpy as np
import torch

from ..nets.labelnet import LabelNetwork
from ..progress import Progress, Span
from ..raster.nearby import places_of
from ..raster.sample import training_windows
from .labeled import (
    Examples,
    Told,
    cross_validated,
    features_at,
    fit_head,
    folds_of,
    log_shares,
    right,
    whereabouts,
)
from .learnt import LearningSettings, Learnt, mistaken, scores_of
from .linear import Linear
from .multinomial import Standard
from .sampler import cell_patches
from .shares import believed_shares

STRENGTH = 1.0  # of what neighbors that look alike say, see nets/neighbors.py
NEAR = 2  # times what the last stride of the encoder covers: labels closer to each other are one place
CHANCE = 0.01  # a share of hits that is less than this below another may be so by chance
GROUP_SIZE = 30  # features of a kind that count as they are
N_WINDOWS, WINDOW_PX = 12, 256  # of a scene, that tell how features spread over it


def learn(
    cells: list,
    pixels: list,
    n_classes: int,
    settings: LearningSettings,
    progress: Progress,
    look: Callable = lambda network: None,
) -> Learnt:
    """A `LabelNetwork` for images, read by a `CellReader` each, of which some `LabeledPixels` are known, their labels
    being the classes, from 0. ``look(network)`` is called when it knows them.

    How much colors count beside what an encoder sees is told by the polygons themselves, those that are left out in
    turn: each kind of features as much as any other, which is better on most scenes from satellites, or each feature,
    which is better where there is more to be seen. Where polygons of one image have to tell another, whose light and
    season are its own, that is preferred, unless they tell less of each other so.
    """
    examples = _examples(cells, pixels, Span(progress, 0.0, 0.4))
    scene = _scene(cells, settings.seed, Span(progress, 0.4, 0.7))
    n_looks = scene.shape[1] - examples.features.shape[1]
    known = scene[:, n_looks:]
    folds = folds_of(examples, n_classes, settings.seed)
    candidates = [standard_of(known, cells[0].encoder.network.group_sizes), Standard.of(known)]
    preferred = preferred_units(pixels)
    standard, told = best_units(
        examples,
        folds.numbers,
        n_classes,
        candidates,
        settings.balanced,
        Span(progress, 0.7, 0.95),
        preferred,
    )
    head = fit_head(examples, n_classes, standard, settings.balanced, pause=lambda: progress.at(0.95))
    shares = believed_shares(log_shares(head, known), examples, n_classes, settings.balanced)
    head = Linear(head.slopes, head.offsets + shares.offsets)
    network = _network(cells[0], n_classes, head, scene[:, :n_looks].std(0))
    look(network)
    tested, classes = examples[told.index], (told.log_shares + shares.offsets).argmax(1)
    scores = scores_of(tested, classes, shares.believed, settings.seed)
    return Learnt(network, scores, mistaken(tested, classes), folds.untested, folds.close, [])


def preferred_units(pixels: list) -> int | None:
    """The number of the units, of those that `learn` tries, that are better where labels of one image have to tell
    another; None where all labels lie in the first image, which is mapped."""
    labeled = [number for number, each in enumerate(pixels) if len(each.rows)]
    return None if labeled == [0] else 1


class Tried(NamedTuple):
    """Units of the features, and what heads that were fitted in them say of examples that they have not seen."""

    standard: Standard
    told: Told


def best_units(
    examples: Examples,
    folds: np.ndarray,
    n_classes: int,
    candidates: list,
    balanced: bool,
    progress: Progress,
    preferred: int | None = None,
) -> Tried:
    """Of some units of the features (`Standard`) those in which most is told rightly of the folds (n,) that are left
    out, see `best_of`; the preferred ones or else the first where no fold is."""
    tried = []
    for number, standard in enumerate(candidates):
        part = Span(progress, number / len(candidates), (number + 1) / len(candidates))
        told = cross_validated(examples, folds, n_classes, standard, balanced, part)
        tried.append(Tried(standard, told))
    return tried[best_of([right(each.told, examples.classes) for each in tried], preferred)]


def best_of(found: list, preferred: int | None = None) -> int:
    """The number of the best of some `Right`: of those with about as many hits as any the preferred one, or else that
    with the lowest cross-entropy."""
    enough = max(each.hits for each in found) - CHANCE
    close = [number for number, each in enumerate(found) if each.hits >= enough]
    return preferred if preferred in close else min(close, key=lambda number: found[number].cross_entropy)


def standard_of(features: np.ndarray, group_sizes: np.ndarray) -> Standard:
    """The unit of each feature (n, F): what it varies by over the scene, and more where there are more of its kind.

    Kinds of features, such as the means of the channels or the last stage of an encoder, then count the same, however
    many they are: what is told by few is not drowned by what a hundred others tell by chance.
    """
    center, spread = Standard.of(features)
    return Standard(center, spread * np.sqrt(group_sizes / GROUP_SIZE))


def _examples(cells: list, pixels: list, progress: Progress) -> Examples:
    parts = []
    for number, (image, known) in enumerate(zip(cells, pixels)):
        if not len(known.rows):
            continue
        share = Span(progress, number / len(cells), (number + 1) / len(cells))
        features, index = features_at(image, known, share)
        places = places_of(known, NEAR * image.encoder.size_px)
        where = whereabouts(number, known)[index]
        parts.append(Examples(features, known.labels[index], known.groups[index], places[index], where))
    return Examples.joined(parts)


def _scene(cells: list, seed: int, progress: Progress) -> np.ndarray:
    """(n, F) features of superpixels from all over the images."""
    found = []
    for number, image in enumerate(cells):
        share = Span(progress, number / len(cells), (number + 1) / len(cells))
        reader, align_px = image.reader, image.superpixels.size_px
        count = max(1, N_WINDOWS // len(cells))
        windows = training_windows(reader.work, WINDOW_PX, count, seed, align_px, reader.content)
        found += [
            patch.values[:, patch.valid].T.cpu().numpy() for patch in cell_patches(image, windows, share)
        ]
    return np.concatenate(found)


def _network(cells, n_classes: int, head: Linear, spread: np.ndarray) -> LabelNetwork:
    network = LabelNetwork(len(spread), n_classes, cells.encoder.network.options)
    network.encoder.load_state_dict(cells.encoder.network.state_dict())
    values = {
        "spread": spread + 1e-6,
        "strength": STRENGTH,
        "head_slope": head.slopes,
        "head_offset": head.offsets,
    }
    for name, value in values.items():
        getattr(network, name).copy_(torch.as_tensor(value, dtype=torch.float32))
    return network.eval().to(cells.device)

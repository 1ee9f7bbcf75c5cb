"""From labeled pixels of some images to a network that maps scenes."""

from __future__ import annotations

from typing import NamedTuple

import numpy as np
import torch

from ..accuracy.resampling import GroupedScores, grouped_scores
from ..nets.labelnet import LabelNetwork
from ..progress import Progress, Span
from ..raster.sample import training_windows
from .labeled import Examples, cross_validated, features_at, fit_head, log_shares
from .linear import Linear
from .multinomial import Standard
from .sampler import cell_patches
from .shares import shares_of_scene

GROUP_SIZE = 30  # features of a kind that count as they are
N_WINDOWS, WINDOW_PX = 12, 256  # of a scene, that tell how features spread over it


class Settings(NamedTuple):
    """How to learn: whether each class counts the same, how much neighbors agree, and where chance starts."""

    balanced: bool
    strength: float
    seed: int


class Learnt(NamedTuple):
    """The network; how well it knows polygons that it has not seen, None where no class has two; and the classes
    (indices) of which that could not be asked."""

    network: LabelNetwork
    accuracy: GroupedScores | None
    untested: list


def learn(cells: list, pixels: list, n_classes: int, settings: Settings, progress: Progress) -> Learnt:
    """A `LabelNetwork` for images, read by a `CellReader` each, of which some `LabeledPixels` are known, their labels
    being the classes, from 0."""
    examples = _examples(cells, pixels, Span(progress, 0.0, 0.4))
    scene = _scene(cells, settings.seed, Span(progress, 0.4, 0.7))
    n_looks = scene.shape[1] - examples.features.shape[1]
    known = scene[:, n_looks:]
    standard = standard_of(known, cells[0].encoder.network.group_sizes)
    head = fit_head(examples, n_classes, standard, settings.balanced)
    head = _in_shares_of(known, head, examples, n_classes, settings.balanced)
    network = _network(cells[0], n_classes, head, scene[:, :n_looks].std(0), settings.strength)
    told = cross_validated(
        examples, n_classes, standard, settings.balanced, settings.seed, Span(progress, 0.7, 1.0)
    )
    if not len(told.index):
        return Learnt(network, None, told.untested)
    true, groups = examples.classes[told.index], examples.groups[told.index]
    scores = grouped_scores(true, told.classes, groups, n_classes, settings.seed)
    return Learnt(network, scores, told.untested)


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
        parts.append(Examples(features, known.labels[index], known.groups[index]))
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


def _in_shares_of(
    scene: np.ndarray, head: Linear, examples: Examples, n_classes: int, balanced: bool
) -> Linear:
    """The head, for classes that cover the scene as they do, and not as they were labeled.

    What one polygon tells of a class is not enough to say how much there is of it: with n groups a class the logarithms
    of shares are believed by 1 - 1/n.
    """
    count = np.bincount(examples.classes, minlength=n_classes)
    taught = np.full(n_classes, 1 / n_classes) if balanced else count / count.sum()
    shares = shares_of_scene(log_shares(head, scene), taught)
    n_groups = np.mean(
        [len(np.unique(examples.groups[examples.classes == label])) for label in range(n_classes)]
    )
    return Linear(head.slopes, head.offsets + (1 - 1 / n_groups) * np.log(shares / taught))


def _network(cells, n_classes: int, head: Linear, spread: np.ndarray, strength: float) -> LabelNetwork:
    network = LabelNetwork(len(spread), n_classes, cells.encoder.network.options)
    network.encoder.load_state_dict(cells.encoder.network.state_dict())
    values = {
        "spread": spread + 1e-6,
        "strength": strength,
        "head_slope": head.slopes,
        "head_offset": head.offsets,
    }
    for name, value in values.items():
        getattr(network, name).copy_(torch.as_tensor(value, dtype=torch.float32))
    return network.eval().to(cells.device)

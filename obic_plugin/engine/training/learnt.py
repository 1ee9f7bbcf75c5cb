"""What learning from labels gives, and how it was to be done: the same for every kind of head."""

from __future__ import annotations

from typing import NamedTuple

import numpy as np
import torch

from ..accuracy.resampling import GroupedScores, grouped_scores
from .labeled import Examples


class LearningSettings(NamedTuple):
    """How to learn: whether each class counts the same, and where chance starts."""

    balanced: bool
    seed: int


class Mistake(NamedTuple):
    """A group of labeled pixels (a polygon) that was left out and mostly taken for another class: its class and that
    one, indices; the share of its pixels that was; the number of its image, and its middle there, in pixels."""

    label: int
    told: int
    share: float
    image: int
    row: float
    col: float


class Learnt(NamedTuple):
    """The network; how well it knows polygons that it has not seen, None where no class has two; those that were
    ``mistaken``, see `Mistake`; the classes (indices) of which that could not be asked, or whose polygons are ``close``
    to each other, so that they are known too well; and the history of `fit`, where it was trained."""

    network: torch.nn.Module
    accuracy: GroupedScores | None
    mistaken: list
    untested: list
    close: list
    history: list


def scores_of(examples: Examples, told: np.ndarray, shares: np.ndarray, seed: int) -> GroupedScores | None:
    """Of what (n,) was told of examples by who has not seen them, for classes that cover such shares (K,) of the scene;
    None without any."""
    if not len(told):
        return None
    return grouped_scores(examples.classes, told, examples.places, shares, seed)


def mistaken(examples: Examples, told: np.ndarray) -> list:
    """A `Mistake` for each group of which most was told (n,) to be one other class; those with most pixels first."""
    if not len(told):
        return []
    _, first, group = np.unique(examples.groups, return_index=True, return_inverse=True)
    px, count = np.bincount(group), np.zeros((len(first), max(told.max(), examples.classes.max()) + 1), int)
    np.add.at(count, (group, told), 1)
    row, col = (np.bincount(group, part) / px + 0.5 for part in examples.where[:, 1:].T)
    label, most = examples.classes[first], count.argmax(1)
    wrong = np.flatnonzero(most != label)
    return [
        Mistake(
            int(label[n]),
            int(most[n]),
            float(count[n, most[n]] / px[n]),
            int(examples.where[first[n], 0]),
            float(row[n]),
            float(col[n]),
        )
        for n in wrong[np.argsort(-px[wrong], kind="stable")]
    ]

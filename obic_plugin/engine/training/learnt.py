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
    found = []
    for group in np.unique(examples.groups):
        here = np.flatnonzero(examples.groups == group)
        label, count = int(examples.classes[here[0]]), np.bincount(told[here])
        if count.argmax() != label:
            image, row, col = examples.where[here].mean(0)
            share = count.max() / len(here)
            found.append(
                (len(here), Mistake(label, int(count.argmax()), share, int(image), row + 0.5, col + 0.5))
            )
    return [mistake for _, mistake in sorted(found, key=lambda each: -each[0])]

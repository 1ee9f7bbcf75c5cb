"""What learning from labels gives, and how it was to be done: the same for every kind of head."""

from __future__ import annotations

from typing import NamedTuple

import numpy as np
import torch

from ..accuracy.resampling import GroupedScores, grouped_scores
from .labeled import Examples


class Settings(NamedTuple):
    """How to learn: whether each class counts the same, and where chance starts."""

    balanced: bool
    seed: int


class Learnt(NamedTuple):
    """The network; how well it knows polygons that it has not seen, None where no class has two; the classes (indices)
    of which that could not be asked, or whose polygons are ``close`` to each other, so that they are known too well;
    and the history of `fit`, where it was trained."""

    network: torch.nn.Module
    accuracy: GroupedScores | None
    untested: list
    close: list
    history: list


def scores_of(examples: Examples, told: np.ndarray, shares: np.ndarray, seed: int) -> GroupedScores | None:
    """Of what (n,) was told of examples by who has not seen them, for classes that cover such shares (K,) of the scene;
    None without any."""
    if not len(told):
        return None
    return grouped_scores(examples.classes, told, examples.places, shares, seed)

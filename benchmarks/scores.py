"""How well a map agrees with a scene's truth."""

from __future__ import annotations

import numpy as np

from obic_plugin.engine.accuracy.clusters import information_scores
from obic_plugin.engine.accuracy.contingency import contingency_of

from .scenes import Pixels


def score(labels: np.ndarray, pixels: Pixels) -> tuple:
    """Adjusted mutual information of a map's labels (h, w) with the truth over the labeled pixels (a test holds it
    to the values of scikit-learn's function), and how many classes the map has on all valid pixels."""
    counted = contingency_of(pixels.labels, labels, pixels.labeled)
    return information_scores(counted)["ami"], len(np.unique(labels[pixels.valid]))

"""Agreement of two label rasters: one table of counts, and every score computed from it."""

from __future__ import annotations

from .assignment import agreeing_px, by_value, many_to_one, one_to_one
from .classes import ClassScores, class_scores
from .clusters import cluster_scores
from .contingency import Contingency, PairCounter, contingency_of, from_pairs
from .sample import AreaAdjusted, area_adjusted

__all__ = [
    "AreaAdjusted",
    "ClassScores",
    "Contingency",
    "PairCounter",
    "agreeing_px",
    "area_adjusted",
    "by_value",
    "class_scores",
    "cluster_scores",
    "contingency_of",
    "from_pairs",
    "many_to_one",
    "one_to_one",
]

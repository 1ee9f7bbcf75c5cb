"""Where on a scale of differences change begins: found in their distribution, if it says anything."""

from __future__ import annotations

from typing import NamedTuple

import numpy as np

N_BINS = 256
ALIKE = 1.16  # structural difference: between the pair without change and those with it where this was tried
CLEAR = 0.85  # separation: where nothing but noise differs it is near 0.64, that of a Gaussian
MOST_OF_LITTLE = 0.01


class Threshold(NamedTuple):
    """``value`` above which change is; whether ``little`` has changed; and ``separation``, the share of the variance of
    the differences that lies between both sides."""

    value: float
    little: bool
    separation: float


class Division(NamedTuple):
    """The ``value`` that divides others, and their ``separation``: the share of their variance that lies between both
    sides."""

    value: float
    separation: float


def otsu(values: np.ndarray, weights: np.ndarray) -> Division:
    """What divides the weighted values best (Otsu, IEEE SMC 9, 1979)."""
    counts, edges = np.histogram(values, N_BINS, weights=weights)
    middles = (edges[1:] + edges[:-1]) / 2
    below, total = counts.cumsum(), counts.sum()
    above, sums = total - below, (counts * middles).cumsum()
    mean = sums[-1] / total
    with np.errstate(invalid="ignore", divide="ignore"):
        between = np.where((below > 0) & (above > 0), np.square(mean * below - sums) / (below * above), 0.0)
    variance = (counts * np.square(middles - mean)).sum() / total
    best = np.flatnonzero(between >= between.max() * (1 - 1e-9))  # several, where nothing lies between both
    separation = float(between[best[0]] / max(variance, 1e-12))
    return Division(float(edges[best + 1].mean()), separation)


def found_threshold(differences: np.ndarray, areas: np.ndarray, structure: np.ndarray) -> Threshold:
    """Of differences (n,), each of which stands for an area (n,), and how different the structure of the same places is
    (n,), in units of its spread over the scene: two places by chance differ by the square root of 2.

    A division always finds something. Where that is hardly different in its structure, and not clearly apart from the
    rest, it is light, noise, or what moves: then little has changed, and no more than `MOST_OF_LITTLE` is marked.
    """
    value, separation = otsu(differences, areas)
    marked = differences > value
    alike = not marked.any() or bool(np.average(structure[marked], weights=areas[marked]) < ALIKE)
    little = alike and not (marked.any() and separation > CLEAR)
    if little:
        value = max(value, float(np.quantile(differences, 1 - MOST_OF_LITTLE)))
    return Threshold(value, little, separation)

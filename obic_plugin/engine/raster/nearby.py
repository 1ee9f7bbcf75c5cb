"""Which labels lie so close to each other that they are no independent witnesses.

What an encoder sees of a pixel comes from all that lies around it, and what lies close together is alike anyway: who
has learnt from one of two neighboring polygons knows much about the other. Roberts et al., *Cross-validation strategies
for data with temporal, spatial, hierarchical, or phylogenetic structure*, Ecography 2017.
"""

from __future__ import annotations

import numpy as np

from .groundtruth import LabeledPixels

LARGEST = 8  # a place is cut that is so many times as wide as what counts as near


def places_of(pixels: LabeledPixels, near_px: int) -> np.ndarray:
    """(n,) int64: a number for the place of each labeled pixel, from 0.

    Groups of a class that lie within ``near_px`` of each other, and some farther ones up to twice as far, are one
    place; all pixels of a group are of the same one. Where labels cover large areas, these are cut into places.
    """
    from scipy import ndimage  # which takes long to load

    places, n_places = np.zeros(len(pixels.rows), np.int64), 0
    for label in np.unique(pixels.labels):
        own = np.flatnonzero(pixels.labels == label)
        rows, cols = pixels.rows[own] // near_px, pixels.cols[own] // near_px
        rows, cols = rows - rows.min(), cols - cols.min()
        there = np.zeros((rows.max() + 1, cols.max() + 1), bool)
        there[rows, cols] = True
        parts, _ = ndimage.label(there, np.ones((3, 3)))
        _, first, group = np.unique(pixels.groups[own], return_index=True, return_inverse=True)
        middle = (
            np.bincount(group, values) / np.bincount(group) // LARGEST * wide
            for values, wide in ((rows, there.shape[1] + 1), (cols, 1))
        )
        part = parts[rows[first], cols[first]] * (there.size + there.shape[1] + 2) + sum(middle)
        _, place = np.unique(part, return_inverse=True)
        places[own] = place[group] + n_places
        n_places += int(place.max()) + 1
    return places

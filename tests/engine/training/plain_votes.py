"""The published way to let superpixels vote, one after the other: what the fast one is checked and timed against."""

import numpy as np


def index_lists(regions):
    """The flat indices of each region's pixels; made once for an image."""
    flat = regions.ravel()
    order = np.argsort(flat, kind="stable")
    starts = np.flatnonzero(np.diff(flat[order])) + 1
    return [pixels for pixels in np.split(order, starts) if flat[pixels[0]] >= 0]


def majority_by_loop(labels, lists):
    """(h, w) the commonest label of each region; pixels of no region keep their own."""
    voted = labels.copy().ravel()
    for pixels in lists:
        names, counts = np.unique(voted[pixels], return_counts=True)
        voted[pixels] = names[counts.argmax()]
    return voted.reshape(labels.shape)

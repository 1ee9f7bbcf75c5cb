"""Neighbors that look alike agree: mean-field steps of a random field on a grid of superpixels.

Krähenbühl and Koltun, *Efficient Inference in Fully Connected CRFs with Gaussian Edge Potentials*, NIPS 2011;
here each superpixel only asks the eight around it, and those that look different have little to say: patches
become whole, a road between two fields stays a road.
"""

from __future__ import annotations

import torch
import torch.nn.functional as functional

STEPS = 2  # as many cells away is what a score depends on
STRENGTH = 4.0  # of each of the eight neighbors that looks the same and is sure, in logarithms of scores
LIKENESS = 0.35  # difference of looks at which a neighbor counts 0.6, in scatters of the looks


def agreed(
    scores: torch.Tensor,
    looks: torch.Tensor,
    present: torch.Tensor,
    scatter: torch.Tensor,
    strength: float = STRENGTH,
) -> tuple:
    """Log scores (N, K, rows, cols) after asking the neighbors; (N, 1, rows, cols) how many were heard, 0 to 8.

    Parameters
    ----------
    scores : (N, K, rows, cols)
        Log scores of the classes, but for a constant.
    looks : (N, D, rows, cols)
        What superpixels look like; the nearer two are, the more they influence each other.
    present : (N, rows, cols) bool
        Cells that hold a superpixel; others have no influence.
    scatter : scalar
        Root of the summed variances of the looks: their unit.
    strength : scalar
        What a neighbor that looks the same and is sure adds to the log score of its class.
    """
    nearness = _nearness(looks / (LIKENESS * scatter), present)
    shares = scores.softmax(1)
    for step in range(STEPS):
        told = scores + strength * sum(weight * view for weight, view in zip(nearness, _views(shares)))
        if step + 1 < STEPS:
            shares = told.softmax(1)
    return told, sum(nearness)


def _nearness(looks: torch.Tensor, present: torch.Tensor) -> list:
    """(N, 1, rows, cols) for each of the eight neighbors: from 0 to 1."""
    known = present[:, None].to(looks.dtype)
    pairs = zip(_views(looks), _views(known))
    return [(-0.5 * (looks - view).square().sum(1, keepdim=True)).exp() * there for view, there in pairs]


def _views(grid: torch.Tensor) -> list:
    """The grid (N, C, rows, cols) as seen from each of the eight neighbors' places; 0 from beyond."""
    rows, cols = grid.shape[2:]
    wide = functional.pad(grid, (1, 1, 1, 1))
    around = [(row, col) for row in range(3) for col in range(3) if (row, col) != (1, 1)]
    return [wide[:, :, row : row + rows, col : col + cols] for row, col in around]

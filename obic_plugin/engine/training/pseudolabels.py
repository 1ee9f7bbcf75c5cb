"""From activations to labels of pixels, and how sure these are.

Li, Zhang, Xiao (2023) refine with a dense CRF; here it is the mean over superpixels, which follow the same edges. A
pixel is unsure if it changes its class when the activation of a class is raised to other powers.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import NamedTuple

import torch

from .targets import IGNORE

POWERS = (0.5, 0.75, 1.0, 1.25, 1.5, 1.75)
LARGEST_VARIANCE = 0.25  # of what is 0 or 1


class PseudoLabels(NamedTuple):
    """Of n chips: ``labels`` (n, h, w) uint8, classes from 0 (255: none), and how unsure each is, (n, h, w) from 0
    to 1."""

    labels: torch.Tensor
    uncertainty: torch.Tensor

    def targets(self, n_classes: int, weighted: bool) -> torch.Tensor:
        """(n, K, h, w) soft targets: 1 for the class of each pixel, or, if ``weighted``, as much as it is sure."""
        known = self.labels != IGNORE
        hot = torch.nn.functional.one_hot(self.labels.masked_fill(~known, 0).long(), n_classes).movedim(-1, 1)
        weight = (1 - self.uncertainty) if weighted else torch.ones_like(self.uncertainty)
        return hot * (weight * known)[:, None]


def unrefined(activation: torch.Tensor) -> torch.Tensor:
    """For those who refine nothing."""
    return activation


def pseudo_labels(
    activation: torch.Tensor, tags: torch.Tensor, valid: torch.Tensor, refine: Callable, powers: tuple
) -> PseudoLabels:
    """Labels of one chip from activations (K, h, w) from 0 to 1; ``tags`` (K,), ``valid`` (h, w).

    ``refine`` makes other activations (K, h, w) of some. With ``powers`` it is also told how unsure the labels are.
    """
    there = tags.nonzero().ravel()
    activation = activation[there].clamp(min=0)
    labels = there[refine(activation).argmax(0)].to(torch.uint8).masked_fill(~valid, IGNORE)
    unsure = torch.zeros(valid.shape)
    for index in range(len(there) if powers and len(there) > 1 else 0):
        told = []
        for power in powers:
            raised = activation.clone()
            raised[index] **= power
            told.append(refine(raised).argmax(0) == index)
        unsure = torch.maximum(unsure, torch.stack(told).float().var(0, unbiased=False))
    return PseudoLabels(labels, unsure / LARGEST_VARIANCE)

"""What a network sees of an image: block means and block contrasts, at a fraction of the resolution."""

from __future__ import annotations

import torch
import torch.nn.functional as functional

CONTRAST_FLOOR = 0.01  # of the 0..1 range of a band: below it, contrast is taken for noise


def reduce(values: torch.Tensor, valid: torch.Tensor, factor: int) -> tuple:
    """Values (C, H, W) and valid (H, W) bool to (2 C, H / factor, W / factor), and the blocks' validity.

    The first C channels are the means of the valid pixels of each block of ``factor`` x ``factor``, the
    others the logarithm of their standard deviation, shifted and scaled to about 0..1. H and W are
    multiples of ``factor``. Blocks without a valid pixel are 0 everywhere.
    """
    weight = functional.avg_pool2d(valid[None].to(values.dtype), factor)
    share = weight.clamp(min=1e-6)
    mean = functional.avg_pool2d(values * valid, factor) / share
    square = functional.avg_pool2d(values.square() * valid, factor) / share
    deviation = (square - mean.square()).clamp(min=0).sqrt()
    contrast = ((deviation + CONTRAST_FLOOR).log() - torch.tensor(CONTRAST_FLOOR).log()) / 4
    some = weight[0] > 0
    return torch.cat([mean, contrast]) * some, some

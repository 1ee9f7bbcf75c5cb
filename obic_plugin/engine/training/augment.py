"""A crop seen in another way: what a scene shows has no preferred direction."""

from __future__ import annotations

import torch

from .batch import Batch


def flipped(crop: Batch, random: torch.Generator) -> Batch:
    """The crop flipped along each axis, or not, at random; one of equal sides turned, too."""
    for axis in (-1, -2):
        if _either(random):
            crop = crop.map(lambda part, axis=axis: part.flip(axis))
    height, width = crop.valid.shape[-2:]
    if height == width and _either(random):
        crop = crop.map(lambda part: part.transpose(-1, -2))
    return crop


def _either(random: torch.Generator) -> bool:
    return bool(torch.randint(2, (), generator=random))

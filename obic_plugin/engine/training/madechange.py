"""Crops of pairs with more change than was labeled: dates that swap, light that differs, parts of elsewhere pasted in.

Labeled pairs hold few kinds of transitions, and the network is to tell all. What has become something else anywhere can
be made: a part of the second date is replaced by what the second date shows at another place, whose class is known
(Self-Pair: Seo et al., WACV 2023). Where that is of the same class nothing has changed, however other it looks.
"""

from __future__ import annotations

import torch
from torch.nn import functional

from .batch import Batch
from .sampler import draw
from .targets import IGNORE
from .views import between, jittered

PATCH_CELLS = 3, 9  # patches are about as large as one of so many squares each way of a crop
SHARE = 0.1, 0.4  # of a crop that is pasted


def with_made_change(crop: Batch, other: Batch, random: torch.Generator) -> Batch:
    """A crop whose dates may be swapped and are in other light, every second one with patches of ``other``."""
    if draw(2, random):
        crop = pasted(crop, other, random)
    return relit(swapped(crop, random), random)


def swapped(crop: Batch, random: torch.Generator) -> Batch:
    """The second date as the first, or not: what can become something else can come from it, too."""
    if draw(2, random):
        return crop
    one, two = crop.values.chunk(2)
    return crop._replace(values=torch.cat([two, one]), targets=crop.targets[[1, 0, 2]])


def relit(crop: Batch, random: torch.Generator) -> Batch:
    """Each date in another light, or not."""
    dates = [jittered(date, random) for date in crop.values.chunk(2)]
    return crop._replace(values=torch.cat(dates) * crop.valid)


def pasted(crop: Batch, other: Batch, random: torch.Generator) -> Batch:
    """The crop with patches of another one of the same size in its second date, wherever the class there is known."""
    low, high = PATCH_CELLS
    side = low + draw(high - low + 1, random)
    rough = torch.randn(1, 1, side, side, generator=random)
    height = functional.interpolate(rough, crop.valid.shape, mode="bicubic", align_corners=True)[0, 0]
    here = height > torch.quantile(height[::4, ::4], 1 - between(*SHARE, random))
    here &= crop.valid & other.valid & (other.targets[1] != IGNORE)
    n_bands = len(crop.values) // 2
    values, (first, second, change) = crop.values.clone(), crop.targets
    values[n_bands:] = torch.where(here, other.values[n_bands:], values[n_bands:])
    second = torch.where(here, other.targets[1], second)
    told = torch.where(first == IGNORE, IGNORE, (first != second).long())
    return crop._replace(values=values, targets=torch.stack([first, second, torch.where(here, told, change)]))

"""A network for two dates from labeled pairs: how it begins, and from where on its chance of change counts."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from typing import NamedTuple

import numpy as np
import torch
from torch.nn import functional

from ..nets.changenet import ChangeNetwork
from ..nets.convolution import draw_weights, generator
from ..nets.densenet import LAST
from ..nets.imagenet import pretrained_encoder
from ..nets.resampling import at_stride
from ..progress import Progress, unwatched
from ..raster.scaling import CLIP_PERCENT, Scaling
from ..threads import two_threads
from .adam import Adam
from .datedcrops import CROP_PX, crops_of
from .finetuning import WIDTH, widened
from .loop import fit
from .targets import IGNORE
from .twodates import Terms, TwoDates

RATE = 1e-3
N_LEVELS = 100  # of the chance of change, among which the threshold is looked for
AS_GOOD = 0.99  # of the best F1 counts as as good, see `best_threshold`


def stacked_scaling(first: np.ndarray, second: np.ndarray) -> Scaling:
    """Of samples (B, n) of both dates: each by its own statistics, all bands kept."""
    low, high = np.concatenate([np.percentile(each, CLIP_PERCENT, axis=1) for each in (first, second)], 1)
    return Scaling(len(low), tuple(range(len(low))), low, np.where(high > low, high, low + 1))


def new_network(n_bands: int, n_classes: int, seen: list, seed: int) -> ChangeNetwork:
    """With an encoder that has learnt from photographs, where its weights are installed; the rest from chance."""
    others = [band for band in range(n_bands) if band not in seen]
    network = ChangeNetwork(2 * n_bands, n_classes, [*seen, *others], WIDTH)
    random = generator(seed)
    draw_weights(network.dense.decoder, random)
    draw_weights(network.dense.head, random)
    draw_weights(network.change, random)
    encoder = pretrained_encoder(3, LAST).fold()
    network.dense.encoder.load_state_dict(widened(encoder.state_dict(), len(others)))
    return network


def trained(
    network: ChangeNetwork,
    parts: list,
    terms: Terms,
    n_steps: int,
    seed: int,
    device,
    progress: Progress,
    watch: Callable = unwatched,
) -> list:
    """Train it on labeled parts; returns the history of `fit`, which ``watch`` is for."""
    network.to(device, memory_format=torch.channels_last)
    objective = TwoDates(network, terms, seed, _weights(parts, network.options["n_classes"], device))
    optimizer = partial(Adam, slower=list(network.dense.encoder.parameters()))
    batches = crops_of(parts, seed, CROP_PX, network.stride_px, device, terms.made_changes)
    return fit(objective, batches, n_steps, RATE, progress, optimizer, watch=watch)


def _weights(parts: list, n_classes: int, device) -> torch.Tensor:
    """(K,) of the classes: rare ones count more, by the root of how rare they are."""
    counts = sum(torch.bincount(part.targets[:2].flatten(), minlength=256)[:n_classes] for part in parts)
    there = counts.clamp(min=1).float()
    weights = (there.sum() / there).sqrt()
    return (weights / weights[counts > 0].mean() if (counts > 0).any() else torch.ones_like(weights)).to(
        device
    )


class ChangeThreshold(NamedTuple):
    """The ``chance`` of change above which it counts, and the ``f1`` that it reaches; NaN where no change is known."""

    chance: float
    f1: float


def best_threshold(network: ChangeNetwork, parts: list, progress: Progress) -> ChangeThreshold:
    """The lowest whose F1 over all labeled pixels is as good as the best one.

    On what it has learned from a network is as sure of changes as of the rest, and F1 is nearly the same over a wide
    range. On images that it has not seen it is timid: it misses changes, and invents none.
    """
    network.eval()
    changed, unchanged = torch.zeros(N_LEVELS), torch.zeros(N_LEVELS)
    for number, part in enumerate(parts):
        progress.at(number / len(parts))
        chance = chance_of_change(network, part.values, part.valid).cpu()
        level = (chance * N_LEVELS).long().clamp(0, N_LEVELS - 1)
        truth = part.targets[2].masked_fill(~part.valid, IGNORE)
        changed += torch.bincount(level[truth == 1], minlength=N_LEVELS)
        unchanged += torch.bincount(level[truth == 0], minlength=N_LEVELS)
    if not changed.sum():
        return ChangeThreshold(0.5, float("nan"))
    hit, false = changed.flip(0).cumsum(0).flip(0), unchanged.flip(0).cumsum(0).flip(0)
    f1 = 2 * hit / (hit + false + changed.sum()).clamp(min=1)
    lowest = int((f1[1:] >= AS_GOOD * f1[1:].max()).nonzero()[0]) + 1
    return ChangeThreshold(lowest / N_LEVELS, float(f1[lowest]))


def chance_of_change(network: ChangeNetwork, values: torch.Tensor, valid: torch.Tensor) -> torch.Tensor:
    """(h, w) of a part (2 B, h, w)."""
    device, (height, width) = next(network.parameters()).device, valid.shape
    beyond = (0, -width % network.stride_px, 0, -height % network.stride_px)
    values, valid = (functional.pad(each, beyond)[None].to(device) for each in (values, valid))
    with torch.inference_mode(), two_threads():
        change = network(values, valid)[:, -1:]
    return at_stride(change, network.score_px, 1)[0, 0, :height, :width].sigmoid()

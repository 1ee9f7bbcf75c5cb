"""Superpixel-guided self-training: a network learns what superpixels are taken for, and has a say in it from then on.

That is the principle of Chen et al., IEEE GRSL 2022. Here the first targets are those of a mixture of classes (see
prior.py). In each round the heads learn from the winners of the last one, what an encoder has seen in each superpixel
and around it; the mixture is fitted to the same winners; their opinions are summed, neighbors that look alike agree,
and there are new winners. So each learns from what the other knows (Blum and Mitchell, *Combining Labeled and
Unlabeled Data with Co-Training*, COLT 1998).
"""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from typing import NamedTuple

import numpy as np
import torch

from ..nets.featurenet import FeatureNetwork
from ..nets.mixturenet import surroundings
from ..progress import Progress, unwatched
from ..threads import two_threads
from .mixture import Gaussians
from .multinomial import Multinomial
from .prior import factors_with_surroundings

ROUNDS, N_STEPS = 10, 8  # of twice as many steps in the first round
MOST_SUPERPIXELS = 2000  # that the heads learn from: more gain nothing
RIDGE = 0.1
# Share of a class's log frequency among the targets that is taken out of the heads' opinions: without it the large
# classes swallow the small ones round by round, with all of it nothing is learnt from the targets.
BALANCE = 0.5


def teach_itself(
    network: FeatureNetwork, patches: list, seed: int, progress: Progress, watch: Callable = unwatched
) -> list:
    """Find the heads of a network whose mixture is known, on some patches of cells, and its mixture again; ``watch`` as
    in `fit`, of rounds.

    Returns [(round, {"cross-entropy": …, "changed": share of the superpixels that change their class})].
    """
    n_classes = network.options["n_classes"]
    views = _seen(network, patches)
    picked = np.random.default_rng(seed).permutation(len(views.inside))[:MOST_SUPERPIXELS]
    heads, history = [Multinomial(view[picked], n_classes, RIDGE) for view in views], []
    factors = factors_with_surroundings(network, patches).astype(np.float64)
    winners = _winners(
        patches, lambda values, valid: network.prior(network.factor_grid(values, valid), valid)
    )
    for number in range(1, ROUNDS + 1):
        progress.at((number - 1) / ROUNDS)
        targets = np.eye(n_classes)[winners]
        if number > 1:
            slopes, offsets = Gaussians.of(factors, targets).posterior
            _set(network, slope=slopes, offset=offsets)
        targets = targets[picked]
        errors = [head.fit(targets, N_STEPS * (2 if number == 1 else 1)) for head in heads]
        share = (targets.sum(0) + 0.5) / (len(targets) + 0.5 * n_classes)
        slopes, offsets = zip(*(head.linear for head in heads))
        _set(network, head_slope=np.concatenate(slopes, 1), head_offset=np.stack(offsets, 1))
        _set(network, balance=BALANCE * np.log(share))
        before, winners = winners, _winners(patches, network)
        error, changed = float(np.mean(errors)), float((winners != before).mean())
        history.append((number, {"cross-entropy": error, "changed": changed}))
        progress.curve(number, {"cross-entropy": error})
        watch(number, partial(progress.at, number / ROUNDS))
    return history


class InsideAndAround(NamedTuple):
    """(n, F) what the heads look at in each superpixel, and in its surroundings."""

    inside: np.ndarray
    around: np.ndarray


def _seen(network: FeatureNetwork, patches: list) -> InsideAndAround:
    """Of the superpixels of all patches."""
    found = []
    with torch.inference_mode(), two_threads():
        for patch in patches:
            seen, valid = network.seen(patch.values[None]), patch.valid[None]
            views = seen, surroundings(seen, valid)
            found.append([view[0][:, patch.valid].T.cpu().numpy() for view in views])
    return InsideAndAround(*(np.concatenate(parts) for parts in zip(*found)))


def _winners(patches: list, said) -> np.ndarray:
    """(n,) the class with the highest score of each superpixel, of all patches."""
    found = []
    with torch.inference_mode(), two_threads():
        for patch in patches:
            scores = said(patch.values[None], patch.valid[None])[0]
            found.append(scores[:, patch.valid].argmax(0).cpu().numpy())
    return np.concatenate(found)


def _set(network: FeatureNetwork, **buffers) -> None:
    for name, values in buffers.items():
        getattr(network, name).copy_(torch.as_tensor(values, dtype=torch.float32))

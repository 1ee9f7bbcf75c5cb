"""Superpixel-guided self-training: a network learns what superpixels are taken for, and has a say in it from then on.

That is the principle of Chen et al., IEEE GRSL 2022. Here the first targets are those of a mixture of classes (see
prior.py); what the network adds to it is what an encoder has seen in each superpixel. In each round its head learns
from the winners of the last one, its opinion is added to the mixture's, neighbors that look alike agree, and there are
new winners.
"""

from __future__ import annotations

from collections.abc import Callable
from functools import partial

import numpy as np
import torch

from ..nets.featurenet import FeatureNetwork
from ..progress import Progress, unwatched
from ..threads import two_threads
from .multinomial import Multinomial

ROUNDS, N_STEPS = 6, 8  # of twice as many steps in the first round
MOST_SUPERPIXELS = 2000  # that the head learns from: more gain nothing
RIDGE = 0.25
# Share of a class's log frequency among the targets that is taken out of the head's opinion: without it the large
# classes swallow the small ones round by round, with all of it nothing is learnt from the targets.
BALANCE = 0.25


def teach_itself(
    network: FeatureNetwork, patches: list, seed: int, progress: Progress, watch: Callable = unwatched
) -> list:
    """Find the head of a network whose mixture is known, on some patches of cells; ``watch`` as in `fit`, of rounds.

    Returns [(round, {"cross-entropy": …, "changed": share of the superpixels that change their class})].
    """
    n_classes = network.options["n_classes"]
    seen = torch.cat([network.seen(patch.values[None])[0][:, patch.valid] for patch in patches], 1).T
    picked = np.random.default_rng(seed).permutation(len(seen))[:MOST_SUPERPIXELS]
    head, history = Multinomial(seen[torch.from_numpy(picked)].cpu().numpy(), n_classes, RIDGE), []
    winners = _winners(
        patches, lambda values, valid: network.prior(network.factor_grid(values, valid), valid)
    )
    for number in range(1, ROUNDS + 1):
        progress.at((number - 1) / ROUNDS)
        targets = np.eye(n_classes)[winners[picked]]
        error = head.fit(targets, N_STEPS * (2 if number == 1 else 1))
        share = (targets.sum(0) + 0.5) / (len(targets) + 0.5 * n_classes)
        _set(network, *head.linear, BALANCE * np.log(share))
        before, winners = winners, _winners(patches, network)
        history.append((number, {"cross-entropy": error, "changed": float((winners != before).mean())}))
        progress.curve(number, {"cross-entropy": error})
        watch(number, partial(progress.at, number / ROUNDS))
    return history


def _winners(patches: list, said) -> np.ndarray:
    """(n,) the class with the highest score of each superpixel, of all patches."""
    found = []
    with torch.inference_mode(), two_threads():
        for patch in patches:
            scores = said(patch.values[None], patch.valid[None])[0]
            found.append(scores[:, patch.valid].argmax(0).cpu().numpy())
    return np.concatenate(found)


def _set(network: FeatureNetwork, slopes: np.ndarray, offsets: np.ndarray, balance: np.ndarray) -> None:
    for buffer, values in (
        (network.head_slope, slopes),
        (network.head_offset, offsets),
        (network.balance, balance),
    ):
        buffer.copy_(torch.as_tensor(values, dtype=torch.float32))

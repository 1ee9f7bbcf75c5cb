"""How much of a scene each class covers, told by a classifier that was taught the classes in other shares.

Saerens, Latinne, Decaestecker: *Adjusting the Outputs of a Classifier to New a Priori Probabilities*, Neural
Computation 14, 2002: expectation and maximization, from the shares of training on.
"""

from __future__ import annotations

from typing import NamedTuple

import numpy as np

from .labeled import Examples

N_STEPS = 30
FLOOR = 1e-3  # a share that no class falls below: it may lie where nobody has looked
MOST_RARER = 1.0  # natural logarithm of how many times rarer than taught a class is believed to be at most


class Shares(NamedTuple):
    """(K,) ``believed``: what share of the scene each class covers; ``offsets`` are to be added to the scores of one
    who was taught other shares."""

    believed: np.ndarray
    offsets: np.ndarray


def believed_shares(log_shares: np.ndarray, examples: Examples, n_classes: int, balanced: bool) -> Shares:
    """Of classes that cover the scene as they do, and not as they were labeled.

    ``log_shares`` (n, K) are those of pixels or superpixels all over the scene. What one polygon tells of a class is
    not enough to say how much there is of it: with n groups a class the logarithms of shares are believed by
    (1 - 1/n)^2, 1/n being the mean of the classes. Labels that were drawn where a classifier is unsure tell too little
    of what a class looks like elsewhere, and shares found with them are too small: hence `MOST_RARER`. Measured on both
    halves of the benchmark's scenes, see benchmarks/README.md.
    """
    count = np.bincount(examples.classes, minlength=n_classes)
    taught = np.full(n_classes, 1 / n_classes) if balanced else count / count.sum()
    shares = shares_of_scene(log_shares, taught)
    alone = np.mean(
        [1 / len(np.unique(examples.groups[examples.classes == label])) for label in range(n_classes)]
    )
    offsets = np.maximum((1 - alone) ** 2 * np.log(shares / taught), -MOST_RARER)
    believed = taught * np.exp(offsets)
    return Shares(believed / believed.sum(), offsets)


def shares_of_scene(log_shares: np.ndarray, taught: np.ndarray) -> np.ndarray:
    """(K,) from the log probabilities (n, K) of pixels or superpixels of the scene, and the shares (K,) of training."""
    likelihood = np.exp(log_shares) / taught
    shares = taught
    for _ in range(N_STEPS):
        posterior = likelihood * shares
        posterior /= posterior.sum(1, keepdims=True)
        shares = posterior.mean(0) + FLOOR
        shares = shares / shares.sum()
    return shares

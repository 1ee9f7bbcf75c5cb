"""How much of a scene each class covers, told by a classifier that was taught the classes in other shares.

Saerens, Latinne, Decaestecker: *Adjusting the Outputs of a Classifier to New a Priori Probabilities*, Neural
Computation 14, 2002: expectation and maximization, from the shares of training on.
"""

from __future__ import annotations

import numpy as np

N_STEPS = 30
FLOOR = 1e-3  # a share that no class falls below: it may lie where nobody has looked


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

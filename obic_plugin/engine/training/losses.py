"""Losses of learning without labels. None of them talks to other processes: what is to be summed or seen over all of
them is handed in."""

from __future__ import annotations

from collections.abc import Callable

import torch
from torch.nn import functional

SMALLEST = 1e-20


def alone(tensor: torch.Tensor) -> torch.Tensor:
    """What there is over all processes where there is one."""
    return tensor


@torch.no_grad()
def balanced(
    cosines: torch.Tensor, temperature: float, n_iterations: int = 3, total: Callable = alone
) -> torch.Tensor:
    """Shares (n, K) of K prototypes in n samples, such that each prototype has about as much as any other.

    Sinkhorn and Knopp's iterations (Cuturi, *Sinkhorn Distances*, NIPS 2013; Caron et al., *Unsupervised Learning of
    Visual Features by Contrasting Cluster Assignments*, NeurIPS 2020): in turn prototypes get the same, and the shares
    of a sample sum to 1. ``total`` sums a tensor over all processes, each of which has samples of its own.
    """
    shares = ((cosines - 1) / temperature).exp()  # from exp(-2 / temperature) to 1: nothing overflows
    for _ in range(n_iterations):
        shares = shares / total(shares.sum(0)).clamp(min=SMALLEST)
        shares = shares / shares.sum(1, keepdim=True).clamp(min=SMALLEST)
    return shares


def soft_cross_entropy(logits: torch.Tensor, shares: torch.Tensor) -> torch.Tensor:
    """Mean over n samples of the cross-entropy of logits (n, K) to shares (n, K)."""
    return -(shares * logits.log_softmax(1)).sum(1).mean()


def info_nce(
    queries: torch.Tensor, keys: torch.Tensor, positives: torch.Tensor, temperature: float
) -> torch.Tensor:
    """How well each of n queries (n, D) tells its own key, number ``positives`` (n,), from all m keys (m, D).

    van den Oord et al., *Representation Learning with Contrastive Predictive Coding*, 2018; times twice the temperature
    as in Chen et al., *An Empirical Study of Training Self-Supervised Vision Transformers*, ICCV 2021.
    """
    queries, keys = functional.normalize(queries, dim=1), functional.normalize(keys, dim=1)
    return 2 * temperature * functional.cross_entropy(queries @ keys.T / temperature, positives)

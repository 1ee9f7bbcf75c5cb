"""The fitted part of a `MixtureNetwork`: factors of the features, and a mixture of classes in them."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np
import torch

from ..nets.mixturenet import MixtureNetwork, surroundings
from ..progress import Progress, Span
from ..superpixels.features import feature_names
from ..threads import two_threads
from .factors import fit_factors
from .mixture import fit_mixture


def network_with_prior(
    make: Callable, patches: list, n_channels: int, most: int, enough: int, seed: int, progress: Progress
) -> MixtureNetwork:
    """``make(n_features, n_classes, n_factors)``, a network that knows the classes of the superpixels on some patches
    of cells, of images with so many scaled channels.

    At most ``most``; down to ``enough``, those that cannot be told apart are one (see `fit_mixture`).
    """
    names = feature_names(n_channels)
    plain = [
        (patch.values[: len(names)].cpu().numpy().astype(np.float64), patch.valid.cpu().numpy())
        for patch in patches
    ]
    center, _, factors = fit_factors(plain, names)
    finder = MixtureNetwork(len(names), 1, len(factors))
    _set(finder, center=center, factors=factors)
    values = factors_with_surroundings(finder, patches)
    slopes, offsets = fit_mixture(values, most, enough, seed, Span(progress, 0.1, 1.0))
    network = make(len(names), len(offsets), len(factors))
    scatter = np.sqrt(values[:, : len(factors)].var(0).sum()) + 1e-6
    _set(network, center=center, factors=factors, scatter=scatter, slope=slopes, offset=offsets)
    return network.eval()


def factors_with_surroundings(network: MixtureNetwork, patches: list) -> np.ndarray:
    """(n, 2 n_factors) of the superpixels that are there: what the mixture looks at."""
    found = []
    with torch.inference_mode(), two_threads():
        for patch in patches:
            values, valid = (part[None].to(network.center.device) for part in (patch.values, patch.valid))
            own = network.factor_grid(values, valid)
            found.append(torch.cat([own, surroundings(own, valid)], 1)[0][:, valid[0]].cpu().numpy())
    return np.concatenate(found, axis=1).T


def _set(network: MixtureNetwork, **buffers) -> None:
    for name, values in buffers.items():
        getattr(network, name).copy_(torch.as_tensor(values, dtype=torch.float32))

"""The fitted part of a `SuperpixelNetwork`: factors of the features, and a mixture of classes in them."""

from __future__ import annotations

import numpy as np
import torch

from ..nets.convolution import generator
from ..nets.superpixelnet import SuperpixelNetwork, surroundings
from ..progress import Progress, Span
from ..raster.patch import Patch
from ..superpixels.features import feature_names
from ..threads import two_threads
from .factors import fit_factors
from .mixture import fit_mixture


def network_with_prior(
    patches: list, most: int, enough: int, seed: int, progress: Progress
) -> SuperpixelNetwork:
    """A network, yet to be trained, that knows the classes of the superpixels on some patches of cells.

    At most ``most``; down to ``enough``, those that cannot be told apart are one (see `fit_mixture`).
    """
    plain = [(patch.values.cpu().numpy().astype(np.float64), patch.valid.cpu().numpy()) for patch in patches]
    n_features = len(plain[0][0])
    center, spread, factors = fit_factors(plain, feature_names((n_features - 1) // 2))
    random = generator(seed)
    finder = SuperpixelNetwork(n_features, 1, len(factors), random=random)
    _set(finder, center=center, spread=spread, factors=factors)
    values = np.concatenate([_factors_with_surroundings(finder, patch) for patch in patches], axis=1).T
    slopes, offsets = fit_mixture(values, most, enough, seed, Span(progress, 0.1, 1.0))
    network = SuperpixelNetwork(n_features, len(offsets), len(factors), random=random)
    scatter = np.sqrt(values[:, : len(factors)].var(0).sum()) + 1e-6
    _set(network, center=center, spread=spread, factors=factors, scatter=scatter)
    _set(network, slope=slopes, offset=offsets)
    return network


def _factors_with_surroundings(network: SuperpixelNetwork, patch: Patch) -> np.ndarray:
    """(2 n_factors, n) of the superpixels that are present."""
    features, present = patch.values[None].cpu(), patch.valid[None].cpu()
    with two_threads():
        own = network.factor_grid(features, present)
        both = torch.cat([own, surroundings(own, present)], 1)[0]
    return both[:, present[0]].numpy()


def _set(network: SuperpixelNetwork, **buffers) -> None:
    for name, values in buffers.items():
        getattr(network, name).copy_(torch.as_tensor(values, dtype=torch.float32))

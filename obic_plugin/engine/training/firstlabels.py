"""Labels to start from: the superpixels of all training windows, clustered by what the network sees of them."""

from __future__ import annotations

import numpy as np
import torch

from .batch import Batch
from .sampler import region_means
from .votes import spread

MAX_SUPERPIXELS = 20_000


def label_by_clusters(batches: list, n_clusters: int, seed: int) -> int:
    """Give each batch the labels (N, h, w) of its superpixels' clusters; returns how many clusters there are.

    K-means (scikit-learn) on the superpixels' mean network input; fewer clusters than asked for where there
    are fewer different superpixels.
    """
    from sklearn.cluster import KMeans

    means, counts = zip(*(region_means(batch) for batch in batches))
    features = [mean.cpu().numpy() for mean in means]
    present = [count.cpu().numpy() > 0 for count in counts]
    everything = np.concatenate([f[p] for f, p in zip(features, present)])
    random = np.random.default_rng(seed)
    chosen = everything[random.permutation(len(everything))[:MAX_SUPERPIXELS]]
    n_clusters = min(n_clusters, len(np.unique(chosen, axis=0)))
    clusters = KMeans(n_clusters, n_init=3, random_state=seed).fit(chosen)
    for batch, feature in zip(batches, features):
        labels = torch.from_numpy(clusters.predict(feature).astype(np.int64)).to(batch.image.device)
        batch.labels = spread(labels, batch.regions[0])[None]
    return n_clusters

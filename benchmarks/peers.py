"""What a user would otherwise do without labels: K-means on pixels or on superpixels, and ISODATA."""

from __future__ import annotations

import numpy as np

from obic_plugin.engine.raster.reader import Patch

from .scenes import Pixels

CLASSES = 8
FIT_PX = 100_000  # pixels on which centers are found; all are then labeled
SUPERPIXEL_PX = 256  # pixels in a superpixel
COMPACTNESS = 0.1


def kmeans(pixels: Pixels, seed: int) -> np.ndarray:
    """(h, w) labels from 1, 0 where not valid: scikit-learn's K-means on the raw values of the pixels."""
    from sklearn.cluster import KMeans

    values = pixels.varying[:, pixels.valid].T
    model = KMeans(CLASSES, n_init=1, random_state=seed).fit(_sample(values, seed))
    return _painted(model.predict(values), pixels.valid)


def superpixel_kmeans(pixels: Pixels, seed: int, superpixel_px: int = SUPERPIXEL_PX) -> np.ndarray:
    """(h, w) labels from 1: K-means on mean and standard deviation of scikit-image's SLIC superpixels."""
    from skimage.segmentation import slic
    from sklearn.cluster import KMeans

    scaled = pixels.scaling(Patch(pixels.values, pixels.valid)).values
    ids = slic(
        np.moveaxis(scaled, 0, -1),
        n_segments=max(pixels.valid.size // superpixel_px, 64),
        compactness=COMPACTNESS,
        convert2lab=False,
        channel_axis=-1,
        start_label=0,
    )
    ids, numbers = ids[pixels.valid], np.arange(ids.max() + 1)
    count = np.bincount(ids, minlength=len(numbers))
    features = []
    for band in scaled:
        mean, square = (
            np.bincount(ids, band[pixels.valid] ** power, len(numbers)) / count.clip(1) for power in (1, 2)
        )
        features += [mean, np.sqrt((square - mean**2).clip(0))]
    features, found = np.stack(features, 1), count > 0
    labels = np.zeros(len(numbers), int)
    labels[found] = KMeans(CLASSES, n_init=1, random_state=seed).fit_predict(features[found])
    return _painted(labels[ids], pixels.valid)


def isodata(pixels: Pixels, seed: int, iterations: int = 20) -> np.ndarray:
    """(h, w) labels from 1: ISODATA (Ball and Hall 1965) on the raw values of the pixels.

    Starts with 8 random pixels. In turn, clusters wider than 0.8 of the bands' mean standard deviation in
    some band are split (16 at most), and the two closest are merged where they are nearer than 0.3 of the
    scatter of all pixels. A cluster with less than 1 % of the pixels is given up.
    """
    values = pixels.varying[:, pixels.valid].T
    random, sample = np.random.default_rng(seed), _sample(values, seed).astype(np.float64)
    centers = sample[random.choice(len(sample), CLASSES, replace=False)]
    spread = sample.std(0).mean()
    least, widest, nearest = 0.01 * len(sample), 0.8 * spread, 0.3 * spread * np.sqrt(sample.shape[1])
    for iteration in range(iterations):
        count = np.bincount(_nearest(sample, centers), minlength=len(centers))
        centers = centers[count >= least] if (count >= least).any() else centers[[count.argmax()]]
        labels = _nearest(sample, centers)
        members = [sample[labels == k] for k in range(len(centers))]
        members = [some for some in members if len(some)]
        centers = np.stack([some.mean(0) for some in members])
        if iteration == iterations - 1:
            break
        if iteration % 2 == 0:
            centers = _split(centers, members, widest, 2 * least) if len(centers) < 2 * CLASSES else centers
        else:
            centers = _merged(centers, np.array([len(some) for some in members]), nearest)
    return _painted(_nearest(values, centers), pixels.valid)


def _split(centers: np.ndarray, members: list, widest: float, least: float) -> np.ndarray:
    result = []
    for center, some in zip(centers, members):
        deviation = some.std(0)
        step = np.where(np.arange(len(center)) == deviation.argmax(), deviation, 0)
        wide = deviation.max() > widest and len(some) > least
        result += [center + step, center - step] if wide else [center]
    return np.stack(result)


def _merged(centers: np.ndarray, count: np.ndarray, nearest: float) -> np.ndarray:
    if len(centers) <= 2:
        return centers
    distance = np.sqrt(((centers[:, None] - centers) ** 2).sum(2))
    np.fill_diagonal(distance, np.inf)
    first, second = np.unravel_index(distance.argmin(), distance.shape)
    if distance[first, second] >= nearest:
        return centers
    mean = np.average(centers[[first, second]], axis=0, weights=count[[first, second]])
    return np.concatenate([np.delete(centers, [first, second], axis=0), mean[None]])


def _sample(values: np.ndarray, seed: int) -> np.ndarray:
    size = min(len(values), FIT_PX)
    return values[np.random.default_rng(seed).choice(len(values), size, replace=False)]


def _nearest(values: np.ndarray, centers: np.ndarray) -> np.ndarray:
    """(n,) index of the nearest center, a million values at a time."""
    square = (centers**2).sum(1)
    parts = np.array_split(values, -(-len(values) // 1_000_000))
    return np.concatenate([(square - 2 * part @ centers.T).argmin(1) for part in parts])


def _painted(labels: np.ndarray, valid: np.ndarray) -> np.ndarray:
    painted = np.zeros(valid.shape, np.uint8)
    painted[valid] = labels + 1
    return painted


PEERS = {"K-means": kmeans, "superpixel K-means": superpixel_kmeans, "ISODATA": isodata}

"""What mutual information chance alone would give: the correction in the AMI."""

from __future__ import annotations

import numpy as np

BATCH = 1 << 20  # terms held at once
PAIRS = 1 << 20  # pairs of sizes held at once
# More pairs of different sizes than this are first thinned: sizes above 256 in steps of 0.5 percent.
MAX_PAIRS = 2_000_000


def expected_mutual_information(reference_px: np.ndarray, mapped_px: np.ndarray) -> float:
    """Expected mutual information, in nats, of two partitions with these sizes, shuffled at random.

    ``reference_px`` (R,) and ``mapped_px`` (C,) are whole numbers with one sum N. The overlap k of a part
    of a pixels and one of b is hypergeometric (Vinh, Epps, Bailey 2010, equation 24a):
    EMI = Σ_ab Σ_k p(k; a, b, N) · k/N · log(N k / (a b)).

    The published sum visits every k up to min(a, b), which takes minutes for a map of a city. Here it
    visits k within 10 standard deviations of its mean, outside of which lies less than 1e-20 of p, and
    each pair of *different* sizes once. p follows from the ratio of neighbors and is scaled to sum to 1:
    no factorials of large numbers, so it is also more exact. Only where both partitions have thousands
    of different sizes are similar large ones taken together (error below 1e-5 of the result).
    """
    n = int(np.sum(reference_px))
    a, n_a = np.unique(np.asarray(reference_px, np.int64), return_counts=True)
    b, n_b = np.unique(np.asarray(mapped_px, np.int64), return_counts=True)
    if len(a) * len(b) > MAX_PAIRS:
        (a, n_a), (b, n_b) = _thinned(a, n_a), _thinned(b, n_b)
    if len(a) > len(b):
        a, n_a, b, n_b = b, n_b, a, n_a
    step = max(1, PAIRS // len(b)) if len(b) else 1
    total = 0.0
    for start in range(0, len(a), step):
        part = slice(start, start + step)
        pairs = np.repeat(a[part], len(b)), np.tile(b, len(a[part]))
        weight = np.outer(n_a[part], n_b).reshape(-1)
        total += float(np.dot(weight, _expected_terms(*pairs, n)))
    return total


def _thinned(sizes: np.ndarray, counts: np.ndarray) -> tuple:
    """Sizes above 256 replaced by the mean of those within half a percent; (sizes, counts)."""
    bins = np.where(sizes <= 256, sizes, 256 + np.ceil(200 * np.log(sizes / 256)).astype(np.int64))
    _, bins = np.unique(bins, return_inverse=True)
    together = np.bincount(bins, counts)
    return np.bincount(bins, counts * sizes) / together, together


def _expected_terms(a: np.ndarray, b: np.ndarray, n: int) -> np.ndarray:
    """(m,) expectation of k/N log(N k / (a b)) for each pair of sizes."""
    low, width = _support(a, b, n)
    order = np.argsort(width)
    result = np.empty(len(a))
    start = 0
    while start < len(order):
        # rows of one batch are padded to the width of its last: at most twice that of its first
        stop = int(np.searchsorted(width[order], 2 * width[order[start]], side="right"))
        stop = min(stop, start + max(1, BATCH // int(2 * width[order[start]])))
        index = order[start:stop]
        result[index] = _batch(a[index], b[index], n, low[index], width[index])
        start = stop
    return result


def _support(a: np.ndarray, b: np.ndarray, n: int) -> tuple:
    """(m,) first k and number of k that matter for each pair."""
    x, y = a.astype(np.float64), b.astype(np.float64)
    mean = x * y / n
    deviation = np.sqrt(mean * (1 - x / n) * (1 - y / n))
    reach = np.ceil(10 * deviation + 12 + 18 * np.minimum(mean, 1))
    low = np.maximum(np.maximum(np.ceil(x + y - n), 0), np.floor(mean - reach))
    high = np.minimum(np.floor(np.minimum(x, y)), np.ceil(mean + reach))
    return low.astype(np.int64), (high - low).astype(np.int64) + 1


def _batch(a: np.ndarray, b: np.ndarray, n: int, low: np.ndarray, width: np.ndarray) -> np.ndarray:
    a, b, low = (array.astype(np.float64)[:, None] for array in (a, b, low))
    k = low + np.arange(int(width.max()))
    p = np.ones_like(k)
    before = k[:, :-1]
    # beyond the end of a row's support a factor is 0, or is made so, and p stays 0
    np.multiply(a - before, b - before, out=p[:, 1:])
    p[:, 1:] /= (before + 1) * (n - a - b + before + 1)
    p[np.arange(p.shape[1]) >= width[:, None]] = 0
    np.cumprod(p, axis=1, out=p)
    weight = p.sum(1)
    p *= k
    np.maximum(k, 1, out=k)
    np.log(k, out=k)
    k += np.log(n / a) - np.log(b)
    return np.einsum("ij,ij->i", p, k) / weight / n

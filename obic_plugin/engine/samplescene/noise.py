"""Random fields from which the sample landscape is grown."""

from __future__ import annotations

import numpy as np
from scipy import sparse


def smooth_noise(shape: tuple, scale_px: float, rng: np.random.Generator) -> np.ndarray:
    """Random field (h, w) float32, mean near 0 and deviation near 1, its bumps about ``scale_px`` wide."""
    down, right = (_cubic_weights(n, scale_px, rng.uniform()) for n in shape)
    coarse = rng.standard_normal((down.shape[1], right.shape[1])).astype(np.float32)
    # Two sparse products: a cubic spline through a coarse grid, some ten times faster than ndimage.zoom.
    return np.ascontiguousarray((right @ (down @ coarse).T).T) * np.float32(2.09)


def _cubic_weights(n: int, scale_px: float, offset: float) -> sparse.csr_matrix:
    """Weights (n, coarse) of the uniform cubic B-spline at ``n`` pixels, a coarse node every ``scale_px``."""
    position = np.arange(n) / scale_px + offset
    node = position.astype(int)
    t = position - node
    weights = np.stack([(1 - t) ** 3, 3 * t**3 - 6 * t**2 + 4, -3 * t**3 + 3 * t**2 + 3 * t + 1, t**3], 1) / 6
    columns = node[:, None] + np.arange(4)
    starts = np.arange(0, 4 * n + 1, 4)
    shape = (n, int(node[-1]) + 4)
    return sparse.csr_matrix((weights.astype(np.float32).ravel(), columns.ravel(), starts), shape=shape)


def fractal_noise(
    shape: tuple, scale_px: float, rng: np.random.Generator, n_octaves: int = 4, roughness: float = 0.5
) -> np.ndarray:
    """Sum (h, w) float32 of `smooth_noise`, each octave at half the scale and ``roughness`` times weaker."""
    field, weight, square = np.zeros(shape, np.float32), 1.0, 0.0
    for octave in range(n_octaves):
        scale = scale_px / 2**octave
        if scale < 1.5 and octave:
            break
        field += np.float32(weight) * smooth_noise(shape, max(scale, 1.5), rng)
        square += weight**2
        weight *= roughness
    return field / np.float32(np.sqrt(square))


def crowns(shape: tuple, spacing_px: float, rng: np.random.Generator) -> tuple:
    """Tree crowns seen from above: dome height (h, w) in 0..1 and a tint (h, w) in -1..1 a crown.

    Crowns stand on a jittered grid of ``spacing_px``; where two overlap the higher one is seen.
    """
    rows, cols = (int(np.ceil(n / spacing_px)) + 3 for n in shape)
    jitter = rng.uniform(0.05, 0.95, (2, rows, cols)).astype(np.float32)
    radius = rng.uniform(0.55, 0.95, (rows, cols)).astype(np.float32)
    top = rng.uniform(0.65, 1.0, (rows, cols)).astype(np.float32)
    tints = rng.uniform(-1, 1, (rows, cols)).astype(np.float32)
    y = np.arange(shape[0], dtype=np.float32)[:, None] / np.float32(spacing_px) + 1
    x = np.arange(shape[1], dtype=np.float32)[None, :] / np.float32(spacing_px) + 1
    row, col = y.astype(int), x.astype(int)
    dome, tint = np.zeros(shape, np.float32), np.zeros(shape, np.float32)
    for down in (-1, 0, 1):
        for right in (-1, 0, 1):
            cell = (row + down, col + right)
            square = (y - row - down - jitter[0][cell]) ** 2 + (x - col - right - jitter[1][cell]) ** 2
            height = top[cell] * (1 - square / radius[cell] ** 2)
            higher = height > dome
            dome[higher] = height[higher]
            tint[higher] = tints[cell][higher]
    return dome, tint

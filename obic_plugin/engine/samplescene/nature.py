"""Water and trees of the sample landscape."""

from __future__ import annotations

from typing import NamedTuple

import numpy as np
from scipy import ndimage

from .canvas import BROADLEAF, CONIFER, FIELD, GRASS, LAKE, MEADOW, RIVER, SHALLOW, SOIL, TREES, WATER, Canvas
from .fields import Parcels
from .noise import crowns, fractal_noise, smooth_noise

OPEN = np.isin(np.arange(256), (FIELD, SOIL, MEADOW, TREES))


class PathDistance(NamedTuple):
    """Of each pixel (h, w): how far the nearest path is, and that path's half width, both in px."""

    px: np.ndarray
    half_width_px: np.ndarray


def path_distance(shape: tuple, paths: list) -> PathDistance:
    """How far the nearest of several paths is.

    A path is a pair: points (n, 2) of row, col, and half width in px.
    """
    away = np.ones(shape, bool)
    exact = np.zeros((3, *shape), np.float32)
    for points, half_width in paths:
        points = densify(points)
        row, col = np.rint(points.T).astype(int)
        inside = (row >= 0) & (row < shape[0]) & (col >= 0) & (col < shape[1])
        row, col = row[inside], col[inside]
        away[row, col] = False
        exact[0, row, col], exact[1, row, col] = points[inside].T
        exact[2, row, col] = half_width
    if away.all():
        return PathDistance(np.full(shape, np.inf, np.float32), np.zeros(shape, np.float32))
    near = ndimage.distance_transform_edt(away, return_distances=False, return_indices=True)
    row, col, half_width = exact[:, near[0], near[1]]
    distance = np.hypot(row - np.arange(shape[0])[:, None], col - np.arange(shape[1])[None, :])
    return PathDistance(distance.astype(np.float32), half_width)


def densify(points: np.ndarray, step_px: float = 0.5) -> np.ndarray:
    """The polyline (n, 2) with a point every ``step_px``."""
    length = np.concatenate([[0], np.cumsum(np.hypot(*np.diff(points, axis=0).T))])
    at = np.arange(0, length[-1], step_px)
    return np.stack([np.interp(at, length, points[:, 0]), np.interp(at, length, points[:, 1])], axis=1)


def river_course(canvas: Canvas, rng: np.random.Generator) -> np.ndarray:
    """Points (n, 2) of a meandering river from the upper left to the lower right of the middle."""
    height, width = canvas.shape
    start = np.array([-0.05 * height, rng.uniform(0.30, 0.40) * width])
    end = np.array([1.05 * height, rng.uniform(0.56, 0.68) * width])
    t = np.linspace(0, 1, 400)[:, None]
    axis = (end - start) / np.hypot(*(end - start))
    swing = np.zeros_like(t)
    for waves, size in ((1.1, 62), (2.6, 46), (5.3, 17), (9.7, 6)):
        swing += size * np.sin(2 * np.pi * (waves * t + rng.uniform()))
    slip = 19 * np.sin(2 * np.pi * (5.2 * t + rng.uniform()))  # along the axis: makes the bends lean
    return start + (end - start) * t + canvas.unit * (swing * [axis[1], -axis[0]] + slip * axis)


def paint_water(canvas: Canvas, course: np.ndarray, rng: np.random.Generator) -> np.ndarray:
    """Paint river and lake; returns the distance (h, w) in px to the water, negative in it."""
    shape, unit = canvas.shape, canvas.unit
    wobble = fractal_noise(shape, 40 * unit, rng, 4)
    distance = path_distance(shape, [(course, 1.0)]).px
    river = distance - (11 * unit + 1.5) - 2.2 * unit * smooth_noise(shape, 120 * unit, rng) - 0.7 * wobble
    center = np.array([rng.uniform(0.70, 0.78) * shape[0], rng.uniform(0.16, 0.24) * shape[1]])
    across, along = canvas.row - center[0], canvas.col - center[1]
    turn = rng.uniform(0.2, 0.6)
    along, across = along * np.cos(turn) + across * np.sin(turn), across * np.cos(turn) - along * np.sin(turn)
    radius = np.hypot(along / 1.5, across)
    lake = radius - unit * (78 + 20 * smooth_noise(shape, 90 * unit, rng)) - 3 * unit * wobble
    shore = np.minimum(river, lake)
    bank = np.array(GRASS, np.float32)[:, None, None] * (0.85 + 0.12 * wobble)
    canvas.paint(np.clip((6 + 2.5 * wobble) * max(unit, 0.4) - shore, 0, 1), bank, MEADOW)
    ripple = 1 + 0.03 * fractal_noise(shape, 14, rng, 3)
    ripple += 0.02 * rng.standard_normal(shape).astype(np.float32)
    for spectrum, depth in ((RIVER, river), (LAKE, lake)):
        deep = np.clip(-depth / (9 * unit + 2), 0, 1) ** 0.6
        shallow = np.array(SHALLOW, np.float32)[:, None, None]
        color = shallow + (np.array(spectrum, np.float32)[:, None, None] - shallow) * deep
        canvas.paint(np.clip(0.5 - depth, 0, 1), color * ripple, WATER, -1.2)
    return shore


def paint_forest(canvas: Canvas, parcels: Parcels, keep_off: np.ndarray, rng: np.random.Generator) -> None:
    """Woods on a fifth of the land, none where ``keep_off`` (h, w); their edges follow parcels in part."""
    shape, unit = canvas.shape, canvas.unit
    wish = fractal_noise(shape, 300 * unit, rng, 3, 0.45)
    sums = np.bincount(parcels.parcel.ravel(), wish.ravel())
    by_parcel = (sums / np.bincount(parcels.parcel.ravel())).astype(np.float32)[parcels.parcel]
    wish = 0.3 * wish + 0.7 * by_parcel + 0.12 * fractal_noise(shape, 22, rng, 3)
    level = np.quantile(wish[~keep_off], 0.76)
    conifer = fractal_noise(shape, 170 * unit, rng, 3) > 0.25
    wood = (wish > level) & ~keep_off & (parcels.block_edge_px > 6 * unit)
    wood = ndimage.binary_opening(wood, iterations=2)
    for spectrum, spacing, height_m, here in (
        (BROADLEAF, 8.5, 15.0, wood & ~conifer),
        (CONIFER, 5.2, 19.0, wood & conifer),
    ):
        dome, tint = crowns(shape, spacing, rng)
        stand = 1 + 0.10 * smooth_noise(shape, 60 * unit, rng)
        color = np.array(spectrum, np.float32)[:, None, None] * (stand + 0.14 * tint)
        color[0] *= 1 + 0.12 * tint
        color *= 0.62 + 0.5 * dome
        canvas.paint(here & (dome > 0.04), color, TREES, height_m * (0.5 + 0.5 * dome))
        canvas.paint(here & (dome <= 0.04), np.array(spectrum) * (0.75, 0.6, 0.8, 0.5), TREES, height_m * 0.3)


def plant(canvas: Canvas, spots: np.ndarray, rng: np.random.Generator, radius_px: tuple = (2.0, 4.5)) -> None:
    """Single trees at ``spots`` (n, 2) of row, col; none on water, roads, roofs."""
    for row, col in spots:
        radius = rng.uniform(*radius_px)
        window = canvas.around(row, col, radius + 1)
        tint, height_m = rng.normal(1, 0.12), radius * rng.uniform(1.8, 2.6)
        if window is None:
            continue
        square = (canvas.row[window[0]] - row) ** 2 + (canvas.col[:, window[1]] - col) ** 2
        dome = 1 - square / radius**2
        free = OPEN[canvas.classes[window]] & (canvas.surface_m[window] < height_m * dome)
        color = np.array(BROADLEAF, np.float32)[:, None, None] * (tint * (0.75 + 0.35 * np.clip(dome, 0, 1)))
        top_m = height_m * (0.35 + 0.65 * dome)
        canvas.paint(np.clip(dome * radius, 0, 1) * free, color, TREES, top_m, window)


def hedge_spots(canvas: Canvas, parcels: Parcels, shore: np.ndarray, rng: np.random.Generator) -> np.ndarray:
    """Where single trees stand (n, 2): in rows on some parcels' edges, along the water, a few alone."""
    rows_of_trees = (parcels.edge_px < 1.5) & (smooth_noise(canvas.shape, 130 * canvas.unit, rng) > 0.95)
    waterside = (shore > 1) & (shore < 9) & (smooth_noise(canvas.shape, 60 * canvas.unit, rng) > -0.1)
    chance = 0.09 * rows_of_trees + 0.022 * waterside + 0.00006
    return np.argwhere(rng.random(canvas.shape) < chance) + rng.uniform(-0.5, 0.5)

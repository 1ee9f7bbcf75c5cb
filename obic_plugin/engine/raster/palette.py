"""Colors for classes: a palette of clearly different ones, and mean colors moved until all are told apart.

How different two colors look is their distance in CIELAB (CIE 1976): 2 is just seen side by side, 10 at once.
"""

from __future__ import annotations

import functools

import numpy as np

from ..errors import ParameterError

# Land-cover maps use these hues: each is named by what a reader first takes it for.
FIRST_COLORS = (
    (31, 120, 60),  # wood
    (240, 201, 74),  # ripe field
    (58, 124, 189),  # water
    (199, 67, 52),  # roofs
    (155, 206, 107),  # meadow
    (142, 94, 55),  # soil
    (150, 152, 160),  # paved
    (132, 84, 164),  # heath
    (243, 150, 64),  # orchard
    (118, 205, 200),  # shallow water
    (240, 164, 189),  # blossom
    (84, 92, 28),  # scrub
    (247, 236, 190),  # sand
    (28, 62, 110),  # deep water
    (214, 62, 140),  # greenhouse
    (205, 225, 60),  # young crop
)
MOST_COLORS = 254
TOLD_APART = 20.0  # for up to 100 classes; more have to do with less, but never with less than 12
_LATTICE_STEP = 8


def distinct_colors(n: int) -> list:
    """``n`` clearly different colors (red, green, blue), each 0..255, n at most 254.

    The first are chosen by hand; each further one is farthest from all before it (glaring ones late).
    So a short palette begins a longer one. Near black and near white are left to a map's other signs.

    >>> distinct_colors(2)
    [(31, 120, 60), (240, 201, 74)]
    """
    if not 0 <= n <= MOST_COLORS:
        raise ParameterError(f"A palette has 0 to {MOST_COLORS} colors, not {n}.")
    return list(_longest_palette()[:n])


def another_color(taken: list) -> tuple:
    """The first color of the palette that is clearly different from all that are ``taken``; the one that is most, where
    none is.

    >>> another_color([(20, 92, 48)])  # not wood, which has nearly this one
    (240, 201, 74)
    """
    lab = to_lab(np.reshape(taken, (-1, 3)))
    apart = [min(_distance(lab, to_lab(color)), default=np.inf) for color in _longest_palette()]
    first = next((place for place, least in enumerate(apart) if least >= TOLD_APART), int(np.argmax(apart)))
    return _longest_palette()[first]


@functools.cache
def _longest_palette() -> tuple:
    candidates, lab = _lattice()
    usable = (lab[:, 0] > 22) & (lab[:, 0] < 93)
    candidates, lab = candidates[usable], lab[usable]
    calm = 1 / (1 + np.maximum(np.hypot(lab[:, 1], lab[:, 2]) - 50, 0) / 50)
    palette = list(FIRST_COLORS)
    nearest = np.min([_distance(lab, to_lab(color)) for color in palette], axis=0)
    while len(palette) < MOST_COLORS:
        farthest = int((nearest * calm).argmax())
        palette.append(tuple(int(part) for part in candidates[farthest]))
        nearest = np.minimum(nearest, _distance(lab, lab[farthest]))
    return tuple(palette)


def separate(colors, distance: float = TOLD_APART) -> list:
    """The colors (n, 3), 0..255, moved as little as makes any two ``distance`` apart in CIELAB.

    Earlier colors keep their place (put the largest classes first); a later one that is too like one of them
    goes to the nearest color that is free. If so many do not fit at that distance, a smaller one is taken.

    >>> separate([(90, 120, 60), (200, 60, 50)])
    [(90, 120, 60), (200, 60, 50)]
    """
    wanted = np.asarray(colors, np.float64).reshape(-1, 3)
    if len(wanted) > MOST_COLORS:
        raise ParameterError(f"At most {MOST_COLORS} colors can be told apart, not {len(wanted)}.")
    wanted = np.clip(np.rint(np.nan_to_num(wanted, nan=128.0)), 0, 255)
    while True:
        placed = _place(wanted, distance)
        if placed is not None:
            return placed
        distance *= 0.85


def _place(wanted: np.ndarray, distance: float):
    """`separate` at one distance, or None where no free color is left."""
    candidates, lab = _lattice()
    free = np.ones(len(lab), bool)
    placed, placed_lab = [], np.empty((0, 3))
    for color in wanted:
        own = to_lab(color)
        if len(placed) and _distance(placed_lab, own).min() < distance:
            if not free.any():
                return None
            best = int(np.where(free, _distance(lab, own), np.inf).argmin())
            color, own = candidates[best], lab[best]
        placed.append(tuple(int(part) for part in color))
        placed_lab = np.vstack([placed_lab, own])
        free &= _distance(lab, own) >= distance
    return placed


@functools.cache
def _lattice() -> tuple:
    """Colors (n, 3) evenly spread over red, green and blue, and the same in CIELAB (n, 3)."""
    steps = np.append(np.arange(0, 256, _LATTICE_STEP), 255)
    rgb = np.stack(np.meshgrid(steps, steps, steps, indexing="ij"), axis=-1).reshape(-1, 3)
    return rgb, to_lab(rgb)


def to_lab(rgb) -> np.ndarray:
    """CIELAB (..., 3): lightness 0..100, green-red, blue-yellow; of sRGB (..., 3), 0..255, D65."""
    share = np.asarray(rgb, np.float64) / 255
    linear = np.where(share > 0.04045, ((share + 0.055) / 1.055) ** 2.4, share / 12.92)
    # Rows are X, Y, Z of the primaries (IEC 61966-2-1), each divided by that of the white point.
    to_xyz = np.array([[0.4124, 0.3576, 0.1805], [0.2126, 0.7152, 0.0722], [0.0193, 0.1192, 0.9505]])
    x, y, z = np.moveaxis(linear @ (to_xyz / to_xyz.sum(axis=1, keepdims=True)).T, -1, 0)
    x, y, z = (np.where(t > 216 / 24389, np.cbrt(t), t * 841 / 108 + 4 / 29) for t in (x, y, z))
    return np.stack([116 * y - 16, 500 * (x - y), 200 * (y - z)], axis=-1)


def _distance(lab: np.ndarray, one: np.ndarray) -> np.ndarray:
    return np.sqrt(((lab - one) ** 2).sum(axis=-1))

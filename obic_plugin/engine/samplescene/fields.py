"""Parcels: the land divided by lines, each piece with its crop."""

from __future__ import annotations

import numpy as np
from scipy import ndimage

from .canvas import CROPS, FIELD, GRASS, GRAVEL, MEADOW, MEADOWS, ROAD, SOIL, SOILS, Canvas
from .noise import fractal_noise, smooth_noise

KINDS = [(FIELD, *c) for c in CROPS] + [(SOIL, *c) for c in SOILS] + [(MEADOW, *c) for c in MEADOWS]


class Parcels:
    """The division of the land: ``parcel`` and ``block`` ids (h, w), ``angle`` (n,) of each parcel's rows.

    A block is what farm tracks enclose; it holds several parcels that share about one direction.
    """

    def __init__(self, canvas: Canvas, rng: np.random.Generator):
        self._rng = rng
        self._block_area, self._parcel_area = 7e4 * canvas.unit**2, 1.1e4 * canvas.unit**2
        bend = 26 * canvas.unit
        self.x = (canvas.col + bend * smooth_noise(canvas.shape, 330 * canvas.unit, rng)).ravel()
        self.y = (canvas.row + bend * smooth_noise(canvas.shape, 330 * canvas.unit, rng)).ravel()
        self.parcel, self.block = (np.zeros(canvas.shape, np.int32) for _ in range(2))
        self.angle, self._n_blocks = [], 0
        self._split(np.arange(self.parcel.size), rng.uniform(0, np.pi), None)
        self.angle = np.array(self.angle)
        self.edge_px = edge_distance(self.parcel)
        self.block_edge_px = edge_distance(self.block)

    def _split(self, pixels: np.ndarray, angle: float, block) -> None:
        if block is None and pixels.size < self._block_area * self._rng.uniform(0.7, 1.6):
            block = self._n_blocks
            self._n_blocks += 1
            self.block.flat[pixels] = block
        if block is not None and pixels.size < self._parcel_area * self._rng.lognormal(0.1, 0.65):
            self.parcel.flat[pixels] = len(self.angle)
            self.angle.append(angle)
            return
        # Blocks turn by up to 20 degrees against their parents; the parcels of a block stay parallel.
        turn = angle + (self._rng.uniform(-0.35, 0.35) if block is None else self._rng.normal(0, 0.012))
        along = self.x[pixels] * np.cos(turn) + self.y[pixels] * np.sin(turn)
        across = self.y[pixels] * np.cos(turn) - self.x[pixels] * np.sin(turn)
        if block is not None:
            across = across * 1.9  # strips: rather long than square
        cut = along if np.ptp(along) > np.ptp(across) else across
        first = cut < np.quantile(cut, self._rng.uniform(0.32, 0.68))
        self._split(pixels[first], turn, block)
        self._split(pixels[~first], turn, block)


def edge_distance(ids: np.ndarray) -> np.ndarray:
    """Distance (h, w) in px from each pixel to the nearest change of id."""
    inner = np.ones(ids.shape, bool)
    inner[1:] &= ids[1:] == ids[:-1]
    inner[:, 1:] &= ids[:, 1:] == ids[:, :-1]
    return ndimage.distance_transform_edt(inner).astype(np.float32)


def paint_fields(canvas: Canvas, parcels: Parcels, rng: np.random.Generator) -> None:
    """Cover everything with crops, soil and meadows, and the tracks between blocks."""
    shape, parcel = canvas.shape, parcels.parcel
    n = len(parcels.angle)
    shares = np.array([kind[3] for kind in KINDS])
    kind = rng.choice(len(KINDS), n, p=shares / shares.sum())
    spectra = np.array([k[1] for k in KINDS], np.float32)[kind]
    spectra *= rng.normal(1, 0.07, (n, 1)) * rng.normal(1, 0.03, (n, 4))
    growth = fractal_noise(shape, 90, rng, 5, 0.6)  # uneven soil and growth, seen through every crop
    growth *= rng.uniform(0.02, 0.085, n).astype(np.float32)[parcel]
    growth += _rows(canvas, parcels, np.array([k[2] for k in KINDS])[kind], rng)
    growth += 0.035 * rng.standard_normal(shape).astype(np.float32)
    canvas.classes[:] = np.array([k[0] for k in KINDS], np.uint8)[kind][parcel]
    for band, response in enumerate((1.0, 0.9, 0.9, -0.45)):  # thin growth: brighter, but darker in infrared
        canvas.reflectance[band] = spectra[:, band][parcel] * (1 + response * growth)
    heights = np.where(canvas.classes == FIELD, 0.9, 0.1).astype(np.float32)
    canvas.surface_m[:] = heights * rng.uniform(0.3, 1.3, n).astype(np.float32)[parcel]
    _paint_margins(canvas, parcels, rng)


def _rows(canvas: Canvas, parcels: Parcels, strength: np.ndarray, rng: np.random.Generator) -> np.ndarray:
    """Stripes (h, w) of seed rows and of wheel tracks; on the headland they follow the parcel's edge."""
    parcel, n = parcels.parcel, len(parcels.angle)
    cosine, sine = (f(parcels.angle).astype(np.float32)[parcel] for f in (np.cos, np.sin))
    x, y = parcels.x.reshape(canvas.shape), parcels.y.reshape(canvas.shape)
    across = y * cosine - x * sine
    headland = parcels.edge_px < rng.uniform(5, 12, n)[parcel]
    across = np.where(headland, parcels.edge_px, across) + 0.25 * smooth_noise(canvas.shape, 25, rng)
    period = rng.uniform(2.6, 5.5, n).astype(np.float32)[parcel]
    rows = np.sin(2 * np.pi * across / period) * strength.astype(np.float32)[parcel]
    rows *= 0.75 + 0.5 * smooth_noise(canvas.shape, 40, rng)
    lane = np.abs(np.mod(across, rng.uniform(18, 30, n).astype(np.float32)[parcel]) - 6)
    tracks = np.maximum(0, 1 - np.abs(lane - 1.0)) * rng.uniform(0, 0.16, n).astype(np.float32)[parcel]
    return rows + tracks * ~headland


def _paint_margins(canvas: Canvas, parcels: Parcels, rng: np.random.Generator) -> None:
    wobble = smooth_noise(canvas.shape, 18, rng)
    grass = np.array(GRASS, np.float32)[:, None, None] * (1 + 0.1 * fractal_noise(canvas.shape, 12, rng, 3))
    margin = np.clip(0.9 + 0.5 * wobble - parcels.edge_px, 0, 0.45)
    canvas.paint(margin, grass * 1.05, MEADOW)
    verge = np.clip((1.7 + 2.5 * canvas.unit) + 0.8 * wobble - parcels.block_edge_px, 0, 1)
    canvas.paint(verge, grass, MEADOW)
    # Tracks are not everywhere: some block edges are only a strip of grass.
    kept = smooth_noise(canvas.shape, 260 * canvas.unit, rng) > -0.55
    worn = np.clip((1.3 + 0.8 * canvas.unit) + 0.25 * wobble - parcels.block_edge_px, 0, 1) * kept
    gravel = np.array(GRAVEL, np.float32)[:, None, None] * (1 + 0.07 * wobble)
    canvas.paint(worn * 0.95, gravel, ROAD)

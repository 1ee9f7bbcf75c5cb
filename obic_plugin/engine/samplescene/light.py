"""From reflectance and heights to what a sensor records."""

from __future__ import annotations

import numpy as np
from scipy import ndimage

from .canvas import WATER, Canvas
from .noise import fractal_noise, smooth_noise

SUN_AZIMUTH, SUN_ELEVATION = np.radians(148.0), np.radians(44.0)  # a summer's late morning
SKYLIGHT = (0.17, 0.21, 0.28, 0.12)  # share of the light that comes from the sky, per band
HAZE = (130.0, 180.0, 290.0, 70.0)  # reflectance x 10000 added by the air, per band


def illuminate(canvas: Canvas, relief_m: np.ndarray) -> np.ndarray:
    """Reflected light (4, h, w): slopes facing the sun are brighter, things cast shadows."""
    ground = canvas.surface_m + relief_m
    down, right = np.gradient(ndimage.gaussian_filter(ground, 0.7))
    # Leaves and tiles scatter light: the full cosine of a 60 degree slope would be too harsh.
    down, right = (np.tanh(slope * 0.55) for slope in (down, right))
    south, east = -np.cos(SUN_AZIMUTH), np.sin(SUN_AZIMUTH)
    toward_sun = 1 - (down * south + right * east) / np.tan(SUN_ELEVATION)
    direct = np.clip(toward_sun / np.sqrt(1 + down**2 + right**2), 0.0, 1.7) * (1 - shadows(ground))
    direct = ndimage.gaussian_filter(direct, 0.45)
    direct[canvas.classes == WATER] = np.maximum(direct[canvas.classes == WATER], 0.55)
    return np.stack([band * (sky + (1 - sky) * direct) for band, sky in zip(canvas.reflectance, SKYLIGHT)])


def shadows(ground_m: np.ndarray, reach_px: int = 30) -> np.ndarray:
    """Share (h, w) in 0..1 of the sun that is hidden by something up to ``reach_px`` away."""
    hidden = np.zeros_like(ground_m)
    height, width = ground_m.shape
    south, east = -float(np.cos(SUN_AZIMUTH)), float(np.sin(SUN_AZIMUTH))
    for step in range(1, min(reach_px, height - 1, width - 1)):
        down, right = round(step * south), round(step * east)
        here = np.s_[max(-down, 0) : height - max(down, 0), max(-right, 0) : width - max(right, 0)]
        there = np.s_[max(down, 0) : height - max(-down, 0), max(right, 0) : width - max(-right, 0)]
        above = ground_m[there] - ground_m[here] - step * np.tan(SUN_ELEVATION)
        np.maximum(hidden[here], np.clip(above, 0, 1), out=hidden[here])
    return hidden


def record(light: np.ndarray, rng: np.random.Generator) -> np.ndarray:
    """What the sensor stores, (4, h, w) uint16 in 1..10000: haze, uneven light, blur of the optics, noise."""
    shape = light.shape[1:]
    reach = max(shape) * 0.45
    veil = 1 + 0.35 * smooth_noise(shape, reach, rng) + 0.12 * fractal_noise(shape, reach / 3, rng)
    veil = np.clip(veil, 0.2, 3)
    falloff = 1 + 0.05 * smooth_noise(shape, reach, rng)
    gain = 1 + 0.004 * rng.standard_normal(shape[1]).astype(np.float32)  # detectors of a line sensor differ
    values = np.empty(light.shape, np.uint16)
    for band, haze in enumerate(HAZE):
        signal = light[band] * falloff * (1 - haze / 6000 * veil) + haze * veil
        signal = ndimage.gaussian_filter(signal, 0.65 if band < 3 else 0.75) * gain
        noise = rng.standard_normal(shape).astype(np.float32) * np.sqrt(18**2 + 0.45 * np.maximum(signal, 0))
        values[band] = np.clip(np.rint(signal + noise), 1, 10000)
    return values


def swath(shape: tuple, rng: np.random.Generator) -> np.ndarray:
    """Mask (h, w), true where the sensor looked: its slanted edge leaves out the upper right corner."""
    height, width = shape
    row, col = np.arange(height)[:, None] / height, np.arange(width)[None, :] / width
    steps = np.cumsum(rng.normal(0, 0.0004, height))[:, None]
    steps = steps + 0.006 * (np.floor(row * 9 + rng.uniform()) % 2)
    return col < 0.80 + 0.42 * row + steps

"""The sample scene at a later date, for the gallery: parts of another made-up scene in it, and other light."""

from __future__ import annotations

from pathlib import Path

import numpy as np
from osgeo import gdal

from obic_plugin.engine.samplescene import make_sample_scene
from obic_plugin.engine.samplescene.noise import fractal_noise

CHANGED = 0.12  # share of the scene whose ground is that of the other one
PATCH_PX, GAIN, HAZE = (
    160,
    (0.85, 0.9, 0.95, 0.8),
    150,
)  # light of the later date, by band, of reflectance x 10000


def write_later_scene(image: Path, truth: Path, later: Path, later_truth: Path, seed: int) -> None:
    """Write what a scene is later, and the truth of that; ``seed`` is that of the other scene."""
    sources = [gdal.Open(str(path)) for path in (image, truth)]
    values, classes = (source.ReadAsArray() for source in sources)
    other, other_classes = make_sample_scene(seed, classes.shape)
    height = fractal_noise(classes.shape, PATCH_PX, np.random.default_rng(seed), 3, 0.35)
    there = (classes > 0) & (other_classes > 0)
    new = there & (height > np.quantile(height[there], 1 - CHANGED))
    light = np.array(GAIN)[:, None, None] * np.where(new, other, values) + HAZE
    written = light.round().astype(values.dtype) * (classes > 0), np.where(new, other_classes, classes)
    for source, path, array in zip(sources, (later, later_truth), written):
        gdal.GetDriverByName("GTiff").CreateCopy(str(path), source).WriteArray(array)

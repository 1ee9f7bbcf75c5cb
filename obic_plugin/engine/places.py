"""Places of a scene, superpixels all over it: what is known of them, and their outlines."""

from __future__ import annotations

from collections import defaultdict
from typing import NamedTuple

import numpy as np
import torch
import torch.nn.functional as functional
from osgeo import gdal, ogr
from scipy.ndimage import label

from .progress import Progress, Steps
from .raster.grid import RasterGrid, Window
from .raster.sample import training_windows
from .superpixels.cellreader import CellReader
from .training.suggestions import Places
from .workers import worked_ahead

N_WINDOWS, WINDOW_PX = 16, 512  # of a scene, among which places are chosen: 4 Mpx
NEAR_CELLS = 1  # so many superpixels away from a label counts as labeled


class SeenPlaces(NamedTuple):
    """`Places`, and where each one is: the window (n,) in which it was seen, and its id (n,) there."""

    places: Places
    windows: list
    window: np.ndarray
    region: np.ndarray


def look(cells: CellReader, network, labels, seed: int, progress: Progress) -> SeenPlaces:
    """The superpixels in windows all over a raster.

    With a ``network`` over them (see `nets.labelnet`) it is known how sure it is of each; ``labels`` says by
    ``labels(window).valid`` where something is labeled already; both may be None.
    """
    work, size_px = cells.reader.work, cells.superpixels.size_px
    windows = training_windows(work, WINDOW_PX, N_WINDOWS, seed, size_px, cells.reader.content)
    steps, found = Steps(progress, len(windows)), []

    def seen(number: int, pause) -> dict | None:
        return _in_window(cells, network, labels, windows[number], number, pause)

    for each in worked_ahead(seen, range(len(windows)), cells.device, steps.pause):
        found.append(each)
        steps.next()
    joined = {name: np.concatenate([each[name] for each in found]) for name in found[0]}
    joined = _once(joined)
    told, margins = (joined["told"], joined["margin"]) if network is not None else (None, None)
    places = Places(_in_units(joined["features"], cells), told, margins, joined["labels"])
    return SeenPlaces(places, windows, joined["window"], joined["region"])


def _in_window(cells: CellReader, network, labels, window: Window, number: int, pause) -> dict:
    scaled = cells.scaled(cells.read(window)[1])
    superpixels, patch = cells.cells(scaled, window, pause)
    regions = patch.regions[patch.valid].cpu().numpy()
    regions, first = np.unique(regions, return_index=True)
    n_plain = patch.values.shape[0] - cells.encoder.network.n_features
    features = patch.values[n_plain:, patch.valid].T.cpu().numpy()[first]
    told, margin = np.zeros(len(features), int), np.zeros(len(features))
    if network is not None:
        with torch.inference_mode():
            shares = network(patch.values[None], patch.valid[None])[0].softmax(0)
        best = shares[:, patch.valid].topk(2, 0)
        told, margin = (
            best.indices[0].cpu().numpy()[first],
            (-best.values.diff(dim=0)[0]).cpu().numpy()[first],
        )
    near = np.zeros(len(features), int)
    if labels is not None:
        near = _near_labels(labels, window, cells.superpixels.size_px, patch.valid.cpu())[first]
        near[near > 0] += number * patch.valid.numel()  # others than in any window before
    return {
        "features": features,
        "told": told,
        "margin": margin,
        "labels": near,
        "window": np.full(len(features), number),
        "region": regions,
        "number": superpixels.numbers.cpu().numpy()[regions],
    }


def _near_labels(labels, window: Window, size_px: int, valid: torch.Tensor) -> np.ndarray:
    """(n,) int for the valid cells: the number, from 1, of the labels that lie nearby; 0 where there are none. Those
    that lie close together are one."""
    around = window.align(size_px).grow(NEAR_CELLS * size_px)
    there = torch.from_numpy(labels.labels(around).valid[None, None].astype(np.float32))
    cells = functional.max_pool2d(there, size_px)
    near = functional.max_pool2d(cells, 2 * NEAR_CELLS + 1, 1)[0, 0] > 0
    return label(near.numpy(), np.ones((3, 3)))[0][valid.numpy()]


def _once(found: dict) -> dict:
    """Windows may overlap: of each superpixel one."""
    _, first = np.unique(found.pop("number"), return_index=True)
    return {name: values[first] for name, values in found.items()}


def _in_units(features: np.ndarray, cells: CellReader) -> np.ndarray:
    """Features that vary alike, each kind of them as much as another."""
    spread = features.std(0) + 1e-6
    return (features - features.mean(0)) / (spread * np.sqrt(cells.encoder.network.group_sizes))


def outlines(cells: CellReader, seen: SeenPlaces, chosen: np.ndarray, progress: Progress) -> list:
    """The WKB of the outline of each of the chosen places, in their order."""
    wanted = defaultdict(list)
    for place in chosen:
        wanted[int(seen.window[place])].append(int(place))
    found, steps = {}, Steps(progress, len(wanted))
    for number, places in wanted.items():
        window = seen.windows[number]
        superpixels = cells.segmented(cells.scaled(cells.read(window)[1]), window, steps.pause)
        ids = superpixels.ids.cpu().numpy()
        for place in places:
            found[place] = _outline(ids == seen.region[place], cells.reader.grid[superpixels.window])
        steps.next()
    return [found[int(place)] for place in chosen]


def _outline(mask: np.ndarray, grid: RasterGrid) -> bytes:
    """The WKB of what lies around the pixels of a mask: a polygon, or several where parts touch at corners alone."""
    raster = gdal.GetDriverByName("MEM").Create("", mask.shape[1], mask.shape[0], 1, gdal.GDT_Byte)
    raster.SetGeoTransform(grid.transform)
    band = raster.GetRasterBand(1)
    band.WriteArray(mask.astype(np.uint8))
    memory = ogr.GetDriverByName("Memory").CreateDataSource("")
    layer = memory.CreateLayer("")
    gdal.Polygonize(band, band, layer, -1)
    whole = ogr.Geometry(ogr.wkbMultiPolygon)
    for feature in layer:
        whole.AddGeometry(feature.GetGeometryRef())
    return bytes(whole.ExportToWkb())

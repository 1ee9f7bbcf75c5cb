"""An image that is worked on in one piece: whether it fits, reading it, and its map and iterations."""

from __future__ import annotations

import math

import numpy as np
import torch

from . import device as devices
from .errors import InputError
from .job import RESIDENT_MB, MapJob
from .mapping import BLOCK_PX, Tile
from .methods.mapparams import MapParams
from .production import Production
from .progress import Progress, Span, Steps
from .raster.classes import ClassTable, LandClass
from .raster.reader import RasterReader
from .raster.statistics import Scaling
from .raster.writer import RasterWriter
from .superpixels.given import read_ids
from .training.selfvote import Scene, SelfVote

TILE_PX = 4 * BLOCK_PX  # written at a time


def refuse_too_large(params: MapParams, floats_per_px: int) -> None:
    """Refuse an image whose training, at so many float32 a pixel, would not fit the memory limit."""
    reader = RasterReader(params.input, params.bands, params.extent)
    limit_mb = params.memory_mb or _free_mb(devices.choose_device(params.device))
    bytes_per_px = 4 * floats_per_px + 12 * reader.n_bands + 100
    room_px = max(limit_mb - RESIDENT_MB, 64) * 2**20 / bytes_per_px
    if reader.work.size <= room_px:
        return
    side_px = math.isqrt(int(room_px)) // 10 * 10
    needed_mb = math.ceil(reader.work.size * bytes_per_px / 2**20 + RESIDENT_MB)
    raise InputError(
        f"The image is worked on in one piece, and {reader.work.width} x {reader.work.height} px of it need about"
        f" {needed_mb} MB; the limit is {limit_mb} MB, enough for {side_px} x {side_px} px. Choose a smaller extent or"
        " a higher memory limit, or Unsupervised segmentation (obic:unsupervisedsegmentation): it works tile by tile."
    )


def _free_mb(device: torch.device) -> int:
    """Half of this computer's memory, or nine tenths of what is free on a GPU."""
    if device.type == "cuda":
        return int(0.9 * torch.cuda.mem_get_info(device)[0]) >> 20
    return devices.physical_memory_mb() // 2


class WholeImageJob(MapJob):
    """A `MapJob` without tiles: ``make_map(objective, scene, n_classes)`` writes what a `SelfVote` has found."""

    def read_scene(self, scaling: Scaling, superpixels=None, ids: str | None = None) -> Scene:
        """The work area on the device, cut by a `Slic` or `Felzenszwalb`, or by a raster of ``ids``."""
        work, raster = self.reader.work, self.reader.grid.window
        window = work if superpixels is None else superpixels.reading(work, raster)
        scaled = scaling(self.reader.read(window))
        values, valid = (torch.from_numpy(part).to(self.device) for part in (scaled.values, scaled.valid))
        here = work.within(window).slices
        if superpixels is None:
            given = torch.from_numpy(read_ids(ids, self.reader.grid, work)).to(self.device)
        else:
            found = superpixels.segment(values, valid, work, raster, lambda: self.training.at(0))
            given = torch.cat([found.numbers + 1, found.numbers.new_zeros(1)])[
                found.ids[work.within(found.window).slices].long()
            ]
        values, given = values[(slice(None), *here)], torch.where(valid[here], given, 0)
        if not given.any():
            raise InputError(
                f"No valid pixel of {self.params.input} has a superpixel in {ids}. Check that the two cover the same"
                " ground."
            )
        return _scene(values, given)

    def _tile_px(self, scene: Scene) -> int:
        return TILE_PX

    def _make_map(self, objective: SelfVote, scene: Scene, n_classes: int, names, tile_px: int) -> ClassTable:
        work = self.reader.work
        labels, confidence = objective.result().numpy(), objective.confidence().numpy()
        numbers = torch.cat([scene.numbers, scene.numbers.new_zeros(1)])[scene.regions]
        numbers = numbers.cpu().numpy().astype(np.uint32)
        tiles = work.tiles(tile_px)
        told = Steps(self._mapping, len(tiles))
        strew = self.params.superpixels != "raster"
        with Production(self.params, self.reader, self.display, n_classes, self.staging, strew) as production:
            for tile in tiles:
                here = tile.within(work).slices
                values = self.reader.read(tile).values
                production.add(Tile(tile, labels[here], confidence[here], numbers[here], values))
                told.next()
            self.start("Writing the map")
            self.table, self.area, self.order = production.finish(self.metadata, self._finishing, names)
        return self.table

    def write_iterations(self, objective: SelfVote, paths: dict) -> None:
        """Write what was kept of step n to ``paths[n]``; classes have the values that they have in the map."""
        rest = [label for label in range(1, 256) if label not in self.order]
        lookup = np.zeros(256, np.uint8)
        lookup[[*self.order, *rest]] = np.arange(1, 256)
        for done, (n_steps, path) in enumerate(paths.items()):
            span = Span(self._drawing, 0.1 * done / len(paths), 0.1 * (done + 1) / len(paths))
            self._write_iteration(path, n_steps, lookup[objective.kept[n_steps].numpy()], span)

    def _write_iteration(self, path: str, n_steps: int, labels: np.ndarray, progress: Progress) -> None:
        table = self._mean_colors(labels)
        with RasterWriter(path, self.reader.grid) as writer:
            # the legend first: GDAL refuses a color table once pixels are in the file
            writer.describe({**self.metadata, "OBIC_ITERATION": n_steps}, table)
            for tile in self.reader.work.tiles(TILE_PX):
                writer.write(tile, labels[tile.within(self.reader.work).slices])
            writer.finish("NEAREST", progress)

    def _mean_colors(self, labels: np.ndarray) -> ClassTable:
        """The legend of the labels (h, w) in use, in the mean colors of their pixels."""
        count, sums = np.zeros(256), np.zeros((3, 256))
        for tile in self.reader.work.tiles(TILE_PX):
            part = labels[tile.within(self.reader.work).slices].ravel()
            values = self.reader.read(tile).values
            count += np.bincount(part, minlength=256)
            for total, band in zip(sums, self.display.bands):
                total += np.bincount(part, values[band].ravel(), minlength=256)
        used = np.flatnonzero(count[1:]) + 1
        colors = self.display.to_bytes(sums[:, used] / count[used]).T.tolist()
        return ClassTable(
            tuple(LandClass(int(v), f"class {v}", tuple(color)) for v, color in zip(used, colors))
        )


def _scene(values: torch.Tensor, given: torch.Tensor) -> Scene:
    """The scene of values (B, h, w) and ids (h, w) int64 from 1; 0 for no superpixel."""
    numbers, regions = torch.unique(given, return_inverse=True)
    if int(numbers[0]) == 0:
        numbers, regions = numbers[1:], regions - 1
    return Scene(torch.where(regions >= 0, values, 0), regions, numbers)

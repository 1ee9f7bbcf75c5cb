"""An image that is worked on in one piece: whether it fits, reading it, what training has made of it."""

from __future__ import annotations

import math

import numpy as np
import torch

from .device import choose_device
from .errors import InputError
from .job import MapJob
from .labelers.finished import Finished
from .labelers.labeler import labels_confidence_superpixels
from .mapparams import MapParams
from .mapseries import write_labels
from .raster.patch import Patch
from .raster.reader import RasterReader
from .raster.scaling import Scaling
from .superpixels.cellreader import CellReader
from .superpixels.given import read_ids
from .superpixels.kinds import Kind
from .tiling import RESIDENT_MB, physical_memory_mb, room_bytes
from .training.selfvote import Scene, SelfVote


def refuse_too_large(params: MapParams, floats_per_px: int) -> None:
    """Refuse an image whose training, at so many float32 a pixel, would not fit the memory limit."""
    reader = RasterReader(params.input, params.bands, params.extent)
    limit_mb = params.memory_mb or _free_mb(choose_device(params.device))
    bytes_per_px = 4 * floats_per_px + 12 * reader.n_bands + 100
    room_px = room_bytes(limit_mb) / bytes_per_px
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
    return physical_memory_mb() // 2


def read_scene(
    job: MapJob, scaling: Scaling, superpixels: Kind | None = None, ids: str | None = None
) -> Scene:
    """The work area on the job's device, cut by a `Slic` or `Felzenszwalb`, or by a raster of ``ids``."""
    work = job.reader.work
    if superpixels is None:
        scaled = _on_device(scaling(job.reader.read(work)), job.device)
        given = torch.from_numpy(read_ids(ids, job.reader.grid, work)).to(job.device)
        given = torch.where(scaled.valid, given, 0)
        if not given.any():
            raise InputError(
                f"No valid pixel of {job.reader.source} has a superpixel in {ids}. Check that the two cover the same"
                " ground."
            )
        return _scene(scaled.values, given)
    cells, waiting = CellReader(job.reader, scaling, superpixels, job.device), job.part(0.0, 1.0)
    window, raw = cells.read(work)
    scaled = _on_device(scaling(raw), job.device)
    found = cells.segmented(scaled, work, lambda: waiting.at(0.0))
    numbers = torch.cat([found.numbers + 1, found.numbers.new_zeros(1)])
    given = numbers[found.ids[work.within(found.window).slices].long()]
    here = work.within(window).slices
    return _scene(scaled.values[(slice(None), *here)], torch.where(scaled.valid[here], given, 0))


def _on_device(patch: Patch, device: torch.device) -> Patch:
    return Patch(*(torch.from_numpy(part).to(device) for part in (patch.values, patch.valid)))


def finished(
    objective: SelfVote, scene: Scene, reader: RasterReader, n_classes: int, scattered: bool
) -> Finished:
    """The labels that training has ended with, as a labeler; ``scattered``: whether its superpixels' numbers may
    be changed to tell neighbors apart."""
    numbers = torch.cat([scene.numbers, scene.numbers.new_zeros(1)])[scene.regions]
    found = {
        "labels": objective.result().numpy(),
        "confidence": objective.confidence().numpy(),
        "superpixels": numbers.cpu().numpy().astype(np.uint32),
    }
    labels, confidence, superpixels = labels_confidence_superpixels(n_classes)
    planes = (labels, confidence, superpixels._replace(scattered=scattered))
    return Finished(reader, reader.work, found, planes)


def write_iterations(job: MapJob, kept: dict, paths: dict, order: np.ndarray) -> None:
    """Write the labels that were ``kept`` of step n to ``paths[n]``, in the mean colors of their classes.

    Classes have the values that they have in the map; ``order`` are the labels of the map's classes, first to last.
    """
    rest = [label for label in range(1, 256) if label not in order]
    lookup = np.zeros(256, np.uint8)
    lookup[[*order, *rest]] = np.arange(1, 256)
    for done, (n_steps, path) in enumerate(paths.items()):
        part = job.beside(done / len(paths), (done + 1) / len(paths))
        metadata = {**job.metadata, "OBIC_ITERATION": n_steps}
        write_labels(path, lookup[kept[n_steps].numpy()], job.reader, job.display, metadata, part)


def _scene(values: torch.Tensor, given: torch.Tensor) -> Scene:
    """The scene of values (B, h, w) and ids (h, w) int64 from 1; 0 for no superpixel."""
    numbers, regions = torch.unique(given, return_inverse=True)
    if int(numbers[0]) == 0:
        numbers, regions = numbers[1:], regions - 1
    return Scene(torch.where(regions >= 0, values, 0), regions, numbers)

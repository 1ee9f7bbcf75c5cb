"""The classes of two dates and the probability of change, tile by tile into rasters."""

from __future__ import annotations

from contextlib import ExitStack

import numpy as np

from ..labelers.pair import DatedClasses
from ..memory import give_back
from ..progress import Progress, Span, Steps
from ..raster.classes import ClassTable
from ..raster.writer import RasterWriter
from ..staging import Staging
from ..tiling import largest_tile_px, memory_limit_mb
from ..wording import count

OUTPUTS = {"labels": "output_classes", "second": "output_classes2", "probability": "output_probability"}


def map_dates(
    labeler: DatedClasses, classes: ClassTable, params, staging: Staging, metadata: dict, progress: Progress
) -> dict:
    """{plane: path} of what was mapped: staged where the user wants it, else scratch beside the main output."""
    grid, work = labeler.reader.grid, labeler.reader.work
    tile_px = largest_tile_px(labeler.bytes_per_px, memory_limit_mb(params.memory_mb))
    windows = work.tiles(tile_px)
    progress.say(f"Mapping {work.size / 1e6:.2f} Mpx in tiles of {tile_px} px: {count(len(windows))}")
    give_back()
    paths = {
        name: staging.path(getattr(params, output))
        if getattr(params, output)
        else staging.scratch(f"{name}.tif", beside=params.output)
        for name, output in OUTPUTS.items()
    }
    lookup = np.zeros(256, np.uint8)
    lookup[1 : len(classes) + 1] = classes.values
    steps = Steps(Span(progress, 0.0, 0.9), len(windows))
    with ExitStack() as files:
        writers = {name: files.enter_context(RasterWriter(path, grid)) for name, path in paths.items()}
        for name, writer in writers.items():
            writer.describe(metadata, classes if name != "probability" else None)
        for tile in labeler.tiles(windows, steps.pause):
            for name, writer in writers.items():
                values = tile.planes[name]
                writer.write(tile.window, values if name == "probability" else lookup[values])
            steps.next()
        for number, (name, writer) in enumerate(writers.items()):
            part = Span(progress, 0.9 + number / 30, 0.9 + (number + 1) / 30)
            if getattr(params, OUTPUTS[name]):
                writer.finish("AVERAGE" if name == "probability" else "NEAREST", part)
    return paths

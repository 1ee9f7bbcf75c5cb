"""Maps of a part of an image while something is being learned, and the report of how it went."""

from __future__ import annotations

import copy
import os
from collections.abc import Callable

import numpy as np

from .device import choose_device, describe
from .labelers.labeler import Labeler
from .mapreport import MapReport, write_map_report
from .mapseries import numbered_paths, write_labels
from .opening import OpenedImage
from .params import readable_settings
from .progress import Progress, Silent
from .provenance import provenance
from .raster.classes import ClassTable
from .raster.display import Display
from .raster.grid import Window
from .raster.reader import RasterReader
from .staging import Staging

SIDE_PX, TILE_PX = 768, 256
DRAWN = "drawn."  # and a step: the name of its labels


class Preview:
    """The middle of an image: its ``reader``, how it is shown (``display``), the ``device`` and ``metadata``; and the
    labels that were drawn at some steps."""

    def __init__(self, reader: RasterReader, display: Display, device, metadata: dict, staging: Staging):
        self.reader, self.display, self.device, self.metadata = reader, display, device, metadata
        self._staging, self._drawn = staging, {}

    @classmethod
    def of(cls, method, params, image: OpenedImage, progress: Progress, staging: Staging) -> Preview:
        """That of an opened image."""
        device, reader = choose_device(params.device), copy.copy(image.reader)
        reader.work = middle_of(reader.work)
        display = Display.of(reader, image.sample, params.display)
        return cls(
            reader, display, device, provenance(method.name, params, reader, describe(device)), staging
        )

    def draw(self, labeler: Labeler, step: int, pause: Callable) -> None:
        """Keep what the labeler says of the middle of the image, as labels of some step."""
        middle = self.reader.work
        labels = np.zeros((middle.height, middle.width), np.uint8)
        windows = list(middle.tiles(TILE_PX))
        for tile in labeler.tiles(windows, pause):
            labels[tile.window.within(middle).slices] = tile.planes["labels"]
        self._drawn[step] = labels

    @property
    def drawn(self) -> dict:
        """{name: (h, w) uint8} of what was drawn, for `restore`."""
        return {f"{DRAWN}{step}": labels for step, labels in self._drawn.items()}

    def restore(self, arrays: dict) -> None:
        """Have what an earlier run has `drawn`; other arrays are none of ours."""
        for name, labels in arrays.items():
            if name.startswith(DRAWN):
                self._drawn[int(name[len(DRAWN) :])] = np.asarray(labels)

    def write_maps(self, folder: str, name: str) -> None:
        """Stage a raster of each step, ``name`` being that of its file for a number."""
        paths = numbered_paths(folder, name, self._drawn, self._staging)
        for step, path in paths.items():
            self._write(path, step, Silent())

    def report(self, method, params, curve: list, numbers: dict, timings: list, progress: Progress) -> None:
        """Stage a report with the last map."""
        step = max(self._drawn)
        labels = self._staging.scratch("map.tif", params.output_report)
        table = self._write(labels, step, Silent())
        report = MapReport(
            title=f"{method.title}: {os.path.basename(params.output_model)}",
            image=self.reader,
            labels=labels,
            classes=table,
            output=params.output_model,
            display=self.display,
            settings=readable_settings(params),
            provenance=self.metadata,
            timings=timings,
            curve=curve,
            numbers=numbers,
            citation=method.citation,
        )
        write_map_report(self._staging.path(params.output_report), report, progress)

    def _write(self, path: str, step: int, progress: Progress) -> ClassTable:
        metadata = {**self.metadata, "OBIC_EPOCH": step}
        return write_labels(path, self._drawn[step], self.reader, self.display, metadata, progress)


def middle_of(work: Window) -> Window:
    """As much of the middle of a work area as is drawn soon."""
    row, col = work.row + (work.height - SIDE_PX) // 2, work.col + (work.width - SIDE_PX) // 2
    return Window(row, col, SIDE_PX, SIDE_PX).moved_into(work)

"""What all map-making methods do around their network: open, choose the device, map, write, report."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator
from functools import partial

from . import device as devices
from .errors import DeviceError
from .mapping import BLOCK_PX, Mapper, map_tiles
from .memory import give_back
from .methods.mapparams import MapParams
from .methods.method import Method
from .nets.modelfile import ModelFile
from .polygons import write_polygons
from .processes import LESS_MEMORY, PLANES, by_network, n_processes, shared_tiles
from .production import Production, Stopwatch, open_image
from .progress import Progress, Span, Steps
from .provenance import provenance
from .raster.classes import ClassTable
from .raster.display import Display
from .raster.statistics import Scaling, fit_scaling
from .report import Report, readable_settings, write_report
from .staging import Staging
from .superpixels.kinds import to_json
from .workers import WORKERS

DEFAULT_MEMORY_MB = 1000
RESIDENT_MB = 450  # Python, torch and GDAL themselves
MARGIN_PX = 400  # that a tile is read with, about, on both sides together
TRAINING_MPX = 12  # what training costs, as pixels that are mapped: makes progress even


class MapJob:
    """One run of a map-making method, from its checked parameters to its outputs.

    >>> job = MapJob(METHOD, params, progress, staging)      # doctest: +SKIP
    >>> network, mapper = ...                                # doctest: +SKIP
    >>> table = job.make_map(network, mapper, n_classes=16)  # doctest: +SKIP
    >>> job.finish()                                         # doctest: +SKIP
    """

    def __init__(self, method: Method, params: MapParams, progress: Progress, staging: Staging):
        self.method, self.params, self.watch = method, params, Stopwatch()
        self.device = devices.choose_device(params.device)
        self.watch.start("Reading a sample")
        progress.say("Reading a sample of the image")
        self.reader, self.sample, self.valid_share = open_image(params, Span(progress, 0.0, 0.02))
        self.display = Display.of(self.reader, self.sample, params.display)
        mpx = self.reader.work.size / 1e6
        trained = 0.02 + 0.9 * TRAINING_MPX / (TRAINING_MPX + mpx)
        mapped = 0.95 if not params.output_polygons else 0.75
        self.training = Span(progress, 0.02, trained * mapped)
        self._mapping = Span(progress, trained * mapped, 0.95 * mapped)
        self._finishing, self._drawing = Span(progress, 0.95 * mapped, mapped), Span(progress, mapped, 1.0)
        self.progress, self.staging = progress, staging
        self.table, self.area, self.order, self.curve = ClassTable(()), None, None, []
        self.metadata = provenance(method.name, params, self.reader, devices.describe(self.device))
        self._describe_input()

    def scaling(self) -> Scaling:
        """The scaling by this image's own statistics."""
        return fit_scaling(self.sample, self.progress)

    @property
    def n_valid_px(self) -> float:
        """About how many valid pixels there are to be mapped."""
        return self.valid_share * self.reader.work.size

    def start(self, stage: str) -> None:
        """Say that a stage begins, and time it."""
        self.progress.say(stage)
        self.watch.start(stage)

    def make_map(
        self, network, mapper: Mapper, n_classes: int, names: ClassTable | None = None
    ) -> ClassTable:
        """Map the image tile by tile and write the rasters; the legend is new, or ``names``."""
        tile_px = self._tile_px(mapper)
        try:
            return self._make_map(network, mapper, n_classes, names, tile_px)
        except (RuntimeError, MemoryError) as error:
            if not devices.is_out_of_memory(error):
                raise
            if n_processes() > 1:
                raise DeviceError(f"{self.device} ran out of memory. {LESS_MEMORY}") from error
            self.progress.say(f"Out of memory with tiles of {tile_px} px: once more with half of that.")
        devices.free_memory(self.device)
        return self._make_map(network, mapper, n_classes, names, tile_px // 2)

    def finish(self) -> None:
        """Write polygons and report: then all outputs are there, and get their names."""
        if self.params.output_polygons:
            self.start("Drawing polygons")
            self._write_polygons()
        self.watch.stop()
        if self.params.output_report:
            self._write_report()
        self.progress.say(f"Done in {self.watch.total_s:.1f} s: {len(self.table)} classes.")

    def save_model(self, path: str, network, mapper: Mapper) -> None:
        """Stage a model file whose first classes are those of the map's legend."""
        ModelFile(
            network=type(network).__name__,
            options=network.options,
            bands=list(self.reader.band_names),
            scaling=mapper.scaling.to_json(),
            classes=self.table.to_json(),
            recipe={"superpixels": to_json(mapper.superpixels)},
            history=self.metadata,
            weights=network.state_dict(),
        ).save(self.staging.path(path))

    def _make_map(self, network, mapper, n_classes, names, tile_px) -> ClassTable:
        give_back()
        tiles = self.reader.work.tiles(tile_px)
        self.start(f"Mapping {self.reader.work.size / 1e6:.2f} Mpx in {len(tiles)} tiles of {tile_px} px")
        with Production(self.params, self.reader, self.display, n_classes, self.staging) as production:
            told = Steps(self._mapping, len(tiles))
            tiles_of = partial(self._tiles, network, mapper, n_classes, pause=told.pause)
            if n_processes() > 1:
                order = self._order(self._how(network, mapper, n_classes))
                tiles_of = partial(shared_tiles, order, tiles_of)
            for tile in tiles_of(tiles):
                production.add(tile)
                told.next()
            self.start("Writing the map")
            self.table, self.area, self.order = production.finish(self.metadata, self._finishing, names)
        return self.table

    def _tiles(self, network, mapper, n_classes: int, windows: list, pause: Callable) -> Iterator:
        """A `Tile` for each of the windows, in order."""
        return map_tiles(mapper, network, n_classes, windows, pause)

    def _how(self, network, mapper, n_classes: int) -> dict:
        """What tells another process to map tiles in the same way."""
        return by_network(mapper, network, n_classes)

    def _order(self, how: dict) -> dict:
        """What another process has to know: how to map tiles of what, and what is wanted of each."""
        params, reader = self.params, self.reader
        names = "input", "extent", "mask", "device", "allow_network"
        image = {name: getattr(params, name) for name in names}
        return {
            "how": how,
            "image": {**image, "bands": reader.bands, "fill": reader.fill},
            "planes": [name for name in PLANES if name == "labels" or getattr(params, f"output_{name}")],
            "shown": sorted(set(self.display.bands)),
        }

    def _tile_px(self, mapper: Mapper) -> int:
        """The largest tile, up to 2048 px, whose arrays fit the memory limit."""
        limit = self.params.memory_mb or min(DEFAULT_MEMORY_MB, devices.physical_memory_mb() // 4)
        n_bands, n_channels = self.reader.n_bands, mapper.scaling.n_channels
        at_work, finished = 4 * n_bands + 5 * n_channels + 12, 4 * n_bands + 6
        room = max(limit - RESIDENT_MB, 64) * 2**20 / (WORKERS * at_work + 2 * finished)
        size = BLOCK_PX
        while size < 2048 and (size + BLOCK_PX + MARGIN_PX) ** 2 <= room:
            size += BLOCK_PX
        self.progress.say(
            f"Device: {devices.describe(self.device)}. Tiles of {size} px, memory limit {limit} MB."
        )
        return size

    def _describe_input(self) -> None:
        grid, reader = self.reader.grid, self.reader
        self.progress.say(f"{grid.width} x {grid.height} px, {len(reader.bands)} bands {reader.data_type}")

    def _write_polygons(self) -> None:
        staged = self.staging.path
        confidence = self.params.output_confidence
        write_polygons(
            staged(self.params.output),
            staged(self.params.output_polygons),
            self.table,
            self.reader,
            staged(confidence) if confidence else None,
            self._drawing,
            metadata=self.metadata,
        )

    def _write_report(self) -> None:
        staged, confidence = self.staging.path, self.params.output_confidence
        report = Report(
            title=f"{self.method.title}: {os.path.basename(self.params.output)}",
            image=self.reader,
            labels=staged(self.params.output),
            classes=self.table,
            output=self.params.output,
            confidence=staged(confidence) if confidence else None,
            areas_px=self.area,
            display=self.display,
            settings=readable_settings(self.params),
            provenance=self.metadata,
            timings=self.watch.stages,
            curve=self.curve,
            citation=self.method.citation,
        )
        write_report(staged(self.params.output_report), report, self._drawing)

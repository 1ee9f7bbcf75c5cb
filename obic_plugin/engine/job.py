"""What all map-making methods do around their labeler: open, choose the device, train, map, write, report."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator

from .accuracy.resampling import GroupedScores
from .device import choose_device, describe
from .errors import DeviceError, ParameterError
from .labelers.labeler import Labeler, Tile
from .labelers.table import labeler_name
from .labelmap import MapResult
from .livemap import LiveMap
from .mapparams import MapParams
from .mapreport import MapReport, write_map_report
from .memory import give_back
from .method import Method
from .modelfile import ModelFile
from .opening import OpenedImage, open_image
from .outofmemory import free_memory, is_out_of_memory
from .params import readable_settings
from .polygonize import write_polygons
from .processes import LESS_MEMORY, Wanted, n_processes, shared_tiles
from .production import Production
from .progress import Progress, Span, Steps
from .provenance import provenance
from .raster.classes import ClassTable
from .raster.display import Display
from .raster.scaling import Scaling, fit_scaling
from .staging import Staging
from .stopwatch import Stopwatch
from .tiling import largest_tile_px, memory_limit_mb
from .training.loop import fit
from .wording import count

TRAINING_MPX = 12  # what training costs, as pixels that are mapped: makes progress even
# parameters by which other processes open the image
REOPENED = ("image", "extent", "mask", "device", "allow_network")


class MapJob:
    """One run of a map-making method, from its checked parameters to its outputs.

    >>> job = MapJob.open(METHOD, params, progress, staging)      # doctest: +SKIP
    >>> labeler = ...                                             # doctest: +SKIP
    >>> result = job.make_map(labeler)                            # doctest: +SKIP
    >>> job.finish()                                              # doctest: +SKIP

    There are the opened image (``reader``, ``sample`` (B, n) of its values, ``n_valid_px``), how it is shown
    (``display``), the ``device``, and the ``metadata`` of all outputs; to train with, there are `scaling`, `start`,
    `part` and `fit`.
    """

    def __init__(
        self,
        method: Method,
        params: MapParams,
        progress: Progress,
        staging: Staging,
        image: OpenedImage,
        watch: Stopwatch | None = None,
    ):
        self.progress, self.device = progress, choose_device(params.device)
        self.reader, self.sample, self.n_valid_px = image.reader, image.sample, image.n_valid_px
        self.display = Display.of(image.reader, image.sample, params.display)
        self._method, self._params, self._staging = method, params, staging
        self._watch, self._curve, self._result = watch or Stopwatch(), [], None
        self._accuracy, self._notes, self._told, self._drawn = None, [], {}, {}
        self._confidence: str | None = None
        self.metadata = provenance(method.name, params, image.reader, describe(self.device))
        mpx = image.reader.work.size / 1e6
        trained = 0.02 + 0.9 * TRAINING_MPX / (TRAINING_MPX + mpx)
        mapped = 0.95 if not params.output_polygons else 0.75
        self._training = Span(progress, 0.02, trained * mapped)
        self._mapping = Span(progress, trained * mapped, 0.95 * mapped)
        self._finishing, self._drawing = Span(progress, 0.95 * mapped, mapped), Span(progress, mapped, 1.0)

    @classmethod
    def open(cls, method: Method, params: MapParams, progress: Progress, staging: Staging) -> MapJob:
        """A job on the parameters' image, of which a sample is read."""
        choose_device(params.device)  # which may refuse: before anything takes time
        watch = Stopwatch()
        watch.start("Reading a sample")
        progress.say("Reading a sample of the image")
        image = open_image(params, Span(progress, 0.0, 0.02))
        grid, reader = image.reader.grid, image.reader
        progress.say(f"{grid.width} x {grid.height} px, bands: {len(reader.bands)}, {reader.data_type}")
        return cls(method, params, progress, staging, image, watch)

    def scaling(self) -> Scaling:
        """The scaling by this image's own statistics."""
        return fit_scaling(self.sample, self.progress)

    def start(self, stage: str) -> None:
        """Say that a stage begins, and time it."""
        self.progress.say(stage)
        self._watch.start(stage)

    def part(self, start: float, end: float) -> Progress:
        """The part ``start`` to ``end`` (fractions) of all that comes before mapping."""
        return Span(self._training, start, end)

    def live(self, classes: ClassTable | None = None) -> LiveMap:
        """What the user sees of the map while it is learned."""
        return LiveMap(self.reader, self.display, self.progress, classes)

    def fit(self, objective, batches: Iterator, n_steps: int, rate: float, part: Progress, **options) -> None:
        """Train by `training.loop.fit`; the report shows the curve."""
        self.add_to_curve(fit(objective, batches, n_steps, rate, part, **options))

    def add_to_curve(self, history: list) -> None:
        """What else the report is to show of how the classes were found: [(step, {term: value})]."""
        self._curve += history

    def add_accuracy(self, accuracy: GroupedScores | None, lines: list) -> None:
        """What is known of how good the map will be: scores for the report, and lines for report and user."""
        self._accuracy = accuracy
        for line in lines:
            self.note(line)

    def note(self, line: str) -> None:
        """What the user is to know, now and in the report."""
        self._notes.append(line)
        self.progress.say(line)

    def add_to_report(self, **parts) -> None:
        """Further parts of the `MapReport`, by their names there."""
        self._told.update(parts)

    def draw_polygons(self, **options) -> None:
        """How polygons are to be drawn, see `write_polygons`."""
        self._drawn.update(options)

    def make_map(self, labeler: Labeler, names: ClassTable | None = None) -> MapResult:
        """Map the image tile by tile and write the rasters; the legend is new, or ``names``."""
        self._refuse_absent_planes(labeler)
        self._confidence = self._confidence_path(labeler)
        limit = memory_limit_mb(self._params.memory_mb)
        tile_px = largest_tile_px(labeler.bytes_per_px, limit)
        self.progress.say(f"Device: {describe(self.device)}. Tiles of {tile_px} px, memory limit {limit} MB.")
        try:
            return self._make_map(labeler, names, tile_px)
        except (RuntimeError, MemoryError) as error:
            if not is_out_of_memory(error):
                raise
            if n_processes() > 1:
                raise DeviceError(f"{self.device} ran out of memory. {LESS_MEMORY}") from error
            self.progress.say(f"Out of memory with tiles of {tile_px} px: once more with half of that.")
        free_memory(self.device)
        return self._make_map(labeler, names, tile_px // 2)

    def _refuse_absent_planes(self, labeler: Labeler) -> None:
        """Refuse an output of what the labeler does not find: a model of pixels knows no superpixels."""
        found = {plane.name for plane in labeler.planes}
        for name in ("confidence", "superpixels"):
            path = getattr(self._params, f"output_{name}")
            if path and name not in found:
                raise ParameterError(
                    f"No {name} can be written to {path}: this map is made pixel by pixel, without any. Leave it out."
                )

    def _confidence_path(self, labeler: Labeler) -> str | None:
        """Where confidence is written, as an output or for the polygons alone, which have its means."""
        params, found = self._params, [plane.name for plane in labeler.planes]
        if params.output_confidence:
            return self._staging.path(params.output_confidence)
        if params.output_polygons and "confidence" in found:
            return self._staging.scratch("confidence.tif", params.output_polygons)
        return None

    def save_model(self, path: str, labeler: Labeler) -> None:
        """Stage a model file of the labeler, whose first classes are those of the map's legend."""
        bands, classes = list(self.reader.band_names), self._result.classes.to_json()
        ModelFile.of(labeler, bands, classes, self.metadata).save(self._staging.path(path))

    def staged(self, path: str) -> str:
        """Where an output lies until all are there."""
        return self._staging.path(path)

    def beside(self, start: float, end: float) -> Progress:
        """The part ``start`` to ``end`` (fractions) of what a method writes beside the map's own files."""
        return Span(Span(self._drawing, 0.0, 0.1), start, end)

    def finish(self) -> None:
        """Write polygons and report: then all outputs are there, and get their names."""
        if self._params.output_polygons:
            self.start("Drawing polygons")
            self._write_polygons()
        self._watch.stop()
        if self._params.output_report:
            self._write_report()
        self.progress.say(f"Done in {self._watch.total_s:.1f} s: {len(self._result.classes)} classes.")

    def _make_map(self, labeler: Labeler, names: ClassTable | None, tile_px: int) -> MapResult:
        give_back()
        tiles = self.reader.work.tiles(tile_px)
        self.start(
            f"Mapping {self.reader.work.size / 1e6:.2f} Mpx in tiles of {tile_px} px: {count(len(tiles))}"
        )
        with Production(
            self._params, self.reader, self.display, labeler.planes, self._staging, self._confidence
        ) as production:
            told = Steps(self._mapping, len(tiles))
            for tile in self._tiles(labeler, tiles, told.pause):
                production.add(tile)
                self.progress.show("labels", tile.planes["labels"], tile.window)
                told.next()
            self.start("Writing the map")
            self._result = production.finish(self.metadata, self._finishing, names)
        return self._result

    def _tiles(self, labeler: Labeler, windows: list, pause: Callable) -> Iterator[Tile]:
        """A `Tile` for each of the windows, in order, by all processes that there are."""
        if n_processes() == 1 or not labeler_name(labeler):
            return labeler.tiles(windows, pause)
        params, reader = self._params, self.reader
        image = {name: getattr(params, name) for name in REOPENED}
        image.update(bands=reader.bands, fill=reader.fill)
        asked = {
            "labels": True,
            "confidence": self._confidence,
            "superpixels": params.output_superpixels,
        }
        names = [plane.name for plane in labeler.planes if asked.get(plane.name)]
        return shared_tiles(labeler, image, Wanted(names, sorted(set(self.display.bands))), windows, pause)

    def _write_polygons(self) -> None:
        staged = self._staging.path
        write_polygons(
            staged(self._params.output),
            staged(self._params.output_polygons),
            self._result.classes,
            self.reader,
            self._confidence,
            self._drawing,
            metadata=self.metadata,
            **self._drawn,
        )

    def _write_report(self) -> None:
        staged, params = self._staging.path, self._params
        report = MapReport(
            title=f"{self._method.title}: {os.path.basename(params.output)}",
            image=self.reader,
            labels=staged(params.output),
            classes=self._result.classes,
            output=params.output,
            confidence=staged(params.output_confidence) if params.output_confidence else None,
            areas_px=self._result.areas_px,
            display=self.display,
            settings=readable_settings(params),
            provenance=self.metadata,
            timings=self._watch.stages,
            curve=self._curve,
            accuracy=self._accuracy,
            notes=self._notes,
            citation=self._method.citation,
            **self._told,
        )
        write_map_report(staged(params.output_report), report, self._drawing)

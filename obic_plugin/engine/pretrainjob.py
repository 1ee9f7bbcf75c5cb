"""What a pretraining does around its objective: images, preview, epochs until time is over, checkpoints, outputs."""

from __future__ import annotations

from contextlib import nullcontext

import torch

from .encoding import all_seen, block_px
from .labelers.cells import CellLabeler
from .livemap import LiveMap
from .method import Method
from .modelfile import ModelFile
from .nets.convolution import generator
from .nets.imagefeatures import LAST
from .nets.imagenet import lacking
from .opening import even_sample, open_image, open_others
from .params import Params
from .preview import Preview
from .processes import ask_to_train, n_processes, threads_shared
from .progress import Progress, Span
from .provenance import START
from .raster.classes import ClassTable
from .raster.palette import distinct_colors
from .raster.reader import RasterReader
from .raster.sample import training_windows
from .raster.scaling import fit_scaling
from .staging import Staging
from .stopwatch import Stopwatch
from .superpixelparams import COMPACTNESS
from .superpixels.cellreader import CellReader
from .superpixels.features import feature_names
from .superpixels.slic import Slic
from .tiling import memory_limit_mb, room_bytes
from .training import views
from .training.budget import Budget, Timed
from .training.checkpoint import Checkpoint, Reached, run_identity
from .training.pretraining import Pretraining, order_to_train, patches_of, steps_of_an_epoch
from .training.sampler import pixel_patches
from .training.together import Alone, Together
from .wording import count

LOSS = "the encoder starts from chance, which takes many more images and much more time"
WINDOW_PX, MOST_WINDOWS = 512, 64
MAP_NAME = "epoch_{:05d}.tif"


class PretrainJob:
    """One run of a pretraining, from its checked parameters to its outputs.

    >>> job = PretrainJob.open(METHOD, params, progress, staging)      # doctest: +SKIP
    >>> job.train()                                                    # doctest: +SKIP
    >>> numbers = job.finish()                                         # doctest: +SKIP
    """

    def __init__(self, method: Method, params: Params, images: list, progress: Progress, staging: Staging):
        self._method, self._params, self._images, self._staging = method, params, images, staging
        self._progress, self._watch = progress, Stopwatch()
        self._preview = Preview.of(method, params, images[0], progress, staging)
        self._checkpoint = Checkpoint(params.output_model, run_identity(params, (*params.input, params.mask)))
        staging.unfinished(self._checkpoint.path)
        kept = self._checkpoint.load()
        self._budget = Budget(60 * params.minutes, kept.told["seconds"] if kept else 0.0)
        self._timed = Timed(Span(progress, 0.02, 0.95), self._budget)
        self._scaling = fit_scaling(even_sample([image.sample for image in images]), progress)
        self._native_px = views.VIEW_PX * block_px(images[0].reader) // LAST
        self._start = self._started_from()
        self._together = Together() if n_processes() > 1 else Alone()
        self._network = (
            all_seen(self._preview.display, self._scaling),
            block_px(images[0].reader),
            params.prototypes,
            self._start,
        )
        self._training = Pretraining(
            *self._network,
            generator(params.seed),
            self._preview.device,
            self._budget.share,
            self._timed.pause,
            self._together,
        )
        if kept:
            self._training.restore(*kept)
            self._preview.restore(kept.tensors)
            steps = self._training.n_steps
            progress.say(f"Going on from step {count(steps)}, which an earlier run has reached.")

    @classmethod
    def open(cls, method: Method, params: Params, progress: Progress, staging: Staging) -> PretrainJob:
        """A job on all images of the parameters."""
        opening = Span(progress, 0.0, 0.02)
        first = open_image(params, opening)
        return cls(method, params, [first, *open_others(params, first.reader, opening)], progress, staging)

    def train(self) -> None:
        """Epochs until the time is over; what has been reached is kept after each, until the run has ended."""
        with threads_shared() if self._together.count > 1 else nullcontext():
            self._epochs()

    def finish(self) -> dict:
        """Stage model, maps and report; returns how many prototypes live, and the teacher's entropy."""
        training, params, progress = self._training, self._params, Span(self._progress, 0.95, 1.0)
        labeler = self._labeler()
        if params.output_maps or params.output_report:
            self._begin("Drawing a cluster map")
            self._preview.draw(labeler, training.n_epochs, lambda: progress.at(0.0))
        if params.output_maps:
            self._preview.write_maps(params.output_maps, MAP_NAME)
        self._save(labeler)
        numbers = training.numbers()
        self._watch.stop()
        if params.output_report:
            labeled = {self._method.numbers[name]: value for name, value in numbers.items()}
            curve = [tuple(row) for row in training.history]
            self._preview.report(self._method, params, curve, labeled, self._watch.stages, progress)
        return numbers

    def _epochs(self) -> None:
        params, training, together = self._params, self._training, self._together
        patches = self._patches()
        native_px = self._native_px
        n_steps = max(1, steps_of_an_epoch(patches, native_px) // together.count)
        self._begin(f"Learning for {params.minutes:g} min, {n_steps} steps an epoch")
        if training.n_epochs == 0:
            training.begin(patches, native_px, params.seed, self._timed.pause)
        live = LiveMap(self._images[0].reader, self._preview.display, self._progress)
        if together.count > 1:
            self._ask_others(patches, n_steps)
            patches = patches_of(patches, 0, together.count)
        while together.first_says(training.n_epochs == 0 or self._budget.share() < 1):
            training.epoch(patches, native_px, n_steps, params.seed, self._timed)
            self._progress.say(training.told())
            if params.output_maps and training.n_epochs & (training.n_epochs - 1) == 0:
                self._preview.draw(self._labeler(), training.n_epochs, self._timed.pause)
            self._keep()
            if live.is_due(training.n_epochs):
                live.draw(self._labeler(self._images[0].reader), self._timed.pause)

    def _ask_others(self, patches: list, n_steps: int) -> None:
        """Have other processes train along, each on some of the patches."""
        settings = {
            "network": self._network,
            "native_px": self._native_px,
            "n_steps": n_steps,
            "seed": self._params.seed,
            "device": self._params.device,
            "n_processes": self._together.count,
        }
        ask_to_train(*order_to_train(self._training, settings, patches))

    def _keep(self) -> None:
        """Save what has been reached, and the maps that were drawn on the way."""
        tensors, told = self._training.state()
        tensors.update({name: torch.from_numpy(labels) for name, labels in self._preview.drawn.items()})
        scratch = self._staging.scratch("checkpoint", self._params.output_model)
        self._checkpoint.save(Reached(tensors, {**told, "seconds": self._budget.spent_s}), scratch)

    def _begin(self, stage: str) -> None:
        self._progress.say(stage)
        self._watch.start(stage)

    def _started_from(self) -> str:
        """Where to start from: chance where the weights of ImageNet lack, which is said."""
        lost = lacking(LOSS) if self._params.start == "imagenet" else ""
        if lost:
            self._progress.say(lost)
        return "scratch" if lost else self._params.start

    def _patches(self) -> list:
        """Windows spread over the images, scaled, in memory."""
        self._begin("Reading windows to learn from")
        room = room_bytes(memory_limit_mb(self._params.memory_mb)) / 2
        n_windows = int(room / (4 * self._scaling.n_channels * WINDOW_PX**2))
        n_each = max(1, min(n_windows, MOST_WINDOWS) // len(self._images))
        patches = []
        for reader, _, _ in self._images:
            windows = training_windows(reader.work, WINDOW_PX, n_each, self._params.seed, 1, reader.content)
            patches += pixel_patches(reader, self._scaling, windows, self._timed.pause)
        return patches

    def _labeler(self, reader: RasterReader | None = None) -> CellLabeler:
        """What maps the first image, its middle or what a ``reader`` reads, by what the teacher knows now."""
        preview = self._preview
        network = self._training.network(len(feature_names(self._scaling.n_channels)))
        superpixels = Slic(self._params.superpixel_size, COMPACTNESS)
        cells = CellReader(
            reader or preview.reader, self._scaling, superpixels, preview.device, network.encoder
        )
        return CellLabeler(cells, network, self._params.prototypes)

    def _save(self, labeler: CellLabeler) -> None:
        """Stage the model file."""
        n_prototypes = self._params.prototypes
        names = [f"prototype {n + 1}" for n in range(n_prototypes)]
        classes = ClassTable.of(distinct_colors(n_prototypes), names)
        bands = list(self._images[0].reader.band_names)
        history = {**self._preview.metadata, START: self._start}
        model = ModelFile.of(labeler, bands, classes.to_json(), history)
        model.save(self._staging.path(self._params.output_model))

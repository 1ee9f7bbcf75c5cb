"""Method 5, its first step: an image encoder learns from images without labels.

Xu, Zhang, Yue, Wang: *SDCluster: A clustering based self-supervised pretraining method for semantic segmentation of
remote sensing images*, ISPRS Journal of Photogrammetry and Remote Sensing 223, 2025. Two views of a place are to get
the same prototypes; see training/prototypes.py. What is different from the published method:

- It goes on from what an encoder has learnt from photographs, so that it takes minutes and not days.
- It has a time and not a number of epochs; a run that was killed goes on from where it was.
- Published are 256 prototypes for a million images; here are fewer, for the ground that a few images show.
"""

from __future__ import annotations

import os
from dataclasses import dataclass

from .. import superpixelparams as fields
from ..mapparams import ComputeParams, random_seed
from ..method import Method
from ..params import band_numbers, choice, integer, number, output_file, output_folder, rasters

LOSS = "the encoder starts from chance, which takes many more images and much more time"
WINDOW_PX, MOST_WINDOWS = 512, 64
LEAST_STEPS = 16  # of an epoch
MAP_NAME = "epoch_{:05d}.tif"


@dataclass(frozen=True)
class PretrainParams(ComputeParams):
    input: tuple = rasters(
        "Images",
        "One or more images of one sensor, or a virtual raster of many. No labels are needed.",
    )
    bands: tuple = band_numbers("Bands", "Bands to use, such as 1,2,3. Without a choice, all but alpha.")
    minutes: float = number(
        20.0,
        "Minutes",
        "How long to learn. More images need more, and to start from scratch needs much more.",
        low=0.01,
        high=100_000,
    )
    start: str = choice(
        "imagenet",
        "Start from",
        """ImageNet: an encoder that has seen a million photographs goes on with your images, for minutes. Scratch: one
        that has seen nothing, for many images, hours and a GPU.""",
        {"imagenet": "ImageNet", "scratch": "Scratch"},
    )
    prototypes: int = integer(
        64,
        "Prototypes",
        "How many kinds of ground may be told apart. Those that nothing is like die out. Published: 256.",
        low=2,
        high=254,
        advanced=True,
    )
    superpixel_size: int = fields.size(
        8, "Maps by the prototypes are made of superpixels of about this side."
    )
    seed: int = random_seed()
    output_model: str = output_file(
        "Model",
        """What was learned: the encoder for Train from labels, and the prototypes for Cluster map. Until it is done,
        what has been reached is kept beside it, in a file of the same name that ends in .unfinished.""",
        extension="safetensors",
    )
    output_maps: str = output_folder(
        "Folder for cluster maps",
        """The prototypes on the middle of the first image after 1, 2, 4, 8 … epochs and at the end, in the mean colors
        of their pixels: see what is being learned. Those of an earlier run in the folder are replaced.""",
        style="iterations",
        pattern="epoch_?????.*",
        optional=True,
    )
    output_report: str = output_file(
        "Report",
        "A page to read or print: a cluster map, the terms of the loss, live prototypes and entropy over time.",
        extension="html",
        optional=True,
    )


def run(params: PretrainParams, progress, staging) -> dict:
    """Train an encoder; returns how many prototypes are live, and the entropy of the teacher's shares."""
    from ..opening import open_image, open_others
    from ..preview import Preview
    from ..progress import Cancelled, Span
    from ..training.budget import Budget
    from ..training.checkpoint import Checkpoint

    checkpoint = Checkpoint(params.output_model, identity_of(params))
    opening = Span(progress, 0.0, 0.02)
    first = open_image(params, opening)
    images = [first, *open_others(params, first.reader, opening)]
    preview = Preview.of(METHOD, params, images[0], progress, staging)
    kept = checkpoint.load()
    budget = Budget(60 * params.minutes, kept[1]["seconds"] if kept else 0.0)
    work = Work(params, images, preview, budget, Span(progress, 0.02, 0.95), staging)
    if kept:
        work.go_on(*kept)
    checkpoint.guarded(lambda: work.train(checkpoint), Cancelled)
    staging.retire(checkpoint.path)
    return work.finish(Span(progress, 0.95, 1.0))


class Work:
    """A training on images, and what it leaves: maps at some epochs, a model, a report."""

    def __init__(self, params: PretrainParams, images: list, preview, budget, progress, staging):
        from ..encoding import block_px
        from ..nets.convolution import generator
        from ..opening import even_sample
        from ..raster.scaling import fit_scaling
        from ..stopwatch import Stopwatch
        from ..training.budget import Timed
        from ..training.pretraining import Pretraining

        self.params, self.preview, self.budget, self.staging = params, preview, budget, staging
        self.watch, self.timed, self._said = Stopwatch(), Timed(progress, budget), progress.say
        self.scaling = fit_scaling(even_sample([image.sample for image in images]), progress)
        self.block_px, self.images = block_px(images[0].reader), images
        start = started(params.start, progress)
        seen = all_seen(preview.display, self.scaling)
        self.training = Pretraining(
            seen,
            params.prototypes,
            start,
            generator(params.seed),
            preview.device,
            budget.share,
            self.timed.pause,
        )

    def go_on(self, tensors: dict, told: dict) -> None:
        """From what an earlier run has reached."""
        self.training.restore(tensors, told)
        self._said(f"Going on from step {told['steps']:,}, which an earlier run has reached.")

    def train(self, checkpoint) -> None:
        """Epochs until the time is over."""
        from ..nets.imagefeatures import LAST
        from ..training.views import VIEW_PX

        patches, training = self._patches(), self.training
        native_px = VIEW_PX * self.block_px // LAST
        n_steps = steps_of_an_epoch(patches, native_px)
        self._start(f"Learning for {self.params.minutes:g} minutes, {n_steps} steps an epoch")
        if training.n_epochs == 0:
            training.begin(patches, native_px, self.params.seed, self.timed.pause)
        while training.n_epochs == 0 or self.budget.share() < 1:
            training.epoch(patches, native_px, n_steps, self.params.seed, self.timed)
            terms, objective = training.history[-1][1], training.objective
            self._said(
                f"Epoch {training.n_epochs}: {training.n_steps:,} steps, loss"
                f" {terms['semantic consistency'] + terms['prototype constraint']:.3f}, {objective.live} live"
                f" prototypes, teacher's entropy {objective.entropy:.2f}"
            )
            tensors, told = training.state()
            scratch = self.staging.scratch("checkpoint", self.params.output_model)
            checkpoint.save(tensors, {**told, "seconds": self.budget.spent_s}, scratch)
            if self.params.output_maps and training.n_epochs & (training.n_epochs - 1) == 0:
                self.preview.draw(self._labeler(), training.n_epochs, self.timed.pause)

    def finish(self, progress) -> dict:
        """Stage model, maps and report."""
        from ..modelfile import ModelFile
        from ..raster.classes import ClassTable
        from ..raster.palette import distinct_colors

        labeler, training, params = self._labeler(), self.training, self.params
        if params.output_maps or params.output_report:
            self._start("Drawing a cluster map")
            self.preview.draw(labeler, training.n_epochs, lambda: progress.at(0.0))
        if params.output_maps:
            self.preview.write_maps(params.output_maps, MAP_NAME)
        names = [f"prototype {n + 1}" for n in range(params.prototypes)]
        classes = ClassTable.of(distinct_colors(params.prototypes), names)
        reader, metadata = self.images[0].reader, self.preview.metadata
        model = ModelFile.of(labeler, list(reader.band_names), classes.to_json(), metadata)
        model.save(self.staging.path(params.output_model))
        last = training.history[-1][1]
        numbers = {
            "prototype_count": round(last["live prototypes"] * params.prototypes),
            "teacher_entropy": last["teacher entropy"],
        }
        self.watch.stop()
        if params.output_report:
            labeled = {METHOD.numbers[name]: value for name, value in numbers.items()}
            curve = [(step, terms) for step, terms in training.history]
            self.preview.report(METHOD, params, curve, labeled, self.watch.stages, progress)
        return numbers

    def _start(self, stage: str) -> None:
        self._said(stage)
        self.watch.start(stage)

    def _patches(self) -> list:
        """Windows spread over the images, scaled, in memory."""
        from ..raster.sample import training_windows
        from ..tiling import memory_limit_mb, room_bytes

        self._start("Reading windows to learn from")
        room = room_bytes(memory_limit_mb(self.params.memory_mb)) / 2
        n_windows = int(room / (4 * self.scaling.n_channels * WINDOW_PX**2))
        n_each = max(1, min(n_windows, MOST_WINDOWS) // len(self.images))
        patches = []
        for reader, _, _ in self.images:
            for window in training_windows(
                reader.work, WINDOW_PX, n_each, self.params.seed, 1, reader.content
            ):
                self.timed.pause()
                patches.append(as_tensors(self.scaling(reader.read(window))))
        return [patch for patch in patches if patch.valid.any()]

    def _labeler(self):
        """What maps the first image by what the teacher knows now."""
        from ..labelers.cells import CellLabeler
        from ..superpixels.cellreader import CellReader
        from ..superpixels.features import feature_names
        from ..superpixels.slic import Slic

        n_channels = self.scaling.n_channels
        network = self.training.network(len(feature_names(n_channels)), n_channels, self.block_px)
        superpixels = Slic(self.params.superpixel_size, fields.COMPACTNESS)
        device = self.preview.device
        cells = CellReader(self.preview.reader, self.scaling, superpixels, device, network.encoder)
        return CellLabeler(cells, network, self.params.prototypes)


def identity_of(params: PretrainParams) -> str:
    """What two runs have in common if one may go on where the other was: settings, files as they are, versions."""
    import json

    from ..provenance import versions

    settings = {n: v for n, v in params.settings().items() if n not in ("device", "memory_mb")}
    files = [(os.path.abspath(path), *stamp(path)) for path in (*params.input, params.mask or "")]
    return json.dumps([settings, files, versions()], default=str)


def stamp(path: str) -> tuple:
    """Size and time of change of a file; nothing of what is none."""
    try:
        found = os.stat(path)
    except OSError:
        return ()
    return found.st_size, found.st_mtime_ns


def started(start: str, progress) -> str:
    """Where to start from: chance where the weights of ImageNet lack, which is said."""
    from ..nets.imagenet import lacking

    lost = lacking(LOSS) if start == "imagenet" else ""
    if not lost:
        return start
    progress.say(lost)
    return "scratch"


def all_seen(display, scaling) -> list:
    """The channels that the encoder sees: those shown as red, green and blue first, then all others."""
    from ..encoding import seen_channels

    first = seen_channels(display, scaling)
    return first + [n for n in range(scaling.n_channels) if n not in first]


def steps_of_an_epoch(patches: list, native_px: int) -> int:
    """How many it takes to see about all of the patches once."""
    from ..training.pretraining import N_CROPS
    from ..training.views import SCENE

    n_px = sum(patch.valid.numel() for patch in patches)
    return max(LEAST_STEPS, round(n_px / (N_CROPS * (SCENE * native_px) ** 2)))


def as_tensors(patch):
    """The patch with its arrays as tensors."""
    import torch

    return type(patch)(torch.from_numpy(patch.values), torch.from_numpy(patch.valid))


METHOD = Method(
    name="pretrain",
    title="Pretrain an encoder",
    group="Segmentation",
    params=PretrainParams,
    run=run,
    when="Many images and few labels: an image encoder that has learnt from your own images.",
    help="""<p>Two views of a place, cut out, turned and in other light, are to be taken for the same kind of ground; a
    slow copy of the encoder says for which. Nobody has to label anything. What comes out is an encoder for Train from
    labels, and prototypes, kinds of ground that have formed by themselves: Cluster map shows them.</p>
    <p>Any data type, any number of bands, and nodata are fine. It learns as long as you say, from a sample of windows.
    A run that was killed goes on where it was if it is started again with the same settings; one that you cancel
    leaves nothing behind.</p>""",
    citation="Xu et al.: SDCluster: A clustering based self-supervised pretraining method for semantic segmentation"
    " of remote sensing images. ISPRS Journal of Photogrammetry and Remote Sensing 223, 2025.",
    tags=("self-supervised", "pretraining", "deep learning", "clustering", "encoder", "few labels"),
    numbers={"prototype_count": "Live prototypes", "teacher_entropy": "Entropy of the teacher"},
    loads=("sklearn.cluster",),
)

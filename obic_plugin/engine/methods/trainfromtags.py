"""Method 3: land-cover maps from a word or two for each chip.

Li, Zhang, Xiao: *One Model Is Enough: Toward Multiclass Weakly Supervised Remote Sensing Image Semantic Segmentation*,
IEEE TGRS 2023. A network learns which chips have which tags; where it looks for a class (its activation) becomes the
label of a pixel, among the tags of the chip; a second network learns these labels, and maps whole images without tags.
All published parts are here, and can be switched on. What is different, since it measured better (see benchmarks):

- The encoder stays as photographs have taught it: what a few hundred tags could change in it is not worth the time.
- Activations come from pixels that are each to be one of their chip's tags (training/tags.py), not from the mean over
  the chip, so that classes are told apart that often occur together.
- Two scales of activations for four, and one of small chips: they are as good, and sooner there.
- Activations are refined over superpixels instead of by a dense CRF.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, NamedTuple

from .. import superpixelparams as fields
from ..mapparams import MapParams, model_output, random_seed, shared_bands
from ..method import Method
from ..params import (
    choice,
    flag,
    integer,
    layer,
    output_raster,
    polygons,
    rasters,
)
from ..params import field as field_of
from ..wording import count

if TYPE_CHECKING:
    from ..chips.reading import KnownChips
    from ..raster.scaling import Scaling
    from ..training.taggedchips import TaggedChips

LOSS = "nothing can be learned from tags without them"
ON_FIRST = "output_activation", "output_pseudo", "output_uncertainty"


@dataclass(frozen=True)
class TrainFromTagsParams(MapParams):
    input: tuple = rasters(
        "Images",
        "The image to be mapped; or several of one sensor, of which the first is mapped and all may have chips.",
    )
    bands: tuple = shared_bands()
    chips: str = polygons(
        "Chips",
        """Chips with tags: polygons on the images, as Chips makes them, or a table (CSV) that names a file for each.
        Those without tags are left out.""",
    )
    field: str = field_of(
        "Tag field", "Field that holds the tags, with ; between them. Without a choice: tags.", parent="chips"
    )
    reference: str = layer(
        "Reference",
        """Polygons, lines or points with a class field, or a label raster, of some of the classes that tags name.
        Nothing is learned from them: the report says how good the map is there.""",
        optional=True,
    )
    reference_field: str = field_of(
        "Class field of the reference",
        "Field of the polygons, lines or points that holds the class, spelled as in the tags.",
        parent="reference",
    )
    activation: str = choice(
        "candidates",
        "Where classes are",
        """How it is found which pixels of a chip are of which of its tags. Candidates: each pixel is one of the tags of
        its chip, each tag is somewhere. Mean activation: the chip as a whole looks like its tags. SEAM: the same, and
        two scales have to agree, as published.""",
        {"candidates": "Candidates", "mean": "Mean activation", "seam": "SEAM (published)"},
        advanced=True,
    )
    scales: str = choice(
        "auto",
        "Scales of activations",
        """Whether chips are looked at as they are, which is quickest; also at twice their size; or at 0.5, 1, 1.5 and 2
        times their size. Several scales are each looked at mirrored, too. Automatic: as they are where chips are
        smaller than 128 pixels, else also at twice their size.""",
        {
            "auto": "Automatic",
            "one": "As they are",
            "two": "1 and 2, mirrored",
            "published": "0.5 to 2, mirrored (published)",
        },
        advanced=True,
    )
    refine: bool = flag(
        False,
        "Refine along superpixels",
        "All pixels of a superpixel get the same pseudo label.",
        advanced=True,
    )
    weighted: bool = flag(
        False,
        "Unsure pixels count less",
        "Pixels whose pseudo label changes with the power of an activation count less (published).",
        advanced=True,
    )
    iterations: int = integer(
        1,
        "Iterations",
        "How often the network learns: after the first time from what it says itself, within the tags.",
        low=1,
        high=20,
        advanced=True,
    )
    superpixel_size: int = fields.size(
        8, "The map is made of superpixels of about this side: the smallest thing that is to be seen on it."
    )
    seed: int = random_seed()
    output_model: str = model_output(
        "What was learned, to map other scenes with Apply model; no tags are needed there."
    )
    output_activation: str = output_raster(
        "Activations",
        """How much each pixel of the chips on the first image is taken for each of the tags, in percent, a band for
        each class.""",
        style="activation",
        optional=True,
    )
    output_pseudo: str = output_raster(
        "Pseudo labels",
        "The classes from which the network has learned, where chips lie on the first image.",
        style="pseudo",
        optional=True,
    )
    output_uncertainty: str = output_raster(
        "Uncertainty",
        "How unsure pseudo labels are, in percent, where chips lie on the first image.",
        style="score",
        optional=True,
    )


def run(params: TrainFromTagsParams, progress, staging) -> dict:
    """Map the first image; returns the number of classes and of chips."""
    from ..chips.cooccurrence import advice
    from ..chips.reading import known_chips
    from ..job import MapJob
    from ..labelers.dense import Dense
    from ..opening import open_others
    from ..raster.classes import ClassTable, LandClass
    from ..superpixels.slic import Slic
    from ..threads import two_threads
    from ..training.fromtags import learn

    job = MapJob.open(METHOD, params, progress, staging)
    images = [job, *open_others(params, job.reader, job.part(0.0, 0.0))]
    job.start("Reading tags")
    readers = {image.reader.source: image.reader for image in images}
    known = known_chips(params.chips, params.field, {name: reader.grid for name, reader in readers.items()})
    refuse_nothing_to_show(params, known, job.reader)
    check = check_of(params, job.reader, known.names, progress)
    known, chips, scaling = seen_chips(params, job, images, known, readers)
    job.start(f"Learning {len(known.names)} classes from the tags of {len(chips)} chips")
    superpixels = Slic(params.superpixel_size, fields.COMPACTNESS)
    classes = ClassTable(tuple(LandClass(value, name, None) for value, name in enumerate(known.names, 1)))

    def labeler_of(network) -> Dense:
        return Dense(job.reader, scaling, network, len(classes), superpixels, job.device)

    watch = job.live(classes).watching(chips.network, labeler_of)
    with two_threads():
        learned = learn(chips, settings_of(params), job.part(0.1, 1.0), watch)
    job.add_to_curve(learned.history)
    job.add_accuracy(None, advice(known.found))
    labeler = labeler_of(learned.network)
    result = job.make_map(labeler, classes)
    show_stages(params, job, known, learned, result.classes, staging)
    if params.output_model:
        job.save_model(params.output_model, labeler)
    tested = {} if check is None else checked(params, job, check, result.classes.names)
    job.finish()
    return {"class_count": len(result.classes), "chip_count": len(chips), **tested}


def refuse_nothing_to_show(params: TrainFromTagsParams, known, reader) -> None:
    """Refuse outputs of chips on the first image where none lies on it."""
    from ..errors import ParameterError

    wanted = [getattr(params, name) for name in ON_FIRST if getattr(params, name)]
    if wanted and not any(chip.source == reader.source for chip in known.chips):
        raise ParameterError(
            f"{wanted[0]} would show chips on {reader.source}, and none lies on it. Leave it out, or choose the image"
            " first that has chips."
        )


def check_of(params: TrainFromTagsParams, reader, names: tuple, progress):
    """The `MapCheck` by the reference; None without one."""
    from ..accuracy.mapcheck import MapCheck
    from ..raster.groundtruth import GroundTruth

    if not params.reference:
        return None
    truth = GroundTruth(params.reference, params.reference_field, reader.grid, progress, "reference")
    return MapCheck(truth, reader, names, params.seed, progress)


def checked(params: TrainFromTagsParams, job, check, names: tuple) -> dict:
    """Say and report how good the map is where the reference knows better; returns its accuracy."""
    from ..scoretable import REFERENCE, scores_of_classes

    found = check.scores(job.staged(params.output), job.beside(0.0, 1.0))
    if found is None:
        job.note("The map has no data where the reference has labels: how good it is there cannot be said.")
        return {}
    score = found.overall_accuracy
    job.note(
        f"Overall accuracy {score.value:.1%} (95 % confidence: {score.low:.1%} to {score.high:.1%}) on the reference,"
        " from which nothing was learned."
    )
    if check.untested:
        job.note(
            f"The reference has none of {', '.join(check.untested)}: how well these are mapped it does not say."
        )
    job.add_to_report(sections=[scores_of_classes(found, names, REFERENCE)])
    return {"overall_accuracy": score.value}


class ChipsToSee(NamedTuple):
    """The chips that there is room for; as `TaggedChips`, not looked at yet, with the network that is to learn; and
    the `Scaling`."""

    known: KnownChips
    chips: TaggedChips
    scaling: Scaling


def seen_chips(params: TrainFromTagsParams, job, images: list, known, readers: dict) -> ChipsToSee:
    """Of all ``known`` ones."""
    from ..chips.reading import ChipReader
    from ..encoding import image_features
    from ..errors import DependencyError
    from ..nets.imagenet import lacking
    from ..opening import even_sample
    from ..raster.scaling import fit_scaling
    from ..tiling import memory_limit_mb, room_bytes
    from ..training.finetuning import starting_from
    from ..training.taggedchips import SMALL_PX, TaggedChips, bytes_per_chip

    if lacking(LOSS):
        raise DependencyError(lacking(LOSS))
    elsewhere = any(chip.source not in readers for chip in known.chips)
    sample = (
        ChipReader(known.chips, readers, params.bands).sample(params.seed, job.part(0.0, 0.1))
        if elsewhere
        else even_sample([image.sample for image in images])
    )
    scaling = fit_scaling(sample, job.progress)
    n_px = max(job.reader.work.size, sum(chip.window.size for chip in known.chips))
    features = image_features("imagenet", LOSS, job.reader, job.display, scaling, job.progress, n_px)
    network = starting_from(features, len(known.names), params.seed)().to(job.device)
    shape = tuple(known.chips[0].window[2:])
    context = not elsewhere and max(shape) < SMALL_PX
    n_bytes = bytes_per_chip(network, shape, context)
    limit_mb = memory_limit_mb(params.memory_mb)
    n_most = max(1, int(room_bytes(limit_mb) / 2 / n_bytes))
    if n_most < len(known.chips):
        job.progress.say(
            f"Of {count(len(known.chips))} chips {count(n_most)} are learned from: more would not fit in {limit_mb} MB."
            " Set a higher memory limit to learn from all."
        )
        known = known.at_most(n_most, params.seed)
    read = ChipReader(known.chips, readers, params.bands, scaling)
    return ChipsToSee(known, TaggedChips(network, read, shape, known.tags, context), scaling)


def settings_of(params: TrainFromTagsParams):
    """The parts of the method that are wanted."""
    from ..superpixels.slic import Slic
    from ..training.fromtags import TagSettings

    return TagSettings(
        params.activation,
        params.scales,
        Slic(params.superpixel_size, fields.COMPACTNESS) if params.refine else None,
        params.weighted,
        params.iterations,
        params.seed,
        bool(params.output_uncertainty),
    )


def show_stages(params: TrainFromTagsParams, job, known, learned, classes, staging) -> None:
    """Write what is to be looked at of the way from tags to the map."""
    from ..chips.stages import ChipPainter, write_stages

    if not any(getattr(params, name) for name in ON_FIRST):
        return
    own = [(number, chip) for number, chip in enumerate(known.chips) if chip.source == job.reader.source]
    painter = ChipPainter(job.reader.grid, own, learned.network.score_px, job.metadata)
    write_stages(params, painter, learned, classes, staging, job.beside(0.0, 1.0))


METHOD = Method(
    name="trainfromtags",
    title="Train from tags",
    group="Tags",
    params=TrainFromTagsParams,
    run=run,
    when="A land-cover map from a word or two for each of some chips, instead of outlines.",
    help="""<p>Make chips, type into each which classes it shows, and train: the whole image is mapped, also where no
    chip is tagged. The model maps other scenes with Apply model, without tags.</p>
    <p>A class has to be in three chips or more, and not in all. Chips of one class alone teach most; what your tags
    cannot tell is said, also by Co-occurrence of tags. How good the map is tags cannot say: give a few reference
    polygons, from which nothing is learned.</p>""",
    citation="Li, Zhang, Xiao: One model is enough: Toward multiclass weakly supervised remote sensing image semantic"
    " segmentation. IEEE Transactions on Geoscience and Remote Sensing 61, 2023.",
    tags=(
        "land cover",
        "tags",
        "image-level labels",
        "weak supervision",
        "multilabel",
        "class activation map",
        "deep learning",
    ),
    numbers={
        "class_count": "Number of classes",
        "chip_count": "Chips with tags",
        "overall_accuracy": "Overall accuracy (on the reference)",
    },
)

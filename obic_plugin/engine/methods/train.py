"""Method 5, its last step: from a few labels to the map of a scene.

An image encoder that has learnt from photographs, or from the user's own images (method 5, see pretrain), knows so much
of what lies around a pixel that a linear head is enough to tell classes apart, and so few labels are enough to find it.
What makes it work, found by trial on scenes from 0.05 to 30 m:

- It learns from pixels and not from superpixels: a polygon has hundreds of the ones and a handful of the others.
- Features are standardized over the scene and not over the polygons, which know a small part of it.
- All channels count: what the encoder does not see comes in as means and contrasts beside its stages.
- Classes are drawn with about as many polygons each, and cover the scene unequally: how much of it each one covers is
  found on the scene itself (see training/shares.py).
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, NamedTuple

from .. import superpixelparams as fields
from ..errors import ParameterError
from ..mapparams import MapParams, model_output, random_seed, shared_bands
from ..method import Method
from ..params import choice, field, file, flag, integer, layers, legend, rasters
from ..wording import count

if TYPE_CHECKING:
    from ..labelers.labeler import Labeler
    from ..nets.imagefeatures import ImageFeatures
    from ..raster.scaling import Scaling
    from ..training.learnt import Learnt

LOSS = "classes are told apart by means and contrasts of the bands alone, which takes many more labels"
LOSS_TUNED = f"there is nothing to be fine-tuned, the head is linear, and {LOSS}"
LOSS_OWN = (
    "your own encoder is used as it is, and not partway between them and it, which is better with few labels"
)
MOST_PX = 3000  # of a class that the head learns from
SIZE_PX, SMALLER_PX, MIN_SUPERPIXELS = 8, 4, 1000


@dataclass(frozen=True)
class TrainParams(MapParams):
    input: tuple = rasters(
        "Images",
        "The image to be mapped; or several of one sensor, of which the first is mapped and all may be labeled.",
    )
    bands: tuple = shared_bands()
    labels: tuple = layers(
        "Labels",
        """What you know: polygons, lines or points with a class field, or a label raster, in which 255 and what it
        declares as nodata is unlabeled. A few polygons for each class are enough. For several images one layer that
        covers all of them, or a label raster for each in the same order.""",
    )
    field: str = field(
        "Class field",
        "Field of the polygons, lines or points that holds the class: text, or whole numbers.",
        parent="labels",
    )
    legend: dict = legend(parent="labels")  # noqa: RUF009, a field like the others
    encoder: str = choice(
        "imagenet",
        "Encoder",
        """What looks at the image. ImageNet: a network that has seen a million photographs; it tells textures and
        objects apart. Own: one that has learnt from your images, see Pretrain an encoder. None: means and contrasts of
        the bands alone, for which many more labels are needed.""",
        {"imagenet": "ImageNet", "own": "Own model", "none": "None"},
    )
    encoder_model: str = file(
        "Model of the encoder",
        "A model file that Pretrain an encoder has saved. Only where the encoder is your own.",
        extension="safetensors",
        optional=True,
    )
    head: str = choice(
        "linear",
        "Head",
        """What tells the classes apart. Linear: weights of what the encoder knows, found in seconds. Fine-tuned: the
        encoder, a decoder and the head learn together, for minutes. With a few polygons of each class it is no better
        than the linear one: try it where you have many.""",
        {"linear": "Linear, in seconds", "finetuned": "Fine-tuned, in minutes"},
    )
    balanced: bool = flag(
        True,
        "Each class counts the same",
        "Otherwise a class counts as much as it has labeled pixels.",
        advanced=True,
    )
    spread: bool = flag(
        False,
        "Labels fill their superpixels",
        """A point or a line then says the class of all of the superpixel that it touches, unless labels of another
        class touch it too. For polygons it is seldom of use.""",
        advanced=True,
    )
    min_pixels: int = integer(
        1,
        "Fewest pixels of a class",
        "Classes with fewer labeled pixels are left out, which is said.",
        low=1,
        high=MOST_PX,
        advanced=True,
    )
    superpixel_size: int = fields.size(
        None,
        """The map is made of superpixels of about this side: the smallest thing that is to be seen on it. Without a
        value 8, or 4 where the image is so small that there would be fewer than 1000 of them.""",
    )
    seed: int = random_seed()
    output_model: str = model_output("What was learned, to map other scenes with Apply model.")

    def check(self) -> None:
        if self.encoder == "own" and not self.encoder_model:
            raise ParameterError(
                "Encoder is your own model: give its file, which Pretrain an encoder makes, or choose ImageNet."
            )
        if self.encoder == "none" and self.head == "finetuned":
            raise ParameterError(
                "Head is fine-tuned, and Encoder is none: there is nothing to go on from. Choose an encoder, or the"
                " linear head."
            )
        if self.encoder_model and self.encoder != "own":
            raise ParameterError(
                f"A model of the encoder, {self.encoder_model}, is given, but Encoder is {self.encoder}. Set that to"
                " own, or take the model away."
            )


def run(params: TrainParams, progress, staging) -> dict:
    """Map the first image; returns the number of classes, and the accuracy on polygons that were left out."""
    from ..job import MapJob
    from ..knownclasses import Limits, known_classes
    from ..opening import open_others
    from ..scoretable import mistakes_of
    from ..superpixels.cellreader import CellReader

    job = MapJob.open(METHOD, params, progress, staging)
    others = open_others(params, job.reader, job.part(0.0, 0.0))
    readers = [job.reader, *(image.reader for image in others)]
    samples = [job.sample, *(image.sample for image in others)]
    job.start("Reading labels")
    truths, limits = ground_truths(params, readers, progress), Limits(MOST_PX, params.min_pixels)
    classes, pixels, _ = known_classes(
        truths, readers, limits, params.seed, job.part(0.0, 0.2), params.legend
    )
    scaling, features = what_sees(params, job, samples)
    superpixels = superpixels_of(params, job.n_valid_px)
    if params.spread:
        pixels = [
            spread_labels(params, job, CellReader(reader, scaling, superpixels, job.device), known)
            for reader, known in zip(readers, pixels)
        ]
    n_px = sum(len(own.rows) for own in pixels)
    job.start(f"Learning {len(classes)} classes from {count(n_px)} labeled pixels")
    how = fine_tuned if params.head == "finetuned" and features.encoder is not None else linear
    learnt, labeler = how(params, job, readers, scaling, superpixels, features, pixels, classes)
    job.add_accuracy(learnt.accuracy, in_words(learnt, classes))
    job.add_to_report(sections=[mistakes_of(learnt.mistaken, classes.names, readers)])
    result = job.make_map(labeler, classes)
    if params.output_model:
        job.save_model(params.output_model, labeler)
    job.finish()
    found = learnt.accuracy
    accuracy = {} if found is None else {"overall_accuracy": found.overall_accuracy.value}
    return {"class_count": len(result.classes), **accuracy}


def ground_truths(params: TrainParams, readers: list, progress) -> list:
    """The labels of each image, on its grid."""
    from ..raster.groundtruth import GroundTruth

    sources = params.labels * len(readers) if len(params.labels) == 1 else params.labels
    if len(sources) != len(readers):
        raise ParameterError(
            f"Labels are {len(sources)} and images {len(readers)}. Choose one layer of labels for all images, or"
            " one for each in the same order."
        )
    return [
        GroundTruth(source, params.field, reader.grid, progress) for source, reader in zip(sources, readers)
    ]


class ScalingAndFeatures(NamedTuple):
    """A `Scaling`, and the `ImageFeatures` that look at what is scaled by it."""

    scaling: Scaling
    features: ImageFeatures


class TrainedHead(NamedTuple):
    """What was `Learnt`, and the labeler that maps the first image with it."""

    learnt: Learnt
    labeler: Labeler


def what_sees(params: TrainParams, job, samples: list) -> ScalingAndFeatures:
    """What looks at all images, by the statistics of them all."""
    from ..encoding import image_features
    from ..nets.imagefeatures import MIRRORED
    from ..opening import even_sample
    from ..raster.scaling import fit_scaling

    sample, views = even_sample(samples), len(MIRRORED)
    if params.encoder == "own":
        scaling, features = own_encoder(params, job.reader, sample, job.progress)
        return ScalingAndFeatures(scaling, features.looking(views))
    scaling, loss = fit_scaling(sample, job.progress), LOSS if params.head == "linear" else LOSS_TUNED
    features = image_features(
        params.encoder, loss, job.reader, job.display, scaling, job.progress, views=views
    )
    return ScalingAndFeatures(scaling, features)


def superpixels_of(params: TrainParams, n_valid_px: float):
    """Those that the map is made of, on an image of so many valid pixels."""
    from ..superpixels.slic import Slic

    automatic = SIZE_PX if n_valid_px >= MIN_SUPERPIXELS * SIZE_PX**2 else SMALLER_PX
    return Slic(params.superpixel_size or automatic, fields.COMPACTNESS)


def spread_labels(params: TrainParams, job, cells, known):
    """The labeled pixels of an image, and those of the superpixels that they touch."""
    from ..training.spreading import spread

    return spread(cells, known, MOST_PX, params.seed, job.part(0.2, 0.2))


def linear(
    params: TrainParams, job, readers: list, scaling, superpixels, features, pixels: list, classes
) -> TrainedHead:
    """A linear head on image features, and what maps the first image with it."""
    from ..labelers.cells import CellLabeler
    from ..superpixels.cellreader import CellReader
    from ..training.fromlabels import learn
    from ..training.learnt import LearningSettings

    features = features.to(job.device)
    cells = [CellReader(reader, scaling, superpixels, job.device, features) for reader in readers]
    settings = LearningSettings(params.balanced, params.seed)
    part, live, n_classes = job.part(0.2, 1.0), job.live(classes), len(classes)

    def look(network) -> None:
        if live.is_due(1):
            live.draw(CellLabeler(cells[0], network, n_classes), lambda: part.at(0.95))

    learnt = learn(cells, pixels, n_classes, settings, part, look)
    return TrainedHead(learnt, CellLabeler(cells[0], learnt.network, n_classes))


def fine_tuned(
    params: TrainParams, job, readers: list, scaling, superpixels, features, pixels: list, classes
) -> TrainedHead:
    """A network over pixels that goes on from the encoder, and what maps the first image with it."""
    from ..labelers.dense import Dense
    from ..training.finetuning import ScaledImage, fine_tune, starting_from
    from ..training.learnt import LearningSettings

    images = [ScaledImage(reader, scaling) for reader in readers]
    settings = LearningSettings(params.balanced, params.seed)
    make, n_classes = starting_from(features, len(classes), params.seed), len(classes)

    def labeler_of(network) -> Dense:
        return Dense(job.reader, scaling, network, n_classes, superpixels, job.device)

    def watching(network):
        return job.live(classes).watching(network, labeler_of)

    learnt = fine_tune(make, images, pixels, settings, job.device, job.part(0.2, 1.0), watching)
    job.add_to_curve(learnt.history)
    return TrainedHead(learnt, labeler_of(learnt.network))


def own_encoder(params: TrainParams, reader, sample, progress) -> ScalingAndFeatures:
    """The scaling that the user's own encoder has learnt with, for the range of a sample (B, n); and what it sees,
    partway from ImageNet's weights to its own, where it has gone on from these."""
    from ..modelfile import ModelFile
    from ..nets.imagenet import lacking, partway
    from ..opening import refuse_bands_unlike_model
    from ..provenance import START
    from ..raster.scaling import Scaling

    model = ModelFile.load(params.encoder_model)
    features = model.image_features(params.encoder_model)
    refuse_bands_unlike_model(reader.source, reader.n_bands, len(model.bands))
    if model.history.get(START) == "imagenet":
        lost = lacking(LOSS_OWN)
        if lost:
            progress.say(lost)
        else:
            features.encoder = partway(features.encoder)
    return ScalingAndFeatures(Scaling.from_json(model.scaled_to(sample).state["scaling"]), features)


def in_words(learnt, classes) -> list:
    """What is to be said of how well the classes are known, a line each."""
    found, lines = learnt.accuracy, []
    if found is not None:
        score = found.overall_accuracy
        lines.append(
            f"Overall accuracy {score.value:.1%} (95 % confidence: {score.low:.1%} to {score.high:.1%}) on labels"
            " that were left out while the others were learned. It holds for pixels such as you have drawn: where"
            " classes meet and mix, the map is less accurate."
        )
    for index in learnt.untested:
        lines.append(
            f"{classes.names[index]} is labeled at one place alone: how well it is known cannot be said. Label a second"
            " one."
        )
    for index in learnt.close:
        lines.append(
            f"All labels of {classes.names[index]} lie close together: what is said of it is too good. Label a place"
            " elsewhere, too."
        )
    return lines


METHOD = Method(
    name="train",
    title="Train from labels",
    group="A few labels",
    params=TrainParams,
    run=run,
    when="A map of the classes you want, from a few polygons of each.",
    help="""<p>Draw a few polygons of each class, three or more where you can, far from each other. What an image
    encoder knows of their pixels is enough to find the same classes in the whole image. All pixels of a superpixel get
    one class.</p>
    <p>The accuracy that is told rests on polygons that were left out while the others were learned, and so it needs two
    or more of a class. Save the model to map other scenes with Apply model.</p>""",
    citation="Xu et al.: SDCluster: A clustering based self-supervised pretraining method for semantic segmentation"
    " of remote sensing images. ISPRS Journal of Photogrammetry and Remote Sensing 223, 2025.",
    tags=(
        "land cover",
        "supervised",
        "classification",
        "training",
        "few labels",
        "random forest",
        "polygons",
    ),
    numbers={"class_count": "Number of classes", "overall_accuracy": "Overall accuracy (cross-validated)"},
)

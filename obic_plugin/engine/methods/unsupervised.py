"""Method 1: superpixel-guided unsupervised segmentation, the main job.

Chen, He, Wang, Zhu, Liao, Zhang: *A Superpixel-Guided Unsupervised Fast Semantic Segmentation Method of
Remote Sensing Images*, IEEE GRSL 2022. Superpixels guide a fully convolutional network that is trained on the
image itself: all of a superpixel is to be of one class. What is different from the published method, and why:

- Its network sees every pixel, and a vote makes the pixels of a superpixel agree. Ours sees every superpixel
  as one pixel: they agree by construction, at a fraction of the work.
- Its classes come from chance and collapse or wander from epoch to epoch. Ours come from a mixture model of
  factors that change over the scene and not from neighbor to neighbor.
- Its network starts from chance. Ours learns from what an image encoder with ImageNet weights sees in a superpixel
  and around it, round by round, as published: what superpixels are taken for is what it learns next. So does the
  mixture.
- It learns from every pixel of the image, ours from a sample of windows.
- Ours lets neighboring superpixels that look alike agree, which makes patches whole.

``NETWORK=published`` is the published method itself: see published.py.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from functools import partial
from typing import NamedTuple

from .. import superpixelparams as fields
from ..mapparams import NewClassesParams, model_output, random_seed
from ..method import Method
from ..params import choice, integer
from .published import Trained


class Effort(NamedTuple):
    """How many windows training sees, and whether an image encoder looks at them."""

    n_windows: int
    encodes: bool
    n_published: int  # windows of the published method


EFFORTS = {
    "draft": Effort(6, False, 12),
    "standard": Effort(12, True, 50),
    "thorough": Effort(48, True, 200),
}
LOSS = "the network looks at colors, contrasts and edges of superpixels alone, and tells less apart"
AUTOMATIC_SIZES_PX = (16, 8, 4, 2)
MOST_CLASSES = 16  # without a value
MIN_SUPERPIXELS = 3500  # fewer tell too little of a scene: then superpixels are smaller


@dataclass(frozen=True)
class UnsupervisedParams(NewClassesParams):
    superpixels: str = fields.kind()
    superpixel_size: int = fields.size(
        None,
        """Side of a superpixel: about the smallest thing to be mapped. Without a value 16, or 8, 4 or 2 where the
        image is so small that there would be fewer than 3500 of them. For felzenszwalb, its scale follows from it.""",
        low=2,
    )
    compactness: float = fields.compactness(fields.COMPACTNESS)
    felzenszwalb_scale: float = fields.scale(
        None, "Without a value it follows from the superpixel size; published: 32."
    )
    felzenszwalb_sigma: float = fields.sigma()
    felzenszwalb_min_size: int = fields.min_size(
        None, "Smallest superpixel. Without a value a quarter of the superpixel size squared; published: 64."
    )
    classes: int = integer(
        None,
        "Classes, at most",
        "Upper bound of the number of classes, without a value 16: those that lie close to another one are merged with"
        " it, down to 5 in a small image (512 x 512 pixels) and 8 in a large one (1024 x 1024 and more). As published,"
        " 32 without a value, of which some die out.",
        low=2,
        high=254,
        optional=True,
    )
    effort: str = choice(
        "standard",
        "Effort",
        """How much training: draft sees half the windows of standard, and no image features, which makes it the
        fastest; thorough sees four times the windows. Its time does not grow with the image; that of mapping does. As
        published, draft, standard and thorough see at most 12, 50 and 200 windows of 512 x 512 px, ten times each:
        standard takes minutes without a GPU.""",
        {"draft": "Draft", "standard": "Standard", "thorough": "Thorough"},
    )
    network: str = choice(
        "features",
        "Network",
        """On image features: a network that has seen photographs looks at every superpixel, and learns from what
        superpixels are taken for; it tells textures apart that have the same color. None: the mixture of classes by
        colors, contrasts and edges alone, which is faster. As published: the method of Chen et al. (2022) itself, for
        comparison; many times slower. Its fully convolutional network learns from chance, on felzenszwalb superpixels
        in any case; every pixel has the class that the network gives it, confidence is the share of that class, and
        patches below 20 pixels are merged.""",
        {
            "features": "On image features",
            "none": "None, fastest",
            "published": "As published, Chen 2022",
        },
        advanced=True,
    )
    seed: int = random_seed()
    output_model: str = model_output("The trained network, to map other scenes with Apply model.")


def run(params: UnsupervisedParams, progress, staging) -> dict:
    """Map the image; returns the number of classes."""
    from ..job import MapJob
    from . import published

    params = with_defaults(params)
    job = MapJob.open(METHOD, params, progress, staging)
    if params.network == "published":
        n_windows = EFFORTS[params.effort].n_published
        network, labeler_of = published.trained(
            params, job, superpixels_of(params, job.n_valid_px), n_windows
        )
    else:
        network, labeler_of = self_taught(params, job)
    result = job.make_map(labeler_of(network.options["n_classes"]))
    if params.output_model:
        network.reorder(result.labels - 1)
        job.save_model(params.output_model, labeler_of(len(result.classes)))
    job.finish()
    return {"class_count": len(result.classes)}


def with_defaults(params: UnsupervisedParams) -> UnsupervisedParams:
    """The parameters with what they have no value for, and what the published method does not leave open."""
    from . import published

    if params.network == "published":
        return replace(params, **published.settings(params))
    return replace(params, classes=params.classes or MOST_CLASSES)


def self_taught(params: UnsupervisedParams, job) -> Trained:
    """A network over superpixels that has learnt the classes of the image, perhaps from itself."""
    from ..labelers.cells import CellLabeler
    from ..superpixels.cellreader import CellReader

    superpixels, encoder = superpixels_of(params, job.n_valid_px), encoder_of(params, job.progress)
    if encoder is not None:
        encoder = encoder.to(job.device)
    cells = CellReader(job.reader, job.scaling(), superpixels, job.device, encoder)
    network = train(params, job, cells)
    return Trained(network, partial(CellLabeler, cells, network))


def encoder_of(params: UnsupervisedParams, progress):
    """The image encoder that the parameters ask for; None for none, and where its weights are not installed."""
    from ..nets.featurenet import ENCODER
    from ..nets.imagenet import lacking, pretrained_encoder

    if params.network != "features" or not EFFORTS[params.effort].encodes:
        return None
    lost = lacking(LOSS)
    if lost:
        progress.say(lost)
        return None
    return pretrained_encoder(**ENCODER).fold()


def superpixels_of(params: UnsupervisedParams, n_valid_px: float):
    """The superpixels that the parameters ask for, on an image of so many valid pixels."""
    from ..superpixels.kinds import superpixels_by

    size_px = params.superpixel_size
    if size_px is None:
        enough = [size for size in AUTOMATIC_SIZES_PX if n_valid_px / size**2 >= MIN_SUPERPIXELS]
        size_px = enough[0] if enough else AUTOMATIC_SIZES_PX[-1]
    felzenszwalb = params.felzenszwalb_scale, params.felzenszwalb_sigma, params.felzenszwalb_min_size
    return superpixels_by(params.superpixels, size_px, params.compactness, *felzenszwalb)


def train(params: UnsupervisedParams, job, cells):
    """A network that has learnt the classes of the image from a sample of its windows."""
    from ..labelers.cells import CellLabeler
    from ..raster.sample import training_windows
    from ..training.mixture import enough_classes
    from ..training.prior import network_with_prior
    from ..training.sampler import CROP_CELLS, cell_patches
    from ..training.selftraining import teach_itself
    from ..wording import several

    n_windows, size_px = EFFORTS[params.effort].n_windows, cells.superpixels.size_px
    work, content = job.reader.work, job.reader.content
    windows = training_windows(work, CROP_CELLS * size_px, n_windows, params.seed, size_px, content)
    job.start(f"Superpixels of {size_px} px in {several(len(windows), 'training window')}")
    patches = cell_patches(cells, windows, job.part(0.0, 0.7))
    job.start("Finding classes")
    enough = enough_classes(job.n_valid_px)
    make, n_channels = network_of(params, cells), cells.scaling.n_channels
    network = network_with_prior(
        make, patches, n_channels, params.classes, enough, params.seed, job.part(0.7, 0.85)
    ).to(job.device)
    n_classes, part = network.options["n_classes"], job.part(0.85, 1.0)
    watch = job.live().watching(network, partial(CellLabeler, cells, n_classes=n_classes))
    if params.network == "features":
        job.start(f"Training a network of {n_classes} classes")
        job.add_to_curve(teach_itself(network, patches, params.seed, part, watch))
    else:
        watch(1, partial(part.at, 0.0))
    return network


def network_of(params: UnsupervisedParams, cells):
    """What makes the network that the parameters ask for, of numbers of features, classes and factors."""
    from ..nets.featurenet import FeatureNetwork
    from ..nets.mixturenet import MixtureNetwork

    def on_features(*numbers: int) -> FeatureNetwork:
        network = FeatureNetwork(*numbers, encoder=cells.encoder is not None)
        if cells.encoder is not None:
            network.encoder.load_state_dict(cells.encoder.network.state_dict())
        return network

    return on_features if params.network == "features" else MixtureNetwork


METHOD = Method(
    name="unsupervisedsegmentation",
    title="Unsupervised segmentation",
    group="No labels",
    params=UnsupervisedParams,
    run=run,
    when="A land-cover map of any image, when you have no labels at all.",
    help="""<p>The image is cut into superpixels, and a network is trained on the image itself to tell them apart, by
    their colors and by what an image encoder sees in them; all pixels of a superpixel are of one class, and neighbors
    that look alike agree. The classes that come out are numbered from the largest to the smallest; give them names
    with Edit classes.</p>
    <p>Any data type, any number of bands, nodata, and images larger than memory are fine: the network learns from a
    sample of windows, and the map is made tile by tile. Needs no GPU, and uses one if there is one.</p>""",
    citation="Chen et al.: A Superpixel-Guided Unsupervised Fast Semantic Segmentation Method of Remote Sensing"
    " Images. IEEE Geoscience and Remote Sensing Letters, 2022.",
    tags=(
        "land cover",
        "unsupervised",
        "classification",
        "clustering",
        "superpixels",
        "deep learning",
        "segmentation",
    ),
    numbers={"class_count": "Number of classes"},
    loads=("sklearn.cluster",),
)

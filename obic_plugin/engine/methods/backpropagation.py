"""Method 2: unsupervised segmentation by backpropagation, for one image small enough to be seen whole.

Kanezaki: *Unsupervised Image Segmentation by Backpropagation*, ICASSP 2018, and the faster variant of Yonv1943.
At every step the network labels all pixels, each superpixel takes the label that most of its pixels have, and
the network learns to say that. Labels die out until few are left.

What is different from the published programs: any bands, type and nodata (invalid pixels take no part, see
`nets.backpropagation`); superpixels on a fixed grid; votes counted at once instead of in a loop.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import NamedTuple

from .. import superpixelparams as fields
from ..errors import ParameterError
from ..mapparams import NewClassesParams, memory_limit, random_seed
from ..method import Method
from ..params import choice, integer, number, output_folder, output_raster, raster
from ..wording import count


class Variant(NamedTuple):
    """The published settings that differ; ``voted``: the result is the superpixels' vote, not the pixels'."""

    superpixels: str
    network: str
    channels: int
    classes: int
    iterations: int
    learning_rate: float
    voted: bool


VARIANTS = {
    "original": Variant("slic", "KanezakiNetwork", 100, 100, 128, 0.1, voted=False),
    "fast": Variant("felzenszwalb", "FastNetwork", 64, 32, 64, 0.05, voted=True),
}
PUBLISHED_SEGMENTS, LEAST_SEGMENT_PX = 10_000, 16
FELZENSZWALB_SIZE_PX = 16  # which matters to their cells only: scale and minimum size are given
ITERATION_NAME = "iteration_{:05d}.tif"


@dataclass(frozen=True)
class BackpropagationParams(NewClassesParams):
    variant: str = choice(
        "fast",
        "Variant",
        """Original: Kanezaki's network and settings; every pixel has the label that the network gives it. Fast:
        Yonv1943's smaller network in half the iterations; every superpixel has the label that most of its pixels
        have.""",
        {"original": "Original (Kanezaki 2018)", "fast": "Fast (Yonv1943)"},
    )
    superpixels: str = choice(
        "variant",
        "Superpixels",
        """The variant's: slic for original, felzenszwalb for fast. Raster: those in the raster of superpixels that
        you give, such as Superpixels writes.""",
        {
            "variant": "The variant's",
            **fields.KIND_LABELS,
            "raster": "Given raster",
        },
    )
    superpixel_raster: str = raster(
        "Raster of superpixels",
        """Whole numbers from 1 on the grid of the image, one for each superpixel; pixels of 0 or nodata have no data
        in the result. Only where superpixels are to be those of a given raster.""",
        optional=True,
    )
    segments: int = integer(
        None,
        "Number of superpixels",
        """About how many, for slic only: cells of the size, in whole pixels, that comes nearest to it. Without a value
        the published 10000, or fewer on an image so small that they would be of less than 16 pixels.""",
        low=1,
        high=10_000_000,
        optional=True,
        advanced=True,
    )
    compactness: float = fields.compactness(
        1.0, "1 is about the published 100 in the units of scikit-image, whose colors go up to 100."
    )
    felzenszwalb_scale: float = fields.scale(32.0, "Published: 32.")
    felzenszwalb_sigma: float = fields.sigma()
    felzenszwalb_min_size: int = fields.min_size(64, "Smallest superpixel. Published: 64.")
    classes: int = integer(
        None,
        "Classes, at most",
        "How many labels there are to start with. Without a value the variant's: 100 or, fast, 32.",
        low=2,
        high=254,
        optional=True,
        advanced=True,
    )
    channels: int = integer(
        None,
        "Channels",
        "Channels of the 3x3 convolutions. Without a value the variant's: 100 or, fast, 64.",
        low=1,
        high=4096,
        optional=True,
        advanced=True,
    )
    blocks: int = integer(
        2,
        "3x3 convolutions",
        "How many: each lets a pixel see one pixel farther. Published: 2 (the paper's M).",
        low=1,
        high=50,
        advanced=True,
    )
    iterations: int = integer(
        None,
        "Iterations",
        "At most; fewer where labels die out. Without a value the variant's: 128 or, fast, 64.",
        low=1,
        high=100_000,
        optional=True,
        advanced=True,
    )
    min_classes: int = integer(
        3, "Stop at classes", "Stops once no more classes than this are left.", low=1, high=254
    )
    learning_rate: float = number(
        None,
        "Learning rate",
        "Of gradient descent. Without a value the variant's: 0.1 or, fast, 0.05.",
        low=0,
        high=100,
        optional=True,
        advanced=True,
    )
    momentum: float = number(0.9, "Momentum", "Of gradient descent.", low=0, high=0.9999, advanced=True)
    seed: int = random_seed()
    memory_mb: int = memory_limit(
        ": an image that needs more is refused. Without a value half of this computer's memory, or, on a GPU, what is"
        " free there."
    )
    output_iterations: str = output_folder(
        "Folder for iterations",
        """The result at iterations 1, 2, 4, 8 … and the last, each a raster in the mean colors of its classes, named
        by its number; classes have the values they have in the map. Those of an earlier run in the folder are
        replaced. Without a folder they are not written.""",
        style="iterations",
        pattern="iteration_?????.*",
        optional=True,
    )
    output_confidence: str = output_raster(
        "Confidence",
        "How many pixels of its superpixel say the same as the pixel, in percent; 0 is no data.",
        style="confidence",
        optional=True,
    )

    def check(self) -> None:
        if self.superpixels == "raster" and not self.superpixel_raster:
            raise ParameterError(
                "Superpixels are to be those of a given raster: give it, or choose another kind."
            )
        if self.superpixel_raster and self.superpixels != "raster":
            raise ParameterError(
                f"A raster of superpixels, {self.superpixel_raster}, is given, but Superpixels is {self.superpixels}."
                " Set that to raster, or take the raster away."
            )

    def of_variant(self, name: str):
        """The value of a setting, or the variant's where it has none."""
        value = getattr(self, name)
        return getattr(VARIANTS[self.variant], name) if value in (None, "variant") else value


def run(params: BackpropagationParams, progress, staging) -> dict:
    """Map the image; returns the number of classes and of iterations."""
    from ..job import MapJob
    from ..mapseries import numbered_paths
    from ..wholeimage import finished, read_scene, refuse_too_large, write_iterations

    refuse_too_large(params, network_of(params, 3).floats_per_px)
    job = MapJob.open(METHOD, params, progress, staging)
    scaling = job.scaling()
    network = network_of(params, scaling.n_channels).to(job.device)
    superpixels = superpixels_of(params, job.n_valid_px)
    size = f" of {superpixels.size_px} px" if params.of_variant("superpixels") == "slic" else ""
    job.start(f"Superpixels{size}")
    scene = read_scene(job, scaling, superpixels, params.superpixel_raster)
    objective = train(params, job, network, scene)
    scattered = params.superpixels != "raster"
    result = job.make_map(finished(objective, scene, job.reader, params.of_variant("classes"), scattered))
    if params.output_iterations:
        paths = numbered_paths(params.output_iterations, ITERATION_NAME, objective.kept, staging)
        write_iterations(job, objective.kept, paths, result.labels)
    job.finish()
    return {"class_count": len(result.classes), "iteration_count": objective.n_steps}


def network_of(params: BackpropagationParams, n_bands: int):
    """The variant's network for an image of so many bands, with weights by chance."""
    from ..nets.backpropagation import BY_NAME
    from ..nets.convolution import generator

    kind, random = BY_NAME[VARIANTS[params.variant].network], generator(params.seed)
    return kind(n_bands, params.of_variant("channels"), params.of_variant("classes"), params.blocks, random)


def superpixels_of(params: BackpropagationParams, n_valid_px: float):
    """The superpixels that the parameters ask for, on an image of so many valid pixels; None for a given raster."""
    from ..superpixels.kinds import superpixels_by

    kind, size_px = params.of_variant("superpixels"), FELZENSZWALB_SIZE_PX
    if kind == "raster":
        return None
    if kind == "slic":
        segments = params.segments or min(PUBLISHED_SEGMENTS, n_valid_px / LEAST_SEGMENT_PX)
        size_px = max(1, round((n_valid_px / segments) ** 0.5))
    felzenszwalb = params.felzenszwalb_scale, params.felzenszwalb_sigma, params.felzenszwalb_min_size
    return superpixels_by(kind, size_px, params.compactness, *felzenszwalb)


def train(params: BackpropagationParams, job, network, scene):
    """The `SelfVote` that has trained the network on the scene, until few labels were left."""
    from functools import partial
    from itertools import repeat

    from ..training.loop import constant
    from ..training.selfvote import SelfVote
    from ..training.sgd import SGD

    n_steps = params.of_variant("iterations")
    job.start(f"At most {n_steps} iterations on {count(len(scene.numbers))} superpixels")
    voted, keep = VARIANTS[params.variant].voted, bool(params.output_iterations)
    part = job.part(0.0, 1.0)
    objective = SelfVote(network, scene, voted, params.min_classes, part, keep)
    options = {"optimizer": partial(SGD, momentum=params.momentum), "schedule": constant}
    live = job.live()

    def watch(step: int, pause) -> None:
        if live.is_due(step):
            live.put(objective.result().numpy())

    job.fit(
        objective, repeat(scene), n_steps, params.of_variant("learning_rate"), part, watch=watch, **options
    )
    job.start(f"Mapping: {objective.n_classes} classes are left after {objective.n_steps} iterations")
    return objective


METHOD = Method(
    name="backpropagation",
    title="Segmentation by backpropagation",
    group="No labels",
    params=BackpropagationParams,
    run=run,
    when="A small image of which you want to see how classes form, or the published method to compare with.",
    help="""<p>A small network labels all pixels of the image; each superpixel takes the label that most of its pixels
    have; the network learns to say that, and again. Neighbors that look alike end with one label, and labels die
    out until few are left. Satellite images have no preferred direction, and what lies together often means the
    same: that is what it lives on.</p>
    <p>Any data type, any number of bands and nodata are fine. The image is worked on in one piece, some kilobytes a
    pixel: for large ones, and for better maps, see Unsupervised segmentation.</p>""",
    citation="Kanezaki: Unsupervised image segmentation by backpropagation. IEEE ICASSP 2018. Fast variant: Yonv1943,"
    " Unsupervised-Segmentation.",
    tags=("unsupervised", "segmentation", "superpixels", "deep learning", "kanezaki", "self-training"),
    numbers={"class_count": "Number of classes", "iteration_count": "Number of iterations"},
)

"""Method 1: superpixel-guided unsupervised segmentation, the main job.

Chen, He, Wang, Zhu, Liao, Zhang: *A Superpixel-Guided Unsupervised Fast Semantic Segmentation Method of
Remote Sensing Images*, IEEE GRSL 2022. A fully convolutional network is trained on the image itself:
within each superpixel, what most pixels are labelled is what all should be. Where this differs from the
published code: the network starts from clustered superpixels instead of chance, sees block means and
contrasts instead of every pixel, learns from a sample of windows, and its votes are summed as they are
(the published ones, bytes, overflow where five windows overlap).
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import NamedTuple

from ..params import choice, integer, number, output_file
from ..progress import Span
from .mapparams import NewClassesParams
from .method import Method


class Effort(NamedTuple):
    """Windows that training sees, and steps on the first labels and on the network's own votes."""

    n_windows: int
    n_follow: int
    n_vote: int


EFFORTS = {"draft": Effort(8, 20, 20), "standard": Effort(16, 60, 60), "thorough": Effort(48, 200, 200)}
WINDOW_PX = 512
REDUCTION = 4
LEARNING_RATE = 2e-3


@dataclass(frozen=True)
class UnsupervisedParams(NewClassesParams):
    superpixels: str = choice(
        "slic",
        "Superpixels",
        """slic: compact, all of about one size, fastest. felzenszwalb: follows edges more closely, sizes vary,
        many times slower.""",
        {"slic": "SLIC", "felzenszwalb": "Felzenszwalb"},
    )
    superpixel_size: int = integer(
        16,
        "Superpixel size (pixels)",
        "Side of a superpixel: about the smallest thing to be mapped. For felzenszwalb, its scale follows from it.",
        low=4,
        high=256,
    )
    compactness: float = number(
        0.06,
        "Compactness",
        "How square superpixels are: below 0.1 they follow edges, from 1 on they are nearly squares. Independent of"
        " the units of the data. For slic only.",
        low=0,
        high=100,
        advanced=True,
    )
    felzenszwalb_scale: float = number(
        None,
        "Felzenszwalb scale",
        "Larger makes larger superpixels. Without a value it follows from the superpixel size; published: 32.",
        low=0.001,
        optional=True,
        advanced=True,
    )
    felzenszwalb_sigma: float = number(
        0.5, "Felzenszwalb sigma", "Smoothing before segmentation, in pixels.", low=0, high=20, advanced=True
    )
    felzenszwalb_min_size: int = integer(
        None,
        "Felzenszwalb minimum size (pixels)",
        "Smallest superpixel. Without a value a quarter of the superpixel size squared; published: 64.",
        low=1,
        high=1_000_000,
        optional=True,
        advanced=True,
    )
    classes: int = integer(
        16, "Classes, at most", "Upper bound of the number of classes; those not needed die out.", low=2, high=254
    )
    effort: str = choice(
        "standard",
        "Effort",
        """How much training: draft sees a few windows and takes a third of the time of standard; thorough takes
        about four times as long. The time does not grow with the image; that of the mapping after it does.""",
        {"draft": "Draft", "standard": "Standard", "thorough": "Thorough"},
    )
    seed: int = integer(
        0, "Seed", "Same seed, same map on the same device.", low=0, high=2**31 - 1, advanced=True
    )
    output_model: str = output_file(
        "Model", "The trained network, to map other scenes with Apply model.", extension="safetensors", optional=True
    )


def run(params: UnsupervisedParams, progress) -> dict:
    """Map the image; returns the number of classes."""
    from ..device import reproducible
    from ..job import MapJob
    from ..mapping import Mapper

    with MapJob(METHOD, params, progress, [params.output_model]) as job, reproducible(params.seed):
        mapper = Mapper(job.reader, job.scaling(), superpixels_of(params), REDUCTION, job.device)
        network = train(params, job, mapper)
        table = job.make_map(network, mapper, network.options["n_classes"])
        if params.output_model:
            network.reorder(job.order - 1)
            job.save_model(params.output_model, network, mapper)
        job.commit()
    return {"class_count": len(table)}


def superpixels_of(params: UnsupervisedParams):
    """The superpixels that the parameters ask for."""
    from ..superpixels.kinds import KINDS

    if params.superpixels == "slic":
        return KINDS["slic"](params.superpixel_size, params.compactness)
    return KINDS["felzenszwalb"](
        params.superpixel_size, params.felzenszwalb_scale, params.felzenszwalb_sigma, params.felzenszwalb_min_size
    )


def train(params: UnsupervisedParams, job, mapper):
    """A network that has learnt the classes of the image from a sample of its windows."""
    from ..nets.fcn import SuperpixelFCN
    from ..raster.statistics import sample_windows
    from ..training.firstlabels import label_by_clusters
    from ..training.loop import fit
    from ..training.sampler import draw_batches, endless
    from ..training.selfvote import Follow, SelfVote

    effort = EFFORTS[params.effort]
    align_px = mapper.reduction * SuperpixelFCN.ALIGN
    windows = sample_windows(job.reader.work, WINDOW_PX, effort.n_windows, params.seed, align_px)
    job.start(f"Superpixels of {len(windows)} training windows")
    batches = draw_batches(mapper, windows, align_px, Span(job.training, 0.0, 0.3))
    n_classes = label_by_clusters(batches, params.classes, params.seed)
    network = SuperpixelFCN(2 * mapper.scaling.n_channels, n_classes).to(job.device)
    n_steps = effort.n_follow + effort.n_vote
    job.start(f"Training in {n_steps} steps")
    turn, stream = effort.n_follow / n_steps, endless(batches, params.seed)
    job.curve += fit(Follow(network), stream, effort.n_follow, LEARNING_RATE, Span(job.training, 0.3, 0.3 + 0.7 * turn))
    job.curve += fit(SelfVote(network), stream, effort.n_vote, LEARNING_RATE, Span(job.training, 0.3 + 0.7 * turn, 1.0))
    return network


METHOD = Method(
    name="unsupervisedsegmentation",
    title="Unsupervised segmentation",
    group="Segmentation",
    params=UnsupervisedParams,
    run=run,
    when="A land-cover map of any image, when you have no labels at all.",
    help="""<p>The image is cut into superpixels, and a small convolutional network is trained on the image itself:
    within each superpixel, what most pixels are taken for is what all should be. The classes that come out are
    numbered from the largest to the smallest; give them names with Edit classes.</p>
    <p>Any data type, any number of bands, nodata, and images larger than memory are fine: the network learns from a
    sample of windows, and the map is made tile by tile. Needs no GPU, and uses one if there is one.</p>""",
    citation="Chen et al.: A Superpixel-Guided Unsupervised Fast Semantic Segmentation Method of Remote Sensing"
    " Images. IEEE Geoscience and Remote Sensing Letters, 2022.",
    tags=("land cover", "unsupervised", "classification", "clustering", "superpixels", "deep learning", "segmentation"),
    numbers={"class_count": "Number of classes"},
)

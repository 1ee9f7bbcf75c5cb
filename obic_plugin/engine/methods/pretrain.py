"""Method 5, its first step: an image encoder learns from images without labels.

Xu, Zhang, Yue, Wang: *SDCluster: A clustering based self-supervised pretraining method for semantic segmentation of
remote sensing images*, ISPRS Journal of Photogrammetry and Remote Sensing 223, 2025. Two views of a place are to get
the same prototypes; see training/prototypes.py. What is different from the published method:

- It goes on from what an encoder has learnt from photographs, so that it takes minutes and not days.
- It has a time and not a number of epochs; a run that was killed goes on from where it was.
- Published are 256 prototypes for a million images; here are fewer, for the ground that a few images show.
- Local views, an option there, are always part of it: two for each place.
"""

from __future__ import annotations

from dataclasses import dataclass

from .. import superpixelparams as fields
from ..mapparams import ComputeParams, random_seed, shared_bands
from ..method import Method
from ..params import choice, integer, number, output_file, output_folder, rasters


@dataclass(frozen=True)
class PretrainParams(ComputeParams):
    input: tuple = rasters(
        "Images",
        "One or more images of one sensor, or a virtual raster of many. No labels are needed.",
    )
    bands: tuple = shared_bands()
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
    from ..pretrainjob import PretrainJob

    job = PretrainJob.open(METHOD, params, progress, staging)
    job.train()
    return job.finish()


METHOD = Method(
    name="pretrain",
    title="Pretrain an encoder",
    group="No labels",
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

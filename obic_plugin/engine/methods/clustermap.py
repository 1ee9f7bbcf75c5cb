"""Method 5, what makes its pretraining visible: the prototypes of a pretrained encoder on an image.

Each superpixel gets the prototype that what the encoder knows of it is most like. The published method asks this of
pixels of its coarse maps, and enlarges what they say; superpixels bring sharp edges instead.
"""

from __future__ import annotations

from dataclasses import dataclass, replace

from ..mapparams import NewClassesParams
from ..method import Method
from ..params import choice, file, integer

N_WINDOWS = 12  # of a scene, that tell which prototypes are alike


@dataclass(frozen=True)
class ClusterMapParams(NewClassesParams):
    model: str = file("Model", "A model file that Pretrain an encoder has saved.", extension="safetensors")
    classes: int = integer(
        None,
        "Classes",
        """Prototypes that are alike in this image are merged until so many are left. Without a value each prototype
        that occurs is a class.""",
        low=2,
        high=254,
        optional=True,
    )
    scaling: str = choice(
        "scene",
        "Scaling",
        """This scene: its values are scaled by its own statistics, right where light, season or sensor differ.
        Model: by those of the images the encoder has learnt from, right for calibrated reflectance.""",
        {"scene": "By this scene's statistics", "model": "By the model's statistics"},
        advanced=True,
    )


def run(params: ClusterMapParams, progress, staging) -> dict:
    """Map the image; returns the number of classes."""
    from ..errors import ModelError
    from ..job import MapJob
    from ..labelers.cells import CellLabeler
    from ..modelfile import ModelFile
    from ..opening import matching_bands, refuse_left_out

    model = ModelFile.load(params.model)
    if model.state.get("network", {}).get("kind") != "PrototypeNetwork":
        raise ModelError(
            f"{params.model} holds classes and no prototypes. Choose a model of Pretrain an encoder, or use Apply"
            " model."
        )
    params = replace(params, bands=matching_bands(model.bands, params))
    job = MapJob.open(METHOD, params, progress, staging)
    refuse_left_out(params.bands, job.reader)
    if params.scaling == "scene":
        model = model.scaled_to(job.sample)
    labeler = model.labeler_on(job.reader, job.device)
    if params.classes:
        network = merged(params, job, labeler)
        labeler = CellLabeler(labeler.cells, network, network.options["n_classes"])
    result = job.make_map(labeler)
    job.finish()
    return {"class_count": len(result.classes)}


def merged(params: ClusterMapParams, job, labeler):
    """The network with at most as many classes as are wanted, by what a sample of the image holds."""
    import torch

    from ..clustering.merging import merged_groups
    from ..raster.sample import training_windows
    from ..training.sampler import CROP_CELLS, cell_patches

    cells, network, size_px = labeler.cells, labeler.network, labeler.cells.superpixels.size_px
    job.start("Merging prototypes")
    side_px = CROP_CELLS * size_px
    windows = training_windows(job.reader.work, side_px, N_WINDOWS, 0, size_px, job.reader.content)
    patches = cell_patches(cells, windows, job.part(0.0, 1.0))
    features, winners = network.of_superpixels(patches)
    groups = merged_groups(features, winners, network.options["n_prototypes"], params.classes)
    return network.merged(torch.from_numpy(groups)).to(job.device)


METHOD = Method(
    name="clustermap",
    title="Cluster map",
    group="No labels",
    params=ClusterMapParams,
    run=run,
    when="To see what a pretrained encoder tells apart, on any image, without a label.",
    help="""<p>Pretrain an encoder finds prototypes, kinds of ground. Here each superpixel of an image gets the one that
    it is most like: a map of clusters in the language of the encoder, which knows textures and surroundings, where
    k-means knows colors.</p>
    <p>Give a number of classes to merge prototypes that are alike in this image. Classes that come out are numbered
    from the largest to the smallest; give them names with Edit classes.</p>""",
    citation="Xu et al.: SDCluster: A clustering based self-supervised pretraining method for semantic segmentation"
    " of remote sensing images. ISPRS Journal of Photogrammetry and Remote Sensing 223, 2025.",
    tags=("land cover", "unsupervised", "clustering", "self-supervised", "deep learning", "prototypes"),
    numbers={"class_count": "Number of classes"},
)

"""What k-means and ISODATA have in common: their parameters, and the way from clusters to a map."""

from __future__ import annotations

from dataclasses import dataclass

from ..errors import ParameterError
from ..params import choice, output_raster
from ..progress import Span
from . import superpixelparams as fields
from .mapparams import NewClassesParams
from .method import Method


@dataclass(frozen=True)
class ClusteringParams(NewClassesParams):
    """A map of clusters of pixels or superpixels."""

    per: str = choice(
        "pixel",
        "Cluster",
        """Pixels: the classic, every pixel by its own values, which gives speckled maps of textured ground.
        Superpixels: the means of small regions, which gives quiet maps with sharp borders.""",
        {"pixel": "Pixels", "superpixel": "Superpixels"},
    )
    superpixels: str = fields.kind("Only where superpixels are clustered.")
    superpixel_size: int = fields.size(
        16,
        "Side of a superpixel: about the smallest thing to be mapped. Only where superpixels are clustered.",
    )
    compactness: float = fields.compactness(0.06)
    output_confidence: str = output_raster(
        "Clearness",
        """How much nearer the own class is than the next, in percent: 100 at the center of the class, 50 on the
        border to another. 0 is no data.""",
        style="confidence",
        optional=True,
    )

    def check(self) -> None:
        if self.output_superpixels and self.per == "pixel":
            raise ParameterError(
                f"No superpixels can be written to {self.output_superpixels} where Cluster is Pixels. Choose"
                " Superpixels there, or leave that output out."
            )


def run_clustering(method: Method, params: ClusteringParams, progress, staging, fit) -> dict:
    """Map the image by the clusters of a sample; returns the number of classes.

    ``fit(features, weights, progress)`` returns centers (K, C) and a history, as `kmeans` does.
    """
    from ..clustering.centers import FULL
    from ..clustering.job import ClusterJob
    from ..clustering.views import Pixels, SuperpixelMeans

    job = ClusterJob(method, params, progress, staging)
    scaling = job.scaling()
    if params.per == "pixel":
        view = Pixels(job.reader, scaling)
    else:
        view = SuperpixelMeans(job.reader, scaling, superpixels_of(params), job.device)
        job.start("Superpixels of a sample")
    features, weights = view.sample(job.sample, Span(job.training, 0.0, 0.3))
    job.start(f"Clustering {len(features):,} {params.per}s of a sample")
    centers, history = fit(features, weights, Span(job.training, 0.3, 1.0))
    job.curve = [(step, {"distance": 100 * terms["distance"] / FULL}) for step, terms in history]
    job.progress.say(
        f"{len(centers)} clusters after {len(history)} iterations; mean distance to the center"
        f" {job.curve[-1][1]['distance']:.2f} % of the range of values."
    )
    table = job.make_map(centers, view, len(centers))
    job.finish()
    return {"class_count": len(table)}


def superpixels_of(params: ClusteringParams):
    """The superpixels that the parameters ask for."""
    from ..superpixels.kinds import KINDS

    if params.superpixels == "slic":
        return KINDS["slic"](params.superpixel_size, params.compactness)
    return KINDS["felzenszwalb"](params.superpixel_size)

"""What k-means and ISODATA have in common: their parameters, and the way from clusters to a map."""

from __future__ import annotations

from dataclasses import dataclass

from .. import superpixelparams as fields
from ..errors import ParameterError
from ..mapparams import NewClassesParams
from ..method import Method
from ..params import choice, output_raster
from ..wording import count


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
    from functools import partial

    from ..clustering.centers import FULL
    from ..clustering.samples import sampled_pixels, sampled_superpixels
    from ..job import MapJob
    from ..labelers.centers import PixelCenters, SuperpixelCenters
    from ..superpixels.cellreader import CellReader
    from ..superpixels.kinds import superpixels_by

    job = MapJob.open(method, params, progress, staging)
    scaling = job.scaling()
    if params.per == "pixel":
        sample = sampled_pixels(job.sample, scaling)
        is_asked = bool(params.output_confidence or params.output_polygons)  # which have its means
        labeler_of = partial(PixelCenters, job.reader, scaling, is_asked)
    else:
        job.start("Superpixels of a sample")
        superpixels = superpixels_by(params.superpixels, params.superpixel_size, params.compactness)
        cells = CellReader(job.reader, scaling, superpixels, job.device)
        sample = sampled_superpixels(cells, job.part(0.0, 0.3))
        labeler_of = partial(SuperpixelCenters, cells)
    things = "pixels" if params.per == "pixel" else "superpixels"
    job.start(f"Clustering {count(len(sample.features))} {things} of a sample")
    centers, history = fit(*sample, job.part(0.3, 1.0))
    percent = [(step, {"distance": 100 * terms["distance"] / FULL}) for step, terms in history]
    job.add_to_curve(percent)
    progress.say(
        f"{len(centers)} clusters after {history[-1][0]} iterations; mean distance to the center"
        f" {percent[-1][1]['distance']:.2f} % of the range of values."
    )
    result = job.make_map(labeler_of(centers))
    job.finish()
    return {"class_count": len(result.classes)}

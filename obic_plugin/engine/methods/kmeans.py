"""K-means: the baseline that everything else is compared with."""

from __future__ import annotations

from dataclasses import dataclass

from ..mapparams import random_seed
from ..method import Method
from ..params import integer
from .clustering import ClusteringParams, run_clustering


@dataclass(frozen=True)
class KMeansParams(ClusteringParams):
    classes: int = integer(
        16, "Classes", "Number of clusters; fewer where there are fewer different values.", low=2, high=254
    )
    iterations: int = integer(
        100,
        "Iterations",
        "At most; it stops when the centers stand still.",
        low=1,
        high=10_000,
        advanced=True,
    )
    runs: int = integer(
        3, "Runs", "Starts from different centers; the best result counts.", low=1, high=100, advanced=True
    )
    seed: int = random_seed()


def run(params: KMeansParams, progress, staging) -> dict:
    """Map the image; returns the number of classes."""
    from ..clustering.kmeans import kmeans

    def fit(features, weights, part) -> tuple:
        return kmeans(features, weights, params.classes, params.iterations, params.runs, params.seed, part)

    return run_clustering(METHOD, params, progress, staging, fit)


METHOD = Method(
    name="kmeans",
    title="K-means",
    group="No labels",
    params=KMeansParams,
    run=run,
    when="A first look at what an image holds, and the baseline that other methods must beat.",
    help="""<p>Finds as many clusters of values as you ask for and gives every pixel, or every superpixel, the
    nearest. Bands are scaled to their range (1st to 99th percentile), so that none outweighs the others by its
    unit; more than 8 bands become their 8 first principal components.</p>
    <p>The clusters are found on a sample and the map is made tile by tile: images larger than memory are
    fine. It knows nothing of texture or neighborhood: for that, see Unsupervised segmentation.</p>""",
    citation="Lloyd: Least squares quantization in PCM. IEEE Transactions on Information Theory 28, 1982. Arthur,"
    " Vassilvitskii: k-means++: The advantages of careful seeding. SODA 2007.",
    tags=("k-means", "clustering", "unsupervised", "classification", "baseline"),
    numbers={"class_count": "Number of classes"},
)

"""ISODATA: k-means that finds the number of clusters by splitting and merging them."""

from __future__ import annotations

from dataclasses import dataclass

from ..errors import ParameterError
from ..method import Method
from ..params import integer, number
from .clustering import ClusteringParams, run_clustering


@dataclass(frozen=True)
class IsodataParams(ClusteringParams):
    classes: int = integer(
        16,
        "Desired classes",
        "About how many there should be: with half as many or fewer, clusters are split; with twice as many or"
        " more, only merged.",
        low=2,
        high=254,
    )
    initial_classes: int = integer(
        16, "Initial classes", "Number of clusters at the start.", low=1, high=254, advanced=True
    )
    max_classes: int = integer(
        64, "Maximum classes", "Never more than these.", low=2, high=254, advanced=True
    )
    iterations: int = integer(
        30, "Iterations", "At most; it stops when the clusters stand still.", low=1, high=10_000
    )
    max_std: float = number(
        8.0,
        "Maximum standard deviation (% of the range)",
        "A cluster that varies more than this in any band is split. In percent of the range of values (1st to 99th"
        " percentile), so that it does not depend on the data's units.",
        low=0,
        high=100,
    )
    min_distance: float = number(
        8.0,
        "Minimum distance (% of the range)",
        "Two clusters whose centers are closer than this are merged.",
        low=0,
        high=300,
    )
    min_members: float = number(
        0.5,
        "Minimum members (% of the pixels)",
        "A cluster with fewer is given up; its members go to the nearest of the others.",
        low=0,
        high=50,
    )
    max_merges: int = integer(
        2,
        "Maximum merged pairs",
        "Pairs of clusters merged at once, at most.",
        low=1,
        high=127,
        advanced=True,
    )

    def check(self) -> None:
        super().check()
        if self.max_classes < max(self.classes, self.initial_classes):
            raise ParameterError(
                f"Maximum classes ({self.max_classes}) must not be fewer than Desired classes ({self.classes}) or"
                f" Initial classes ({self.initial_classes})."
            )


def run(params: IsodataParams, progress, staging) -> dict:
    """Map the image; returns the number of classes."""
    from ..clustering.centers import FULL
    from ..clustering.isodata import Rules, isodata

    def fit(features, weights, part) -> tuple:
        rules = Rules(
            initial=params.initial_classes,
            desired=params.classes,
            maximum=params.max_classes,
            iterations=params.iterations,
            max_std=params.max_std / 100 * FULL,
            min_distance=params.min_distance / 100 * FULL,
            min_members=params.min_members / 100 * float(weights.sum()),
            max_merges=params.max_merges,
        )
        return isodata(features, weights, rules, part)

    return run_clustering(METHOD, params, progress, staging, fit)


METHOD = Method(
    name="isodata",
    title="ISODATA",
    group="No labels",
    params=IsodataParams,
    run=run,
    when="Clusters of values when you do not know how many there are: wide ones are split, close ones merged.",
    help="""<p>K-means that changes the number of its clusters as it goes: one that varies too much is split, two
    that are close are merged, one that is too small is given up. Bands are scaled to their range (1st to 99th
    percentile), and lengths are given in percent of it; more than 8 bands become their 8 first principal
    components.</p>
    <p>For more classes lower the maximum standard deviation and the minimum distance; for fewer, raise them. The
    clusters are found on a sample and the map is made tile by tile: images larger than memory are fine.</p>""",
    citation="Ball, Hall: ISODATA, a novel method of data analysis and pattern classification. Stanford Research"
    " Institute, 1965. Tou, Gonzalez: Pattern Recognition Principles. Addison-Wesley, 1974.",
    tags=("isodata", "clustering", "unsupervised", "classification", "baseline"),
    numbers={"class_count": "Number of classes"},
)

"""What the gallery shows: each algorithm on the sample scene, in this order."""

from __future__ import annotations

from pathlib import Path
from typing import NamedTuple

from obic_plugin.engine.methods import METHODS

METHOD = {method.name: method for method in METHODS}
N_KNOWN, N_KNOWN_OF_EACH = 100, 5  # places of which Edit classes is told what they are
OUTPUTS = {
    "accuracy": "output_agreement",
    "cooccurrence": "output_html",
    "pretrain": "output_model",
    "trainchange": "output_model",
    "changeaccuracy": "output_html",
}
CHANGES = ("changes.tif", "change_mask.tif", "detected.tif", "fromto.tif")
CHANGED, TRANSITIONS = (
    "{changed_percent:.1f}% changed",
    "{changed_percent:.1f}% changed, {transition_count} transitions",
)


class Run(NamedTuple):
    """A method on the scene: ``note`` is what came out, from the method's numbers; ``classes`` if it maps them."""

    name: str
    variant: str
    method: str
    settings: dict
    note: str = "{class_count} classes"
    classes: bool = True

    @property
    def title(self) -> str:
        title = METHOD[self.method].title
        return f"{title}, {self.variant}" if self.variant else title


def runs(folder: Path) -> list:
    """What is shown, in this order; a result lies at ``folder / name``, and later runs take earlier ones' results."""

    def at(name: str) -> str:
        return str(folder / name)

    superpixels = {"note": "{superpixel_count:_} superpixels", "classes": False}
    return [
        Run("unsupervised.tif", "", "unsupervisedsegmentation", {}),
        Run("applied.tif", "", "applymodel", {"model": at("model.safetensors")}, "trained on another scene"),
        Run(
            "trained.tif",
            "",
            "train",
            {"labels": at("known.tif")},
            "{overall_accuracy:.1%} right on places left out",
        ),
        Run("places.gpkg", "", "suggestlabels", {"labels": at("known.tif")}, "{place_count} places", False),
        Run(
            "encoder.safetensors",
            "3 minutes",
            "pretrain",
            {"minutes": 3},
            "{prototype_count} prototypes",
            classes=False,
        ),
        Run("prototypes.tif", "all prototypes", "clustermap", {"model": at("encoder.safetensors")}),
        Run(
            "clusters.tif",
            "16 classes",
            "clustermap",
            {"model": at("encoder.safetensors"), "classes": 16},
        ),
        Run(
            "chips.gpkg",
            "",
            "chips",
            {"labels": at("truth.tif"), "size": 64, "filtered": False},
            "{chip_count} chips",
            False,
        ),
        Run("tags.html", "", "cooccurrence", {"chips": at("chips.gpkg")}, "{class_count} tags", False),
        Run(
            "from_tags.tif",
            "",
            "trainfromtags",
            {"chips": at("chips.gpkg")},
            "from the tags of {chip_count} chips",
        ),
        Run(
            "changes.tif",
            "",
            "change",
            {"input2": at("later.tif"), "output_score": at("change_score.tif")},
            CHANGED,
            False,
        ),
        Run(
            "change_mask.tif",
            "from 70 on",
            "changemask",
            {"input": at("change_score.tif"), "threshold": 70, "min_area": 64},
            CHANGED,
            False,
        ),
        Run(
            "dates.safetensors",
            "",
            "trainchange",
            {
                "input": (at("other.tif"),),
                "input2": (at("other_later.tif"),),
                "labels": (at("other_truth.tif"),),
                "labels2": (at("other_later_truth.tif"),),
            },
            "{class_count} classes, from one pair",
            False,
        ),
        Run(
            "detected.tif",
            "",
            "detectchange",
            {"input2": at("later.tif"), "model": at("dates.safetensors")},
            TRANSITIONS,
            False,
        ),
        Run(
            "fromto.tif",
            "",
            "fromto",
            {"input": at("truth.tif"), "input2": at("later_truth.tif")},
            TRANSITIONS,
            False,
        ),
        Run(
            "changeaccuracy.html",
            "",
            "changeaccuracy",
            {"input": at("changes.tif"), "reference": at("fromto.tif")},
            "without labels: F1 {f1:.2f}, kappa {kappa:.2f}",
            False,
        ),
        Run("backpropagation.tif", "fast", "backpropagation", {}),
        Run("kmeans.tif", "pixels", "kmeans", {}),
        Run("kmeans_superpixels.tif", "superpixels", "kmeans", {"per": "superpixel"}),
        Run("isodata.tif", "pixels", "isodata", {}),
        Run("isodata_superpixels.tif", "superpixels", "isodata", {"per": "superpixel"}),
        Run(
            "edited.tif",
            "",
            "editclasses",
            {"input": at("isodata_superpixels.tif"), "reference": at("known.tif")},
            f"ISODATA, named by {N_KNOWN} places",
        ),
        Run(
            "agreement.tif",
            "",
            "accuracy",
            {"input": at("edited.tif"), "reference": at("truth.tif")},
            "{overall_accuracy:.1%} of the pixels are right",
            classes=False,
        ),
        Run(
            "polygons.gpkg",
            "smoothed",
            "polygons",
            {"input": at("edited.tif"), "min_area": 20, "tolerance": 1.0, "smoothing": 2},
            "{polygon_count:_} polygons",
            False,
        ),
        Run("slic.tif", "SLIC", "superpixels", {}, **superpixels),
        Run(
            "felzenszwalb.tif", "Felzenszwalb", "superpixels", {"superpixels": "felzenszwalb"}, **superpixels
        ),
        Run(
            "meancolor.tif",
            "of superpixels",
            "meancolor",
            {"zones": at("slic.tif")},
            "{zone_count:_} zones",
            False,
        ),
    ]

"""A saved model on another scene."""

from __future__ import annotations

from dataclasses import dataclass

from ..params import choice, file
from .mapparams import MapParams
from .method import Method


@dataclass(frozen=True)
class ApplyModelParams(MapParams):
    model: str = file("Model", "A model file that OBIC has saved.", extension="safetensors")
    scaling: str = choice(
        "scene",
        "Scaling",
        """This scene: its values are scaled by its own statistics, right where light, season or sensor differ.
        Model: by those of the scene the model was trained on, right for calibrated reflectance.""",
        {"scene": "By this scene's statistics", "model": "By the model's statistics"},
    )


def run(params: ApplyModelParams, progress) -> dict:
    """Map the image; returns the number of classes that occur."""
    from ..pipeline import map_with_model

    return map_with_model(params, progress)


METHOD = Method(
    name="applymodel",
    title="Apply model",
    group="Segmentation",
    params=ApplyModelParams,
    run=run,
    when="The classes of one map on another scene, with a model saved when the first was made.",
    help="""<p>Bands are matched by their number, and by name where model and image have the same names in another
    order. Classes keep their values, names and colors, so that maps can be compared.</p>""",
    tags=("land cover", "model", "inference", "prediction", "deep learning"),
    numbers={"class_count": "Number of classes"},
)

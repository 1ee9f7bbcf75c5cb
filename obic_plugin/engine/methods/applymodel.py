"""A saved model on another scene."""

from __future__ import annotations

from dataclasses import dataclass

from ..mapparams import MapParams
from ..method import Method
from ..params import choice, file


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


def run(params: ApplyModelParams, progress, staging) -> dict:
    """Map the image; returns the number of classes that occur."""
    from dataclasses import replace

    from ..job import MapJob
    from ..modelfile import ModelFile
    from ..opening import matching_bands, refuse_left_out
    from ..raster.classes import ClassTable

    model = ModelFile.load(params.model)
    params = replace(params, bands=matching_bands(model.bands, params))
    job = MapJob.open(METHOD, params, progress, staging)
    refuse_left_out(params.bands, job.reader)
    if params.scaling == "scene":
        model = model.scaled_to(job.sample)
    labeler = model.labeler_on(job.reader, job.device)
    result = job.make_map(labeler, ClassTable.from_json(model.classes))
    job.finish()
    return {"class_count": int((result.areas_px > 0).sum())}


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

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

    from ..errors import ModelError
    from ..job import MapJob
    from ..modelfile import ModelFile
    from ..opening import matching_bands, refuse_left_out
    from ..raster.classes import ClassTable

    model = ModelFile.load(params.model)
    if model.labeler == "dated classes":
        raise ModelError(
            f"{params.model} was made by Train change detection and wants two images. Choose Detect change."
        )
    params = replace(params, bands=matching_bands(model.bands, params))
    job = MapJob.open(METHOD, params, progress, staging)
    refuse_left_out(params.bands, job.reader)
    warn_of_another_kind(model, job)
    if params.scaling == "scene":
        model = model.scaled_to(job.sample)
    labeler = model.labeler_on(job.reader, job.device)
    result = job.make_map(labeler, ClassTable.from_json(model.classes))
    job.finish()
    return {"class_count": int((result.areas_px > 0).sum())}


def warn_of_another_kind(model, job) -> None:
    """Say in which bands the image is far from what the model was trained on."""
    import numpy as np

    from ..raster.scaling import Scaling, unlike
    from ..wording import number

    scaling = Scaling.from_json(model.state["scaling"])
    bands = unlike(scaling, job.sample)
    if not bands:
        return
    place = scaling.keep.index(bands[0])
    shown = [number(float(value)) for value in (scaling.low[place], scaling.high[place])]
    middle = number(float(np.median(job.sample[bands[0]])))
    job.note(
        f"This image is unlike what the model was trained on: in {len(bands)} of {len(scaling.keep)} bands values lie"
        f" elsewhere, such as around {middle} in band {bands[0] + 1} of those used, and {shown[0]} to {shown[1]} in"
        " training. Bands, units or sensor may differ, and classes mean something else: look at the map."
    )


METHOD = Method(
    name="applymodel",
    title="Apply model",
    group="No labels",
    params=ApplyModelParams,
    run=run,
    when="The classes of one map on another scene, with a model saved when the first was made.",
    help="""<p>Bands are matched by their number, and by name where model and image have the same names in another
    order. Classes keep their values, names and colors, so that maps can be compared.</p>
    <p>A model does not merge small patches. Set the smallest patch as it was when the model was made, which is 20 for a
    network as published.</p>""",
    tags=("land cover", "model", "inference", "prediction", "deep learning"),
    numbers={"class_count": "Number of classes"},
)

"""Where to label next: the places whose labels would teach most."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, NamedTuple

from .. import superpixelparams as fields
from ..mapparams import ComputeParams, random_seed
from ..method import Method
from ..params import file, integer, layer, output_vector
from ..progress import Span

if TYPE_CHECKING:
    from ..nets.labelnet import LabelNetwork
    from ..superpixels.cellreader import CellReader

LOSS = "places are told apart by means and contrasts of the bands alone"
FIRST_PX = 16  # side of the places that are labeled first
FIELDS = {"number": int, "class": str, "unsure": float}  # in percent: 100 where two classes are as likely


@dataclass(frozen=True)
class SuggestLabelsParams(ComputeParams):
    model: str = file(
        "Model",
        """A model of Train from labels: suggested is what it is unsure of, and unlike all labels. Without a model those
        places are suggested that differ most from each other, to begin with.""",
        extension="safetensors",
        optional=True,
    )
    labels: str = layer(
        "Labels",
        "What is labeled already: nothing is suggested there, nor close by, and first what looks different.",
        optional=True,
    )
    count: int = integer(10, "Places", "How many places to suggest.", low=1, high=1000)
    size: int = fields.size(
        None,
        """Side of a place, about: small enough to be of one class, large enough to be seen. Without a value that of the
        model's superpixels, or 16 without a model.""",
    )
    seed: int = random_seed()
    output: str = output_vector(
        "Places",
        """The places as polygons, those first that would help most, with an empty field for the class: fill it in,
        and use the layer as labels.""",
        style="outlines",
    )


def run(params: SuggestLabelsParams, progress, staging) -> dict:
    """Write the places; returns how many there are."""
    from ..device import choose_device, describe
    from ..modelfile import ModelFile
    from ..places import look, outlines
    from ..provenance import provenance
    from ..training.suggestions import suggested
    from ..vector.layer import PolygonLayer

    device = choose_device(params.device)
    model = ModelFile.load(params.model) if params.model else None
    image = opened(model, params, Span(progress, 0.0, 0.1))
    cells, network = looking_at(params, model, image, device, progress)
    progress.say("Looking at the image")
    found = look(cells, network, labeled(params, image.reader), params.seed, Span(progress, 0.1, 0.8))
    chosen = suggested(found.places, params.count, params.seed)
    if not len(chosen):
        progress.say(
            f"Nothing is left to suggest in {params.input}, and so the layer is empty: all that was looked at is"
            f" labeled, or close to a label of {params.labels}. Give other labels, or a larger extent, to be suggested"
            " more."
        )
    shapes = outlines(cells, found, chosen, Span(progress, 0.8, 0.95))
    margins = found.places.margins
    unsure = [None if margins is None else 100 * (1 - float(margins[place])) for place in chosen]
    rows = [(number, None, percent) for number, percent in enumerate(unsure, 1)]
    metadata = provenance(METHOD.name, params, image.reader, describe(device))
    path = staging.path(params.output)
    with PolygonLayer(path, image.reader.grid.crs_wkt, FIELDS, metadata) as target:
        target.add(shapes, rows, Span(progress, 0.95, 0.98))
        target.finish(Span(progress, 0.98, 1.0))
    return {"place_count": len(chosen)}


def opened(model, params: SuggestLabelsParams, progress):
    """The image, with the bands that the model wants."""
    from dataclasses import replace

    from ..opening import matching_bands, open_image, refuse_left_out

    if model is None:
        return open_image(params, progress)
    params = replace(params, bands=matching_bands(model.bands, params))
    image = open_image(params, progress)
    refuse_left_out(params.bands, image.reader)
    return image


class Looking(NamedTuple):
    """How the image is read as places, a `CellReader`, and the network that knows classes of them, None without a
    model."""

    cells: CellReader
    network: LabelNetwork | None


def looking_at(params: SuggestLabelsParams, model, image, device, progress) -> Looking:
    """As the model does, or with an encoder that has learnt from photographs."""
    from ..encoding import image_features
    from ..errors import ModelError
    from ..nets.labelnet import LabelNetwork
    from ..raster.display import Display
    from ..raster.scaling import Scaling, fit_scaling
    from ..superpixels import kinds
    from ..superpixels.cellreader import CellReader
    from ..superpixels.slic import Slic

    if model is None:
        superpixels = Slic(params.size or FIRST_PX, fields.COMPACTNESS)
        scaling = fit_scaling(image.sample, progress)
        shown = Display.of(image.reader, image.sample)
        features = image_features("imagenet", LOSS, image.reader, shown, scaling, progress)
        return Looking(CellReader(image.reader, scaling, superpixels, device, features.to(device)), None)
    model = model.scaled_to(image.sample)
    network = model.labeler_on(image.reader, device).network
    if not isinstance(network, LabelNetwork):
        raise ModelError(
            f"{params.model} was not made by Train from labels with a linear head. Choose a model that was, or none."
        )
    scaling, own = Scaling.from_json(model.state["scaling"]), kinds.from_json(model.state["superpixels"])
    superpixels = Slic(params.size or own.size_px, fields.COMPACTNESS)
    return Looking(CellReader(image.reader, scaling, superpixels, device, network.encoder), network)


def labeled(params: SuggestLabelsParams, reader):
    """What says where labels are already; None without any."""
    from ..raster.groundtruth import labeled_places

    return labeled_places(params.labels, reader.grid) if params.labels else None


METHOD = Method(
    name="suggestlabels",
    title="Suggest labels",
    group="A few labels",
    params=SuggestLabelsParams,
    run=run,
    when="Which places to label next, so that the map gets better fastest.",
    help="""<p>With a model of Train from labels: places that look like none that is labeled, no two alike, each typical
    of many others of which the model is unsure. Give them a class in the attribute table, and train again with all
    labels.</p>
    <p>Without a model: places that differ as much as possible, to begin with.</p>""",
    tags=("active learning", "sampling", "labels", "training", "uncertainty", "digitizing"),
    numbers={"place_count": "Number of places"},
    loads=("sklearn.cluster",),
)

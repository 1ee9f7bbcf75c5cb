"""Any label raster as polygons."""

from __future__ import annotations

from dataclasses import dataclass

from ..errors import ParameterError
from ..mapparams import SourceParams
from ..method import Method
from ..params import choice, flag, integer, number, output_vector, polygons, raster
from ..progress import Span
from ..wording import count

STATISTICS = {
    "none": (),
    "mean": ("mean",),
    "mean_std": ("mean", "std"),
    "all": ("mean", "std", "min", "max"),
}


@dataclass(frozen=True)
class PolygonsParams(SourceParams):
    input: str = raster(
        "Labels",
        "Classes, clusters, superpixels: one band of whole numbers. Where it declares no nodata value, 0 is no data.",
    )
    image: str = raster(
        "Image",
        "An image on the same grid, for statistics of its bands in each polygon.",
        optional=True,
    )
    statistics: str = choice(
        "mean",
        "Statistics",
        "Of each band of the image, over the pixels of a polygon.",
        {
            "none": "None",
            "mean": "Mean",
            "mean_std": "Mean and standard deviation",
            "all": "Mean, standard deviation, minimum, maximum",
        },
    )
    texture: bool = flag(
        False,
        "Texture",
        "Adds the mean, over a polygon, of the standard deviation of brightness in 3 x 3 px of the image.",
    )
    shape: bool = flag(
        False, "Shape", "Adds perimeter and compactness: 4 pi area / perimeter², which is 1 for a circle."
    )
    min_area: int = integer(
        0,
        "Smallest polygon (pixels)",
        "Patches of fewer pixels are first merged into their largest neighbor. 0 keeps all.",
        low=0,
        high=10_000_000,
    )
    tolerance: float = number(
        0.0,
        "Simplify (pixels)",
        "How far an outline may leave the sides of the pixels. 0: not at all; 1 makes slanted borders straight.",
        low=0,
        high=100,
    )
    smoothing: int = integer(
        0, "Smoothing", "How often corners are rounded; 2 looks smooth. 0 keeps them.", low=0, high=5
    )
    mask: str = polygons("Mask", "Only what lies within these polygons.", optional=True)
    output: str = output_vector(
        "Polygons",
        """Each patch of one label as a polygon, with class, name and color where the raster has a legend (else its
        number), area (ellipsoidal where the CRS is geographic), and the statistics. Neighbors share their borders,
        simplified and smoothed ones too: there are no gaps and no overlaps.""",
        style="polygons",
    )

    def check(self) -> None:
        if self.texture and not self.image:
            raise ParameterError("Texture is that of an image. Choose one, or switch Texture off.")


def run(params: PolygonsParams, progress, staging) -> dict:
    """Draw; returns the number of polygons."""
    from ..polygonize import write_polygons
    from ..raster.mask import PolygonMask

    labels, image = _open(params)
    mask = PolygonMask(params.mask, labels.grid) if params.mask else None
    if not labels.declares_nodata:
        progress.say("The labels declare no nodata value: 0 is no data, and gets no polygon.")
    progress.say(f"Drawing the outlines of {labels.grid.window.size / 1e6:.2f} Mpx")
    n_made = write_polygons(
        params.input,
        staging.path(params.output),
        _classes(params),
        image,
        progress=Span(progress, 0.0, 0.99),
        statistics=STATISTICS[params.statistics],
        shape=params.shape,
        texture=params.texture,
        tolerance_px=params.tolerance,
        smoothing=params.smoothing,
        min_area_px=params.min_area,
        mask=mask,
        metadata=_metadata(params, labels),
    )
    progress.say(f"{count(n_made)} polygons.")
    return {"polygon_count": n_made}


def _open(params: PolygonsParams) -> tuple:
    """Readers of the labels and of the image (None where there is none), once both are known to fit."""
    from ..errors import InputError
    from ..raster.labels import LabelReader
    from ..raster.reader import RasterReader

    labels = LabelReader(params.input)
    image = RasterReader(params.image) if params.image else None
    if image and not labels.grid.coincides_with(image.grid):
        raise InputError(
            f"The image {params.image} has {image.grid.width} x {image.grid.height} px, the labels"
            f" {labels.grid.width} x {labels.grid.height} px, or they lie elsewhere. Choose the image that the labels"
            " were made of."
        )
    return labels, image


def _classes(params: PolygonsParams):
    """The legend of the raster; None where it has none, so that polygons have numbers only."""
    from ..raster.classes import ClassTable

    table = ClassTable.from_raster(params.input)
    return table if len(table) else None


def _metadata(params: PolygonsParams, labels) -> dict:
    from ..provenance import provenance

    return provenance(METHOD.name, params, labels, "cpu")


METHOD = Method(
    name="polygons",
    title="Polygons",
    group="Classes and polygons",
    params=PolygonsParams,
    run=run,
    when="A map as a layer of polygons, with areas and statistics, for editing, printing and counting.",
    help="""<p>Every patch of pixels of one label that hang together by their sides becomes a polygon. Simplify and
    Smoothing make outlines that do not look like stairs; a border is drawn once for both its sides, so that
    neighbors still fit. Areas and statistics are always those of the pixels.</p>
    <p>Images larger than memory are fine, and no polygon is cut anywhere.</p>""",
    tags=(
        "polygonize",
        "vectorize",
        "raster to vector",
        "polygons",
        "classes",
        "smooth",
        "simplify",
        "statistics",
    ),
    numbers={"polygon_count": "Number of polygons"},
    loads=("scipy.sparse.csgraph",),
)

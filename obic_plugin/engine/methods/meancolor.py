"""Each zone in its mean color: what a map or superpixels leave of an image."""

from __future__ import annotations

from dataclasses import dataclass

from ..mapparams import ImageParams
from ..method import Method
from ..params import choice, field, layer, output_raster
from ..progress import Span
from ..wording import count

TILE_PX = 1024


@dataclass(frozen=True)
class MeanColorParams(ImageParams):
    zones: str = layer(
        "Zones",
        """What is painted with one color each: the classes of a map, superpixels, or polygons. A raster may lie on
        another grid and in another CRS: each pixel of the image takes its nearest pixel.""",
    )
    field: str = field(
        "Zone field",
        "Polygons with the same value are one zone. Without a choice each polygon is one.",
        parent="zones",
    )
    type: str = choice(
        "same",
        "Data type",
        "As the image: means are rounded to its whole numbers. Float: exact means, for statistics.",
        {"same": "As the image", "float": "Float (32 bits)"},
    )
    output: str = output_raster(
        "Mean colors",
        """The chosen bands of the image, with the mean of its zone in each pixel. What has no data in the image, or
        no zone, has no data.""",
    )


def run(params: MeanColorParams, progress, staging) -> dict:
    """Paint; returns the number of zones."""
    from ..errors import InputError
    from ..opening import open_image
    from ..provenance import provenance
    from ..raster.reference import open_zones
    from ..raster.zones import ZoneMeans

    reader, _, _ = open_image(params, Span(progress, 0.0, 0.05))
    zones = open_zones(params.zones, params.field, reader.grid, progress)
    tiles = reader.work.tiles(TILE_PX)
    means = ZoneMeans(reader.n_bands)
    progress.say(f"Means of {reader.n_bands} bands over {reader.work.size / 1e6:.2f} Mpx")
    for index, window in enumerate(tiles):
        progress.at(0.05 + 0.45 * index / len(tiles))
        means.add(reader.read(window), zones.labels(window))
    found = means.table()
    if not len(found.numbers):
        raise InputError(
            f"{params.zones} has no zone where the image has data. Check that they overlap, and their CRS."
        )
    progress.say(f"Painting {count(len(found.numbers))} zones")
    metadata = provenance(METHOD.name, params, reader, "cpu")
    _write(params, reader, zones, found, staging, metadata, Span(progress, 0.5, 1.0))
    return {"zone_count": len(found.numbers)}


def _write(params: MeanColorParams, reader, zones, found, staging, metadata: dict, progress) -> None:
    from ..raster.writer import RasterWriter
    from ..raster.zones import paint

    dtype = _data_type(params, reader)
    complete = int(found.n_px.sum()) == reader.grid.window.size
    colors, nodata = _colors(found.means, dtype, _declared_nodata(params, reader), complete)
    background = 0 if nodata is None else nodata
    tiles = reader.work.tiles(TILE_PX)
    with RasterWriter(staging.path(params.output), reader.grid, dtype, nodata, reader.n_bands) as writer:
        writer.describe(metadata, band_names=reader.band_names, colors=reader.color_interpretations)
        for index, window in enumerate(tiles):
            progress.at(0.8 * index / len(tiles))
            painted = paint(found.numbers, colors, reader.read(window), zones.labels(window), background)
            for band, values in enumerate(painted, 1):
                writer.write(window, values, band)
        writer.finish("NEAREST", Span(progress, 0.8, 1.0))


def _data_type(params: MeanColorParams, reader):
    """Float, or a type that holds all bands of the image."""
    import numpy as np

    return np.dtype(np.float32) if params.type == "float" else reader.dtype


def _declared_nodata(params: MeanColorParams, reader) -> float | None:
    """The value that means no data in the first band of the image, or that the user has given."""
    declared = reader.nodata[0] if reader.nodata else None
    return params.nodata if declared is None else declared


def _colors(means, dtype, nodata: float | None, complete: bool) -> tuple:
    """Colors (n, B) of type ``dtype`` of which none is the nodata value, and that value.

    It is the image's own; where that has none and not every pixel is painted, a value that no zone has.
    """
    import numpy as np

    if dtype.kind == "f":
        colors = means.astype(dtype)
        nodata = nodata if nodata is not None or complete else np.nan
        return np.where(colors == nodata, np.nextafter(colors, dtype.type(np.inf)), colors), nodata
    low, high = np.iinfo(dtype).min, np.iinfo(dtype).max
    colors = np.clip(np.rint(means), low, high).astype(dtype)
    if nodata is not None and not (low <= nodata <= high and nodata == int(nodata)):
        nodata = None
    if nodata is None and not complete:
        few = np.r_[low, high, np.arange(max(low, -300), min(high, 300) + 1)]
        nodata = int(np.append(few[~np.isin(few, colors)], low)[0])
    if nodata is None:
        return colors, None
    nearest = nodata - 1 if nodata == high else nodata + 1
    return np.where(colors == nodata, dtype.type(nearest), colors), int(nodata)


METHOD = Method(
    name="meancolor",
    title="Mean colors",
    group="Superpixels",
    params=MeanColorParams,
    run=run,
    when="See what superpixels, or the classes of a map, keep of an image: each in its mean color.",
    help="""<p>Paints each class of a map, each superpixel or each polygon with the mean of the image's pixels in it.
    Beside the image it shows at a glance where superpixels are too large, or where a class holds unlike things.</p>
    <p>With Data type Float it is a raster of zonal means, band by band. Any data type, any number of bands, nodata,
    and images larger than memory are fine.</p>""",
    tags=("mean", "average", "color", "zonal statistics", "superpixels", "segments", "posterize"),
    numbers={"zone_count": "Number of zones"},
)

"""Superpixels by themselves: to look at before trusting them, or to work on with other tools."""

from __future__ import annotations

from dataclasses import dataclass

from .. import superpixelparams as fields
from ..mapparams import ComputeParams
from ..method import Method
from ..params import output_raster, output_vector
from ..progress import Span
from ..wording import count


@dataclass(frozen=True)
class SuperpixelsParams(ComputeParams):
    superpixels: str = fields.kind(
        "Felzenszwalb's end at the lines of a grid of 512 x 512 px; only pieces that are too small join others there."
    )
    superpixel_size: int = fields.size(
        16,
        "Side of a superpixel: about the smallest thing to be told apart. For felzenszwalb, its scale follows from it.",
    )
    compactness: float = fields.compactness(0.03, advanced=False)
    min_size: int = fields.min_size(
        None,
        """Smaller pieces join the neighbor with which they share the longest border. Without a value a quarter of
        the superpixel size squared.""",
        label="Smallest superpixel (pixels)",
    )
    felzenszwalb_scale: float = fields.scale(None, "Without a value it follows from the superpixel size.")
    felzenszwalb_sigma: float = fields.sigma()
    output: str = output_raster(
        "Superpixels",
        """The number of the superpixel of each pixel, 1 to their count; 0 is no data. Each superpixel is in one
        piece. Neighbors have numbers far apart, so that any color ramp shows them.""",
        style="superpixels",
    )
    output_polygons: str = output_vector(
        "Outlines",
        """Superpixels as polygons, with area, perimeter, compactness (1 for a circle), mean, standard deviation,
        least and greatest value of each band, and texture: the mean standard deviation of brightness in 3 x 3
        px.""",
        style="outlines",
        optional=True,
    )


def run(params: SuperpixelsParams, progress, staging) -> dict:
    """Draw the superpixels; returns how many there are."""
    from ..device import choose_device, describe
    from ..opening import open_image
    from ..provenance import provenance
    from ..raster.scaling import fit_scaling
    from ..superpixels.cellreader import CellReader

    kind, device = kind_of(params), choose_device(params.device)
    progress.say("Reading a sample of the image")
    reader, sample, _ = open_image(params, Span(progress, 0.0, 0.02))
    cells = CellReader(reader, fit_scaling(sample, progress), kind, device)
    metadata = provenance(METHOD.name, params, reader, describe(device))
    drawn = 0.4 if params.output_polygons else 1.0
    n_made = _draw(params, cells, staging, metadata, Span(progress, 0.02, drawn))
    if params.output_polygons:
        _outline(params, reader, staging, metadata, Span(progress, drawn, 1.0))
    progress.say(f"{count(n_made)} superpixels.")
    return {"superpixel_count": n_made}


def kind_of(params: SuperpixelsParams):
    """The `Slic` or `Felzenszwalb` that the parameters ask for."""
    from ..superpixels.kinds import superpixels_by

    felzenszwalb = params.felzenszwalb_scale, params.felzenszwalb_sigma, params.min_size
    return superpixels_by(params.superpixels, params.superpixel_size, params.compactness, *felzenszwalb)


def _draw(params: SuperpixelsParams, cells, staging, metadata: dict, progress) -> int:
    """Write the raster of numbers tile by tile; returns how many superpixels there are."""
    from contextlib import closing
    from functools import partial

    from ..progress import Steps
    from ..superpixels.idmap import IdMap
    from ..workers import worked_ahead

    tiles = cells.reader.work.tiles(_tile_px(params, cells))
    progress.say(f"Superpixels of {params.superpixel_size} px, in tiles: {count(len(tiles))}")
    told = Steps(Span(progress, 0.0, 0.8), len(tiles))
    work = partial(_pieces, params, cells)
    with closing(IdMap(cells.reader.grid, params.output, staging, _min_px(params))) as numbers:
        for found in worked_ahead(work, tiles, cells.device, told.pause):
            numbers.write(found)
            told.next()
        progress.say(f"Numbering {count(numbers.count)} superpixels")
        return numbers.finish(metadata, Span(progress, 0.8, 1.0))


def _pieces(params: SuperpixelsParams, cells, core, pause):
    """The `Pieces` of one tile."""
    from ..superpixels.pieces import pieces, surroundings

    part = surroundings(cells.superpixels, core, cells.raster)
    found = cells.segmented(cells.scaled(cells.read(part)[1]), part, pause)
    pause()
    return pieces(cells.superpixels, found, core, cells.raster, _min_px(params))


def _min_px(params: SuperpixelsParams) -> int:
    return params.min_size or max(1, params.superpixel_size**2 // 4)


def _tile_px(params: SuperpixelsParams, cells) -> int:
    """The largest tile whose arrays fit the memory limit."""
    from ..tiling import largest_tile_px, memory_limit_mb

    bytes_per_px = cells.reader.n_bands * 8 + cells.scaling.n_channels * 8 + 36
    return largest_tile_px(bytes_per_px, memory_limit_mb(params.memory_mb))


def _outline(params: SuperpixelsParams, reader, staging, metadata: dict, progress) -> None:
    from ..polygonize import write_polygons
    from ..vector.measures import STATISTICS

    progress.say("Drawing outlines")
    write_polygons(
        staging.path(params.output),
        staging.path(params.output_polygons),
        image=reader,
        progress=progress,
        statistics=STATISTICS,
        shape=True,
        texture=True,
        metadata=metadata,
    )


METHOD = Method(
    name="superpixels",
    title="Superpixels",
    group="Superpixels",
    params=SuperpixelsParams,
    run=run,
    when="Small regions that follow the edges of an image: to look at before they guide a map, or to work with.",
    help="""<p>Cuts an image into superpixels, each one connected region. Any data type, any number of bands (more
    than 8 become their 8 first principal components), nodata, and images larger than memory are fine.</p>
    <p>SLIC superpixels do not depend on the size of the tiles: no superpixel and no polygon is cut at the border
    of a tile. Unsupervised segmentation, K-means and ISODATA make their own superpixels, in the same way.</p>""",
    citation="Achanta et al.: SLIC Superpixels Compared to State-of-the-Art Superpixel Methods. IEEE Transactions on"
    " Pattern Analysis and Machine Intelligence 34, 2012. Felzenszwalb, Huttenlocher: Efficient Graph-Based Image"
    " Segmentation. International Journal of Computer Vision 59, 2004.",
    tags=("superpixels", "slic", "felzenszwalb", "segmentation", "objects", "obia", "regions"),
    numbers={"superpixel_count": "Number of superpixels"},
)

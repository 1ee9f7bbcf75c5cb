"""What every method that makes a land-cover map has in common: what it reads, and what it can write."""

from __future__ import annotations

import math
from dataclasses import dataclass

from .params import (
    Params,
    band_numbers,
    bands,
    choice,
    display,
    extent,
    flag,
    integer,
    number,
    output_file,
    output_raster,
    output_vector,
    polygons,
    raster,
    text,
)


@dataclass(frozen=True)
class SourceParams(Params):
    """Inputs that are files of this computer, unless the user wants it otherwise (see `sources`)."""

    allow_network: bool = flag(
        False,
        "Allow network",
        """Inputs may be read from servers and databases, or be made from files that lie there. Without it nothing is
        fetched: what is not a file on this computer is refused.""",
        advanced=True,
        last=True,
    )


@dataclass(frozen=True)
class ImageParams(SourceParams):
    """An image, some of its bands, and where in it to work."""

    input: str = raster(
        "Image", "Any raster that GDAL opens, of any data type, with 1 to several hundred bands."
    )
    bands: tuple = bands(
        "Bands", "Bands to use. Without a choice, all but alpha; constant bands are left out."
    )
    extent: tuple = extent("Extent", "Work only within this rectangle; outside of it the result has no data.")
    mask: str = polygons(
        "Mask", "Work only within these polygons; outside of them the result has no data.", optional=True
    )
    nodata: float = number(
        None,
        "No-data value",
        "A pixel with this value in all bands has no data, beside what the file itself declares: 255 for a white"
        " outside, 0 for a black one.",
        low=-math.inf,
        optional=True,
        advanced=True,
    )
    display: dict = display()  # noqa: RUF009, a field like the others

    @property
    def image(self) -> str:
        """The image that is worked on: the first, where there are several."""
        return self.input if isinstance(self.input, str) else self.input[0]


def memory_limit(help: str):
    """What a run may take."""
    return integer(
        None,
        "Memory limit (MB)",
        f"What the run may take, approximately{help}",
        low=256,
        high=1_000_000,
        optional=True,
        advanced=True,
        last=True,
    )


def random_seed():
    """Where chance starts."""
    help = "Same seed, same map on the same device."
    return integer(0, "Seed", help, low=0, high=2**31 - 1, advanced=True)


def shared_bands():
    """Of several images of one sensor."""
    return band_numbers("Bands", "Bands to use, such as 1,2,3. Without a choice, all but alpha.")


def model_output(help: str):
    """What was learned, in a file."""
    return output_file("Model", help, extension="safetensors", optional=True)


@dataclass(frozen=True)
class ComputeParams(ImageParams):
    """Also the processor and the memory that an image takes."""

    device: str = text(
        "auto",
        "Device",
        "auto (a GPU if there is one), cpu, cuda, cuda:N (GPU number N, from 0) or mps.",
        advanced=True,
        last=True,
    )
    memory_mb: int = memory_limit(
        "; sets the size of the tiles. Without a value, 1 GB or a quarter of this computer's memory, whichever is less."
    )


@dataclass(frozen=True)
class MapParams(ComputeParams):
    """A map of classes with its companions."""

    min_area: int = integer(
        0,
        "Smallest patch (pixels)",
        "Patches of a class with fewer pixels are merged into their largest neighbor. 0 keeps all.",
        low=0,
        high=10_000_000,
        last=True,
    )
    output: str = output_raster(
        "Map",
        """Land-cover map: a byte for each pixel, 0 no data, 1 to K the classes from the largest area to the
        smallest. Carries its legend (color table and names) and how it was made.""",
        style="classes",
    )
    output_confidence: str = output_raster(
        "Confidence",
        "How sure the class of a superpixel is, in percent: its share in the mean opinion of all that tells classes"
        " apart. 0 is no data.",
        style="confidence",
        optional=True,
    )
    output_superpixels: str = output_raster(
        "Superpixels",
        """A number for each superpixel, on its pixels; 0 is no data. Neighbors have numbers far apart, so that any
        color ramp shows them.""",
        style="superpixels",
        optional=True,
    )
    output_polygons: str = output_vector(
        "Polygons",
        """Patches of the map as polygons, with class, name, color, area (ellipsoidal where the CRS is geographic),
        mean confidence of their superpixels and mean of each band.""",
        style="polygons",
        optional=True,
    )
    output_report: str = output_file(
        "Report",
        """A page to read or print: image, map and confidence, the classes with colors and areas, settings,
        timings and the training curve.""",
        extension="html",
        optional=True,
    )


@dataclass(frozen=True)
class NewClassesParams(MapParams):
    """A map whose classes are found in the image, so that they need colors."""

    colors: str = choice(
        "mean",
        "Colors",
        """Mean color: each class in the mean color of its pixels, as the layer is shown (or bands 3-2-1), moved
        apart where two would look the same. Distinct: a palette of clearly different colors.""",
        {"mean": "Mean color of the class", "distinct": "Distinct palette"},
        last=True,
    )

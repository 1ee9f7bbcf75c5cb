"""The parameters that several methods of two dates share: one declaration each."""

from __future__ import annotations

from .params import integer, output_file, output_raster, output_vector, raster

LEAST_PATCH_PX = 16  # a quarter of a superpixel of 8 px: less is what one of them has lost


def second_image():
    """What the first image is compared with."""
    return raster(
        "Image of the second date",
        """The same bands of the same sensor. Grid and CRS may differ: it is seen on the grid of the first image, by its
        georeference; pixels up to 4 times as large or small.""",
        after="input",
    )


def smallest_patch():
    """Of change, or of what is unchanged."""
    return integer(
        LEAST_PATCH_PX,
        "Smallest patch (pixels)",
        "Patches of change, or of what is unchanged, with fewer pixels are merged into what surrounds them. 0 keeps"
        " all.",
        low=0,
        high=10_000_000,
    )


def mask():
    """Where a score means change."""
    return output_raster(
        "Mask of change", "0 no data, 1 unchanged (transparent), 2 changed.", style="changes"
    )


def mask_polygons():
    """The mask as polygons."""
    return output_vector(
        "Polygons",
        "Patches of change with their area and their mean score.",
        style="polygons",
        optional=True,
    )


def transitions():
    """From what to what, pixel by pixel."""
    return output_raster(
        "Transitions",
        """A byte for each pixel: 0 no data, 1 unchanged (transparent), from 2 on a value for each transition, the
        largest area first, with a legend such as "forest → building".""",
        style="changes",
    )


def matrix():
    """From what to what, as areas."""
    return output_file(
        "Matrix", "The areas as a table in ha: rows from, columns to.", extension="csv", optional=True
    )

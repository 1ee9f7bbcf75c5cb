"""What the files of two dates say of when and how they were taken, and what is to be said of that."""

from __future__ import annotations

import re
from datetime import date

from ..raster.reader import open_raster
from ..sources import LayerSource

KEYS = ("ACQUISITIONDATETIME", "DATE_ACQUIRED", "ACQUISITION_DATE", "SENSING_TIME", "PRODUCT_START_TIME")
DAY = re.compile(r"(?<!\d)((?:19|20)\d\d)[-_.]?(\d\d)[-_.]?(\d\d)(?!\d)")


def taken_on(source: str) -> date | None:
    """The day on which an image was taken, by its metadata, else by its name; None where neither tells."""
    dataset = open_raster(source)
    kept = {**(dataset.GetMetadata("") or {}), **(dataset.GetMetadata("IMAGERY") or {})}
    texts = [kept[key] for key in KEYS if key in kept] + [LayerSource.parse(source).file_name]
    for text in texts:
        for parts in DAY.findall(text):
            try:
                return date(*map(int, parts))
            except ValueError:  # as 20209931 is none
                continue
    return None


def remarks(first: str, second: str) -> list:
    """Sentences on two images: that they are one; else their order in time where it is unknown or reversed, and types
    that differ."""
    if first == second:
        return [
            "Both dates are the same image, in which nothing can have changed. Choose that of the other date."
        ]
    days, found = [taken_on(source) for source in (first, second)], []
    if None in days:
        found.append(
            "When the images were taken is not told by both: the first is taken for the earlier one."
        )
    elif days[0] > days[1]:
        found.append(
            f"The first image is of {days[0]}, later than the second, of {days[1]}: what is told goes back in time."
            " Swap them if that is not meant."
        )
    # a band lives as long as its dataset is held
    dates = [open_raster(source) for source in (first, second)]
    types = {dataset.GetRasterBand(1).DataType for dataset in dates}
    if len(types) > 1:
        found.append(
            "The values of both images are of different types. If they are of different sensors, what differs between"
            " these may be told as change."
        )
    return found

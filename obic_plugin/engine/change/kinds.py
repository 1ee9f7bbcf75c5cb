"""What a raster of two dates is, as far as it tells itself: a mask, transitions, a score, or classes of one date.

All of these are bytes, and one taken for another gives figures that look like others and mean nothing.
"""

from __future__ import annotations

from ..errors import InputError
from ..raster.labels import LabelReader
from .transitions import ARROW, MASK, OTHERS

MASK_KIND, TRANSITIONS, SCORE, CLASSES = (
    "a mask of change",
    "a raster of transitions",
    "a score of change",
    "a map of classes",
)
SCORED = ("change", "detectchange")  # methods whose rasters without a legend are scores


def kind_of(source: str) -> str | None:
    """One of the kinds above; None where the raster does not tell."""
    reader = LabelReader(source)
    names = {name for value, name in reader.names.items() if value not in reader.nodata}
    if not names:
        return SCORE if reader.dataset.GetMetadataItem("OBIC_METHOD") in SCORED else None
    if names <= set(MASK.names):
        return MASK_KIND
    if any(ARROW in name or name == OTHERS for name in names):
        return TRANSITIONS
    return CLASSES if len(names) > 2 else None


def refuse_unless_mask(source: str) -> None:
    """Refuse what says that it is no mask; transitions are one, too: all but the first value has changed."""
    found = kind_of(source)
    if found == SCORE:
        raise InputError(
            f"{source} is a score of change, and a mask is wanted. Make one of it with Mask of change."
        )
    if found == CLASSES:
        raise InputError(
            f"{source} is a map of classes, and a mask of change is wanted. Give the map of the other date, too, or a"
            " mask."
        )


def refuse_unless_classes(source: str) -> None:
    """Refuse what says that it has no classes of one date."""
    found = kind_of(source)
    if found not in (None, CLASSES):
        raise InputError(f"{source} is {found}, and a map of classes is wanted. Choose that of one date.")


def refuse_unless_score(source: str) -> None:
    """Refuse what says that it is no score."""
    found = kind_of(source)
    if found not in (None, SCORE):
        raise InputError(
            f"{source} is {found}, and a score of change is wanted. Choose what Change without labels or Detect change"
            " has written as score or probability."
        )

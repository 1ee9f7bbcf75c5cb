"""Numbers and facts as people read them."""

from __future__ import annotations

import math
from typing import Any, NamedTuple

THIN_SPACE = "\u202f"


class AreaUnit(NamedTuple):
    """What areas are told in: its name, and how large it is, in m² or, where nothing is known of the ground, in px."""

    name: str
    size: float


PIXEL = AreaUnit("px", 1.0)


def area_unit(total_m2: float) -> AreaUnit:
    """The unit in which areas that sum up to ``total_m2`` read well.

    >>> area_unit(2_500_000)
    AreaUnit(name='ha', size=10000.0)
    """
    for name, size, least in (("km²", 1e6, 2e7), ("ha", 1e4, 1e4)):
        if total_m2 >= least:
            return AreaUnit(name, size)
    return AreaUnit("m²", 1.0)


def number(value: float, digits: int = 3) -> str:
    """A number with at least ``digits`` significant digits and thin spaces between thousands.

    >>> number(1234567.8).replace(THIN_SPACE, " "), number(0.04567)
    ('1 234 568', '0.0457')
    """
    if value == 0:
        return "0"
    decimals = max(0, digits - 1 - math.floor(math.log10(abs(value))))
    return f"{value:,.{min(decimals, 6)}f}".replace(",", THIN_SPACE)


def count(value: int) -> str:
    """A whole number with thin spaces between thousands."""
    return f"{value:,d}".replace(",", THIN_SPACE)


def several(value: int, thing: str) -> str:
    """So many of a thing.

    >>> several(1, "tile"), several(2, "tile")
    ('1 tile', '2 tiles')
    """
    return f"{count(value)} {thing}{'' if value == 1 else 's'}"


def duration(seconds: float) -> str:
    if seconds < 60:
        return f"{seconds:.1f} s"
    minutes, seconds = divmod(round(seconds), 60)
    hours, minutes = divmod(minutes, 60)
    return f"{hours} h {minutes:02d} min" if hours else f"{minutes} min {seconds:02d} s"


def ranges(numbers: tuple) -> str:
    """1, 2, 3, 7 as 1–3, 7."""
    parts: list = []
    for item in numbers:
        if parts and item == parts[-1][1] + 1:
            parts[-1][1] = item
        else:
            parts.append([item, item])
    return ", ".join(f"{a}" if a == b else f"{a}–{b}" for a, b in parts)


def crs_name(wkt: str) -> str:
    if not wkt:
        return "none"
    from osgeo import osr

    reference = osr.SpatialReference()
    reference.ImportFromWkt(wkt)
    authority, code = reference.GetAuthorityName(None), reference.GetAuthorityCode(None)
    name = reference.GetName() or "unknown"
    return f"{name} ({authority}:{code})" if code else name


def crs_unit(wkt: str) -> str:
    if not wkt:
        return ""
    from osgeo import osr

    reference = osr.SpatialReference()
    reference.ImportFromWkt(wkt)
    name = reference.GetAngularUnitsName() if reference.IsGeographic() else reference.GetLinearUnitsName()
    return {"metre": "m", "meter": "m", "degree": "°"}.get(name, name)


def area_text(size: float, unit: str) -> str:
    """An area as a table shows it: pixels to the last one, other units to three or four digits."""
    if unit == "px":
        return count(int(size))
    return number(size) if size < 100 else number(size, 4)


def value_text(item: Any) -> str:
    if isinstance(item, bool):
        return "yes" if item else "no"
    if isinstance(item, float):
        return f"{item:g}"
    if isinstance(item, (list, tuple)):
        return ", ".join(value_text(part) for part in item)
    return str(item)

"""Features that two layers have in common, wherever they are kept: a copy has another name, and the same places."""

from __future__ import annotations

import os
from collections.abc import Callable
from typing import NamedTuple

from osgeo import gdal

from ..progress import no_pause
from ..sources import LayerSource, open_source, quiet_gdal

BATCH = 2000


class SharedFeatures(NamedTuple):
    """How many features of a layer there are, and how many of them are ``known`` from others."""

    n: int
    known: int


def shared_features(source: str, others: tuple, pause: Callable = no_pause) -> SharedFeatures:
    """Those of a layer whose geometry some of the other layers have as well, to the last bit; none where one of them is
    no layer of features, or not there any more."""
    known = frozenset().union(*(_geometries(other, pause) for other in others))
    own = _geometries(source, pause) if known else []
    return SharedFeatures(len(own), sum(each in known for each in own))


def _geometries(source: str, pause: Callable) -> list:
    """The well-known binary of each feature that has one."""
    meant = LayerSource.parse(source)
    if not os.path.isfile(meant.path) and not os.path.isdir(meant.path):  # a pipe may never end
        return []
    dataset = open_source(meant.path, gdal.OF_VECTOR)
    layer = meant.layer_of(dataset) if dataset is not None else None
    found = []
    with quiet_gdal():
        for number, feature in enumerate(layer or []):
            if number % BATCH == 0:
                pause()
            geometry = feature.GetGeometryRef()
            if geometry is not None and not geometry.IsEmpty():
                found.append(bytes(geometry.ExportToWkb()))
    return found

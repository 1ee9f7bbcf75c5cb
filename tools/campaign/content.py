"""What an output says, without when and how fast it was made: to compare two of them."""

from __future__ import annotations

import hashlib
import json
from pathlib import Path

from osgeo import gdal


def content(spec, path: str):
    """Equal for outputs that say the same."""
    return _OF[spec.kind](path)


def _raster(path: str) -> tuple:
    dataset = gdal.Open(path)
    bands = [dataset.GetRasterBand(number) for number in range(1, dataset.RasterCount + 1)]
    legend = [(band.GetRasterCategoryNames(), band.GetNoDataValue()) for band in bands]
    colors = [table and [table.GetColorEntry(i) for i in range(table.GetCount())] for table in _tables(bands)]
    values = [hashlib.sha256(bytes(band.ReadRaster())).hexdigest() for band in bands]
    return (
        dataset.RasterXSize,
        dataset.RasterYSize,
        dataset.GetGeoTransform(),
        repr(legend),
        repr(colors),
        *values,
    )


def _tables(bands: list) -> list:
    return [band.GetRasterColorTable() for band in bands]


def _vector(path: str) -> list:
    dataset = gdal.OpenEx(path, gdal.OF_VECTOR)
    layers = [dataset.GetLayer(index) for index in range(dataset.GetLayerCount())]
    return [
        [(feature.GetGeometryRef().ExportToWkt(), repr(list(feature.items().values()))) for feature in layer]
        for layer in layers
    ]


def _file(path: str):
    if path.endswith(".safetensors"):
        from safetensors.numpy import load_file

        return {name: (tensor.shape, tensor.tobytes()) for name, tensor in load_file(path).items()}
    if path.endswith(".json"):
        found = json.loads(Path(path).read_text(encoding="utf-8"))
        return {key: value for key, value in found.items() if not isinstance(value, (dict, str))}
    return Path(path).read_bytes() if path.endswith(".csv") else bool(Path(path).stat().st_size)


def _folder(path: str) -> dict:
    return {file.name: _raster(str(file)) for file in sorted(Path(path).glob("*.tif"))}


_OF = {"output_raster": _raster, "output_vector": _vector, "output_file": _file, "output_folder": _folder}


def difference(first: dict, second: dict) -> str:
    """Which of two {name: content} differ, '' if none."""
    names = [name for name in first if first[name] != second.get(name)]
    return f"not the same: {', '.join(names)}" if names else ""

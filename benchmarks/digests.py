"""Whether a change of the code changes a map: ``digests --write before.json``, later ``digests --compare before.json``.

Methods that make maps without labels run with fast settings and a fixed seed on the centers of ten scenes (on the
sample scene where there are none), and of each output the digest of what it holds is printed: of pixels, or of features
in their order. ``--tile 96`` maps in tiles of so many pixels, ``torchrun --nproc-per-node=2 -m benchmarks.digests``
in two processes: compared with a run without, neither is to change a map.
"""

from __future__ import annotations

import argparse
import hashlib
import json
import os
import sys
from contextlib import nullcontext
from pathlib import Path
from unittest import mock

from osgeo import gdal, ogr

from obic_plugin.engine import job
from obic_plugin.engine.methods import METHODS
from obic_plugin.engine.processes import joined, serve
from obic_plugin.engine.progress import Silent

from . import BUILD
from .scenes import data_folder, scenes

SCENES = ["dubai_01", "dubai_04", "loveda_00", "potsdam", "worldcover_01", "korea_01", "naip_02", "gid_0"]
SCENES += ["beaufort", "enmap"]
SIDE_PX = 320  # not a multiple of a tile, nor of what training looks at
FAST = {
    "unsupervised": (
        "unsupervisedsegmentation",
        {"effort": "draft", "superpixel_size": 4, "output_model": "safetensors"},
    ),
    "features": ("unsupervisedsegmentation", {"superpixel_size": 4}),
    "felzenszwalb": (
        "unsupervisedsegmentation",
        {"effort": "draft", "superpixel_size": 8, "superpixels": "felzenszwalb", "min_area": 20},
    ),
    "kmeans": ("kmeans", {"iterations": 5}),
    "isodata": ("isodata", {"per": "superpixel", "iterations": 5}),
    "backpropagation": ("backpropagation", {"iterations": 6}),
}
MORE = ("applied", "superpixels")  # the model of the first one on its own image
MAPS = {"output": "tif", "output_confidence": "tif", "output_superpixels": "tif", "output_polygons": "gpkg"}


def main() -> int:
    """Print the digests; returns 1 if one is not that of the file to compare with."""
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    parser.add_argument("--scenes", nargs="+", default=SCENES)
    parser.add_argument("--runs", nargs="+", default=[*FAST, *MORE], choices=[*FAST, *MORE])
    parser.add_argument("--tile", type=int, help="side of a tile in pixels; without it all is one tile")
    parser.add_argument("--write", type=Path, help="keep the digests in this JSON file")
    parser.add_argument("--compare", type=Path, help="say what is not as in this JSON file")
    options = parser.parse_args()
    gdal.UseExceptions()
    if int(os.environ.get("WORLD_SIZE", 1)) == 1:
        return run(options)
    with joined() as rank:
        return run(options) if rank == 0 else serve()


def run(options: argparse.Namespace) -> int:
    """As `main`, whatever other processes do."""
    known, found, n_other = json.loads(options.compare.read_text()) if options.compare else {}, {}, 0
    tiles = mock.patch.object(job, "largest_tile_px", lambda *_: options.tile)
    with tiles if options.tile else nullcontext():
        for name, image, fill in _images(options.scenes):
            for key, digest in _digests(name, image, fill, options.runs):
                found[key] = digest
                other = bool(known) and known.get(key) != digest
                n_other += other
                print(f"{digest[:16]}  {key}{'  is not as before' if other else ''}", flush=True)
    if options.write:
        options.write.write_text(json.dumps(found, indent=1) + "\n")
    print(f"{len(found)} outputs, {n_other} not as before" if known else f"{len(found)} outputs")
    return 1 if n_other else 0


def _images(names: list):
    """(name, path, fill value) of the center of each scene."""
    folder = BUILD / "digests"
    folder.mkdir(parents=True, exist_ok=True)
    if not data_folder().is_dir():
        from obic_plugin.engine.samplescene import write_sample_scene

        print(f"There are no scenes in {data_folder()}: this is the sample scene.")
        write_sample_scene(folder / "sample.tif", folder / "truth.tif", 0, (SIDE_PX, SIDE_PX))
        yield "sample", folder / "sample.tif", None
        return
    for scene in scenes(names):
        source = gdal.Open(str(scene.image))
        width, height = min(SIDE_PX, source.RasterXSize), min(SIDE_PX - 7, source.RasterYSize)
        corner = [(source.RasterXSize - width) // 2, (source.RasterYSize - height) // 2, width, height]
        gdal.Translate(str(folder / f"{scene.name}.tif"), source, srcWin=corner)
        yield scene.name, folder / f"{scene.name}.tif", scene.fill


def _digests(name: str, image: Path, fill: float | None, runs: list):
    """(scene / run / output, digest) of all that is made of an image."""
    stem = str(image.with_suffix(""))
    outputs = {kind: f"{stem}_{{run}}_{kind}.{ending}" for kind, ending in MAPS.items()}
    for run, (method, settings) in FAST.items():
        if run not in runs:
            continue
        made = {kind: path.format(run=run) for kind, path in outputs.items()}
        if method == "kmeans":
            del made["output_superpixels"]
        changes = dict(settings)
        if "output_model" in changes:
            changes["output_model"] = f"{stem}.safetensors"
        yield from _run(f"{name}/{run}", method, {"input": str(image), "nodata": fill, **changes}, made)
    if "applied" in runs:
        applied = {"input": str(image), "nodata": fill, "model": f"{stem}.safetensors"}
        yield from _run(f"{name}/applied", "applymodel", applied, {"output": f"{stem}_applied.tif"})
    if "superpixels" in runs:
        cells = {"output": f"{stem}_cells.tif", "output_polygons": f"{stem}_cells.gpkg"}
        yield from _run(f"{name}/superpixels", "superpixels", {"input": str(image), "nodata": fill}, cells)


def _run(name: str, method: str, settings: dict, outputs: dict):
    chosen = next(each for each in METHODS if each.name == method)
    chosen.execute(chosen.params(**settings, **outputs), Silent())
    for kind, path in outputs.items():
        yield f"{name}/{kind}", digest_of(path)


def digest_of(path: str) -> str:
    """SHA-256 of the pixels of a raster, or of the features of a vector file in their order."""
    digest = hashlib.sha256()
    if not path.endswith(".gpkg"):
        pixels = gdal.Open(path).ReadAsArray()
        digest.update(f"{pixels.shape} {pixels.dtype}".encode() + pixels.tobytes())
        return digest.hexdigest()
    source = ogr.Open(path)
    for feature in source.GetLayer(0):
        digest.update(bytes(feature.GetGeometryRef().ExportToWkb()) + json.dumps(feature.items()).encode())
    return digest.hexdigest()


if __name__ == "__main__":
    sys.exit(main())

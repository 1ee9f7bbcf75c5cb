"""How long one map takes and how much memory, beside scikit-image's SLIC on the same image in the same run.

    python -m benchmarks.speed [--size 7200x6800] [--efforts standard draft] [--law] [--repeat 3]

The image is a real scene (of the folder ``../shared/data`` or ``$OBIC_DATA``; without it, the sample scene) mirrored to
the wanted size, with noise, three bands of bytes. Ours is a whole run of qgis_process: start of QGIS, reading, map,
overviews, end. SLIC is the call alone, without reading. Needs Linux.
"""

from __future__ import annotations

import argparse
import json
import os
import re
import sys
import tempfile
import time
from pathlib import Path
from typing import NamedTuple

import numpy as np
from osgeo import gdal, osr

from . import BUILD, ROOT
from .processes import Run, run
from .scenes import data_folder

ALGORITHM = "obic:unsupervisedsegmentation"
GOALS = {"standard": 0.5, "draft": 0.275}
PEAK_GOAL_MB, PEAK_GROWTH_GOAL = 1300, 1.05
NOISE = 3.0
STRIP_PX = 512
STEPS = [*(token for ten in range(0, 100, 10) for token in (str(ten), ".", ".", ".")), "100 - done."]


def make_raster(path: Path, width: int, height: int) -> None:
    """Write a scene mirrored to ``width`` x ``height`` px, with noise that is nowhere the same."""
    source = _source()
    rows, cols = _mirrored(height, source.shape[1]), _mirrored(width, source.shape[2])
    options = ["TILED=YES", "BLOCKXSIZE=512", "BLOCKYSIZE=512", "PHOTOMETRIC=RGB"]
    dataset = gdal.GetDriverByName("GTiff").Create(str(path), width, height, 3, gdal.GDT_Byte, options)
    system = osr.SpatialReference()
    system.ImportFromEPSG(32640)
    dataset.SetProjection(system.ExportToWkt())
    dataset.SetGeoTransform((320_000.0, 0.5, 0.0, 2_790_000.0, 0.0, -0.5))
    for top in range(0, height, STRIP_PX):
        strip = source[:, rows[top : top + STRIP_PX]][:, :, cols].astype(np.float32)
        strip += np.random.default_rng(top).standard_normal(strip.shape, np.float32) * NOISE
        dataset.WriteArray(np.clip(np.rint(strip), 0, 255).astype(np.uint8), 0, top)


def _source() -> np.ndarray:
    """(3, h, w) uint8."""
    path = data_folder() / "dubai" / "image_04.tif"
    if path.exists():
        return gdal.Open(str(path)).ReadAsArray()
    from obic_plugin.engine.samplescene import make_sample_scene

    print(f"There are no real scenes in {path.parent.parent}: the sample scene stands in.")
    image = make_sample_scene().image[:3].astype(np.float32)
    return np.clip(image / np.percentile(image, 99) * 230, 0, 255).astype(np.uint8)


def _mirrored(size: int, period: int) -> np.ndarray:
    place = np.arange(size) % (2 * period)
    return np.minimum(place, 2 * period - 1 - place)


def run_ours(raster: Path, effort: str) -> Run:
    """A whole qgis_process run, the map written to a folder that is then removed."""
    with tempfile.TemporaryDirectory(dir=BUILD) as folder:
        arguments = [
            "run",
            ALGORITHM,
            f"--INPUT={raster}",
            f"--EFFORT={effort}",
            f"--OUTPUT={folder}/map.tif",
        ]
        if os.environ.get("QGIS_PROCESS"):
            return run([os.environ["QGIS_PROCESS"], *arguments])
        shell = ["sh", "-c", 'exec "$QGIS_PROCESS" "$@"', "qgis_process", *arguments]
        return run([str(ROOT / "tools" / "qgis_env.sh"), *shell])


def run_slic(raster: Path) -> tuple:
    """Seconds of the call of scikit-image's slic alone, and the run of its process."""
    result = run([sys.executable, "-m", "benchmarks.speed", "--slic-alone", str(raster)])
    return float(result.lines[-2][1].split()[-1]), result


def slic_alone(raster: str) -> None:
    from skimage.segmentation import slic

    image = np.ascontiguousarray(np.moveaxis(gdal.Open(raster).ReadAsArray(), 0, -1))
    started = time.monotonic()
    slic(image, n_segments=image.shape[0] * image.shape[1] // 256)
    print("seconds", time.monotonic() - started)


class Stage(NamedTuple):
    """What was said, the seconds until the next thing was, and the most memory held between."""

    text: str
    seconds: float
    peak_mb: float


def stages(result: Run) -> list:
    """The `Stage`s of a qgis_process run.

    Its percentage (0...10...20 and so on) comes without a line break, and messages right behind.
    """
    said, step = [(0.0, "Start of QGIS")], 0
    for second, line in result.lines:
        while step < len(STEPS) and line.startswith(STEPS[step]):
            line, step = line[len(STEPS[step]) :], step + 1
        text = line.strip()
        dull = (
            not text
            or set(text) == {"-"}
            or text in ("Inputs", "Results")
            or re.match(r"[A-Z_0-9]+:\t", text)
        )
        if not dull and not text.startswith(
            ("Problem with", f"{said[-1][1]} (")
        ):  # repeated with its time left
            said.append((second, text))
    ends = [second for second, _ in said[1:]] + [result.seconds]
    return [
        Stage(text, end - start, result.peak_between(start, end)) for (start, text), end in zip(said, ends)
    ]


def measure(raster: Path, effort: str, repeat: int) -> Run:
    """The fastest of some runs, with the highest of their peaks."""
    runs = [run_ours(raster, effort) for _ in range(repeat)]
    best = min(runs, key=lambda each: each.seconds)
    best.peak_mb = max(each.peak_mb for each in runs)
    return best


def report(name: str, result: Run, mpx: float) -> dict:
    """Print the run of ours and its stages; returns them."""
    print(f"\n{name}: {result.seconds:.1f} s, {result.seconds / mpx:.3f} s/Mpx, peak {result.peak_mb:.0f} MB")
    found = stages(result)
    for stage in found:
        print(f"  {stage.seconds:7.2f} s  {stage.peak_mb:5.0f} MB  {stage.text[:100]}")
    return {"seconds": result.seconds, "peak_mb": result.peak_mb, "mpx": mpx, "stages": found}


def judge(what: str, value: float, goal: float) -> None:
    print(f"{'met   ' if value <= goal else 'missed'}  {value:8.3f}  (goal {goal:g})  {what}")


def main() -> None:
    arguments = parse()
    if arguments.slic_alone:
        slic_alone(arguments.slic_alone)
        return
    width, height = arguments.size
    raster, mpx = _raster(width, height), width * height / 1e6
    kept = {"size": arguments.size, "ours": {}}
    for effort in arguments.efforts:
        kept["ours"][effort] = report(
            f"OBIC, {effort}, {width} x {height}", measure(raster, effort, arguments.repeat), mpx
        )
    peer_s = None
    if not arguments.no_slic:
        runs = [run_slic(raster) for _ in range(arguments.repeat)]
        peer_s, peer = min(runs, key=lambda pair: pair[0])
        print(
            f"\nscikit-image slic alone: {peer_s:.1f} s, {peer_s / mpx:.3f} s/Mpx, peak {peer.peak_mb:.0f} MB"
        )
        kept["slic"] = {"seconds": peer_s, "peak_mb": peer.peak_mb}
    if arguments.law:
        kept["law"] = measure_law(arguments, kept["ours"])
    print()
    for effort, ours in kept["ours"].items():
        if peer_s:
            judge(f"{effort}: seconds as a share of slic's", ours["seconds"] / peer_s, GOALS.get(effort, 1.0))
            print(
                f"                             {effort}: peak as a share of slic's {ours['peak_mb'] / peer.peak_mb:.3f}"
            )
        judge(f"{effort}: peak, MB", ours["peak_mb"], PEAK_GOAL_MB)
    for name, (value, goal) in kept.get("law", {}).get("ratios", {}).items():
        judge(name, value, goal)
    (BUILD / "speed.json").write_text(json.dumps(kept, indent=1))


def measure_law(arguments: argparse.Namespace, ours: dict) -> dict:
    """The same with a quarter of the pixels and with four times as many: what grows, and what must not."""
    effort = arguments.efforts[0]
    found = {"ratios": {}}
    for share in (0.5, 2):
        width, height = (int(size * share) for size in arguments.size)
        result = measure(_raster(width, height), effort, 1)
        found[share] = report(f"OBIC, {effort}, {width} x {height}", result, width * height / 1e6)
    base, large = ours[effort], found[2]
    per_px = [
        (each["seconds"] - each["stages"][0].seconds) / each["mpx"] for each in (found[0.5], base, large)
    ]
    print("\ns/Mpx without the start of QGIS:", ", ".join(f"{value:.3f}" for value in per_px))
    found["ratios"]["peak on four times the pixels"] = large["peak_mb"] / base["peak_mb"], PEAK_GROWTH_GOAL
    found["ratios"]["s/Mpx on four times the pixels"] = per_px[2] / per_px[1], 1.1
    return found


def _raster(width: int, height: int) -> Path:
    path = BUILD / f"scene_{width}x{height}.tif"
    if not path.exists():
        path.parent.mkdir(parents=True, exist_ok=True)
        making = path.with_suffix(".new.tif")
        make_raster(making, width, height)
        making.replace(path)
    return path


def _size(text: str) -> tuple:
    width, _, height = text.partition("x")
    return int(width), int(height)


def parse() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--size", type=_size, default=(7200, 6800), metavar="WIDTHxHEIGHT")
    parser.add_argument(
        "--efforts", nargs="+", default=["standard", "draft"], choices=["draft", "standard", "thorough"]
    )
    parser.add_argument("--repeat", type=int, default=1, help="runs of each, of which the fastest counts")
    parser.add_argument(
        "--law", action="store_true", help="also a quarter of the pixels, and four times as many"
    )
    parser.add_argument("--no-slic", action="store_true", help="ours only")
    parser.add_argument("--slic-alone", help=argparse.SUPPRESS)
    return parser.parse_args()


if __name__ == "__main__":
    gdal.UseExceptions()
    main()

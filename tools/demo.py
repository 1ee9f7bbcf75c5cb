"""A map without labels, from end to end: `make demo` or `make demo INPUT=scene.tif OUTPUT_DIR=folder`.

Makes a sample scene if it is given none, maps it with qgis_process, says what came out, and draws it.
"""

from __future__ import annotations

import argparse
import os
import re
import shutil
import subprocess
import sys
import tempfile
import time
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))

from osgeo import gdal  # noqa: E402

from obic_plugin.engine.errors import InputError, ObicError, OutputError  # noqa: E402
from obic_plugin.engine.raster.reader import open_raster  # noqa: E402
from obic_plugin.engine.samplescene import write_sample_scene  # noqa: E402
from quicklook import MapView, confidence_view, image_view  # noqa: E402

ALGORITHM = "obic:unsupervisedsegmentation"
OUTPUTS = {
    "OUTPUT": "map.tif",
    "OUTPUT_CONFIDENCE": "confidence.tif",
    "OUTPUT_POLYGONS": "polygons.gpkg",
    "OUTPUT_REPORT": "report.html",
}


def main() -> int:
    gdal.UseExceptions()
    arguments = parse()
    folder = Path(arguments.output_dir or ROOT / "demo").expanduser().resolve()
    try:
        folder.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise OutputError(f"Cannot make the folder {folder}: {error.strerror}.") from error
    source, truth = arguments.input, arguments.truth or None
    if not source:
        source, truth = str(folder / "scene.tif"), str(folder / "scene_truth.tif")
        print("Making a sample scene")
        write_sample_scene(source, truth)
    elif Path(source).expanduser().exists():
        source = str(Path(source).expanduser().resolve())
    dataset = open_raster(source)
    n_bands, mpx = dataset.RasterCount, dataset.RasterXSize * dataset.RasterYSize / 1e6
    size = f"{dataset.RasterXSize} x {dataset.RasterYSize} px, {n_bands} band{'s' if n_bands > 1 else ''}"
    print(f"Mapping {source} ({size})")
    seconds = run_algorithm(source, folder, arguments.set)
    view = MapView(folder / OUTPUTS["OUTPUT"])
    facts = [
        size,
        f"{len(view.table)} classes",
        f"{seconds:.1f} s ({seconds / mpx:.2f} s/Mpx, start of QGIS included)",
    ]
    if truth:
        facts.append(f"AMI {agreement(truth, folder / OUTPUTS['OUTPUT']):.3f} against {Path(truth).name}")
    print_classes(view)
    print("\n".join(["", *facts, ""]))
    picture = folder / "map.png"
    draw(source, folder, view, picture, "  ·  ".join(facts))
    for path in (*(folder / name for name in OUTPUTS.values()), picture):
        if path.exists():
            print(path)
    return 0


def parse() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--input", default="", help="any raster that GDAL opens; without one, a sample scene")
    parser.add_argument("--output-dir", default="", help="where to write; without one, demo/")
    parser.add_argument("--truth", default="", help="a label raster on the same grid, to compare with")
    parser.add_argument("--set", action="append", default=[], metavar="NAME=VALUE", help="another parameter")
    return parser.parse_args()


def run_algorithm(source: str, folder: Path, more: list) -> float:
    """Run qgis_process and show its progress; returns the seconds it took."""
    program = (
        os.environ.get("QGIS_PROCESS") or shutil.which("qgis_process.bin") or shutil.which("qgis_process")
    )
    if program is None:
        raise SystemExit("qgis_process was not found: is QGIS installed? (make setup)")
    outputs = [f"--{name}={folder / file}" for name, file in OUTPUTS.items()]
    command = [program, "run", ALGORITHM, f"--INPUT={source}", *outputs, *(f"--{item}" for item in more)]
    started = time.monotonic()
    with tempfile.TemporaryFile() as errors:
        process = subprocess.Popen(command, stdout=subprocess.PIPE, stderr=errors)
        try:
            console = Console()
            while chunk := os.read(process.stdout.fileno(), 4096):
                console.feed(chunk.decode(errors="replace"))
            console.close()
        except KeyboardInterrupt:  # the signal has reached qgis_process too, which cancels and cleans up
            process.wait()
            raise
        if process.wait():
            errors.seek(0)
            text = errors.read().decode(errors="replace")
            raise SystemExit("\n".join(error_lines(text)) or text)
    return time.monotonic() - started


def error_lines(text: str) -> list:
    """What qgis_process says went wrong, without the chatter of Qt and Python around it."""
    start = text.find("ERROR")
    return [line for line in text[start:].splitlines() if line.strip()] if start >= 0 else []


class Console:
    """Shows qgis_process's messages as they come, and its percentage as a bar if someone is looking.

    qgis_process writes 0...10...20 and so on without a line break, and messages right behind. It repeats the
    parameters and results, which are left out.
    """

    STEPS = (*(token for ten in range(0, 100, 10) for token in (str(ten), ".", ".", ".")), "100 - done.")
    HEADINGS = ("Inputs", "Results")

    def __init__(self):
        self._live, self._step, self._text, self._stage = sys.stdout.isatty(), 0, "", ""

    def feed(self, text: str) -> None:
        self._text += text
        while True:
            self._read_steps()
            line, ended, rest = self._text.partition("\n")
            if not ended:
                return
            self._text = rest
            self._show(line.strip())

    def close(self) -> None:
        self.feed("\n")
        self._clear()

    def _read_steps(self) -> None:
        while self._step < len(self.STEPS) and self._text.startswith(self.STEPS[self._step]):
            self._text = self._text[len(self.STEPS[self._step]) :]
            self._step += 1
            self._draw()

    def _show(self, line: str) -> None:
        dull = not line or set(line) == {"-"} or line in self.HEADINGS or re.match(r"[A-Z_0-9]+:\t", line)
        if dull:
            return
        if self._stage and line.startswith(f"{self._stage} ("):  # the same stage, with its time left
            self._draw(line[len(self._stage) :])
            return
        self._stage = line
        self._clear()
        print(f"  {line}", flush=True)

    def _draw(self, note: str = "") -> None:
        if self._live:
            done = self._step * 40 // len(self.STEPS)
            self._clear()
            print(f"  {'█' * done}{'░' * (40 - done)}{note}", end="", flush=True)

    def _clear(self) -> None:
        if self._live:
            print("\r\033[K", end="", flush=True)


def agreement(truth: str, path: Path) -> float:
    """Adjusted mutual information of a map with a label raster of the same size, where both have data."""
    from obic_plugin.engine.accuracy import cluster_scores, contingency_of

    labels, mapped = (open_raster(str(name)).ReadAsArray(band_list=[1]) for name in (truth, path))
    if labels.shape != mapped.shape:
        raise InputError(f"{truth} has {labels.shape} rows and columns, the map {mapped.shape}.")
    return cluster_scores(contingency_of(labels, mapped, (labels > 0) & (mapped > 0)))["ami"]


def area_text(view: MapView, index: int) -> str:
    """'12.3 ha', '4.56 km²', or a count of pixels where the raster is not georeferenced."""
    if view.area_m2 is None:
        return f"{view.pixels[index]} px"
    hectares = view.area_m2[index] / 1e4
    return f"{hectares / 100:.2f} km²" if hectares >= 1000 else f"{hectares:.2f} ha"


def print_classes(view: MapView) -> None:
    colored = sys.stdout.isatty() and "NO_COLOR" not in os.environ
    total = max(view.pixels.sum(), 1)
    print(f"\n  {'class':<24} {'share':>7} {'area':>12}  color")
    for index, item in enumerate(view.table):
        red, green, blue = item.color
        swatch = f"\033[48;2;{red};{green};{blue}m      \033[0m " if colored else ""
        share = view.pixels[index] / total
        code = f"#{red:02x}{green:02x}{blue:02x}"
        print(f"  {item.name:<24} {share:>7.1%} {area_text(view, index):>12}  {swatch}{code}")


def draw(source: str, folder: Path, view: MapView, path: Path, subtitle: str) -> None:
    """Write the picture of image, map and confidence."""
    from qgis.PyQt.QtGui import QColor, QGuiApplication

    from obic_plugin.engine.figures import CONFIDENCE_COLORS
    from tools.figure import LegendRow, Panel, draw_figure

    application = QGuiApplication.instance() or QGuiApplication(["obic"])
    ramp = {percent / 100: QColor(color).getRgb()[:3] for percent, color in CONFIDENCE_COLORS.items()}
    total = max(view.pixels.sum(), 1)
    legend = [
        LegendRow(item.color, item.name, view.pixels[index] / total, area_text(view, index))
        for index, item in enumerate(view.table)
    ]
    panels = [
        Panel("Image", image_view(source, view.small > 0), view.width_m),
        Panel(f"Land cover, {len(legend)} classes", view.colored(), smooth=False),
        Panel(
            "Confidence",
            confidence_view(folder / OUTPUTS["OUTPUT_CONFIDENCE"], ramp),
            smooth=False,
            ramp={share: (f"{share:.0%}", color) for share, color in ramp.items()},
        ),
    ]
    name = Path(source).name
    draw_figure(panels, legend, f"Land cover of {name}, mapped without labels", path, subtitle)
    del application


if __name__ == "__main__":
    try:
        sys.exit(main())
    except ObicError as error:
        sys.exit(str(error))
    except KeyboardInterrupt:
        sys.exit(130)

"""Every algorithm on the sample scene: a picture and a table for the README, and the pictures of the help panels.

make gallery                        everything; the times are those of a computer with nothing else to do
make gallery ARGS=--redraw          the pictures and the table again, from what the last run has left
make gallery ARGS='--only kmeans'   runs one method again, the rest is what the last run has left
"""

from __future__ import annotations

import argparse
import json
import re
import sys
import time
from pathlib import Path

import numpy as np

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))

from galleryruns import CHANGES, METHOD, N_KNOWN, N_KNOWN_OF_EACH, OUTPUTS, Run, runs  # noqa: E402
from laterscene import write_later_scene  # noqa: E402
from osgeo import gdal  # noqa: E402
from qgis.PyQt.QtGui import QGuiApplication  # noqa: E402
from scipy.ndimage import maximum_filter, minimum_filter  # noqa: E402
from sheet import Cell, draw_pair, draw_sheet, enlarged, with_borders, with_polygons  # noqa: E402

from demo import agreement  # noqa: E402
from obic_plugin import dependencies  # noqa: E402
from obic_plugin.engine.change.transitions import UNCHANGED  # noqa: E402
from obic_plugin.engine.progress import Silent  # noqa: E402
from obic_plugin.engine.raster.reader import RasterReader  # noqa: E402
from obic_plugin.engine.samplescene import write_sample_scene  # noqa: E402
from obic_plugin.engine.wording import THIN_SPACE  # noqa: E402
from quicklook import MapView, image_view  # noqa: E402

PICTURE, HELP = ROOT / "docs" / "gallery.jpg", ROOT / "resources" / "help"
README, MARK = ROOT / "README.md", "<!-- gallery: written by make gallery -->"
CHIPS = "chips.gpkg"
LONG_S = 30.0  # what takes longer is measured once
# Close-ups, (row, col) and (rows, cols): in the sheet, and in the help of what makes maps or small things.
ZOOM = (340, 300), (166, 200)
PAIR, PAIR_ZOOM = ((600, 185), (300, 226)), ((345, 325), (100, 76))


def main() -> int:
    gdal.UseExceptions()
    dependencies.activate()
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--redraw", action="store_true", help="from the results that are there")
    parser.add_argument("--only", default="", metavar="METHOD", help="run this method and leave the others")
    options = parser.parse_args()
    folder = ROOT / "build" / "gallery"
    folder.mkdir(parents=True, exist_ok=True)
    measured = measured_in(folder, options.only, options.redraw)
    application = QGuiApplication.instance() or QGuiApplication(["obic"])
    pictures = Pictures(folder)
    draw(pictures, measured)
    draw_help(pictures)
    write_table(measured)
    del application
    return 0


def measured_in(folder: Path, only: str = "", redraw: bool = False) -> list:
    """What each run has given, in order; measured now, or kept from the last time."""
    path = folder / "measured.json"
    kept = {row["name"]: row for row in json.loads(path.read_text())} if only or redraw else {}
    if not redraw:
        prepare(folder)
    rows = [
        kept[run.name] if redraw or (only and run.method != only) else measure(run, folder)
        for run in runs(folder)
    ]
    path.write_text(json.dumps(rows, indent=1))
    return rows


def prepare(folder: Path) -> None:
    """The scene, a few known places of it, and a model of another scene; PyTorch is loaded by that, too."""
    write_sample_scene(folder / "scene.tif", folder / "truth.tif")
    write_sample_scene(folder / "other.tif", folder / "other_truth.tif", seed=1)
    write_known_places(folder / "truth.tif", folder / "known.tif")
    for number, name in enumerate(("", "other_")):  # a later date of each
        of = (("scene" if not name else "other"), f"{name}truth", f"{name}later", f"{name}later_truth")
        write_later_scene(*(folder / f"{part}.tif" for part in of), seed=2 + number)
    method = METHOD["unsupervisedsegmentation"]
    outputs = {"output": str(folder / "other_map.tif"), "output_model": str(folder / "model.safetensors")}
    method.execute(method.params(input=str(folder / "other.tif"), **outputs), Silent())


def write_known_places(truth: Path, path: Path) -> None:
    """Squares of 5 x 5 px in places by chance, some in each class; all else is unknown."""
    source = gdal.Open(str(truth))
    labels = source.ReadAsArray()
    inside = (minimum_filter(labels, 5) == maximum_filter(labels, 5)) & (labels > 0)
    known, chance = np.zeros_like(labels), np.random.default_rng(0)
    places = [
        chance.choice(np.flatnonzero(inside & (labels == value)), N_KNOWN_OF_EACH, replace=False)
        for value in np.unique(labels[inside])
    ]
    n_more = N_KNOWN - sum(map(len, places))
    for place in np.concatenate([*places, chance.choice(np.flatnonzero(inside), n_more, replace=False)]):
        row, col = divmod(int(place), labels.shape[1])
        known[row - 2 : row + 3, col - 2 : col + 3] = labels[row, col]
    copy = gdal.GetDriverByName("GTiff").CreateCopy(str(path), source)
    copy.GetRasterBand(1).WriteArray(known)


def measure(run: Run, folder: Path) -> dict:
    """Run it, and say how long it took (the best of three, if short) and how well its classes agree with the truth."""
    method = METHOD[run.method]
    output = OUTPUTS.get(run.method, "output")
    settings = {"input": str(folder / "scene.tif"), **run.settings, output: str(folder / run.name)}
    if run.method == "cooccurrence":
        del settings["input"]  # it looks at chips alone
    seconds = []
    while len(seconds) < 3 and sum(seconds) < LONG_S:
        started = time.monotonic()
        numbers = method.execute(method.params(**settings), Silent())
        seconds.append(time.monotonic() - started)
    ami = agreement(str(folder / "truth.tif"), folder / run.name) if run.classes else None
    found = {"name": run.name, "title": run.title, "seconds": min(seconds), "ami": ami}
    found["note"] = run.note.format(**numbers).replace("_", THIN_SPACE)
    print(
        f"{run.title:<30} {min(seconds):7.2f} s  {'' if ami is None else f'AMI {ami:.3f}'}  {found['note']}"
    )
    sys.stdout.flush()
    return found


def time_text(seconds: float) -> str:
    """'1.2 s' or '5 min'."""
    return f"{seconds:.1f} s" if seconds < 100 else f"{seconds / 60:.0f} min"


def figures(row: dict) -> str:
    """'1.2 s  ·  AMI 0.61  ·  12 classes'."""
    ami = [] if row["ami"] is None else [f"AMI {row['ami']:.2f}"]
    return "  ·  ".join([time_text(row["seconds"]), *ami, row["note"]])


class Pictures:
    """The results as pixels (h, w, 4) uint8 at full resolution, read when asked for."""

    def __init__(self, folder: Path):
        self.folder = folder
        truth = MapView(folder / "truth.tif")
        self.legend, self.valid = truth.table, truth.small > 0

    def image(self, name: str = "scene.tif") -> np.ndarray:
        return image_view(self.folder / name, self.valid, self.folder / "scene.tif")

    def map(self, name: str) -> np.ndarray:
        return MapView(self.folder / name).colored()

    def change(self, name: str) -> np.ndarray:
        """What has changed in its colors, over the image in gray."""
        view = MapView(self.folder / name)
        colored, gray = view.colored(), self.image().copy()
        gray[..., :3] = gray[..., :3].mean(-1, keepdims=True)
        return np.where((view.small > UNCHANGED)[..., None], colored, gray)

    def superpixels(self, name: str, close: tuple, factor: int) -> np.ndarray:
        """A close-up of the image with the superpixels' borders."""
        here = part(*close)
        ids = gdal.Open(str(self.folder / name)).ReadAsArray()[here]
        return with_borders(enlarged(self.image()[here], factor), enlarged(ids, factor))

    def polygons(self, name: str, close: tuple, factor: int) -> np.ndarray:
        """A close-up of the image under polygons."""
        here = part(*close)
        grid = RasterReader(str(self.folder / "scene.tif")).grid

        def to_pixel(x: float, y: float) -> tuple:
            row, col = grid.to_pixel(x, y)
            return factor * (row - here[0].start), factor * (col - here[1].start)

        opacity = 0.0 if name == CHIPS else 0.6  # chips cover all of the image
        return with_polygons(enlarged(self.image()[here], factor), self.folder / name, to_pixel, opacity)


def part(corner: tuple, size: tuple) -> tuple:
    """The rows and columns of a close-up."""
    return slice(corner[0], corner[0] + size[0]), slice(corner[1], corner[1] + size[1])


def draw(pictures: Pictures, measured: list) -> None:
    """The sheet of all results."""
    cells = [
        Cell("The image", "the sample scene, 1.2 Mpx, 4 bands", pictures.image()),
        Cell("The truth", f"{len(pictures.legend)} classes", pictures.map("truth.tif")),
    ]
    for row in measured:
        name = row["name"]
        if name.endswith((".safetensors", ".html")):
            continue  # which the next one shows
        if name in ("slic.tif", "felzenszwalb.tif"):
            pixels = pictures.superpixels(name, ZOOM, 2)
        elif name == "meancolor.tif":
            pixels = enlarged(pictures.image(name)[part(*ZOOM)], 2)
        elif name.endswith(".gpkg"):
            pixels = pictures.polygons(name, ZOOM, 2)
        elif name in CHANGES:
            pixels = pictures.change(name)
        else:
            pixels = pictures.map(name)
        cells.append(Cell(row["title"], figures(row), pixels))
    PICTURE.parent.mkdir(exist_ok=True)
    draw_sheet(cells, pictures.legend, "of the truth, edited classes and polygons", PICTURE)


def draw_help(pictures: Pictures) -> None:
    """For each algorithm a picture of what it is given and of what it makes of it."""
    here, close = part(*PAIR), part(*PAIR_ZOOM)
    image, edited = pictures.image()[here], pictures.map("edited.tif")
    pairs = {
        "unsupervisedsegmentation": (image, pictures.map("unsupervised.tif")[here]),
        "applymodel": (pictures.map("other_map.tif")[here], pictures.map("applied.tif")[here]),
        "train": (pictures.map("known.tif")[here], pictures.map("trained.tif")[here]),
        "suggestlabels": (image, pictures.polygons("places.gpkg", PAIR, 1)),
        "pretrain": (image, pictures.map("prototypes.tif")[here]),
        "clustermap": (pictures.map("prototypes.tif")[here], pictures.map("clusters.tif")[here]),
        "chips": (image, pictures.polygons(CHIPS, PAIR, 1)),
        "trainfromtags": (pictures.polygons(CHIPS, PAIR, 1), pictures.map("from_tags.tif")[here]),
        "change": (pictures.image("later.tif")[here], pictures.change("changes.tif")[here]),
        "changemask": (pictures.change("changes.tif")[here], pictures.change("change_mask.tif")[here]),
        "trainchange": (pictures.map("other_truth.tif")[here], pictures.map("other_later_truth.tif")[here]),
        "detectchange": (pictures.image("later.tif")[here], pictures.change("detected.tif")[here]),
        "fromto": (pictures.map("later_truth.tif")[here], pictures.change("fromto.tif")[here]),
        "changeaccuracy": (pictures.change("changes.tif")[here], pictures.change("fromto.tif")[here]),
        "backpropagation": (image, pictures.map("backpropagation.tif")[here]),
        "kmeans": (image, pictures.map("kmeans.tif")[here]),
        "isodata": (image, pictures.map("isodata.tif")[here]),
        "superpixels": (enlarged(pictures.image()[close], 2), pictures.superpixels("slic.tif", PAIR_ZOOM, 2)),
        "meancolor": (pictures.image()[close], pictures.image("meancolor.tif")[close]),
        "editclasses": (pictures.map("isodata_superpixels.tif")[here], edited[here]),
        "polygons": (enlarged(edited[close], 2), pictures.polygons("polygons.gpkg", PAIR_ZOOM, 2)),
        "accuracy": (edited[here], pictures.map("agreement.tif")[here]),
    }
    HELP.mkdir(exist_ok=True)
    for name, pair in pairs.items():
        draw_pair(*pair, HELP / f"{name}.jpg")


def write_table(measured: list) -> None:
    """Put the table between the marks of the README."""
    rows = ["| algorithm | time | AMI | result |", "|---|---:|---:|---|"]
    for row in measured:
        ami = "" if row["ami"] is None else f"{row['ami']:.3f}"
        rows.append(f"| {row['title']} | {time_text(row['seconds'])} | {ami} | {row['note']} |")
    text = README.read_text(encoding="utf-8")
    found = re.fullmatch(f"(.*{MARK}\n).*({MARK}.*)", text, re.DOTALL)
    if not found:
        raise SystemExit(f"README.md does not hold this line twice: {MARK}")
    README.write_text("\n".join([found[1], *rows, "", found[2]]), encoding="utf-8")


if __name__ == "__main__":
    sys.exit(main())

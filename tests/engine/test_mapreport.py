"""Reports: whole in one file, whatever the scene, and true to what was mapped."""

from __future__ import annotations

import base64
import re
from dataclasses import dataclass
from html.parser import HTMLParser

import numpy as np
import pytest
from osgeo import gdal

from obic_plugin.engine.errors import OutputError
from obic_plugin.engine.figures import LONGEST_PX, curves, nice_ticks, png, thumbnail
from obic_plugin.engine.mapreport import MapReport, render, write_map_report
from obic_plugin.engine.params import Params, choice, integer, raster, readable_settings
from obic_plugin.engine.progress import Cancelled, Silent
from obic_plugin.engine.raster.classes import ClassTable
from obic_plugin.engine.raster.grid import Window
from obic_plugin.engine.raster.reader import RasterReader
from obic_plugin.engine.wording import area_unit, count, duration, number, ranges
from tests.progress import StopAt
from tests.scenes import NORTH_UP, crs, quarters, write_raster

VOID = {"meta", "img", "line", "path", "br"}
TABLE = ClassTable.of([(200, 30, 30), (30, 200, 30), (30, 30, 200), (0, 0, 0)])
HISTORY = [(i + 1, {"follow": 2 / (i + 1)}) for i in range(40)] + [(i + 1, {"vote": 0.5}) for i in range(40)]


class Checker(HTMLParser):
    """Collects text and attributes, and fails on tags that do not pair."""

    def __init__(self, page: str):
        super().__init__()
        self.open, self.text, self.links, self.tags = [], [], [], []
        self.feed(page)
        assert self.open == []

    def handle_starttag(self, tag, attributes):
        self.tags.append(tag)
        self.links += [value for name, value in attributes if name in ("src", "href", "srcset", "data")]
        if tag not in VOID:
            self.open.append(tag)

    def handle_endtag(self, tag):
        assert tag in VOID or self.open.pop() == tag

    def handle_data(self, data):
        if self.open and self.open[-1] != "style":
            self.text.append(data)


def scene(tmp_path, height=96, width=128, transform=NORTH_UP, crs_wkt=None, n_bands=3) -> MapReport:
    image, truth = quarters(height, width, n_bands)
    labels = write_raster(tmp_path / "map.tif", truth + 1, transform, crs_wkt, nodata=0)
    path = write_raster(tmp_path / "image.tif", image, transform, crs_wkt)
    return MapReport("A map", RasterReader(path), labels, TABLE)


def pictures(page: str) -> list:
    """The pictures of a page as (bands, h, w) arrays, read by GDAL."""
    found = []
    for number_, text in enumerate(re.findall(r"data:image/png;base64,([^\"]+)", page)):
        name = f"/vsimem/picture{number_}.png"
        gdal.FileFromMemBuffer(name, base64.b64decode(text))
        found.append(gdal.Open(name).ReadAsArray())
        gdal.Unlink(name)
    return found


def test_everything_is_told_and_nothing_is_fetched(tmp_path):
    report = scene(tmp_path)
    confidence = write_raster(tmp_path / "confidence.tif", np.full((96, 128), 80, np.uint8))
    values = vars(report) | {
        "output": "/somewhere/map.tif",
        "confidence": confidence,
        "settings": {"Classes, at most": 16, "Compactness": 0.2, "Bands": (1, 2, 3), "Smooth": True},
        "provenance": {
            "OBIC_TIME": "2026-01-02T03:04:05+00:00",
            "OBIC_DEVICE": "cpu",
            "OBIC_SETTINGS": '{"seed": 7}',
            "OBIC_VERSIONS": '{"OBIC": "1.2.3"}',
        },
        "timings": [("Training", 61.0), ("Mapping", 4.0)],
        "curve": HISTORY,
        "citation": "Chen et al. (2022)",
        "notes": ["One band was left out."],
        "numbers": {"agreement": 0.5},
    }
    path = tmp_path / "report.html"
    write_map_report(str(path), MapReport(**values))
    page = path.read_text(encoding="utf-8")
    checked = Checker(page)
    assert all(link.startswith("data:image/png;base64,") for link in checked.links)
    assert len(checked.links) == 3 and "script" not in checked.tags
    assert not re.search(r"https?://|url\(|@import", page)
    text = " ".join(checked.text)
    for told in (
        "A map",
        "map.tif",
        "class 4",
        "25.0 %",
        "30.7",
        "ha",
        "80 %",
        "1 min 05 s",
        "0.2",
        "1, 2, 3",
    ):
        assert told in text
    for told in ("yes", "EPSG:32632", "10 × 10 m", "follow", "vote", "Chen et al.", "left out", "agreement"):
        assert told in text
    assert "Seed" in text and "1.2.3" in text and "UTC" in text


def test_what_users_write_is_shown_as_written(tmp_path):
    report = scene(tmp_path)
    evil = "</td><script>alert('x')</script>&amp;"
    table = ClassTable.of(TABLE.colors, [evil, "b", "c", "d"])
    values = vars(report) | {
        "title": evil,
        "classes": table,
        "settings": {evil: evil},
        "timings": [(evil, 1.0)],
        "curve": [(1, {evil: 1.0}), (2, {evil: 0.5})],
        "citation": evil,
        "notes": [evil],
        "provenance": {"OBIC_DEVICE": evil, "OBIC_VERSIONS": "no json"},
        "output": f"/{evil}.tif",
    }
    checked = Checker(render(MapReport(**values), Silent()))
    assert "script" not in checked.tags
    assert "".join(checked.text).count("<script>") >= 9


def test_pictures_show_image_and_classes(tmp_path):
    report = scene(tmp_path)
    image, classes = pictures(render(report, Silent()))
    assert image.shape == classes.shape == (4, 96, 128)
    for row, col, value in ((10, 10, 1), (10, 100, 2), (80, 10, 3), (80, 100, 4)):
        assert tuple(classes[:3, row, col]) == TABLE.colors[value - 1]
    red, _, blue = image[:3].astype(int)
    assert red[70, 10] - blue[70, 10] > 40 > -40 > red[10, 10] - blue[10, 10]
    assert (image[3] == 255).all()


def test_no_data_is_clear(tmp_path):
    report = scene(tmp_path)
    labels = gdal.Open(report.labels, gdal.GA_Update)
    labels.GetRasterBand(1).WriteArray(np.zeros((48, 128), np.uint8))
    labels = None
    page = render(report, Silent())
    for picture in pictures(page):
        assert (picture[3, :48] == 0).all() and (picture[3, 48:] == 255).all()
    assert "50.0 %" in "".join(Checker(page).text)


@pytest.mark.parametrize(
    ("height", "width", "n_bands"), [(1, 1, 3), (3, 5, 1), (17, 2000, 2), (2000, 17, 3), (40, 40, 224)]
)
def test_any_size_and_number_of_bands(tmp_path, height, width, n_bands):
    report = scene(tmp_path, height, width, n_bands=n_bands)
    found = pictures(render(report, Silent()))
    assert len(found) == 2
    assert all(max(picture.shape[1:]) == min(max(height, width), LONGEST_PX) for picture in found)


def test_areas_on_the_ellipsoid_and_in_pixels(tmp_path):
    degrees = (11.0, 0.01, 0.0, 60.0, 0.0, -0.01)
    page = render(scene(tmp_path, 100, 100, degrees, crs(4326)), Silent())
    assert "Area (km²)" in page
    # a square degree from 59 to 60 N: about 111.4 km by 56.6 km
    total = re.search(r"<b>([^<]*) km²</b>", page).group(1)
    assert float(total.replace("\u202f", "")) == pytest.approx(111.4 * 56.6, rel=5e-3)
    assert re.search(r"0\.01 × 0\.01 ° \(about 56\d × 1\u202f114 m\)", page)
    page = render(scene(tmp_path, 40, 60, None, ""), Silent())
    assert "Area (px)" in page and "2\u202f400 px" in page


def test_areas_that_are_given_are_told(tmp_path):
    values = vars(scene(tmp_path)) | {"areas_px": [1, 1, 1, 1], "areas_m2": [1e6, 2e6, 3e6, 94e6]}
    page = render(MapReport(**values), Silent())
    assert "94.0 %" in page and "100 km²" in page


def test_no_band_valid_and_constant_images_are_drawn(tmp_path):
    image = write_raster(tmp_path / "image.tif", np.full((3, 20, 20), np.nan, np.float32))
    labels = write_raster(tmp_path / "map.tif", np.zeros((20, 20), np.uint8), nodata=0)
    page = render(MapReport("Nothing", RasterReader(image), labels, ClassTable(())), Silent())
    assert len(pictures(page)) == 2
    image = write_raster(tmp_path / "flat.tif", np.full((1, 20, 20), 7, np.int16))
    labels = write_raster(tmp_path / "one.tif", np.ones((20, 20), np.uint8), nodata=0)
    page = render(MapReport("Flat", RasterReader(image), labels, TABLE), Silent())
    assert "100.0 %" in page


def test_extent_is_what_is_shown(tmp_path):
    report = scene(tmp_path)
    image = RasterReader(report.image.source, extent=(500000, 5399520, 500300, 5400000))
    values = vars(report) | {"image": image}
    page = render(MapReport(**values), Silent())
    assert all(picture.shape == (4, 48, 30) for picture in pictures(page))
    assert "30 × 48 px" in page


@pytest.mark.parametrize("n_channels", [3, 4])
def test_png_is_what_gdal_reads(n_channels):
    pixels = np.random.default_rng(0).integers(0, 256, (13, 7, n_channels), np.uint8)
    gdal.FileFromMemBuffer("/vsimem/x.png", png(pixels))
    assert (np.moveaxis(gdal.Open("/vsimem/x.png").ReadAsArray(), 0, -1) == pixels).all()
    gdal.Unlink("/vsimem/x.png")


def test_thumbnails_cover_the_window(tmp_path):
    values = np.add.outer(np.arange(2000), np.zeros(1200, int)).astype(np.float32)
    path = write_raster(tmp_path / "ramp.tif", values)
    small = thumbnail(path, 1, Window(0, 0, 2000, 1200), True, Silent())
    assert small.shape == (900, 540)
    expected = (np.arange(900) + 0.5) * 2000 / 900 - 0.5
    assert np.abs(small.mean(1) - expected).max() < 1


def test_curves():
    picture = curves(HISTORY)
    assert picture.count("<path") == 2 and 'class="phase"' in picture
    assert curves([]) == "" and curves([(1, {"a": 1.0})]) == ""
    assert curves([(i, {"a": float("nan")}) for i in range(5)]) == ""
    assert "nan" not in curves([(i, {"a": float("nan") if i == 3 else 1.0}) for i in range(9)])
    assert curves([(i, {"a": 0.0}) for i in range(5)]).count("<path") == 1


@pytest.mark.parametrize(("low", "high"), [(0, 1), (0, 0.0034), (-3, 7), (0, 98765), (0, 0), (5, 5)])
def test_ticks_span_the_values(low, high):
    ticks = nice_ticks(low, high)
    assert ticks[0] <= low and ticks[-1] >= high and 2 <= len(ticks) <= 8


def test_wording():
    assert [duration(s) for s in (0.04, 59.9, 61, 3725)] == ["0.0 s", "59.9 s", "1 min 01 s", "1 h 02 min"]
    assert ranges((1, 2, 3, 7, 9, 10)) == "1–3, 7, 9–10"
    assert [area_unit(a).name for a in (900, 5e5, 5e7)] == ["m²", "ha", "km²"]
    assert count(1234567) == "1\u202f234\u202f567"
    assert [number(v) for v in (0, 0.001234, 12.345, 1234.5)] == ["0", "0.00123", "12.3", "1\u202f234"]


def test_settings_read_as_on_the_form():
    @dataclass(frozen=True)
    class Example(Params):
        input: str = raster("Image", "")
        kind: str = choice("a", "Kind of thing", "", {"a": "Apple", "b": "Berry"})
        size: int = integer(None, "Size", "", low=1, high=9, optional=True)
        seed: int = integer(3, "Seed", "", low=0, high=9)

    assert readable_settings(Example(input="x.tif")) == {
        "Image": "x.tif",
        "Kind of thing": "Apple",
        "Seed": 3,
    }


def test_unwritable(tmp_path):
    with pytest.raises(OutputError, match="Cannot write"):
        write_map_report(str(tmp_path / "absent" / "report.html"), scene(tmp_path))


def test_cancel(tmp_path):
    with pytest.raises(Cancelled):
        write_map_report(str(tmp_path / "report.html"), scene(tmp_path), StopAt(0.4))
    assert not (tmp_path / "report.html").exists()

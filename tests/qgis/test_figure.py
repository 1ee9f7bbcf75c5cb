"""The page of a result: complete, legible, and of any shape."""

from __future__ import annotations

import numpy as np
import pytest
from qgis.PyQt.QtGui import QImage

from obic_plugin.engine.errors import OutputError
from obic_plugin.engine.raster.classes import ClassTable
from obic_plugin.engine.raster.grid import RasterGrid
from obic_plugin.engine.raster.writer import RasterWriter
from tests.scenes import quarters, write_raster
from tools import demo
from tools.figure import LegendRow, Panel, draw_figure
from tools.quicklook import MapView


def picture(height, width, color=(0, 120, 255)):
    return np.full((height, width, 3), color, np.uint8)


def colors_of(path):
    image = QImage(str(path)).convertToFormat(QImage.Format.Format_RGB888)
    bits = image.constBits()
    bits.setsize(image.height() * image.bytesPerLine())
    rows = np.frombuffer(bytes(bits), np.uint8).reshape(image.height(), image.bytesPerLine())
    return rows[:, : image.width() * 3].reshape(image.height(), image.width(), 3)


@pytest.mark.parametrize("shape", [(1, 1), (100, 120), (20, 400), (400, 20), (5, 3000)])
@pytest.mark.parametrize("n_classes", [0, 1, 16, 254])
def test_any_shape_and_number_of_classes(shape, n_classes, tmp_path):
    legend = [LegendRow((200, 30, 30), f"class {i}", 1 / n_classes, "1 ha") for i in range(n_classes)]
    panels = [Panel("Image", picture(*shape), 500.0), Panel("Map", picture(*shape), smooth=False)]
    draw_figure(panels, legend, "Title", tmp_path / "page.png", "subtitle")
    page = colors_of(tmp_path / "page.png")
    assert page.shape[1] == 1800
    assert (page == (0, 120, 255)).all(-1).any()
    assert (page == (200, 30, 30)).all(-1).any() == bool(n_classes)


def test_text_is_drawn(tmp_path):
    for name, title in (("with", "Land cover"), ("without", "")):
        draw_figure([Panel("", picture(50, 50))], [], title, tmp_path / f"{name}.png")
    ink = {name: (colors_of(tmp_path / f"{name}.png")[:70] < 128).sum() for name in ("with", "without")}
    assert ink["without"] == 0
    assert ink["with"] > 500


def test_transparent_pixels_show_the_page(tmp_path):
    clear = np.zeros((50, 50, 4), np.uint8)
    draw_figure([Panel("", clear)], [], "", tmp_path / "page.png")
    assert colors_of(tmp_path / "page.png")[156 + 50].min() > 100


def test_a_ramp_is_drawn(tmp_path):
    ramp = {0.0: ("0 %", (255, 0, 0)), 1.0: ("100 %", (0, 0, 255))}
    draw_figure([Panel("", picture(50, 50), ramp=ramp)], [], "", tmp_path / "page.png")
    page = colors_of(tmp_path / "page.png").astype(int)
    assert (page[..., 0] - page[..., 1] > 240).any() and (page[..., 2] - page[..., 1] > 240).any()


def test_unwritable(tmp_path):
    with pytest.raises(OutputError, match="Cannot write"):
        draw_figure([Panel("", picture(5, 5))], [], "", tmp_path / "missing" / "page.png")


def test_the_demo_draws_its_page(tmp_path):
    """Image, map and confidence of a run that is not made here."""
    labels, _ = quarters(40, 60)
    image = write_raster(tmp_path / "image.tif", labels)
    grid = RasterGrid(40, 60, None, "")
    with RasterWriter(str(tmp_path / demo.OUTPUTS["OUTPUT"]), grid) as writer:
        writer.describe({}, ClassTable.of([(200, 30, 30)], ["roof"]))
        writer.write(grid.window, np.ones((40, 60), np.uint8))
    write_raster(tmp_path / demo.OUTPUTS["OUTPUT_CONFIDENCE"], np.full((1, 40, 60), 80, np.uint8))
    view = MapView(tmp_path / demo.OUTPUTS["OUTPUT"])
    demo.draw(image, tmp_path, view, tmp_path / "map.png", "60 x 40 px")
    page = colors_of(tmp_path / "map.png")
    assert page.shape[1] == 1800 and (page == (200, 30, 30)).all(-1).any()

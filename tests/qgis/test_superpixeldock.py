"""The superpixel dock, driven by keys and clicks."""

from __future__ import annotations

import pytest
from qgis.core import QgsRasterLayer
from qgis.PyQt.QtCore import Qt
from qgis.PyQt.QtTest import QTest

from obic_plugin.gui.superpixelsettings import SuperpixelSettings
from tests.qgis.waiting import until
from tests.qgis.window import opened
from tests.scenes import quarters, write_raster


@pytest.fixture
def window(tmp_path):
    image = QgsRasterLayer(write_raster(tmp_path / "image.tif", quarters(150, 200, noise=20)[0]), "image")
    with opened(image) as window:
        window.image = image
        yield window


@pytest.fixture
def dock(window):
    dock = window.docks.open("superpixels")
    assert until(lambda: settled(dock), 60)  # the first time PyTorch is loaded
    return dock


def settled(dock) -> bool:
    return dock._task is None and not dock._timer.isActive() and dock.picture.image is not None


def count(dock) -> int:
    assert until(lambda: settled(dock))
    return int(dock.told.text().split(" ")[0].replace("\u202f", ""))


def lines(dock) -> int:
    image = dock.picture.image
    return sum(image.pixel(x, image.height() // 3) >> 24 > 0 for x in range(image.width()))


def test_packages_that_are_damaged_are_not_loaded_but_told(window, monkeypatch):
    """PyTorch is loaded as for a run: one that is damaged would end QGIS, one that is looked through halts it."""
    from obic_plugin import upkeep

    monkeypatch.setattr(upkeep, "unsound", lambda at: "torch cannot be loaded (file too short).")
    dock = window.docks.open("superpixels")
    assert until(lambda: dock.told.text() == "torch cannot be loaded (file too short).", 20), dock.told.text()
    assert dock.picture.image is None


def test_outlines_lie_over_the_image(dock, window):
    assert dock.picture.isVisible() and lines(dock) > 5
    extent = window.image.extent()
    xs = [corner.x() for corner in dock.picture._corners]
    assert (min(xs), max(xs)) == (extent.xMinimum(), extent.xMaximum())


@pytest.mark.parametrize("kind", [0, 1])
@pytest.mark.parametrize("number", [0, 1, 2])
def test_keys_make_larger_and_smaller_as_published(dock, window, kind, number):
    dock.kind.setCurrentIndex(kind)
    names = dock.settings.used()
    if number >= len(names):
        return
    name, letters = names[number], ("WS", "AD", "QE")[number]
    keys = [getattr(Qt.Key, f"Key_{letter}") for letter in letters]
    before = dock.settings.values[name]
    QTest.keyClick(window.canvas, keys[0])
    assert dock.settings.values[name] == pytest.approx(before * 1.2, abs=0.5 if before >= 16 else 1e-3)
    larger = dock.settings.values[name]
    QTest.keyClick(dock.sliders[name], keys[1])
    assert dock.settings.values[name] == pytest.approx(larger * 0.8, abs=0.5 if before >= 16 else 1e-3)


def test_larger_superpixels_are_fewer(dock, window):
    before = count(dock)
    for _ in range(3):
        QTest.keyClick(window.canvas, Qt.Key.Key_W)
    assert dock.settings.values["size"] == 28
    assert until(lambda: count(dock) < before / 2)


def test_a_slider_changes_them_too(dock):
    before = count(dock)
    slider = dock.sliders["size"]
    QTest.keyClick(slider, Qt.Key.Key_Home)
    assert dock.settings.values["size"] == 3
    assert until(lambda: count(dock) > 4 * before)


def test_another_view_has_its_own_outlines(dock, window):
    extent = window.image.extent()
    extent.scale(0.4)
    before = count(dock)
    window.canvas.setExtent(extent)
    assert until(lambda: count(dock) < before)


def test_felzenszwalb_has_three_settings_of_its_own(dock):
    dock.kind.setCurrentIndex(1)
    assert [name for name, slider in dock.sliders.items() if slider.isVisible()] == [
        "scale",
        "sigma",
        "min_size",
    ]
    before = count(dock)
    for _ in range(8):
        QTest.keyClick(dock, Qt.Key.Key_Q)
    assert until(lambda: count(dock) < before)


def test_use_these_opens_an_algorithm_with_the_values(dock, window, monkeypatch):
    import processing

    opened = []

    class Dialog:
        def show(self):
            pass

    monkeypatch.setattr(processing, "createAlgorithmDialog", lambda *told: opened.append(told) or Dialog())
    QTest.keyClick(dock, Qt.Key.Key_W)
    dock.use_in("unsupervisedsegmentation")
    dock.use_in("kmeans")
    dock.kind.setCurrentIndex(1)
    dock.use.menu().actions()[2].trigger()
    first, second, third = (values for _, values in opened)
    assert first == {
        "SUPERPIXELS": "slic",
        "SUPERPIXEL_SIZE": 19,
        "COMPACTNESS": 0.06,
        "INPUT": window.image.id(),
    }
    assert second["PER"] == "superpixel" and second["SUPERPIXEL_SIZE"] == 19
    assert third["FELZENSZWALB_SCALE"] == 32 and third["SUPERPIXELS"] == "felzenszwalb" and "PER" not in third


def test_a_closed_dock_shows_nothing_and_takes_no_keys(dock, window):
    dock.close()
    assert until(lambda: not dock.picture.isVisible())
    QTest.keyClick(window.canvas, Qt.Key.Key_W)
    assert dock.settings.values["size"] == 16


def test_away_from_the_image_that_is_said(dock, window):
    extent = window.image.extent()
    extent.setXMinimum(extent.xMaximum() + 1e5)
    extent.setXMaximum(extent.xMinimum() + 1000)
    window.canvas.setExtent(extent)
    assert until(lambda: "not in view" in dock.told.text())


def test_values_stay_within_their_limits():
    settings = SuperpixelSettings()
    for _ in range(60):
        settings.press("s")
        settings.press("D")
    assert settings.values["size"] == 3 and settings.values["compactness"] == 0.001
    assert not settings.press("q") and not settings.has_key("")
    for share in (0.0, 0.5, 1.0):
        settings.set_share("compactness", share)
        assert settings.share("compactness") == pytest.approx(share, abs=1e-3)

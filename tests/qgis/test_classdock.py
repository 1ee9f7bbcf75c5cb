"""The class dock, driven by clicks and keys."""

from __future__ import annotations

import numpy as np
import pytest
from osgeo import gdal
from qgis.core import QgsPointXY, QgsProject, QgsRasterLayer, QgsVectorLayer
from qgis.PyQt.QtCore import QPoint, Qt
from qgis.PyQt.QtGui import QColor
from qgis.PyQt.QtTest import QTest
from qgis.PyQt.QtWidgets import QColorDialog, QLineEdit

from obic_plugin.engine.polygonize import write_polygons
from obic_plugin.engine.raster.classes import ClassTable
from obic_plugin.gui import classdock
from obic_plugin.gui.canvaspicture import BLINK_COLOR
from obic_plugin.gui.classmodel import AREA, COLOR, NAME, SHARE, SHOWN
from obic_plugin.styling import save_style, show_classes
from tests.engine.raster.test_classfacts import map_of
from tests.qgis.waiting import until
from tests.qgis.window import opened
from tests.scenes import read_raster, write_raster

LEFT, NO_KEY = Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier
CONTROL = Qt.KeyboardModifier.ControlModifier
N_CLASSES = 8
WATER, FOREST = (58, 124, 189), (31, 120, 60)


@pytest.fixture
def scene(tmp_path):
    """A map of eight stripes, 100 px wide and of 10 m, and the image under it."""
    labels = np.repeat(np.arange(1, N_CLASSES + 1, dtype=np.uint8), 10)[None].repeat(60, 0)
    image = write_raster(tmp_path / "image.tif", np.stack([labels * 10, 90 - labels * 5, labels * 20]))
    table = ClassTable.of([(20 * n, 90, 60) for n in range(1, N_CLASSES + 1)])
    path = map_of(tmp_path / "map.tif", labels, table, image)
    save_style("classes", path)
    patches = str(tmp_path / "patches.gpkg")
    write_polygons(path, patches, table, metadata=gdal.Open(path).GetMetadata())
    return {"map": path, "image": image, "patches": patches, "labels": labels}


@pytest.fixture
def window():
    with opened() as window:
        yield window


@pytest.fixture
def layer(window, scene):
    layer = QgsRasterLayer(scene["map"], "map")
    QgsProject.instance().addMapLayers([layer, QgsRasterLayer(scene["image"], "image")])
    window.zoom_to(layer)
    return layer


@pytest.fixture
def dock(window, layer):
    window.docks.show_classes(layer)
    dock = window.docks.open("classes")
    assert until(lambda: dock.model.facts is not None)
    return dock


def click(dock, row: int, column: int, key=NO_KEY) -> None:
    dock.view.scrollTo(dock.model.index(row, column))
    place = dock.view.visualRect(dock.model.index(row, column)).center()
    QTest.mouseClick(dock.view.viewport(), LEFT, key, place)


def press(dock, name: str) -> None:
    bar = dock.widget().findChildren(type(dock.actions_[name].associatedWidgets()[0]))[0]
    QTest.mouseClick(bar.widgetForAction(dock.actions_[name]), LEFT)


def editor_of(dock) -> QLineEdit | None:
    found = [e for e in dock.view.findChildren(QLineEdit, "obicClassName") if e.isVisible()]
    return found[-1] if found else None


def cell(dock, row: int, column: int) -> str:
    return dock.model.data(dock.model.index(row, column))


def legend_of(layer) -> dict:
    return {int(c.value): (c.label, c.color.getRgb()[:3]) for c in layer.renderer().classes()}


def test_a_row_tells_area_and_share(dock):
    assert dock.model.rowCount() == N_CLASSES
    assert (cell(dock, 0, NAME), cell(dock, 0, AREA), cell(dock, 0, SHARE)) == ("class 1", "6", "12.5")
    assert dock.model.spectrum(1).tolist() == [20, 80, 40]


def test_naming_eight_classes_takes_at_most_twenty_clicks(dock, layer, scene):
    """One opens the first name, one each takes a name from the list, one applies."""
    clicks = 1
    click(dock, 0, NAME)
    for row in range(N_CLASSES):
        assert until(lambda: editor_of(dock) is not None and editor_of(dock).completer().popup().isVisible())
        popup = editor_of(dock).completer().popup()
        place = popup.visualRect(popup.model().index(row, 0)).center()
        QTest.mouseClick(popup.viewport(), LEFT, NO_KEY, place)
        clicks += 1
        assert until(lambda row=row: not cell(dock, row, NAME).startswith("class"))
    assert until(lambda: editor_of(dock) is None)
    names = [cell(dock, row, NAME) for row in range(N_CLASSES)]
    assert names[:2] == ["Water", "Forest"] and len(set(names)) == N_CLASSES
    assert legend_of(layer)[1] == ("Water", WATER)
    assert ClassTable.from_raster(scene["map"]).names[0] == "class 1"  # nothing is written yet
    QTest.mouseClick(dock.apply_button, LEFT)
    clicks += 1
    assert until(lambda: not dock.model.draft.is_changed)
    assert clicks <= 20
    assert ClassTable.from_raster(scene["map"]).names == tuple(names)
    assert ClassTable.from_raster(scene["map"]).colors[1] == FOREST
    assert legend_of(QgsRasterLayer(scene["map"], "again"))[2] == ("Forest", FOREST)  # by its .qml
    assert (read_raster(scene["map"]) == scene["labels"]).all()


def test_a_name_of_ones_own_is_written(dock):
    click(dock, 2, NAME)
    assert until(lambda: editor_of(dock) is not None)
    QTest.keyClicks(editor_of(dock), "Rice")
    QTest.keyClick(editor_of(dock), Qt.Key.Key_Return)
    assert until(lambda: cell(dock, 2, NAME) == "Rice")
    assert dock.model.draft.rows[2].color == (60, 90, 60)  # no color goes with that name
    assert until(lambda: dock.view.chosen() == [3])  # the next class without a name


def test_polygons_of_the_run_have_the_new_names(dock, layer, scene):
    patches = QgsVectorLayer(scene["patches"], "patches")
    QgsProject.instance().addMapLayer(patches)
    dock.model.setData(dock.model.index(0, NAME), "Water")
    QTest.mouseClick(dock.apply_button, LEFT)
    assert until(lambda: not dock.model.draft.is_changed)
    names = {f["class"]: (f["name"], f["color"]) for f in patches.getFeatures()}
    assert names[1] == ("Water", "#3a7cbd") and names[2][0] == "class 2"
    assert {c.value(): c.label() for c in patches.renderer().categories()}[1] == "Water"
    again = QgsVectorLayer(scene["patches"], "again")
    assert "Water" in [c.label() for c in again.renderer().categories()]


def test_merged_classes_go_into_a_new_map_and_the_old_one_stays(dock, layer, scene, monkeypatch, tmp_path):
    target = str(tmp_path / "merged.tif")
    monkeypatch.setattr(classdock.QFileDialog, "getSaveFileName", lambda *_: (target, ""))
    monkeypatch.setattr(classdock.QgsProcessingUtils, "tempFolder", lambda *_: str(tmp_path / "elsewhere"))
    dock.model.setData(dock.model.index(1, NAME), "Water")
    click(dock, 1, SHARE)
    click(dock, 4, SHARE, CONTROL)
    press(dock, "merge")
    assert dock.model.rowCount() == N_CLASSES - 1 and cell(dock, 1, SHARE) == "25.0"
    assert legend_of(layer)[5] == legend_of(layer)[2] == ("Water", WATER)
    click(dock, 0, SHARE)
    press(dock, "drop")
    assert 1 not in legend_of(layer)
    QTest.mouseClick(dock.apply_button, LEFT)
    assert until(lambda: dock.layer is not None and dock.layer.source() == target)
    found = read_raster(target)
    assert (
        found == np.where(scene["labels"] == 5, 2, np.where(scene["labels"] == 1, 0, scene["labels"]))
    ).all()
    assert (read_raster(scene["map"]) == scene["labels"]).all()
    assert legend_of(dock.layer)[2] == ("Water", WATER)
    tree = QgsProject.instance().layerTreeRoot()
    assert [node.name() for node in tree.findLayers()][:2] == ["map (edited)", "map"]
    assert not tree.findLayer(layer.id()).isVisible()


def test_every_step_is_undone_on_the_map_too(dock, layer):
    before = legend_of(layer)
    dock.model.setData(dock.model.index(0, NAME), "Water")
    click(dock, 1, SHARE)
    click(dock, 2, SHARE, CONTROL)
    press(dock, "merge")
    press(dock, "undo")
    assert dock.model.rowCount() == N_CLASSES
    press(dock, "undo")
    assert legend_of(layer) == before and not dock.apply_button.isEnabled()
    press(dock, "redo")
    assert legend_of(layer)[1] == ("Water", WATER)


def test_a_hidden_class_is_transparent(dock, layer):
    click_box = dock.view.visualRect(dock.model.index(2, SHOWN))
    QTest.mouseClick(
        dock.view.viewport(), LEFT, NO_KEY, QPoint(click_box.left() + 10, click_box.center().y())
    )
    assert dock.model.draft.rows[2].hidden and 3 not in legend_of(layer)
    assert not dock.apply_button.isEnabled()  # a legend has nothing that is hidden


def test_a_color_is_chosen_by_its_swatch(dock, layer, monkeypatch):
    monkeypatch.setattr(QColorDialog, "getColor", lambda *_: QColor(1, 2, 3))
    click(dock, 3, COLOR)
    assert legend_of(layer)[4] == ("class 4", (1, 2, 3))


def test_colors_stay_where_they_are_not_to_follow_names(dock):
    press(dock, "colors")
    dock.model.setData(dock.model.index(0, NAME), "Water")
    assert dock.model.draft.rows[0].color == (20, 90, 60)


def on_canvas(window, layer, row: float, col: float) -> QPoint:
    extent = layer.extent()
    point = QgsPointXY(extent.xMinimum() + 10 * col, extent.yMaximum() - 10 * row)
    return window.canvas.getCoordinateTransform().transform(point).toQPointF().toPoint()


def test_a_click_on_the_map_chooses_its_class(dock, window, layer):
    QTest.mouseClick(window.canvas.viewport(), LEFT, NO_KEY, on_canvas(window, layer, 30, 45))
    assert dock.view.chosen() == [4]
    before = window.canvas.mapTool()
    press(dock, "pick")
    assert window.canvas.mapTool() is not before  # the tool that the user had


def test_a_click_on_a_row_makes_it_blink(dock, window, layer):
    click(dock, 2, SHARE)
    picture = dock.on_map.shining._picture
    assert until(picture.isVisible)
    shown = picture._image.pixelColor(on_canvas(window, layer, 30, 25))
    assert shown.name() == BLINK_COLOR
    assert picture._image.pixelColor(on_canvas(window, layer, 30, 45)).alpha() == 0
    assert until(lambda: not dock.on_map.shining.is_on) and not picture.isVisible()


def test_the_swipe_shows_the_image_left_of_the_pointer(dock, window, layer):
    press(dock, "swipe")
    swipe = dock.on_map.swipe
    assert until(swipe._picture.isVisible)
    QTest.mouseMove(window.canvas.viewport(), QPoint(window.canvas.width() // 4, 50))
    window.canvas.xyCoordinates.emit(
        window.canvas.getCoordinateTransform().toMapCoordinates(window.canvas.width() // 4, 50)
    )
    press(dock, "swipe")
    assert not swipe.is_on and not swipe._picture.isVisible()


def test_drafts_are_kept_while_another_map_is_looked_at(dock, window, layer, scene, tmp_path):
    other = QgsRasterLayer(scene["map"], "other")
    QgsProject.instance().addMapLayer(other)
    dock.model.setData(dock.model.index(0, NAME), "Water")
    dock.box.setLayer(other)
    assert until(lambda: dock.model.facts is not None) and cell(dock, 0, NAME) == "class 1"
    dock.box.setLayer(layer)
    assert cell(dock, 0, NAME) == "Water" and dock.actions_["undo"].isEnabled()


def test_what_cannot_be_written_is_said_and_nothing_is_lost(dock, monkeypatch):
    from obic_plugin.engine.errors import OutputError
    from obic_plugin.gui import legendapply

    def refuse(*_):
        raise OutputError("The disk is full.")

    monkeypatch.setattr(legendapply, "give_legend", refuse)
    dock.model.setData(dock.model.index(0, NAME), "Water")
    QTest.mouseClick(dock.apply_button, LEFT)
    assert until(lambda: dock.told.text() == "The disk is full.")
    assert cell(dock, 0, NAME) == "Water" and dock.apply_button.isEnabled()


def test_an_image_is_no_map(dock, scene):
    image = next(la for la in QgsProject.instance().mapLayers().values() if la.name() == "image")
    dock.box.setLayer(image)
    assert "Choose a map of classes" in dock.told.text() and dock.model.rowCount() == 0


def test_a_map_that_is_removed_leaves_an_empty_dock(dock, layer):
    QgsProject.instance().clear()
    assert dock.layer is None and dock.model.rowCount() == 0
    dock.apply()


def test_a_map_that_appears_opens_the_dock_until_it_is_closed(window, layer, scene):
    from obic_plugin.styling import LayerFinisher

    for listener in LayerFinisher.listeners:
        listener(layer)
    dock = window.docks.open("classes")
    assert dock.isVisible() and dock.layer is layer
    dock.close()
    for listener in LayerFinisher.listeners:
        listener(layer)
    assert not dock.isVisible()


def test_the_menu_of_a_layer_opens_the_dock(window, layer):
    window.setActiveLayer(layer)
    window.actions[0].trigger()
    assert window.docks.open("classes").layer is layer


def test_names_given_elsewhere_in_qgis_are_the_ones_to_begin_with(window, layer):
    from obic_plugin.engine.raster.classes import LandClass

    show_classes(layer, [LandClass(v, f"mine {v}", (9, 9, v)) for v in range(1, N_CLASSES + 1)])
    window.docks.show_classes(layer)
    dock = window.docks.open("classes")
    assert cell(dock, 1, NAME) == "mine 2" and until(lambda: dock.model.facts is not None)
    assert cell(dock, 1, NAME) == "mine 2" and not dock.apply_button.isEnabled()


def test_a_style_in_a_geopackage_takes_the_place_of_the_last_one(scene):
    """QGIS would ask in a window of its own."""
    for _ in range(2):
        save_style("polygons", scene["patches"])
    _, _, names, *_ = QgsVectorLayer(scene["patches"], "patches").listStylesInDatabase()
    assert names == ["OBIC"]

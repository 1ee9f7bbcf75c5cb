"""The label dock, driven by keys and clicks."""

from __future__ import annotations

import numpy as np
import pytest
from qgis.core import QgsFeature, QgsGeometry, QgsProject, QgsRasterLayer, QgsRectangle, QgsVectorLayer
from qgis.gui import QgsRubberBand
from qgis.PyQt.QtCore import Qt
from qgis.PyQt.QtTest import QTest

from obic_plugin.engine.raster.classes import ClassTable
from obic_plugin.gui.labellayer import FIELD, LabelLayer
from tests.qgis.waiting import until
from tests.qgis.window import opened
from tests.scenes import NORTH_UP, quarters, read_raster, write_raster

LEFT = Qt.MouseButton.LeftButton
NAMES = ("Water", "Forest", "Cropland", "Rice")
X, Y = NORTH_UP[0], NORTH_UP[3]


@pytest.fixture
def window(tmp_path):
    image = QgsRasterLayer(write_raster(tmp_path / "image.tif", quarters(240, 320)[0]), "image")
    with opened(image) as window:
        window.image = image
        yield window


@pytest.fixture
def dock(window):
    dock = window.docks.open("labels")
    for name in NAMES:
        QTest.keyClicks(dock.new_class, name)
        QTest.keyClick(dock.new_class, Qt.Key.Key_Return)
    return dock


def box(row, col, side=10) -> QgsGeometry:
    return QgsGeometry.fromRect(
        QgsRectangle(X + 10 * col, Y - 10 * (row + side), X + 10 * (col + side), Y - 10 * row)
    )


def drawn(dock, geometry) -> None:
    """As QGIS's tool does it: with the default values of the layer."""
    layer = dock.labels.layer
    feature = QgsFeature(layer.fields())
    feature.setGeometry(geometry)
    feature[FIELD] = layer.defaultValue(layer.fields().indexOf(FIELD), feature)
    layer.addFeature(feature)


def draw_all(dock) -> None:
    for row, (top, left) in enumerate([(5, 5), (5, 200), (150, 5), (150, 200)]):
        item = dock.classes.visualItemRect(dock.classes.item(row)).center()
        QTest.mouseClick(dock.classes.viewport(), LEFT, Qt.KeyboardModifier.NoModifier, item)
        drawn(dock, box(top, left))
        drawn(dock, box(top + 18, left + 18))


def texts(dock) -> list:
    return [dock.classes.item(row).text() for row in range(dock.classes.count())]


def test_a_class_is_added_by_its_name_and_can_be_drawn_at_once(dock, window):
    assert texts(dock) == ["1  Water (0)", "2  Forest (0)", "3  Cropland (0)", "4  Rice (0)"]
    layer = QgsProject.instance().mapLayersByName("Labels")[0]
    assert window.drawing[-1] is layer and layer.isEditable() and layer.crs() == window.image.crs()
    drawn(dock, box(0, 0))
    assert texts(dock)[3] == "4  Rice (1)" and next(layer.getFeatures())[FIELD] == "Rice"
    assert layer.editFormConfig().suppress() == 1  # no form
    colors = [color for _, color, _ in dock.labels.classes()]
    assert colors[0] == (58, 124, 189) and len(set(colors)) == 4
    assert QgsProject.instance().layerTreeRoot().children()[0].layer() is layer


def test_a_class_is_there_once(dock):
    for name in ("Water", "  ", "Rice "):
        dock.new_class.setText(name)
        QTest.keyClick(dock.new_class, Qt.Key.Key_Return)
    assert dock.classes.count() == 4


def test_a_click_on_a_class_draws_it(dock, window):
    draw_all(dock)
    assert dock.labels.counts() == dict.fromkeys(NAMES, 2)
    assert dock.train_button.isEnabled()


def trained(dock) -> dict:
    QTest.mouseClick(dock.train_button, LEFT)
    assert dock.stop_button.isEnabled()
    assert until(lambda: dock._run is None, 120), dock.told.text()
    return {layer.name(): layer for layer in QgsProject.instance().mapLayers().values()}


def test_rounds_of_training_refresh_one_map(dock, window):
    draw_all(dock)
    layers = trained(dock)
    assert sorted(layers) == ["Confidence", "Labels", "Map", "image"]
    first = layers["Map"].source()
    assert set(ClassTable.from_raster(first).names) == set(NAMES)
    looks = dict(zip(ClassTable.from_raster(first).names, ClassTable.from_raster(first).colors))
    assert looks["Water"] == (58, 124, 189)
    names = ClassTable.from_raster(first)
    value = {item.name: item.value for item in names}
    expected = np.array([value[name] for name in NAMES])[quarters(240, 320)[1]]
    assert (read_raster(first) == expected).mean() > 0.95
    assert "of the places left out are right" in dock.accuracy.text()
    assert texts(dock)[0] == "1  Water (2)"  # after they were saved, too
    assert QgsProject.instance().layerTreeRoot().children()[0].name() == "Labels"
    assert window.activeLayer() is dock.labels.layer
    group = QgsProject.instance().layerTreeRoot().findLayer(layers["Map"].id()).parent()
    assert group.name() == "image"
    drawn(dock, box(80, 100))
    again = trained(dock)
    assert sorted(again) == sorted(layers) and again["Map"] is layers["Map"]
    assert again["Map"].source() != first and "before" in dock.accuracy.text()


def test_places_are_labeled_by_one_key_each(dock, window):
    draw_all(dock)
    trained(dock)
    before, extent = sum(dock.labels.counts().values()), window.canvas.extent()
    QTest.mouseClick(dock.suggest_button, LEFT)
    assert until(lambda: dock._run is None and dock.places.current is not None, 120), dock.told.text()
    n_places = len(dock.places.geometries)
    assert "Place 1 of" in dock.told.text() and window.canvas.extent().width() < extent.width()
    shown = QgsProject.instance().layerTreeRoot().findLayers()
    assert [node.name() for node in shown if node.isVisible()] == ["Labels", "image"]
    here = dock.places.current.boundingBox()
    assert window.canvas.extent().contains(here)
    for _ in range(n_places):
        QTest.keyClick(window.canvas, Qt.Key.Key_2)
    assert sum(dock.labels.counts().values()) == before + n_places
    assert dock.labels.counts()["Forest"] == 2 + n_places
    assert dock.places.current is None and "All places are labeled" in dock.told.text()
    QTest.keyClick(window.canvas, Qt.Key.Key_2)  # no place: no label
    assert sum(dock.labels.counts().values()) == before + n_places


def test_model_and_accuracy_are_of_the_image_they_were_learned_from(dock, window, tmp_path):
    draw_all(dock)
    trained(dock)
    told = dock.accuracy.text()
    other = QgsRasterLayer(write_raster(tmp_path / "other.tif", quarters(240, 320)[0][:1]), "other")
    QgsProject.instance().addMapLayer(other)
    dock.image.setLayer(other)
    assert told and not dock.accuracy.text()
    QTest.mouseClick(dock.suggest_button, LEFT)  # by the image alone: it has fewer bands than the model
    assert until(lambda: dock._run is None and dock.places.current is not None, 120), dock.told.text()
    dock.image.setLayer(window.image)
    assert dock.accuracy.text() == told


def test_a_project_that_is_opened_again_begins_with_its_image(dock, window, tmp_path):
    draw_all(dock)
    trained(dock)  # its confidence comes first in the alphabet
    project = QgsProject.instance()
    assert project.write(str(tmp_path / "project.qgz"))
    window.active = None
    project.clear()
    assert project.read(str(tmp_path / "project.qgz"))
    assert dock.image.currentLayer().name() == "image" and dock.suggest_button.isEnabled()


def test_the_outline_of_a_place_goes_with_the_dock_and_with_the_image(dock, window):
    dock.places.put([box(60, 60), box(90, 90)], window.image.crs())
    dock.suggest()
    band = next(item for item in window.canvas.scene().items() if isinstance(item, QgsRubberBand))
    assert band.isVisible() and band.asGeometry().boundingBox() == box(60, 60).boundingBox()
    dock.close()
    assert not band.isVisible()
    window.docks.open("labels")
    assert band.isVisible() and dock.places.index == 0
    QgsProject.instance().removeMapLayer(window.image.id())
    assert dock.places.geometries == [] and band.asGeometry().isEmpty()


def test_what_cannot_be_learned_is_said_in_the_dock(dock, monkeypatch):
    from obic_plugin import dependencies

    draw_all(dock)
    monkeypatch.setattr(dependencies, "explain", lambda: "PyTorch is missing.")
    QTest.mouseClick(dock.train_button, LEFT)
    assert dock.told.text() == "PyTorch is missing." and dock.train_button.isEnabled()


def test_a_run_can_be_stopped_and_leaves_nothing(dock):
    draw_all(dock)
    QTest.mouseClick(dock.train_button, LEFT)
    QTest.mouseClick(dock.stop_button, LEFT)
    assert dock.told.text() == "Stopped." and dock.train_button.isEnabled()
    until(lambda: False, 1.0)
    assert QgsProject.instance().mapLayersByName("Map") == []


def test_a_layer_of_ones_own_is_taken_with_its_classes(window):
    layer = QgsVectorLayer("Polygon?crs=EPSG:32632&field=class:string", "mine", "memory")
    feature = QgsFeature(layer.fields())
    feature.setGeometry(box(0, 0))
    feature["class"] = "heath"
    layer.dataProvider().addFeatures([feature])
    other = QgsVectorLayer("Polygon?crs=EPSG:32632&field=kind:string", "other", "memory")
    QgsProject.instance().addMapLayers([layer, other])
    dock = window.docks.open("labels")
    assert dock.layer_box.currentText() == "A new layer" and dock.labels is None
    dock.layer_box.setLayer(other)
    assert "a field called class" in dock.told.text() and dock.labels is None
    dock.layer_box.setLayer(layer)
    assert texts(dock) == ["1  heath (1)"] and LabelLayer.fits(layer)
    QgsProject.instance().removeMapLayer(layer.id())
    assert dock.labels is None and texts(dock) == []


@pytest.fixture
def asked(monkeypatch):
    """The paths that were proposed; ``asked.answer`` is what the user then chooses."""

    class Asked(list):
        answer = ""

    asked = Asked()
    ask = lambda parent, title, path, *_: asked.append(path) or (asked.answer or path, "")  # noqa: E731
    monkeypatch.setattr("obic_plugin.gui.labeldock.QFileDialog.getSaveFileName", ask)
    return asked


def test_labels_are_called_unsafe_until_they_are_saved_and_go_on_in_the_file(dock, window, asked, tmp_path):
    assert dock.kept.text() == "" and not dock.save_button.isEnabled()
    draw_all(dock)
    layer, tree = dock.labels.layer, QgsProject.instance().layerTreeRoot().children()[0]
    assert dock.kept.text() == "Not saved yet: these labels end with QGIS."
    QTest.mouseClick(dock.save_button, LEFT)
    path = tmp_path / "image_labels.gpkg"
    assert asked == [str(path)] and dock.kept.text() == "Saved in image_labels.gpkg."
    assert (
        dock.labels.layer is layer and tree.layer() is layer and layer.source() == f"{path}|layername=labels"
    )
    assert not dock.save_button.isEnabled() and dock.labels.counts() == dict.fromkeys(NAMES, 2)
    assert layer.isEditable() and window.drawing[-1] is layer
    drawn(dock, box(60, 60))
    assert dock.kept.text() == "The last changes are not saved yet."
    assert QgsVectorLayer(str(path)).featureCount() == 8
    QTest.mouseClick(dock.save_button, LEFT)
    assert len(asked) == 1 and dock.kept.text() == "Saved in image_labels.gpkg."
    again = QgsVectorLayer(str(path), "again")
    assert again.featureCount() == 9 and again.crs() == window.image.crs()
    assert LabelLayer(again).counts()["Rice"] == 3
    assert {name: color for name, color, _ in LabelLayer(again).classes()} == {
        name: color for name, color, _ in dock.labels.classes()
    }
    assert "Map" in trained(dock)


def test_another_name_is_proposed_where_one_is_taken(dock, asked, tmp_path):
    draw_all(dock)
    (tmp_path / "image_labels.gpkg").write_text("precious")
    QTest.mouseClick(dock.save_button, LEFT)
    assert asked == [str(tmp_path / "image_labels_2.gpkg")]
    assert dock.kept.text() == "Saved in image_labels_2.gpkg."
    assert (tmp_path / "image_labels.gpkg").read_text() == "precious"


@pytest.mark.parametrize(
    "answer, why",
    [("image.gpkg", "is there already. Choose another name."), ("none/x.gpkg", "cannot be written")],
)
def test_what_cannot_be_saved_stays_as_it_is(dock, asked, tmp_path, answer, why):
    draw_all(dock)
    (tmp_path / "image.gpkg").write_text("precious")
    asked.answer = str(tmp_path / answer)
    QTest.mouseClick(dock.save_button, LEFT)
    assert why in dock.told.text() and dock.kept.text().startswith("Not saved yet")
    assert (tmp_path / "image.gpkg").read_text() == "precious"
    assert dock.labels.counts() == dict.fromkeys(NAMES, 2) and dock.labels.layer.providerType() == "memory"


def test_labels_are_proposed_in_the_folder_of_the_project(dock, asked, tmp_path):
    draw_all(dock)
    (tmp_path / "work").mkdir()
    QgsProject.instance().write(str(tmp_path / "work" / "p.qgz"))
    QTest.mouseClick(dock.save_button, LEFT)
    assert asked == [str(tmp_path / "work" / "image_labels.gpkg")]


def test_a_usual_name_has_its_color_however_it_is_written():
    from obic_plugin.gui.landcover import color_of

    assert color_of("built up", []) == color_of("Built-up", []) == (214, 96, 96)
    assert color_of("Quay", []) is None


def test_places_that_are_multipolygons_are_saved(dock):
    dock.new_class.setText("Rice")
    dock.new_class.returnPressed.emit()
    many = QgsGeometry.collectGeometry([box(0, 0), box(20, 20)])
    dock.labels.add(many, "Rice")
    dock.labels.save()
    layer = dock.labels.layer
    assert not layer.isModified()
    assert sum(feature.geometry().area() for feature in layer.getFeatures()) == many.area()

"""The tag dock, driven by keys and clicks."""

from __future__ import annotations

import pytest
from qgis.core import QgsProject, QgsRasterLayer, QgsVectorLayer
from qgis.PyQt.QtCore import Qt
from qgis.PyQt.QtTest import QTest

from obic_plugin.engine.methods import chips as chips_method
from obic_plugin.engine.nets.imagenet import weights_file
from obic_plugin.engine.progress import Silent
from tests.qgis.waiting import until
from tests.qgis.window import opened
from tests.scenes import quarters, read_raster, write_raster

LEFT = Qt.MouseButton.LeftButton
NAMES = ("water", "wood", "field", "town")


@pytest.fixture
def window(tmp_path):
    image, path = write_raster(tmp_path / "image.tif", quarters(192, 256)[0]), str(tmp_path / "chips.gpkg")
    chips_method.METHOD.execute(chips_method.METHOD.params(input=(image,), size=32, output=path), Silent())
    layers = QgsRasterLayer(image, "image"), QgsVectorLayer(path, "chips")
    with opened(*layers) as window:
        window.path, (window.image, window.chips) = path, layers
        yield window


@pytest.fixture
def dock(window):
    dock = window.docks.open("tags")
    for name in NAMES:
        QTest.keyClicks(dock.new_tag, name)
        QTest.keyClick(dock.new_tag, Qt.Key.Key_Return)
    return dock


def in_file(window) -> list:
    """The tags as another program reads them."""
    return [str(f["tags"]) if f["tags"] else "" for f in QgsVectorLayer(window.path, "again").getFeatures()]


def press(window, *keys) -> None:
    for key in keys:
        QTest.keyClick(window.canvas, key)


def test_a_key_tags_a_chip_and_space_goes_on(dock, window):
    QTest.mouseClick(dock.next_button, LEFT)
    assert dock.places.index == 0 and window.canvas.extent().width() < window.image.extent().width()
    press(window, Qt.Key.Key_1, Qt.Key.Key_3, Qt.Key.Key_Space, Qt.Key.Key_2, Qt.Key.Key_Space)
    assert dock.places.index == 2
    assert [tags for tags in in_file(window) if tags] == ["water;field", "wood"]
    assert dock.told.text() == "2 of 48 chips have tags."
    assert dock.list.item(0).text() == "1  water (1)"


def test_chips_are_seen_through_and_the_image_is_chosen(dock, window):
    assert window.chips.renderer().symbol().symbolLayer(0).brushStyle() == Qt.BrushStyle.NoBrush
    assert dock.image.currentLayer() is window.image


def test_the_same_key_takes_a_tag_away(dock, window):
    QTest.mouseClick(dock.next_button, LEFT)
    press(window, Qt.Key.Key_1, Qt.Key.Key_2)
    assert dock.list.item(0).checkState() == Qt.CheckState.Checked
    press(window, Qt.Key.Key_1)
    assert in_file(window)[0] == "wood" and dock.list.item(0).checkState() == Qt.CheckState.Unchecked


def test_a_click_on_a_tag_does_the_same_and_backspace_goes_back(dock, window):
    QTest.mouseClick(dock.next_button, LEFT)
    press(window, Qt.Key.Key_1, Qt.Key.Key_Space)
    place = dock.list.visualItemRect(dock.list.item(3)).center()
    QTest.mouseClick(dock.list.viewport(), LEFT, Qt.KeyboardModifier.NoModifier, place)
    assert in_file(window)[1] == "town"
    press(window, Qt.Key.Key_Backspace)
    assert dock.places.index == 0 and dock.list.item(0).checkState() == Qt.CheckState.Checked


def test_letters_and_numbers_that_are_written_are_no_keys(dock, window):
    QTest.mouseClick(dock.next_button, LEFT)
    QTest.keyClicks(dock.new_tag, "1 2")
    assert dock.new_tag.text() == "1 2" and not any(in_file(window))


def test_the_next_chip_is_one_without_tags(dock, window):
    QTest.mouseClick(dock.next_button, LEFT)
    for _ in range(48):
        press(window, Qt.Key.Key_1, Qt.Key.Key_Space)
    assert dock.chips.n_tagged == 48 and dock.chips.untagged_after(0) is None
    press(window, Qt.Key.Key_Backspace, Qt.Key.Key_Backspace, Qt.Key.Key_1)
    there = dock.places.index
    press(window, Qt.Key.Key_Backspace, Qt.Key.Key_Backspace, Qt.Key.Key_Space)
    assert dock.places.index == there


def test_tags_that_are_there_are_the_first_to_choose_from(window):
    chips = window.chips
    field = chips.fields().indexOf("tags")
    chips.dataProvider().changeAttributeValues({1: {field: "heath; moor"}, 2: {field: "moor"}})
    dock = window.docks.open("tags")
    assert dock.tags == ["moor", "heath"] and dock.chips.n_tagged == 2


def test_what_is_typed_into_the_attribute_table_is_seen_and_kept(dock, window):
    QTest.mouseClick(dock.next_button, LEFT)
    press(window, Qt.Key.Key_1)
    chips, field, first = window.chips, window.chips.fields().indexOf("tags"), dock.chips.ids[0]
    chips.startEditing()
    chips.changeAttributeValue(first, field, "heath；wood")
    assert until(lambda: dock.chips.of(0) == ["heath", "wood"], 5)
    press(window, Qt.Key.Key_3)
    assert chips.getFeature(first)["tags"] == "heath;wood;field" and dock.tags[-1] == "heath"
    assert dock.places.index == 0
    chips.rollBack()
    assert until(lambda: dock.chips.of(0) == ["water"], 5)
    chips.startEditing()
    chips.deleteFeature(first)
    assert until(lambda: len(dock.chips.ids) == 47, 5)
    chips.rollBack()


def test_chips_whose_field_is_deleted_are_none(dock, window):
    window.chips.startEditing()
    window.chips.deleteAttribute(window.chips.fields().indexOf("tags"))
    assert until(lambda: not dock.next_button.isEnabled(), 5) and "make some" in dock.told.text()
    window.chips.rollBack()


def test_several_tags_may_be_added_at_once(dock, window):
    QTest.mouseClick(dock.next_button, LEFT)
    QTest.keyClicks(dock.new_tag, "heath; moor")
    QTest.keyClick(dock.new_tag, Qt.Key.Key_Return)
    assert dock.tags == [*NAMES, "heath", "moor"] and in_file(window)[0] == "heath;moor"


def test_other_layers_are_no_chips(window):
    other = QgsVectorLayer("Polygon?crs=EPSG:32632&field=kind:string", "other", "memory")
    QgsProject.instance().addMapLayer(other)
    dock = window.docks.open("tags")
    dock.layer_box.setLayer(other)
    assert "make some" in dock.told.text() and not dock.next_button.isEnabled()
    press(window, Qt.Key.Key_Space)
    assert dock.places.current is None


@pytest.mark.skipif(weights_file() is None, reason="the encoder's weights are not installed")
def test_a_map_comes_of_the_tags(dock, window, monkeypatch):
    monkeypatch.setattr("obic_plugin.engine.training.fromtags.N_STEPS", 60)
    monkeypatch.setattr("obic_plugin.engine.training.fromtags.N_LABELED_STEPS", 40)
    for index in range(48):
        row, col = divmod(index, 8)
        dock.places.go(index)
        dock.toggle(NAMES[2 * (row >= 3) + (col >= 4)])
    QTest.mouseClick(dock.train_button, LEFT)
    assert dock.stop_button.isEnabled()
    assert until(lambda: dock._run is None, 120)
    layer = QgsProject.instance().mapLayersByName("Map")[0]
    found, truth = read_raster(layer.source()), quarters(192, 256)[1]
    names = {int(c.value): c.label for c in layer.renderer().classes()}
    right = sum(((found == value) & (truth == NAMES.index(name))).sum() for value, name in names.items())
    assert set(names.values()) == set(NAMES) and right / truth.size > 0.9
    before = len(QgsProject.instance().mapLayers())
    QTest.mouseClick(dock.train_button, LEFT)
    assert until(lambda: dock._run is None, 120)
    assert len(QgsProject.instance().mapLayers()) == before


def test_make_chips_opens_the_algorithm(dock, window, monkeypatch):
    import processing

    opened = []

    class Dialog:
        def show(self):
            opened.append(True)

    monkeypatch.setattr(processing, "createAlgorithmDialog", lambda *told: opened.append(told) or Dialog())
    QTest.mouseClick(dock.make_button, LEFT)
    assert opened == [("obic:chips", {"INPUT": [window.image.id()]}), True]

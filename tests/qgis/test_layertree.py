"""The layers of a run lie in one order, whatever the order in which QGIS brings them."""

import itertools

import numpy as np
import pytest
from qgis.core import QgsProject, QgsRasterLayer

from obic_plugin.layertree import Origin, ResultGroup
from tests.scenes import write_raster

LAYERS = {"Map": "classes", "Confidence": "confidence", "Superpixels": "superpixels"}


@pytest.mark.parametrize("names", list(itertools.permutations(LAYERS)))
def test_layers_lie_in_one_order_however_they_come(tmp_path, names):
    project, group = QgsProject(), ResultGroup(Origin("scene"))
    source = write_raster(tmp_path / "map.tif", np.ones((4, 4), np.uint8))
    for name in names:
        layer = project.addMapLayer(QgsRasterLayer(source, name))
        group.take(layer, LAYERS[name], project)
    (scene,) = project.layerTreeRoot().children()
    assert [node.name() for node in scene.children()] == ["Map", "Confidence", "Superpixels"]


def test_results_lie_above_all_images_of_the_run(tmp_path):
    """Where the second date lies above the first, results between them could not be seen."""
    project, layers = QgsProject(), {}
    root, source = project.layerTreeRoot(), write_raster(tmp_path / "map.tif", np.ones((4, 4), np.uint8))
    for name in ("second", "change", "first"):  # as QGIS does, right above the layer that is active
        layers[name] = project.addMapLayer(QgsRasterLayer(source, name), False)
        root.addLayer(layers[name])
    first, second = layers["first"].id(), layers["second"].id()
    ResultGroup(Origin("first", first), (first, second)).take(layers["change"], "changes", project)
    group, *images = root.children()
    assert [node.name() for node in group.children()] == ["change"]
    assert [node.name() for node in images] == ["second", "first"]


def test_classes_of_a_date_do_not_hide_what_changed(tmp_path):
    project, group = QgsProject(), ResultGroup(Origin("scene"))
    source = write_raster(tmp_path / "map.tif", np.ones((4, 4), np.uint8))
    for name, style in (("Classes", "classes"), ("Change", "changes"), ("Score", "score")):
        group.take(project.addMapLayer(QgsRasterLayer(source, name)), style, project)
    (scene,) = project.layerTreeRoot().children()
    assert {node.name(): node.itemVisibilityChecked() for node in scene.children()} == {
        "Change": True,
        "Classes": False,
        "Score": False,
    }


def test_a_new_mask_is_not_drawn_over_the_one_before(tmp_path):
    project = QgsProject()
    source = write_raster(tmp_path / "map.tif", np.ones((4, 4), np.uint8))

    def run(origin, **styles):
        group, layers = ResultGroup(origin, (origin.layer_id,)), {}
        for name, style in styles.items():
            layers[name] = project.addMapLayer(QgsRasterLayer(source, name))
            group.take(layers[name], style, project)
        return layers

    image = project.addMapLayer(QgsRasterLayer(source, "image"))
    first = run(Origin("image", image.id()), mask="changes", score="score")
    score = Origin("score", first["score"].id())
    again = run(score, mask="changes")
    other = run(Origin("other", "other"), mask="changes")

    def is_on(layers):
        return project.layerTreeRoot().findLayer(layers["mask"].id()).itemVisibilityChecked()

    assert [is_on(each) for each in (first, again, other)] == [False, True, True]
    node = project.layerTreeRoot().findLayer(again["mask"].id())
    mask = project.addMapLayer(QgsRasterLayer(source, "mask"), False)
    node.parent().insertLayer(0, mask)  # where QGIS puts a layer while one of that group is active
    ResultGroup(score, (score.layer_id,)).take(mask, "changes", project)
    assert [is_on(each) for each in (again, {"mask": mask})] == [False, True]
    last = run(score, mask="changes")
    assert [is_on(each) for each in (first, again, last)] == [False, False, True]


def test_results_lie_above_images_in_groups_of_their_own(tmp_path):
    project, layers = QgsProject(), {}
    root, source = project.layerTreeRoot(), write_raster(tmp_path / "map.tif", np.ones((4, 4), np.uint8))
    later, earlier = (root.addGroup(name) for name in ("2024", "2014"))
    inner = earlier.addGroup("inner")
    for name, parent in (("second", later), ("first", inner)):
        layers[name] = project.addMapLayer(QgsRasterLayer(source, name), False)
        parent.addLayer(layers[name])
    change = project.addMapLayer(QgsRasterLayer(source, "change"), False)
    inner.insertLayer(0, change)
    ids = layers["first"].id(), layers["second"].id()
    ResultGroup(Origin("first", ids[0]), ids).take(change, "changes", project)
    assert [node.name() for node in root.children()] == ["first", "2024", "2014"]

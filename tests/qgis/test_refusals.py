"""What a form holds that cannot be worked on is said in sentences with the thing, the value and what to do."""

import re

import numpy as np
import processing
import pytest
from osgeo import gdal
from qgis.core import (
    QgsApplication,
    QgsProcessingContext,
    QgsProcessingException,
    QgsProcessingFeedback,
    QgsProject,
    QgsRasterLayer,
)

from tests.scenes import quarters, write_raster

IMAGE = {"INPUT": "{0}/image.tif", "OUTPUT": "{0}/map.tif"}
LABELS = {"INPUT": "{0}/labels.tif"}
REFUSED = [
    ("kmeans", {**IMAGE, "CLASSES": "many"}, "Classes must be a whole number between 2 and 254, not 'many'"),
    ("kmeans", {**IMAGE, "CLASSES": [1, 2]}, "Classes must be a whole number"),
    ("kmeans", {**IMAGE, "PER": "object"}, "Cluster must be one of pixel, superpixel, not 'object'"),
    ("kmeans", {**IMAGE, "EXTENT": "here"}, "Extent must be four numbers, xmin,xmax,ymin,ymax"),
    ("kmeans", {**IMAGE, "MASK": "{0}/no.gpkg"}, "{0}/no.gpkg: there is no such file"),
    ("kmeans", {**IMAGE, "INPUT": "{0}/no.tif"}, "Cannot open {0}/no.tif as a raster: there is no such file"),
    ("kmeans", {**IMAGE, "INPUT": "{0}/text.txt"}, "Cannot open {0}/text.txt as a raster"),
    ("kmeans", {**IMAGE, "INPUT": "https://x.org/a.tif"}, "nothing is fetched from a network"),
    ("kmeans", {"OUTPUT": "{0}/map.tif"}, "Image is missing. Choose a file"),
    ("kmeans", {"INPUT": "{0}/image.tif"}, "Map is missing. Say where to write it"),
    (
        "accuracy",
        {**LABELS, "REFERENCE": "{0}/no.shp"},
        "Cannot open the reference {0}/no.shp: there is no such",
    ),
    (
        "meancolor",
        {**IMAGE, "ZONES": "{0}/no.tif"},
        "Cannot open the zones {0}/no.tif: there is no such file",
    ),
    (
        "applymodel",
        {**IMAGE, "MODEL": "{0}/text.txt"},
        "Model must be a file whose name ends in .safetensors",
    ),
]


@pytest.fixture(scope="module")
def folder(tmp_path_factory):
    folder = tmp_path_factory.mktemp("refusals")
    values = quarters(32, 40)[0]
    write_raster(folder / "image.tif", values)
    write_raster(folder / "labels.tif", np.ones(values.shape[1:], np.uint8))
    (folder / "text.txt").write_text("nothing that GDAL knows\n")
    return folder


def filled(settings: dict, folder) -> dict:
    return {name: v.format(folder) if isinstance(v, str) else v for name, v in settings.items()}


@pytest.mark.parametrize(("name", "settings", "words"), REFUSED)
def test_a_form_is_refused_with_thing_value_and_advice(folder, name, settings, words):
    algorithm = QgsApplication.processingRegistry().createAlgorithmById(f"obic:{name}")
    good, message = algorithm.checkParameterValues(filled(settings, folder), QgsProcessingContext())
    assert not good and words.format(folder) in message
    assert "Incorrect parameter" not in message and message.endswith(".")


@pytest.mark.parametrize(
    "name, parameter", [("kmeans", "INPUT"), ("accuracy", "REFERENCE"), ("train", "INPUT")]
)
def test_a_layer_of_the_project_whose_file_is_gone_is_called_by_its_file(folder, name, parameter):
    project = QgsProject.instance()
    layer = project.addMapLayer(QgsRasterLayer(str(folder / "gone.tif"), "broken"))
    context = QgsProcessingContext()
    context.setProject(project)
    given = {"INPUT": str(folder / "labels.tif"), parameter: [layer.id()] if name == "train" else layer.id()}
    algorithm = QgsApplication.processingRegistry().createAlgorithmById(f"obic:{name}")
    try:
        good, message = algorithm.checkParameterValues(given, context)
        assert not good and f"{folder}/gone.tif" in message and layer.id() not in message
    finally:
        project.removeMapLayer(layer.id())


def test_models_do_not_check_what_their_steps_are_given_but_these_do(folder):
    algorithm = QgsApplication.processingRegistry().createAlgorithmById("obic:kmeans")
    settings = filled({**IMAGE, "INPUT": "{0}/no.tif"}, folder)
    feedback = QgsProcessingFeedback()
    _, good = algorithm.run(settings, QgsProcessingContext(), feedback)
    assert not good and "there is no such file" in feedback.textLog()


def test_a_table_of_a_database_is_refused_as_an_output(folder):
    table = f"ogr:dbname='{folder}/a.gpkg' table=\"t\" (geom)"
    with pytest.raises(QgsProcessingException, match="only files are written"):
        processing.run("obic:polygons", {**filled(LABELS, folder), "OUTPUT": table})


def said_of_files(capfd) -> set:
    """The lines on standard error, whatever file they speak of."""
    return set(re.sub(r"/\S+", "FILE", capfd.readouterr().err).splitlines())


def test_gdal_says_nothing_of_a_good_image_without_a_georeference(folder, capfd):
    image = gdal.GetDriverByName("GTiff").Create(str(folder / "plain.tif"), 16, 16)
    image.WriteArray(np.kron([[1, 2], [3, 4]], np.ones((8, 8), np.uint8)))
    image = None
    QgsRasterLayer(str(folder / "plain.tif"), "plain")
    own = said_of_files(capfd)  # of some QGIS, whenever it opens such an image
    rows = {"CLASSES": ["1", "", "water", ""], "OUTPUT": str(folder / "named.tif")}
    processing.run("obic:editclasses", {"INPUT": str(folder / "plain.tif"), **rows})
    assert [line for line in said_of_files(capfd) - own if "ERROR" in line or "Warning" in line] == []

"""Outputs that cannot be had, or would cost the user a file, are refused before any work."""

import os
import sqlite3
import subprocess
import sys
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import pytest
from osgeo import gdal, ogr

from obic_plugin.engine.errors import OutputError
from obic_plugin.engine.outputs import refuse_bad_outputs
from obic_plugin.engine.params import Params, output_file, output_raster, output_vector, raster
from obic_plugin.engine.polygonize import write_polygons
from obic_plugin.engine.progress import Silent
from obic_plugin.engine.staging import Staging
from obic_plugin.engine.vector.others import copy_database, other_layers
from tests.scenes import write_raster


@dataclass(frozen=True)
class Example(Params):
    input: str = raster("Image", "help", optional=True)
    output: str = output_raster("Map", "help", style="classes", optional=True)
    polygons: str = output_vector("Polygons", "help", style="polygons", optional=True)
    report: str = output_file("Report", "help", extension="html", optional=True)


def refused(message, **values) -> None:
    with pytest.raises(OutputError, match=message):
        refuse_bad_outputs(Example(**{name: str(value) for name, value in values.items()}))


@pytest.fixture
def image(tmp_path):
    return write_raster(tmp_path / "image.tif", np.ones((4, 5), np.uint8))


@pytest.mark.parametrize(
    "source",
    ["{0}", "GTIFF_DIR:1:{0}", "/vsisubfile/0_,{0}", "{1}/nested.vrt", '<VRT a="{0}"/>', "{1}/hard.tif"],
)
def test_an_input_is_not_an_output_by_whatever_name(tmp_path, image, source):
    gdal.BuildVRT(str(tmp_path / "one.vrt"), [image])
    gdal.BuildVRT(str(tmp_path / "nested.vrt"), [str(tmp_path / "one.vrt")])
    os.link(image, tmp_path / "hard.tif")
    (tmp_path / "soft.tif").symlink_to(image)
    for output in (image, tmp_path / "soft.tif", tmp_path / "hard.tif"):
        refused("input", input=source.format(image, tmp_path), output=output)
    refused("input", input=image, output=tmp_path / "IMAGE.TIF")  # the same file where case does not count
    refuse_bad_outputs(Example(input=source.format(image, tmp_path), output=str(tmp_path / "new.tif")))


def test_two_outputs_share_no_file(tmp_path):
    refused("for two outputs, Map and Polygons", output=tmp_path / "a.tif", polygons=tmp_path / "a.shp")
    refuse_bad_outputs(Example(output=str(tmp_path / "a.tif"), polygons=str(tmp_path / "a.gpkg")))


def test_what_stands_there_must_be_ours_to_replace(tmp_path):
    (tmp_path / "a.dbf").write_text("a table")
    (tmp_path / "b.qml").write_text("a style")
    (tmp_path / "c.tif").write_text("protected")
    (tmp_path / "c.tif").chmod(0o444)
    (tmp_path / "d.tif").mkdir()
    refused(r"a\.dbf belongs to another layer", polygons=tmp_path / "a.shp")
    refused(r"b\.qml belongs to another layer", output=tmp_path / "b.tif")
    refused("write-protected", output=tmp_path / "c.tif")
    refused("is a folder", output=tmp_path / "d.tif")
    refused("does not exist", output=tmp_path / "none" / "a.tif")
    if hasattr(os, "mkfifo"):
        os.mkfifo(tmp_path / "e.tif")
        refused("not a file", output=tmp_path / "e.tif")


def test_a_raster_or_a_view_is_no_layer_that_may_be_replaced(tmp_path, image):
    path, view = str(tmp_path / "a.gpkg"), str(tmp_path / "b.gpkg")
    gdal.Translate(path, image, format="GPKG", creationOptions=["RASTER_TABLE=other"])
    refuse_bad_outputs(Example(polygons=path))
    more = ["RASTER_TABLE=A", "APPEND_SUBDATASET=YES"]
    gdal.Translate(path, image, format="GPKG", creationOptions=more)
    refused("holds a raster or a view of the name", polygons=path)
    write_polygons(image, str(tmp_path / "c.gpkg"))
    gdal.VectorTranslate(view, str(tmp_path / "c.gpkg"), layerName="c")
    refuse_bad_outputs(Example(polygons=view))
    with closing(sqlite3.connect(view)) as database:
        database.execute("CREATE VIEW b AS SELECT * FROM c")
    refused("holds a raster or a view of the name", polygons=view)


def test_the_ending_is_that_of_a_format_that_holds_it(tmp_path):
    for name in ("a.jpg", "a.vrt", "a", "a.xyz"):
        refused(r"must end in one of \.tif, .*\.png.* a legend", output=tmp_path / name)
    refused(r"must end in one of \.gpkg, \.shp", polygons=tmp_path / "a.dxf")
    refused(r"must end in \.html", report=tmp_path / "a.tif.aux.xml")
    for name in ("a.tif", "a.png", "a.img"):
        refuse_bad_outputs(Example(output=str(tmp_path / name)))


def test_other_layers_of_a_geopackage_stay(tmp_path):
    labels = write_raster(tmp_path / "labels.tif", np.ones((4, 5), np.uint8))
    path = str(tmp_path / "mine.gpkg")
    write_polygons(labels, str(tmp_path / "theirs.gpkg"))
    gdal.VectorTranslate(path, str(tmp_path / "theirs.gpkg"), layerName="theirs")
    assert other_layers(path) == ["theirs"]
    for _ in range(2):
        with Staging() as staging:
            copy_database(path, staging.path(path), Silent())
            write_polygons(labels, staging.path(path))
            staging.commit()
        dataset = ogr.Open(path)
        names = sorted(dataset.GetLayer(i).GetName() for i in range(dataset.GetLayerCount()))
        assert names == ["mine", "theirs"] and dataset.GetLayerByName("theirs").GetFeatureCount() == 1
        del dataset


FILLS = """
import resource, signal, sys
from obic_plugin.engine.errors import OutputError
from obic_plugin.engine.polygonize import write_polygons

signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
resource.setrlimit(resource.RLIMIT_FSIZE, (6000, 6000))
try:
    write_polygons(sys.argv[1], sys.argv[2])
except OutputError as error:
    print("refused", error)
"""


@pytest.mark.parametrize("ending", ["gpkg", "shp", "geojson", "gml", "kml", "fgb"])
def test_what_does_not_fit_is_noticed_in_every_format(tmp_path, ending):
    values = np.random.default_rng(0).integers(1, 9, (40, 40)).astype(np.uint8)
    labels, root = write_raster(tmp_path / "labels.tif", values), Path(__file__).parents[2]
    arguments = [sys.executable, "-c", FILLS, labels, str(tmp_path / f"p.{ending}")]
    answer = subprocess.run(arguments, cwd=root, capture_output=True, text=True, check=False)
    assert answer.stdout.startswith("refused Cannot write"), answer.stdout + answer.stderr

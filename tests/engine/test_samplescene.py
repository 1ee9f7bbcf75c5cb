"""The made-up landscape: complete, the same for a seed, and georeferenced."""

import numpy as np
import pytest
from osgeo import gdal, osr

from obic_plugin.engine.errors import OutputError, ParameterError
from obic_plugin.engine.progress import Cancelled, Silent
from obic_plugin.engine.samplescene import BANDS, CLASSES, make_sample_scene, write_sample_scene

SIZE = (160, 200)


@pytest.fixture(scope="module")
def scene():
    return make_sample_scene(0, SIZE)


@pytest.mark.parametrize("seed", range(4))
def test_every_class_is_there(seed):
    _, truth = make_sample_scene(seed, SIZE)
    shares = np.bincount(truth.ravel(), minlength=8)[1:] / (truth > 0).sum()
    assert shares.size == len(CLASSES)
    assert shares.min() > 0.005
    assert shares.max() < 0.6


def test_same_seed_same_scene_other_seed_another(scene):
    again, other = make_sample_scene(0, SIZE), make_sample_scene(1, SIZE)
    assert np.array_equal(scene.image, again.image) and np.array_equal(scene.truth, again.truth)
    assert not np.array_equal(scene.image, other.image) and not np.array_equal(scene.truth, other.truth)


def test_nodata_is_one_corner_and_the_same_in_both(scene):
    image, truth = scene
    assert ((image == 0) == (truth == 0)).all()
    assert truth[0, -1] == 0 and truth[0, 0] and truth[-1, 0] and truth[-1, -1]
    assert 0.02 < (truth == 0).mean() < 0.3


def test_reflectance_tells_land_from_water(scene):
    (red, _, _, infrared), truth = scene
    index = (infrared.astype(float) - red) / (infrared.astype(float) + red + 1)
    name = {name: value for value, name, _ in CLASSES}
    medians = {n: np.median(index[truth == v]) for n, v in name.items()}
    assert medians["Water"] < 0 < medians["Bare soil"] < medians["Meadow"]
    assert medians["Trees"] > 0.5
    assert np.percentile(red, 99) < 6000


def test_files_carry_place_bands_and_names(tmp_path, scene):
    image_path, truth_path = tmp_path / "scene.tif", tmp_path / "truth.tif"
    write_sample_scene(image_path, truth_path, 0, SIZE)
    image, truth = gdal.Open(str(image_path)), gdal.Open(str(truth_path))
    assert np.array_equal(image.ReadAsArray(), scene.image)
    assert np.array_equal(truth.ReadAsArray(), scene.truth)
    bands = [image.GetRasterBand(number) for number in range(1, 5)]
    assert [band.GetDescription() for band in bands] == list(BANDS)
    assert [band.GetNoDataValue() for band in bands] == [0] * 4
    colors = [band.GetColorInterpretation() for band in bands]
    assert colors[:3] == [gdal.GCI_RedBand, gdal.GCI_GreenBand, gdal.GCI_BlueBand]
    assert colors[3] != gdal.GCI_AlphaBand
    assert image.GetGeoTransform() == truth.GetGeoTransform()
    system = osr.SpatialReference(image.GetProjection())
    assert system.GetAuthorityCode(None) == "32632"
    band = truth.GetRasterBand(1)
    assert band.GetCategoryNames()[1:] == [name for _, name, _ in CLASSES]
    assert band.GetColorTable().GetColorEntry(1)[:3] == CLASSES[0][2]


def test_refusals(tmp_path):
    with pytest.raises(ParameterError, match="20 x 10"):
        make_sample_scene(0, (10, 20))
    for paths in (("missing/scene.tif", "truth.tif"), ("scene.tif", "missing/truth.tif")):
        with pytest.raises(OutputError, match="Cannot write"):
            write_sample_scene(*(tmp_path / path for path in paths), 0, SIZE)


@pytest.mark.parametrize("raising", [True, False])
def test_either_way_of_gdal_to_fail(raising, tmp_path):
    before = gdal.GetUseExceptions()
    (gdal.UseExceptions if raising else gdal.DontUseExceptions)()
    try:
        with pytest.raises(OutputError, match="Cannot write"):
            write_sample_scene(tmp_path / "missing" / "scene.tif", tmp_path / "truth.tif", 0, SIZE)
        write_sample_scene(tmp_path / "scene.tif", tmp_path / "truth.tif", 0, SIZE)
    finally:
        (gdal.UseExceptions if before else gdal.DontUseExceptions)()


def test_a_scene_in_the_making_can_be_stopped_and_needs_no_truth(tmp_path):
    seen = []

    class Impatient(Silent):
        def at(self, fraction):
            seen.append(fraction)
            if len(seen) == 5:
                raise Cancelled

    with pytest.raises(Cancelled):
        write_sample_scene(tmp_path / "scene.tif", None, 0, SIZE, Impatient())
    assert seen == sorted(seen) and seen[-1] == 1
    assert list(tmp_path.iterdir()) == []
    write_sample_scene(tmp_path / "scene.tif", None, 0, SIZE)
    assert [path.name for path in tmp_path.iterdir()] == ["scene.tif"]

"""Any raster reads as float32 values with a mask, and nothing invalid ever shows."""

import numpy as np
import pytest
from osgeo import gdal, ogr

from obic_plugin.engine.errors import InputError
from obic_plugin.engine.raster.grid import Window
from obic_plugin.engine.raster.mask import PolygonMask
from obic_plugin.engine.raster.reader import RasterReader
from tests.scenes import NORTH_UP, ROTATED, crs, quarters, write_raster

ALL = Window(0, 0, 6, 8)


def read_all(reader):
    return reader.read(reader.grid.window)


@pytest.mark.parametrize("dtype", ["uint8", "int16", "uint16", "int32", "uint32", "float32", "float64"])
def test_every_data_type_keeps_its_values(tmp_path, dtype):
    values = np.arange(2 * 6 * 8).reshape(2, 6, 8).astype(dtype)
    patch = read_all(RasterReader(write_raster(tmp_path / "a.tif", values)))
    assert patch.values.dtype == np.float32
    assert (patch.values == values).all() and patch.valid.all()


def test_nodata_of_any_band_is_invalid_and_zero(tmp_path):
    values = np.full((2, 6, 8), 5, np.int16)
    values[0, 1, 2] = values[1, 3, 4] = -9999
    patch = read_all(RasterReader(write_raster(tmp_path / "a.tif", values, nodata=-9999)))
    assert np.argwhere(~patch.valid).tolist() == [[1, 2], [3, 4]]
    assert (patch.values[:, ~patch.valid] == 0).all()


def test_a_band_not_chosen_does_not_matter(tmp_path):
    values = np.full((2, 6, 8), 5, np.int16)
    values[1] = -9999
    path = write_raster(tmp_path / "a.tif", values, nodata=-9999)
    assert read_all(RasterReader(path, [1])).valid.all()


def test_a_float32_nodata_value_is_met_in_float32(tmp_path):
    lowest = float(np.finfo(np.float32).min)
    values = np.ones((1, 6, 8), np.float32)
    values[0, 0, 0] = lowest
    assert not read_all(RasterReader(write_raster(tmp_path / "a.tif", values, nodata=lowest))).valid[0, 0]


def test_a_nodata_value_that_no_pixel_can_have_hides_none(tmp_path):
    values = np.arange(48, dtype=np.uint8).reshape(1, 6, 8) + 208
    dataset = gdal.Open(write_raster(tmp_path / "a.tif", values))
    gdal.GetDriverByName("VRT").CreateCopy(str(tmp_path / "a.vrt"), dataset)
    text = (tmp_path / "a.vrt").read_text()
    text = text.replace(
        '<VRTRasterBand dataType="Byte" band="1">',
        '<VRTRasterBand dataType="Byte" band="1"><NoDataValue>-9999</NoDataValue>',
    )
    (tmp_path / "a.vrt").write_text(text)
    assert read_all(RasterReader(str(tmp_path / "a.vrt"))).valid.all()


def test_nan_and_infinity_are_invalid(tmp_path):
    values = np.ones((1, 6, 8), np.float32)
    values[0, 0, :3] = np.nan, np.inf, -np.inf
    patch = read_all(RasterReader(write_raster(tmp_path / "a.tif", values)))
    assert (~patch.valid).sum() == 3 and np.isfinite(patch.values).all()


def test_float64_beyond_float32_is_invalid(tmp_path):
    values = np.ones((1, 6, 8))
    values[0, 0, 0] = 1e300
    assert (~read_all(RasterReader(write_raster(tmp_path / "a.tif", values))).valid).sum() == 1


def test_alpha_is_a_mask_and_not_a_band(tmp_path):
    values = np.full((4, 6, 8), 200, np.uint8)
    values[3, :, :3] = 0
    colors = [gdal.GCI_RedBand, gdal.GCI_GreenBand, gdal.GCI_BlueBand, gdal.GCI_AlphaBand]
    reader = RasterReader(write_raster(tmp_path / "a.tif", values, colors=colors))
    assert reader.bands == (1, 2, 3)
    assert (read_all(reader).valid == (values[3] > 0)).all()


def test_a_mask_band_is_obeyed(tmp_path):
    path = write_raster(tmp_path / "a.tif", np.full((1, 6, 8), 9, np.uint8))
    dataset = gdal.Open(path, gdal.GA_Update)
    dataset.CreateMaskBand(gdal.GMF_PER_DATASET)
    mask = np.full((6, 8), 255, np.uint8)
    mask[2:4] = 0
    dataset.GetRasterBand(1).GetMaskBand().WriteArray(mask)
    dataset = None
    assert (read_all(RasterReader(path)).valid == (mask > 0)).all()


def test_a_palette_reads_as_its_colors(tmp_path):
    table = gdal.ColorTable()
    table.SetColorEntry(7, (10, 20, 30, 255))
    path = write_raster(tmp_path / "a.tif", np.full((1, 6, 8), 7, np.uint8))
    dataset = gdal.Open(path, gdal.GA_Update)
    dataset.GetRasterBand(1).SetRasterColorTable(table)
    dataset = None
    reader = RasterReader(path)
    assert reader.n_bands == 3
    assert read_all(reader).values[:, 0, 0].tolist() == [10, 20, 30]


def test_beyond_the_raster_is_invalid(tmp_path):
    reader = RasterReader(write_raster(tmp_path / "a.tif", np.ones((1, 6, 8), np.uint8)))
    patch = reader.read(Window(-2, -3, 10, 20))
    assert patch.values.shape == (1, 10, 20)
    assert patch.valid.sum() == 48 and patch.valid[2:8, 3:11].all()


def test_the_extent_limits_the_work_but_not_the_grid(tmp_path):
    path = write_raster(tmp_path / "a.tif", np.ones((1, 6, 8), np.uint8))
    reader = RasterReader(path, extent=(500020, 5399950, 500060, 5399980))
    assert reader.work == Window(2, 2, 3, 4)
    assert reader.grid.window == ALL
    assert read_all(reader).valid.sum() == 12


def test_an_extent_on_a_rotated_grid_is_a_rectangle_of_the_map(tmp_path):
    path = write_raster(tmp_path / "a.tif", np.ones((1, 60, 80), np.uint8), ROTATED)
    grid = RasterReader(path).grid
    x, y = grid.to_map(30, 40)
    reader = RasterReader(path, extent=(x - 105, y - 105, x + 105, y + 105))
    rows, cols = np.nonzero(read_all(reader).valid)
    xs, ys = np.array([grid.to_map(r + 0.5, c + 0.5) for r, c in zip(rows, cols)]).T
    assert np.abs(xs - x).max() <= 105.1 and np.abs(ys - y).max() <= 105.1
    assert len(rows) == pytest.approx(210**2 / grid.pixel_area, rel=0.05)


def polygon_file(tmp_path, points, code):
    from osgeo import osr

    reference = osr.SpatialReference()
    reference.ImportFromWkt(crs(code))
    reference.SetAxisMappingStrategy(osr.OAMS_TRADITIONAL_GIS_ORDER)
    path = str(tmp_path / "mask.gpkg")
    source = ogr.GetDriverByName("GPKG").CreateDataSource(path)
    layer = source.CreateLayer("area", reference, ogr.wkbPolygon)
    feature = ogr.Feature(layer.GetLayerDefn())
    ring = ", ".join(f"{x} {y}" for x, y in points + points[:1])
    feature.SetGeometry(ogr.CreateGeometryFromWkt(f"POLYGON (({ring}))"))
    layer.CreateFeature(feature)
    return path


def test_a_mask_limits_the_work(tmp_path):
    image = RasterReader(write_raster(tmp_path / "a.tif", np.ones((1, 6, 8), np.uint8)))
    box = [(500000, 5400000), (500030, 5400000), (500030, 5399980), (500000, 5399980)]
    mask = PolygonMask(polygon_file(tmp_path, box, 32632), image.grid)
    patch = RasterReader(image.source, mask=mask).read(ALL)
    assert patch.valid[:2, :3].all() and patch.valid.sum() == 6


def test_a_mask_in_another_crs_is_transformed(tmp_path):
    image = RasterReader(write_raster(tmp_path / "a.tif", np.ones((1, 60, 80), np.uint8)))
    world = [(8.0, 48.0), (10.0, 48.0), (10.0, 49.5), (8.0, 49.5)]
    assert PolygonMask(polygon_file(tmp_path, world, 4326), image.grid).read(image.grid).all()


def test_a_truncated_file_is_refused_in_a_sentence(tmp_path):
    image, _ = quarters(200, 300)
    path = write_raster(tmp_path / "a.tif", image)
    whole = (tmp_path / "a.tif").read_bytes()
    (tmp_path / "a.tif").write_bytes(whole[: len(whole) // 2])
    with pytest.raises(InputError, match=r"damaged|Cannot"):
        reader = RasterReader(path)
        reader.read(reader.grid.window)


@pytest.mark.parametrize(
    "change, message",
    [({"bands": [4]}, "no band 4"), ({"extent": (0, 0, 1, 1)}, "does not overlap")],
)
def test_refusals_name_the_offender(tmp_path, change, message):
    path = write_raster(tmp_path / "a.tif", np.ones((3, 6, 8), np.uint8), NORTH_UP)
    with pytest.raises(InputError, match=message):
        RasterReader(path, **change)


def test_what_is_no_raster_is_refused(tmp_path):
    (tmp_path / "a.tif").write_text("hello")
    with pytest.raises(InputError, match="Cannot open"):
        RasterReader(str(tmp_path / "a.tif"))


def vrt_of(path, dataset_xml: str, band_xml: str = "", n_bands: int = 1, size: int = 4) -> str:
    bands = "".join(
        f'<VRTRasterBand dataType="Byte" band="{i + 1}">{band_xml}</VRTRasterBand>' for i in range(n_bands)
    )
    path.write_text(
        f'<VRTDataset rasterXSize="{size}" rasterYSize="{size}">{dataset_xml}{bands}</VRTDataset>'
    )
    return str(path)


@pytest.mark.parametrize(
    "transform", ["0,0,0,0,0,0", "nan,1,0,0,0,-1", "0,inf,0,0,0,-1", "0,1,1,0,1,1", "1e308,1e308,0,0,0,-1"]
)
def test_a_geotransform_that_places_no_pixel_is_refused(tmp_path, transform):
    with pytest.raises(InputError, match="no place or no area"):
        RasterReader(vrt_of(tmp_path / "a.vrt", f"<GeoTransform>{transform}</GeoTransform>"))


def test_sizes_on_which_work_would_not_end_are_refused_with_the_number(tmp_path):
    with pytest.raises(InputError, match="2\u202f000\u202f000\u202f000 x 2\u202f000\u202f000\u202f000 px"):
        RasterReader(vrt_of(tmp_path / "a.vrt", "", size=2_000_000_000))


@pytest.mark.parametrize("far", [1e308, 1e30])
def test_an_extent_beyond_all_bounds_is_cut_or_empty_and_no_error_of_arithmetic(tmp_path, far):
    path = write_raster(tmp_path / "a.tif", np.ones((1, 6, 8), np.uint8), ROTATED)
    try:
        assert RasterReader(path, extent=(-far, -far, far, far)).work == ALL
    except InputError as refusal:
        assert "does not overlap" in str(refusal)


def test_signed_bytes_are_signed(tmp_path):
    values = np.arange(-24, 24, dtype=np.int8).reshape(6, 8)
    path = str(tmp_path / "a.tif")
    kind, options = getattr(gdal, "GDT_Int8", gdal.GDT_Byte), ["PIXELTYPE=SIGNEDBYTE"]
    dataset = gdal.GetDriverByName("GTiff").Create(
        path, 8, 6, 2, kind, [] if kind != gdal.GDT_Byte else options
    )
    for number in (1, 2):
        dataset.GetRasterBand(number).WriteRaster(0, 0, 8, 6, values.tobytes())
        dataset.GetRasterBand(number).SetNoDataValue(-5)
    dataset = None
    reader = RasterReader(path)
    patch = read_all(reader)
    assert reader.dtype == np.int8 and reader.data_type == "Int8"
    assert (patch.valid == (values != -5)).all()
    assert (patch.values[1][patch.valid] == values[patch.valid]).all()


def test_a_nodata_value_for_all_bands_together(tmp_path):
    values = np.full((3, 6, 8), 9, np.uint8)
    values[:, 0, 0] = 1, 2, 3
    values[0, 1, 1] = 1  # of one band alone it is a value like any other
    path = write_raster(tmp_path / "a.tif", values)
    dataset = gdal.Open(path, gdal.GA_Update)
    dataset.SetMetadataItem("NODATA_VALUES", "1 2 3")
    dataset = None
    for bands in (None, [2]):
        assert np.argwhere(~read_all(RasterReader(path, bands)).valid).tolist() == [[0, 0]]


def test_alpha_counts_beside_a_nodata_value_too(tmp_path):
    values = np.full((4, 6, 8), 200, np.uint8)
    values[3, 0, 0], values[1, 1, 1] = 0, 7
    colors = [gdal.GCI_RedBand, gdal.GCI_GreenBand, gdal.GCI_BlueBand, gdal.GCI_AlphaBand]
    path = write_raster(tmp_path / "a.tif", values, nodata=7, colors=colors)
    assert np.argwhere(~read_all(RasterReader(path)).valid).tolist() == [[0, 0], [1, 1]]


@pytest.mark.parametrize("dtype", ["uint8", "int16", "uint16", "int32", "uint32", "float32", "float64"])
@pytest.mark.parametrize("nodata", [0, 5, -9999, 1e20, -3.4028234663852886e38])
def test_a_nodata_value_means_what_it_means_to_gdal(tmp_path, dtype, nodata):
    values = np.full((6, 8), 9, dtype)
    here = np.array([0, 5, 250, nodata, 1])
    with np.errstate(invalid="ignore", over="ignore"):
        values[0, :5] = here.astype(dtype)
    path = write_raster(tmp_path / "a.tif", values, nodata=nodata)
    dataset = gdal.Open(path)  # kept in a name: a band dies with its dataset
    mask = dataset.GetRasterBand(1).GetMaskBand().ReadAsArray() > 0
    assert (read_all(RasterReader(path)).valid == (mask & np.isfinite(values))).all()


def test_ground_control_points_are_kept(tmp_path):
    from obic_plugin.engine.raster.writer import RasterWriter

    path = write_raster(tmp_path / "a.tif", np.ones((1, 6, 8), np.uint8), geotransform=None)
    dataset = gdal.Open(path, gdal.GA_Update)
    points = [gdal.GCP(500000 + 10 * x, 5400000 - 9 * y, 3, x, y, "", str(x)) for x in (0, 8) for y in (0, 6)]
    dataset.SetGCPs(points, crs())
    dataset = None
    grid = RasterReader(path).grid
    assert grid.geotransform is None and len(grid.ground_points.points) == 4
    with RasterWriter(str(tmp_path / "b.tif"), grid) as writer:
        writer.write(ALL, np.ones((6, 8), np.uint8))
    assert RasterReader(str(tmp_path / "b.tif")).grid == grid


def test_a_mask_that_cannot_be_brought_to_the_image_is_refused(tmp_path):
    image = RasterReader(write_raster(tmp_path / "a.tif", np.ones((1, 6, 8), np.uint8)))
    beyond = [(8.0, 48.0), (10.0, 48.0), (10.0, 95.0), (8.0, 95.0)]  # north of the pole
    with pytest.raises(InputError, match="lies outside"):
        PolygonMask(polygon_file(tmp_path, beyond, 4326), image.grid)


def test_a_mask_of_which_a_part_is_missing_is_refused(tmp_path):
    image = RasterReader(write_raster(tmp_path / "a.tif", np.ones((1, 6, 8), np.uint8)))
    box = [(500000, 5400000), (500030, 5400000), (500030, 5399980), (500000, 5399980)]
    path = str(tmp_path / "mask.shp")
    both = gdal.VectorTranslate(path, polygon_file(tmp_path, box, 32632), format="ESRI Shapefile")
    both.GetLayer(0).CreateFeature(both.GetLayer(0).GetFeature(0).Clone())
    del both
    PolygonMask(path, image.grid)
    shapes = tmp_path / "mask.shp"
    shapes.write_bytes(shapes.read_bytes()[:-70])
    with pytest.raises(InputError, match=r"Not all of the mask .* can be read: .*Get it anew"):
        PolygonMask(path, image.grid)


def test_a_raster_that_is_made_of_itself_is_refused_in_one_line(tmp_path):
    path, good = str(tmp_path / "a.vrt"), write_raster(tmp_path / "a.tif", np.ones((1, 6, 8), np.uint8))
    gdal.Translate(path, good, format="VRT")
    text = (tmp_path / "a.vrt").read_text()
    (tmp_path / "a.vrt").write_text(text.replace("a.tif", "a.vrt"))
    with pytest.raises(
        InputError, match=r"^Cannot read .*a\.vrt: [^\n]*[^\n.]\. The file is damaged"
    ) as refusal:
        read_all(RasterReader(path))
    assert "\n" not in str(refusal.value)

"""Inputs are files of this computer: what would be fetched, or is no file at all, is refused before any work."""

from __future__ import annotations

import os
import threading
from http.server import BaseHTTPRequestHandler, HTTPServer

import numpy as np
import pytest
from osgeo import gdal

from obic_plugin.engine.errors import InputError
from obic_plugin.engine.mapparams import SourceParams
from obic_plugin.engine.method import Method
from obic_plugin.engine.methods import METHODS
from obic_plugin.engine.params import specs
from obic_plugin.engine.progress import Silent
from obic_plugin.engine.raster.features import FeatureFile
from obic_plugin.engine.raster.reader import RasterReader
from obic_plugin.engine.sources import network, open_source, quiet_gdal, refuse_foreign, said_by_gdal
from obic_plugin.engine.values import INPUTS
from tests.scenes import write_raster

TILES = (
    "<GDAL_WMS><Service name='TMS'><ServerUrl>http://127.0.0.1:{port}/${{z}}/${{x}}/${{y}}.png</ServerUrl></Service>"
    "<DataWindow><UpperLeftX>0</UpperLeftX><UpperLeftY>8</UpperLeftY><LowerRightX>8</LowerRightX>"
    "<LowerRightY>0</LowerRightY><TileLevel>1</TileLevel><TileCountX>1</TileCountX><TileCountY>1</TileCountY>"
    "</DataWindow><BlockSizeX>256</BlockSizeX><BlockSizeY>256</BlockSizeY><BandsCount>3</BandsCount></GDAL_WMS>"
)
REMOTE = [
    *(f"/vsi{kind}/bucket/a.tif" for kind in ("s3", "gs", "az", "adls", "oss", "swift", "hdfs", "webhdfs")),
    *(f"/vsi{kind}_streaming/bucket/a.tif" for kind in ("s3", "gs", "az", "oss", "swift")),
    *(
        "/vsicurl/https://x.org/a.tif",
        "/vsicurl?url=https://x.org/a.tif",
        "/vsicurl_streaming/http://x.org/a",
    ),
    *(
        "/vsizip//vsicurl/http://x.org/a.zip/b.tif",
        "vrt:///vsicurl/http://x.org/a.tif?bands=1",
        "HTTPS://x.org/a.tif",
    ),
    *(
        "WFS:http://x.org",
        "OAPIF:http://x.org",
        "WMTS:cap.xml,layer=a",
        "WMS:http://x.org",
        "PG:dbname=a",
        "MYSQL:a",
    ),
    *(
        "MSSQL:server=a",
        "ftp://x.org/a",
        'NETCDF:"https://x.org/a.nc":v',
        "postgresql://x/y",
        "pg:dbname=a|layername=b",
    ),
    TILES.format(port=1),
]
LOCAL = [
    "a.tif",
    "C:\\data\\a.tif",
    "/vsizip/a.zip/b.tif",
    "GPKG:a.gpkg:b",
    'HDF5:"a.h5"://group/b',
    "HDF5:a.h5://b",
]
LOCAL += [
    "vrt://a.tif?bands=1",
    "/data/https/a.tif",
    "GTIFF_DIR:1:a.tif",
    "a.gpkg|layername=http",
    "\\\\server\\a.tif",
]


@pytest.mark.parametrize("name", REMOTE, ids=lambda name: name[:40])
def test_what_would_be_fetched_is_refused_unless_it_is_allowed(name):
    with pytest.raises(InputError, match="not a file on this computer"):
        refuse_foreign(name, "Image")
    refuse_foreign(name, "Image", allowed=True)


@pytest.mark.parametrize("name", LOCAL)
def test_files_of_this_computer_pass(name):
    refuse_foreign(name, "Image")


@pytest.mark.parametrize("name", ["MEM:::DATAPOINTER=16,PIXELS=9,LINES=9", "/vsistdin/", os.devnull])
def test_what_is_no_file_is_refused_even_where_a_network_is_allowed(name):
    with pytest.raises(InputError, match="no file"):
        refuse_foreign(name, "Image", allowed=True)


def test_a_pipe_is_refused_and_not_waited_for(tmp_path):
    os.mkfifo(tmp_path / "a.tif")
    with pytest.raises(InputError, match="no file"):
        refuse_foreign(str(tmp_path / "a.tif"), "Image")


def vrt(path, source, tag="SourceFilename", relative=0) -> str:
    source = source.replace("&", "&amp;").replace("<", "&lt;")
    path.write_text(
        "<VRTDataset rasterXSize='4' rasterYSize='4'><Metadata><MDI key='LICENSE'>https://x.org</MDI></Metadata>"
        f"<VRTRasterBand dataType='Byte' band='1'><SimpleSource><{tag} relativeToVRT='{relative}'>{source}</{tag}>"
        "</SimpleSource></VRTRasterBand></VRTDataset>"
    )
    return str(path)


@pytest.mark.parametrize(
    "name", [*REMOTE[:3], "/vsicurl/http://x.org/a.tif", REMOTE[-1], "MEM:::DATAPOINTER=16"]
)
def test_what_a_description_of_other_files_names_counts_too(tmp_path, name):
    inner = vrt(tmp_path / "inner.vrt", name, "sourcefilename")
    for middle in (inner, "inner.vrt"):
        outer = vrt(tmp_path / "outer.vrt", middle, relative=int(middle != inner))
        with pytest.raises(InputError, match=r"outer\.vrt\) is made from"):
            refuse_foreign(outer, "Image")


def test_a_description_of_local_files_passes_and_a_circle_ends(tmp_path):
    write_raster(tmp_path / "a.tif", np.ones((4, 4), np.uint8))
    refuse_foreign(vrt(tmp_path / "a.vrt", "a.tif", relative=1), "Image")
    vrt(tmp_path / "b.vrt", "c.vrt", relative=1)
    refuse_foreign(vrt(tmp_path / "c.vrt", "b.vrt", relative=1), "Image")


def test_what_lies_beside_a_file_counts_too(tmp_path):
    path = write_raster(tmp_path / "a.tif", np.ones((4, 4), np.uint8))
    item = "<MDI key='OVERVIEW_FILE'>/vsicurl/http://x.org/a.ovr</MDI>"
    (tmp_path / "a.tif.aux.xml").write_text(
        f"<PAMDataset><Metadata domain='OVERVIEWS'>{item}</Metadata></PAMDataset>"
    )
    with pytest.raises(InputError, match=r"a\.ovr"):
        refuse_foreign(path, "Image")


@pytest.mark.parametrize("method", METHODS, ids=lambda method: method.name)
def test_every_input_of_every_method_goes_through_the_door(method):
    assert issubclass(method.params, SourceParams)
    for spec in specs(method.params):
        if spec.kind in INPUTS:
            params = object.__new__(method.params)
            object.__setattr__(params, spec.name, "/vsicurl/http://x.org/a")
            never = Method("x", "X", "", method.params, lambda *_: pytest.fail("it ran"), "", "")
            with pytest.raises(InputError, match=f"^{spec.label} is /vsicurl/http"):
                never.execute(params, Silent())


@pytest.fixture
def server(monkeypatch):
    """A server on this computer, and the paths that it was asked for."""
    for name in ("http_proxy", "HTTP_PROXY", "all_proxy", "ALL_PROXY", "no_proxy", "NO_PROXY"):
        monkeypatch.delenv(name, raising=False)
    asked = []

    class Handler(BaseHTTPRequestHandler):
        def do_GET(self):
            asked.append(self.path)
            self.send_error(404)

        do_HEAD = do_GET

        def log_message(self, *_):
            pass

    found = HTTPServer(("127.0.0.1", 0), Handler)
    threading.Thread(target=found.serve_forever, daemon=True).start()
    yield found.server_port, asked
    found.shutdown()
    found.server_close()


@pytest.mark.parametrize(
    "name", ["/vsicurl/http://127.0.0.1:{port}/a.tif", "http://127.0.0.1:{port}/a", TILES]
)
def test_gdal_itself_has_no_way_out_but_where_it_is_allowed(server, name):
    """As it would be with a way to name a server that nobody has thought of."""
    port, asked = server
    for allowed in (False, True):
        gdal.VSICurlClearCache()
        with network(allowed), quiet_gdal():
            try:
                dataset = gdal.OpenEx(name.format(port=port), gdal.OF_RASTER)
                if dataset is not None:
                    dataset.ReadRaster(0, 0, 4, 4)
            except RuntimeError:
                pass
        assert bool(asked) == allowed


def test_drivers_of_servers_and_of_memory_are_not_asked():
    assert open_source(TILES.format(port=9), gdal.OF_RASTER) is None
    values = np.zeros(81, np.uint8)
    name = f"MEM:::DATAPOINTER={values.ctypes.data},PIXELS=9,LINES=9"
    assert open_source(name, gdal.OF_RASTER) is None


@pytest.mark.parametrize(
    "name, reason",
    [
        ("absent.tif", "no such file"),
        ("", "a folder"),
        ("empty.tif", r"empty \(0 bytes\)"),
        ("text.tif", "format that GDAL does not know"),
        ("places.geojson", "as a raster: it holds features of a vector layer or a table. Choose a raster."),
    ],
)
def test_what_cannot_be_opened_is_told_why(tmp_path, name, reason, capfd):
    (tmp_path / "empty.tif").touch()
    (tmp_path / "text.tif").write_text("hello")
    (tmp_path / "places.geojson").write_text('{"type": "FeatureCollection", "features": []}')
    with pytest.raises(InputError, match=reason):
        RasterReader(str(tmp_path / name))
    assert capfd.readouterr().err == ""


def test_a_raster_in_the_place_of_polygons_is_called_one(tmp_path):
    image = write_raster(tmp_path / "image.tif", np.ones((4, 4), np.uint8))
    with pytest.raises(InputError, match=r"Cannot open the mask .*: it is a raster"):
        FeatureFile(image, "mask")


def test_words_of_gdal_have_no_addresses_in_memory():
    with quiet_gdal():
        gdal.Error(
            gdal.CE_Warning, gdal.CPLE_FileIO, "VSIFReadL(0x37184a40,6*4) @ 8237 failed\nin HFAEntry()."
        )
    assert said_by_gdal() == "VSIFReadL(6*4) @ 8237 failed in HFAEntry()"

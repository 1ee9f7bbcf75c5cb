"""The command line reads what the forms declare."""

from __future__ import annotations

import numpy as np
import pytest

from obic_plugin.engine.__main__ import main
from obic_plugin.engine.methods import METHODS
from obic_plugin.engine.methods.editclasses import METHOD
from obic_plugin.engine.params import specs
from obic_plugin.engine.raster.classes import ClassTable
from obic_plugin.engine.values import SHOWN
from tests.scenes import read_raster, write_raster


def test_rows_are_given_one_by_one(tmp_path):
    map_, edited = (
        write_raster(tmp_path / "map.tif", np.array([[1, 2, 3, 4]], np.uint8), nodata=0),
        str(tmp_path / "edited.tif"),
    )
    rows = ["--classes", "2;4,1,Water", "--classes", '3,,"Wood, dark",#102030']
    assert main([METHOD.name, map_, edited, *rows]) == 0
    assert read_raster(edited).tolist() == [[1, 1, 3, 1]]
    names = {item.value: (item.name, item.color) for item in ClassTable.from_raster(edited)}
    assert names[1][0] == "Water" and names[3] == ("Wood, dark", (16, 32, 48))


def test_help_tells_the_columns_of_a_row(capsys):
    with pytest.raises(SystemExit):
        main([METHOD.name, "--help"])
    said = " ".join(capsys.readouterr().out.split())
    assert "'VALUE,NEW VALUE,NAME,COLOR'" in said and "Once for each row" in said


@pytest.mark.parametrize("method", METHODS, ids=lambda method: method.name)
def test_every_method_has_help_with_the_words_of_its_form(method, capsys):
    with pytest.raises(SystemExit) as end:
        main([method.name, "--help"])
    said = "".join(capsys.readouterr().out.split())
    assert end.value.code == 0
    shown = [spec for spec in specs(method.params) if spec.kind not in SHOWN]
    assert [spec.name for spec in shown if "".join(spec.help.split()) not in said] == []


@pytest.mark.parametrize(
    "options, message",
    [
        (["--bands", "1,x"], "Bands must be band numbers from 1, such as 1,2,3, not '1,x'."),
        (
            ["--superpixel-size", "many"],
            "Superpixel size (pixels) must be a whole number between 3 and 256, not",
        ),
        (["--superpixels", "hexagons"], "Superpixels must be one of slic, felzenszwalb, not 'hexagons'."),
        (["--extent", "0,0,inf,1"], "none of them infinite, not '0,0,inf,1'."),
        (["--nodata", "white"], "No-data value must be a number of any size, not 'white'."),
    ],
)
def test_a_bad_value_is_refused_by_name_with_the_rule(options, message, tmp_path, capsys):
    assert main(["superpixels", "in.tif", str(tmp_path / "out.tif"), *options]) == 1
    assert message in capsys.readouterr().err


def test_a_row_that_is_no_csv_is_refused(tmp_path, capsys):
    row = "1,," + "x" * 200_000
    assert main([METHOD.name, "in.tif", str(tmp_path / "out.tif"), "--classes", row]) == 1
    assert (
        "A row of Classes cannot be read (field larger than field limit (131072)): '1,,x"
        in capsys.readouterr().err
    )

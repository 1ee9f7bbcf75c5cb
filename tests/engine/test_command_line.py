"""The command line reads what the forms declare."""

from __future__ import annotations

import numpy as np
import pytest

from obic_plugin.engine.__main__ import main
from obic_plugin.engine.methods.editclasses import METHOD
from obic_plugin.engine.raster.classes import ClassTable
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

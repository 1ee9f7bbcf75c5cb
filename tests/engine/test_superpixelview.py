"""Outlines of superpixels in a part of an image: those that a run with the same settings makes."""

from __future__ import annotations

import numpy as np
import pytest

from obic_plugin.engine.methods import superpixels as method
from obic_plugin.engine.progress import Cancelled, Silent, no_pause
from obic_plugin.engine.raster.grid import Window
from obic_plugin.engine.superpixels.felzenszwalb import Felzenszwalb
from obic_plugin.engine.superpixels.slic import Slic
from obic_plugin.engine.superpixelview import MOST_PX, SuperpixelView, outlined
from tests.scenes import NORTH_UP, quarters, read_raster, write_raster

X, Y = NORTH_UP[0], NORTH_UP[3]


@pytest.fixture
def image(tmp_path):
    return write_raster(tmp_path / "image.tif", quarters(150, 200, noise=20)[0])


@pytest.mark.parametrize("kind", ["slic", "felzenszwalb"])
@pytest.mark.parametrize("part", [Window(0, 0, 150, 200), Window(31, 47, 80, 90)])
def test_they_are_those_of_a_run(tmp_path, image, kind, part):
    settings = {"superpixels": kind, "superpixel_size": 12, "compactness": 0.1, "min_size": 1}
    made = str(tmp_path / "superpixels.tif")
    method.METHOD.execute(method.METHOD.params(input=image, output=made, device="cpu", **settings), Silent())
    wanted = Slic(12, 0.1) if kind == "slic" else Felzenszwalb(12, min_size=1)
    found = SuperpixelView.of(image, Silent()).outlines(part, wanted, no_pause)
    expected = outlined(read_raster(made).astype(np.int64)[part.slices])
    inner = np.s_[1:-1, 1:-1]
    for own, other in zip((found.right, found.lower), expected):
        assert (own[inner] == other[inner]).mean() > 0.995 and own.any()
    assert found.grid.to_map(0, 0) == (X + 10 * part.col, Y - 10 * part.row)
    assert 0 < found.count <= part.size and found.seconds > 0


def test_blocks_appear_one_by_one_and_are_those_of_a_run(tmp_path):
    image = write_raster(tmp_path / "blocks.tif", quarters(540, 530, noise=20)[0])
    made = str(tmp_path / "superpixels.tif")
    settings = {"superpixels": "felzenszwalb", "superpixel_size": 12, "min_size": 1}
    method.METHOD.execute(method.METHOD.params(input=image, output=made, device="cpu", **settings), Silent())
    part, shown = Window(400, 380, 130, 145), []
    told = SuperpixelView.of(image, Silent()).outlines(
        part, Felzenszwalb(12, min_size=1), no_pause, shown.append
    )
    counts = [each.count for each in shown]
    assert len(counts) == 4 and counts == sorted(counts) and counts[0] < counts[-1] == told.count
    expected = outlined(read_raster(made).astype(np.int64)[part.slices])
    inner = np.s_[1:-1, 1:-1]
    for own, other in zip((told.right, told.lower), expected):
        assert (own[inner] == other[inner]).mean() > 0.995 and own.any()


def test_lines_lie_where_ids_differ():
    ids = np.array([[1, 1, 2], [1, 1, 2], [3, 3, 3]])
    right, lower = outlined(ids)
    assert right.astype(int).tolist() == [[0, 1, 0], [0, 1, 0], [0, 0, 0]]
    assert lower.astype(int).tolist() == [[0, 0, 0], [1, 1, 1], [0, 0, 0]]


def test_a_part_is_read_once_for_many_settings(image, monkeypatch):
    view, part, reads = SuperpixelView.of(image, Silent()), Window(40, 40, 60, 60), []
    read = view._reader.read
    monkeypatch.setattr(view._reader, "read", lambda window: reads.append(window) or read(window))
    counts = [view.outlines(part, Slic(size), no_pause).count for size in (4, 8, 16)]
    assert len(reads) == 1 and counts[0] > counts[1] > counts[2]


def test_of_a_large_view_the_middle_is_looked_at(tmp_path):
    path = write_raster(tmp_path / "large.tif", np.zeros((1500, 3000), np.uint8))
    part = SuperpixelView.of(path, Silent()).part_of((X - 1e6, Y - 1e6, X + 1e6, Y + 1e6))
    assert 0.9 * MOST_PX < part.size <= MOST_PX
    assert abs(part.row + part.height / 2 - 750) < 2 and abs(part.col + part.width / 2 - 1500) < 2
    nowhere = SuperpixelView.of(path, Silent()).part_of((0, 0, 1, 1))
    assert nowhere.size == 0


def test_it_can_be_stopped(image):
    def stop():
        raise Cancelled

    with pytest.raises(Cancelled):
        SuperpixelView.of(image, Silent()).outlines(Window(0, 0, 90, 90), Felzenszwalb(8), stop)

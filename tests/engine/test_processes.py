"""Several processes: the same outputs as one; what goes wrong ends all of them, soon and in a sentence."""

from __future__ import annotations

import os
import shutil
import socket
import subprocess
import sys
from pathlib import Path

import numpy as np
import pytest
import torch
from osgeo import ogr
from torch.distributed import TCPStore

from obic_plugin import dependencies
from obic_plugin.engine import companions, job, processes
from obic_plugin.engine.__main__ import main
from obic_plugin.engine.labelers.dense import Dense
from obic_plugin.engine.modelfile import ModelFile
from obic_plugin.engine.nets.fcn import PublishedNetwork
from obic_plugin.engine.progress import Silent
from obic_plugin.engine.raster.classes import ClassTable
from obic_plugin.engine.raster.grid import Window
from obic_plugin.engine.raster.reader import RasterReader
from obic_plugin.engine.raster.sample import read_sample
from obic_plugin.engine.raster.scaling import fit_scaling
from tests.scenes import quarters, read_raster, write_raster

ROOT = Path(__file__).parents[2]
SOON_S = 120  # many times what it takes, for busy computers
# tiles of 64 px: a small scene has many; one run for each line of arguments
ENGINE = """
import os, signal, sys, time
from obic_plugin import dependencies
dependencies.activate()
from obic_plugin.engine import __main__, job, processes
from obic_plugin.engine.errors import InputError
job.largest_tile_px = lambda *_: 64
rank = int(os.environ["RANK"])
{change}
with processes.joined():
    if rank:
        sys.exit(processes.serve())
    sys.exit(max(__main__.run(line.split()) for line in sys.argv[1:]))
"""


def together(folder, runs: list, change: str = "") -> list:
    """(status, what it said) of each of two processes that do the runs, started without torchrun's supervision."""
    script = folder.parent / "engine.py"
    script.write_text(ENGINE.format(change=change))
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = str(free.getsockname()[1])
    processes = []
    for rank in "01":
        settings = {"RANK": rank, "LOCAL_RANK": rank, "WORLD_SIZE": "2", "LOCAL_WORLD_SIZE": "2"}
        settings.update(MASTER_ADDR="127.0.0.1", MASTER_PORT=port, OMP_NUM_THREADS="1", PYTHONPATH=str(ROOT))
        command = [sys.executable, script, *runs]
        pipes = {"stdout": subprocess.PIPE, "stderr": subprocess.STDOUT, "text": True}
        processes.append(subprocess.Popen(command, env={**os.environ, **settings}, **pipes))
    try:
        said = [process.communicate(timeout=SOON_S)[0] for process in processes]
    finally:
        for process in processes:
            process.kill()
    return [(process.returncode, text) for process, text in zip(processes, said)]


def scene(folder, height: int = 200, width: int = 330) -> str:
    """A raster of four kinds of land with a hole, in a folder of its own."""
    image, _ = quarters(height, width)
    image[:, 20:90, 30:120] = 0
    folder.mkdir()
    return write_raster(folder / "scene.tif", image, nodata=0)


def features(path) -> list:
    dataset = ogr.Open(str(path))
    return [feature.ExportToJson() for feature in dataset.GetLayer()]


def test_every_window_falls_to_one_process_and_all_have_about_the_same():
    windows = list(Window(0, 0, 70, 130).tiles(16))
    for n in (1, 2, 3, 7):
        found = processes.shares(windows, n)
        load = np.bincount(found, [window.size for window in windows], n)
        assert len(found) == len(windows) and load.max() - load.min() <= 16 * 16


def test_processes_make_the_map_of_one(tmp_path):
    raster = scene(tmp_path / "data", 700, 1100)  # of six tiles
    arguments = ["unsupervised", raster, "{}/map.tif", "--output-polygons={}/map.gpkg", "--effort=draft"]
    arguments += ["--output-confidence={}/percent.tif", "--output-superpixels={}/ids.tif", "--memory-mb=256"]
    arguments += ["--output-report={}/map.html", "--superpixel-size=8"]
    for name in ("one", "two"):
        (tmp_path / name).mkdir()
    command = [sys.executable, "-m", "obic_plugin.engine", "--processes=2"]
    command += [text.format(tmp_path / "two") for text in arguments]
    subprocess.run(command, cwd=ROOT, timeout=SOON_S, check=True)
    assert main([text.format(tmp_path / "one") for text in arguments]) == 0
    assert sorted(os.listdir(tmp_path / "two")) == sorted(os.listdir(tmp_path / "one"))
    one, two = tmp_path / "one", tmp_path / "two"
    for name in ("map.tif", "percent.tif", "ids.tif"):
        assert (read_raster(one / name) == read_raster(two / name)).all()
    assert ClassTable.from_raster(str(one / "map.tif")) == ClassTable.from_raster(str(two / "map.tif"))
    assert features(one / "map.gpkg") == features(two / "map.gpkg")


def test_polygons_have_their_confidence_from_all_processes_without_its_raster(tmp_path, monkeypatch):
    monkeypatch.setattr(job, "largest_tile_px", lambda *_: 64)
    raster, found = scene(tmp_path / "data"), []
    one, two = (f"kmeans {raster} {tmp_path}/{n}.tif --output-polygons={tmp_path}/{n}.gpkg" for n in (1, 2))
    assert main(one.split()) == 0
    assert [status for status, _ in together(tmp_path / "data", [two])] == [0, 0]
    for name in ("1.gpkg", "2.gpkg"):
        dataset = ogr.Open(str(tmp_path / name))
        found.append([(feature["area_m2"], feature["confidence"]) for feature in dataset.GetLayer()])
    assert found[0] == found[1] and min(percent for _, percent in found[0]) > 0


def test_a_process_that_does_not_start_is_said(tmp_path, monkeypatch, capsys):
    monkeypatch.setattr(companions.sys, "executable", shutil.which("false"))
    assert main(["--processes=3", "kmeans", scene(tmp_path / "data"), str(tmp_path / "map.tif")]) == 1
    assert "Process 1 of 3 did not start (exit status 1)." in capsys.readouterr().err


@pytest.mark.parametrize("n", ["0", "-1", "two", "257"])
def test_a_number_of_processes_that_cannot_be_is_refused(n, capsys):
    with pytest.raises(SystemExit):
        main([f"--processes={n}", "kmeans", "in.tif", "out.tif"])
    assert "it must be from 1 to 256" in capsys.readouterr().err


def torchrun_works():
    """False where PyTorch is built without libuv, as Debian's is: its torchrun cannot start then."""
    try:
        TCPStore("localhost", 0, is_master=True, wait_for_workers=False, use_libuv=True)
    except RuntimeError as error:
        return "libuv" not in str(error)
    return True


@pytest.mark.skipif(not torchrun_works(), reason="this PyTorch is built without libuv, which torchrun needs")
def test_torchrun_starts_them_too(tmp_path):
    raster = scene(tmp_path / "data")
    packages = os.pathsep.join([str(ROOT), str(dependencies.packages_folder())])
    command = [sys.executable, "-m", "torch.distributed.run", "--nproc-per-node=2", "--standalone"]
    command += ["-m", "obic_plugin.engine", "kmeans", raster, str(tmp_path / "two.tif")]
    subprocess.run(command, env={**os.environ, "PYTHONPATH": packages}, timeout=SOON_S, check=True)
    assert main(["kmeans", raster, str(tmp_path / "one.tif")]) == 0
    assert (read_raster(tmp_path / "one.tif") == read_raster(tmp_path / "two.tif")).all()


def test_processes_pretrain_one_encoder(tmp_path):
    raster = scene(tmp_path / "data")
    model = tmp_path / "m.safetensors"
    runs = [f"pretrain {raster} --output-model={model} --minutes=0.02 --prototypes=6 --device=cpu"]
    statuses = together(tmp_path / "data", runs)
    assert [status for status, _ in statuses] == [0, 0], statuses
    assert ModelFile.load(str(model)).state["network"]["n_prototypes"] == 6
    assert "Learning for 0.02 min" in statuses[0][1]
    assert sorted(os.listdir(tmp_path)) == ["data", "engine.py", "m.safetensors"]


METHODS = {
    "applymodel": "applymodel {raster} {folder}/model.tif --model={model}",
    "dense": "applymodel {raster} {folder}/dense.tif --model={dense} --output-confidence={folder}/percent.tif",
    "pixels": "kmeans {raster} {folder}/pixels.tif --per=pixel",
    "superpixels": "isodata {raster} {folder}/superpixels.tif --per=superpixel --superpixel-size=8",
    "alone": "superpixels {raster} {folder}/alone.tif",
}


def _save_dense(path: str, raster: str) -> None:
    """A model of a network over pixels, by chance."""
    reader = RasterReader(raster)
    scaling = fit_scaling(read_sample(reader, Silent()).values, Silent())
    network = PublishedNetwork(scaling.n_channels, 5, 8)
    classes = ClassTable.of([(n, n, n) for n in range(5)], [str(n) for n in range(5)])
    model = ModelFile.of(Dense(reader, scaling, network, 5), list(reader.band_names), classes.to_json(), {})
    model.save(path)


def test_so_do_the_methods_that_share_tiles_and_those_that_do_not(tmp_path, monkeypatch):
    raster, model = scene(tmp_path / "data"), tmp_path / "model.safetensors"
    first = ["unsupervised", raster, str(tmp_path / "first.tif"), f"--output-model={model}", "--effort=draft"]
    assert main(first) == 0
    dense = tmp_path / "dense.safetensors"
    _save_dense(str(dense), raster)
    models = {"model": model, "dense": dense}
    one, two = tmp_path / "one", tmp_path / "two"
    one.mkdir(), two.mkdir()
    runs = [line.format(raster=raster, folder=two, **models) for line in METHODS.values()]
    (status, _), other = together(two, runs)
    assert status == 0 and other == (0, "")
    monkeypatch.setattr(job, "largest_tile_px", lambda *_: 64)
    for line in METHODS.values():
        assert main(line.format(raster=raster, folder=one, **models).split()) == 0
    for path in one.glob("*.tif"):
        assert (read_raster(path) == read_raster(two / path.name)).all()


FAILING = """
from obic_plugin.engine.labelers.centers import PixelCenters

def failing(*arguments, tiles=PixelCenters.tiles):
    for n, tile in enumerate(tiles(*arguments)):
        if n == 2 and rank == {rank}:
            {what}
        yield tile

PixelCenters.tiles = failing
"""
ENDS = {
    "refusal": (1, "raise InputError('The disk is gone.')", 1, "Error: The disk is gone."),
    "refusal of process 0": (0, "raise InputError('The disk is gone.')", 1, "Error: The disk is gone."),
    "death": (1, "os.kill(os.getpid(), signal.SIGKILL)", 1, "Error: Process 1 of 2 ended before its tiles"),
    "stop": (0, "os.kill(os.getpid(), signal.SIGTERM)", 130, "Stopped, nothing was written."),
}


@pytest.mark.parametrize("end", ENDS)
def test_what_ends_one_process_ends_both_and_leaves_nothing(tmp_path, end):
    rank, what, expected, sentence = ENDS[end]
    run = f"kmeans {scene(tmp_path / 'data')} {tmp_path}/data/map.tif"
    (status, said), (_, other) = together(tmp_path / "data", [run], FAILING.format(rank=rank, what=what))
    assert (status, said.count(sentence), other) == (expected, 1, "")
    assert os.listdir(tmp_path / "data") == ["scene.tif"]


@pytest.mark.parametrize(
    ("error", "kind", "text"),
    [
        (RuntimeError("CUDA out of memory."), processes.REFUSAL, "Process 1 ran out of memory. Use fewer"),
        (ZeroDivisionError("by a mistake"), processes.FAILURE, "ZeroDivisionError: by a mistake"),
    ],
)
def test_what_goes_wrong_is_answered(monkeypatch, error, kind, text):
    def failing(*_):
        raise error

    monkeypatch.setattr(processes, "_labeler", failing)
    monkeypatch.setattr(processes.distributed, "get_rank", lambda: 1)
    (answer,) = processes._answers({"image": {"allow_network": False}, "wanted": ((), ()), "windows": []}, {})
    assert answer[0] == kind and text in answer[1].decode()


def test_an_order_arrives_as_it_was_given_also_with_weights_that_lie_channels_last():
    weights = torch.rand(4, 3, 3, 3).to(memory_format=torch.channels_last)
    order, found = processes._order_of(processes._order_bytes({"windows": [[0, 0, 4, 4]]}, {"w": weights}))
    assert order == {"windows": [[0, 0, 4, 4]]} and torch.equal(found["w"], weights)

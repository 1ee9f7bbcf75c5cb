"""An encoder that learns without labels, and what is made with it."""

from __future__ import annotations

import os

import numpy as np
import pytest
import torch

from obic_plugin.engine.errors import InputError, ModelError, OutputError, ParameterError
from obic_plugin.engine.methods import clustermap, pretrain, train
from obic_plugin.engine.methods.clustermap import ClusterMapParams
from obic_plugin.engine.methods.pretrain import PretrainParams
from obic_plugin.engine.methods.train import TrainParams
from obic_plugin.engine.modelfile import ModelFile
from obic_plugin.engine.modelkind import method_for
from obic_plugin.engine.nets import imagenet
from obic_plugin.engine.progress import Cancelled, Silent
from obic_plugin.engine.raster.classes import ClassTable
from obic_plugin.engine.raster.reader import RasterReader
from obic_plugin.engine.training.budget import Budget
from tests.scenes import quarters, read_raster, write_raster

N_BANDS, N_PROTOTYPES = 5, 12


@pytest.fixture(autouse=True)
def small(monkeypatch):
    made_small(monkeypatch)


def made_small(monkeypatch):
    monkeypatch.setattr("obic_plugin.engine.training.views.VIEW_PX", 64)
    monkeypatch.setattr("obic_plugin.engine.training.pretraining.N_CROPS", 3)
    monkeypatch.setattr("obic_plugin.engine.training.pretraining.N_FIRST", 2)
    monkeypatch.setattr("obic_plugin.engine.training.pretraining.LEAST_STEPS", 3)


def scene(path):
    """Four quarters of five bands of 16 bits, without data in a corner."""
    values = quarters(96, 128, N_BANDS)[0].astype(np.uint16) * 40 + 1000
    values[:, :20, :24] = 0
    return write_raster(path, values, nodata=0)


class Told(Silent):
    """Keeps what is said; raises ``error`` when a line begins with ``moment``."""

    def __init__(self, moment="never", error=None):
        self.lines, self._moment, self._error = [], moment, error

    def say(self, text):
        self.lines.append(text)
        if text.startswith(self._moment):
            raise self._error


def run(folder, image, progress=None, **changes):
    settings = {"minutes": 0.01, "prototypes": N_PROTOTYPES, **changes}
    params = PretrainParams(input=image, output_model=str(folder / "m.safetensors"), **settings)
    return pretrain.METHOD.execute(params, progress or Silent())


@pytest.fixture(scope="module")
def learnt(tmp_path_factory):
    """A folder with an image a.tif, a model m.safetensors, maps and a report; and what was returned."""
    folder = tmp_path_factory.mktemp("learnt")
    with pytest.MonkeyPatch.context() as patched:
        made_small(patched)
        outputs = {"output_maps": str(folder / "maps"), "output_report": str(folder / "r.html")}
        return folder, run(folder, scene(folder / "a.tif"), **outputs)


def test_model_maps_and_report_are_made_and_nothing_else_is_left(learnt):
    folder, numbers = learnt
    left = {name for name in os.listdir(folder) if not name.endswith(".aux.xml")}
    assert left == {"a.tif", "m.safetensors", "maps", "r.html"}
    assert 2 <= numbers["prototype_count"] <= N_PROTOTYPES and 0 < numbers["teacher_entropy"] < 1
    drawn = read_raster(folder / "maps" / "epoch_00001.tif")
    assert not drawn[:20, :24].any() and drawn[20:].all() and len(np.unique(drawn)) > 2
    assert len(ClassTable.from_raster(str(folder / "maps" / "epoch_00001.tif"))) > 1
    page = (folder / "r.html").read_text(encoding="utf-8")
    for text in ("Live prototypes", "Entropy of the teacher", "SDCluster"):
        assert text in page


def test_the_encoder_sees_all_bands(learnt):
    model = ModelFile.load(str(learnt[0] / "m.safetensors"))
    image = model.state["network"]["image"]
    assert sorted(image["seen"]) == list(range(N_BANDS)) and image["encoder"]
    assert method_for(str(learnt[0] / "m.safetensors")) == "clustermap"
    assert model.image_features("m").encoder.stem.conv.weight.shape[1] == N_BANDS


def test_a_cluster_map_does_not_depend_on_the_tiles(learnt):
    model, reader = (
        ModelFile.load(str(learnt[0] / "m.safetensors")),
        RasterReader(str(learnt[0] / "a.tif")),
    )
    labeler, found = model.labeler_on(reader, torch.device("cpu")), []
    for tile_px in (256, 32):
        labels = np.zeros((96, 128), np.uint8)
        for tile in labeler.tiles(reader.work.tiles(tile_px)):
            labels[tile.window.slices] = tile.planes["labels"]
        found.append(labels)
    assert len(np.unique(found[0])) > 3 and (found[0] == found[1]).all()


def mapped(folder, **changes):
    output = str(folder / "map.tif")
    settings = {"input": str(folder / "a.tif"), "model": str(folder / "m.safetensors"), **changes}
    numbers = clustermap.METHOD.execute(ClusterMapParams(output=output, **settings), Silent())
    return read_raster(output), numbers, ClassTable.from_raster(output)


def test_a_cluster_map_has_a_legend_of_the_prototypes_that_occur(learnt):
    found, numbers, legend = mapped(learnt[0])
    assert numbers["class_count"] == len(legend) == len(np.unique(found)) - 1 > 3
    assert not found[:20, :24].any() and found[20:].all()
    assert len(set(legend.colors)) == len(legend)


def test_prototypes_are_merged_to_as_many_classes_as_wanted(learnt):
    found, numbers, legend = mapped(learnt[0], classes=3)
    assert numbers["class_count"] == len(legend) == 3 and set(np.unique(found)) == {0, 1, 2, 3}


def test_a_model_without_prototypes_or_for_other_bands_is_refused(learnt, tmp_path):
    folder, _ = learnt
    labels = write_raster(tmp_path / "l.tif", np.where(quarters()[1] == 0, 1, 2).astype(np.uint8))
    other = str(tmp_path / "other.safetensors")
    settings = {
        "labels": labels,
        "encoder": "none",
        "output": str(tmp_path / "map.tif"),
        "output_model": other,
    }
    train.METHOD.execute(TrainParams(input=str(folder / "a.tif"), **settings), Silent())
    with pytest.raises(ModelError, match="holds classes and no prototypes"):
        mapped(folder, model=other)
    with pytest.raises(ModelError, match="holds no image encoder"):
        trained(folder, tmp_path, labels, encoder_model=other)
    image = write_raster(tmp_path / "b.tif", quarters()[0])
    with pytest.raises(ModelError, match=r"number of bands \(3\) than the model was trained on \(5\)"):
        mapped(folder, input=image)
    with pytest.raises(ModelError, match=r"number of bands \(3\) than the model was trained on \(5\)"):
        trained(folder, tmp_path, labels, input=image)


def trained(folder, tmp_path, labels, **changes):
    settings = {"input": str(folder / "a.tif"), "encoder_model": str(folder / "m.safetensors"), **changes}
    params = TrainParams(labels=labels, encoder="own", output=str(tmp_path / "map.tif"), **settings)
    train.METHOD.execute(params, Silent())
    return read_raster(tmp_path / "map.tif")


def test_a_few_labels_are_learned_from_what_the_own_encoder_knows(learnt, tmp_path):
    truth = quarters()[1]
    labels = np.full(truth.shape, 255, np.uint8)
    for row in (26, 36, 60, 80):
        for col in (8, 40, 80, 110):
            labels[row : row + 6, col : col + 6] = truth[row, col] + 1
    found = trained(learnt[0], tmp_path, write_raster(tmp_path / "l.tif", labels))
    valid = found > 0
    assert (found == truth + 1)[valid].mean() > 0.9 and not valid[:20, :24].any()


@pytest.mark.parametrize("case", ["imagenet", "scratch", "without the package"])
def test_an_encoder_that_began_with_imagenet_is_used_partway(tmp_path, monkeypatch, case):
    image = scene(tmp_path / "a.tif")
    run(tmp_path, image, start="scratch" if case == "scratch" else "imagenet")
    own = encoder_in(tmp_path / "m.safetensors")
    first = imagenet.pretrained_encoder(N_BANDS, 16).fold().state_dict()
    if case == "without the package":
        monkeypatch.setattr(imagenet, "weights_file", lambda: None)
    labels, told = quarters()[1].astype(np.uint8), Told()
    labels[20:76] = 255
    outputs = {"output": str(tmp_path / "map.tif"), "output_model": str(tmp_path / "trained.safetensors")}
    params = TrainParams(
        input=image,
        labels=write_raster(tmp_path / "l.tif", labels),
        encoder="own",
        encoder_model=str(tmp_path / "m.safetensors"),
        **outputs,
    )
    train.METHOD.execute(params, told)
    used, back = encoder_in(tmp_path / "trained.safetensors"), 1 / 3 if case == "imagenet" else 0
    for name, weights in own.items():
        assert torch.allclose(used[name], (1 - back) * weights + back * first[name], atol=1e-6)
    said = any("own encoder is used as it is" in line for line in told.lines)
    assert said == (case == "without the package")


def encoder_in(path):
    """The weights of the encoder in a model file."""
    return ModelFile.load(str(path)).image_features(str(path)).encoder.state_dict()


@pytest.mark.parametrize(
    ("settings", "why"),
    [
        ({"encoder": "own"}, "Encoder is your own model: give its file"),
        ({"encoder": "imagenet", "encoder_model": "m.safetensors"}, "is given, but Encoder is imagenet"),
    ],
)
def test_an_encoder_and_its_model_go_together(settings, why):
    with pytest.raises(ParameterError, match=why):
        TrainParams(input="a.tif", labels="l.gpkg", output="map.tif", **settings)


def test_a_run_that_was_killed_goes_on_and_another_one_does_not(tmp_path, monkeypatch):
    image = scene(tmp_path / "a.tif")
    monkeypatch.setattr(Budget, "share", lambda self: 0.0)
    with pytest.raises(RuntimeError, match="killed"):
        run(tmp_path, image, Told("Epoch 2", RuntimeError("killed")))
    kept = tmp_path / "m.safetensors.unfinished"
    assert kept.exists() and not (tmp_path / "m.safetensors").exists()
    monkeypatch.setattr(Budget, "share", lambda self: 1.0)
    other, same = Told(), Told()
    content = kept.read_bytes()
    run(tmp_path, image, other, seed=1)
    assert not any("Going on" in line for line in other.lines) and not kept.exists()
    kept.write_bytes(content)
    run(tmp_path, image, same, output_report=str(tmp_path / "r.html"))
    assert "Going on from step 3, which an earlier run has reached." in same.lines
    assert not any(line.startswith("Epoch") for line in same.lines) and not kept.exists()
    page = (tmp_path / "r.html").read_text(encoding="utf-8")
    for term in ("semantic consistency", "prototype constraint", "teacher entropy", "live prototypes"):
        assert term in page


def test_maps_that_were_drawn_before_a_kill_are_not_lost(tmp_path, monkeypatch):
    image, maps = scene(tmp_path / "a.tif"), tmp_path / "maps"
    monkeypatch.setattr(Budget, "share", lambda self: 0.0)
    with pytest.raises(RuntimeError, match="killed"):
        run(tmp_path, image, Told("Epoch 3", RuntimeError("killed")), output_maps=str(maps))
    assert not maps.exists()
    monkeypatch.setattr(Budget, "share", lambda self: 1.0)
    run(tmp_path, image, Told(), output_maps=str(maps))
    assert {name for name in os.listdir(maps) if name.endswith(".tif")} == {
        "epoch_00001.tif",
        "epoch_00002.tif",
    }


@pytest.mark.parametrize(("share", "stage"), [(0.0, "Epoch 2"), (1.0, "Drawing a cluster map")])
def test_a_cancel_leaves_nothing_behind(tmp_path, monkeypatch, share, stage):
    image, spent = scene(tmp_path / "a.tif"), iter([0.0])
    monkeypatch.setattr(Budget, "share", lambda self: next(spent, share))
    with pytest.raises(Cancelled):
        run(tmp_path, image, Told(stage, Cancelled()), output_report=str(tmp_path / "r.html"))
    assert {name for name in os.listdir(tmp_path) if not name.endswith(".aux.xml")} == {"a.tif"}


class StopAtTheEnd(Silent):
    """Stops when all is made, and only the names of the outputs are left to be given."""

    def at(self, fraction):
        if fraction >= 1:
            raise Cancelled


def test_a_cancel_when_all_is_made_leaves_nothing_behind_either(tmp_path):
    image = scene(tmp_path / "a.tif")
    with pytest.raises(Cancelled):
        run(tmp_path, image, StopAtTheEnd())
    assert {name for name in os.listdir(tmp_path) if not name.endswith(".aux.xml")} == {"a.tif"}


def test_a_file_of_the_users_in_place_of_the_checkpoint_is_left_alone(tmp_path):
    mine = tmp_path / "m.safetensors.unfinished"
    mine.write_text("mine")
    with pytest.raises(OutputError, match=r"m\.safetensors\.unfinished is not of OBIC"):
        run(tmp_path, scene(tmp_path / "a.tif"))
    assert mine.read_text() == "mine"


def test_images_of_other_bands_are_refused(tmp_path):
    images = [scene(tmp_path / "a.tif"), write_raster(tmp_path / "b.tif", quarters()[0])]
    with pytest.raises(InputError, match=r"b\.tif has another number of bands \(3\) than .*a\.tif \(5\)"):
        run(tmp_path, images)

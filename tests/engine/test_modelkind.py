"""A model file goes to the method that takes it; a file that is no model is refused in a sentence."""

from __future__ import annotations

import json
import struct
import subprocess
import sys
from pathlib import Path

import numpy as np
import pytest
from safetensors.torch import save_file

from obic_plugin.engine.errors import ModelError
from obic_plugin.engine.labelers.pair import DatedClasses
from obic_plugin.engine.modelfile import ModelFile
from obic_plugin.engine.modelkind import method_for
from obic_plugin.engine.raster.classes import ClassTable
from obic_plugin.engine.training.changelearning import new_network, stacked_scaling

from .test_modelfile import MODELS, OF_CELLS, first_version

CLASSES = ClassTable.of([(1, 2, 3), (4, 5, 6)], ["water", "wood"]).to_json()


def dated(path, knows_classes: bool, knows_change: bool) -> str:
    sample = np.arange(12.0).reshape(3, 4)
    network = new_network(3, 2, [0, 1, 2], 0)
    labeler = DatedClasses(
        None, stacked_scaling(sample, sample), network, 2, 0.5, None, knows_classes, knows_change
    )
    ModelFile.of(labeler, list("abcdef"), CLASSES, {}).save(str(path))
    return str(path)


@pytest.mark.parametrize("model", MODELS)
def test_what_maps_one_image_is_applied(model, tmp_path):
    model.save(str(tmp_path / "m"))
    assert method_for(str(tmp_path / "m")) == "applymodel"


def test_so_are_files_of_the_first_version(tmp_path):
    header = json.dumps(first_version(OF_CELLS[0]))
    save_file(OF_CELLS[0].tensors, str(tmp_path / "m"), {"format": "obic-model-1", "obic": header})
    assert method_for(str(tmp_path / "m")) == "applymodel"


@pytest.mark.parametrize(
    "knows_classes, knows_change, method",
    [(True, True, "detectchange"), (False, True, "detectchange"), (True, False, "trainchange")],
)
def test_what_knows_two_dates_goes_where_change_is(knows_classes, knows_change, method, tmp_path):
    assert method_for(dated(tmp_path / "m", knows_classes, knows_change)) == method


BAD = {
    "empty": b"",
    "noise": bytes(range(256)) * 40,
    "a large claim": struct.pack("<Q", 1 << 60) + b"{}",
    "a list": struct.pack("<Q", 2) + b"[]",
    "nested": struct.pack("<Q", 200_000) + b"[" * 200_000,
    "of others": struct.pack("<Q", 39) + b'{"__metadata__": {"format": "pt"}}     ',
    "no texts": struct.pack("<Q", 37) + b'{"__metadata__": {"format": ["pt"]}}  ',
}


@pytest.mark.parametrize("name", BAD)
def test_what_is_no_model_of_ours_is_refused(name, tmp_path):
    (tmp_path / "m").write_bytes(BAD[name])
    with pytest.raises(ModelError, match="m is not a model that OBIC has saved"):
        method_for(str(tmp_path / "m"))


@pytest.mark.parametrize("text", ["", "{", "[" * 5000, 7])
def test_a_damaged_one_is_called_that(text, tmp_path):
    content = json.dumps({"__metadata__": {"format": "obic-model-2", "obic": text}}).encode()
    (tmp_path / "m").write_bytes(struct.pack("<Q", len(content)) + content)
    with pytest.raises(ModelError, match="is damaged"):
        method_for(str(tmp_path / "m"))


@pytest.mark.parametrize("path", ["none", "", "a\x00b"])
def test_no_file_is_refused(path, tmp_path):
    with pytest.raises(ModelError, match="no model file"):
        method_for(str(tmp_path / path))


def test_it_is_told_without_pytorch(tmp_path):
    MODELS[0].save(str(tmp_path / "m"))
    code = f"import sys; from obic_plugin.engine.modelkind import method_for as m; print(m({str(tmp_path / 'm')!r}),"
    code += " 'torch' in sys.modules)"
    root = Path(__file__).parents[2]
    answer = subprocess.run(
        [sys.executable, "-c", code], cwd=root, capture_output=True, text=True, check=True
    )
    assert answer.stdout.split() == ["applymodel", "False"]

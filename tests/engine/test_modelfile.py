"""What a model file may hold: a mutated one is refused in a sentence, or works; nothing else happens."""

from __future__ import annotations

import copy
import json
import math
import random
import struct

import numpy as np
import pytest
import torch
from safetensors.torch import load_file, save_file

from obic_plugin.engine import nets
from obic_plugin.engine.device import choose_device
from obic_plugin.engine.errors import ModelError
from obic_plugin.engine.modelfile import FIRST_FORMAT, FORMAT, ModelFile, check_header, of_first_version
from obic_plugin.engine.nets.densenet import DenseNetwork
from obic_plugin.engine.nets.fcn import PublishedNetwork
from obic_plugin.engine.nets.superpixelnet import SuperpixelNetwork
from obic_plugin.engine.raster.classes import ClassTable
from obic_plugin.engine.raster.grid import RasterGrid
from obic_plugin.engine.raster.patch import Patch
from obic_plugin.engine.raster.scaling import Scaling
from obic_plugin.engine.schema import SchemaError
from obic_plugin.engine.superpixels.felzenszwalb import Felzenszwalb
from obic_plugin.engine.superpixels.kinds import to_json
from obic_plugin.engine.superpixels.slic import Slic

ODD = (
    *(None, True, 0, -1, 1, 254, 255, 10**6, 10**12, 10**400, 0.5, -0.0, 1e-320, 1e308, math.nan, math.inf),
    *("", "slic", "x" * 100_000, "\ud800", "a\nb", "\x00", [], [0], [[]], {}, {"kind": "slic"}),
    *([1] * 100_000, {"a": None}),
)


@pytest.fixture(autouse=True)
def one_thread():
    """What is computed here is too small to be shared."""
    before = torch.get_num_threads()
    torch.set_num_threads(1)
    yield
    torch.set_num_threads(before)


def model(components: bool = False, kind=Slic(8)) -> ModelFile:  # noqa: B008
    torch.manual_seed(0)
    n_bands, n_channels = (12, 8) if components else (3, 3)
    network = SuperpixelNetwork(2 * n_channels + 1, 5, 3)
    low = np.zeros(n_bands)
    center = low + 0.5 if components else None
    axes = np.eye(n_channels, n_bands) if components else None
    state = {
        "network": nets.to_json(network),
        "scaling": Scaling(n_bands, tuple(range(n_bands)), low, low + 255, center, axes).to_json(),
        "superpixels": to_json(kind),
        "n_classes": 2,
    }
    return ModelFile(
        "cells",
        state,
        [f"band {i}" for i in range(n_bands)],
        ClassTable.of([(1, 2, 3), (4, 5, 6)], ["water", "\u68ee\u6797 a\\b"]).to_json(),
        {"OBIC_METHOD": "unsupervised"},
        network.state_dict(),
    )


def dense(network=None, votes: bool = False) -> ModelFile:
    """A model of a network over pixels."""
    network, low = network or PublishedNetwork(3, 5, 6), np.zeros(4)
    state = {
        "network": nets.to_json(network),
        "scaling": Scaling(4, (0, 2, 3), low[:3], low[:3] + 255).to_json(),
        "superpixels": to_json(Slic(8)) if votes else None,
        "votes": votes,
        "n_classes": 2,
    }
    same = model()
    return ModelFile("dense", state, ["a", "b", "c", "d"], same.classes, same.history, network.state_dict())


MODELS = [
    model(),
    model(components=True, kind=Felzenszwalb(9)),
    dense(),
    dense(DenseNetwork(3, 5, [2, 1, 0], 6), True),
]
OF_CELLS = MODELS[:2]


def header_of(original: ModelFile) -> dict:
    return copy.deepcopy({name: value for name, value in vars(original).items() if name != "tensors"})


def places(value, path=()):
    """The path of every value in nested dictionaries and lists."""
    yield path
    items = value.items() if isinstance(value, dict) else enumerate(value) if isinstance(value, list) else ()
    for key, inner in items:
        yield from places(inner, (*path, key))


def mutated(header: dict, chance: random.Random) -> object:
    """The header with one value replaced, removed, doubled or added to."""
    path = chance.choice([place for place in places(header) if place])
    *way, last = path
    inner = header
    for key in way:
        inner = inner[key]
    kind = chance.randrange(5)
    if kind == 0:
        del inner[last]
    elif kind == 1 and isinstance(inner, list):
        inner.append(inner[last])
    elif kind == 1:
        inner["another"] = inner[last]
    elif kind == 2 and isinstance(inner[last], (int, float)):
        inner[last] = inner[last] * chance.choice([-1, 0, 1e-30, 10, 1e12])
    else:
        inner[last] = chance.choice(ODD)
    return header


class NoImage:
    """Stands in for a `RasterReader`."""

    grid = RasterGrid(10, 10)


def works(path: str) -> bool:
    """Whether the file is a model that gives numbers; raises what is not a `ModelError`."""
    try:
        found = ModelFile.load(path)
    except ModelError as error:
        assert len(str(error)) < 2000 and str(error).endswith(".")
        return False
    labeler = found.labeler_on(NoImage, choose_device("cpu"))
    of_cells = found.labeler == "cells"
    scaling, network = labeler.cells.scaling if of_cells else labeler.scaling, labeler.network
    assert 1 <= len(ClassTable.from_json(found.classes)) <= network.options["n_classes"]
    with np.errstate(over="ignore"):
        scaled = scaling(Patch(np.ones((scaling.n_bands, 2, 2), np.float32), np.ones((2, 2), bool)))
    assert np.isfinite(scaled.values).all()
    n_channels = 2 * scaling.n_channels + 1 if of_cells else scaling.n_channels
    with torch.inference_mode():
        side = 16 if not of_cells else 3
        values, valid = torch.zeros(1, n_channels, side, side), torch.ones(1, side, side, dtype=torch.bool)
        assert network(values, valid).isfinite().all()
    return True


@pytest.mark.parametrize("original", MODELS, ids=["bands", "components", "dense", "votes"])
def test_what_was_saved_is_what_is_loaded(original, tmp_path):
    original.save(str(tmp_path / "m"))
    assert works(str(tmp_path / "m"))
    found = ModelFile.load(str(tmp_path / "m"))
    assert header_of(found) == header_of(original)
    assert all(torch.equal(found.tensors[name], tensor) for name, tensor in original.tensors.items())


def test_mutated_headers_are_refused_or_work(tmp_path):
    """Those that pass are tried as files; so is every twentieth of the others."""
    chance, path, n_refused = random.Random(8), str(tmp_path / "m"), 0
    for number in range(400):
        original = MODELS[number % 4]
        text = json.dumps(mutated(header_of(original), chance))
        try:
            check_header(json.loads(text))
            passed = True
        except SchemaError:
            passed = False
        n_refused += not passed
        if passed or number % 20 == 0:
            save_file(original.tensors, path, {"format": FORMAT, "obic": text})
            assert works(path) <= passed
    assert 200 < n_refused < 390


@pytest.mark.parametrize(
    "text",
    ["", "{", "[]", "null", "1" * 10_000, "[" * 100_000, '{"network":' * 50_000, '"' + "x" * (1 << 25) + '"'],
    ids=lambda text: f"{text[:12]}, {len(text)}",
)
def test_a_header_that_is_a_bomb_is_refused(text, tmp_path):
    save_file(MODELS[0].tensors, str(tmp_path / "m"), {"format": FORMAT, "obic": text})
    assert not works(str(tmp_path / "m"))


@pytest.mark.parametrize(
    "place, value, message",
    [
        (("labeler",), "oracle", "labeler must be cells or dated classes or dense, not 'oracle'"),
        (
            ("state", "network", "kind"),
            "Transformer",
            "state.network.kind must be .*SuperpixelNetwork, not 'Transformer'",
        ),
        (
            ("state", "network", "width"),
            10**12,
            "state.network.width must be a whole number from 1 to 256, not 1000000000000",
        ),
        (
            ("state", "superpixels", "iterations"),
            10**6,
            r"iterations must be a whole number from 0 to 10, not",
        ),
        (("state", "superpixels", "size_px"), 0, "size_px must be a whole number from 1 to 256, not 0"),
        (("state", "scaling", "low"), [0, 0], "scaling.low and scaling.high must have a value for each band"),
        (("state", "scaling", "high"), [0, 0, 0], "scaling.low must lie below scaling.high"),
        (("state", "scaling", "low", 1), math.nan, r"scaling.low\[1\] must be a number .* not nan"),
        (("classes", 0, "value"), 0, r"classes\[0\].value must be a whole number from 1 to 254, not 0"),
        (("classes", 1, "value"), 1, "classes must have different values in ascending order"),
        (("bands",), ["red"], "bands must be as many as scaling.n_bands"),
    ],
)
def test_a_refusal_names_place_rule_and_value(place, value, message, tmp_path):
    header = inner = header_of(MODELS[0])
    for key in place[:-1]:
        inner = inner[key]
    inner[place[-1]] = value
    path = str(tmp_path / "m")
    save_file(MODELS[0].tensors, path, {"format": FORMAT, "obic": json.dumps(header)})
    with pytest.raises(
        ModelError, match=f"^The model {path} is damaged: .*{message}.*Save the model again.$"
    ):
        ModelFile.load(path)


@pytest.mark.parametrize(
    "change, message",
    [
        ({"votes": True}, "votes must be false without superpixels"),
        ({"n_classes": 6}, "n_classes must not be more than network.n_classes"),
        (
            {"network": {"kind": "PublishedNetwork", "n_bands": 4, "n_classes": 5, "width": 6}},
            "channels of the",
        ),
        (
            {"network": {"kind": "MixtureNetwork"}},
            "state.network.kind must be ChangeNetwork or DenseNetwork or PublishedNetwork, not",
        ),
        (
            {
                "network": {
                    "kind": "DenseNetwork",
                    "n_bands": 3,
                    "n_classes": 5,
                    "seen": [3],
                    "width": 6,
                    "zoom": 1,
                }
            },
            "network.seen must be channels of the scaling",
        ),
    ],
)
def test_what_cannot_be_of_a_network_over_pixels_is_refused(change, message):
    header = header_of(MODELS[2])
    header["state"].update(change)
    with pytest.raises(SchemaError, match=message):
        check_header(header)


@pytest.mark.parametrize(
    "name, change",
    [
        ("head.weight", lambda tensor: tensor * math.nan),
        ("offset", lambda tensor: tensor + math.inf),
        ("spread", lambda tensor: tensor * 0),
        ("body.1.running_var", lambda tensor: tensor - 2),
        ("slope", lambda tensor: tensor[:-1]),
        ("slope", lambda tensor: tensor.double()),
        ("slope", lambda tensor: None),
    ],
)
def test_weights_that_are_not_those_of_the_network_are_refused(name, change, tmp_path):
    weights = {**MODELS[0].tensors, name: change(MODELS[0].tensors[name])}
    weights = {name: tensor.contiguous() for name, tensor in weights.items() if tensor is not None}
    header = json.dumps(header_of(MODELS[0]))
    save_file(weights, str(tmp_path / "m"), {"format": FORMAT, "obic": header})
    assert not works(str(tmp_path / "m"))


@pytest.mark.parametrize(
    "claimed, message",
    [(1 << 40, "bytes, and a model at most"), (1 << 29, r"must have the shape \[\d+.*\], not")],
)
def test_a_large_claim_is_refused_before_anything_is_read(claimed, message, tmp_path):
    """A sparse file: as long as it says, and nothing in it."""
    path = tmp_path / "m"
    MODELS[0].save(str(path))
    n_bytes = struct.unpack("<Q", path.read_bytes()[:8])[0]
    plain = json.loads(path.read_bytes()[8 : 8 + n_bytes])
    tensors = {"slope": {"dtype": "F32", "shape": [claimed // 4], "data_offsets": [0, claimed]}}
    names = [name for name in plain if name not in ("slope", "__metadata__")]
    tensors |= {n: {"dtype": "F32", "shape": [0], "data_offsets": [claimed, claimed]} for n in names}
    text = json.dumps({"__metadata__": plain["__metadata__"], **tensors}).encode()
    with open(path, "wb") as file:
        file.write(struct.pack("<Q", len(text)) + text)
        file.truncate(8 + len(text) + claimed)
    with pytest.raises(ModelError, match=message):
        ModelFile.load(str(path))


def test_weights_that_changed_after_they_were_saved_are_refused(tmp_path):
    """A flipped bit leaves a number that is as good as any other, and a map that is not."""
    path = tmp_path / "m.safetensors"
    model().save(str(path))
    content = bytearray(path.read_bytes())
    content[-100] ^= 1
    path.write_bytes(content)
    with pytest.raises(ModelError, match="its weights are not those that were saved"):
        ModelFile.load(str(path))


def test_no_file_a_folder_and_noise_are_refused(tmp_path):
    (tmp_path / "noise").write_bytes(bytes(range(256)) * 40)
    (tmp_path / "short").write_bytes(b"\xff" * 8)
    for path in (tmp_path / "none", tmp_path, tmp_path / "noise", tmp_path / "short", "a\x00b"):
        assert not works(str(path))


def test_a_model_saved_by_itself_still_loads(tmp_path):
    MODELS[1].save(str(tmp_path / "m"))
    assert set(load_file(str(tmp_path / "m"))) == set(MODELS[1].tensors)


def first_version(model: ModelFile) -> dict:
    """The header that the first version of the format would have."""
    state = copy.deepcopy(model.state)
    kind = state["network"].pop("kind")
    header = {"network": kind, "options": state["network"], "scaling": state["scaling"]}
    recipe = {"superpixels": state["superpixels"]}
    return {
        **header,
        "recipe": recipe,
        "bands": model.bands,
        "classes": model.classes,
        "history": model.history,
    }


@pytest.mark.parametrize("original", OF_CELLS, ids=["bands", "components"])
def test_files_of_the_first_version_still_open(original, tmp_path):
    metadata = {"format": FIRST_FORMAT, "obic": json.dumps(first_version(original))}
    save_file(original.tensors, str(tmp_path / "m"), metadata)
    assert works(str(tmp_path / "m"))
    assert header_of(ModelFile.load(str(tmp_path / "m"))) == header_of(original)


def test_mutated_headers_of_the_first_version_are_refused_or_work():
    chance, n_refused = random.Random(9), 0
    for number in range(300):
        header = mutated(copy.deepcopy(first_version(OF_CELLS[number % 2])), chance)
        try:
            check_header(of_first_version(header))
        except SchemaError:
            n_refused += 1
    assert 150 < n_refused < 295

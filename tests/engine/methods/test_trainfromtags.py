"""From tags to a map: known classes, every published part, and tags from which nothing can be learned."""

from __future__ import annotations

import numpy as np
import pytest

from obic_plugin.engine.errors import InputError, ParameterError
from obic_plugin.engine.methods import applymodel, chips, trainfromtags
from obic_plugin.engine.methods.applymodel import ApplyModelParams
from obic_plugin.engine.methods.chips import ChipsParams
from obic_plugin.engine.methods.trainfromtags import TrainFromTagsParams
from obic_plugin.engine.nets.imagenet import weights_file
from obic_plugin.engine.progress import Cancelled, Silent
from obic_plugin.engine.raster.classes import ClassTable
from obic_plugin.engine.training import fromtags, taggedchips
from tests.engine.methods.test_chips import names_raster, table_of
from tests.progress import Record, StopAt
from tests.scenes import quarters, read_raster, write_raster

pytestmark = pytest.mark.skipif(weights_file() is None, reason="the encoder's weights are not installed")
NAMES = ("", "field", "town", "water", "wood")


@pytest.fixture(autouse=True)
def short(monkeypatch):
    """A few steps are enough for four colors."""
    monkeypatch.setattr(fromtags, "N_STEPS", 60)
    monkeypatch.setattr(fromtags, "N_LABELED_STEPS", 40)


@pytest.fixture
def scene(tmp_path):
    """An image of 192 x 256 px, and a layer of 48 chips of 32 px, each with one tag or two."""
    values, truth = quarters(176, 240)
    image = write_raster(tmp_path / "image.tif", values)
    labels = names_raster(tmp_path / "truth.tif", truth + 1, NAMES)
    layer = str(tmp_path / "chips.gpkg")
    chips.METHOD.execute(
        ChipsParams(input=image, labels=labels, size=32, min_share=1, output=layer), Silent()
    )
    return image, layer, truth


def run(tmp_path, image, layer, **changes):
    """The map, what was returned, and what was said."""
    settings = {"output": str(tmp_path / "map.tif"), **changes}
    told = Record()
    numbers = trainfromtags.METHOD.execute(TrainFromTagsParams(input=image, chips=layer, **settings), told)
    return read_raster(settings["output"]), numbers, "\n".join(told.lines)


def right(found, truth):
    return (found == truth + 1).mean()


def test_a_map_of_the_whole_image_and_of_another_without_tags(tmp_path, scene):
    image, layer, truth = scene
    model = str(tmp_path / "m.safetensors")
    found, numbers, said = run(tmp_path, image, layer, output_model=model)
    assert ClassTable.from_raster(str(tmp_path / "map.tif")).names == NAMES[1:]
    assert numbers == {"class_count": 4, "chip_count": 35}
    assert right(found, truth) > 0.9
    assert "The tags are varied" in said
    values, truth = quarters(96, 128, seed=1)
    other, output = write_raster(tmp_path / "b.tif", values), str(tmp_path / "b_map.tif")
    applymodel.METHOD.execute(ApplyModelParams(input=other, model=model, output=output), Silent())
    assert right(read_raster(output), truth) > 0.85


@pytest.mark.parametrize(
    "changes, least",
    [
        ({"activation": "mean"}, 0.8),
        ({"activation": "seam"}, 0.8),
        ({"scales": "two"}, 0.8),
        ({"scales": "published"}, 0.8),
        ({"refine": True, "weighted": True, "iterations": 2}, 0.8),
    ],
    ids=str,
)
def test_every_published_part_makes_a_map(tmp_path, scene, changes, least):
    image, layer, truth = scene
    assert right(run(tmp_path, image, layer, **changes)[0], truth) > least


@pytest.mark.parametrize(("small_px", "scales"), [(taggedchips.SMALL_PX, "one"), (16, "two")])
def test_small_chips_are_looked_at_in_one_scale(tmp_path, scene, monkeypatch, small_px, scales):
    image, layer, _ = scene
    monkeypatch.setattr(taggedchips, "SMALL_PX", small_px)
    shares = str(tmp_path / "shares.tif")

    def activations(scales):
        run(tmp_path, image, layer, scales=scales, output_activation=shares)
        return read_raster(shares)

    other = {"one": "two", "two": "one"}[scales]
    found = activations("auto")
    assert (found == activations(scales)).all() and (found != activations(other)).any()


def test_the_same_seed_gives_the_same_map(tmp_path, scene):
    image, layer, _ = scene
    first, second = (run(tmp_path, image, layer)[0] for _ in range(2))
    assert (first == second).all()


def test_stages_to_look_at(tmp_path, scene):
    image, layer, truth = scene
    paths = {name: str(tmp_path / f"{name}.tif") for name in trainfromtags.ON_FIRST}
    run(tmp_path, image, layer, output_report=str(tmp_path / "r.html"), **paths)
    pseudo, unsure = (read_raster(paths[name]) for name in trainfromtags.ON_FIRST[1:])
    covered = np.zeros(truth.shape, bool)
    covered[:160, :224] = True
    assert ((pseudo > 0) == covered).all() and ((unsure > 0) == covered).all()
    assert right(pseudo[covered], truth[covered]) > 0.95 and unsure.max() <= 100
    shares = read_raster(paths["output_activation"])
    assert shares.shape == (4, *truth.shape) and (shares.argmax(0)[covered] + 1 == pseudo[covered]).all()
    assert ClassTable.from_raster(paths["output_pseudo"]).names == NAMES[1:]
    assert "within tags" in (tmp_path / "r.html").read_text()


def test_a_table_of_chips_that_are_files(tmp_path, scene):
    image, _, truth = scene
    values, rows = quarters(176, 240, seed=2)[0], []
    for number, (row, col) in enumerate(
        [(r, c) for r in (0, 44, 100, 144) for c in (0, 40, 88, 130, 170, 208)]
    ):
        part = (slice(row, row + 32), slice(col, col + 32))
        write_raster(tmp_path / f"{number}.tif", values[(slice(None), *part)], None, "")
        rows.append((f"{number}.tif", ";".join(NAMES[n + 1] for n in np.unique(truth[part]))))
    found, numbers, _ = run(tmp_path, image, table_of(tmp_path, rows))
    assert numbers["chip_count"] == 24 and right(found, truth) > 0.85
    with pytest.raises(ParameterError, match=r"pseudo.tif would show chips on .*, and none lies on it"):
        run(tmp_path, image, str(tmp_path / "tags.csv"), output_pseudo=str(tmp_path / "pseudo.tif"))
    assert run(tmp_path, image, str(tmp_path / "tags.csv"), bands=(2,))[1]["chip_count"] == 24
    write_raster(tmp_path / "3.tif", values[:2, :32, :32], None, "")
    with pytest.raises(InputError, match=r"There is no band 3: .*3.tif has 2"):
        run(tmp_path, image, str(tmp_path / "tags.csv"))


@pytest.mark.parametrize(
    "tags, words",
    [
        ([""] * 8, "No chip has a tag"),
        (["wood"] * 8, "All tags are wood"),
        (["wood"] * 6 + ["water"] * 2, r"Fewer than 3 chips have water \(2\)"),
        (["wood"] * 4 + ["wood;water"] * 4, "All 8 chips have wood"),
        (["wood"] * 4 + ["Wood"] + ["water"] * 4, r"'Wood' \(meant is likely 'wood'\)"),
    ],
)
def test_tags_that_teach_nothing_are_refused(tmp_path, scene, tags, words):
    image, _, _ = scene
    table = table_of(tmp_path, [("image.tif", each) for each in tags])
    with pytest.raises(InputError, match=words):
        run(tmp_path, image, table)


def test_a_cancel_leaves_nothing(tmp_path, scene):
    image, layer, _ = scene
    before = sorted(path.name for path in tmp_path.iterdir())
    for fraction in (0.05, 0.3, 0.6):
        params = TrainFromTagsParams(input=image, chips=layer, output=str(tmp_path / "map.tif"))
        with pytest.raises(Cancelled):
            trainfromtags.METHOD.execute(params, StopAt(fraction))
        assert sorted(path.name for path in tmp_path.iterdir()) == before


def test_a_reference_says_how_good_the_map_is_and_changes_nothing(tmp_path, scene):
    image, layer, truth = scene
    without = run(tmp_path, image, layer)[0]
    known = truth + 1
    known[:, 100:] = 0
    reference = names_raster(tmp_path / "known.tif", known, NAMES)
    report = tmp_path / "r.html"
    found, numbers, said = run(tmp_path, image, layer, reference=reference, output_report=str(report))
    assert (found == without).all()
    assert 0.9 < numbers["overall_accuracy"] <= 1
    assert f"Overall accuracy {numbers['overall_accuracy']:.1%} (95 % confidence: " in said
    assert "Accuracy on the reference" in report.read_text(encoding="utf-8")
    assert "The reference has none of town, wood: how well these are mapped it does not say." in said


def test_a_reference_of_other_classes_is_refused_before_anything_is_learned(tmp_path, scene):
    image, layer, truth = scene
    other = names_raster(tmp_path / "o.tif", truth + 1, ("", "a", "b", "c", "d"))
    with pytest.raises(InputError, match="No class of the reference"):
        run(tmp_path, image, layer, reference=other)
    with pytest.raises(
        InputError, match=r"The reference .*chips.gpkg has no field 'kind'. Choose one of chip, tags"
    ):
        run(tmp_path, image, layer, reference=layer, reference_field="kind")
    assert not (tmp_path / "map.tif").exists()

"""Where the user is: the plugin in a real QGIS window, with results of background tasks."""

from __future__ import annotations

from pathlib import Path

import pytest
import window
from osgeo import ogr

from obic_plugin.engine.methods import METHODS
from obic_plugin.engine.params import specs
from tests.engine.raster.test_reference import box, write_features
from tests.scenes import quarters, write_raster

pytestmark = pytest.mark.skipif(bool(window.why_not()), reason=window.why_not())
HERE = Path(__file__).parent
KINDS = ("water", "wood", "field", "town")
MAP, RAMP, PATCHES = (
    "QgsPalettedRasterRenderer",
    "QgsSingleBandPseudoColorRenderer",
    "QgsCategorizedSymbolRenderer",
)


def later(image):
    """The quarter of the town has become water."""
    image[:, 48:, 64:] = image[:, :48, :64]
    return image


@pytest.fixture(scope="module")
def told(tmp_path_factory):
    folder = tmp_path_factory.mktemp("window")
    centers = zip(KINDS, [(10, 10), (10, 80), (60, 10), (60, 80)])
    shapes = [(kind, box(row, col, 8, 8)) for kind, (row, col) in centers]
    return {
        "folder": str(folder),
        "image": write_raster(folder / "image.tif", quarters(96, 128)[0]),
        "other": write_raster(folder / "other.tif", quarters(96, 128, seed=1)[0]),
        "later": write_raster(folder / "later.tif", later(quarters(96, 128, seed=2)[0])),
        "polygons": write_features(folder / "places.gpkg", shapes, ogr.OFTString),
        "tags": [";".join(shown(row, col)) for row in range(0, 96, 24) for col in range(0, 120, 24)],
    }


def shown(row: int, col: int) -> list:
    """The kinds that a chip of 24 px shows."""
    rows, cols = {row >= 48}, {col >= 64, col + 23 >= 64}
    return sorted(KINDS[2 * low + right] for low in rows for right in cols)


@pytest.fixture(scope="module")
def dialogs(told):
    return window.run(HERE / "drive_dialogs.py", told)


@pytest.fixture(scope="module")
def runs(told):
    return window.run(HERE / "drive_runs.py", told)


def test_every_dialog_opens_whatever_the_project_holds(dialogs):
    contents = ("nothing", "a raster", "a vector")
    assert {m.name for m in METHODS} <= {name.partition(":")[2] for name in dialogs["algorithms"]}
    assert {tuple(pair) for pair in dialogs["opened"]} == {
        (name, content) for name in dialogs["algorithms"] for content in contents
    }
    assert dialogs["batches"] == dialogs["algorithms"]


def test_fields_are_those_of_the_chosen_layer_and_none_of_a_raster(dialogs):
    for name in ("accuracy", "editclasses", "meancolor", "train"):
        assert dialogs["fields"][f"{name}, raster"] == dialogs["fields"][f"{name}, raster again"] == []
        assert "kind" in dialogs["fields"][f"{name}, vector"]


@pytest.mark.parametrize("method", METHODS, ids=lambda method: method.name)
def test_choices_are_words_on_the_form_and_static_values_underneath(dialogs, method):
    declared = {s.name.upper(): s.choices for s in specs(method.params) if s.kind == "choice"}
    shown = dialogs["forms"][f"obic:{method.name}"]
    assert {name: dict(pairs) for name, pairs in shown.items()} == declared


def test_choices_are_words_in_the_designer_too(dialogs):
    assert ["draft", "Draft"] in dialogs["designer"]["unsupervisedsegmentation"]
    assert ["many_to_one", "Best many-to-one"] in dialogs["designer"]["accuracy"]
    assert dialogs["designer"]["unsupervisedsegmentation saved"] == {"EFFORT": "standard"}
    assert dialogs["designer"]["accuracy saved"] == {"MATCHING": "auto"}


def test_the_model_opens_in_the_designer_as_a_copy(dialogs):
    n_windows, steps, path = dialogs["designer"]["designed"]
    assert n_windows == 1 and steps and path == ""


def test_the_toolbox_has_each_group_once(dialogs):
    groups = [group for _, group in dialogs["toolbox"]]
    assert len(groups) == len(set(groups)) and len(set(map(tuple, dialogs["toolbox"]))) == len(groups)


def below(rows: list, group: str) -> list:
    """The layers of a group, from top to bottom: (renderer, switched on, unfolded)."""
    return [(kind, shown, unfolded) for name, _, kind, _, shown, unfolded in rows if name == group]


IN_ORDER = [(PATCHES, False, True), (MAP, True, True), (RAMP, True, False), (RAMP, True, False)]


@pytest.mark.parametrize("way", ["dialog", "dialog_named", "console"])
def test_layers_are_styled_and_lie_in_one_group_over_the_image(runs, way):
    rows = runs[way]["rows"]
    assert below(rows, "scene") == IN_ORDER
    assert rows[-1][1] == "scene" and len(rows) == 5
    assert all(1 < n <= 6 for _, _, kind, n, _, _ in rows if kind in (MAP, PATCHES))


def test_the_map_is_what_the_next_dialog_begins_with(runs):
    assert runs["dialog"]["active"] == runs["dialog"]["next"] == "Map"


def test_what_is_not_loaded_is_styled_too(runs):
    looks = runs["console"]["not loaded"]
    assert [looks[name][0] for name in looks] == [MAP, RAMP, RAMP, PATCHES]
    assert 1 < looks["OUTPUT"][1] <= 6


def test_a_batch_has_a_group_for_each_image(runs):
    rows = runs["batch"]["rows"]
    assert below(rows, "scene") == below(rows, "other") == IN_ORDER


def test_a_model_has_one_group_named_after_its_image(runs):
    rows = runs["model"]["rows"]
    assert below(rows, "scene") == IN_ORDER[:2] and rows[-1][1] == "scene"
    (n_classes,) = {n for name, _, _, n, _, _ in rows if name == "scene"}  # of map and polygons alike
    assert len(KINDS) <= n_classes <= 6


def test_polygons_that_are_being_drawn_are_trained_from(runs):
    rows = runs["train"]["rows"]
    assert below(rows, "scene") == IN_ORDER and rows[-1][1] == "scene"
    assert {n for name, _, kind, n, _, _ in rows if name == "scene" and kind in (MAP, PATCHES)} == {
        len(KINDS)
    }
    places = [
        row for row in runs["train"]["after"] if row not in rows and row[2] == "QgsSingleSymbolRenderer"
    ]
    assert [row[0] for row in places] == ["scene"] and "Results" in runs["train"]["log"]


def test_what_changed_lies_over_the_score_and_leaves_out_what_did_not(runs):
    rows = runs["two_dates"]["rows"]
    kinds = [(kind, n, shown) for name, _, kind, n, shown, _ in rows if name == "scene"]
    assert kinds == [(PATCHES, 1, False), (MAP, 1, True), (RAMP, 0, False)]
    log = runs["two_dates"]["log"]  # in flat quarters nothing shows a shift, which is told
    assert "no place is clear" in log and "changed." in log
    assert len(runs["two_dates"]["after"]) == len(rows) + 1


def test_polygons_with_a_class_for_each_date_are_trained_from_and_transitions_shown(runs):
    rows = runs["dated"]["rows"]
    found = [(name, kind, n) for group, name, kind, n, _, _ in rows if group == "scene"]
    assert [kind for _, kind, _ in found] == [PATCHES, MAP, MAP, MAP, RAMP] and found[1][0] == "Transitions"
    assert "changed, " in runs["dated"]["log"]


def test_tags_typed_into_the_attribute_table_become_a_map(runs, told):
    facts = runs["tags"]
    assert facts["typed"] == told["tags"] and len(told["tags"]) == 20 and facts["labels"]
    rows = [row for row in facts["rows"] if row[0] == "scene"]
    assert [(name, kind) for _, name, kind, *_ in rows] == [
        ("Map", MAP),
        ("Pseudo labels", MAP),
        ("Uncertainty", RAMP),
        ("Activations", RAMP),
        ("Chips", "QgsSingleSymbolRenderer"),
    ]
    assert {n for _, name, kind, n, *_ in rows if kind == MAP} == {len(KINDS)}
    advice = "Classes with fewer than 5 chips that show nothing else: field, town, water, wood."
    assert advice in facts["log"] and advice in Path(facts["page"]).read_text(encoding="utf-8")


def test_a_map_tags_the_chips_from_which_it_is_mapped_anew(runs):
    rows, after = runs["tags"]["rows"], runs["tags"]["after"]
    assert after[2:] == rows
    assert [(kind, n) for _, _, kind, n, *_ in after[:2]] == [
        ("QgsSingleSymbolRenderer", 0),
        (MAP, len(KINDS)),
    ]


def test_empty_cells_of_a_table_change_nothing_and_neither_does_a_table_never_opened(runs):
    rows = runs["edit_classes"]["rows"]
    assert [name for _, name, *_ in rows].count("Edited map") == 2


def test_a_stopped_run_is_called_stopped_and_leaves_nothing(runs):
    log = runs["stopped"]["log"]
    assert "Stopped, nothing was written." in log and "ailed" not in log
    assert runs["stopped"]["files"] == [] and runs["stopped"]["layers"] == 1

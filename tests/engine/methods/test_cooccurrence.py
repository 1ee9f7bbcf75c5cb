"""Co-occurrence of tags: the counts of a small table, and the advice that follows from them."""

from __future__ import annotations

import csv
import re

import pytest

from obic_plugin.engine.chips.cooccurrence import Cooccurrence, advice, refusals
from obic_plugin.engine.chips.tags import lists, tags_of, variants
from obic_plugin.engine.errors import InputError
from obic_plugin.engine.methods import cooccurrence
from obic_plugin.engine.progress import Silent


def of(*texts) -> Cooccurrence:
    return Cooccurrence.of(tags_of(text) for text in texts)


VARIED = ["land"] * 6 + ["road"] * 5 + ["water"] * 7 + ["land;road", "land;water"]


def test_matrix_and_counts_by_hand():
    found = of("land", "land;road", "land;road", "water", "", "land;water")
    assert found.names == ("land", "road", "water") and found.n_chips == 5
    assert found.counts.tolist() == [4, 2, 2] and found.alone.tolist() == [1, 0, 1]
    assert found.together.tolist() == [[4, 2, 1], [2, 2, 0], [1, 0, 2]]
    assert found.conditional.tolist() == [[1, 0.5, 0.25], [1, 1, 0], [0.5, 0, 1]]


def test_varied_tags_need_no_advice():
    assert advice(of(*VARIED)) == [
        "The tags are varied: each class has chips of its own, and none hides behind another."
    ]
    assert refusals(of(*VARIED)) == []


@pytest.mark.parametrize(
    "chips, words",
    [
        ([*["land;road"] * 5, *["land"] * 5, *["water"] * 5], "road never occurs without land"),
        ([*["land;road"] * 5, *["water"] * 5], "land and road always occur together: no method can tell"),
        (
            [*["land;road"] * 19, "road", *["land"] * 9, *["water"] * 5],
            "road occurs without land in only 1 of its 20 chips: about 5 chips of road alone",
        ),
        ([*["land;road"] * 5, *["land"] * 5], "land is in every chip"),
        ([*VARIED, "pond"], "pond is in 1 of 21 chips, and fewer than 3"),
        ([*VARIED, "Water"], "Water looks like water: write both the same"),
        ([*VARIED, "land, water"], "land, water looks like several tags: write land;water"),
        (
            [*["land;road"] * 4, *["road"] * 9, *["land"] * 9, *["road;water"] * 4],
            "that show nothing else: water.",
        ),
        ([*VARIED, "", " ; "], "Chips without tags are left out: 2 of 22."),
    ],
)
def test_advice_follows_from_the_counts(chips, words):
    assert any(words in line for line in advice(of(*chips)))


@pytest.mark.parametrize(
    "chips, words",
    [
        (["", ""], "No chip has a tag"),
        (["land", "land"], "All tags are land"),
        ([*VARIED, "Water", "watre"], "'Water' .meant is likely 'water'., 'watre' .meant"),
        ([*VARIED, "water,land"], "several in one: 'water,land' .meant is likely 'land;water'.. Write ;"),
        ([*VARIED, "pond"], "Fewer than 3 chips have pond .1."),
        (["land;road"] * 3 + ["land;water"] * 3, "All 6 chips have land"),
    ],
)
def test_tags_that_teach_nothing_are_refused(chips, words):
    assert any(re.search(words, line) for line in refusals(of(*chips)))


def test_of_a_misspelled_tag_only_that_is_said():
    assert advice(of(*VARIED, "Water", "land, water")) == [
        "land, water looks like several tags: write land;water.",
        "Water looks like water: write both the same.",
    ]


def test_semicolons_of_east_asian_keyboards_part_tags():
    assert tags_of("林；水;林") == ("林", "水")


def test_names_that_differ_are_not_variants():
    assert lists({"wood, young": 4, "wood, old": 9, "water": 2}) == []
    assert variants({"wood": 1, "food": 9, "class 1": 1, "class 2": 9, "barren": 2, "burnt": 9}) == []


def run(tmp_path, rows: list, **changes) -> dict:
    (tmp_path / "t.csv").write_text(
        "file,tags\n" + "".join(f'{n}.tif,"{tags}"\n' for n, tags in enumerate(rows))
    )
    settings = {"chips": str(tmp_path / "t.csv"), "output_html": str(tmp_path / "t.html"), **changes}
    return cooccurrence.METHOD.execute(cooccurrence.CooccurrenceParams(**settings), Silent())


def test_page_and_table(tmp_path):
    numbers = run(tmp_path, [*VARIED, ""], output_csv=str(tmp_path / "o.csv"))
    assert numbers == {"chip_count": 20, "class_count": 3, "single_count": 18}
    page = (tmp_path / "t.html").read_text()
    assert (
        "The tags are varied" in page and page.count("<rect") == 9 and "http" not in page.split("</style>")[1]
    )
    with open(tmp_path / "o.csv", newline="") as file:
        rows = list(csv.reader(file))
    assert rows[0] == ["tag", "chips", "alone", "land", "road", "water"]
    assert rows[1] == ["land", "8", "6", "1.0", "0.125", "0.125"]


def test_chips_without_any_tags_are_refused(tmp_path):
    with pytest.raises(InputError, match=r"No chip has a tag. Type the classes"):
        run(tmp_path, ["", ""])


def test_names_are_no_markup(tmp_path):
    run(tmp_path, ["<b>x</b>"] * 5 + ["=1+1"] * 5, output_csv=str(tmp_path / "o.csv"))
    assert "<b>x" not in (tmp_path / "t.html").read_text() and "'=1+1" in (tmp_path / "o.csv").read_text()

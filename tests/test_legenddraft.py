"""A legend that is being edited: what is done to it, undone, and told to those who write it."""

from __future__ import annotations

import pytest

from obic_plugin.engine.classedits import edited
from obic_plugin.engine.raster.classes import ClassTable
from obic_plugin.gui.legenddraft import LegendDraft, is_unnamed

COLORS = [(10 * i, 5, 5) for i in range(1, 5)]


@pytest.fixture
def draft():
    return LegendDraft(ClassTable.of(COLORS))


def test_nothing_is_changed_at_first(draft):
    assert not (draft.is_changed or draft.needs_new_raster or draft.can_undo or draft.can_redo)
    assert draft.table() == ClassTable.of(COLORS)


def test_names_and_colors_change_the_legend_and_no_pixel(draft):
    draft.rename(1, " water ", (0, 0, 200))
    draft.recolor(0, (1, 2, 3))
    draft.rename(2, "   ")
    assert draft.is_changed and not draft.needs_new_raster
    assert draft.table().names == ("class 1", "water", "class 3", "class 4")
    assert draft.table().colors[:2] == ((1, 2, 3), (0, 0, 200))


def test_merged_classes_look_like_the_one_that_was_named(draft):
    draft.rename(2, "forest", (0, 99, 0))
    draft.merge([0, 2, 3])
    assert draft.needs_new_raster and [row.values for row in draft.rows] == [(1, 3, 4), (2,)]
    assert draft.rows[0].name == "forest" and draft.rows[0].color == (0, 99, 0)
    assert draft.row_of(4) == 0 and draft.row_of(2) == 1 and draft.row_of(9) is None
    assert draft.looks()[4] == ("forest", (0, 99, 0))


def test_a_new_map_has_the_merged_classes_and_no_data(draft):
    draft.rename(0, "wood")
    draft.merge([0, 1])
    draft.drop([1])
    new, table = edited([1, 2, 3, 4], dict.fromkeys(range(1, 5), 5), {}, {}, draft.edits())
    assert new == {1: 1, 2: 1, 3: 0, 4: 4} and table.names == ("wood", "class 4")


def test_every_step_is_undone_and_done_again(draft):
    states = [draft.rows]
    for step in (
        lambda: draft.rename(0, "a"),
        lambda: draft.merge([1, 2]),
        lambda: draft.drop([2]),
        lambda: draft.hide([0], True),
    ):
        step()
        states.append(draft.rows)
    for state in reversed(states[:-1]):
        draft.undo()
        assert draft.rows == state
    draft.undo()
    for state in states[1:]:
        draft.redo()
        assert draft.rows == state
    draft.undo()
    draft.recolor(0, (7, 7, 7))
    assert not draft.can_redo


def test_what_changes_nothing_is_no_step(draft):
    draft.recolor(0, COLORS[0])
    draft.merge([2])
    draft.rename(0, "class 1")
    draft.drop([0, 1, 2, 3])
    assert not draft.can_undo and len(draft.rows) == 4


def test_hiding_is_nothing_to_apply(draft):
    draft.hide([0, 1], True)
    assert draft.rows[1].hidden and not draft.is_changed and draft.can_undo


def test_what_has_been_applied_is_no_change_any_more(draft):
    draft.rename(0, "water")
    draft.settle()
    assert not draft.is_changed and draft.can_undo
    draft.undo()
    assert draft.is_changed


def test_unnamed_are_those_with_a_number(draft):
    draft.rename(0, "water 2")
    assert [is_unnamed(row) for row in draft.rows] == [False, True, True, True]

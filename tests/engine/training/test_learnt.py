"""Polygons that were taken for another class, against a plain count."""

from __future__ import annotations

import numpy as np

from obic_plugin.engine.training.labeled import Examples
from obic_plugin.engine.training.learnt import Mistake, mistaken


def test_mistakes_are_groups_most_of_which_is_another_class():
    groups = np.array([5, 5, 5, 2, 2, 2, 2, 9])
    classes = np.array([0, 0, 0, 1, 1, 1, 1, 2])
    told = np.array([1, 1, 0, 2, 2, 1, 2, 2])  # the group 9 is right
    where = np.array([[1, 4, 6], [1, 5, 6], [1, 6, 9], *[[0, 2, n] for n in range(4)], [0, 0, 0]])
    examples = Examples(np.zeros((8, 1)), classes, groups, groups, where)
    assert mistaken(examples, told) == [Mistake(1, 2, 3 / 4, 0, 2.5, 2.0), Mistake(0, 1, 2 / 3, 1, 5.5, 7.5)]


def test_nothing_that_was_asked_has_no_mistakes():
    nothing = np.zeros(0, int)
    assert (
        mistaken(Examples(np.zeros((0, 1)), nothing, nothing, nothing, np.zeros((0, 3), int)), nothing) == []
    )

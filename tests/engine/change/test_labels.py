"""Labels of several dates have one legend."""

from __future__ import annotations

from types import SimpleNamespace

from obic_plugin.engine.change.labels import _legend
from obic_plugin.engine.raster.palette import distinct_colors


def test_a_class_without_a_color_gets_one_that_no_other_has():
    green, _, third = distinct_colors(3)  # the third is that which the third class would have
    painted = SimpleNamespace(names={}, colors={1: third, 2: green})
    plain = SimpleNamespace(names={}, colors={})
    known = [(painted, 1), (painted, 2), (plain, 3)]
    colors = [item.color for item in _legend([painted, plain], known, by_name=False)]
    assert colors[:2] == [third, green] and len(set(colors)) == 3

"""Too small superpixels join the neighbor of their longest border, and go on until they are large enough."""

import numpy as np

from obic_plugin.engine.superpixels.smallest import borders, heads


def merged(ids, min_px, starts=None):
    """(h, w) the superpixel that each pixel belongs to, of ids 1..n."""
    ids = np.array(ids)
    px = np.bincount(ids.ravel())[1:]
    found = borders(ids, ids.shape, np.concatenate([[False], px < min_px])) - [[1], [1], [0]]
    starts = np.arange(len(px)) if starts is None else np.array(starts)
    return np.concatenate([[0], heads(starts, px, found, min_px) + 1])[ids].tolist()


def test_the_longest_border_decides():
    assert merged([[1, 1, 1, 3, 2], [1, 1, 3, 3, 2], [1, 1, 1, 3, 2]], 5) == [
        [1, 1, 1, 1, 1],
        [1, 1, 1, 1, 1],
        [1, 1, 1, 1, 1],
    ]


def test_ties_are_decided_by_names_alone():
    found = [merged([[1, 1, 3, 2, 2]], 2, starts=[n, n + 3, n + 5]) for n in range(20)]
    mirrored = [merged([[2, 2, 3, 1, 1]], 2, starts=[n, n + 3, n + 5]) for n in range(20)]
    assert [row[0][::-1] for row in found] == [row[0] for row in mirrored]
    assert len({row[0][2] for row in found}) == 2


def test_small_ones_join_each_other_as_long_as_they_are_small():
    assert merged([[1, 2, 3, 4, 5, 6]], 1) == [[1, 2, 3, 4, 5, 6]]
    assert merged([[1, 2, 3, 4, 5, 6]], 6) == [[1] * 6]
    sizes = np.bincount(np.ravel(merged(np.arange(1, 10_001).reshape(100, 100), 10)))[1:]
    sizes = sizes[sizes > 0]
    assert sizes.min() >= 10 and sizes.mean() < 30 and sizes.max() < 100


def test_what_has_no_neighbor_stays():
    assert merged([[1, 0, 2, 2], [0, 3, 0, 2]], 3) == [[1, 0, 2, 2], [0, 3, 0, 2]]


def test_windows_see_each_side_once():
    ids = np.random.default_rng(0).integers(0, 9, (11, 13))
    small = np.arange(9) % 2 == 1
    whole = borders(ids, ids.shape, small)
    parts = []
    for top in range(0, 11, 4):
        for left in range(0, 13, 5):
            height, width = min(4, 11 - top), min(5, 13 - left)
            parts.append(borders(ids[top : top + 5, left : left + 6], (height, width), small))
    table = [np.zeros((9, 9), int), np.zeros((9, 9), int)]
    for count, (first, second, length) in zip(table, (whole, np.concatenate(parts, axis=1))):
        np.add.at(count, (first, second), length)
    assert (table[0] == table[1]).all() and table[0].sum() > 100

"""Waiting without being deaf."""

from __future__ import annotations

from threading import Event

import pytest

from obic_plugin.engine.progress import Cancelled, watched


def test_work_is_watched_until_it_is_done():
    looked = []
    go_on = Event()

    def pause():
        looked.append(True)
        go_on.set()

    assert watched(lambda: go_on.wait(60), pause) and looked
    with pytest.raises(KeyError):
        watched({}.popitem, pause)


def test_who_stops_need_not_wait_for_the_end():
    end = Event()

    def pause():
        raise Cancelled

    with pytest.raises(Cancelled):
        watched(lambda: end.wait(60), pause)
    end.set()

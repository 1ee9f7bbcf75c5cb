"""Waiting without being deaf."""

from __future__ import annotations

from threading import Event, Timer

import pytest

from obic_plugin.engine.progress import Cancelled, left_behind, watched
from obic_plugin.running import ActiveRuns


def test_work_is_watched_until_it_is_done():
    looked = []
    go_on = Event()

    def pause():
        looked.append(True)
        go_on.set()

    assert watched(lambda: go_on.wait(60), pause) and looked
    with pytest.raises(KeyError):
        watched({}.popitem, pause)


def test_who_stops_need_not_wait_for_the_end_but_who_takes_python_down_does():
    end = Event()

    def pause():
        raise Cancelled

    with pytest.raises(Cancelled):
        watched(lambda: end.wait(60), pause)
    assert left_behind() and not ActiveRuns().end(0.1)
    Timer(0.2, end.set).start()
    assert ActiveRuns().end(30) and not left_behind()

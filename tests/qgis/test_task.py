"""Work of the engine off the main thread."""

from __future__ import annotations

import threading
import time

import numpy as np

from obic_plugin.engine.errors import InputError
from obic_plugin.engine.raster.grid import Window
from obic_plugin.gui.task import EngineTask
from obic_plugin.running import RUNS
from tests.qgis.waiting import until


def test_the_result_and_all_that_is_shown_come_to_the_main_thread():
    seen, told = [], []

    def work(progress):
        progress.at(0.5)
        progress.show("labels", np.ones((2, 3)), Window(4, 5, 2, 3))
        return threading.get_ident()

    EngineTask(
        "a task", work, told.append, shown=lambda *what: seen.append((*what, threading.get_ident()))
    ).start()
    assert until(lambda: told)
    assert told[0] != threading.get_ident()
    (name, array, window, thread) = seen[0]
    assert (name, array.shape, window.col, thread) == ("labels", (2, 3), 5, threading.get_ident())


def test_an_error_is_told_and_not_the_result():
    told, failed = [], []

    def work(progress):
        raise InputError("No raster.")

    EngineTask("a task", work, told.append, failed.append).start()
    assert until(lambda: failed)
    assert str(failed[0]) == "No raster." and told == []


def endless(progress):
    while True:
        progress.at(0.1)
        time.sleep(0.01)


def test_of_an_abandoned_task_nobody_hears():
    told = []
    task = EngineTask("a task", endless, told.append, told.append).start()
    assert until(lambda: len(RUNS) == 1)
    task.abandon()
    assert until(lambda: task not in EngineTask.alive)
    assert told == [] and len(RUNS) == 0


def test_the_end_of_qgis_waits_for_all_runs():
    told = []
    tasks = [EngineTask("a task", endless, told.append, told.append).start() for _ in range(2)]
    assert until(lambda: len(RUNS) == 2)
    assert RUNS.end(5.0)
    assert len(RUNS) == 0
    assert until(lambda: not any(task in EngineTask.alive for task in tasks))
    assert told == []


def test_what_does_not_stop_is_not_waited_for_without_end():
    release = threading.Event()

    def deaf(progress):
        release.wait(5)

    EngineTask("a task", deaf, lambda _: None).start()
    assert until(lambda: len(RUNS) == 1)
    try:
        assert not RUNS.end(0.1)
    finally:
        release.set()
    assert until(lambda: len(RUNS) == 0)

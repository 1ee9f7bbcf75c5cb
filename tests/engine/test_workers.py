"""Two tiles at once."""

from __future__ import annotations

import threading
import time

import pytest

torch = pytest.importorskip("torch")

from obic_plugin.engine.progress import Cancelled  # noqa: E402
from obic_plugin.engine.workers import worked_ahead  # noqa: E402

CPU = torch.device("cpu")


@pytest.fixture(autouse=True, params=[1, 4])
def threads(request):
    before = torch.get_num_threads()
    torch.set_num_threads(request.param)
    yield request.param
    torch.set_num_threads(before)


def test_results_come_in_order_however_long_each_takes():
    def work(item, _):
        time.sleep(0.02 * (item % 3 == 0))
        return item**2

    assert list(worked_ahead(work, range(10), CPU)) == [n**2 for n in range(10)]
    assert list(worked_ahead(work, [], CPU)) == []


def test_two_share_the_threads_and_leave_them_as_they_were(threads):
    both = threading.Barrier(2)

    def work(item, _):
        if threads > 1:
            both.wait(5)  # breaks unless two are at work at once
        return torch.get_num_threads()

    assert list(worked_ahead(work, range(2), CPU)) == [max(1, threads // 2)] * 2
    assert torch.get_num_threads() == threads
    seen = []
    thread = threading.Thread(target=lambda: seen.append(torch.get_num_threads()))
    thread.start()
    thread.join()
    assert seen == [threads]


def test_no_more_is_begun_than_fits_in_memory():
    begun = []
    results = worked_ahead(lambda item, _: begun.append(item), range(100), CPU)
    next(results)
    time.sleep(0.05)
    assert len(begun) <= 3
    results.close()


def test_an_error_in_a_worker_reaches_the_caller():
    def work(item, _):
        if item == 2:
            raise KeyError(item)

    with pytest.raises(KeyError):
        list(worked_ahead(work, range(9), CPU))


def test_stopping_stops_the_workers_within_a_moment():
    stopped = []

    def work(item, pause):
        try:
            for _ in range(1000):
                pause()
                time.sleep(0.01)
        except Cancelled:
            stopped.append(item)
            raise

    def pause():
        raise Cancelled

    started = time.monotonic()
    with pytest.raises(Cancelled):
        list(worked_ahead(work, range(9), CPU, pause))
    assert time.monotonic() - started < 2 and 0 in stopped

"""Runs that go on at the same time in one process do not see each other."""

from __future__ import annotations

import sys
import threading
import warnings
from contextlib import contextmanager

import numpy as np
import pytest
from osgeo import gdal

torch = pytest.importorskip("torch")
from safetensors.numpy import load_file  # noqa: E402

from obic_plugin.engine.environment import GDAL_CACHE_MB, Shared, run_environment  # noqa: E402
from obic_plugin.engine.methods import METHODS  # noqa: E402
from obic_plugin.engine.progress import Cancelled, Silent  # noqa: E402
from tests.scenes import quarters, read_raster, write_raster  # noqa: E402

BY_NAME = {method.name: method for method in METHODS}
# of each method a line that it says when chance has been seeded, but not drawn from
MOMENTS = {"unsupervisedsegmentation": "Finding classes", "backpropagation": "At most"}


class Meeting(Silent):
    """Waits for the other runs when a line begins with ``moment``; then goes on, or stops."""

    def __init__(self, meeting: threading.Barrier, moment: str, stop: bool = False):
        self._meeting, self._moment, self._stop = meeting, moment, stop

    def say(self, text: str) -> None:
        if text.startswith(self._moment):
            self._meeting.wait(120)
            if self._stop:
                raise Cancelled


def settings_of_the_process() -> tuple:
    """What runs must leave as it was, with the threads of a thread that PyTorch has not seen."""
    seen = []
    thread = threading.Thread(target=lambda: seen.append(torch.get_num_threads()))
    thread.start()
    thread.join()
    filters = [str(each) for each in warnings.filters]
    return (
        gdal.GetCacheMax(),
        torch.backends.cudnn.deterministic,
        torch.get_rng_state().tolist(),
        np.random.get_state()[1].tolist(),  # noqa: NPY002, that of the process is meant
        torch.get_num_threads(),
        seen,
        filters,
    )


def run(name, tmp_path, image, output, progress, **changes):
    """What a draft makes: labels, and the weights of a model if there is one."""
    settings = {"input": image, "output": str(tmp_path / f"{output}.tif"), **changes}
    if name == "unsupervisedsegmentation":
        settings.update(effort="draft", output_model=str(tmp_path / f"{output}.safetensors"))
    else:
        settings.update(iterations=8, channels=8)
    method = BY_NAME[name]
    method.execute(method.params(**settings), progress)
    model = settings.get("output_model")
    return read_raster(tmp_path / f"{output}.tif"), load_file(model) if model else {}


@pytest.mark.parametrize("name", MOMENTS)
def test_runs_at_the_same_time_make_the_maps_of_runs_one_after_the_other(tmp_path, name):
    images = [write_raster(tmp_path / f"{seed}.tif", quarters(40, 50, seed=seed)[0]) for seed in (1, 2)]
    plain = [
        run(name, tmp_path, path, f"plain_{seed}", Silent(), seed=seed) for seed, path in enumerate(images)
    ]
    before, meeting, found = settings_of_the_process(), threading.Barrier(3), {}

    def work(key, image, stop=False):
        progress = Meeting(meeting, MOMENTS[name], stop)
        try:
            found[key] = run(name, tmp_path, image, f"together_{key}", progress, seed=key)
        except Cancelled:
            found[key] = "stopped"

    threads = [threading.Thread(target=work, args=(seed, path)) for seed, path in enumerate(images)]
    threads.append(threading.Thread(target=work, args=(7, images[0], True)))
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert found[7] == "stopped" and not (tmp_path / "together_7.tif").exists()
    for seed, (labels, weights) in enumerate(plain):
        assert (found[seed][0] == labels).all()
        assert all((found[seed][1][key] == weights[key]).all() for key in weights)
    assert settings_of_the_process() == before


def test_the_first_sets_and_the_last_restores():
    told = []

    @contextmanager
    def settings():
        told.append("set")
        yield 7
        told.append("restored")

    shared = Shared(settings)
    with shared as first:
        with pytest.raises(KeyError), shared as second:
            raise KeyError
        assert told == ["set"] and first == second == 7
    assert told == ["set", "restored"]
    with shared:
        assert told == ["set", "restored", "set"]


def test_gdal_keeps_a_small_cache_until_the_last_run_has_ended():
    before = gdal.GetCacheMax()
    gdal.SetCacheMax(500 << 20)
    try:
        with run_environment(computes=False):
            with run_environment(computes=True):
                assert gdal.GetCacheMax() == GDAL_CACHE_MB << 20
            assert gdal.GetCacheMax() == GDAL_CACHE_MB << 20
        assert gdal.GetCacheMax() == 500 << 20
    finally:
        gdal.SetCacheMax(before)


def test_a_run_computes_with_the_threads_of_the_first_whatever_is_set_meanwhile():
    """A thread that PyTorch has not seen would take the number that a worker of another run has set last."""
    n, seen = torch.get_num_threads(), []

    def second():
        with run_environment(computes=True):
            seen.append(torch.get_num_threads())

    with run_environment(computes=True):
        worker = threading.Thread(target=torch.set_num_threads, args=(n + 3,))
        worker.start()
        worker.join()
        thread = threading.Thread(target=second)
        thread.start()
        thread.join()
    assert seen == [n] and settings_of_the_process()[-2] == [n]


def test_without_pytorch_there_is_an_environment_too(monkeypatch):
    monkeypatch.delitem(sys.modules, "torch")
    with run_environment(computes=True):
        pass

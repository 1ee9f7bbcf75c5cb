"""Two processes that train one network: as one that sees what both see."""

from __future__ import annotations

import os
import socket
import subprocess
import sys
from pathlib import Path

import pytest
import torch

from obic_plugin.engine.training.together import Alone

ROOT = Path(__file__).parents[3]
SOON_S = 120  # many times what it takes, for busy computers
LAWS = """
from obic_plugin import dependencies
dependencies.activate()
import torch
from obic_plugin.engine import processes
from obic_plugin.engine.nets.convolution import generator
from obic_plugin.engine.progress import Silent
from obic_plugin.engine.raster.patch import Patch
from obic_plugin.engine.training import pretraining, views
from obic_plugin.engine.training.losses import balanced, info_nce
from obic_plugin.engine.training.together import Together

with processes.joined() as rank:
    together = Together()
    cosines = torch.rand(10, 4, generator=generator(0)) * 2 - 1
    mine = slice(0, 3) if rank == 0 else slice(3, 10)
    shares = balanced(cosines[mine], 0.07, total=together.total)
    assert torch.allclose(shares, balanced(cosines, 0.07)[mine], atol=1e-6), "balanced"
    assert (shares - balanced(cosines[mine], 0.07)).abs().max() > 0.01, "balanced alone is another thing"

    queries = torch.rand(10, 5, generator=generator(1))
    keys = torch.rand(10, 5, generator=generator(2))
    rows, first = together.gathered(keys[mine])
    assert torch.equal(rows, keys) and first == mine.start, "gathered"
    own = torch.arange(first, first + len(keys[mine]))
    parts = together.total(info_nce(queries[mine], rows, own, 0.2) * len(own)) / 10
    assert torch.allclose(parts, info_nce(queries, keys, torch.arange(10), 0.2), atol=1e-6), "negatives"

    parameter = torch.nn.Parameter(torch.zeros(2))
    if rank:
        parameter.grad = torch.tensor([2.0, 4.0])
    together.even([parameter])
    assert parameter.grad.tolist() == [1.0, 2.0], "gradients"
    assert together.first_says(rank + 5) == 5, "the first says"

    views.VIEW_PX, pretraining.N_CROPS = 64, 2
    values = torch.rand(3, 96, 96, generator=generator(rank))
    nothing = Patch(torch.zeros(3, 96, 96), torch.zeros(96, 96, dtype=torch.bool))
    run = pretraining.Pretraining(
        [0, 1, 2], 16, 6, "scratch", generator(0), torch.device("cpu"), lambda: 0.1, lambda: None, together
    )
    run.epoch([Patch(values, torch.ones(96, 96, dtype=torch.bool))], 64, 2, 0, Silent())
    run.epoch([nothing if rank else Patch(values, nothing.valid | True)], 64, 1, 0, Silent())
    for each in run.objective.parameters():
        assert torch.allclose(together.total(each) / 2, each, atol=1e-6), "the networks differ"
    assert run.n_steps == 3
"""


def test_two_processes_are_one_that_sees_what_both_see(tmp_path):
    script = tmp_path / "laws.py"
    script.write_text(LAWS)
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = str(free.getsockname()[1])
    running = []
    for rank in "01":
        settings = {"RANK": rank, "LOCAL_RANK": rank, "WORLD_SIZE": "2", "LOCAL_WORLD_SIZE": "2"}
        settings.update(MASTER_ADDR="127.0.0.1", MASTER_PORT=port, OMP_NUM_THREADS="1", PYTHONPATH=str(ROOT))
        pipes = {"stdout": subprocess.PIPE, "stderr": subprocess.STDOUT, "text": True}
        running.append(subprocess.Popen([sys.executable, script], env={**os.environ, **settings}, **pipes))
    try:
        said = [process.communicate(timeout=SOON_S)[0] for process in running]
    finally:
        for process in running:
            process.kill()
    assert [process.returncode for process in running] == [0, 0], said


def test_alone_everything_is_one_s_own():
    alone, rows = Alone(), torch.rand(3, 2)
    assert alone.total(rows) is rows and alone.gathered(rows) == (rows, 0) and alone.first_says(0.3) == 0.3
    parameter = torch.nn.Parameter(torch.zeros(1))
    alone.even([parameter])
    assert parameter.grad is None and alone.pace(float)() == pytest.approx(0)

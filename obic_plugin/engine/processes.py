"""Several processes that map one image: ``python -m obic_plugin.engine --processes=2 …``, or torchrun.

Process 0 does all that a single process does, and writes all files. Shared are the mapping of tiles and pretraining:
the others wait until they are told what to map and how, map the tiles that fall to them, and send these to process 0,
which takes all tiles in their order. What they are told includes the network, so that the map is that of one process
even where training twice would not give the same network. Where they are told to train, they do so step by step with
process 0 until it says that it is done (see training/together.py). They say nothing; what goes wrong with them process
0 says. When it ends, the connections break, and that ends the others.
"""

from __future__ import annotations

import json
import os
import signal
import sys
import traceback
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import timedelta
from typing import NamedTuple

import numpy as np
import torch
from safetensors import torch as safetensors_torch
from torch import distributed

from .device import choose_device
from .errors import DeviceError, InputError, ObicError
from .labelers.labeler import Labeler, Tile
from .labelers.table import labeler_from, labeler_name
from .outofmemory import is_out_of_memory
from .progress import no_pause
from .raster.grid import Window
from .raster.mask import PolygonMask
from .raster.reader import RasterReader, grid_of, open_raster
from .sources import network

PATIENCE = timedelta(days=7)  # others wait while process 0 trains; one that dies is noticed at once
WORK, REFUSAL, FAILURE = range(3)  # what a message brings
LESS_MEMORY = "Use fewer processes, a lower memory limit, or set Device to cpu."


@contextmanager
def joined() -> Iterator:
    """Meet the other processes, which `companions` or torchrun has started; yields the number of this one, from 0."""
    local = int(os.environ.get("LOCAL_WORLD_SIZE", 1))
    if sys.platform == "linux" and local == int(os.environ["WORLD_SIZE"]):
        os.environ.setdefault("GLOO_SOCKET_IFNAME", "lo")  # what stays on one computer needs no network
    os.environ.setdefault("USE_LIBUV", "0")  # Debian's PyTorch is built without it, and nobody needs it here
    if os.environ["RANK"] == "0":
        for number in (signal.SIGINT, signal.SIGTERM):
            signal.signal(number, _stop)
    else:
        signal.signal(signal.SIGINT, signal.SIG_DFL)
    distributed.init_process_group("gloo", timeout=PATIENCE)
    rank, n_threads = distributed.get_rank(), torch.get_num_threads()
    if rank == 0:
        torch.set_num_threads(n_threads * local)  # those of all, as long as the others wait
    try:
        yield rank
    finally:
        distributed.destroy_process_group()


def n_processes() -> int:
    """How many processes share the work: 1 but within `joined`."""
    return distributed.get_world_size() if distributed.is_available() and distributed.is_initialized() else 1


def shares(windows: list, n: int) -> list:
    """The number of the process that each of the windows falls to: always the one with the fewest pixels so far.

    >>> shares(list(Window(0, 0, 4, 10).tiles(4)), 2)
    [0, 1, 0]
    """
    load, found = [0] * n, []
    for window in windows:
        found.append(load.index(min(load)))
        load[found[-1]] += window.size
    return found


class Wanted(NamedTuple):
    """What process 0 needs of each tile: some planes of the labeler, and the bands (from 0) that are shown."""

    planes: tuple
    bands: tuple


def shared_tiles(
    labeler: Labeler, image: dict, wanted: Wanted, windows: list, pause: Callable
) -> Iterator[Tile]:
    """What ``labeler.tiles(windows, pause)`` gives, each process mapping its share of the windows.

    ``image`` is what opens the raster in another process.
    """
    n = n_processes()
    falls_to = shares(windows, n)
    share = [[window for window, whose in zip(windows, falls_to) if whose == rank] for rank in range(n)]
    state = labeler.state()
    order = {"labeler": labeler_name(labeler), "state": state.plain, "image": image, "wanted": wanted}
    for rank in range(1, n):
        _wait(_send(WORK, _order_bytes({**order, "windows": share[rank]}, state.tensors), rank))
    with threads_shared():
        mine = labeler.tiles(share[0], pause)
        for window, rank in zip(windows, falls_to):
            yield next(mine) if rank == 0 else _unpacked(_answer(rank), window, labeler, wanted)


@contextmanager
def threads_shared() -> Iterator:
    """While others work, too, process 0 has its share of the threads."""
    n_threads = torch.get_num_threads()
    torch.set_num_threads(max(1, n_threads // int(os.environ.get("LOCAL_WORLD_SIZE", 1))))
    try:
        yield
    finally:
        torch.set_num_threads(n_threads)


def ask_to_train(settings: dict, tensors_of: Callable) -> None:
    """Have all others train (see `training.pretraining.train_along`); ``tensors_of(rank)`` come with the settings."""
    for rank in range(1, n_processes()):
        _wait(_send(WORK, _order_bytes({"training": settings}, tensors_of(rank)), rank))


def serve() -> int:
    """Do what process 0 asks for until it ends, however it does: it is the one that says so. Returns 0."""
    try:
        while True:
            sent = []
            for kind, message in _answers(*_order_of(_received(0)[1].tobytes())):
                _wait(sent)  # one message travels while the next tile is mapped
                sent = _send(kind, message, 0)
            _wait(sent)
    except RuntimeError:  # the connection is broken
        return 0


def _order_bytes(order: dict, tensors: dict) -> bytes:
    """JSON and tensors in one message: the length of the JSON in eight bytes, then both."""
    text = json.dumps(order).encode()
    tensors = {name: tensor.contiguous() for name, tensor in tensors.items()}
    return len(text).to_bytes(8, "big") + text + safetensors_torch.save(tensors)


def _order_of(message: bytes) -> tuple:
    """What `_order_bytes` was given."""
    end = 8 + int.from_bytes(message[:8], "big")
    return json.loads(message[8:end]), safetensors_torch.load(message[end:])


def _answers(order: dict, tensors: dict) -> Iterator:
    """(kind, content) of each message that an order is answered by: tiles, and at most one failure."""
    if "training" in order:
        from .training.pretraining import train_along

        settings = order["training"]
        train_along(settings, tensors, choose_device(_own(settings["device"])))
        return
    try:
        with network(order["image"]["allow_network"]):
            labeler, wanted = _labeler(order, tensors), Wanted(*order["wanted"])
            for tile in labeler.tiles([Window(*window) for window in order["windows"]], no_pause):
                yield WORK, _packed(tile, labeler, wanted)
    except ObicError as error:
        yield REFUSAL, str(error).encode()
    except Exception as error:  # noqa: BLE001 - a mistake of ours, which process 0 is to show
        if is_out_of_memory(error):
            yield REFUSAL, f"Process {distributed.get_rank()} ran out of memory. {LESS_MEMORY}".encode()
        else:
            yield FAILURE, traceback.format_exc().encode()


def _labeler(order: dict, tensors: dict) -> Labeler:
    """The labeler of an order, on this process's device."""
    image = order["image"]
    mask = PolygonMask(image["mask"], grid_of(open_raster(image["image"]))) if image["mask"] else None
    reader = RasterReader(image["image"], image["bands"], image["extent"], mask, image["fill"])
    device = choose_device(_own(image["device"]))
    return labeler_from(order["labeler"], reader, device, order["state"], tensors)


def _own(name: str) -> str:
    """The device for this process: of several GPUs each takes its own."""
    if name not in ("auto", "cuda") or not torch.cuda.is_available():
        return name
    return f"cuda:{int(os.environ['LOCAL_RANK']) % torch.cuda.device_count()}"


def _sent_planes(labeler: Labeler, wanted: Wanted) -> list:
    """The planes that travel, wide numbers first: so each begins where its type may."""
    planes = [plane for plane in labeler.planes if plane.name in wanted.planes]
    return sorted(planes, key=lambda plane: -np.dtype(plane.dtype).itemsize)


def _packed(tile: Tile, labeler: Labeler, wanted: Wanted) -> np.ndarray:
    """(n,) uint8: what process 0 wants of a tile, one array after the other."""
    parts = [tile.values[band] for band in wanted.bands]
    parts += [tile.planes[plane.name] for plane in _sent_planes(labeler, wanted)]
    return np.concatenate([np.ascontiguousarray(part).reshape(-1).view(np.uint8) for part in parts])


def _unpacked(content: np.ndarray, window: Window, labeler: Labeler, wanted: Wanted) -> Tile:
    """What `_packed` has packed."""
    at = 0

    def plane(kind) -> np.ndarray:
        nonlocal at
        start, at = at, at + window.size * np.dtype(kind).itemsize
        return content[start:at].view(kind).reshape(window.height, window.width)

    values = {band: plane(np.float32) for band in wanted.bands}
    return Tile(window, {each.name: plane(each.dtype) for each in _sent_planes(labeler, wanted)}, values)


def _answer(rank: int) -> np.ndarray:
    """The next tile of a process, as it came; raises what the process could not do, or that it is gone."""
    try:
        kind, message = _received(rank)
    except RuntimeError as error:
        _deafen()  # torchrun is about to stop us for the same reason
        text = f"Process {rank} of {n_processes()} ended before its tiles were done, as happens where memory is short."
        raise DeviceError(f"{text} {LESS_MEMORY}") from error
    if kind == REFUSAL:
        raise InputError(message.tobytes().decode())
    if kind == FAILURE:
        raise RuntimeError(f"Process {rank} failed:\n{message.tobytes().decode()}")
    return message


def _send(kind: int, message, rank: int) -> list:
    """Begin to send bytes to another process; `_wait` for what is returned."""
    content = torch.from_numpy(np.frombuffer(message, np.uint8).copy())
    return [(distributed.isend(part, rank), part) for part in (torch.tensor([kind, len(content)]), content)]


def _wait(sent: list) -> None:
    for work, _ in sent:
        work.wait()


def _received(rank: int) -> tuple:
    """The kind of the next message of a process, and its bytes (n,) uint8."""
    head = torch.empty(2, dtype=torch.int64)
    distributed.recv(head, rank)
    message = torch.empty(int(head[1]), dtype=torch.uint8)
    distributed.recv(message, rank)
    return int(head[0]), message.numpy()


def _stop(*_) -> None:
    _deafen()
    raise KeyboardInterrupt


def _deafen() -> None:
    """Take no more signals: what follows is cleaning up, which is not to be cut short."""
    for number in (signal.SIGINT, signal.SIGTERM):
        signal.signal(number, signal.SIG_IGN)

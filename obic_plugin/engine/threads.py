"""How many threads PyTorch and scikit-learn compute with, in the thread that asks.

Each thread has a number of its own, which is what OpenMP and MKL go by; the number that any thread has set last is
that of threads to come.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager


def use_threads(n: int) -> None:
    """The thread that calls computes with ``n`` threads from now on."""
    import torch

    torch.get_num_threads()  # at its first look, a thread takes the number set last, whatever it has set before
    torch.set_num_threads(n)


@contextmanager
def threads(n: int) -> Iterator:
    """PyTorch computes with ``n`` threads; as before afterwards."""
    import torch

    before = torch.get_num_threads()
    torch.set_num_threads(n)
    try:
        yield
    finally:
        torch.set_num_threads(before)


@contextmanager
def one_openmp_thread() -> Iterator:
    """scikit-learn computes with one thread: the last bits of its sums depend on how many there are."""
    from threadpoolctl import threadpool_limits  # comes with scikit-learn

    with threadpool_limits(1, user_api="openmp"):
        yield


def two_threads():
    """`threads` of a number that does not depend on the computer.

    The last bits of convolutions and gradients depend on how many threads have summed them, and a map should not
    depend on how many cores a computer has, or processes a run. More than two would gain little: our nets are small.
    """
    return threads(2)

"""A want of memory, on whichever processor: how it is known, and what a user can do about it."""

from __future__ import annotations

# What PyTorch says, in lower case, of a GPU and (on Linux and Windows) of the computer's own memory
_NO_MEMORY = (
    "out of memory",
    "can't allocate memory",
    "cannot allocate memory",
    "not enough memory",
    "bad_alloc",
    "bad allocation",
)


def is_out_of_memory(error: BaseException) -> bool:
    """Whether Python, numpy or PyTorch, on whichever device, failed for want of memory."""
    words = str(error).lower()
    return isinstance(error, MemoryError) or (
        isinstance(error, RuntimeError) and any(part in words for part in _NO_MEMORY)
    )


def out_of_memory(error: BaseException) -> str:
    """What a user can do about it: closing programs does not help where it is a GPU's."""
    words = str(error).lower()
    gpu = next((name for name in ("cuda", "mps", "hip") if name in words), "")
    if gpu:
        return (
            f"The GPU ({gpu}) ran out of memory. Among the advanced parameters set Device to cpu or a lower memory"
            " limit, or close what else uses the GPU."
        )
    return (
        "Out of memory. Close other programs, or set a lower memory limit among the advanced parameters, or choose a"
        " smaller extent."
    )


def free_memory(device) -> None:
    """Give back what PyTorch holds in reserve on a GPU."""
    import torch

    if device.type == "cuda":
        torch.cuda.empty_cache()

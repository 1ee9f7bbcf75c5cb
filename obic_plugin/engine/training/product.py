"""Products of large matrices: by PyTorch, with the same number of threads everywhere.

NumPy multiplies with whatever library the program around it has brought. Where QGIS is linked with GSL's, as on Debian,
that takes a hundred times as long, and nobody who asks to stop is heard meanwhile.
"""

from __future__ import annotations

import numpy as np
import torch

from ..threads import two_threads


def product(one: np.ndarray, two: np.ndarray) -> np.ndarray:
    """``one @ two``, matrices of one type."""
    with two_threads():
        return (torch.from_numpy(one) @ torch.from_numpy(two)).numpy()

"""The engine: superpixels, training and mapping of rasters, without QGIS. ``python -m obic_plugin.engine``."""

import os

# Threads that wait must sleep: where other programs use the cores too, OpenMP's busy waiting makes PyTorch ten
# times slower. Both names, for GNU's and Intel's OpenMP, are read when PyTorch is loaded.
os.environ.setdefault("GOMP_SPINCOUNT", "0")
os.environ.setdefault("KMP_BLOCKTIME", "0")

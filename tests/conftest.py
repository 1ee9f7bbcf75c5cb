"""The checkout, and the packages QGIS lacks, where `import` finds them."""

from __future__ import annotations

import sys
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parents[1]))

from obic_plugin import dependencies

dependencies.activate()

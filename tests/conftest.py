"""The packages that QGIS lacks, where `import` finds them."""

from __future__ import annotations

import sys

from obic_plugin import dependencies

dependencies.activate()
collect_ignore = (
    [] if sys.platform == "linux" else ["test_campaign.py"]
)  # which forks and limits its children

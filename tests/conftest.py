"""The packages that QGIS lacks, where `import` finds them."""

from __future__ import annotations

from obic_plugin import dependencies

dependencies.activate()

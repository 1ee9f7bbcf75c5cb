"""Measurements of the main job, each beside a named peer in the same run: see README.md."""

from __future__ import annotations

from pathlib import Path

from obic_plugin import dependencies

dependencies.activate()

ROOT = Path(__file__).resolve().parent.parent
BUILD = ROOT / "build" / "benchmarks"  # never committed

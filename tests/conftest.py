"""The packages that QGIS lacks, where `import` finds them; and folders of packages that a test has to itself."""

from __future__ import annotations

import os
import sys

import pytest

from obic_plugin import dependencies

dependencies.activate()
collect_ignore = (
    [] if sys.platform == "linux" else ["test_campaign.py"]
)  # which forks and limits its children


@pytest.fixture
def shelf(tmp_path, monkeypatch):
    """A folder of wheels, the only place where pip looks."""
    folder = tmp_path / "shelf"
    folder.mkdir()
    settings = {"PIP_NO_INDEX": "1", "PIP_FIND_LINKS": str(folder), "PIP_NO_CACHE_DIR": "1"}
    for name, value in {**settings, "PIP_CONFIG_FILE": os.devnull}.items():
        monkeypatch.setenv(name, value)
    return folder


@pytest.fixture
def packages(tmp_path, monkeypatch):
    """The packages folder of this test, not there yet, in place of the user's."""
    monkeypatch.setattr(sys, "path", dependencies.own_path())
    folder = tmp_path / "data" / "packages"
    monkeypatch.setenv("OBIC_PACKAGES", str(folder))
    return folder

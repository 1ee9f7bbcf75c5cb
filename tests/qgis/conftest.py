"""One QGIS without a window for all tests here, with a profile of its own and our provider in it."""

from __future__ import annotations

import os
import sys

import pytest

pytest.importorskip("qgis.core", reason="these tests need the Python of a QGIS")

from qgis.core import QgsApplication

QgsApplication.setPrefixPath(os.environ.get("QGIS_PREFIX_PATH", "/usr"), True)
sys.path.append(os.path.join(QgsApplication.pkgDataPath(), "python", "plugins"))  # there `processing` is


@pytest.fixture(scope="session", autouse=True)
def qgis_app(tmp_path_factory):
    """The running QgsApplication; Processing and the OBIC provider are ready."""
    os.environ["QGIS_CUSTOM_CONFIG_PATH"] = str(tmp_path_factory.mktemp("profile"))
    os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
    application = QgsApplication([], True)
    application.initQgis()
    from processing.core.Processing import Processing

    Processing.initialize()
    yield application
    Processing.deinitialize()
    application.exitQgis()


@pytest.fixture(scope="session", autouse=True)
def plugin(qgis_app):
    """The plugin as qgis_process starts it: no window, only the provider."""
    from obic_plugin import classFactory

    plugin = classFactory(None)
    plugin.initProcessing()
    yield plugin
    plugin.unload()


def pytest_sessionfinish(session, exitstatus):
    session.config.obic_exit_status = int(exitstatus)


def pytest_unconfigure(config):
    """Ends the process here: Python and Qt take each other's objects down in no order, which may crash after
    the last test has passed and been told."""
    sys.stdout.flush()
    sys.stderr.flush()
    os._exit(getattr(config, "obic_exit_status", 1))

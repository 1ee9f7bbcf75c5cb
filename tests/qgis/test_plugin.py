"""The plugin in QGIS: starts light, leaves no trace, installs in the background."""

from __future__ import annotations

import json
import subprocess
import sys
import time
from pathlib import Path

import pytest
from qgis.core import QgsApplication, QgsNetworkAccessManager, QgsSettings
from qgis.PyQt.QtCore import QCoreApplication
from qgis.PyQt.QtNetwork import QNetworkProxy
from qgis.PyQt.QtWidgets import QCheckBox, QDialog, QMainWindow, QToolButton

from obic_plugin import classFactory, dependencies
from obic_plugin.engine.errors import DependencyError
from obic_plugin.engine.progress import Cancelled

ROOT = Path(__file__).parents[2]
HEAVY = {"torch", "safetensors", "skimage", "sklearn", "scipy"}
START = """
import json, sys, time
from qgis.core import QgsApplication
from qgis.PyQt import QtWidgets
application = QgsApplication([], False)
application.initQgis()
import numpy, osgeo.gdal
start = time.perf_counter()
import obic_plugin
plugin = obic_plugin.classFactory(None)
plugin.initProcessing()
seconds = time.perf_counter() - start
names = [a.name() for a in plugin.provider.algorithms()]
print(json.dumps([seconds, sorted(sys.modules), names]))
"""


class Iface:
    """As much of QgisInterface as the plugin uses."""

    def __init__(self):
        self.window, self.menu, self.messages = QMainWindow(), [], []

    def mainWindow(self):
        return self.window

    def messageBar(self):
        return self

    def pushMessage(self, *words):
        self.messages.append([word for word in words if isinstance(word, str)])

    def addPluginToMenu(self, menu, action):
        self.menu.append((menu, action))

    def removePluginMenu(self, menu, action):
        self.menu.remove((menu, action))

    def addCustomActionForLayerType(self, action, *_):
        self.menu.append(("layers", action))

    def removeCustomActionForLayerType(self, action):
        self.menu.remove(("layers", action))


def test_start_takes_no_heavy_package():
    """That, and no clock, is what keeps the start short: machines that test are slow and busy."""
    answer = subprocess.run(
        [sys.executable, "-c", START], cwd=ROOT, capture_output=True, text=True, check=True
    )
    _, modules, names = json.loads(answer.stdout.splitlines()[-1])
    assert "unsupervisedsegmentation" in names
    assert not HEAVY & set(modules)


def test_provider_is_there_and_goes_with_the_plugin(plugin):
    registry = QgsApplication.processingRegistry()
    assert registry.providerById("obic") is not None
    assert not plugin.provider.icon().isNull()
    plugin.unload()
    try:
        assert registry.providerById("obic") is None
    finally:
        plugin.initProcessing()
    assert registry.algorithmById("obic:unsupervisedsegmentation") is not None


def test_menu_comes_and_goes():
    iface = Iface()
    desktop = classFactory(iface)
    desktop.initProcessing = lambda: None  # the provider of this QGIS is there already
    desktop.initGui()
    texts = [action.text() for menu, action in iface.menu if menu == "OBIC"]
    titles = ("Chips, tags, map", "Label, map, check", "Map and name")
    opened = [f"Open “{title}” in the Model Designer…" for title in titles]
    assert texts == ["Start…", "Classes of a map…", "", *opened, "", "Install packages…"]
    desktop.unload()
    assert iface.menu == []


@pytest.fixture
def chosen(monkeypatch):
    """The algorithms whose dialogs would open."""
    names = []
    monkeypatch.setattr("processing.createAlgorithmDialog", lambda name, _: names.append(name) or QDialog())
    return names


def test_start_page_opens_what_its_pictures_say_and_then_keeps_away(chosen):
    from obic_plugin.gui.start import KNOWN, StartPage, beginnings

    QgsSettings().remove(KNOWN)
    registry = QgsApplication.processingRegistry()
    page = StartPage()
    page.show_unless_known()
    assert page._timer.isActive()
    buttons = page.findChildren(QToolButton)
    assert [button.text() for button in buttons] == [each.sentence for each in beginnings()]
    for button in buttons:
        assert not button.icon().isNull()
        button.click()
    assert chosen == [each.algorithm for each in beginnings()]
    assert all(registry.algorithmById(name) is not None for name in chosen)
    later = StartPage()
    later.show_unless_known()
    assert not hasattr(later, "_timer")


def test_start_page_stays_away_when_told_so():
    from obic_plugin.gui.start import KNOWN, StartPage

    QgsSettings().remove(KNOWN)
    StartPage().findChild(QCheckBox).setChecked(False)
    assert not StartPage().findChild(QCheckBox).isChecked()


def test_groups_say_what_the_user_has():
    algorithms = QgsApplication.processingRegistry().providerById("obic").algorithms()
    assert {a.group() for a in algorithms} == {
        "No labels",
        "A few labels",
        "Tags",
        "Two dates",
        "Superpixels",
        "Classes and polygons",
        "Accuracy",
    }
    assert all(not a.icon().isNull() for a in algorithms)


def test_nothing_to_install_is_said(monkeypatch):
    from obic_plugin.gui.install import InstallPackages

    monkeypatch.setattr(dependencies, "missing", list)
    monkeypatch.setattr(dependencies, "missing_extras", list)
    iface = Iface()
    InstallPackages(iface).ask()
    assert "Nothing is missing" in iface.messages[0][1]


def test_proxy_of_qgis_is_passed_on():
    from obic_plugin.gui.install import _proxy

    manager = QgsNetworkAccessManager.instance()
    before = manager.fallbackProxy()
    try:
        manager.setupDefaultProxyAndCache()
        assert _proxy() == ""
        proxy = QNetworkProxy(QNetworkProxy.ProxyType.HttpProxy, "proxy.example.org", 3128, "me", "a:b@c")
        manager.setFallbackProxyAndExcludes(proxy, [], [])
        assert _proxy() == "http://me:a%3Ab%40c@proxy.example.org:3128"
    finally:
        manager.setFallbackProxyAndExcludes(before, [], [])


@pytest.mark.parametrize(
    ("outcome", "message"),
    [
        (None, "ready"),
        (DependencyError("pip failed.\nSet PIP_CERT."), "Set PIP_CERT."),
        (Cancelled(), "nothing was changed"),
        (ValueError("a bug"), "a bug"),
    ],
)
def test_installing_in_the_background_reports_its_end(monkeypatch, outcome, message):
    from obic_plugin.gui.install import InstallPackages

    def install(requirements, progress, proxy):
        progress.say(f"pip install {requirements}")
        progress.at(0.5)
        if outcome is not None:
            raise outcome

    monkeypatch.setattr(dependencies, "install", install)
    monkeypatch.setattr(dependencies, "missing_in_qgis", lambda: ["torch", "safetensors"])
    iface = Iface()
    installer = InstallPackages(iface)
    installer.start("torch==2.13.0")
    end = time.monotonic() + 10
    while not iface.messages and time.monotonic() < end:
        QCoreApplication.processEvents()
        time.sleep(0.01)
    assert any(message in word for word in iface.messages[0])
    assert installer._task is None

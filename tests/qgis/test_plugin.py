"""The plugin in QGIS: starts light, leaves no trace, installs in the background."""

from __future__ import annotations

import json
import re
import subprocess
import sys
import time
from pathlib import Path

import pytest
from qgis.core import QgsApplication, QgsNetworkAccessManager, QgsProject, QgsSettings
from qgis.PyQt.QtCore import QCoreApplication, Qt, QUrl
from qgis.PyQt.QtNetwork import QNetworkProxy
from qgis.PyQt.QtWidgets import (
    QCheckBox,
    QDialog,
    QHBoxLayout,
    QLabel,
    QMainWindow,
    QPushButton,
    QRadioButton,
    QToolButton,
    QWidget,
)

from obic_plugin import classFactory, dependencies, upkeep
from obic_plugin.builds import Gpu
from obic_plugin.engine.errors import DependencyError
from obic_plugin.engine.progress import Cancelled
from obic_plugin.gui import packages
from obic_plugin.installer import Order

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

    def createMessage(self, *_):
        item = QWidget()
        QHBoxLayout(item)
        return item

    def pushWidget(self, item, _):
        self.messages.append(item)

    def popWidget(self, item):
        return True

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
    titles = ("Chips, tags, map", "Label, map, check", "Map and name", "Two dates, no labels")
    opened = [f"Open “{title}” in the Model Designer…" for title in titles]
    assert texts == [
        "Start…",
        "Try the sample scene",
        "Open a model…",
        "",
        "Classes of a map…",
        "Superpixels, live…",
        "Labels…",
        "Tags of chips…",
        "",
        *opened,
        "",
        "Install packages…",
        "Copy diagnostics",
        "Help",
    ]
    desktop.unload()
    assert iface.menu == []


class Docks:
    """The docks that would open; ``chips`` are those that the one for tags finds."""

    def __init__(self, opened: list, chips=None):
        self.opened, self.chips = opened, chips

    def open(self, name):
        self.opened.append(name)
        return self

    def make(self):
        self.opened.append("obic:chips")


@pytest.fixture
def chosen(monkeypatch):
    """The algorithms whose dialogs would open, and the docks."""
    names = []
    monkeypatch.setattr("processing.createAlgorithmDialog", lambda name, _: names.append(name) or QDialog())
    return names


def test_start_page_opens_what_its_pictures_say_and_then_keeps_away(chosen):
    from obic_plugin.gui.start import KNOWN, StartPage, beginnings

    QgsSettings().remove(KNOWN)
    page = StartPage(Docks(chosen), lambda: chosen.append("sample"))
    page.show_unless_known()
    assert page._timer.isActive()
    buttons = page.findChildren(QToolButton)
    assert [button.text() for button in buttons] == [each.sentence for each in beginnings()]
    for button in buttons:
        assert not button.icon().isNull()
        button.click()
    page.findChild(QPushButton, "obicTrySample").click()
    assert chosen == [
        "obic:unsupervisedsegmentation",
        "labels",
        "tags",
        "obic:chips",
        "obic:change",
        "sample",
    ]
    later = StartPage(Docks(chosen), None)
    later.show_unless_known()
    assert not hasattr(later, "_timer")


def test_who_has_chips_need_not_make_any(chosen):
    from obic_plugin.gui.start import StartPage

    StartPage(Docks(chosen, chips=object()), None).findChild(QToolButton, "tags").click()
    assert chosen == ["tags"]


def test_start_page_stays_away_when_told_so():
    from obic_plugin.gui.start import KNOWN, StartPage

    QgsSettings().remove(KNOWN)
    StartPage(None, None).findChild(QCheckBox).setChecked(False)
    assert not StartPage(None, None).findChild(QCheckBox).isChecked()


@pytest.fixture
def filled(monkeypatch):
    """What the dialogs that would open are filled in with."""
    opened = []
    monkeypatch.setattr(
        "processing.createAlgorithmDialog", lambda name, values: opened.append((name, values)) or QDialog()
    )
    return opened


def test_the_sample_scene_is_made_once_and_fills_in_the_main_algorithm(filled, monkeypatch):
    from obic_plugin.engine import samplescene
    from obic_plugin.gui.samplescene import SampleSceneLayer
    from tests.qgis.window import Window

    write, written = samplescene.write_sample_scene, []
    small = lambda path, progress: written.append(path) or write(path, None, 0, (80, 100), progress)  # noqa: E731
    monkeypatch.setattr(samplescene, "write_sample_scene", small)
    window, project = Window(), QgsProject.instance()
    scene = SampleSceneLayer(window)
    scene.show()
    scene.show()  # as those do who wait
    assert wait_until(lambda: filled)
    scene.show()
    assert len(written) == 1 and len(filled) == 2
    (layer,) = project.mapLayers().values()
    assert filled[0] == filled[1] == ("obic:unsupervisedsegmentation", {"INPUT": layer.id()})
    assert window.active is layer and layer.bandCount() == 4 and layer.name() == "Sample scene"
    project.clear()
    scene.show()
    assert len(written) == 1 and len(project.mapLayers()) == 1
    project.clear()


def test_without_packages_the_sample_scene_says_what_to_do(filled, monkeypatch):
    from obic_plugin.gui import samplescene

    told = []
    monkeypatch.setattr(samplescene, "tell", told.append)
    monkeypatch.setattr(dependencies, "missing", lambda: ["scipy"])
    samplescene.SampleSceneLayer(Iface()).show()
    assert "Install packages" in str(told[0]) and not filled


def test_a_model_opens_what_goes_on_with_it_and_another_file_a_sentence(filled, monkeypatch, tmp_path):
    from obic_plugin.gui import openmodel

    told = []
    monkeypatch.setattr(openmodel, "tell", told.append)
    header = {"__metadata__": {"format": "obic-model-2", "obic": '{"state": {"knows_change": true}}'}}
    text = json.dumps(header).encode()
    path = str(tmp_path / "m.safetensors")
    Path(path).write_bytes(len(text).to_bytes(8, "little") + text)
    monkeypatch.setattr(openmodel.QFileDialog, "getOpenFileName", lambda *_: (path, ""))
    openmodel.ask_for_model(Iface())
    assert filled == [("obic:detectchange", {"MODEL": path})] and not told
    Path(path).write_text("no model")
    openmodel.ask_for_model(Iface())
    assert "is not a model that OBIC has saved" in str(told[0]) and len(filled) == 1
    monkeypatch.setattr(openmodel.QFileDialog, "getOpenFileName", lambda *_: ("", ""))
    openmodel.ask_for_model(Iface())
    assert len(told) == 1


def test_help_opens_and_diagnostics_name_no_home(monkeypatch, tmp_path):
    from obic_plugin.gui.help import Help, diagnostics

    monkeypatch.setenv("HOME", str(tmp_path))
    monkeypatch.setenv("OBIC_PACKAGES", str(tmp_path / "packages"))
    text = diagnostics()
    assert text.startswith("OBIC 0.") and "Packages folder: ~/packages" in text and str(tmp_path) not in text
    assert "numpy" in text and "QGIS 3." in text
    page = Help()
    assert "From an orthophoto to a named map" in page.browser.toPlainText()
    page.close_for_good()


@pytest.mark.parametrize(
    "language, file, heading",
    [
        ("en_US", "tutorial.md", "From an orthophoto to a named map"),
        ("de_DE", "tutorial.md", "From an orthophoto to a named map"),
        ("zh-Hans", "tutorial.zh_CN.md", "从正射影像到命名的分类图"),
        ("zh_CN", "tutorial.zh_CN.md", "从正射影像到命名的分类图"),
    ],
)
def test_the_tutorial_is_in_the_language_of_qgis_and_has_all_its_pictures(language, file, heading):
    from obic_plugin.gui.help import PICTURE_PX, Help

    before = QgsSettings().value("locale/userLocale", "")
    QgsSettings().setValue("locale/userLocale", language)
    try:
        page = Help()
    finally:
        QgsSettings().setValue("locale/userLocale", before)
    assert heading in page.browser.toPlainText()
    named = re.findall(r"!\[.+?\]\((.+?)\)", (ROOT / "docs" / file).read_text(encoding="utf-8"))
    pictures = [page.browser.loadResource(2, QUrl(name)) for name in named]
    assert len(pictures) == 7 and all(0 < picture.width() <= PICTURE_PX for picture in pictures)
    page.close_for_good()


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


def wait_until(condition, seconds: float = 20) -> bool:
    end = time.monotonic() + seconds
    while not condition() and time.monotonic() < end:
        QCoreApplication.processEvents()
        time.sleep(0.01)
    return condition()


@pytest.fixture
def installer(monkeypatch):
    """The window of packages of a computer with a GPU where nothing is there yet, and what it would do."""
    from obic_plugin.gui import install as module

    done = []
    monkeypatch.setenv("OBIC_PACKAGES", "/nowhere/packages")
    monkeypatch.setattr(dependencies, "missing", lambda: ["torch", "safetensors"])
    monkeypatch.setattr(dependencies, "missing_extras", lambda: [packages.WEIGHTS])
    monkeypatch.setattr(dependencies, "missing_in_qgis", lambda: ["torch", "safetensors", packages.WEIGHTS])
    monkeypatch.setattr(upkeep, "install", lambda order, progress, proxy: done.append(order))
    monkeypatch.setattr(upkeep, "unsound", lambda at: "")
    monkeypatch.setattr(module, "found_gpu", lambda: Gpu("RTX 4090", 581.5, 8.9))
    installer = module.InstallPackages(Iface())
    installer.done = done
    return installer


def texts_of(window) -> list:
    return [label.text() for label in window.findChildren(QLabel)]


def button_of(window, text: str):
    return next(button for button in window.findChildren(QPushButton) if button.text() == text)


def test_the_window_says_what_is_missing_and_proposes_what_fits_the_gpu(installer):
    installer.ask()
    window = installer._window
    assert wait_until(lambda: any("RTX 4090" in text for text in texts_of(window)))
    chosen = [button.text() for button in window.findChildren(QRadioButton) if button.isChecked()]
    assert len(chosen) == 1 and re.match(
        r"CUDA 1\d\.\d: [\d,]+ MB to download, [\d,]+ MB on the disk", chosen[0]
    )
    rows = [window._rows.topLevelItem(n) for n in range(window._rows.topLevelItemCount())]
    assert [row.text(0) for row in rows][:2] == ["torch", "safetensors"]
    assert rows[-1].text(0) == "ImageNet weights of an encoder"
    assert not button_of(window, "Remove").isEnabled() and not button_of(window, "Stop").isEnabled()
    button_of(window, "Install").click()
    assert wait_until(lambda: installer.done)
    order = installer.done[0]
    assert "torch==2" in order.all[0] and "safetensors" in order.all
    assert wait_until(
        lambda: any("ready" in word for message in installer._iface.messages for word in message)
    )


def test_without_a_gpu_the_build_for_the_processor_is_proposed_and_weights_can_be_left_out(
    installer, monkeypatch
):
    from obic_plugin.gui import install as module

    monkeypatch.setattr(module, "found_gpu", lambda: None)
    states = [
        upkeep.PackageState(name, name != packages.WEIGHTS)
        for name in ("torch", "safetensors", packages.WEIGHTS)
    ]
    monkeypatch.setattr(upkeep, "states", lambda: states)
    installer.ask()
    window = installer._window
    assert wait_until(lambda: any("No NVIDIA GPU" in text for text in texts_of(window)))
    assert window._builds["cpu"].isChecked()
    window._rows.topLevelItem(2).setCheckState(0, Qt.CheckState.Unchecked)
    window._other.setText("2.9.1")
    button_of(window, "Install").click()
    assert wait_until(lambda: installer.done)
    assert installer.done[0].all == ["torch==2.9.1+cpu", "safetensors"]


def test_damaged_packages_are_explained_in_the_window(installer, monkeypatch):
    monkeypatch.setattr(dependencies, "missing", list)
    monkeypatch.setattr(upkeep, "unsound", lambda at: "torch cannot be loaded (file too short).")
    installer.ask()
    assert wait_until(lambda: "torch cannot be loaded (file too short)." in texts_of(installer._window))


def test_packages_are_offered_where_they_are_missing(installer, monkeypatch):
    installer.offer()
    item = installer._iface.messages[0]
    button_of(item, "Install packages…").click()
    assert installer._window.isVisible()
    monkeypatch.setattr(dependencies, "missing", list)
    installer._iface.messages.clear()
    installer.offer()
    assert installer._iface.messages == []


@pytest.mark.parametrize(
    ("outcome", "message"),
    [
        (None, "ready"),
        (DependencyError("pip failed.\nSet PIP_CERT."), "Set PIP_CERT."),
        (Cancelled(), "nothing was changed"),
        (ValueError("a bug"), "a bug"),
    ],
)
def test_installing_in_the_background_reports_its_end(installer, monkeypatch, outcome, message):
    def install(order, progress, proxy):
        progress.say(f"pip install {order}")
        progress.at(0.5)
        if outcome is not None:
            raise outcome

    monkeypatch.setattr(upkeep, "install", install)
    installer.install(Order(("safetensors",)))
    assert wait_until(lambda: installer._iface.messages)
    assert any(message in word for word in installer._iface.messages[0])
    assert wait_until(lambda: installer._task is None)

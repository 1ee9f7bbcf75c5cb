"""The plugin in QGIS: starts light, leaves no trace, installs in the background."""

from __future__ import annotations

import json
import re
import subprocess
import sys
from pathlib import Path

import pytest
from qgis.core import QgsApplication, QgsProcessingContext, QgsProject, QgsSettings
from qgis.PyQt.QtCore import QUrl
from qgis.PyQt.QtWidgets import (
    QCheckBox,
    QDialog,
    QHBoxLayout,
    QMainWindow,
    QPushButton,
    QToolButton,
    QWidget,
)

from obic_plugin import classFactory, dependencies
from tests.qgis.waiting import until

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


def test_dialogs_take_every_format_that_the_engine_writes(plugin):
    definition = (
        QgsApplication.processingRegistry().algorithmById("obic:kmeans").parameterDefinition("OUTPUT")
    )
    for name in ("map.tif", "map.png", "map.gif", "map.img"):
        told = plugin.provider.isSupportedOutputValue(name, definition, QgsProcessingContext())
        assert told[0], told
    assert plugin.provider.defaultRasterFileExtension() == "tif"


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
    assert until(lambda: filled)
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

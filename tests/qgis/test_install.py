"""The window of packages: what is missing, what fits the computer, installed in the background."""

from __future__ import annotations

import re

import pytest
from qgis.core import QgsNetworkAccessManager
from qgis.PyQt.QtCore import Qt
from qgis.PyQt.QtNetwork import QNetworkProxy
from qgis.PyQt.QtWidgets import (
    QLabel,
    QPushButton,
    QRadioButton,
)

from obic_plugin import dependencies, upkeep
from obic_plugin.builds import Gpu
from obic_plugin.engine.errors import DependencyError
from obic_plugin.engine.progress import Cancelled
from obic_plugin.gui import packages
from obic_plugin.installer import Order
from tests.qgis.test_plugin import Iface
from tests.qgis.waiting import until


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
    assert until(lambda: any("RTX 4090" in text for text in texts_of(window)))
    chosen = [button.text() for button in window.findChildren(QRadioButton) if button.isChecked()]
    assert len(chosen) == 1 and re.match(
        r"CUDA 1\d\.\d: [\d\u202f]+ MB to download, [\d\u202f]+ MB on the disk", chosen[0]
    )
    rows = [window._rows.topLevelItem(n) for n in range(window._rows.topLevelItemCount())]
    assert [row.text(0) for row in rows][:2] == ["torch", "safetensors"]
    assert rows[-1].text(0) == "ImageNet weights of an encoder"
    assert not button_of(window, "Remove").isEnabled() and not button_of(window, "Stop").isEnabled()
    button_of(window, "Install").click()
    assert until(lambda: installer.done)
    order = installer.done[0]
    assert "torch==2" in order.all[0] and "safetensors" in order.all
    assert until(lambda: any("ready" in word for message in installer._iface.messages for word in message))


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
    assert until(lambda: any("No NVIDIA GPU" in text for text in texts_of(window)))
    assert window._builds["cpu"].isChecked()
    window._rows.topLevelItem(2).setCheckState(0, Qt.CheckState.Unchecked)
    window._other.setText("2.9.1")
    button_of(window, "Install").click()
    assert until(lambda: installer.done)
    assert installer.done[0].all == ["torch==2.9.1+cpu", "safetensors"]


def test_damaged_packages_are_explained_in_the_window(installer, monkeypatch):
    monkeypatch.setattr(dependencies, "missing", list)
    monkeypatch.setattr(upkeep, "unsound", lambda at: "torch cannot be loaded (file too short).")
    installer.ask()
    assert until(lambda: "torch cannot be loaded (file too short)." in texts_of(installer._window))


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
    assert until(lambda: installer._iface.messages)
    assert any(message in word for word in installer._iface.messages[0])
    assert until(lambda: installer._task is None)

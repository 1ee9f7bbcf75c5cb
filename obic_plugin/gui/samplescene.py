"""Plugins > OBIC > Try the sample scene: a made-up image, for those who want to see a map before they look for one."""

from __future__ import annotations

from pathlib import Path

from qgis.core import Qgis, QgsProcessingUtils, QgsProject, QgsRasterLayer
from qgis.PyQt.QtCore import QCoreApplication

from .. import dependencies
from ..engine.errors import DependencyError
from ..engine.loading import load
from .start import open_algorithm
from .task import EngineTask, tell

translate = QCoreApplication.translate  # by this name the tool that collects the texts knows it
ALGORITHM = "obic:unsupervisedsegmentation"


class SampleSceneLayer:
    """Made in the background when it is first asked for, and kept in QGIS's temporary folder while QGIS is open."""

    def __init__(self, iface):
        self._iface, self._task, self._path = iface, None, ""

    def show(self) -> None:
        """The scene as a layer, and the dialog that maps it."""
        if self._task is not None:
            return
        if Path(self._path).is_file():
            self._open(self._path)
            return
        lacking = dependencies.explain()
        if lacking:
            tell(DependencyError(lacking))
            return
        text = translate("SampleScene", "Making the sample scene, which takes some seconds…")
        self._iface.messageBar().pushMessage("OBIC", text, Qgis.MessageLevel.Info, 5)
        title, path = (
            translate("SampleScene", "Sample scene"),
            QgsProcessingUtils.generateTempFilename("scene.tif"),
        )
        self._task = EngineTask(title, lambda task: made(path, task), self._open, self._failed).start()

    def _open(self, path: str) -> None:
        self._task, self._path = None, path
        project = QgsProject.instance()
        layers = (layer for layer in project.mapLayers().values() if layer.source() == path)
        layer = next(layers, None)
        if layer is None:
            layer = QgsRasterLayer(path, translate("SampleScene", "Sample scene"))
            project.addMapLayer(layer)
        self._iface.setActiveLayer(layer)
        self._iface.zoomToActiveLayer()
        open_algorithm(ALGORITHM, {"INPUT": layer.id()})

    def _failed(self, error: Exception) -> None:
        self._task = None
        tell(error)

    def close(self) -> None:
        """The plugin goes: nobody waits for the scene any more."""
        if self._task is not None:
            self._task.abandon()
            self._task = None


def made(path: str, progress) -> str:
    """The path, once the scene has been written there."""
    load(("scipy.ndimage", "scipy.interpolate", "scipy.sparse"), progress)
    from ..engine.samplescene import write_sample_scene

    write_sample_scene(path, progress=progress)
    return path

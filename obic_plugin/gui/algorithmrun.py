"""An algorithm of ours that a dock runs in the background, and a map that it makes again and again."""

from __future__ import annotations

from collections.abc import Callable

from qgis.core import (
    QgsApplication,
    QgsDataProvider,
    QgsProcessingAlgRunnerTask,
    QgsProcessingContext,
    QgsProcessingFeedback,
    QgsProcessingUtils,
    QgsProject,
    QgsRasterLayer,
)
from qgis.PyQt.QtCore import QCoreApplication, QTimer

from ..layertree import Origin, ResultGroup
from ..styling import dress

translate = QCoreApplication.translate  # by this name the tool that collects the texts knows it


class KeptErrors(QgsProcessingFeedback):
    """Keeps what went wrong, to be told in the dock."""

    def __init__(self):
        super().__init__(False)
        self.errors = []

    def reportError(self, error: str, fatalError: bool = False) -> None:
        self.errors.append(error)
        super().reportError(error, fatalError)


class AlgorithmRun:
    """``then(results)`` is told the results, ``otherwise(text)`` why there are none; nothing once it was stopped."""

    alive: set = set()  # a task uses context and feedback until it has ended, and keeps neither

    def __init__(self, name: str, values: dict, then: Callable, otherwise: Callable):
        self._then, self._otherwise = then, otherwise
        self._algorithm = QgsApplication.processingRegistry().createAlgorithmById(f"obic:{name}")
        self._context, self.feedback = QgsProcessingContext(), KeptErrors()
        self._context.setProject(QgsProject.instance())
        self._values = values

    def start(self) -> AlgorithmRun | None:
        """Begin; None where the values are refused, or packages lack, which is told."""
        good, why = self._algorithm.canExecute()
        if good:
            good, why = self._algorithm.checkParameterValues(self._values, self._context)
        if not good:
            self._otherwise(why)
            return None
        task = QgsProcessingAlgRunnerTask(self._algorithm, self._values, self._context, self.feedback)
        if task.isCanceled():  # what it is made of cannot be prepared
            self._otherwise(self._why())
            return None
        AlgorithmRun.alive.add(self)
        task.executed.connect(self._ended)
        QgsApplication.taskManager().addTask(task)
        return self

    def stop(self) -> None:
        self._then = self._otherwise = None
        self.feedback.cancel()

    def _ended(self, good: bool, results: dict) -> None:
        QTimer.singleShot(0, lambda: AlgorithmRun.alive.discard(self))
        if good and self._then is not None:
            self._then(results)
        elif not good and self._otherwise is not None:
            self._otherwise(self._why())

    def _why(self) -> str:
        return self.feedback.errors[-1] if self.feedback.errors else translate("AlgorithmRun", "It failed.")


class MapOfDock:
    """The map of a dock with its companions: each run shows a new one in the same layers."""

    STYLES = {"OUTPUT": "classes", "OUTPUT_CONFIDENCE": "confidence"}

    def __init__(self):
        self._layer_ids, self._group, self.paths = {}, None, {}

    def outputs(self, **more) -> dict:
        """Values of the outputs of a run: names that nobody has."""
        names = {"OUTPUT": "map.tif", "OUTPUT_CONFIDENCE": "confidence.tif", **more}
        return {key: QgsProcessingUtils.generateTempFilename(name) for key, name in names.items()}

    def hide(self) -> None:
        """Switch its layers off until there is a new one."""
        self._switch(False)

    def _switch(self, on: bool) -> None:
        root = QgsProject.instance().layerTreeRoot()
        for layer_id in self._layer_ids.values():
            node = root.findLayer(layer_id)
            if node is not None:
                node.setItemVisibilityChecked(on)

    def show(self, paths: dict, image) -> None:
        """Show the rasters of a run on an image."""
        self.paths, project = paths, QgsProject.instance()
        origin = Origin(image.name(), image.id())
        if self._group is None or self._group.origin != origin:
            self._group, self._layer_ids = ResultGroup(origin), {}
        titles = {
            "OUTPUT": translate("MapOfDock", "Map"),
            "OUTPUT_CONFIDENCE": translate("MapOfDock", "Confidence"),
        }
        for key, style in self.STYLES.items():
            layer = project.mapLayer(self._layer_ids.get(key, ""))
            if layer is None:
                layer = QgsRasterLayer(paths[key], titles[key])
                project.addMapLayer(layer)
                dress(layer, style)
                self._group.take(layer, style, project)
                self._layer_ids[key] = layer.id()
            else:
                layer.setDataSource(paths[key], layer.name(), "gdal", QgsDataProvider.ProviderOptions())
                dress(layer, style)
        self._switch(True)

"""The graphical models that come with the plugin: chains of its algorithms, to run or to open in the designer."""

from __future__ import annotations

from pathlib import Path

from qgis.core import QgsProcessingModelAlgorithm

from .resource import resource


class ObicModel(QgsProcessingModelAlgorithm):
    """A model from a file; its file name is its id, so that scripts need not quote its title."""

    def __init__(self, path: str):
        super().__init__()
        self._path = path
        self.fromFile(path)

    def createInstance(self) -> ObicModel:
        return ObicModel(self._path)

    def name(self) -> str:
        return Path(self._path).stem

    def shortDescription(self) -> str:
        return self.helpContent().get("ALG_DESC", "")


def models() -> list:
    """All models of the plugin. Where their algorithms are not registered yet, they lack their outputs."""
    return [ObicModel(str(path)) for path in sorted(resource("resources/models").glob("*.model3"))]

"""The Processing provider: one algorithm for each entry of METHODS, and the models."""

from __future__ import annotations

from qgis.core import QgsApplication, QgsProcessingProvider
from qgis.PyQt.QtGui import QIcon

from .algorithm import ObicAlgorithm
from .engine.methods import METHODS
from .models import models
from .resource import resource


class ObicProvider(QgsProcessingProvider):
    """Lists OBIC's algorithms; needs none of the packages that running them needs."""

    def id(self) -> str:
        return "obic"

    def name(self) -> str:
        return "OBIC"

    def longName(self) -> str:
        return self.tr("OBIC: land cover with few labels")

    def icon(self) -> QIcon:
        return QIcon(str(resource("resources/icon.svg")))

    def supportedOutputRasterLayerExtensions(self) -> list:
        """With those of formats that can only be copied into, such as PNG: QGIS leaves them out, and its dialogs refuse
        what is not listed."""
        from .engine.raster.formats import KNOWN  # which needs GDAL, the Toolbox's list does not

        listed = super().supportedOutputRasterLayerExtensions()
        return listed + [ending[1:] for ending in KNOWN if ending[1:] not in listed]

    def loadAlgorithms(self) -> None:
        for method in METHODS:
            self.addAlgorithm(ObicAlgorithm(method))
        if QgsApplication.processingRegistry().providerById(self.id()) is not None:
            # not before: a model looks for its algorithms among those of registered providers
            for model in models():
                self.addAlgorithm(model)

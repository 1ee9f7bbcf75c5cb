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

    def loadAlgorithms(self) -> None:
        for method in METHODS:
            self.addAlgorithm(ObicAlgorithm(method))
        if QgsApplication.processingRegistry().providerById(self.id()) is not None:
            # not before: a model looks for its algorithms among those of registered providers
            for model in models():
                self.addAlgorithm(model)

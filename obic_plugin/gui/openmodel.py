"""Plugins > OBIC > Open a model…: a file with what was learned, in the dialog of the algorithm that goes on with it."""

from __future__ import annotations

import os

from qgis.core import QgsSettings
from qgis.PyQt.QtCore import QCoreApplication
from qgis.PyQt.QtWidgets import QFileDialog

from ..engine.errors import ModelError
from ..engine.modelkind import method_for
from .start import open_algorithm
from .task import tell

translate = QCoreApplication.translate  # by this name the tool that collects the texts knows it
FOLDER_KEY = "obic/model_folder"  # where the last one was, in QGIS's settings


def ask_for_model(iface) -> None:
    """Lets the user choose a file, and opens it."""
    folder = QgsSettings().value(FOLDER_KEY, "", type=str)
    files = f"{translate('OpenModel', 'Models')} (*.safetensors)"
    title = translate("OpenModel", "Open a model")
    path, _ = QFileDialog.getOpenFileName(iface.mainWindow(), title, folder, files)
    if path:
        QgsSettings().setValue(FOLDER_KEY, os.path.dirname(path))
        open_model(path)


def open_model(path: str):
    """The dialog of the algorithm for this model, with the model filled in; a word why there is none, and None."""
    try:
        return open_algorithm(f"obic:{method_for(path)}", {"MODEL": path})
    except ModelError as error:
        tell(error)
        return None

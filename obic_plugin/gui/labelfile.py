"""Where labels are kept: a scratch layer ends with QGIS, a file does not."""

from __future__ import annotations

from pathlib import Path

from qgis.core import QgsDataProvider, QgsProject, QgsVectorFileWriter
from qgis.PyQt.QtCore import QCoreApplication

from ..engine.sources import LayerSource

translate = QCoreApplication.translate  # by this name the tool that collects the texts knows it
SUFFIX, LAYER = ".gpkg", "labels"


def is_scratch(layer) -> bool:
    """Whether a layer is in memory alone."""
    return layer.providerType() == "memory"


def state_of(layer) -> str:
    """Whether what is drawn is safe, in a sentence; empty where there is nothing to lose."""
    if is_scratch(layer):
        lost = translate("LabelFile", "Not saved yet: these labels end with QGIS.")
        return lost if layer.featureCount() else ""
    if layer.isModified():
        return translate("LabelFile", "The last changes are not saved yet.")
    file = Path(LayerSource.parse(layer.source()).path)
    return translate("LabelFile", "Saved in {}.").format(file.name if file.is_file() else layer.name())


def proposed_path(image) -> str:
    """A file that nobody has, in the project's folder, else beside the image, else in the home folder."""
    source, project = Path(image.source()), QgsProject.instance().absolutePath()
    folder = Path(project) if project else source.parent if source.is_file() else Path.home()
    stem, number = f"{source.stem if source.is_file() else LAYER}_labels", 1
    path = folder / f"{stem}{SUFFIX}"
    while path.exists():
        number += 1
        path = folder / f"{stem}_{number}{SUFFIX}"
    return str(path)


def keep(layer, path: str) -> str:
    """Move a scratch layer into a file of its own, where it is the same layer of the project still; why that cannot be
    done, empty where it was. What is there already is never overwritten."""
    target = Path(path if path.lower().endswith(SUFFIX) else f"{path}{SUFFIX}")
    if target.exists():
        return translate("LabelFile", "{} is there already. Choose another name.").format(target)
    layer.commitChanges()
    options, context = QgsVectorFileWriter.SaveVectorOptions(), QgsProject.instance().transformContext()
    options.driverName, options.layerName = "GPKG", LAYER
    error, why, *_ = QgsVectorFileWriter.writeAsVectorFormatV3(layer, str(target), context, options)
    if error != QgsVectorFileWriter.WriterError.NoError:
        target.unlink(missing_ok=True)
        return translate("LabelFile", "{} cannot be written: {}").format(target, why)
    layer.setDataSource(
        LayerSource(str(target), LAYER).text, layer.name(), "ogr", QgsDataProvider.ProviderOptions()
    )
    layer.saveStyleToDatabase(LAYER, "", True, "")  # the colors of the classes, for other projects
    return ""


def save_changes(layer) -> str:
    """Bring what was changed into the file; why that cannot be done, empty where it was."""
    return "" if layer.commitChanges(False) else " ".join(layer.commitErrors())

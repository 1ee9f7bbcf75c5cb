"""Inside QGIS: opens the dialog of every algorithm in projects with different layers."""

from __future__ import annotations


def main(desk) -> None:
    import processing
    from processing.gui.BatchAlgorithmDialog import BatchAlgorithmDialog
    from qgis.core import QgsApplication, QgsProject, QgsRasterLayer, QgsVectorLayer

    registry, project = QgsApplication.processingRegistry(), QgsProject.instance()
    names = sorted(algorithm.id() for algorithm in registry.providerById("obic").algorithms())
    layers = {
        "nothing": [],
        "a raster": [lambda: QgsRasterLayer(desk.told["image"], "image")],
        "a vector": [lambda: QgsVectorLayer(desk.told["polygons"], "places")],
    }
    opened, forms = [], {}
    for content, makers in layers.items():
        project.clear()
        project.addMapLayers([make() for make in makers])
        for name in names:
            desk.note(doing=f"opening {name} in a project with {content}")
            dialog = processing.createAlgorithmDialog(name, {})
            dialog.show()
            desk.wait(seconds=0.05)
            forms[name] = choices_of(dialog)
            dialog.close()
            opened.append([name, content])
    desk.note(algorithms=names, opened=opened, forms=forms)
    project.clear()
    image = layers["a raster"][0]()
    places = layers["a vector"][0]()
    project.addMapLayers([image, places])
    desk.note(fields=fields_of_references(desk, image, places))
    batches = []
    for name in names:
        desk.note(doing=f"opening the batch of {name}")
        batch = BatchAlgorithmDialog(registry.createAlgorithmById(name))
        batch.show()
        desk.wait(seconds=0.05)
        batches.append(name)
        batch.close()
    desk.note(batches=batches, designer=in_the_designer(desk), menu=menu_of(), toolbox=toolbox_of())


def choices_of(dialog) -> dict:
    """{parameter: [value, what is shown of it]} of all boxes with choices."""
    from obic_plugin.gui.formwidgets import ChoiceWidget

    wrappers = dialog.mainWidget().wrappers
    return {
        name: [[w.widget.itemData(i), w.widget.itemText(i)] for i in range(w.widget.count())]
        for name, w in wrappers.items()
        if isinstance(w, ChoiceWidget)
    }


def fields_of_references(desk, image, places) -> dict:
    """What each form with a reference lists as fields, with a raster and with polygons chosen."""
    import processing

    listed = {}
    parents = {"accuracy": "REFERENCE", "editclasses": "REFERENCE", "meancolor": "ZONES", "train": "LABELS"}
    for name, parent in parents.items():
        for kind, layer in (("raster", image), ("vector", places), ("raster again", image)):
            desk.note(doing=f"choosing a {kind} as {parent} of {name}")
            dialog = processing.createAlgorithmDialog(f"obic:{name}", {parent: layer.id()})
            dialog.show()
            desk.wait(seconds=0.05)
            box = dialog.mainWidget().wrappers["FIELD"].widget
            listed[f"{name}, {kind}"] = [box.itemText(i) for i in range(box.count())]
            dialog.close()
    return listed


def in_the_designer(desk) -> dict:
    """The forms of a step in the Model Designer, and the model that the menu opens there."""
    from processing.modeler.ModelerDialog import ModelerDialog
    from processing.modeler.ModelerParametersDialog import ModelerParametersDialog
    from qgis.core import QgsApplication, QgsProcessingModelAlgorithm
    from qgis.PyQt.QtWidgets import QComboBox
    from qgis.utils import iface

    shown = {}
    for name in ("unsupervisedsegmentation", "accuracy"):
        desk.note(doing=f"opening obic:{name} in the Model Designer")
        step = QgsApplication.processingRegistry().createAlgorithmById(f"obic:{name}")
        dialog = ModelerParametersDialog(step, QgsProcessingModelAlgorithm())
        boxes = dialog.findChildren(QComboBox)
        shown[name] = [[b.itemData(i), b.itemText(i)] for b in boxes for i in range(b.count())]
        shown[name] = [pair for pair in shown[name] if isinstance(pair[0], str)]
        made = dialog.createAlgorithm()
        sources = {name: source for name, source in made.parameterSources().items() if source}
        shown[f"{name} saved"] = {
            key: sources[key][0].staticValue() for key in ("EFFORT", "MATCHING") if key in sources
        }
        dialog.close()
    desk.note(doing="opening the model in the Model Designer")
    before = len(ModelerDialog.dlgs)
    action = next(a for a in actions_of(iface) if a.objectName().startswith("obicDesign"))
    action.trigger()
    desk.wait(seconds=0.2)
    designer = ModelerDialog.dlgs[-1]
    shown["designed"] = [
        len(ModelerDialog.dlgs) - before,
        sorted(designer.model().childAlgorithms()),
        designer.model().sourceFilePath(),
    ]
    designer.close()
    return shown


def actions_of(iface) -> list:
    from qgis.PyQt.QtWidgets import QAction

    return iface.mainWindow().findChildren(QAction)


def menu_of() -> list:
    from qgis.utils import iface

    return [a.text() for a in actions_of(iface) if a.objectName().startswith("obic")]


def toolbox_of() -> list:
    """(group id, group) of all algorithms, each once."""
    from qgis.core import QgsApplication

    algorithms = QgsApplication.processingRegistry().providerById("obic").algorithms()
    return sorted({(a.groupId(), a.group()) for a in algorithms})

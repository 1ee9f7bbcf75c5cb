"""Inside QGIS: runs the main job in all the ways that a user has, and notes how its layers look and lie."""

from __future__ import annotations

MAIN = "obic:unsupervisedsegmentation"
OUTPUTS = ("OUTPUT", "OUTPUT_CONFIDENCE", "OUTPUT_SUPERPIXELS", "OUTPUT_POLYGONS")
TEMPORARY = dict.fromkeys(OUTPUTS, "TEMPORARY_OUTPUT")
PATIENCE_S = 600
WAYS = (
    "dialog",
    "stopped",
    "edit_classes",
    "model",
    "batch",
    "console",
    "dialog_named",
    "train",
    "two_dates",
    "dated",
    "tags",
)


def main(desk) -> None:
    drive = Drive(desk)
    for way in desk.told.get("ways", WAYS):
        desk.note(doing=f"running by {way}")
        drive.begin()
        facts = getattr(drive, way)()
        desk.note(**{way: facts})


class Drive:
    def __init__(self, desk):
        from qgis.core import QgsProject

        self.desk, self.project = desk, QgsProject.instance()

    def begin(self) -> None:
        from qgis.core import QgsRasterLayer
        from qgis.utils import iface

        self.project.clear()
        self.image = QgsRasterLayer(self.desk.told["image"], "scene")
        self.project.addMapLayer(self.image)
        iface.setActiveLayer(self.image)

    def settings(self, **more) -> dict:
        return {"INPUT": self.image.id(), "EFFORT": "draft", "CLASSES": 6, **more}

    def named(self, folder: str) -> dict:
        from pathlib import Path

        home = Path(self.desk.told["folder"]) / folder
        home.mkdir(exist_ok=True)
        return {name: str(home / f"{name.lower()}.{'gpkg' if 'POLY' in name else 'tif'}") for name in OUTPUTS}

    def run(self, name: str, settings: dict, n_layers: int) -> str:
        """Run from the dialog, wait for so many new layers; returns the dialog's log."""
        import processing

        dialog = processing.createAlgorithmDialog(name, settings)
        dialog.show()
        before, ended = len(self.project.mapLayers()), []
        dialog.algorithmFinished.connect(lambda *_: ended.append(True))
        dialog.runAlgorithm()
        self.desk.wait(lambda: ended, PATIENCE_S)
        log = log_of(dialog)
        dialog.close()
        if len(self.project.mapLayers()) != before + n_layers:
            raise RuntimeError(
                f"{len(self.project.mapLayers()) - before} layers instead of {n_layers}: {log}"
            )
        return log

    def dialog(self) -> dict:
        from qgis.utils import iface

        self.run(MAIN, self.settings(**TEMPORARY), 4)
        return {**self.tree(), "active": iface.activeLayer().name(), "next": self.proposed("INPUT")}

    def proposed(self, name: str) -> str:
        """The layer that the next dialog begins with."""
        import processing

        dialog = processing.createAlgorithmDialog(MAIN, {})
        try:
            wrapper = dialog.mainWidget().wrappers[name]
            return self.project.mapLayer(wrapper.parameterValue()).name()
        finally:
            dialog.close()

    def dialog_named(self) -> dict:
        self.run(MAIN, self.settings(**self.named("dialog")), 4)
        return self.tree()

    def batch(self) -> dict:
        from processing.gui.BatchAlgorithmDialog import BatchAlgorithmDialog
        from qgis.core import QgsApplication, QgsProcessingContext

        algorithm = QgsApplication.processingRegistry().createAlgorithmById(MAIN)
        batch = BatchAlgorithmDialog(algorithm)
        batch.show()
        panel = batch.mainWidget()
        panel.checkLoadLayersOnCompletion.setChecked(True)
        panel.addRow()
        columns = panel.parameter_to_column
        for row, image in enumerate((self.desk.told["image"], self.desk.told["other"])):
            values = {**self.settings(INPUT=image), **self.named(f"batch{row}")}
            for name, value in values.items():
                if name in OUTPUTS:
                    panel.tblParameters.cellWidget(row + 1, columns[name]).setValue(value)
                else:
                    panel.wrappers[row][columns[name]].setParameterValue(value, QgsProcessingContext())
        batch.runAlgorithm()
        log = log_of(batch)
        batch.close()
        return {**self.tree(), "log": log}

    def model(self) -> dict:
        places = self.desk.told["polygons"]
        settings = {"image": self.image.id(), "classes": 6, "names": places, "namefield": "kind"}
        settings.update({"check": places, "checkfield": "kind", "accuracy:Accuracy": "TEMPORARY_OUTPUT"})
        settings.update({"name:Map": "TEMPORARY_OUTPUT", "polygons:Polygons": "TEMPORARY_OUTPUT"})
        self.run("obic:mapandname", settings, 2)
        return self.tree()

    def console(self) -> dict:
        import processing

        processing.runAndLoadResults(MAIN, self.settings(**TEMPORARY))
        facts = self.tree()
        results = processing.run(MAIN, self.settings(**TEMPORARY))
        facts["not loaded"] = {name: look_of(results[name]) for name in OUTPUTS}
        return facts

    def edit_classes(self) -> dict:
        """The table with a value and a name, and empty cells between them."""
        import processing
        from qgis.core import NULL, QgsRasterLayer

        made = processing.run(MAIN, self.settings(**self.named("edited")))["OUTPUT"]
        mapped = made if isinstance(made, QgsRasterLayer) else QgsRasterLayer(made, "mapped")
        self.project.addMapLayer(mapped)
        rows = ["1", NULL, "water", NULL, "2", "", "wood", NULL]
        self.run("obic:editclasses", {"INPUT": mapped.id(), "CLASSES": rows, "OUTPUT": "TEMPORARY_OUTPUT"}, 1)
        names = {
            "REFERENCE": self.desk.told["polygons"],
            "FIELD": "kind",
        }  # and a table that nobody has opened
        self.run("obic:editclasses", {"INPUT": mapped.id(), **names, "OUTPUT": "TEMPORARY_OUTPUT"}, 1)
        return self.tree()

    def stopped(self) -> dict:
        """Cancelled at a tenth of the work."""
        import os

        import processing

        paths = self.named("stopped")
        dialog = processing.createAlgorithmDialog(MAIN, self.settings(EFFORT="thorough", **paths))
        dialog.show()
        dialog.runAlgorithm()
        feedback = dialog.feedback
        feedback.progressChanged.connect(lambda percent: feedback.cancel() if percent > 10 else None)
        self.desk.wait(lambda: dialog.feedback is None, PATIENCE_S)
        log = log_of(dialog)
        dialog.close()
        return {
            "log": log,
            "files": [name for name in os.listdir(os.path.dirname(paths["OUTPUT"])) if ".aux" not in name],
            "layers": len(self.project.mapLayers()),
        }

    def train(self) -> dict:
        """A few polygons on a scratch layer that is still being edited, the map; places to label next, with a class,
        and the map again."""
        from pathlib import Path

        from qgis.core import QgsFeature, QgsVectorLayer

        known = QgsVectorLayer(self.desk.told["polygons"], "known")
        drawn = QgsVectorLayer(f"Polygon?crs={known.crs().authid()}&field=kind:string", "drawn", "memory")
        self.project.addMapLayer(drawn)
        drawn.startEditing()
        for polygon in known.getFeatures():
            feature = QgsFeature(drawn.fields())
            feature.setGeometry(polygon.geometry())
            feature["kind"] = polygon["kind"]
            drawn.addFeature(feature)
        model = str(Path(self.desk.told["folder"]) / "learned.safetensors")
        given = {"INPUT": [self.image.id()], "LABELS": [drawn.id()], "FIELD": "kind", **TEMPORARY}
        self.run("obic:train", {**given, "OUTPUT_MODEL": model}, 4)
        facts = self.tree()
        wanted = {"INPUT": self.image.id(), "MODEL": model, "LABELS": drawn.id(), "COUNT": 3, "SIZE": 8}
        facts["log"] = self.run("obic:suggestlabels", {**wanted, "OUTPUT": "TEMPORARY_OUTPUT"}, 1)
        self.picture("trained.png")
        drawn.rollBack()
        return {**facts, "after": self.tree()["rows"]}

    def two_dates(self) -> dict:
        """What changed between two images without labels, and another threshold for the score."""
        later, score = self.later(), self.at("score.tif")
        given = {"INPUT": self.image.id(), "INPUT2": later.id(), "OUTPUT": "TEMPORARY_OUTPUT"}
        more = {
            "OUTPUT_SCORE": score,
            "OUTPUT_POLYGONS": "TEMPORARY_OUTPUT",
            "OUTPUT_REPORT": self.at("changed.html"),
        }
        facts = {"log": self.run("obic:change", {**given, **more}, 3), **self.tree()}
        self.picture("changed.png")
        (loaded,) = (layer for layer in self.project.mapLayers().values() if layer.source() == score)
        self.run("obic:changemask", {"INPUT": loaded.id(), "THRESHOLD": 80, "OUTPUT": "TEMPORARY_OUTPUT"}, 1)
        return {**facts, "after": self.tree()["rows"]}

    def dated(self) -> dict:
        """Polygons with a class for each date, a model, and what became of what."""
        from qgis.core import QgsFeature, QgsVectorLayer

        later, known = self.later(), QgsVectorLayer(self.desk.told["polygons"], "known")
        fields = "field=kind:string&field=later:string"
        drawn = QgsVectorLayer(f"Polygon?crs={known.crs().authid()}&{fields}", "drawn", "memory")
        self.project.addMapLayer(drawn)
        drawn.startEditing()
        for polygon in known.getFeatures():
            feature = QgsFeature(drawn.fields())
            feature.setGeometry(polygon.geometry())
            feature["kind"] = polygon["kind"]
            feature["later"] = "water" if polygon["kind"] == "town" else polygon["kind"]
            drawn.addFeature(feature)
        model = self.at("dates.safetensors")
        given = {
            "INPUT": [self.image.id()],
            "INPUT2": [later.id()],
            "LABELS": [drawn.id()],
            "LABELS2": [drawn.id()],
        }
        given.update({"FIELD": "kind", "FIELD2": "later", "STEPS": 30, "OUTPUT_MODEL": model})
        self.run("obic:trainchange", given, 0)
        names = ("OUTPUT", "OUTPUT_CLASSES", "OUTPUT_CLASSES2", "OUTPUT_PROBABILITY", "OUTPUT_POLYGONS")
        wanted = {
            "INPUT": self.image.id(),
            "INPUT2": later.id(),
            "MODEL": model,
            "OUTPUT_REPORT": self.at("dated.html"),
        }
        log = self.run("obic:detectchange", {**wanted, **dict.fromkeys(names, "TEMPORARY_OUTPUT")}, 5)
        self.picture("dated.png")
        drawn.rollBack()
        return {"log": log, **self.tree()}

    def later(self):
        """The image of the second date, below that of the first."""
        from qgis.core import QgsRasterLayer

        layer = QgsRasterLayer(self.desk.told["later"], "later")
        self.project.addMapLayer(layer, False)
        self.project.layerTreeRoot().addLayer(layer)
        return layer

    def tags(self) -> dict:
        """A grid of chips, tags typed into their attribute table, what these cannot tell, and the map from them."""
        page, stages = (
            self.at("together.html"),
            ("OUTPUT_ACTIVATION", "OUTPUT_PSEUDO", "OUTPUT_UNCERTAINTY"),
        )
        grid = {"INPUT": [self.image.id()], "SIZE": 24, "OUTPUT": "TEMPORARY_OUTPUT"}
        self.run("obic:chips", grid, 1)
        (chips,) = (layer for layer in self.project.mapLayers().values() if layer != self.image)
        self.picture("grid.png")
        typed = self.type_tags(chips, self.desk.told["tags"])
        self.picture("tagged.png")
        log = self.run("obic:cooccurrence", {"CHIPS": chips.id(), "OUTPUT_HTML": page}, 0)
        given = {"INPUT": [self.image.id()], "CHIPS": chips.id(), "OUTPUT": "TEMPORARY_OUTPUT"}
        self.run("obic:trainfromtags", {**given, **dict.fromkeys(stages, "TEMPORARY_OUTPUT")}, 4)
        self.picture("mapped.png")
        facts = {**self.tree(), "typed": typed, "log": log, "page": page, "labels": chips.labelsEnabled()}
        (older,) = (layer for layer in self.project.mapLayers().values() if layer.name() == "Map")
        anew = {"image": self.image.id(), "labels": older.id(), "size": 24, "share": 5}
        outputs = ("chips:Chips", "tags:Tags", "train:Map", "accuracy:Agreement")
        self.run("obic:chipstagsmap", {**anew, **dict.fromkeys(outputs, "TEMPORARY_OUTPUT")}, 2)
        return {**facts, "after": self.tree()["rows"]}

    def type_tags(self, chips, tags: list) -> list:
        """Type them into the attribute table, row by row, and save; returns what the layer then holds."""
        from qgis.PyQt.QtCore import Qt
        from qgis.PyQt.QtTest import QTest
        from qgis.PyQt.QtWidgets import QLineEdit, QTableView
        from qgis.utils import iface

        chips.startEditing()
        window = iface.showAttributeTable(chips)
        self.desk.wait(seconds=0.5)
        table = window.findChild(QTableView)
        rows = table.model()
        column = next(i for i in range(rows.columnCount()) if rows.headerData(i, Qt.Horizontal) == "tags")
        for row, text in enumerate(tags):
            cell = rows.index(row, column)
            table.setCurrentIndex(cell)
            table.edit(cell)
            self.desk.wait(lambda: table.viewport().findChild(QLineEdit), 5)
            editor = table.viewport().findChild(QLineEdit)
            editor.selectAll()
            QTest.keyClicks(editor, text)
            QTest.keyClick(editor, Qt.Key_Return)
            self.desk.wait(lambda: table.viewport().findChild(QLineEdit) is None, 5)
        window.grab().save(self.at("table.png"))
        chips.commitChanges()
        window.close()
        return [feature["tags"] for feature in chips.getFeatures()]

    def at(self, name: str) -> str:
        from pathlib import Path

        return str(Path(self.desk.told["folder"]) / name)

    def picture(self, name: str) -> None:
        """Of the window, in the folder."""
        from qgis.utils import iface

        iface.mapCanvas().zoomToFullExtent()
        self.desk.wait(seconds=2)
        iface.mainWindow().grab().save(self.at(name))

    def tree(self) -> dict:
        """Layers from top to bottom: [group, name, renderer, number of legend entries, switched on, unfolded]."""
        self.desk.wait(seconds=0.2)
        rows = []
        for node in self.project.layerTreeRoot().findLayers():
            group = node.parent().name()
            if group and node.parent().parent() != self.project.layerTreeRoot():
                group = f"{node.parent().parent().name()} > {group}"
            rows.append([group, node.name(), *look_of(node.layer()), node.isVisible(), node.isExpanded()])
        return {"rows": rows}


def log_of(dialog) -> str:
    from qgis.PyQt.QtWidgets import QTextEdit

    return dialog.findChild(QTextEdit, "txtLog").toPlainText()


def look_of(layer) -> list:
    """[renderer, number of its classes, the first colors]."""
    from qgis.core import QgsRasterLayer, QgsVectorLayer

    if isinstance(layer, str):
        layer = QgsVectorLayer(layer) if ".gpkg" in layer else QgsRasterLayer(layer)
    renderer = layer.renderer()
    entries = getattr(renderer, "classes", getattr(renderer, "categories", list))()
    return [type(renderer).__name__, len(entries)]

"""The label dock: a few polygons of each class, the map, and where to label next, round by round.

What its users do with it: they write the classes that they want, choose one and draw two or three polygons of it with
QGIS's own tools, then the next. They train, look at the map, press Suggest next, see a place of which the map is
unsure, press the number of its class, see the next place; after ten of them they train again and want to see the
number grow that says how good the map is.

What would disappoint them: a form to fill in after each polygon; to look for the attribute table; labels that are lost;
maps that pile up in the layer tree; not to know whether another round is worth it; an error after all of the drawing.
So: the class is filled in, places become labels by one key, the map is refreshed where it is, the accuracy so far and
the last one before it are shown, polygons are counted class by class, refusals are said in the dock.
"""

from __future__ import annotations

from qgis.core import QgsProcessingUtils, QgsVectorLayer
from qgis.PyQt.QtCore import QCoreApplication, QSize
from qgis.PyQt.QtGui import QColor, QIcon, QPixmap
from qgis.PyQt.QtWidgets import QFileDialog, QLabel

from .labelfile import is_scratch, keep, proposed_path, save_changes, state_of
from .labellayer import FIELD, LabelLayer
from .rundock import NAME, RunDock

translate = QCoreApplication.translate  # by this name the tool that collects the texts knows it
N_PLACES = 10


class LabelDock(RunDock):
    """Labels of one image, for Train from labels and Suggest labels."""

    def __init__(self, iface):
        super().__init__(iface, "obicLabelDock", translate("LabelDock", "Labels"))
        self.labels, self._models, self._accuracies = None, {}, {}  # of each image that was trained on
        self.layer_box.setAllowEmptyLayer(True, translate("LabelDock", "A new layer"))
        self.layer_box.setCurrentIndex(0)  # that one
        hint = translate("LabelDock", "Add a class: its name, then Enter")
        self.new_class = self._entry("obicNewClass", hint, self._add_class)
        self.classes = self._list("obicLabelClasses")
        self.classes.setIconSize(QSize(14, 14))
        self.classes.currentRowChanged.connect(lambda row: self.draw(row) if row >= 0 else None)
        self.suggest_button = self._button(translate("LabelDock", "Suggest next"), self.suggest)
        self.save_button = self._button(translate("LabelDock", "Save labels…"), self.save)
        self.accuracy, self.kept = QLabel(self._content), QLabel(self._content)
        self.kept.setWordWrap(True)
        buttons = [[self.suggest_button, self.train_button, self.stop_button]]
        words = self.accuracy, self.told
        parts = self.new_class, self.classes, [[self.kept, self.save_button]], buttons, *words
        self._lay_out(translate("LabelDock", "Labels"), *parts)
        self._open()
        self.image.layerChanged.connect(self._another_image)
        self._tell(
            translate("LabelDock", "Write the name of a class, press Enter, and draw two polygons of it.")
        )

    def _another_image(self, image) -> None:
        """Places are of the image before; the model and how good it is are of each image."""
        self.places.put([], None)
        self._tell_accuracy(image)
        self._enable()

    @property
    def _layer(self):
        return self.labels.layer if self.labels is not None else None

    # classes and what is drawn of them

    def _choose_layer(self, layer) -> None:
        if layer is not None and not LabelLayer.fits(layer):
            self._tell(translate("LabelDock", "Choose polygons with a field called class, or a new layer."))
            layer = None
        self._use(LabelLayer(layer) if layer is not None else None)

    def _use(self, labels: LabelLayer | None) -> None:
        self.labels = labels
        self._listen(self._layer, self._show)
        self._show()

    def _add_class(self) -> None:
        """Add what is written, in a new layer where there is none, and draw it."""
        name, image = self.new_class.text().strip(), self.image.currentLayer()
        if not name:
            return
        if self.labels is None:
            if image is None:
                self._tell(translate("LabelDock", "Choose an image first."))
                return
            labels = LabelLayer.new(image.crs(), translate("LabelDock", "Labels"))
            self.layer_box.blockSignals(True)
            self.layer_box.setLayer(labels.layer)
            self.layer_box.blockSignals(False)
            self._use(labels)
        self.labels.add_class(name)
        self._clear(self.new_class)
        self._show()
        names = [known for known, _, _ in self.labels.classes()]
        self.classes.setCurrentRow(names.index(name))

    def draw(self, row: int) -> None:
        """Draw polygons of a class with QGIS's own tool."""
        if self.labels is None:
            return
        name = self.classes.item(row).data(NAME)
        self.labels.draw_next(name)
        self._iface.setActiveLayer(self.labels.layer)
        self._iface.actionAddFeature().trigger()
        self._tell(translate("LabelDock", "Draw polygons of {}; a right click ends each.").format(name))

    def _show(self, *_) -> None:
        """The classes with how many polygons each has."""
        row = self.classes.currentRow()
        self.classes.blockSignals(True)
        self.classes.clear()
        for name, color, count in self.labels.classes() if self.labels else ():
            picture = QPixmap(14, 14)
            picture.fill(QColor(*color))
            self._add_row(self.classes, name, count).setIcon(QIcon(picture))
        self.classes.setCurrentRow(row)
        self.classes.blockSignals(False)
        self._enable()

    def _enable(self) -> None:
        super()._enable()
        layer = self._layer
        self.kept.setText(state_of(layer) if layer is not None else "")
        unsafe = layer is not None and (
            layer.isModified() or (is_scratch(layer) and layer.featureCount() > 0)
        )
        self.save_button.setEnabled(self._run is None and unsafe)
        self.suggest_button.setEnabled(self._run is None and self.image.currentLayer() is not None)

    def _can_train(self) -> bool:
        return self.labels is not None and sum(count > 0 for _, _, count in self.labels.classes()) > 1

    # where they are kept

    def save(self) -> None:
        """Into a file that is asked for; changes of one into that."""
        layer, image, row = self._layer, self.image.currentLayer(), self.classes.currentRow()
        if layer is None:
            return
        if is_scratch(layer):
            title, files = translate("LabelDock", "Save labels"), "GeoPackage (*.gpkg)"
            kept_as = QFileDialog.Option.DontConfirmOverwrite  # which is refused
            path, _ = QFileDialog.getSaveFileName(
                self, title, proposed_path(image or layer), files, "", kept_as
            )
            why = keep(layer, path) if path else ""
        else:
            why = save_changes(layer)
        self._show()
        if why:
            self._tell(why)
        elif row >= 0:
            self.draw(row)

    # places

    def suggest(self) -> None:
        """The next place; new ones where all have been seen."""
        if self.places.go(self.places.index + 1):
            self._map.hide()  # over which nobody sees what the place is
            self._tell_place()
            return
        image = self.image.currentLayer()
        if image is None or self._run is not None:
            return
        values = {
            "INPUT": image.id(),
            "COUNT": N_PLACES,
            "OUTPUT": QgsProcessingUtils.generateTempFilename("places.gpkg"),
        }
        if image.id() in self._models:
            values["MODEL"] = self._models[image.id()]
        if self.labels is not None and self.labels.counts():
            self._save()
            values["LABELS"] = self.labels.layer.id()
        self._begin("suggestlabels", values, self._suggested, translate("LabelDock", "Looking for places…"))

    def _suggested(self, results: dict) -> None:
        layer = QgsVectorLayer(results["OUTPUT"], "places")
        self.places.put([feature.geometry() for feature in layer.getFeatures()], layer.crs())
        self.suggest()

    def _tell_place(self) -> None:
        text = translate("LabelDock", "Place {} of {}: press the number of its class.")
        self._tell(text.format(self.places.index + 1, len(self.places.geometries)))

    def _has_key(self, key: str) -> bool:
        n_classes = len(self.labels.classes()) if self.labels else 0
        return self.places.current is not None and self._is_number(key, n_classes)

    def _press(self, key: str) -> None:
        """The place is of the class with this number; the next one, while there is any."""
        name, _, _ = self.labels.classes()[int(key) - 1]
        self.labels.add(self.places.geometry_in(self.labels.layer.crs()), name)
        if self.places.go(self.places.index + 1):
            self._tell_place()
        else:
            self._tell(translate("LabelDock", "All places are labeled. Train, then look at new ones."))

    # training

    def _save(self) -> None:
        """What was drawn is in the layer; while it gets there, it is counted twice."""
        self.labels.save()
        self._show()

    def _training(self, image, layer) -> tuple:
        outputs = self._map.outputs(OUTPUT_MODEL="model.safetensors")
        return "train", {"INPUT": [image.id()], "LABELS": [layer.id()], "FIELD": FIELD, **outputs}

    def _trained(self, results: dict, image) -> None:
        """Labels can be drawn on at once."""
        super()._trained(results, image)
        self._models[image.id()] = results["OUTPUT_MODEL"]
        self._accuracies.setdefault(image.id(), []).append(results.get("OVERALL_ACCURACY"))
        if self._layer is not None:
            self._iface.setActiveLayer(self._layer)
        self.places.put([], image.crs())
        self._tell_accuracy(self.image.currentLayer())

    def _tell_accuracy(self, image) -> None:
        """How good the map of an image is, and was before; nothing where there is none."""
        found = self._accuracies.get(image.id(), []) if image is not None else []
        known = [accuracy for accuracy in found if accuracy is not None]
        if not found:
            text = ""
        elif found[-1] is None:
            text = translate("LabelDock", "Draw a second polygon of each class to know how good the map is.")
        else:
            text = translate("LabelDock", "{} of the places left out are right").format(f"{known[-1]:.1%}")
            if len(known) > 1:
                before = translate("LabelDock", "before: {}").format(f"{known[-2]:.1%}")
                text = translate("LabelDock", "{} ({})").format(text, before)
        self.accuracy.setText(text)

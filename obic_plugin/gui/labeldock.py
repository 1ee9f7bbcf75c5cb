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

from qgis.core import QgsMapLayerProxyModel, QgsProcessingUtils, QgsProject, QgsVectorLayer
from qgis.gui import QgsDockWidget, QgsMapLayerComboBox
from qgis.PyQt import sip
from qgis.PyQt.QtCore import QCoreApplication, QSize, Qt
from qgis.PyQt.QtGui import QColor, QIcon, QPixmap
from qgis.PyQt.QtWidgets import (
    QCompleter,
    QFormLayout,
    QGridLayout,
    QLabel,
    QLineEdit,
    QListWidget,
    QListWidgetItem,
    QPushButton,
    QVBoxLayout,
    QWidget,
)

from ..layertree import put_on_top
from .algorithmrun import AlgorithmRun, MapOfDock
from .dockkeys import DockKeys
from .labellayer import FIELD, LabelLayer
from .landcover import usual_names
from .layerchoice import choose
from .places import Places

translate = QCoreApplication.translate  # by this name the tool that collects the texts knows it
N_PLACES = 10
NAME = Qt.ItemDataRole.UserRole


class LabelDock(QgsDockWidget):
    """Labels of one image, for Train from labels and Suggest labels."""

    def __init__(self, iface):
        super().__init__(translate("LabelDock", "Labels"), iface.mainWindow())
        self.setObjectName("obicLabelDock")
        self._iface, self._canvas = iface, iface.mapCanvas()
        self.labels, self._run, self._model, self.accuracies = None, None, "", []
        self.places, self._map = Places(self._canvas), MapOfDock()
        self._make_widgets()
        choose(self.image, "image", iface.activeLayer())
        self._keys = DockKeys(self, self._canvas, self._has_key, self._press)
        QgsProject.instance().layersWillBeRemoved.connect(self._forget)
        self._show()

    def _make_widgets(self) -> None:
        content = QWidget(self)
        self.image = QgsMapLayerComboBox(content)
        self.image.setFilters(QgsMapLayerProxyModel.Filter.RasterLayer)
        self.layer_box = QgsMapLayerComboBox(content)
        self.layer_box.setFilters(QgsMapLayerProxyModel.Filter.PolygonLayer)
        self.layer_box.setAllowEmptyLayer(True, translate("LabelDock", "A new layer"))
        self.layer_box.setLayer(None)
        self.layer_box.layerChanged.connect(self._choose_layer)
        form = QFormLayout()
        form.addRow(translate("LabelDock", "Image"), self.image)
        form.addRow(translate("LabelDock", "Labels"), self.layer_box)
        self.new_class = QLineEdit(content)
        self.new_class.setObjectName("obicNewClass")
        self.new_class.setPlaceholderText(translate("LabelDock", "Add a class: its name, then Enter"))
        completer = QCompleter(list(usual_names()), self.new_class)
        completer.setCaseSensitivity(Qt.CaseSensitivity.CaseInsensitive)
        self.new_class.setCompleter(completer)
        self.new_class.returnPressed.connect(self._add_class)
        self.classes = QListWidget(content)
        self.classes.setObjectName("obicLabelClasses")
        self.classes.setIconSize(QSize(14, 14))
        self.classes.currentRowChanged.connect(lambda row: self.draw(row) if row >= 0 else None)
        self.suggest_button = self._button(translate("LabelDock", "Suggest next"), self.suggest)
        self.train_button = self._button(translate("LabelDock", "Train"), self.train)
        self.stop_button = self._button(translate("LabelDock", "Stop"), self.stop)
        buttons = QGridLayout()
        for column, button in enumerate((self.suggest_button, self.train_button, self.stop_button)):
            buttons.addWidget(button, 0, column)
        self.accuracy, self.told = QLabel(content), QLabel(content)
        layout = QVBoxLayout(content)
        layout.addLayout(form)
        layout.addWidget(self.new_class)
        layout.addWidget(self.classes)
        layout.addLayout(buttons)
        for label in (self.accuracy, self.told):
            label.setWordWrap(True)
            layout.addWidget(label)
        self.setWidget(content)

    def _button(self, text: str, do) -> QPushButton:
        button = QPushButton(text, self)
        button.clicked.connect(lambda *_: do())
        return button

    # classes and what is drawn of them

    def _choose_layer(self, layer) -> None:
        if layer is not None and not LabelLayer.fits(layer):
            self._tell(translate("LabelDock", "Choose polygons with a field called class, or a new layer."))
            layer = None
        self._use(LabelLayer(layer) if layer is not None else None)

    def _use(self, labels: LabelLayer | None) -> None:
        if self.labels is not None and not sip.isdeleted(self.labels.layer):
            for signal in self._edits(self.labels.layer):
                signal.disconnect(self._show)
        self.labels = labels
        if labels is not None:
            for signal in self._edits(labels.layer):
                signal.connect(self._show)
        self._show()

    @staticmethod
    def _edits(layer) -> tuple:
        return layer.featureAdded, layer.featuresDeleted, layer.attributeValueChanged

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
        self.new_class.clear()
        self.new_class.completer().popup().hide()
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
        for number, (name, color, count) in enumerate(self.labels.classes() if self.labels else (), 1):
            picture = QPixmap(14, 14)
            picture.fill(QColor(*color))
            key = f"{number}  " if number <= 9 else ""
            item = QListWidgetItem(QIcon(picture), f"{key}{name} ({count})", self.classes)
            item.setData(NAME, name)
        self.classes.setCurrentRow(row)
        self.classes.blockSignals(False)
        self._enable()

    def _enable(self) -> None:
        drawn = [count for _, _, count in self.labels.classes() if count] if self.labels else []
        idle = self._run is None
        self.train_button.setEnabled(idle and len(drawn) > 1)
        self.suggest_button.setEnabled(idle and self.image.currentLayer() is not None)
        self.stop_button.setEnabled(not idle)

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
        if self._model:
            values["MODEL"] = self._model
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
        return self.places.current is not None and key.isdecimal() and 1 <= int(key) <= min(n_classes, 9)

    def _press(self, key: str) -> None:
        """The place is of the class with this number; the next one, while there is any."""
        name, _, _ = self.labels.classes()[int(key) - 1]
        self.labels.add(self.places.geometry_in(self.labels.layer.crs()), name)
        if self.places.go(self.places.index + 1):
            self._tell_place()
        else:
            self._tell(translate("LabelDock", "All places are labeled. Train, then look at new ones."))

    # runs

    def train(self) -> None:
        """Learn from all that is drawn; map and confidence are refreshed."""
        image = self.image.currentLayer()
        if image is None or self.labels is None or self._run is not None:
            return
        self._save()
        outputs = self._map.outputs(OUTPUT_MODEL="model.safetensors")
        values = {"INPUT": [image.id()], "LABELS": [self.labels.layer.id()], "FIELD": FIELD, **outputs}
        self._begin(
            "train",
            values,
            lambda results: self._trained(results, image),
            translate("LabelDock", "Learning…"),
        )

    def _save(self) -> None:
        """What was drawn is in the layer; while it gets there, it is counted twice."""
        self.labels.save()
        self._show()

    def _trained(self, results: dict, image) -> None:
        """Show the map below the labels, which can be drawn on at once."""
        self._model = results["OUTPUT_MODEL"]
        self._map.show(results, image)
        if self.labels is not None:
            put_on_top(self.labels.layer, QgsProject.instance())
            self._iface.setActiveLayer(self.labels.layer)
        self.places.put([], image.crs())
        if "OVERALL_ACCURACY" in results:
            self.accuracies.append(results["OVERALL_ACCURACY"])
        self._tell_accuracy("OVERALL_ACCURACY" in results)

    def _tell_accuracy(self, known: bool) -> None:
        if not known:
            self.accuracy.setText(
                translate("LabelDock", "Draw a second polygon of each class to know how good the map is.")
            )
            return
        text = translate("LabelDock", "{} of the places left out are right").format(
            f"{self.accuracies[-1]:.1%}"
        )
        if len(self.accuracies) > 1:
            before = translate("LabelDock", "before: {}").format(f"{self.accuracies[-2]:.1%}")
            text = f"{text} ({before})"
        self.accuracy.setText(text)

    def stop(self) -> None:
        if self._run is not None:
            self._run.stop()
            self._run = None
            self._tell(translate("LabelDock", "Stopped."))
            self._enable()

    def _begin(self, name: str, values: dict, then, text: str) -> None:
        def done(results: dict) -> None:
            self._run = None
            self._tell("")
            then(results)
            self._enable()

        self._tell(text)
        self._run = AlgorithmRun(name, values, done, self._refused).start()
        self._enable()

    def _refused(self, why: str) -> None:
        self._run = None
        self._tell(why)
        self._enable()

    def _tell(self, text: str) -> None:
        self.told.setText(text)

    def _forget(self, layer_ids: list) -> None:
        if self.labels is not None and self.labels.layer.id() in layer_ids:
            self._use(None)

    def remove(self) -> None:
        """Leave no trace: the plugin is being unloaded."""
        self.stop()
        QgsProject.instance().layersWillBeRemoved.disconnect(self._forget)
        self._use(None)
        self._keys.remove()
        self.places.remove()
        self._iface.removeDockWidget(self)
        sip.delete(self)  # now: what it listens to may speak before the next event

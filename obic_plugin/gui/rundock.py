"""What docks share that work on one image and one layer of polygons: places to visit, numbers as keys, and runs of an
algorithm whose map is refreshed where it is."""

from __future__ import annotations

from collections.abc import Callable

from qgis.core import QgsProject
from qgis.gui import QgsDockWidget
from qgis.PyQt import sip
from qgis.PyQt.QtCore import QCoreApplication, Qt
from qgis.PyQt.QtWidgets import (
    QCompleter,
    QFormLayout,
    QGridLayout,
    QLabel,
    QLayout,
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
from .landcover import usual_names
from .layerchoice import choose, polygon_box, raster_box
from .places import PlacesOnCanvas

translate = QCoreApplication.translate  # by this name the tool that collects the texts knows it
NAME = Qt.ItemDataRole.UserRole
MOST_KEYS = 9


class RunDock(QgsDockWidget):
    """A dock makes its widgets with the methods here, lays them out and then calls `_open`.

    It says which is its ``_layer`` (None for none), what is to be done when another is chosen (``_choose_layer``), what
    it shows (``_show``), when there is enough to train (``_can_train``), how that is saved (``_save``), by which
    algorithm and values it is learned (``_training``), and which keys it has (``_has_key``, ``_press``).
    """

    def __init__(self, iface, name: str, title: str):
        super().__init__(title, iface.mainWindow())
        self.setObjectName(name)
        self._iface, self._canvas, self._run, self._heard = iface, iface.mapCanvas(), None, None
        self.places, self._map = PlacesOnCanvas(self._canvas), MapOfDock()
        self._content = QWidget(self)
        self.image, self.layer_box = raster_box(self._content), polygon_box(self._content)
        self.told = QLabel(self._content)
        self.train_button = self._button(translate("RunDock", "Train"), self.train)
        self.stop_button = self._button(translate("RunDock", "Stop"), self.stop)

    # its widgets

    def _button(self, text: str, do: Callable) -> QPushButton:
        button = QPushButton(text, self._content)
        button.clicked.connect(lambda *_: do())
        return button

    def _entry(self, name: str, hint: str, add: Callable) -> QLineEdit:
        """A line to write the name of a class in, known ones being proposed."""
        entry = QLineEdit(self._content)
        entry.setObjectName(name)
        entry.setPlaceholderText(hint)
        completer = QCompleter(list(usual_names()), entry)
        completer.setCaseSensitivity(Qt.CaseSensitivity.CaseInsensitive)
        entry.setCompleter(completer)
        entry.returnPressed.connect(add)
        return entry

    @staticmethod
    def _clear(entry: QLineEdit) -> None:
        entry.clear()
        entry.completer().popup().hide()

    def _list(self, name: str) -> QListWidget:
        box = QListWidget(self._content)
        box.setObjectName(name)
        return box

    @staticmethod
    def _add_row(box: QListWidget, name: str, count: int) -> QListWidgetItem:
        """The next row of a list of names: the first nine with the number that is their key."""
        number = box.count() + 1
        key = f"{number}  " if number <= MOST_KEYS else ""
        item = QListWidgetItem(f"{key}{name} ({count})", box)
        item.setData(NAME, name)
        return item

    @staticmethod
    def _is_number(key: str, n_rows: int) -> bool:
        """Whether a key is the number of a row."""
        return key.isdecimal() and 1 <= int(key) <= min(n_rows, MOST_KEYS)

    def _lay_out(self, caption: str, *parts) -> None:
        """Image and layer, called ``caption``, and the other parts below them: widgets, and rows of buttons, of which
        None is a gap."""
        form, layout = QFormLayout(), QVBoxLayout(self._content)
        form.addRow(translate("RunDock", "Image"), self.image)
        form.addRow(caption, self.layer_box)
        for part in (form, *parts):
            if isinstance(part, list):
                part = _grid(part)
            if isinstance(part, QLabel):
                part.setWordWrap(True)
            (layout.addLayout if isinstance(part, QLayout) else layout.addWidget)(part)
        self.setWidget(self._content)

    def _open(self) -> None:
        """Begin with what is in the project, and listen."""
        self.layer_box.layerChanged.connect(self._choose_layer)
        self._choose_image()
        QgsProject.instance().readProject.connect(self._choose_image)
        self._keys = DockKeys(self, self._canvas, self._has_key, self._press)
        QgsProject.instance().layersWillBeRemoved.connect(self._forget)
        self.visibilityChanged.connect(self.places.be_seen)
        self._choose_layer(self.layer_box.currentLayer())

    def _choose_image(self, *_) -> None:
        """Begin with an image, where there is one, and not with what the alphabet puts first."""
        choose(self.image, "image", self._iface.activeLayer())

    def _tell(self, text: str) -> None:
        self.told.setText(text)

    def _enable(self) -> None:
        idle = self._run is None
        self.train_button.setEnabled(idle and self._can_train())
        self.stop_button.setEnabled(not idle)

    def _listen(self, layer, do: Callable) -> None:
        """Call ``do`` whenever somebody edits a layer, and no more for the one before; None: for none."""
        if self._heard is not None and not sip.isdeleted(self._heard):
            for signal in _edits(self._heard):
                signal.disconnect(do)
        self._heard = layer
        if layer is not None:
            for signal in _edits(layer):
                signal.connect(do)

    # runs

    def train(self) -> None:
        """Learn from all that is in the layer; map and confidence are refreshed."""
        image, layer = self.image.currentLayer(), self._layer
        if image is None or layer is None or self._run is not None:
            return
        self._save()
        name, values = self._training(image, layer)
        self._begin(
            name, values, lambda results: self._trained(results, image), translate("RunDock", "Learning…")
        )

    def _trained(self, results: dict, image) -> None:
        """Show the map, below the polygons it was learned from."""
        self._map.show(results, image)
        if self._layer is not None:
            put_on_top(self._layer, QgsProject.instance())

    def stop(self) -> None:
        """End the run; nothing comes of it."""
        if self._run is not None:
            self._run.stop()
            self._run = None
            self._tell(translate("RunDock", "Stopped."))
            self._show()

    def _begin(self, name: str, values: dict, then: Callable, text: str) -> None:
        """Run an algorithm; ``then(results)`` is told what comes of it, and ``text`` is said meanwhile."""

        def done(results: dict) -> None:
            self._run = None
            self._tell("")
            then(results)
            self._show()

        self._tell(text)
        self._run = AlgorithmRun(name, values, done, self._refused).start()
        self._enable()

    def _refused(self, why: str) -> None:
        self._run = None
        self._tell(why)
        self._enable()

    # the end

    def _forget(self, layer_ids: list) -> None:
        if self._layer is not None and self._layer.id() in layer_ids:
            self._choose_layer(None)

    def remove(self) -> None:
        """Leave no trace: the plugin is being unloaded."""
        self.stop()
        QgsProject.instance().readProject.disconnect(self._choose_image)
        QgsProject.instance().layersWillBeRemoved.disconnect(self._forget)
        self.visibilityChanged.disconnect(self.places.be_seen)
        self._choose_layer(None)
        self._keys.remove()
        self.places.remove()
        self._iface.removeDockWidget(self)
        sip.delete(self)  # now: what it listens to may speak before the next event


def _edits(layer) -> tuple:
    """The signals that tell of any change of a layer's features."""
    changed = layer.featureAdded, layer.featuresDeleted, layer.attributeValueChanged
    return *changed, layer.layerModified, layer.afterCommitChanges, layer.afterRollBack


def _grid(rows: list) -> QGridLayout:
    """Buttons in rows; None is a gap."""
    grid = QGridLayout()
    for row, buttons in enumerate(rows):
        for column, button in enumerate(buttons):
            if button is not None:
                grid.addWidget(button, row, column)
    return grid

"""The tag dock: chip after chip, a key for each tag, and the map that comes of it.

What its users do with it: they look at a square, press 1 for farmland and 4 for water, press the space bar, look at the
next; after twenty they train, look at the map, and tag those chips that would teach more.

What would disappoint them: to type the same words again and again into an attribute table; to lose their place, or the
tags of an hour; a wrong key that cannot be taken back; not to know how far they are. So: tags have numbers, each is in
the file at once, the same key takes it away, the next chip is the next one without tags, and the count is shown.
"""

from __future__ import annotations

from qgis.core import QgsMapLayerProxyModel, QgsProject
from qgis.gui import QgsDockWidget, QgsMapLayerComboBox
from qgis.PyQt import sip
from qgis.PyQt.QtCore import QCoreApplication, Qt
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
from .chiptags import FIELD, ChipTags
from .dockkeys import DockKeys
from .landcover import usual_names
from .layerchoice import choose
from .places import Places

translate = QCoreApplication.translate  # by this name the tool that collects the texts knows it
NEXT, BACK = " ", "\b"
AROUND = 2.0  # times a chip is seen
NAME = Qt.ItemDataRole.UserRole


class TagDock(QgsDockWidget):
    """Tags of the chips of one layer."""

    def __init__(self, iface):
        super().__init__(translate("TagDock", "Tags of chips"), iface.mainWindow())
        self.setObjectName("obicTagDock")
        self._iface, self._canvas = iface, iface.mapCanvas()
        self.chips, self.tags, self._run = None, [], None
        self.places, self._map = Places(self._canvas), MapOfDock()
        self._make_widgets()
        choose(self.image, "image", iface.activeLayer())
        self._keys = DockKeys(self, self._canvas, self._has_key, self._press)
        QgsProject.instance().layersWillBeRemoved.connect(self._forget)
        self._choose_layer(self.layer_box.currentLayer())

    def _make_widgets(self) -> None:
        content = QWidget(self)
        self.image, self.layer_box = QgsMapLayerComboBox(content), QgsMapLayerComboBox(content)
        self.image.setFilters(QgsMapLayerProxyModel.Filter.RasterLayer)
        self.layer_box.setFilters(QgsMapLayerProxyModel.Filter.PolygonLayer)
        self.layer_box.layerChanged.connect(self._choose_layer)
        form = QFormLayout()
        form.addRow(translate("TagDock", "Image"), self.image)
        form.addRow(translate("TagDock", "Chips"), self.layer_box)
        self.new_tag = QLineEdit(content)
        self.new_tag.setObjectName("obicNewTag")
        self.new_tag.setPlaceholderText(translate("TagDock", "Add a tag: its name, then Enter"))
        completer = QCompleter(list(usual_names()), self.new_tag)
        completer.setCaseSensitivity(Qt.CaseSensitivity.CaseInsensitive)
        self.new_tag.setCompleter(completer)
        self.new_tag.returnPressed.connect(self._add_tag)
        self.list = QListWidget(content)
        self.list.setObjectName("obicTags")
        self.list.itemClicked.connect(lambda item: self.toggle(item.data(NAME)))
        self.make_button = self._button(translate("TagDock", "Make chips…"), self.make)
        self.back_button = self._button(translate("TagDock", "Back"), self.back)
        self.next_button = self._button(translate("TagDock", "Next chip"), self.next)
        self.train_button = self._button(translate("TagDock", "Train"), self.train)
        self.stop_button = self._button(translate("TagDock", "Stop"), self.stop)
        buttons = QGridLayout()
        for number, button in enumerate((self.make_button, self.back_button, self.next_button)):
            buttons.addWidget(button, 0, number)
        buttons.addWidget(self.train_button, 1, 1)
        buttons.addWidget(self.stop_button, 1, 2)
        self.told, self.hint = QLabel(content), QLabel(content)
        self.hint.setText(
            translate(
                "TagDock", "Keys: 1 to 9 give and take a tag, space is the next chip, backspace the last one."
            )
        )
        layout = QVBoxLayout(content)
        layout.addLayout(form)
        layout.addWidget(self.new_tag)
        layout.addWidget(self.list)
        layout.addLayout(buttons)
        for label in (self.told, self.hint):
            label.setWordWrap(True)
            layout.addWidget(label)
        self.setWidget(content)

    def _button(self, text: str, do) -> QPushButton:
        button = QPushButton(text, self)
        button.clicked.connect(lambda *_: do())
        return button

    # chips and tags

    def _choose_layer(self, layer) -> None:
        self.chips = ChipTags(layer) if ChipTags.fits(layer) else None
        if self.chips is None:
            self.places.put([], None)
            self._tell(translate("TagDock", "Choose chips, polygons with a field called tags; or make some."))
        else:
            self.chips.see_through()
            self.places.put(self.chips.geometries, layer.crs())
            self.tags += [name for name in self.chips.names() if name not in self.tags]
            self._tell("")
        self._show()

    def _add_tag(self) -> None:
        """Add what is written to the tags; the chip that is shown gets it."""
        name = self.new_tag.text().strip().replace(";", " ")
        if not name:
            return
        if name not in self.tags:
            self.tags.append(name)
        self.new_tag.clear()
        self.new_tag.completer().popup().hide()
        if self.places.current is not None and name not in self.chips.of(self.places.index):
            self.toggle(name)
        self._show()

    def toggle(self, tag: str) -> None:
        """Give the chip that is shown a tag, or take it away."""
        if self.places.current is None:
            self.next()
            return
        if self.chips.toggle(self.places.index, tag):
            self._show()
        else:
            self._tell(translate("TagDock", "{} cannot be changed.").format(self.chips.layer.name()))

    def next(self) -> None:
        """The next chip without tags; the next one where all have some."""
        if self.chips is None or not self.chips.ids:
            return
        index = self.chips.untagged_after(self.places.index)
        self._go((self.places.index + 1) % len(self.chips.ids) if index is None else index)

    def back(self) -> None:
        """The chip before."""
        if self.chips is not None and self.chips.ids:
            self._go((self.places.index - 1) % len(self.chips.ids))

    def _go(self, index: int) -> None:
        self._map.hide()  # over which nobody sees what the chip is
        self.places.go(index, AROUND)
        self._show()

    def _has_key(self, key: str) -> bool:
        if self.chips is None or not self.chips.ids:
            return False
        return key in (NEXT, BACK) or (key.isdecimal() and 1 <= int(key) <= min(len(self.tags), 9))

    def _press(self, key: str) -> None:
        if key == NEXT:
            self.next()
        elif key == BACK:
            self.back()
        else:
            self.toggle(self.tags[int(key) - 1])

    def _show(self) -> None:
        """The tags with their numbers, those of the chip checked, and how far it is."""
        own = self.chips.of(self.places.index) if self.places.current is not None else []
        self.list.clear()
        for number, tag in enumerate(self.tags, 1):
            key = f"{number}  " if number <= 9 else ""
            count = self.chips.count(tag) if self.chips is not None else 0
            item = QListWidgetItem(f"{key}{tag} ({count})", self.list)
            item.setData(NAME, tag)
            item.setFlags(Qt.ItemFlag.ItemIsEnabled)
            item.setCheckState(Qt.CheckState.Checked if tag in own else Qt.CheckState.Unchecked)
        if self.chips is not None and self._run is None:
            text = translate("TagDock", "{} of {} chips have tags.")
            self._tell(text.format(self.chips.n_tagged, len(self.chips.ids)))
        self._enable()

    def _enable(self) -> None:
        idle, some = self._run is None, self.chips is not None and bool(self.chips.ids)
        self.next_button.setEnabled(some)
        self.back_button.setEnabled(some)
        self.train_button.setEnabled(idle and some and self.chips.n_tagged > 1)
        self.stop_button.setEnabled(not idle)

    # runs

    def make(self) -> None:
        """Open the algorithm that cuts an image into chips."""
        import processing

        image = self.image.currentLayer()
        values = {"INPUT": [image.id()]} if image is not None else {}
        processing.createAlgorithmDialog("obic:chips", values).show()

    def train(self) -> None:
        """Learn from all tags; map and confidence are refreshed."""
        image = self.image.currentLayer()
        if image is None or self.chips is None or self._run is not None:
            return
        if self.chips.layer.isEditable():
            self.chips.layer.commitChanges(False)
        outputs = self._map.outputs()
        values = {"INPUT": [image.id()], "CHIPS": self.chips.layer.id(), "FIELD": FIELD, **outputs}

        def done(results: dict) -> None:
            self._run = None
            self._map.show(results, image)
            put_on_top(self.chips.layer, QgsProject.instance())
            self._show()

        self._tell(translate("TagDock", "Learning…"))
        self._run = AlgorithmRun("trainfromtags", values, done, self._refused).start()
        self._enable()

    def stop(self) -> None:
        if self._run is not None:
            self._run.stop()
            self._run = None
            self._show()

    def _refused(self, why: str) -> None:
        self._run = None
        self._enable()
        self._tell(why)

    def _tell(self, text: str) -> None:
        self.told.setText(text)

    def _forget(self, layer_ids: list) -> None:
        if self.chips is not None and self.chips.layer.id() in layer_ids:
            self._choose_layer(None)

    def remove(self) -> None:
        """Leave no trace: the plugin is being unloaded."""
        self.stop()
        QgsProject.instance().layersWillBeRemoved.disconnect(self._forget)
        self._keys.remove()
        self.places.remove()
        self._iface.removeDockWidget(self)
        sip.delete(self)  # now: what it listens to may speak before the next event

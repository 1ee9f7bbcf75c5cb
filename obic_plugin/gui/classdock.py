"""The class dock: from "class 1" to a named map in as few clicks as there are classes.

What its users do with it: a map has appeared whose classes have numbers. They click on the lake, see which class that
is, take "Water" from a list, and the class turns blue; the next class without a name opens by itself. Two classes turn
out to be one, and become one; a class is nonsense, and becomes no data. They look under the map to be sure, and when
all is named, they apply it and want to find the names again wherever they open the map.

What would disappoint them: to type names and colors into an empty table; to lose what they have done by a wrong click,
or by looking at another layer meanwhile; to wait for a large map to be drawn again at each click; polygons of the same
run that keep the old names; a map that is called named and shows "class 1" elsewhere; a file of theirs overwritten.
So: every step is shown at once, nothing is written before Apply, every step is undone, drafts are kept for each map,
what blinks and what is swiped lies over the map as a picture, merged classes go into a new file.
"""

from __future__ import annotations

from pathlib import Path

from qgis.core import (
    Qgis,
    QgsApplication,
    QgsProcessingUtils,
    QgsProject,
    QgsRasterLayer,
)
from qgis.gui import QgsDockWidget
from qgis.PyQt import sip
from qgis.PyQt.QtCore import QCoreApplication
from qgis.PyQt.QtGui import QColor
from qgis.PyQt.QtWidgets import (
    QAction,
    QColorDialog,
    QFileDialog,
    QLabel,
    QPushButton,
    QToolBar,
    QVBoxLayout,
    QWidget,
)

from ..engine.raster.classes import ClassTable, LandClass
from ..layertree import place_above
from ..styling import show_classes
from .classesonmap import ClassesOnMap, images_under, shown_classes, value_at
from .classmodel import ClassModel
from .classview import ClassView
from .layerchoice import choose, raster_box
from .legendapply import free_name, patches_beside, show_again, work_in_place, work_on_copy
from .legenddraft import LegendDraft
from .task import EngineTask

translate = QCoreApplication.translate  # by this name the tool that collects the texts knows it


class ClassDock(QgsDockWidget):
    """The classes of one map at a time, which a box at the top chooses."""

    def __init__(self, iface):
        super().__init__(translate("ClassDock", "Classes of a map"), iface.mainWindow())
        self.setObjectName("obicClassDock")
        self._iface, self._layer = iface, None
        self._drafts, self._task, self._patches = {}, None, {}
        self.model = ClassModel(self)
        self.model.edited.connect(self._edited)
        self.on_map = ClassesOnMap(iface.mapCanvas())
        self.on_map.picked.connect(self._picked)
        self.on_map.let_go.connect(lambda: self.actions_["pick"].setChecked(False))
        self._make_widgets()
        QgsProject.instance().layersWillBeRemoved.connect(self._forget)
        self.visibilityChanged.connect(self._seen)
        choose(self.box, "map", iface.activeLayer())
        self.set_layer(self.box.currentLayer())

    # what is on it

    def _make_widgets(self) -> None:
        content = QWidget(self)
        self.box = raster_box(content)
        self.box.layerChanged.connect(self.set_layer)
        self.view = ClassView(self.model, content)
        self.view.pointed.connect(self.blink)
        self.view.color_wanted.connect(self._ask_color)
        self.view.selectionModel().selectionChanged.connect(lambda *_: self._enable())
        self.told = QLabel(content)
        self.told.setWordWrap(True)
        self.apply_button = QPushButton(content)
        self.apply_button.setObjectName("obicApplyClasses")
        self.apply_button.clicked.connect(lambda *_: self.apply())
        layout = QVBoxLayout(content)
        layout.setContentsMargins(4, 4, 4, 4)
        for widget in (self.box, self._make_tools(content), self.view, self.told, self.apply_button):
            layout.addWidget(widget)
        self.setWidget(content)

    def _make_tools(self, parent) -> QToolBar:
        bar = QToolBar(parent)
        undo, redo = (
            lambda *_, step=step: self.model.do(step) for step in (LegendDraft.undo, LegendDraft.redo)
        )
        self.actions_ = {}
        for name, text, icon, do, checkable in (
            (
                "pick",
                translate("ClassDock", "Choose by clicks on the map"),
                "Identify",
                self.on_map.pick,
                True,
            ),
            ("merge", translate("ClassDock", "Merge the chosen classes"), "MergeFeatures", self.merge, False),
            ("drop", translate("ClassDock", "Make no data of them"), "DeleteSelected", self.drop, False),
            ("undo", translate("ClassDock", "Undo"), "Undo", undo, False),
            ("redo", translate("ClassDock", "Redo"), "Redo", redo, False),
            ("swipe", translate("ClassDock", "Image left of the pointer"), "Transformed", self._swiped, True),
            ("colors", translate("ClassDock", "Colors go with names"), "Styling", self._colors, True),
        ):
            action = QAction(QgsApplication.getThemeIcon(f"/mAction{icon}.svg"), text, self)
            action.setObjectName(f"obicClasses_{name}")
            action.setCheckable(checkable)
            (action.toggled if checkable else action.triggered).connect(do)
            bar.addAction(action)
            self.actions_[name] = action
        self.actions_["colors"].setChecked(True)
        return bar

    # which map

    @property
    def layer(self):
        return self._layer

    def show_layer(self, layer) -> None:
        """Open the dock on a map."""
        self.box.setLayer(layer)
        self.setUserVisible(True)

    def set_layer(self, layer) -> None:
        """The map whose classes are shown; its draft is what it was when it was last seen."""
        self._layer = layer if isinstance(layer, QgsRasterLayer) else None
        if self._task is not None:
            self._task.abandon()
            self._task = None
        self.on_map.rest()
        self.actions_["swipe"].setChecked(False)
        if self._layer is None:
            self.model.begin(LegendDraft(ClassTable(())), None)
            self._tell(translate("ClassDock", "Choose a map of classes."))
        elif self._layer.id() in self._drafts:
            self.model.begin(*self._drafts[self._layer.id()])
            self._tell("")
        else:
            self._look_at(self._layer)
        self._edited(show=False)

    def _look_at(self, layer) -> None:
        """Rows at once from what the layer shows; areas when they have been counted."""
        from ..engine.raster.classfacts import (
            class_facts,  # which needs numpy, a start without a map does not
        )

        self.model.begin(LegendDraft(shown_classes(layer)), None)
        if layer.bandCount() != 1 or layer.providerType() != "gdal":
            self._tell(
                translate("ClassDock", "This is an image. Choose a map of classes, which has one band.")
            )
            return
        self._tell(translate("ClassDock", "Counting…"))
        path, layer_id = layer.source(), layer.id()
        self._task = EngineTask(
            translate("ClassDock", "Areas of classes"),
            lambda progress: class_facts(path, progress),
            lambda facts: self._counted(layer_id, facts),
            lambda error: self._tell(str(error)),
        ).start()

    def _counted(self, layer_id: str, facts) -> None:
        self._task = None
        if self._layer is None or self._layer.id() != layer_id:
            return
        draft, found = self.model.draft, set(facts.n_px)
        if set(draft.looks()) - {0} != found and not draft.can_undo:
            looks = draft.looks()
            named = (LandClass(c.value, *looks.get(c.value, (c.name, c.color))) for c in facts.classes)
            draft = LegendDraft(ClassTable(tuple(named)))
        self._drafts[layer_id] = draft, facts
        self.model.begin(draft, facts)
        self._tell("")
        self._edited(show=False)

    def _forget(self, layer_ids: list) -> None:
        for layer_id in layer_ids:
            self._drafts.pop(layer_id, None)
            if self._layer is not None and self._layer.id() == layer_id:
                self.set_layer(None)

    # what is done to it

    def merge(self, *_) -> None:
        rows = self.view.chosen()
        self.model.do(lambda draft: draft.merge(rows))
        if rows:
            self.view.choose(rows[0])

    def drop(self, *_) -> None:
        rows = self.view.chosen()
        self.model.do(lambda draft: draft.drop(rows))

    def _ask_color(self, row: int) -> None:
        color = QColorDialog.getColor(QColor(*self.model.draft.rows[row].color), self)
        if color.isValid():
            self.model.do(lambda draft: draft.recolor(row, color.getRgb()[:3]))

    def _colors(self, follow: bool) -> None:
        self.model.colors_follow_names = follow

    def _edited(self, show: bool = True) -> None:
        """After each change: what the map looks like, and what can be done next."""
        draft = self.model.draft
        if show and self._layer is not None and draft.rows:
            seen = {value for row in draft.rows if not row.hidden for value in row.values}
            show_classes(self._layer, [item for item in draft.table() if item.value in seen])
            self._layer.triggerRepaint()
            self._layer.emitStyleChanged()
            self._iface.layerTreeView().refreshLayerSymbology(self._layer.id())
        self._enable()

    def _enable(self) -> None:
        draft, n_chosen = self.model.draft, len(self.view.chosen())
        self.actions_["undo"].setEnabled(draft.can_undo)
        self.actions_["redo"].setEnabled(draft.can_redo)
        self.actions_["merge"].setEnabled(n_chosen > 1)
        self.actions_["drop"].setEnabled(0 < n_chosen < len(draft.rows))
        self.apply_button.setEnabled(draft.is_changed and self._task is None)
        new = draft.needs_new_raster
        self.apply_button.setText(
            translate("ClassDock", "Save as a new map…")
            if new
            else translate("ClassDock", "Apply to the map")
        )

    def _tell(self, text: str) -> None:
        self.told.setText(text)
        self.told.setVisible(bool(text))

    # the map itself

    def blink(self, row: int) -> None:
        """Have a class shine up on the map a few times."""
        if self._layer is not None and row < len(self.model.draft.rows):
            self.on_map.blink(self._layer, self.model.draft.rows[row].values)

    def _picked(self, point) -> None:
        value = value_at(self._layer, point, self._iface.mapCanvas()) if self._layer is not None else None
        row = None if value is None else self.model.draft.row_of(value)
        if row is not None:
            self.view.choose(row)
            self.view.setFocus()

    def _swiped(self, on: bool) -> None:
        made = self.model.facts.made if self.model.facts is not None else {}
        self.on_map.swipe.show(images_under(self._layer, made, self._iface.mapCanvas()) if on else [])

    def _seen(self, visible: bool) -> None:
        self.actions_["pick"].setChecked(visible)
        if not visible:
            self.on_map.rest()
            self.actions_["swipe"].setChecked(False)

    # files

    def apply(self) -> None:
        """Write what has been edited: into the map, or, where pixels change, into a new one."""
        layer, draft = self._layer, self.model.draft
        if layer is None or not draft.is_changed or self._task is not None:
            return
        path, made = layer.source(), self.model.facts.made if self.model.facts is not None else {}
        self._patches = patches_beside(layer)
        near = {source: surely for source, (_, surely) in self._patches.items()}
        if draft.needs_new_raster:
            target = self._ask_path(path)
            if not target:
                return
            work = work_on_copy(path, target, draft, near, made)
        else:
            target, work = path, work_in_place(path, draft, near, made)
        self._tell(translate("ClassDock", "Writing…"))
        self._task = EngineTask(
            translate("ClassDock", "Names and colors of classes"),
            work,
            lambda changed: self._applied(layer.id(), draft, target, changed),
            self._refused,
        ).start()
        self._enable()

    def _ask_path(self, path: str) -> str:
        """Where a new map is to go; empty for nowhere. What is temporary stays so."""
        if Path(QgsProcessingUtils.tempFolder()) in Path(path).parents:
            return QgsProcessingUtils.generateTempFilename("classes.tif")
        title = translate("ClassDock", "Save the new map")
        return QFileDialog.getSaveFileName(self, title, free_name(path), "GeoTIFF (*.tif)")[0]

    def _applied(self, layer_id: str, draft: LegendDraft, target: str, changed: list) -> None:
        self._task = None
        show_again([self._patches[source][0] for source in changed], draft)
        project = QgsProject.instance()
        layer = project.mapLayer(layer_id)
        if target != (layer.source() if layer is not None else ""):
            self._load(target, layer)
        draft.settle()
        self._tell("")
        self._enable()
        text = translate("ClassDock", "{} classes were written to {}.").format(
            len({row.name for row in draft.rows}), target
        )
        self._iface.messageBar().pushMessage("OBIC", text, Qgis.MessageLevel.Success)

    def _load(self, path: str, old) -> None:
        """The new map, above the old one, which is switched off and looks as it does in its file."""
        project = QgsProject.instance()
        name = translate("ClassDock", "{} (edited)").format(old.name() if old is not None else "")
        new = QgsRasterLayer(path, name.strip())
        project.addMapLayer(new)
        if old is not None:
            place_above(new, old, project)
            self._drafts.pop(old.id(), None)
        self.box.setLayer(new)

    def _refused(self, error: Exception) -> None:
        self._task = None
        self._tell(str(error))
        self._enable()

    def remove(self) -> None:
        """Leave no trace: the plugin is being unloaded."""
        if self._task is not None:
            self._task.abandon()
        self.visibilityChanged.disconnect(self._seen)
        QgsProject.instance().layersWillBeRemoved.disconnect(self._forget)
        self.actions_["pick"].setChecked(False)
        self.on_map.remove()
        self._iface.removeDockWidget(self)
        sip.delete(self)  # now: what it listens to may speak before the next event

"""Forms of single parameters that QGIS does not have: choices in plain words, and the fields of any layer.

A parameter names its form in its metadata (see `forms.definition`), so that nothing here is imported without a
window. In the Model Designer a value may also come from elsewhere: there QGIS's own form is used.
"""

from __future__ import annotations

from processing.gui.wrappers import WidgetWrapper
from qgis.core import (
    QgsProcessingContext,
    QgsProcessingParameterDefinition,
    QgsProcessingParameters,
    QgsProject,
    QgsVectorLayer,
)
from qgis.gui import QgsGui
from qgis.PyQt.QtCore import QCoreApplication
from qgis.PyQt.QtWidgets import QComboBox


class FormWidget(WidgetWrapper):
    """What the dialogs make of the class that a parameter names: a form of it, or QGIS's own for models."""

    def __new__(cls, parameter, dialog, row=0, col=0, **options):
        if not hasattr(dialog, "childId"):
            return super().__new__(cls)
        registry = QgsGui.processingGuiRegistry()
        widget = registry.createModelerParameterWidget(
            dialog.model, dialog.childId, parameter, dialog.context
        )
        widget.setDialog(dialog)
        cls.adapt(widget, **options)
        return widget

    @classmethod
    def adapt(cls, widget, **options) -> None:
        """Change QGIS's own form for models."""

    def tr(self, text: str, *_) -> str:
        """QGIS's own words for it: it knows them by the name of its class, and not by those of ours."""
        return QCoreApplication.translate(WidgetWrapper.__name__, text)

    def createWidget(self, **options) -> QComboBox:
        box = QComboBox()
        self.fill(box, **options)  # which a class of one form has
        box.currentTextChanged.connect(lambda text: self.widgetValueHasChanged.emit(self))
        return box


class ChoiceWidget(FormWidget):
    """One of several static values, each shown in words."""

    @classmethod
    def adapt(cls, widget, labels: dict) -> None:
        for box in widget.findChildren(QComboBox):
            for index in range(box.count()):
                value = box.itemData(index)
                if isinstance(value, str) and value in labels:
                    box.setItemText(index, labels[value])

    def fill(self, box: QComboBox, labels: dict) -> None:
        if self.parameterDefinition().flags() & QgsProcessingParameterDefinition.FlagOptional:
            box.addItem("", None)
        for value, label in labels.items():
            box.addItem(label, value)

    def setValue(self, value) -> None:
        index = self.widget.findData(value)
        if index >= 0:
            self.widget.setCurrentIndex(index)

    def value(self):
        return self.widget.currentData()


class FieldWidget(FormWidget):
    """A name to write, or to choose among the fields of the layer that another parameter holds, if it has any."""

    def fill(self, box: QComboBox, parent_name: str) -> None:
        self._parent_name = parent_name
        box.setEditable(True)

    def postInitialize(self, wrappers) -> None:
        for wrapper in wrappers:
            if wrapper.parameterDefinition().name() == self._parent_name:
                wrapper.widgetValueHasChanged.connect(self._list_fields)
                self._list_fields(wrapper)

    def _list_fields(self, parent) -> None:
        definition, context = parent.parameterDefinition(), QgsProcessingContext()
        context.setProject(QgsProject.instance())
        value = {definition.name(): parent.parameterValue()}
        layers = QgsProcessingParameters.parameterAsLayerList(definition, value, context)
        layer = next(iter(layers), None)
        written = self.value()
        self.widget.clear()
        if isinstance(layer, QgsVectorLayer):
            self.widget.addItems([field.name() for field in layer.fields()])
        self.setValue(written)

    def setValue(self, value) -> None:
        self.widget.setEditText(value or "")

    def value(self):
        return self.widget.currentText().strip() or None

"""The graphical models that come with the plugin: chains of its algorithms, to run or to open in the designer."""

from __future__ import annotations

from pathlib import Path

from qgis.core import QgsApplication, QgsProcessing, QgsProcessingModelAlgorithm

from .algorithm import group_id, legible, translate
from .resource import resource

NOT_TEXT = ("ALG_CREATOR", "ALG_VERSION", "ALG_HELP_CREATOR")


class ObicModel(QgsProcessingModelAlgorithm):
    """A model from a file; its file name is its id, so that scripts need not quote its title."""

    def __init__(self, path: str):
        super().__init__()
        self._path = path
        self.fromFile(path)
        self._translate_help()
        self._translate_steps()
        self._order_parameters()

    def _translate_help(self) -> None:
        texts = self.helpContent().items()
        self.setHelpContent({key: text if key in NOT_TEXT else translate(text) for key, text in texts})

    def _translate_steps(self) -> None:
        for step in self.childAlgorithms().values():
            step.setDescription(translate(step.description()))
            self.setChildAlgorithm(step)

    def _order_parameters(self) -> None:
        """As they lie in the designer, from top to bottom, and the results last; the file has them by their ids."""
        places = {name: part.position() for name, part in self.parameterComponents().items()}
        for child_id, child in self.childAlgorithms().items():
            for name, output in child.modelOutputs().items():
                places[f"{child_id}:{name}"] = output.position()
        parameters = [parameter.clone() for parameter in self.parameterDefinitions()]
        parameters.sort(key=lambda p: (p.isDestination(), places[p.name()].y(), places[p.name()].x()))
        for parameter in parameters:
            parameter.setDescription(translate(parameter.description()))
            parameter.setHelp(translate(parameter.help()))
            self.removeParameter(parameter.name())
            self.addParameter(parameter)

    def createInstance(self) -> ObicModel:
        return ObicModel(self._path)

    def createCustomParametersWidget(self, parent=None):
        from .gui.rundialog import RunDialog  # where there is a window

        return RunDialog(self, parent=parent)

    def processAlgorithm(self, parameters, context, feedback) -> dict:
        """What a later step needs is made, also where the user does not want to have it."""
        skipped = [name for name in self._needed() if not parameters.get(name)]
        made = dict.fromkeys(skipped, QgsProcessing.TEMPORARY_OUTPUT)
        return super().processAlgorithm({**parameters, **made}, context, feedback)

    def _needed(self) -> list:
        """The names of those results that another step goes on from."""
        steps = self.childAlgorithms()
        used = {
            (source.outputChildId(), source.outputName())
            for step in steps.values()
            for sources in step.parameterSources().values()
            for source in sources
            if source.outputChildId()
        }
        return [
            f"{step_id}:{name}"
            for step_id, step in steps.items()
            for name, output in step.modelOutputs().items()
            if (step_id, output.childOutputName()) in used
        ]

    def name(self) -> str:
        return Path(self._path).stem

    def displayName(self) -> str:
        return translate(super().displayName())

    def group(self) -> str:
        return translate(super().group())

    def groupId(self) -> str:
        """That of the methods: by another one the Toolbox would show a second group of the same name."""
        return group_id(super().group())

    def shortDescription(self) -> str:
        return self.helpContent().get("ALG_DESC", "")

    def shortHelpString(self) -> str:
        text = super().shortHelpString()
        return text if QgsApplication.platform() == "qgis_process" else legible(text)

    def copy(self) -> QgsProcessingModelAlgorithm:
        """The model for the designer: to change, and to save elsewhere."""
        model = QgsProcessingModelAlgorithm()
        model.fromFile(self._path)
        model.setSourceFilePath("")
        _translate_all(model)
        return model


def _translate_all(model) -> None:
    """What the designer shows of a model, and the form of what it saves."""
    model.setName(translate(model.name()))
    model.setGroup(translate(model.group()))
    texts = model.helpContent().items()
    model.setHelpContent({key: text if key in NOT_TEXT else translate(text) for key, text in texts})
    for definition in model.parameterDefinitions():
        if not definition.isDestination():
            parameter = definition.clone()
            parameter.setDescription(translate(parameter.description()))
            parameter.setHelp(translate(parameter.help()))
            model.updateModelParameter(parameter)
    for step in model.childAlgorithms().values():
        step.setDescription(translate(step.description()))
        outputs = {}
        for name, output in step.modelOutputs().items():  # which the designer calls by their names
            output.setName(translate(name))
            output.setDescription(translate(output.description()))
            outputs[output.name()] = output
        step.setModelOutputs(outputs)
        model.setChildAlgorithm(step)


def models() -> list:
    """All models of the plugin. Where their algorithms are not registered yet, they lack their outputs."""
    return [ObicModel(str(path)) for path in sorted(resource("resources/models").glob("*.model3"))]

"""From a `Method` of the engine to a QGIS algorithm: the one place where QGIS and the engine meet."""

from __future__ import annotations

import re
from html import escape, unescape

from qgis.core import (
    QgsApplication,
    QgsProcessingAlgorithm,
    QgsProcessingException,
    QgsProcessingOutputNumber,
)
from qgis.PyQt.QtCore import QCoreApplication, QUrl
from qgis.PyQt.QtGui import QColor, QGuiApplication, QIcon, QPalette

from . import dependencies
from .engine.errors import ObicError
from .engine.method import Method
from .engine.params import specs
from .engine.progress import Cancelled, Silent
from .engine.values import INPUTS, SHOWN
from .forms import definition, files_of, image_layer, image_layers, value_of
from .layertree import origin_of, shown_images
from .refusals import edited_files, refusal, refusal_of_edited, refusal_of_ending, refusal_of_source
from .resource import resource
from .running import RUNS
from .sentences import told, told_file
from .styling import save_style, style_when_loaded

LAST_WAIT_S = 1.2  # for what a stop has left behind, which is mostly PyTorch being loaded
LEAST_CONTRAST = 0.45  # of a text and its ground, in lightness


def translate(text: str) -> str:
    return QCoreApplication.translate("OBIC", text)


def group_id(group: str) -> str:
    """Of a group of the Toolbox, for methods and models alike.

    >>> group_id("A few labels")
    'a_few_labels'
    """
    return group.lower().replace(" ", "_")


class ObicAlgorithm(QgsProcessingAlgorithm):
    """A method in the Toolbox, in models, in batch and under qgis_process."""

    def __init__(self, method: Method):
        super().__init__()
        self._method = method
        self._inputs: dict = {}
        self._files: list = []
        self._edited: list = []

    def createInstance(self) -> ObicAlgorithm:
        return ObicAlgorithm(self._method)

    def name(self) -> str:
        return self._method.name

    def displayName(self) -> str:
        return translate(self._method.title)

    def group(self) -> str:
        return translate(self._method.group)

    def groupId(self) -> str:
        return group_id(self._method.group)

    def tags(self) -> list:
        return [translate(tag) for tag in self._method.tags]

    def icon(self) -> QIcon:
        return QIcon(str(resource(f"resources/icons/{self.groupId()}.svg")))

    def shortDescription(self) -> str:
        return translate(self._method.when)

    def shortHelpString(self) -> str:
        """A picture, the method's help, then each parameter with its own: written once, where it is declared."""
        about, cited = translate(" ".join(self._method.help.split())), self._method.citation
        source = f"<p>{translate('Source')}: {cited}</p>" if cited else ""
        if QgsApplication.platform() == "qgis_process":  # a terminal, which lists the parameters by itself
            return unescape(re.sub("<.*?>", "", re.sub(r"</p>\s*<p>", "\n\n", about + source)))
        rows = "".join(
            f"<dt><strong>{translate(spec.label)}</strong></dt><dd>{translate(spec.help)}</dd>"
            for spec in specs(self._method.params)
            if spec.kind not in SHOWN
        )
        summary = f"<p><strong>{self.shortDescription()}</strong></p>"
        return legible(f"{summary}\n{self._picture()}\n{about}\n<dl>{rows}</dl>\n{source}")

    def _picture(self) -> str:
        """What the method makes of an image; nothing where no picture has been made of it yet."""
        try:
            path = resource(f"resources/help/{self.name()}.jpg")
        except FileNotFoundError:
            return ""
        url = bytes(QUrl.fromLocalFile(str(path)).toEncoded()).decode()
        return f'<p><img src="{escape(url)}"></p>'

    def helpUrl(self) -> str:
        """The tutorial, in the window where there is one (see `gui.help`)."""
        return "obic:tutorial" if QgsApplication.platform() == "desktop" else ""

    def createCustomParametersWidget(self, parent=None):
        from .gui.rundialog import RunDialog  # where there is a window

        return RunDialog(self, parent=parent)

    def initAlgorithm(self, configuration=None) -> None:
        for spec in specs(self._method.params):
            parameter = definition(spec, translate)
            if parameter is not None:
                self.addParameter(parameter)
        for name, label in (self._method.numbers or {}).items():
            self.addOutput(QgsProcessingOutputNumber(name.upper(), translate(label)))

    def canExecute(self) -> tuple:
        lacking = dependencies.explain()
        return not lacking, told(lacking)

    def checkParameterValues(self, parameters, context) -> tuple:
        declared = specs(self._method.params)
        message = next(filter(None, (refusal(self, spec, parameters, context) for spec in declared)), "")
        if message:
            return False, told(message)
        good, message = super().checkParameterValues(parameters, context)
        if not good:  # of what is left, only endings of outputs
            endings = (refusal_of_ending(spec, parameters.get(spec.name.upper())) for spec in declared)
            message = told(next(filter(None, endings), message))
        return good, message

    def prepareAlgorithm(self, parameters, context, feedback) -> bool:
        """Turn what the form holds into plain values; here, since layers belong to the main thread."""
        self._files = []
        for spec in specs(self._method.params):  # again, since models do not check what their steps are given
            if spec.kind not in INPUTS:
                continue
            message = refusal_of_source(self, spec, parameters, context)
            if message:
                raise QgsProcessingException(told(message))
            self._files += files_of(self, spec, parameters, context)
        self._inputs = self._plain(False, parameters, context, feedback)
        self._edited = edited_files(context.project())
        layer = image_layer(self, parameters, context)
        self._origin = origin_of(layer)
        self._images = shown_images(image_layers(self, self._method.params, parameters, context))
        if getattr(feedback, "watch", None) is not None:  # that of a dialog
            feedback.watch.begin(layer)
        return True

    def _plain(self, outputs: bool, parameters, context, feedback) -> dict:
        return {
            spec.name: value_of(self, spec, parameters, context, feedback)
            for spec in specs(self._method.params)
            if spec.is_output == outputs
        }

    def processAlgorithm(self, parameters, context, feedback) -> dict:
        # outputs here and not earlier: QGIS loads only those layers that the context of this thread knows
        paths = self._plain(True, parameters, context, feedback)
        outputs = [spec for spec in specs(self._method.params) if spec.is_output and paths[spec.name]]
        for spec in outputs:
            message = refusal_of_edited(paths[spec.name], self._edited)
            if message:
                raise QgsProcessingException(told(message))

        def dress(staging) -> None:
            for spec in outputs:
                for path in staging.made(paths[spec.name]):
                    save_style(spec.style, path)
                    told_file(path)

        try:
            params = self._method.params(**self._inputs, **paths)
            with RUNS.running(feedback.cancel):
                numbers = self._method.execute(params, QgisProgress(feedback), dress, self._files)
        except Cancelled as stopped:
            return _without_results(feedback, stopped)
        except ObicError as error:
            raise QgsProcessingException(told(str(error))) from error
        for spec in outputs:
            style_when_loaded(spec.style, paths[spec.name], context, self._origin, self._images)
        results = {spec.name.upper(): paths[spec.name] for spec in outputs}
        return {**results, **{name.upper(): number for name, number in numbers.items()}}


def legible(html: str) -> str:
    """In a color that can be read on the theme's ground: QGIS has fixed ones for <p>, <b> and headings, nearly black
    also on a dark ground; and a theme may change the ground and leave the texts as they are."""
    palette = QGuiApplication.palette()
    text, ground = (palette.color(role) for role in (QPalette.ColorRole.Text, QPalette.ColorRole.Base))
    if abs(text.lightnessF() - ground.lightnessF()) < LEAST_CONTRAST:
        text = QColor("#202020" if ground.lightnessF() > 0.5 else "#dddddd")
    colored = f'style="color: {text.name()}"'
    for tag in ("dl", "h2", "h3"):
        html = html.replace(f"<{tag}>", f"<{tag} {colored}>")
    return html.replace("<p>", f'<div style="color: {text.name()}; margin: 8px 0">').replace("</p>", "</div>")


def _without_results(feedback, stopped: Cancelled) -> dict:
    """The end of a cancelled run: in the window a line, for scripts and under qgis_process an error."""
    text = translate("Stopped, nothing was written.")
    if QgsApplication.platform() == "qgis_process":  # which ends now, with a crash where a thread still runs
        RUNS.end(LAST_WAIT_S)
    if QgsApplication.platform() != "desktop":
        raise QgsProcessingException(text) from stopped
    feedback.pushInfo(text)  # an error would be called a failure there
    return {}


class QgisProgress(Silent):
    """The engine's `Progress` on a Processing feedback; that of a dialog may have somebody who watches."""

    def __init__(self, feedback):
        self._feedback, self._watch = feedback, getattr(feedback, "watch", None)
        self._in_terminal = QgsApplication.platform() == "qgis_process"

    def at(self, fraction: float) -> None:
        if self._in_terminal:  # an interrupt is an event there, and nobody else looks for any
            QCoreApplication.processEvents()
        if self._feedback.isCanceled():
            raise Cancelled
        self._feedback.setProgress(100 * fraction)

    def say(self, text: str) -> None:
        self._feedback.pushInfo(told(text))

    def show(self, name: str, array, window) -> None:
        if self._watch is not None:
            self._watch.show(name, array, window)

    def curve(self, step: int, terms: dict) -> None:
        if self._watch is not None:
            self._watch.curve(step, terms)

    def view(self) -> tuple | None:
        return None if self._watch is None else self._watch.view()

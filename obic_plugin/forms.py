"""The Toolbox form of a parameter, and its value: one table from the engine's kinds to QGIS's."""

from __future__ import annotations

import math

from qgis.core import (
    QgsFeatureRequest,
    QgsProcessing,
    QgsProcessingFeatureSourceDefinition,
    QgsProcessingParameterBand,
    QgsProcessingParameterBoolean,
    QgsProcessingParameterDefinition,
    QgsProcessingParameterEnum,
    QgsProcessingParameterExtent,
    QgsProcessingParameterFeatureSource,
    QgsProcessingParameterFile,
    QgsProcessingParameterFileDestination,
    QgsProcessingParameterFolderDestination,
    QgsProcessingParameterMapLayer,
    QgsProcessingParameterMatrix,
    QgsProcessingParameterMultipleLayers,
    QgsProcessingParameterNumber,
    QgsProcessingParameterRasterDestination,
    QgsProcessingParameterRasterLayer,
    QgsProcessingParameterString,
    QgsProcessingParameterVectorDestination,
    QgsProcessingUtils,
    QgsProviderRegistry,
    QgsVectorLayer,
)
from qgis.PyQt.QtCore import QVariant

from .engine.params import specs
from .engine.values import Spec
from .renderers import display_of, legend_of

FORMATS = ["gpkg", "shp", "geojson", "csv"]  # of vectors that the engine reads where they lie
IMAGE = "INPUT"  # the raster whose bands, extent and renderer the other parameters refer to


def definition(spec: Spec, translate) -> QgsProcessingParameterDefinition | None:
    """The QGIS parameter of a `Spec`; None for what is not on the form."""
    if spec.kind not in _DEFINITIONS:
        return None
    parameter = _DEFINITIONS[spec.kind](spec, spec.name.upper(), translate(spec.label))
    parameter.setHelp(translate(spec.help))
    if spec.kind in _WIDGETS:
        name, options = _WIDGETS[spec.kind]
        widget = {"class": f"{__package__}.gui.formwidgets.{name}", **options(spec, translate)}
        parameter.setMetadata({"widget_wrapper": widget})
    if spec.advanced:
        parameter.setFlags(parameter.flags() | QgsProcessingParameterDefinition.FlagAdvanced)
    return parameter


def value_of(algorithm, spec: Spec, parameters: dict, context, feedback):
    """The plain value (path, number, tuple, None) that the engine takes for a `Spec`."""
    name = spec.name.upper()
    if spec.kind == "display":
        return display_of(image_layer(algorithm, parameters, context))
    if spec.kind == "legend":
        layers = algorithm.parameterAsLayerList(parameters, spec.parent.upper(), context)
        return legend_of(layers, algorithm.parameterAsString(parameters, "FIELD", context).strip())
    if spec.optional and plain(parameters.get(name)) in (None, "", []):
        return None
    return plain(_VALUES[spec.kind](algorithm, parameters, name, context, feedback))


def files_of(algorithm, spec: Spec, parameters: dict, context) -> list:
    """The files of an input's layers of features, also of those of which a copy is read: none may be written."""
    name, layers = spec.name.upper(), []
    if spec.kind == "layers":
        layers = algorithm.parameterAsLayerList(parameters, name, context)
    elif spec.kind in ("layer", "polygons"):
        layers = [_vector_layer(algorithm, parameters, name, context)[0]]
    return list(filter(None, map(file_of, layers)))


def file_of(layer) -> str:
    """The file of a layer of features; empty for all else."""
    if not isinstance(layer, QgsVectorLayer):
        return ""
    parts = QgsProviderRegistry.instance().decodeUri(layer.providerType(), layer.source())
    return parts.get("path") or ""


def plain(value):
    """A value from QGIS without Qt's NULLs, which are objects of their own: an empty cell of a table is one.

    >>> plain([QVariant(), "wood", 3])
    [None, 'wood', 3]
    """
    if isinstance(value, QVariant):
        return None if value.isNull() else value.value()
    return [plain(item) for item in value] if isinstance(value, list) else value


def _choice(spec: Spec, name: str, label: str):
    # static strings: scripts and models keep their meaning when a choice is added; the form shows their labels
    return QgsProcessingParameterEnum(
        name,
        label,
        list(spec.choices),
        defaultValue=spec.default,
        usesStaticStrings=True,
        optional=spec.optional,
    )


def _number(spec: Spec, name: str, label: str):
    kind = (
        QgsProcessingParameterNumber.Integer
        if spec.kind == "integer"
        else QgsProcessingParameterNumber.Double
    )
    parameter = QgsProcessingParameterNumber(name, label, kind, spec.default, spec.optional)
    if spec.low is not None and math.isfinite(spec.low):
        parameter.setMinimum(spec.low)
    if spec.high is not None and math.isfinite(spec.high):
        parameter.setMaximum(spec.high)
    return parameter


def _file(spec: Spec, name: str, label: str):
    return QgsProcessingParameterFile(name, label, extension=spec.extension, optional=spec.optional)


def _output(parameter_type):
    def make(spec: Spec, name: str, label: str):
        return parameter_type(
            name, label, optional=spec.optional, createByDefault=spec.proposed or not spec.optional
        )

    return make


def _output_file(spec: Spec, name: str, label: str):
    return QgsProcessingParameterFileDestination(
        name,
        label,
        f"{spec.extension.upper()} (*.{spec.extension})",
        optional=spec.optional,
        createByDefault=spec.proposed or not spec.optional,
    )


def _output_folder(spec: Spec, name: str, label: str):
    return QgsProcessingParameterFolderDestination(
        name, label, optional=spec.optional, createByDefault=spec.proposed or not spec.optional
    )


_DEFINITIONS = {
    "raster": lambda s, name, label: QgsProcessingParameterRasterLayer(name, label, optional=s.optional),
    "rasters": lambda s, name, label: QgsProcessingParameterMultipleLayers(
        name, label, QgsProcessing.TypeRaster, optional=s.optional
    ),
    "layers": lambda s, name, label: QgsProcessingParameterMultipleLayers(
        name, label, QgsProcessing.TypeMapLayer, optional=s.optional
    ),
    "band_numbers": lambda s, name, label: QgsProcessingParameterString(name, label, optional=True),
    "bands": lambda s, name, label: QgsProcessingParameterBand(
        name, label, None, IMAGE, optional=True, allowMultiple=True
    ),
    "extent": lambda s, name, label: QgsProcessingParameterExtent(name, label, optional=True),
    "polygons": lambda s, name, label: QgsProcessingParameterFeatureSource(
        name, label, [QgsProcessing.TypeVectorPolygon], optional=s.optional
    ),
    "layer": lambda s, name, label: QgsProcessingParameterMapLayer(
        name,
        label,
        None,
        s.optional,
        [QgsProcessing.TypeRaster, QgsProcessing.TypeVectorPolygon, QgsProcessing.TypeVectorPoint],
    ),
    # no QgsProcessingParameterField: its form ends QGIS where the parent is a raster
    "field": lambda s, name, label: QgsProcessingParameterString(name, label, optional=s.optional),
    "file": _file,
    "choice": _choice,
    "integer": _number,
    "number": _number,
    "matrix": lambda s, name, label: QgsProcessingParameterMatrix(
        name, label, numberRows=1, headers=list(s.columns), optional=True
    ),
    # optional: models that were made before a switch came still run, with its default
    "flag": lambda s, name, label: QgsProcessingParameterBoolean(name, label, s.default, s.advanced),
    "text": lambda s, name, label: QgsProcessingParameterString(name, label, s.default, optional=True),
    "output_raster": _output(QgsProcessingParameterRasterDestination),
    "output_vector": _output(QgsProcessingParameterVectorDestination),
    "output_file": _output_file,
    "output_folder": _output_folder,
}

# The forms that QGIS does not have: the class in gui/formwidgets.py, and what it is told.
_WIDGETS = {
    "choice": (
        "ChoiceWidget",
        lambda spec, translate: {"labels": {v: translate(label) for v, label in spec.choices.items()}},
    ),
    "field": ("FieldWidget", lambda spec, translate: {"parent_name": spec.parent.upper()}),
}


def _raster_source(algorithm, parameters, name, context, feedback) -> str:
    return algorithm.parameterAsRasterLayer(parameters, name, context).source()


def _extent(algorithm, parameters, name, context, feedback) -> tuple | None:
    layer = image_layer(algorithm, parameters, context)
    box = algorithm.parameterAsExtent(parameters, name, context, layer.crs())
    return None if box.isNull() else (box.xMinimum(), box.yMinimum(), box.xMaximum(), box.yMaximum())


def image_layer(algorithm, parameters, context):
    """The layer of the image that is worked on: the first, where there are several; None where there is none."""
    definition = algorithm.parameterDefinition(IMAGE)
    if definition is None:
        return None
    if not isinstance(definition, QgsProcessingParameterMultipleLayers):
        return algorithm.parameterAsRasterLayer(parameters, IMAGE, context)
    return next(iter(algorithm.parameterAsLayerList(parameters, IMAGE, context)), None)


def image_layers(algorithm, declared, parameters, context) -> list:
    """The layers of all rasters that a run is given."""
    found = []
    for spec in specs(declared):
        if spec.kind == "raster":
            found.append(algorithm.parameterAsRasterLayer(parameters, spec.name.upper(), context))
        elif spec.kind == "rasters":
            found += algorithm.parameterAsLayerList(parameters, spec.name.upper(), context)
    return found


def _sources(algorithm, parameters, name, context, feedback) -> tuple:
    """What GDAL or OGR opens for each layer of a list."""
    layers = algorithm.parameterAsLayerList(parameters, name, context)
    return tuple(_source_of(layer, context, feedback) for layer in layers)


def _source_of(layer, context, feedback) -> str:
    """A raster's source, or a file of the features: the layer's own, or a copy, as of a scratch layer."""
    if not isinstance(layer, QgsVectorLayer):
        return layer.source()
    seen = layer if _is_as_filed(layer) else _copied(layer)
    path, name = QgsProcessingUtils.convertToCompatibleFormatAndLayerName(
        seen, False, "labels", FORMATS, "gpkg", context, feedback
    )
    return _text_of(path, name)


def _is_as_filed(layer) -> bool:
    """Whether the file holds what the user sees: no edits that are not saved, no computed or joined fields, the same
    CRS."""
    file = layer.dataProvider()
    return (
        not layer.isModified()
        and layer.fields().names() == file.fields().names()
        and layer.crs() == file.crs()
    )


def _copied(layer, only_selected: bool = False):
    """A scratch layer of what the user sees; without the numbers of rows, which new ones have not got yet."""
    kept = [number for number, name in enumerate(layer.fields().names()) if name.lower() != "fid"]
    request = QgsFeatureRequest().setSubsetOfAttributes(kept)
    return layer.materialize(request.setFilterFids(layer.selectedFeatureIds()) if only_selected else request)


def _polygon_source(algorithm, parameters, name, context, feedback) -> str:
    """A file that OGR opens: the layer's own, or a copy of its chosen features."""
    given, only_selected = _vector_layer(algorithm, parameters, name, context)
    if given is not None and not _is_as_filed(given):
        return _source_of(_copied(given, only_selected), context, feedback)
    path, layer = algorithm.parameterAsCompatibleSourceLayerPathAndLayerName(
        parameters, name, context, FORMATS, "gpkg", feedback
    )
    return _text_of(path, layer)


def _vector_layer(algorithm, parameters, name, context) -> tuple:
    """The layer of an input, None where it is none of features, and whether only what is selected is meant."""
    value, only_selected = parameters.get(name), False
    if isinstance(value, QgsProcessingFeatureSourceDefinition):
        value, only_selected = value.source.staticValue(), value.selectedFeaturesOnly
    layer = algorithm.parameterAsLayer({**parameters, name: value}, name, context)
    return layer if isinstance(layer, QgsVectorLayer) else None, only_selected


def _text_of(path: str, layer: str) -> str:
    from .engine.sources import LayerSource  # which needs GDAL, the Toolbox's list does not

    return LayerSource(path, layer or "").text


def _layer_source(algorithm, parameters, name, context, feedback) -> str:
    """A raster's source, or a file of polygons or points."""
    layer = algorithm.parameterAsLayer(parameters, name, context)
    source = _polygon_source if isinstance(layer, QgsVectorLayer) else _raster_source
    return source(algorithm, parameters, name, context, feedback)


_VALUES = {
    "raster": _raster_source,
    "layer": _layer_source,
    "rasters": _sources,
    "layers": _sources,
    "band_numbers": lambda a, p, name, context, f: a.parameterAsString(p, name, context).strip() or None,
    "field": lambda a, p, name, context, f: a.parameterAsString(p, name, context).strip() or None,
    "bands": lambda a, p, name, context, f: a.parameterAsInts(p, name, context),
    "extent": _extent,
    "polygons": _polygon_source,
    "file": lambda a, p, name, context, f: a.parameterAsFile(p, name, context),
    "choice": lambda a, p, name, context, f: a.parameterAsEnumString(p, name, context),
    "integer": lambda a, p, name, context, f: a.parameterAsInt(p, name, context),
    "number": lambda a, p, name, context, f: a.parameterAsDouble(p, name, context),
    "matrix": lambda a, p, name, context, f: a.parameterAsMatrix(p, name, context),
    "flag": lambda a, p, name, context, f: a.parameterAsBoolean(p, name, context),
    "text": lambda a, p, name, context, f: a.parameterAsString(p, name, context),
    "output_raster": lambda a, p, name, context, f: a.parameterAsOutputLayer(p, name, context),
    "output_vector": lambda a, p, name, context, f: a.parameterAsOutputLayer(p, name, context),
    "output_file": lambda a, p, name, context, f: a.parameterAsFileOutput(p, name, context),
    "output_folder": lambda a, p, name, context, f: a.parameterAsFileOutput(p, name, context),
}

"""What a form holds that cannot be worked on, in sentences: QGIS only names the parameter, and loads all."""

from __future__ import annotations

from qgis.core import QgsProcessingFeatureSourceDefinition, QgsProcessingUtils, QgsProject, QgsVectorLayer

from .engine.errors import ObicError, shown
from .engine.values import INPUTS, SEVERAL, Spec, checked
from .forms import file_of, plain

EXTENT = "four numbers, xmin,xmax,ymin,ymax, such as 500000,500100,5399900,5400000 [EPSG:32632]"


def refusal(algorithm, spec: Spec, parameters: dict, context) -> str:
    """Why the value of a parameter cannot be taken; empty if it can."""
    parameter, value = algorithm.parameterDefinition(spec.name.upper()), parameters.get(spec.name.upper())
    if parameter is None:
        return ""
    said = refusal_of_source(algorithm, spec, parameters, context) if spec.kind in INPUTS else ""
    if not said and not parameter.checkValueIsAcceptable(value, context):  # which loads layers, too
        return _in_words(spec, plain(value))
    return said


def refusal_of_ending(spec: Spec, value) -> str:
    """Why nothing can be written under the name of an output; empty if it can."""
    from .engine.outputs import refuse_bad_ending  # which needs GDAL

    if not spec.is_output or not isinstance(value, str):
        return ""
    return _said_by(lambda: refuse_bad_ending(spec, value))


def edited_files(project) -> list:
    """The files of a project's layers that are being edited."""
    layers = project.mapLayers().values() if project else []
    return [file_of(each) for each in layers if isinstance(each, QgsVectorLayer) and each.isEditable()]


def refusal_of_edited(path: str, edited: list) -> str:
    """Why an output is not put in the place of a file that is being edited: QGIS would save what was edited into the
    file that is gone, and call it a success."""
    from .engine.fileset import any_same

    if not any_same(path, filter(None, edited)):
        return ""
    return (
        f"{path} has a layer that is being edited, and the edits would be lost. End editing, or choose another name"
        " for the output."
    )


def refusal_of_source(algorithm, spec: Spec, parameters: dict, context) -> str:
    """Why the layer or file of an input cannot be worked on; empty if it can. Its name is looked at before QGIS loads
    it; what GDAL says meanwhile, of any image without a georeference, is no error."""
    from .engine.sources import SWITCH, network, quiet_gdal  # which need GDAL

    value = _named(plain(parameters.get(spec.name.upper())))
    if value == [] and spec.required:  # which QGIS lets pass
        return f"{spec.label} is missing. Choose one layer or more."
    if spec.kind == "file" or value in (None, "", []):
        return ""
    allowed = algorithm.parameterAsBoolean(parameters, SWITCH.upper(), context)
    several = _names_of(value) if spec.kind in SEVERAL else [value]
    foreign = next(filter(None, (_refusal_of_name(spec, name, context, allowed) for name in several)), "")
    if foreign:
        return foreign
    with network(allowed), quiet_gdal():
        if spec.kind in SEVERAL:
            return _refusal_of_layers(algorithm, spec, several, parameters, context)
        return _refusal_of_layer(algorithm, spec, value, parameters, context)


def _names_of(value) -> list:
    """The elements of a list of layers, which QGIS also writes as one text."""
    if isinstance(value, str):
        return [part.strip() for part in value.split(";")] if ";" in value else [value]
    return [_named(each) for each in value] if isinstance(value, (list, tuple)) else [value]


def _refusal_of_layers(algorithm, spec: Spec, names: list, parameters: dict, context) -> str:
    layers = algorithm.parameterAsLayerList(parameters, spec.name.upper(), context)
    if len(layers) < len(names):
        loaded = {layer.source() for layer in layers} | {layer.id() for layer in layers}
        return next(
            (_unopened(spec, name) for name in names if name not in loaded), _unopened(spec, names[0])
        )
    return next(filter(None, map(_refusal_of_provider, layers)), "")


def _refusal_of_layer(algorithm, spec: Spec, value, parameters: dict, context) -> str:
    name = spec.name.upper()
    if spec.kind == "polygons":
        return "" if algorithm.parameterAsSource(parameters, name, context) else _unopened(spec, value)
    load = algorithm.parameterAsRasterLayer if spec.kind == "raster" else algorithm.parameterAsLayer
    layer = load(parameters, name, context)
    if layer is None or not layer.isValid():
        return _unopened(spec, value)
    return _refusal_of_provider(layer)


def _refusal_of_provider(layer) -> str:
    if isinstance(layer, QgsVectorLayer) or layer.providerType() == "gdal":
        return ""
    return (
        f"{layer.name()} is a remote or virtual layer ({layer.providerType()}): it gives pictures of the data, not the"
        " data. Save it as a GeoTIFF first (Export, Save As…), then use that file."
    )


def _in_words(spec: Spec, value) -> str:
    if spec.kind == "extent":
        return f"{spec.label} must be {EXTENT}, not {shown(value)}."
    said = _said_by(lambda: checked(spec, value))
    if said:
        return said
    wanted = f"a file whose name ends in .{spec.extension}" if spec.extension else "a layer or a file"
    return f"{spec.label} must be {wanted}, not {shown(value)}. Choose another."


def _named(value):
    """What a source is called; the object itself where it is a layer."""
    if isinstance(value, QgsProcessingFeatureSourceDefinition):
        return value.source.staticValue()
    return value


def _refusal_of_name(spec: Spec, value, context, allowed: bool) -> str:
    """Refuse the name of what lies elsewhere; names of layers that the project has pass."""
    from .engine.sources import refuse_foreign

    if not isinstance(value, str) or QgsProcessingUtils.mapLayerFromString(value, context, False):
        return ""
    return _said_by(lambda: refuse_foreign(value, spec.label, allowed))


def _unopened(spec: Spec, value) -> str:
    """Why there is no layer of a source: what the engine says of the file, if it cannot open it either."""
    from .engine.raster.features import FeatureFile
    from .engine.raster.reader import open_raster

    # a layer whose file is gone is known by its id, which tells nobody anything
    layer = QgsProject.instance().mapLayer(value) if isinstance(value, str) else value
    source = layer.source() if hasattr(layer, "source") else str(value)
    opening = (
        open_raster
        if spec.kind in ("raster", "rasters")
        else lambda name: FeatureFile(name, spec.label.lower())
    )
    return _said_by(lambda: opening(source)) or (
        f"{spec.label}: QGIS cannot make a layer of {source}. Load it into the project, and choose it there."
    )


def _said_by(check) -> str:
    try:
        check()
    except ObicError as error:
        return str(error)
    return ""

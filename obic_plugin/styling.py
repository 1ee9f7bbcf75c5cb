"""How outputs look: a class table becomes a renderer, saved beside the data and used when it is loaded."""

from __future__ import annotations

from osgeo import gdal
from qgis.core import (
    QgsCategorizedSymbolRenderer,
    QgsColorRampShader,
    QgsFeatureRequest,
    QgsFillSymbol,
    QgsPalettedRasterRenderer,
    QgsPalLayerSettings,
    QgsProcessingLayerPostProcessorInterface,
    QgsProject,
    QgsRasterLayer,
    QgsRasterShader,
    QgsRendererCategory,
    QgsSingleBandPseudoColorRenderer,
    QgsSingleSymbolRenderer,
    QgsTextBufferSettings,
    QgsTextFormat,
    QgsVectorLayer,
    QgsVectorLayerSimpleLabeling,
)
from qgis.PyQt import sip
from qgis.PyQt.QtGui import QColor

from .engine.raster.classes import ClassTable
from .layertree import Origin, ResultGroup
from .sentences import told

STYLE_NAME = "OBIC"  # in a GeoPackage
OUTLINE_COLOR = "#ffe600"
SUPERPIXEL_COLORS = 256
GOLDEN = 0.618034


def save_style(style: str, path: str) -> None:
    """Save the style with the data: in a .qml beside a file, or inside the GeoPackage."""
    from .engine.sources import quiet_gdal  # to which a raster without a georeference is an error

    with quiet_gdal():
        for layer in _LAYERS.get(style, _no_layers)(path):
            if isinstance(layer, QgsVectorLayer) and path.lower().endswith(".gpkg"):
                _forget_style(layer)
                layer.saveStyleToDatabase(STYLE_NAME, "", True, "")
            else:
                layer.saveDefaultStyle()


def dress(layer, style: str) -> None:
    """Have a layer look as outputs of its style do."""
    if style in _RENDERERS:
        _RENDERERS[style](layer)
        layer.triggerRepaint()


def _forget_style(layer: QgsVectorLayer) -> None:
    """Remove an earlier style of ours from a GeoPackage: QGIS would ask whether to, in a window, from any thread."""
    _, ids, names, *_ = layer.listStylesInDatabase()
    for style_id, name in zip(ids, names):
        if name == STYLE_NAME:
            layer.deleteStyleFromDatabase(style_id)


def style_when_loaded(style: str, path: str, context, origin: Origin, images: tuple) -> None:
    """See that an output that is loaded into the project uses its style, and lies where it is to: above the ``images``,
    ids of layers."""
    if context.willLoadLayerOnCompletion(path):
        finisher = LayerFinisher(style, _group_of(context, origin, images))
        details = context.layerToLoadOnCompletionDetails(path)
        details.setPostProcessor(finisher)
        details.name = told(details.name)  # in a model, what its file calls the layer


def _group_of(context, origin: Origin, images: tuple) -> ResultGroup:
    """The group of what was made of this image before in the same run, that is in the same context; else a new one."""
    finishers = [details.postProcessor() for details in context.layersToLoadOnCompletion().values()]
    groups = [finisher.group for finisher in finishers if isinstance(finisher, LayerFinisher)]
    return next((group for group in groups if group.origin == origin), None) or ResultGroup(origin, images)


class LayerFinisher(QgsProcessingLayerPostProcessorInterface):
    """Styles a layer and gives it its place when Processing has loaded it into the project."""

    listeners: list = []  # functions of a map of classes that has appeared
    alive: list = []  # the context owns the half that is C++ and ends it; nobody else keeps the half that is Python

    def __init__(self, style: str, group: ResultGroup):
        super().__init__()
        self.group, self._style = group, style
        LayerFinisher.alive = [other for other in LayerFinisher.alive if not sip.isdeleted(other)] + [self]

    def postProcessLayer(self, layer, context, feedback) -> None:
        dress(layer, self._style)
        self.group.take(layer, self._style, QgsProject.instance())
        if self._style == "classes":
            for listener in LayerFinisher.listeners:
                listener(layer)


def _class_renderer(layer: QgsRasterLayer, without: tuple = ()) -> None:
    table = ClassTable.from_raster(layer.source())
    # those without a name are gaps between those in use
    show_classes(layer, [c for c in table if c.name and c.value not in without])


def show_classes(layer: QgsRasterLayer, classes: list) -> None:
    """Show a label raster in some `LandClass`es; what has none is transparent.

    The layer tells the renderer what it draws. To hand its data provider over, as is usual, may fail for a run with
    several rasters: Python may take it for the one, deleted since, that lay at the same address.
    """
    shown = [QgsPalettedRasterRenderer.Class(c.value, QColor(*c.color), _shown(c.name)) for c in classes]
    layer.setRenderer(QgsPalettedRasterRenderer(None, 1, shown))


def _shown(name: str) -> str:
    """What a class is called in a legend: in QGIS's language where the name is the engine's, as it is otherwise."""
    from .engine.change.transitions import MASK, OTHERS  # here, since QGIS lists the algorithms without numpy

    return told(name) if name in (*MASK.names, OTHERS) else name


def _change_renderer(layer: QgsRasterLayer) -> None:
    """What is unchanged, 1, is transparent: the map lies over the image."""
    _class_renderer(layer, without=(1,))


def _confidence_renderer(layer: QgsRasterLayer) -> None:
    from .engine.figures import CONFIDENCE_COLORS  # here, since QGIS lists the algorithms without numpy

    _percent_renderer(layer, CONFIDENCE_COLORS)


def _score_renderer(layer: QgsRasterLayer) -> None:
    from .engine.figures import SCORE_COLORS

    _percent_renderer(layer, SCORE_COLORS)


def _percent_renderer(layer: QgsRasterLayer, colors: dict) -> None:
    ramp = QgsColorRampShader(0, 100)
    ramp.setColorRampItemList(
        [QgsColorRampShader.ColorRampItem(v, QColor(c), f"{v} %") for v, c in colors.items()]
    )
    shader = QgsRasterShader()
    shader.setRasterShaderFunction(ramp)
    renderer = QgsSingleBandPseudoColorRenderer(None, 1, shader)
    renderer.setClassificationMin(0)
    renderer.setClassificationMax(100)
    layer.setRenderer(renderer)


def _superpixel_renderer(layer: QgsRasterLayer) -> None:
    """Colors without meaning or order: superpixels that touch have numbers far apart, hence other colors."""
    # by GDAL: statistics by QGIS would leave a file beside the raster
    dataset = gdal.Open(layer.source())  # kept in a name: a band dies with its dataset
    low, high = dataset.GetRasterBand(1).ComputeRasterMinMax(True)
    high = max(high, low + 1)
    ramp = QgsColorRampShader(low, high)
    step = (high - low) / (SUPERPIXEL_COLORS - 1)
    ramp.setColorRampItemList(
        [
            QgsColorRampShader.ColorRampItem(low + i * step, _color_without_meaning(i))
            for i in range(SUPERPIXEL_COLORS)
        ]
    )
    shader = QgsRasterShader()
    shader.setRasterShaderFunction(ramp)
    renderer = QgsSingleBandPseudoColorRenderer(None, 1, shader)
    renderer.setClassificationMin(low)
    renderer.setClassificationMax(high)
    layer.setRenderer(renderer)


def _color_without_meaning(i: int) -> QColor:
    hue = i * GOLDEN % 1
    return QColor.fromHsvF(hue, 0.35 + 0.3 * (i % 3) / 2, 0.95 - 0.35 * (i % 5) / 4)


def _outline_renderer(layer: QgsVectorLayer) -> None:
    """Lines only, to lie over the image."""
    line = {"style": "no", "outline_color": OUTLINE_COLOR, "outline_width": "0.2", "outline_style": "solid"}
    layer.setRenderer(QgsSingleSymbolRenderer(QgsFillSymbol.createSimple(line)))


def _chip_renderer(layer: QgsVectorLayer) -> None:
    """Outlines with what is known of each chip: its tags, or until it has some the number of its row."""
    _outline_renderer(layer)
    around, words = QgsTextBufferSettings(), QgsTextFormat()
    around.setEnabled(True)
    around.setColor(QColor("#ffffff"))
    words.setSize(8)
    words.setColor(QColor("#1d2329"))
    words.setBuffer(around)
    settings = QgsPalLayerSettings()
    settings.fieldName, settings.isExpression = 'coalesce(nullif("tags", \'\'), "chip")', True
    settings.placement = QgsPalLayerSettings.Horizontal
    settings.setFormat(words)
    layer.setLabeling(QgsVectorLayerSimpleLabeling(settings))
    layer.setLabelsEnabled(True)


def _polygon_renderer(layer: QgsVectorLayer) -> None:
    """In the colors of the classes; those of a raster without a legend have numbers only, and are outlines."""
    column = layer.fields().indexOf("class")
    if column < 0:
        _outline_renderer(layer)
        return
    looks = {}
    for value in sorted(layer.uniqueValues(column)):
        request = QgsFeatureRequest().setFilterExpression(f'"class" = {int(value)}').setLimit(1)
        first = next(layer.getFeatures(request))
        looks[value] = first["name"], first["color"]
    show_patches(layer, looks)


def show_patches(layer: QgsVectorLayer, looks: dict) -> None:
    """Show the polygons of a map in {class: (name, color as #rrggbb)}."""
    categories = []
    for value, (name, color) in looks.items():
        symbol = QgsFillSymbol.createSimple({"color": color, "outline_color": color, "outline_width": "0.1"})
        categories.append(QgsRendererCategory(value, symbol, _shown(name)))
    layer.setRenderer(QgsCategorizedSymbolRenderer("class", categories))


_RENDERERS = {
    "changes": _change_renderer,
    "classes": _class_renderer,
    "pseudo": _class_renderer,
    "confidence": _confidence_renderer,
    "score": _score_renderer,
    "activation": _score_renderer,  # of the first class; a band of another shows that
    "superpixels": _superpixel_renderer,
    "polygons": _polygon_renderer,
    "outlines": _outline_renderer,
    "chips": _chip_renderer,
}


def _layer_of(style: str, kind: type, provider: str):
    """A function of a path that returns its styled layer in a list; nothing where QGIS cannot open it."""

    def make(path: str) -> list:
        layer = kind(path, "output", provider)
        if not layer.isValid():
            return []
        _RENDERERS[style](layer)
        return [layer]

    return make


def _no_layers(path: str) -> list:
    return []


_LAYERS = {
    "changes": _layer_of("changes", QgsRasterLayer, "gdal"),
    "classes": _layer_of("classes", QgsRasterLayer, "gdal"),
    "pseudo": _layer_of("pseudo", QgsRasterLayer, "gdal"),
    "iterations": _layer_of("classes", QgsRasterLayer, "gdal"),
    "confidence": _layer_of("confidence", QgsRasterLayer, "gdal"),
    "score": _layer_of("score", QgsRasterLayer, "gdal"),
    "activation": _layer_of("activation", QgsRasterLayer, "gdal"),
    "superpixels": _layer_of("superpixels", QgsRasterLayer, "gdal"),
    "polygons": _layer_of("polygons", QgsVectorLayer, "ogr"),
    "outlines": _layer_of("outlines", QgsVectorLayer, "ogr"),
    "chips": _layer_of("chips", QgsVectorLayer, "ogr"),
}

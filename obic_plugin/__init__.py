"""OBIC, a QGIS plugin that maps land cover with few labels or none."""


def classFactory(iface):
    """What QGIS calls to get the plugin; ``iface`` is None under qgis_process."""
    from .plugin import ObicPlugin

    return ObicPlugin(iface)

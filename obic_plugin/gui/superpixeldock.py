"""The superpixel dock: outlines over the image while sliders and keys change them.

What its users do with it: they zoom to a field or a street, look whether superpixels follow its edges, press W until
they are as large as they may be and D until they cling to the edges, pan elsewhere to see whether that holds there,
and open the algorithm with these values.

What would disappoint them: to wait after each key; a window that does not answer meanwhile; outlines that a run then
does not make; outlines that hide the image or stay where the map was; keys that work only after a click somewhere.
So: outlines are found off the main thread by what the runs use, on what is in view; only the last wish counts; lines
are one pixel wide and lie on the ground; keys work on the map and on the dock.
"""

from __future__ import annotations

from qgis.core import QgsCoordinateTransform, QgsCsException, QgsPointXY, QgsProject
from qgis.gui import QgsDockWidget
from qgis.PyQt import sip
from qgis.PyQt.QtCore import QCoreApplication, Qt, QTimer
from qgis.PyQt.QtWidgets import (
    QComboBox,
    QGridLayout,
    QLabel,
    QMenu,
    QSlider,
    QToolButton,
    QVBoxLayout,
    QWidget,
)

from ..engine.method import load_sound
from ..engine.wording import count
from ..sentences import told
from .canvaspicture import GroundPicture
from .dockkeys import DockKeys
from .layerchoice import choose, raster_box
from .superpixelsettings import KEYS, KINDS, SuperpixelSettings
from .task import EngineTask

translate = QCoreApplication.translate  # by this name the tool that collects the texts knows it
SOON_MS = 20  # after a change: the next one may follow at once
LINE_ARGB = 0xFFFFE600
STEPS = 200  # of a slider
MOST_ZOOM = 8  # pixels of the picture for one of the image, each way
ALGORITHMS = ("unsupervisedsegmentation", "superpixels", "backpropagation", "kmeans", "isodata")


class SuperpixelDock(QgsDockWidget):
    """Looks at one image at a time, which a box at the top chooses."""

    def __init__(self, iface):
        super().__init__(translate("SuperpixelDock", "Superpixels, live"), iface.mainWindow())
        self.setObjectName("obicSuperpixelDock")
        self._iface, self._canvas = iface, iface.mapCanvas()
        self.settings = SuperpixelSettings()
        self._view, self._task, self._again, self._source = None, None, False, ""
        self.picture = GroundPicture(self._canvas)
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.setInterval(SOON_MS)
        self._timer.timeout.connect(self._begin)
        self._make_widgets()
        choose(self.box, "image", iface.activeLayer())
        self._canvas.extentsChanged.connect(self.refresh)
        self._keys = DockKeys(self, self._canvas, self.settings.has_key, self._press)
        self.visibilityChanged.connect(self._seen_or_not)

    def _make_widgets(self) -> None:
        content = QWidget(self)
        self.box = raster_box(content)
        self.box.layerChanged.connect(lambda *_: self.refresh())
        self.kind = QComboBox(content)
        for name, label in KINDS.items():
            self.kind.addItem(label, name)
        self.kind.currentIndexChanged.connect(lambda *_: self._choose_kind())
        self._grid, self.sliders, self._labels = QGridLayout(), {}, {}
        for row, name in enumerate(self.settings.ranges()):
            caption, slider, value = (
                QLabel(content),
                QSlider(Qt.Orientation.Horizontal, content),
                QLabel(content),
            )
            slider.setObjectName(f"obicSuperpixels_{name}")
            slider.setRange(0, STEPS)
            slider.valueChanged.connect(lambda step, name=name: self._slid(name, step))
            for column, widget in enumerate((caption, slider, value)):
                self._grid.addWidget(widget, row, column)
            self.sliders[name], self._labels[name] = slider, (caption, value)
        self.told = QLabel(content)
        self.told.setWordWrap(True)
        self.use = QToolButton(content)
        self.use.setObjectName("obicUseSuperpixels")
        self.use.setText(translate("SuperpixelDock", "Use these"))
        self.use.setPopupMode(QToolButton.ToolButtonPopupMode.MenuButtonPopup)
        self.use.clicked.connect(lambda *_: self.use_in(ALGORITHMS[0]))
        self.use.setMenu(self._menu())
        layout = QVBoxLayout(content)
        layout.addWidget(self.box)
        layout.addWidget(self.kind)
        layout.addLayout(self._grid)
        layout.addWidget(self.told)
        layout.addWidget(self.use)
        layout.addStretch()
        self.setWidget(content)
        self._show_settings()

    def _menu(self) -> QMenu:
        from qgis.core import QgsApplication

        menu = QMenu(self)
        for name in ALGORITHMS:
            algorithm = QgsApplication.processingRegistry().algorithmById(f"obic:{name}")
            if algorithm is not None:
                action = menu.addAction(algorithm.displayName())
                action.triggered.connect(lambda *_, name=name: self.use_in(name))
        return menu

    # settings

    def _choose_kind(self) -> None:
        self.settings.kind = self.kind.currentData()
        self._show_settings()
        self.refresh()

    def _slid(self, name: str, step: int) -> None:
        self.settings.set_share(name, step / STEPS)
        self._show_settings()
        self.refresh()

    def _show_settings(self) -> None:
        used = self.settings.used()
        for name, slider in self.sliders.items():
            caption, value = self._labels[name]
            for widget in (caption, slider, value):
                widget.setVisible(name in used)
            if name in used:
                keys = KEYS[used.index(name)]
                caption.setText(f"{self.settings.label(name)} ({keys[0]}/{keys[1]})")
                value.setText(self.settings.told(name))
            slider.blockSignals(True)
            slider.setValue(round(STEPS * self.settings.share(name)))
            slider.blockSignals(False)

    def _press(self, key: str) -> None:
        self.settings.press(key)
        self._show_settings()
        self.refresh()

    def use_in(self, name: str) -> None:
        """Open an algorithm with these values."""
        import processing
        from qgis.core import QgsApplication

        algorithm = QgsApplication.processingRegistry().createAlgorithmById(f"obic:{name}")
        known = {definition.name() for definition in algorithm.parameterDefinitions()}
        layer = self.box.currentLayer()
        values = {key: value for key, value in self.settings.parameters().items() if key in known}
        if layer is not None:
            values["INPUT"] = layer.id()
        processing.createAlgorithmDialog(f"obic:{name}", values).show()

    # outlines

    def refresh(self, *_) -> None:
        """Look again soon; what is being looked at is not wanted any more."""
        if self.isVisible():
            self._timer.start()

    def _seen_or_not(self, visible: bool) -> None:
        if visible:
            self.refresh()
        else:
            self._timer.stop()
            self.picture.put(None)

    def _begin(self) -> None:
        layer = self.box.currentLayer()
        if layer is None or layer.providerType() != "gdal":
            self.picture.put(None)
            self._tell(translate("SuperpixelDock", "Choose an image that is a file."))
            return
        if self._task is not None:
            if self.settings.kind == "slic":  # which ends before a stop would
                self._again = True
                return
            self._task.abandon()
        view, source, superpixels = self._seen(layer), layer.source(), self.settings.superpixels
        if view is None:
            return
        opened = self._view if source == self._source else None
        corners, canvas_px = self._corners_of(layer), self._canvas.width() * self._canvas.height()

        def work(progress) -> tuple:
            if opened is None:
                load_sound(("torch",), progress)
            return looked_at(source, opened, view, superpixels(), canvas_px, progress)

        self._again = False
        self._task = EngineTask(
            translate("SuperpixelDock", "Outlines of superpixels"),
            work,
            lambda found: self._found(source, found, corners),
            self._refused,
            lambda name, shown, grid: self._show(shown, grid, corners),
        ).start()

    def _found(self, source: str, found: tuple, corners) -> None:
        self._task = None
        self._source, self._view, outlines, image = source, *found
        if outlines is None:
            self.picture.put(None)
            self._tell(translate("SuperpixelDock", "The image is not in view."))
        else:
            self._show((outlines, image), outlines.grid, corners)
        if self._again:
            self.refresh()

    def _show(self, shown: tuple, grid, corners) -> None:
        outlines, image = shown
        if self.isVisible():
            self.picture.put(image, corners(grid))
        text = translate("SuperpixelDock", "{} superpixels in view, of {} pixels in the mean; found in {} ms")
        n_px = grid.height * grid.width / max(outlines.count, 1)
        self._tell(text.format(count(outlines.count), f"{n_px:.0f}", f"{1000 * outlines.seconds:.0f}"))

    def _refused(self, error: Exception) -> None:
        self._task = None
        self.picture.put(None)
        self._tell(told(str(error)))

    def _tell(self, text: str) -> None:
        self.told.setText(text)

    def _seen(self, layer) -> tuple | None:
        """What the canvas shows, in the CRS of the layer."""
        settings = self._canvas.mapSettings()
        there = QgsCoordinateTransform(settings.destinationCrs(), layer.crs(), QgsProject.instance())
        try:
            box = there.transformBoundingBox(settings.visibleExtent())
        except QgsCsException:
            return None
        return box.xMinimum(), box.yMinimum(), box.xMaximum(), box.yMaximum()

    def _corners_of(self, layer):
        """A function of a grid in the CRS of the layer: its corners in that of the canvas."""
        crs = self._canvas.mapSettings().destinationCrs()
        back = QgsCoordinateTransform(layer.crs(), crs, QgsProject.instance())

        def corners(grid) -> list:
            places = ((0, 0), (0, grid.width), (grid.height, grid.width), (grid.height, 0))
            return [back.transform(QgsPointXY(*grid.to_map(*place))) for place in places]

        return corners

    def remove(self) -> None:
        """Leave no trace: the plugin is being unloaded."""
        self.visibilityChanged.disconnect(self._seen_or_not)
        self._timer.stop()
        if self._task is not None:
            self._task.abandon()
        self._canvas.extentsChanged.disconnect(self.refresh)
        self._keys.remove()
        self.picture.remove()
        self._iface.removeDockWidget(self)
        sip.delete(self)  # now: what it listens to may speak before the next event


def looked_at(source: str, opened, view: tuple, superpixels, canvas_px: int, progress) -> tuple:
    """(`SuperpixelView`, `Outlines`, their picture) of the part of an image in view, without the last two where
    nothing is there; in a thread of its own, the image being ``opened`` perhaps."""
    from ..engine.environment import run_environment
    from ..engine.superpixelview import SuperpixelView

    with run_environment(True):
        opened = opened or SuperpixelView.of(source, progress)
        part = opened.part_of(view)
        if not part.size:
            return opened, None, None

        def show(outlines) -> None:
            progress.show("outlines", (outlines, drawn(outlines, canvas_px)), outlines.grid)

        several = show if superpixels.halo_px == 0 else lambda outlines: None
        outlines = opened.outlines(part, superpixels, lambda: progress.at(0.0), several)
    return opened, outlines, drawn(outlines, canvas_px)


def drawn(outlines, canvas_px: int):
    """Lines as a picture that is transparent elsewhere, of about as many pixels as are seen: thin also where a pixel
    of the image is large."""
    import numpy as np
    from qgis.PyQt.QtGui import QImage

    rows, cols = outlines.right.shape
    n = min(max(round((canvas_px / (rows * cols)) ** 0.5), 1), MOST_ZOOM)
    lines = np.zeros((rows, n, cols, n), bool)
    lines[:, :, :, -1] = outlines.right[:, None]
    lines[:, -1] |= outlines.lower[:, :, None]
    pixels = np.where(lines.reshape(rows * n, cols * n), np.uint32(LINE_ARGB), np.uint32(0))
    height, width = pixels.shape
    return QImage(pixels.tobytes(), width, height, 4 * width, QImage.Format.Format_ARGB32).copy()
